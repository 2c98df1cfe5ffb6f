/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signer-private.h"

#include <openssl/pem.h>
#include <string.h>

#include "tl-ecdsa.h"
#include "tl-error.h"
#include "tl-test-company.h"

#define LONG_100  "0123456789012345678901234567890123456789012345678901234567890123456789" \
                  "012345678901234567890123456789"
#define LONG_600 LONG_100 LONG_100 LONG_100 LONG_100 LONG_100 LONG_100
#define LONG_NAME "a-local-part-that-is-rather-long@a-domain-that-is-rather-long.acme.test"

static TlSecret *
secret_from_text (const char *text)
{
  return tl_secret_new (text, strlen (text));
}

static char *
secret_to_text (TlSigner *signer)
{
  g_autoptr(TlSecret) secret = tl_signer_to_secret (signer);

  return g_strdup (tl_secret_peek (secret, NULL));
}

static TlSigner *
generate (const char *name)
{
  g_autoptr(GError) error = NULL;
  TlSigner *signer = tl_signer_new_generate (name, &error);

  g_assert_no_error (error);

  return signer;
}

static void
test_round_trip (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSigner) signer = generate ("ada@acme.test");
  g_autoptr(TlSecret) secret = tl_signer_to_secret (signer);
  g_autoptr(TlSigner) again = tl_signer_new_from_secret (secret, &error);
  g_autofree char *pem = tl_signer_dup_certificate (signer);
  g_autofree char *pem_again = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (tl_signer_get_fingerprint (again), ==, tl_signer_get_fingerprint (signer));
  pem_again = tl_signer_dup_certificate (again);
  g_assert_cmpstr (pem_again, ==, pem);
  g_assert_null (strstr (pem, "PRIVATE"));
}

static void
test_fingerprint (void)
{
  g_autoptr(TlSigner) signer = generate ("ada@acme.test");
  g_autofree guint8 *der = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *groups = tl_fingerprint_to_groups (tl_signer_get_fingerprint (signer));
  g_autofree char *parsed = tl_fingerprint_parse (groups);
  guint8 *p;
  int len = i2d_PUBKEY (tl_signer_get_key (signer), NULL);

  p = der = g_malloc ((gsize) len);
  i2d_PUBKEY (tl_signer_get_key (signer), &p);
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der, (gsize) len);

  g_assert_cmpstr (tl_signer_get_fingerprint (signer), ==, hash);
  g_assert_cmpuint (strlen (groups), ==, 64 + 15);
  g_assert_cmpstr (parsed, ==, hash);
}

static void
test_certificate (void)
{
  g_autoptr(TlSigner) signer = generate (LONG_NAME);
  X509 *x509 = tl_certificate_get_x509 (tl_signer_get_certificate (signer));
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_cmpint (X509_get_version (x509), ==, X509_VERSION_3);
  g_assert_cmpuint (X509_get_key_usage (x509), ==, KU_DIGITAL_SIGNATURE);
  g_assert_cmpuint (X509_get_extended_key_usage (x509), ==, XKU_SMIME);
  g_assert_cmpint (X509_check_ca (x509), ==, 0);

  g_assert_true (tl_signer_covers (signer, now_s));
  g_assert_true (tl_signer_covers (signer, now_s + (gint64) 9 * 365 * 86400));
  g_assert_false (tl_signer_covers (signer, now_s + (gint64) 11 * 365 * 86400));
  g_assert_false (tl_signer_covers (signer, now_s - 2 * 86400));
}

/* Makes a certificate of a person's own form, but for one thing. What fits all
 * the same is a company's. */
typedef struct
{
  const char *name;
  const char *group;
  gboolean    other_signs;
  gboolean    other_issuer;
  gboolean    other_serial;
  gboolean    is_ca;
  gboolean    high_s;
  gboolean    fits;
  gboolean    is_own;
} FormCase;

static const FormCase form_cases[] = {
  { "ours",            "P-256", .fits = TRUE, .is_own = TRUE },
  { "other-curve",     "P-384", .fits = TRUE },
  { "signed-by-other", "P-256", .other_signs = TRUE },
  { "other-issuer",    "P-256", .other_issuer = TRUE, .fits = TRUE },
  { "other-serial",    "P-256", .other_serial = TRUE, .fits = TRUE },
  { "ca",              "P-256", .is_ca = TRUE, .fits = TRUE },
  { "high-s",          "P-256", .high_s = TRUE, .fits = TRUE },
};

static gboolean
has_low_s (X509 *x509)
{
  const ASN1_BIT_STRING *signature;

  X509_get0_signature (&signature, NULL, x509);

  return tl_ecdsa_is_canonical (tl_key_kind_p256.order, ASN1_STRING_get0_data (signature),
                                (gsize) ASN1_STRING_length (signature));
}

