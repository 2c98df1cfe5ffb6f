/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-recipient.h"

#include <openssl/pem.h>
#include <string.h>

#include "tl-bundle-openssl.h"
#include "tl-error.h"
#include "tl-test-bundle.h"
#include "tl-test-company.h"

typedef struct
{
  const char        *path;
  TlTestCertificate  what;
  gboolean           taken;
} CertificateCase;

static const CertificateCase certificate_cases[] = {
  { "/recipient/kind/rsa-3072", { .key = "RSA:3072" }, TRUE },
  { "/recipient/kind/p256", { .key = "P-256" }, TRUE },
  { "/recipient/kind/p384", { .key = "P-384" }, TRUE },
  { "/recipient/kind/p521", { .key = "P-521" }, TRUE },
  { "/recipient/B06/rsa-2048", { .key = "RSA:2048" } },
  { "/recipient/B06/p224", { .key = "P-224" } },
  { "/recipient/B06/ed25519", { .key = "ED25519" } },
  { "/recipient/B06/secp256k1", { .key = "secp256k1" } },
  { "/recipient/version-1", { .key = "P-256", .version = 1 } },
  { "/recipient/expired", { .key = "P-256", .from_s = -100, .to_s = -10 } },
  { "/recipient/not-yet", { .key = "P-256", .from_s = 100 } },
  { "/recipient/usage/rsa", { .key = "RSA:3072", .usage = "keyEncipherment" }, TRUE },
  { "/recipient/usage/ec", { .key = "P-256", .usage = "keyAgreement,digitalSignature" }, TRUE },
  { "/recipient/usage/rsa-signs", { .key = "RSA:3072", .usage = "digitalSignature" } },
  { "/recipient/usage/rsa-agrees", { .key = "RSA:3072", .usage = "keyAgreement" } },
  { "/recipient/usage/ec-signs", { .key = "P-256", .usage = "digitalSignature,keyCertSign" } },
  { "/recipient/usage/ec-enciphers", { .key = "P-256", .usage = "keyEncipherment" } },
};

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
test_certificate (gconstpointer data)
{
  const CertificateCase *c = data;
  g_autofree char *pem = tl_test_certificate_new (&c->what);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlRecipient) recipient = tl_recipient_new_from_pem (pem, strlen (pem), now (), &error);
  g_autoptr(TlOpener) opener = NULL;

  g_assert_true ((recipient != NULL) == c->taken);
  if (!c->taken)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpstr (tl_recipient_get_name (recipient), ==, "Platform Test");
  g_assert_cmpint (tl_recipient_get_expires_s (recipient) - now (), >=, 86390);
  g_assert_cmpint (tl_recipient_get_expires_s (recipient) - now (), <=, 86400);
  opener = tl_test_opener_new (c->what.key);
  g_assert_cmpstr (tl_recipient_get_fingerprint (recipient), ==,
                   tl_opener_get_fingerprint (opener));
}

/* What stock tools say of the same certificate. */
static void
test_fingerprint (void)
{
  const TlTestCertificate what = { .key = "P-384" };
  g_autofree char *pem = tl_test_certificate_new (&what);
  g_autoptr(TlRecipient) recipient = tl_recipient_new_from_pem (pem, strlen (pem), now (), NULL);
  g_autofree char *folder = tl_test_folder_new ();
  g_autofree char *text = NULL;

  tl_test_folder_put (folder, "platform.pem", pem, -1);
  g_assert_cmpint (tl_test_run (folder, "openssl x509 -in platform.pem -noout -pubkey | "
                                        "openssl pkey -pubin -outform DER | sha256sum", &text),
                   ==, 0);
  text[64] = '\0';
  g_assert_cmpstr (tl_recipient_get_fingerprint (recipient), ==, text);
  tl_test_folder_remove (folder);
}

