/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-attachment.h"

#include <glib/gi18n-lib.h>

#include "tl-bundle.h"
#include "tl-cli.h"
#include "tl-error.h"
#include "tl-file-save.h"
#include "tl-unsigned-bundle.h"

#define MAX_MEMBER_BYTES    (2 * 1024 * 1024)
#define MAX_SIGNATURE_BYTES (64 * 1024)

static GBytes *
read_member (const char  *folder,
             const char  *name,
             GError     **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return tl_cli_read_file (path, MAX_MEMBER_BYTES, error);
}

/* Only a bundle with passwords has it. */
static gboolean
read_secrets (const char  *folder,
              GBytes     **out_secrets,
              GError     **error)
{
  g_autofree char *path = g_build_filename (folder, "secrets.p7m", NULL);

  *out_secrets = NULL;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  *out_secrets = tl_cli_read_file (path, MAX_MEMBER_BYTES, error);

  return *out_secrets != NULL;
}

/* What keeps it from being handed over here. A practice mailbox is nobody's: no rule is about
 * it. */
static TlFinding *
find_obstacle (TlBundle      *bundle,
               TlPolicyStore *policies)
{
  TlReport *report = tl_bundle_get_report (bundle);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  TlFinding *finding = tl_policy_store_get_finding (policies);
  g_autoptr(GPtrArray) results = NULL;

  if (tl_plan_get_purpose (tl_report_get_plan (report)) == TL_PURPOSE_PRACTICE)
    return NULL;

  results = tl_policies_check_bundle (tl_policy_store_get_policies (policies), report,
                                      tl_bundle_get_made_s (bundle), now_s,
                                      tl_bundle_get_recipient (bundle) != NULL);
  if (finding == NULL)
    finding = tl_policy_results_find_broken (results);

  return finding == NULL ? NULL : g_object_ref (finding);
}

static gboolean
check_policy (GBytes         *bytes,
              TlPolicyStore  *policies,
              TlFinding     **out_finding,
              GError        **error)
{
  static const char * const nobody[] = { NULL };
  g_autoptr(TlFinding) held = NULL;
  g_autoptr(TlBundle) bundle = NULL;

  bundle = tl_bundle_verify (bytes, nobody, g_get_real_time () / G_USEC_PER_SEC, &held, error);
  if (bundle == NULL)
    return FALSE;

  *out_finding = find_obstacle (bundle, policies);
  if (*out_finding != NULL)
    g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                         _("nothing was saved: it does not follow policy"));

  return *out_finding == NULL;
}

/**
 * tl_attachment_pack:
 * @folder: where `export --unsigned` put the members
 * @signature_path: a signature of `bundle.json` there, CMS in DER
 * @policies: what holds here
 * @output: where the bundle is to be saved
 * @out_finding: (out) (nullable): what policy has against it, where it has
 * @error: return location for a #GError
 *
 * Checks that the members are one another's, that the signature is of them and by the certificate
 * they name, and that policy lets them be handed over; then packs them.
 *
 * Returns: whether the bundle is there; %FALSE with an error that says what does not fit
 */
gboolean
tl_attachment_pack (const char     *folder,
                    const char     *signature_path,
                    TlPolicyStore  *policies,
                    const char     *output,
                    TlFinding     **out_finding,
                    GError        **error)
{
  g_autoptr(GBytes) json = read_member (folder, "bundle.json", error);
  g_autoptr(GBytes) report = NULL;
  g_autoptr(GBytes) secrets = NULL;
  g_autoptr(GBytes) signature = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(TlUnsignedBundle) bundle = NULL;

  *out_finding = NULL;
  if (json == NULL || (report = read_member (folder, "report.html", error)) == NULL ||
      !read_secrets (folder, &secrets, error) ||
      (signature = tl_cli_read_file (signature_path, MAX_SIGNATURE_BYTES, error)) == NULL)
    return FALSE;

  bundle = tl_unsigned_bundle_read (json, report, secrets, error);
  if (bundle == NULL)
    {
      g_prefix_error (error, "%s: ", folder);
      return FALSE;
    }
  bytes = tl_unsigned_bundle_attach (bundle, signature, error);
  if (bytes == NULL)
    {
      g_prefix_error (error, "--attach: ");
      return FALSE;
    }

  return check_policy (bytes, policies, out_finding, error) &&
         tl_file_save_sync (bytes, output, error);
}
