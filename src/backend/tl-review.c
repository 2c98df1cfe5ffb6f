/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-review.h"

#include "tl-detail.h"
#include "tl-difference.h"
#include "tl-report-html.h"
#include "tl-review-private.h"
#include "tl-signing.h"
#include "tl-stage-row.h"

G_DEFINE_FINAL_TYPE (TlReview, tl_review, G_TYPE_OBJECT)

static void
notify (TlReview   *self,
        const char *property)
{
  g_object_notify (G_OBJECT (self), property);
}

static void
forget_findings (TlReview *self)
{
  g_clear_object (&self->held);
  g_clear_object (&self->rollback);
  g_clear_object (&self->besides);
}

/* Takes what came of a file, or forgets what came of the last. */
static void
take (TlReview          *self,
      const TlReviewing *reviewing)
{
  static const char * const told[] = {
    "finding", "objection", "accepted", "is-own", "seeking-own", "address", "signer",
    "signer-name",
  };

  g_cancellable_cancel (self->own_cancellable);
  g_clear_object (&self->own_cancellable);
  g_clear_pointer (&self->bundle, tl_bundle_unref);
  self->is_own = FALSE;
  forget_findings (self);
  if (reviewing != NULL)
    {
      self->bundle = reviewing->bundle == NULL ? NULL : tl_bundle_ref (reviewing->bundle);
      g_set_object (&self->held, reviewing->held);
      g_set_object (&self->rollback, reviewing->rollback);
      g_set_object (&self->besides, reviewing->besides);
    }

  tl_review_show_bundle (self, reviewing);
  tl_review_show_differences (self);
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    notify (self, told[i]);
  notify (self, "bundle");
}

static void
on_own_found (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(TlReview) self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *own = tl_signing_find_finish (result, &error);

  /* Another file has another look. */
  if (error != NULL)
    return;

  g_clear_object (&self->own_cancellable);
  notify (self, "seeking-own");
  if (own == NULL || self->bundle == NULL ||
      !g_str_equal (own, tl_bundle_get_fingerprint (self->bundle)))
    return;
  self->is_own = TRUE;
  notify (self, "is-own");
}

/* For a signer that is pinned no keyring need be asked, or unlocked. */
static void
look_for_own (TlReview *self)
{
  if (!tl_reviewing_is_unknown (self->held))
    return;

  self->own_cancellable = g_cancellable_new ();
  notify (self, "seeking-own");
  tl_signing_find_async (self->own_cancellable, on_own_found, g_object_ref (self));
}

static void
set_loading (TlReview *self,
             gboolean  is_loading)
{
  self->is_loading = is_loading;
  notify (self, "loading");
}

static void
judge_thread (GTask        *work,
              gpointer      object,
              gpointer      data,
              GCancellable *cancellable)
{
  GError *error = NULL;

  if (tl_reviewing_judge_sync (g_task_get_task_data (data), &error))
    g_task_return_boolean (work, TRUE);
  else
    g_task_return_error (work, error);
}

static void
on_judged (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlReview *self = TL_REVIEW (object);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error) &&
      !g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      take (self, g_task_get_task_data (task));
      look_for_own (self);
    }
  set_loading (self, FALSE);

  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static char *
dup_state_file (TlReview *self)
{
  if (self->is_glance)
    return NULL;

  return self->state_file != NULL
           ? g_strdup (self->state_file)
           : g_build_filename (g_get_user_state_dir (), "twolane", "seen.json", NULL);
}

/* Everything that is owned by this thread is asked here; the file is read and judged on another. */
static void
load (TlReview   *self,
      GTask      *task,
      const char *path,
      GBytes     *bytes)
{
  TlReviewing *reviewing = g_new0 (TlReviewing, 1);
  TlFinding *store_finding = tl_policy_store_get_finding (self->policies);
  g_autoptr(GTask) work = NULL;
  GError *error = NULL;

  g_task_set_task_data (task, reviewing, (GDestroyNotify) tl_reviewing_free);
  if (self->is_loading)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                               "a file is being read already");
      return;
    }

  g_free (self->path);
  self->path = g_strdup (path);
  notify (self, "path");
  take (self, NULL);

  reviewing->signers = tl_policy_store_list_signers (self->policies, &error);
  if (reviewing->signers == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_ptr_array_add (self->signers, NULL);
  reviewing->named = g_strdupv ((char **) self->signers->pdata);
  g_ptr_array_set_size (self->signers, (int) self->signers->len - 1);
  reviewing->path = g_strdup (path);
  reviewing->bytes = bytes == NULL ? NULL : g_bytes_ref (bytes);
  reviewing->state_file = dup_state_file (self);
  reviewing->policies = tl_policies_ref (tl_policy_store_get_policies (self->policies));
  reviewing->store_finding = store_finding == NULL ? NULL : g_object_ref (store_finding);
  set_loading (self, TRUE);

  work = g_task_new (self, NULL, on_judged, g_object_ref (task));
  g_task_set_source_tag (work, load);
  g_task_set_task_data (work, g_object_ref (task), g_object_unref);
  g_task_run_in_thread (work, judge_thread);
}

