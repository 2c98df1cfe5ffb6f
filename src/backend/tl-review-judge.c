/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a file may be imported here, and what keeps it from that. */
#include "tl-review-private.h"

#include "tl-file-read.h"
#include "tl-named-signers.h"
#include "tl-seen-file.h"

void
tl_reviewing_free (TlReviewing *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->state_file, g_free);
  g_clear_pointer (&self->signers, g_strfreev);
  g_clear_pointer (&self->named, g_strfreev);
  g_clear_pointer (&self->policies, tl_policies_unref);
  g_clear_object (&self->store_finding);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->bundle, tl_bundle_unref);
  g_clear_object (&self->held);
  g_clear_object (&self->rollback);
  g_clear_object (&self->besides);
  g_clear_object (&self->trouble);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_practice (TlBundle *bundle)
{
  return tl_plan_get_purpose (tl_report_get_plan (tl_bundle_get_report (bundle))) ==
         TL_PURPOSE_PRACTICE;
}

static void
check_policy (TlReviewing *self,
              gint64       now_s)
{
  g_clear_pointer (&self->results, g_ptr_array_unref);
  self->results = tl_policies_check_bundle (self->policies, tl_bundle_get_report (self->bundle),
                                            tl_bundle_get_made_s (self->bundle), now_s,
                                            tl_bundle_get_recipient (self->bundle) != NULL);
}

/* What policy has against it here, whatever it says of policy itself; then that it is a draft. */
static TlFinding *
find_besides (TlReviewing *self)
{
  TlFinding *finding = self->store_finding;

  if (finding == NULL)
    finding = tl_policy_results_find_broken (self->results);
  if (finding != NULL)
    return g_object_ref (finding);

  return tl_bundle_is_draft (self->bundle)
           ? tl_finding_new ("export.lane-not-green", TL_LANE_NONE, NULL) : NULL;
}

static gboolean
read_sync (TlReviewing  *self,
           GError      **error)
{
  char **signers = tl_named_signers_read_sync ((const char * const *) self->signers,
                                               (const char * const *) self->named, error);

  if (signers == NULL)
    return FALSE;
  g_strfreev (self->signers);
  self->signers = signers;

  if (self->bytes == NULL)
    self->bytes = tl_file_read_sync (self->path, TL_BUNDLE_MAX_BYTES, error);

  return self->bytes != NULL;
}

gboolean
tl_reviewing_is_unknown (TlFinding *held)
{
  return held != NULL && g_str_equal (tl_finding_get_id (held), "bundle.unknown-signer");
}

/**
 * tl_reviewing_judge_sync:
 * @self: a file to be judged
 * @error: return location for a #GError
 *
 * The order is that of what matters most: a file that is not what was signed; practice; too old; by
 * nobody known; older than one accepted before; against policy; a draft. Of a file that is not what
 * was signed nothing is released. What stands against it besides its signer is looked for even
 * where nobody knows that one: it may be this person's own. One that everything speaks for is noted
 * as accepted. Blocks.
 *
 * Returns: whether it was judged; %FALSE where the file, or whom to trust, could not be read
 */
gboolean
tl_reviewing_judge_sync (TlReviewing  *self,
                         GError      **error)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(GError) ignored = NULL;

  self->results = g_ptr_array_new_with_free_func (g_object_unref);
  if (!read_sync (self, error))
    return FALSE;

  /* The finding has the same clause as evidence. */
  self->bundle = tl_bundle_verify (self->bytes, (const char * const *) self->signers, now_s,
                                   &self->held, &ignored);
  if (self->bundle == NULL || is_practice (self->bundle))
    return TRUE;

  check_policy (self, now_s);
  self->besides = find_besides (self);
  if (self->state_file != NULL && (self->held == NULL || tl_reviewing_is_unknown (self->held)))
    self->rollback = tl_seen_file_judge_sync (self->state_file, self->bundle,
                                              self->held == NULL && self->besides == NULL,
                                              &self->trouble);

  return TRUE;
}