static void
test_form (gconstpointer data)
{
  const FormCase *c = data;
  g_autoptr(TlSigner) signer = generate ("ada@acme.test");
  g_autoptr(EVP_PKEY) other = EVP_EC_gen (c->group);
  EVP_PKEY *key = tl_signer_get_key (signer);
  g_autoptr(X509) x509 = X509_dup (tl_certificate_get_x509 (tl_signer_get_certificate (signer)));
  g_autoptr(TlCertificate) certificate = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_str_equal (c->group, "P-256"))
    {
      X509_set_pubkey (x509, other);
      key = other;
    }
  if (c->other_issuer)
    X509_NAME_add_entry_by_NID (X509_get_issuer_name (x509), NID_organizationName, MBSTRING_UTF8,
                                (const guint8 *) "Acme", -1, -1, 0);
  if (c->other_serial)
    ASN1_INTEGER_set (X509_get_serialNumber (x509), 7);
  if (c->is_ca)
    {
      g_autoptr(X509_EXTENSION) ca = X509V3_EXT_conf_nid (NULL, NULL, NID_basic_constraints,
                                                          "critical,CA:TRUE");

      X509_EXTENSION_free (X509_delete_ext (x509, 0));
      X509_add_ext (x509, ca, 0);
    }
  do
    X509_sign (x509, c->other_signs ? other : key, EVP_sha256 ());
  while (g_str_equal (c->group, "P-256") && has_low_s (x509) == c->high_s);

  /* What comes from a file has been encoded once. */
  {
    g_autoptr(X509) read = X509_dup (x509);

    certificate = tl_certificate_new_from_x509 (read, &error);
  }
  g_assert_true ((certificate != NULL) == c->fits);
  if (!c->fits)
    g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  else
    g_assert_true (tl_certificate_is_own (certificate) == c->is_own);
}

/* The keyring holds a person's own key and nothing else. */
static void
test_company_secret (void)
{
  static const TlTestCompany company = { "P-256", .is_self_issued = TRUE };
  g_autoptr(EVP_PKEY) key = tl_test_company_key (company.key);
  g_autoptr(X509) x509 = tl_test_company_x509 (&company, key);
  g_autoptr(BIO) bio = BIO_new (BIO_s_mem ());
  g_autoptr(TlSecret) secret = NULL;
  g_autoptr(TlSigner) none = NULL;
  g_autoptr(GError) error = NULL;
  char *text;
  long len;

  PEM_write_bio_PKCS8PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL);
  PEM_write_bio_X509 (bio, x509);
  len = BIO_get_mem_data (bio, &text);
  secret = tl_secret_new (text, (gsize) len);
  none = tl_signer_new_from_secret (secret, &error);

  g_assert_null (none);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_name (void)
{
  g_autoptr(TlSigner) signer = generate ("ada@acme.test");

  g_assert_cmpstr (tl_signer_get_name (signer), ==, "ada@acme.test");
}

/* A token may hold one key under the name of another: nothing comes out. */
static void
test_crossed_keys (void)
{
  static const TlTestCompany company = { "P-256" };
  g_autoptr(EVP_PKEY) key = tl_test_company_key (company.key);
  g_autoptr(EVP_PKEY) other = tl_test_company_key (company.key);
  g_autoptr(X509) x509 = tl_test_company_x509 (&company, key);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSigner) none = tl_signer_new_company (other, x509, NULL, &error);

  g_assert_null (none);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_token_address (void)
{
  static const char * const addresses[] = {
    "", "file:/tmp/key.pem", "/tmp/key.pem", "pkcs11:object=key?pin-value=1234",
    "pkcs11:object=key?module-path=/tmp/module.so", "pkcs11:object=" LONG_600 LONG_600,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TlSigner) none = tl_signer_new_from_token (addresses[i], NULL, &error);

      g_assert_null (none);
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
    }
}

static void
test_token_absent (void)
{
  g_autoptr(TlSecret) pin = secret_from_text ("1234");
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSigner) none = tl_signer_new_from_token ("pkcs11:token=not-there;object=key", pin,
                                                       &error);

  g_assert_null (none);
  g_assert_error (error, TL_ERROR, TL_ERROR_NOT_FOUND);
}

static void
test_bad_secret (void)
{
  g_autoptr(TlSigner) signer = generate ("ada@acme.test");
  g_autoptr(TlSigner) other = generate ("ada@acme.test");
  g_autofree char *text = secret_to_text (signer);
  g_autofree char *text_other = secret_to_text (other);
  g_autofree char *certificate = tl_signer_dup_certificate (signer);
  gsize key_len = (gsize) (strstr (text_other, "-----BEGIN CERT") - text_other);
  g_autofree char *key_only = g_strndup (text_other, key_len);
  g_autofree char *crossed = g_strconcat (key_only, certificate, NULL);
  g_autofree char *half = g_strndup (text, strlen (text) / 2);
  const char *cases[] = { "", "hello", certificate, key_only, crossed, half,
                          "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAwAA==\n"
                          "-----END ENCRYPTED PRIVATE KEY-----\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlSecret) secret = secret_from_text (cases[i]);
      g_autoptr(GError) error = NULL;
      g_autoptr(TlSigner) none = tl_signer_new_from_secret (secret, &error);

      g_assert_null (none);
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/signer/round-trip", test_round_trip);
  g_test_add_func ("/signer/fingerprint", test_fingerprint);
  g_test_add_func ("/signer/certificate", test_certificate);
  g_test_add_func ("/bundle/B13/key-unreadable", test_bad_secret);
  g_test_add_func ("/bundle/B13/token-address", test_token_address);
  g_test_add_func ("/bundle/B13/token-absent", test_token_absent);
  g_test_add_func ("/bundle/B13/crossed-keys", test_crossed_keys);
  g_test_add_func ("/signer/company-secret", test_company_secret);
  g_test_add_func ("/signer/name", test_name);
  for (gsize i = 0; i < G_N_ELEMENTS (form_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/signer/form/", form_cases[i].name, NULL);

      g_test_add_data_func (path, &form_cases[i], test_form);
    }

  return g_test_run ();
}
