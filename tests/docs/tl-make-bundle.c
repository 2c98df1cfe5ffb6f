/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "tl-bundle.h"
#include "tl-recipient.h"
#include "tl-signer.h"
#include "tl-test-report.h"

/* What the documents are about, without a mailbox: tl-make-bundle FOLDER [RECIPIENT.pem] writes
 * ada.twolane, ada-before.twolane and signer.pem. With a recipient the first has passwords. */

static const char * const password = "correct horse \"battery\"";

static TlRecipient *
load_recipient (const char  *path,
                gint64       now_s,
                GError     **error)
{
  g_autofree char *pem = NULL;
  gsize len;

  if (!g_file_get_contents (path, &pem, &len, error))
    return NULL;

  return tl_recipient_new_from_pem (pem, len, now_s, error);
}

static gboolean
make (TlSigner     *signer,
      const char   *folder,
      const char   *name,
      TlRecipient  *recipient,
      gint64        now_s,
      GError      **error)
{
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   now_s - 60);
  g_autoptr(TlSecret) secret = tl_secret_new (password, strlen (password));
  g_autofree char *path = g_build_filename (folder, name, NULL);
  TlBundleContents contents = {
    .report = report,
    .serial = (guint64) now_s * 1000,
    .now_s = now_s,
    .recipient = recipient,
    .incoming = recipient == NULL ? NULL : secret,
    .outgoing = recipient == NULL ? NULL : secret,
  };
  g_autoptr(GBytes) bytes = tl_bundle_write (&contents, signer, error);

  return bytes != NULL && g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                               (gssize) g_bytes_get_size (bytes), error);
}

int
main (int    argc,
      char **argv)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(TlSigner) signer = NULL;
  g_autoptr(TlRecipient) recipient = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *pem = NULL;
  g_autofree char *path = NULL;

  if (argc < 2 || argc > 3)
    return 64;

  path = g_build_filename (argv[1], "signer.pem", NULL);
  if ((argc < 3 || (recipient = load_recipient (argv[2], now_s, &error)) != NULL) &&
      (signer = tl_signer_new_generate ("ada@acme.test", &error)) != NULL &&
      (pem = tl_signer_dup_certificate (signer)) != NULL &&
      g_file_set_contents (path, pem, -1, &error) &&
      make (signer, argv[1], "ada-before.twolane", NULL, now_s - 100, &error) &&
      make (signer, argv[1], "ada.twolane", recipient, now_s, &error))
    return 0;

  g_printerr ("%s\n", error->message);

  return 1;
}