static void
tl_review_dispose (GObject *object)
{
  TlReview *self = TL_REVIEW (object);

  g_cancellable_cancel (self->own_cancellable);
  g_clear_object (&self->own_cancellable);
  g_clear_object (&self->policies);
  g_clear_pointer (&self->state_file, g_free);
  g_clear_pointer (&self->signers, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->bundle, tl_bundle_unref);
  forget_findings (self);
  g_clear_object (&self->facts);
  g_clear_object (&self->settings);
  g_clear_object (&self->folders);
  g_clear_object (&self->sending);
  g_clear_object (&self->domain);
  for (guint i = 0; i < G_N_ELEMENTS (self->stages); i++)
    {
      g_clear_object (&self->stages[i]);
      g_clear_object (&self->evidence[i]);
    }
  g_clear_object (&self->findings);
  g_clear_object (&self->policy);
  g_clear_object (&self->differences);
  g_clear_object (&self->other);

  G_OBJECT_CLASS (tl_review_parent_class)->dispose (object);
}

static void
tl_review_class_init (TlReviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tl_review_dispose;
  tl_review_install_properties (object_class);
}

static void
tl_review_init (TlReview *self)
{
  self->signers = g_ptr_array_new_with_free_func (g_free);
  self->facts = g_list_store_new (TL_TYPE_DETAIL);
  self->settings = g_list_store_new (TL_TYPE_DETAIL);
  self->folders = g_list_store_new (TL_TYPE_DETAIL);
  self->sending = g_list_store_new (TL_TYPE_DETAIL);
  self->domain = g_list_store_new (TL_TYPE_DETAIL);
  for (guint i = 0; i < G_N_ELEMENTS (self->stages); i++)
    {
      self->stages[i] = g_list_store_new (TL_TYPE_STAGE_ROW);
      self->evidence[i] = g_list_store_new (TL_TYPE_DETAIL);
    }
  self->findings = g_list_store_new (TL_TYPE_FINDING);
  self->policy = g_list_store_new (TL_TYPE_POLICY_RESULT);
  self->differences = g_list_store_new (TL_TYPE_DIFFERENCE);
}

/**
 * tl_review_new:
 * @policies: what holds here, and whose signature counts
 *
 * Returns: (transfer full): a review of nothing yet
 */
TlReview *
tl_review_new (TlPolicyStore *policies)
{
  TlReview *self = g_object_new (TL_TYPE_REVIEW, NULL);

  self->policies = g_object_ref (policies);

  return self;
}

/**
 * tl_review_set_state_file:
 * @self: a review
 * @path: where the list of bundles that were accepted before is kept, in place of
 *   `twolane/seen.json` in the user's state folder
 */
void
tl_review_set_state_file (TlReview   *self,
                          const char *path)
{
  g_return_if_fail (TL_IS_REVIEW (self));

  g_free (self->state_file);
  self->state_file = g_strdup (path);
}

/**
 * tl_review_add_signer:
 * @self: a review
 * @signer: a fingerprint, or a certificate or a file of fingerprints, whose signature counts too
 *
 * For what is loaded from now on.
 */
void
tl_review_add_signer (TlReview   *self,
                      const char *signer)
{
  g_return_if_fail (TL_IS_REVIEW (self));

  g_ptr_array_add (self->signers, g_strdup (signer));
}

/**
 * tl_review_set_is_glance:
 * @self: a review
 * @is_glance: whether it is only to be looked at
 *
 * For what is loaded from now on: whether one is older than another is not asked, and nothing is
 * noted.
 */
void
tl_review_set_is_glance (TlReview *self,
                         gboolean  is_glance)
{
  g_return_if_fail (TL_IS_REVIEW (self));

  self->is_glance = is_glance;
}

/**
 * tl_review_load_async:
 * @self: a review
 * @path: a file from anywhere
 * @cancellable: (nullable): stops it; then there is no bundle
 * @callback: called when it was judged
 * @user_data: for @callback
 *
 * Reads and judges a file; what there was before is forgotten at once.
 */
void
tl_review_load_async (TlReview            *self,
                      const char          *path,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (TL_IS_REVIEW (self) && path != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_review_load_async);
  load (self, task, path, NULL);
}

