/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-bundle.h"

#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

/**
 * tl_test_key_get:
 * @kind: `RSA:3072`, or a curve, such as `P-256`; a mark such as `#2` behind it
 *   makes it another key
 *
 * Returns: (transfer none): the one key of that name in this process
 */
EVP_PKEY *
tl_test_key_get (const char *kind)
{
  static GHashTable *keys = NULL;
  g_autofree char *name = g_strdup (kind);
  EVP_PKEY *key;

  if (keys == NULL)
    keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) EVP_PKEY_free);
  key = g_hash_table_lookup (keys, kind);
  if (key != NULL)
    return key;

  g_strdelimit (name, "#", '\0');
  if (g_str_has_prefix (name, "RSA:"))
    key = EVP_RSA_gen ((size_t) g_ascii_strtoull (name + 4, NULL, 10));
  else if (g_str_equal (name, "ED25519"))
    key = EVP_PKEY_Q_keygen (NULL, NULL, name);
  else
    key = EVP_EC_gen (name);
  g_assert_nonnull (key);
  g_hash_table_insert (keys, g_strdup (kind), key);

  return key;
}

static char *
steal_text (BIO *bio)
{
  char *data;
  long len = BIO_get_mem_data (bio, &data);
  char *text = g_strndup (data, (gsize) len);

  BIO_free (bio);

  return text;
}

static void
add_extension (X509       *x509,
               int         kind,
               const char *value)
{
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, kind, value);

  g_assert_nonnull (extension);
  X509_add_ext (x509, extension, -1);
  X509_EXTENSION_free (extension);
}

/**
 * tl_test_certificate_new:
 * @what: what it is to say
 *
 * Returns: (transfer full): a self-signed certificate in PEM
 */
char *
tl_test_certificate_new (const TlTestCertificate *what)
{
  EVP_PKEY *key = tl_test_key_get (what->key);
  X509 *x509 = X509_new ();
  X509_NAME *name = X509_get_subject_name (x509);
  BIO *bio = BIO_new (BIO_s_mem ());

  X509_set_version (x509, what->version != 0 ? what->version - 1 : X509_VERSION_3);
  X509_set_pubkey (x509, key);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), 4711);
  X509_gmtime_adj (X509_getm_notBefore (x509), what->from_s);
  X509_gmtime_adj (X509_getm_notAfter (x509), what->to_s != 0 ? what->to_s : 86400);
  X509_NAME_add_entry_by_NID (name, NID_organizationName, MBSTRING_UTF8,
                              (const guint8 *) "Platform Test", -1, -1, 0);
  X509_set_issuer_name (x509, name);
  add_extension (x509, NID_subject_key_identifier, "00112233");
  if (what->usage != NULL)
    add_extension (x509, NID_key_usage, what->usage);
  X509_sign (x509, key, EVP_PKEY_get_base_id (key) == EVP_PKEY_ED25519 ? NULL : EVP_sha256 ());
  PEM_write_bio_X509 (bio, x509);
  X509_free (x509);

  return steal_text (bio);
}

/**
 * tl_test_key_to_pem:
 * @key: a key
 * @passphrase: (nullable): what to encrypt it with
 *
 * Returns: (transfer full): PKCS #8 in PEM
 */
char *
tl_test_key_to_pem (EVP_PKEY   *key,
                    const char *passphrase)
{
  BIO *bio = BIO_new (BIO_s_mem ());

  PEM_write_bio_PKCS8PrivateKey (bio, key, passphrase != NULL ? EVP_aes_256_cbc () : NULL,
                                 passphrase, passphrase != NULL ? (int) strlen (passphrase) : 0,
                                 NULL, NULL);

  return steal_text (bio);
}

TlRecipient *
tl_test_recipient_new (const char *kind)
{
  const TlTestCertificate what = { .key = kind };
  g_autofree char *pem = tl_test_certificate_new (&what);
  g_autoptr(GError) error = NULL;
  TlRecipient *recipient = tl_recipient_new_from_pem (pem, strlen (pem),
                                                      g_get_real_time () / G_USEC_PER_SEC, &error);

  g_assert_no_error (error);

  return recipient;
}