static void
assert_refused (const char *text,
                gsize       len)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (tl_recipient_new_from_pem (text, len, now (), &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_pem (void)
{
  const TlTestCertificate what = { .key = "P-256" };
  g_autofree char *pem = tl_test_certificate_new (&what);
  g_autofree char *twice = g_strconcat (pem, pem, NULL);
  g_autofree char *key = tl_test_key_to_pem (tl_test_key_get ("P-256"), NULL);
  g_autofree char *with_key = g_strconcat (pem, key, NULL);
  g_autofree char *explained = g_strconcat ("Subject: O=Platform Test\r\n\n", pem, "\n", NULL);
  g_autofree char *cut = g_strndup (pem, strlen (pem) - 40);
  g_autofree char *long_text = g_strnfill (65 * 1024, ' ');
  g_autoptr(TlRecipient) recipient = NULL;

  recipient = tl_recipient_new_from_pem (explained, strlen (explained), now (), NULL);
  g_assert_nonnull (recipient);

  assert_refused ("", 0);
  assert_refused (twice, strlen (twice));
  assert_refused (key, strlen (key));
  assert_refused (with_key, strlen (with_key));
  assert_refused (cut, strlen (cut));
  assert_refused (pem, strlen (pem) + 1);
  memcpy (long_text, pem, strlen (pem));
  assert_refused (long_text, 65 * 1024);
}

/* Keys and extensions in other forms than the usual one, and the word that says which it is. */
typedef struct
{
  const char    *path;
  TlTestCompany  company;
  const char    *said;     /* NULL: it is taken */
} EncodingCase;

static const EncodingCase encoding_cases[] = {
  { "/recipient/encoding/usual", { "P-256" } },
  { "/recipient/encoding/usual-rsa", { "RSA-3072:10001" } },
  { "/recipient/B06/rsa-pss", { "RSA-PSS" }, "neither RSA nor" },
  { "/recipient/B06/rsa-no-null", { "RSA-3072:10001", .has_no_null = TRUE }, "encoding" },
  { "/recipient/B06/compressed-point", { "P-256", .point = "compressed" }, "encoding" },
  { "/recipient/B06/hybrid-point", { "P-256", .point = "hybrid" }, "encoding" },
  { "/recipient/B06/explicit-curve", { "P-256", .is_explicit = TRUE }, "encoding" },
  { "/recipient/B06/extension-twice", { "P-256", .has_twice = TRUE }, "extensions" },
  { "/recipient/B06/usage-broken", { "P-256", .is_usage_broken = TRUE }, "extensions" },
};

static void
test_encoding (gconstpointer data)
{
  const EncodingCase *c = data;
  g_autoptr(EVP_PKEY) key = tl_test_company_key (c->company.key);
  g_autoptr(X509) x509 = tl_test_company_x509 (&c->company, key);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlRecipient) recipient = NULL;
  BIO *bio = BIO_new (BIO_s_mem ());
  char *pem;
  long len;

  PEM_write_bio_X509 (bio, x509);
  len = BIO_get_mem_data (bio, &pem);
  recipient = tl_recipient_new_from_pem (pem, (gsize) len, now (), &error);
  BIO_free (bio);

  g_assert_cmpint (recipient != NULL, ==, c->said == NULL);
  if (c->said == NULL)
    return;
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (error->message, c->said));
}

/* Bytes behind the certificate, inside of its block. */
static void
test_trailing (void)
{
  const TlTestCertificate what = { .key = "P-256" };
  g_autofree char *pem = tl_test_certificate_new (&what);
  g_auto(GStrv) lines = g_strsplit (pem, "\n", -1);
  g_autoptr(GString) base64 = g_string_new (NULL);
  g_autofree guint8 *der = NULL;
  g_autofree char *longer = NULL;
  g_autofree char *text = NULL;
  gsize len;

  for (guint i = 1; lines[i][0] != '-'; i++)
    g_string_append (base64, lines[i]);
  der = g_base64_decode (base64->str, &len);
  der = g_realloc (der, len + 1);
  der[len] = 0;
  longer = g_base64_encode (der, len + 1);
  g_string_truncate (base64, 0);
  for (const char *p = longer; *p != '\0'; p += MIN (strlen (p), 64))
    g_string_append_printf (base64, "%.64s\n", p);
  text = g_strconcat ("-----BEGIN CERTIFICATE-----\n", base64->str,
                      "-----END CERTIFICATE-----\n", NULL);

  assert_refused (text, strlen (text));
}

static TlOpener *
open_key (const void  *data,
          gsize        len,
          const char  *passphrase,
          GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, len);
  g_autoptr(TlSecret) secret = passphrase != NULL ? tl_test_secret_new (passphrase) : NULL;

  return tl_opener_new (bytes, secret, error);
}

typedef struct
{
  const char *path;
  const char *command;     /* makes a file named key */
  const char *passphrase;
  int         code;        /* of TlError; -1: it opens */
} OpenerCase;

