/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For check-token: bundles whose key is elsewhere.
 *
 *   tl-attach members CERTIFICATE FOLDER      writes bundle.json and report.html
 *   tl-attach pack FOLDER SIGNATURE FILE      attaches and writes the bundle
 *   tl-attach token URI PIN FILE              signs with a key on a token, in process
 *   tl-attach verify FILE CERTIFICATE         verifies, with that signer pinned
 *
 * Status 0: done; 1: refused, with the reason; 77: no provider for tokens. */

#include <glib/gprintf.h>
#include <string.h>

#include "tl-bundle.h"
#include "tl-pins.h"
#include "tl-test-report.h"
#include "tl-unsigned-bundle.h"

#define SERIAL 42

static GBytes *
read_file (const char  *path,
           GError     **error)
{
  char *text;
  gsize len;

  return g_file_get_contents (path, &text, &len, error) ? g_bytes_new_take (text, len) : NULL;
}

static gboolean
write_file (const char  *path,
            GBytes      *bytes,
            GError     **error)
{
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);

  return g_file_set_contents (path, data, (gssize) len, error);
}

static gboolean
write_members (char   **words,
               GError **error)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   now_s - 60);
  const TlBundleContents contents = { .report = report, .serial = SERIAL, .now_s = now_s };
  g_autoptr(TlUnsignedBundle) bundle = NULL;
  g_autofree char *pem = NULL;

  if (!g_file_get_contents (words[0], &pem, NULL, error) ||
      (bundle = tl_unsigned_bundle_new (&contents, pem, error)) == NULL)
    return FALSE;

  for (const char * const *name = tl_unsigned_bundle_list_members (bundle); *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (words[1], *name, NULL);

      if (!write_file (path, tl_unsigned_bundle_get_member (bundle, *name), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
pack (char   **words,
      GError **error)
{
  g_autofree char *json_path = g_build_filename (words[0], "bundle.json", NULL);
  g_autofree char *report_path = g_build_filename (words[0], "report.html", NULL);
  g_autoptr(GBytes) json = read_file (json_path, error);
  g_autoptr(GBytes) report = json != NULL ? read_file (report_path, error) : NULL;
  g_autoptr(GBytes) signature = report != NULL ? read_file (words[1], error) : NULL;
  g_autoptr(TlUnsignedBundle) unsigned_bundle = NULL;
  g_autoptr(GBytes) bundle = NULL;

  return signature != NULL &&
         (unsigned_bundle = tl_unsigned_bundle_read (json, report, NULL, error)) != NULL &&
         (bundle = tl_unsigned_bundle_attach (unsigned_bundle, signature, error)) != NULL &&
         write_file (words[2], bundle, error);
}

static gboolean
sign_on_token (char   **words,
               GError **error)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   now_s - 60);
  const TlBundleContents contents = { .report = report, .serial = SERIAL, .now_s = now_s };
  g_autoptr(TlSecret) pin = tl_secret_new (words[1], strlen (words[1]));
  g_autoptr(TlSigner) signer = tl_signer_new_from_token (words[0], pin, error);
  g_autoptr(GBytes) bundle = signer != NULL ? tl_bundle_write (&contents, signer, error) : NULL;

  return bundle != NULL && write_file (words[2], bundle, error);
}

static gboolean
verify (char   **words,
        GError **error)
{
  g_autoptr(GBytes) bytes = read_file (words[0], error);
  g_autoptr(GBytes) trusted = bytes != NULL ? read_file (words[1], error) : NULL;
  g_auto(GStrv) pins = trusted != NULL
    ? tl_pins_parse (g_bytes_get_data (trusted, NULL), g_bytes_get_size (trusted), error) : NULL;
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlBundle) bundle = NULL;

  if (pins == NULL)
    return FALSE;

  bundle = tl_bundle_verify (bytes, (const char * const *) pins,
                             g_get_real_time () / G_USEC_PER_SEC, &finding, error);
  g_printf ("%s\n", finding != NULL ? tl_finding_get_id (finding) : "good");

  return bundle != NULL && finding == NULL;
}

static const struct
{
  const char *name;
  int         n_words;
  gboolean  (*run) (char   **words,
                    GError **error);
} verbs[] = {
  { "members", 2, write_members },
  { "pack",    3, pack },
  { "token",   3, sign_on_token },
  { "verify",  2, verify },
};

int
main (int   argc,
      char *argv[])
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr(GError) error = NULL;

      if (argc != verbs[i].n_words + 2 || !g_str_equal (argv[1], verbs[i].name))
        continue;
      if (verbs[i].run == sign_on_token && !tl_signer_can_use_tokens ())
        return 77;
      if (verbs[i].run (argv + 2, &error))
        return 0;
      g_printerr ("%s\n", error != NULL ? error->message : "refused");

      return 1;
    }

  return 2;
}