TlOpener *
tl_test_opener_new (const char *kind)
{
  g_autofree char *pem = tl_test_key_to_pem (tl_test_key_get (kind), NULL);
  g_autoptr(GBytes) bytes = g_bytes_new (pem, strlen (pem));
  g_autoptr(GError) error = NULL;
  TlOpener *opener = tl_opener_new (bytes, NULL, &error);

  g_assert_no_error (error);

  return opener;
}

TlSecret *
tl_test_secret_new (const char *text)
{
  return tl_secret_new (text, strlen (text));
}

/**
 * tl_test_bundle_new:
 * @signer: who signs
 * @recipient: (nullable): for whom passwords are sealed; %NULL: none are in it
 * @now_s: when it is made
 *
 * Returns: (transfer full): a bundle that is ready
 */
GBytes *
tl_test_bundle_new (TlSigner    *signer,
                    TlRecipient *recipient,
                    gint64       now_s)
{
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_FULL, TL_PURPOSE_MAILBOX,
                                                   now_s - 60);
  g_autoptr(TlSecret) incoming = tl_test_secret_new (TL_TEST_INCOMING);
  g_autoptr(TlSecret) outgoing = tl_test_secret_new (TL_TEST_OUTGOING);
  const TlBundleContents contents = {
    .report = report, .serial = TL_TEST_BUNDLE_SERIAL, .now_s = now_s, .recipient = recipient,
    .incoming = incoming, .outgoing = outgoing,
  };
  g_autoptr(GError) error = NULL;
  GBytes *bytes = tl_bundle_write (&contents, signer, &error);

  g_assert_no_error (error);

  return bytes;
}

/**
 * tl_test_bundle_verify:
 * @bytes: a file
 * @signer: who is pinned
 * @now_s: the present
 * @out_bundle: (out) (optional): the bundle
 *
 * Asserts that a bundle comes only with what may be shown, and that nothing
 * does otherwise.
 *
 * Returns: (transfer none) (nullable): the id of the finding
 */
const char *
tl_test_bundle_verify (GBytes    *bytes,
                       TlSigner  *signer,
                       gint64     now_s,
                       TlBundle **out_bundle)
{
  const char *pins[] = { "00", tl_signer_get_fingerprint (signer), NULL };
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlBundle) bundle = tl_bundle_verify (bytes, pins, now_s, &finding, &error);
  const char *id = finding != NULL ? g_intern_string (tl_finding_get_id (finding)) : NULL;
  gboolean may_be_shown = id == NULL || g_str_equal (id, "bundle.practice") ||
                          g_str_equal (id, "bundle.expired") ||
                          g_str_equal (id, "bundle.unknown-signer");

  g_assert_true ((bundle != NULL) == may_be_shown);
  g_assert_true ((error == NULL) == may_be_shown);
  if (out_bundle != NULL)
    *out_bundle = g_steal_pointer (&bundle);

  return id;
}

/**
 * tl_test_run:
 * @folder: where
 * @command: for the shell
 * @out_text: (out) (optional): what it printed
 *
 * Returns: its status, 0 for success
 */
int
tl_test_run (const char  *folder,
             const char  *command,
             char       **out_text)
{
  const char *argv[] = { "/bin/sh", "-c", command, NULL };
  g_autoptr(GError) error = NULL;
  int status;

  g_spawn_sync (folder, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, out_text,
                NULL, &status, &error);
  g_assert_no_error (error);

  return status;
}

char *
tl_test_folder_new (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp (NULL, &error);

  g_assert_no_error (error);

  return folder;
}

void
tl_test_folder_put (const char    *folder,
                    const char    *name,
                    gconstpointer  data,
                    gssize         len)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, data, len, &error);
  g_assert_no_error (error);
}

GBytes *
tl_test_folder_get (const char *folder,
                    const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;
  char *data = NULL;
  gsize len = 0;

  g_file_get_contents (path, &data, &len, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (data, len);
}

/* With the files in it. */
void
tl_test_folder_remove (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}
