/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-shelf.h"

#include <unistd.h>

#include "tl-document-signature.h"
#include "tl-error.h"
#include "tl-evidence.h"
#include "tl-file-read.h"
#include "tl-fingerprint.h"
#include "tl-pins.h"
#include "tl-policy-file.h"
#include "tl-text.h"

/* A signature with a company's certificate in it. */
#define SIGNATURE_MAX_BYTES (16 * 1024)

static char *
describe_flaw (const char *path,
               const char *flaw)
{
  g_autofree char *display = g_filename_display_name (path);
  g_autofree char *name = tl_text_clean (display, -1);

  return g_strdup_printf ("%s: %s", name, flaw);
}

/* The first thing that is wrong is told: one is enough to keep back what may be forbidden. */
static void
note (TlPolicyShelf *self,
      const char    *path,
      const char    *flaw)
{
  g_autofree char *detail = NULL;

  if (self->finding != NULL)
    return;

  detail = describe_flaw (path, flaw);
  self->finding = tl_finding_new_detail ("store.policy", TL_LANE_NONE, detail);
}

static TlPolicy *
parse_policy (GBytes  *bytes,
              GError **error)
{
  const char *text = g_bytes_get_data (bytes, NULL);

  return tl_policy_parse (text == NULL ? "" : text, (gssize) g_bytes_get_size (bytes), error);
}

static char **
parse_pins (GBytes  *bytes,
            GError **error)
{
  const char *text = g_bytes_get_data (bytes, NULL);

  return tl_pins_parse (text == NULL ? "" : text, g_bytes_get_size (bytes), error);
}

static gboolean
is_pinned (GPtrArray  *pins,
           const char *fingerprint)
{
  return g_ptr_array_find_with_equal_func (pins, fingerprint, g_str_equal, NULL);
}

static void
add_pins (GPtrArray          *pins,
          const char * const *fingerprints)
{
  for (guint i = 0; fingerprints[i] != NULL; i++)
    {
      if (!is_pinned (pins, fingerprints[i]))
        g_ptr_array_add (pins, g_strdup (fingerprints[i]));
    }
}

/* A file of fingerprints; @out_flaw is why the first that is there does not count. */
static void
load_pins_sync (TlPolicyShelf  *self,
                const char     *folder,
                const char     *name,
                uid_t           owner,
                GPtrArray      *pins,
                char          **out_flaw)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = tl_policy_file_read_sync (path, owner, &error);
  g_auto(GStrv) more = NULL;

  if (bytes != NULL)
    more = parse_pins (bytes, &error);
  if (more != NULL)
    {
      add_pins (pins, (const char * const *) more);
      return;
    }
  if (g_error_matches (error, TL_ERROR, TL_ERROR_NOT_FOUND))
    return;

  note (self, path, error->message);
  if (out_flaw != NULL && *out_flaw == NULL)
    *out_flaw = describe_flaw (path, error->message);
}

static void
load_trust_sync (TlPolicyShelf *self,
                 const char    *folder,
                 uid_t          owner,
                 GPtrArray     *grantors)
{
  load_pins_sync (self, folder, TL_POLICY_SHELF_SIGNERS_NAME, owner, self->pins, &self->pins_flaw);
  load_pins_sync (self, folder, TL_POLICY_SHELF_GRANTORS_NAME, owner, grantors, NULL);
}

/* Why nobody's signature lets this policy grant, or NULL. */
static const char *
find_flaw_of_time (TlPolicy *policy,
                   gint64    now_s)
{
  gint64 expires_s = tl_policy_get_expires_s (policy);

  if (expires_s == 0)
    return "the policy is signed and has no “expires”: it grants nothing";

  return now_s < expires_s ? NULL : "the policy has expired: it grants nothing";
}

/* A signature that does not hold takes nothing away: what the policy forbids by its place it still
 * forbids. It gives nothing either, and somebody is told. */
static TlPolicyOrigin
judge_signature_sync (TlPolicyShelf  *self,
                      const char     *path,
                      GBytes         *document,
                      TlPolicy       *policy,
                      TlPolicyOrigin  place,
                      GPtrArray      *grantors)
{
  g_autofree char *signature_path = g_strconcat (path, TL_POLICY_SHELF_SIGNATURE_SUFFIX, NULL);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) signature = tl_file_read_sync (signature_path, SIGNATURE_MAX_BYTES, &error);
  g_autofree char *fingerprint = NULL;
  g_autofree char *flaw = NULL;

  if (signature == NULL && g_error_matches (error, TL_ERROR, TL_ERROR_NOT_FOUND))
    return place;

  if (signature != NULL)
    fingerprint = tl_document_signature_check (document, signature, now_s, &error);
  if (fingerprint == NULL)
    {
      flaw = g_strdup (error->message);
    }
  else if (!is_pinned (grantors, fingerprint))
    {
      g_autofree char *groups = tl_fingerprint_to_groups (fingerprint);

      flaw = g_strconcat ("nobody here lets this signer grant: ", groups, NULL);
    }
  /* The system's place grants by itself. */
  else if (place != TL_POLICY_FROM_SYSTEM)
    {
      flaw = g_strdup (find_flaw_of_time (policy, now_s));
    }

  if (flaw == NULL)
    return MIN (place, TL_POLICY_FROM_SIGNER);
  note (self, signature_path, flaw);

  return place;
}

static GBytes *
read_document_sync (const char      *path,
                    TlPolicyOrigin   place,
                    uid_t            system_owner,
                    GError         **error)
{
  return place == TL_POLICY_FROM_SYSTEM
           ? tl_policy_file_read_sync (path, system_owner, error)
           : tl_file_read_sync (path, TL_POLICY_FILE_MAX_BYTES, error);
}