#define PLAIN "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out plain && "
#define PFX   PLAIN "openssl req -new -x509 -key plain -subj /CN=p -out cert && " \
              "openssl pkcs12 -export -inkey plain -in cert -out key "

static const OpenerCase opener_cases[] = {
  { "/opener/plain", PLAIN "cp plain key", NULL, -1 },
  { "/opener/plain-with-passphrase", PLAIN "cp plain key", "x", -1 },
  { "/opener/with-certificate", PLAIN "openssl req -new -x509 -key plain -subj /CN=p -out cert && "
    "cat cert plain > key", NULL, -1 },
  { "/opener/encrypted", PLAIN "openssl pkcs8 -topk8 -in plain -out key -passout pass:geheim",
    "geheim", -1 },
  { "/opener/B13/encrypted-none", PLAIN "openssl pkcs8 -topk8 -in plain -out key "
    "-passout pass:geheim", NULL, TL_ERROR_REFUSED },
  { "/opener/B13/encrypted-wrong", PLAIN "openssl pkcs8 -topk8 -in plain -out key "
    "-passout pass:geheim", "Geheim", TL_ERROR_REFUSED },
  { "/opener/pkcs12", PFX "-passout pass:geheim", "geheim", -1 },
  { "/opener/B13/pkcs12-wrong", PFX "-passout pass:geheim", "x", TL_ERROR_REFUSED },
  { "/opener/B13/pkcs12-none", PFX "-passout pass:geheim", NULL, TL_ERROR_REFUSED },
  { "/opener/certificate-alone", PLAIN "openssl req -new -x509 -key plain -subj /CN=p -out key",
    NULL, TL_ERROR_INVALID_INPUT },
  { "/opener/public-alone", PLAIN "openssl pkey -in plain -pubout -out key", NULL,
    TL_ERROR_INVALID_INPUT },
  { "/opener/B06/rsa-2048", "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key",
    NULL, TL_ERROR_INVALID_INPUT },
  { "/opener/B06/x25519", "openssl genpkey -algorithm X25519 -out key", NULL,
    TL_ERROR_INVALID_INPUT },
  { "/opener/empty", ": > key", NULL, TL_ERROR_INVALID_INPUT },
  { "/opener/rubbish", "printf '0rubbish' > key", NULL, TL_ERROR_INVALID_INPUT },
  { "/opener/huge", "head -c 70000 /dev/zero > key", NULL, TL_ERROR_INVALID_INPUT },
  { "/opener/padded", PLAIN "(cat plain; yes '' | head -n 1000) > key", NULL, -1 },
  { "/opener/padded-long", PLAIN "(cat plain; yes '' | head -n 70000) > key", NULL,
    TL_ERROR_INVALID_INPUT },
};

static void
test_opener (gconstpointer data)
{
  const OpenerCase *c = data;
  g_autofree char *folder = tl_test_folder_new ();
  g_autoptr(GBytes) file = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlOpener) opener = NULL;

  g_assert_cmpint (tl_test_run (folder, c->command, NULL), ==, 0);
  file = tl_test_folder_get (folder, "key");
  opener = open_key (g_bytes_get_data (file, NULL), g_bytes_get_size (file), c->passphrase,
                     &error);
  if (c->code < 0)
    {
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (tl_test_run (folder, "openssl pkey -in plain -pubout -outform DER | "
                                            "sha256sum", &text), ==, 0);
      text[64] = '\0';
      g_assert_cmpstr (tl_opener_get_fingerprint (opener), ==, text);
    }
  else
    {
      g_assert_null (opener);
      g_assert_error (error, TL_ERROR, c->code);
    }
  tl_test_folder_remove (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (certificate_cases); i++)
    g_test_add_data_func (certificate_cases[i].path, &certificate_cases[i], test_certificate);
  for (gsize i = 0; i < G_N_ELEMENTS (encoding_cases); i++)
    g_test_add_data_func (encoding_cases[i].path, &encoding_cases[i], test_encoding);
  g_test_add_func ("/recipient/fingerprint", test_fingerprint);
  g_test_add_func ("/recipient/pem", test_pem);
  g_test_add_func ("/recipient/B02/trailing", test_trailing);
  for (gsize i = 0; i < G_N_ELEMENTS (opener_cases); i++)
    g_test_add_data_func (opener_cases[i].path, &opener_cases[i], test_opener);

  return g_test_run ();
}