/**
 * tl_review_load_bytes_async:
 * @self: a review
 * @bytes: what was read elsewhere
 * @path: (nullable): what to call it
 * @cancellable: (nullable): stops it; then there is no bundle
 * @callback: called when it was judged
 * @user_data: for @callback
 *
 * As tl_review_load_async(), with the same tl_review_load_finish().
 */
void
tl_review_load_bytes_async (TlReview            *self,
                            GBytes              *bytes,
                            const char          *path,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (TL_IS_REVIEW (self) && bytes != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_review_load_bytes_async);
  load (self, task, path, bytes);
}

/**
 * tl_review_load_finish:
 * @self: a review
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether it was judged, whatever `finding` says; %FALSE where the file or a list of
 *   signers cannot be read, with %G_IO_ERROR_CANCELLED, or %G_IO_ERROR_PENDING while another file
 *   is being read
 */
gboolean
tl_review_load_finish (TlReview      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tl_review_compare_with:
 * @self: a review
 * @other: (nullable): the one it is compared with: what came before it
 */
void
tl_review_compare_with (TlReview *self,
                        TlReview *other)
{
  g_return_if_fail (TL_IS_REVIEW (self) && other != self);

  if (self->other == other)
    return;
  if (self->other != NULL)
    g_signal_handlers_disconnect_by_func (self->other, tl_review_show_differences, self);
  g_set_object (&self->other, other);
  if (other != NULL)
    g_signal_connect_object (other, "notify::bundle", G_CALLBACK (tl_review_show_differences), self,
                             G_CONNECT_SWAPPED);
  tl_review_show_differences (self);
  notify (self, "other");
}

/**
 * tl_review_allow_rollback:
 * @self: a review
 *
 * For this file and for those that are loaded from now on: that a newer one was accepted before
 * keeps none from being accepted. What else is wrong still does.
 */
void
tl_review_allow_rollback (TlReview *self)
{
  g_return_if_fail (TL_IS_REVIEW (self));

  self->allows_rollback = TRUE;
  if (self->rollback == NULL)
    return;

  notify (self, "finding");
  notify (self, "objection");
  notify (self, "accepted");
}

TlBundle *
tl_review_get_bundle (TlReview *self)
{
  g_return_val_if_fail (TL_IS_REVIEW (self), NULL);

  return self->bundle;
}

/* What stands against it besides that nobody may know who signed it. */
static TlFinding *
get_rest (TlReview *self)
{
  return self->rollback != NULL && !self->allows_rollback ? self->rollback : self->besides;
}

TlFinding *
tl_review_get_finding (TlReview *self)
{
  g_return_val_if_fail (TL_IS_REVIEW (self), NULL);

  return self->held != NULL ? self->held : get_rest (self);
}

/**
 * tl_review_get_objection:
 * @self: a review
 *
 * Whoever trusts a bundle whose signer nobody here vouches for, as one's own, asks this.
 *
 * Returns: (transfer none) (nullable): the first thing that is wrong besides
 *   `bundle.unknown-signer`, whatever `finding` is; %NULL where there is nothing else
 */
TlFinding *
tl_review_get_objection (TlReview *self)
{
  g_return_val_if_fail (TL_IS_REVIEW (self), NULL);

  return self->held != NULL && !tl_reviewing_is_unknown (self->held) ? self->held
                                                                     : get_rest (self);
}

gboolean
tl_review_is_accepted (TlReview *self)
{
  g_return_val_if_fail (TL_IS_REVIEW (self), FALSE);

  return self->bundle != NULL && tl_review_get_finding (self) == NULL;
}

gboolean
tl_review_is_own (TlReview *self)
{
  g_return_val_if_fail (TL_IS_REVIEW (self), FALSE);

  return self->is_own;
}

/**
 * tl_review_dup_page:
 * @self: a review
 *
 * Returns: (transfer full) (nullable): the report as a page, made here of what was signed, under
 *   what the review says of it; %NULL while there is no bundle
 */
char *
tl_review_dup_page (TlReview *self)
{
  g_autoptr(GBytes) page = NULL;
  TlReportVerdict verdict = { .reviewed_s = g_get_real_time () / G_USEC_PER_SEC };
  const char *text;
  gsize len;

  g_return_val_if_fail (TL_IS_REVIEW (self), NULL);

  if (self->bundle == NULL)
    return NULL;

  verdict.finding = tl_review_get_finding (self);
  verdict.signer_name = tl_bundle_get_signer_name (self->bundle);
  page = tl_report_html_write (tl_bundle_get_report (self->bundle),
                               tl_bundle_get_facts (self->bundle), &verdict);
  text = g_bytes_get_data (page, &len);

  return g_strndup (text, len);
}