static void
add_policy (TlPolicyShelf  *self,
            TlPolicy       *policy,
            TlPolicyOrigin  origin)
{
  TlPolicies *more = tl_policies_with (self->policies, policy, origin);

  tl_policies_unref (self->policies);
  self->policies = more;
}

static void
load_policy_sync (TlPolicyShelf  *self,
                  const char     *path,
                  TlPolicyOrigin  place,
                  uid_t           system_owner,
                  GPtrArray      *grantors)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = read_document_sync (path, place, system_owner, &error);
  g_autoptr(TlPolicy) policy = NULL;

  /* What was given has to be there. */
  if (bytes == NULL && place != TL_POLICY_FROM_FILE &&
      g_error_matches (error, TL_ERROR, TL_ERROR_NOT_FOUND))
    return;

  if (bytes != NULL)
    policy = parse_policy (bytes, &error);
  if (policy == NULL)
    note (self, path, error->message);
  else
    add_policy (self, policy,
                judge_signature_sync (self, path, bytes, policy, place, grantors));
}

static void
load_folder_policy_sync (TlPolicyShelf  *self,
                         const char     *folder,
                         TlPolicyOrigin  place,
                         uid_t           system_owner,
                         GPtrArray      *grantors)
{
  g_autofree char *path = g_build_filename (folder, TL_POLICY_SHELF_POLICY_NAME, NULL);

  load_policy_sync (self, path, place, system_owner, grantors);
}

/**
 * tl_policy_shelf_read_sync:
 * @places: where to look
 *
 * Reads all that is there. Who may sign policies stands in `policy-signers` of the system's folders
 * and of the user's: those whose bundles count, by a `signers` file or by the word of a policy, may
 * not for that. Blocks: a few small files.
 *
 * Returns: (transfer full): what holds, and what is wrong
 */
TlPolicyShelf *
tl_policy_shelf_read_sync (const TlPolicyPlaces *places)
{
  TlPolicyShelf *self = g_new0 (TlPolicyShelf, 1);
  g_autoptr(GPtrArray) grantors = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *system_folders = places->system_folders;
  const char *user_folder = places->user_folder;
  uid_t owner = places->system_owner;

  self->policies = tl_policies_new ();
  self->pins = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < system_folders->len; i++)
    load_trust_sync (self, system_folders->pdata[i], owner, grantors);
  if (user_folder != NULL)
    load_trust_sync (self, user_folder, geteuid (), grantors);

  for (guint i = 0; i < system_folders->len; i++)
    load_folder_policy_sync (self, system_folders->pdata[i], TL_POLICY_FROM_SYSTEM, owner,
                             grantors);
  if (user_folder != NULL)
    load_folder_policy_sync (self, user_folder, TL_POLICY_FROM_USER, owner, grantors);
  for (guint i = 0; i < places->files->len; i++)
    load_policy_sync (self, places->files->pdata[i], TL_POLICY_FROM_FILE, owner, grantors);

  return self;
}

void
tl_policy_shelf_free (TlPolicyShelf *self)
{
  g_clear_pointer (&self->policies, tl_policies_unref);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->pins, g_ptr_array_unref);
  g_clear_pointer (&self->pins_flaw, g_free);
  g_free (self);
}

/**
 * tl_policy_shelf_check_file_sync:
 * @path: a file that was given
 * @error: return location for a #GError
 *
 * Returns: whether there is a policy in it; %FALSE with %TL_ERROR_NOT_FOUND or
 *   %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_policy_shelf_check_file_sync (const char  *path,
                                 GError     **error)
{
  g_autoptr(GBytes) bytes = tl_file_read_sync (path, TL_POLICY_FILE_MAX_BYTES, error);
  g_autoptr(TlPolicy) policy = bytes == NULL ? NULL : parse_policy (bytes, error);

  return policy != NULL;
}

/**
 * tl_policy_shelf_describe:
 * @self: a shelf
 *
 * Returns: (transfer full): everything that others see of it, in one string: that of two shelves is
 *   the same where a file was only touched
 */
char *
tl_policy_shelf_describe (const TlPolicyShelf *self)
{
  GString *state = g_string_new (NULL);

  for (guint i = 0; i < tl_policies_get_n (self->policies); i++)
    g_string_append_printf (state, "%d %s\n", (int) tl_policies_get_origin (self->policies, i),
                            tl_policy_get_sha256 (tl_policies_get (self->policies, i)));
  for (guint i = 0; i < self->pins->len; i++)
    g_string_append_printf (state, "%s\n", (const char *) self->pins->pdata[i]);
  if (self->finding != NULL)
    g_string_append (state, tl_evidence_get_string (tl_finding_get_evidence (self->finding),
                                                    TL_EVIDENCE_DETAIL));

  return g_string_free (state, FALSE);
}

/**
 * tl_policy_shelf_list_signers:
 * @self: a shelf
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (array zero-terminated=1): as tl_policy_store_list_signers()
 */
char **
tl_policy_shelf_list_signers (const TlPolicyShelf *self,
                              GError             **error)
{
  g_autoptr(GPtrArray) signers = NULL;
  g_auto(GStrv) granted = NULL;

  if (self->pins_flaw != NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, self->pins_flaw);
      return NULL;
    }

  signers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->pins->len; i++)
    g_ptr_array_add (signers, g_strdup (self->pins->pdata[i]));
  granted = tl_policies_list_signers (self->policies);
  add_pins (signers, (const char * const *) granted);
  g_ptr_array_add (signers, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&signers), FALSE);
}
