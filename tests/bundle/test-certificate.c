/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-certificate.h"

#include <string.h>

#include "tl-error.h"
#include "tl-test-company.h"

#define BOTH_USAGES .key_usage = "critical,digitalSignature", \
                    .extended_key_usage = "emailProtection"

typedef struct
{
  const char   *path;
  TlTestCompany company;
  gboolean      fits;
} CompanyCase;

static const CompanyCase company_cases[] = {
  { "/bundle/certificate/p256",        { "P-256", BOTH_USAGES }, TRUE },
  { "/bundle/certificate/p384",        { "P-384", BOTH_USAGES }, TRUE },
  { "/bundle/certificate/rsa-3072",    { "RSA-3072", BOTH_USAGES }, TRUE },
  { "/bundle/certificate/no-usages",   { "P-256" }, TRUE },
  { "/bundle/certificate/more-usages", { "P-256",
    .key_usage = "digitalSignature,nonRepudiation",
    .extended_key_usage = "clientAuth,1.3.6.1.5.5.7.3.36" }, TRUE },
  { "/bundle/certificate/any-usage",   { "P-256",
    .extended_key_usage = "anyExtendedKeyUsage" }, TRUE },
  { "/bundle/certificate/self-issued", { "P-384", .is_self_issued = TRUE, BOTH_USAGES }, TRUE },
  { "/bundle/certificate/long",        { "P-256", .comment_bytes = 7000 }, TRUE },
  { "/bundle/certificate/expired",     { "P-256", .ends_in_s = -60 }, TRUE },
  { "/bundle/B03/wrong-eku",           { "P-256",
    .extended_key_usage = "serverAuth,clientAuth,codeSigning" } },
  { "/bundle/B03/wrong-key-usage",     { "P-256", .key_usage = "keyCertSign,nonRepudiation" } },
  { "/bundle/certificate/rsa-8192",    { "RSA-8192:10001" }, TRUE },
  { "/bundle/certificate/exponent-64", { "RSA-3072:8000000000000001" }, TRUE },
  { "/bundle/B03/huge-rsa",            { "RSA-16384:10001" } },
  { "/bundle/B03/exponent-3",          { "RSA-3072:3" } },
  { "/bundle/B03/exponent-16",         { "RSA-3072:FFFF" } },
  { "/bundle/B03/exponent-65",         { "RSA-3072:10000000000000001" } },
  { "/bundle/B03/exponent-300",        { "RSA-3072:"
    "8000000000000000000000000000000000000000000000000000000000000000000000000001" } },
  { "/bundle/B03/exponent-even",       { "RSA-3072:10002" } },
  { "/bundle/B03/rsa-pss",             { "RSA-PSS" } },
  { "/bundle/B03/rsa-no-null",         { "RSA-3072:10001", .has_no_null = TRUE } },
  { "/bundle/B03/weak-rsa",            { "RSA-2048", BOTH_USAGES } },
  { "/bundle/B03/other-curve",         { "secp256k1", BOTH_USAGES } },
  { "/bundle/B03/p521",                { "P-521", BOTH_USAGES } },
  { "/bundle/B03/ed25519",             { "ED25519", BOTH_USAGES } },
  { "/bundle/B03/explicit-curve",      { "P-256", .is_explicit = TRUE, BOTH_USAGES } },
  { "/bundle/B03/compressed-point",    { "P-256", .point = "compressed" } },
  { "/bundle/B03/hybrid-point",        { "P-256", .point = "hybrid" } },
  { "/bundle/B03/unknown-critical",    { "P-256", .critical = "1.2.3.4" } },
  { "/bundle/B03/version-1",           { "P-256", .is_version_1 = TRUE } },
  { "/bundle/B03/too-long",            { "P-256", .comment_bytes = 8000 } },
  { "/bundle/B03/self-issued-by-other", { "P-256", .is_self_issued = TRUE,
    .is_signed_wrong = TRUE } },
};

static void
test_company (gconstpointer data)
{
  const CompanyCase *c = data;
  TlTestCompany company = c->company;
  g_autoptr(EVP_PKEY) key = tl_test_company_key (company.key);
  g_autoptr(X509) x509 = NULL;
  g_autoptr(TlCertificate) certificate = NULL;
  g_autoptr(GError) error = NULL;

  x509 = tl_test_company_x509 (&company, key);
  certificate = tl_certificate_new_from_x509 (x509, &error);

  if (!c->fits)
    {
      g_assert_null (certificate);
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      return;
    }

  g_assert_no_error (error);
  g_assert_false (tl_certificate_is_own (certificate));
}

static void
test_hashes (void)
{
  static const TlTestCompany company = { "P-384" };
  g_autoptr(EVP_PKEY) key = tl_test_company_key (company.key);
  g_autoptr(GError) error = NULL;
  char *hashes[2][2];

  /* Two certificates of one key: one fingerprint, two hashes. */
  for (gsize i = 0; i < 2; i++)
    {
      g_autoptr(X509) x509 = tl_test_company_x509 (&company, key);
      g_autoptr(TlCertificate) certificate = tl_certificate_new_from_x509 (x509, &error);
      g_autofree char *sha256 = NULL;
      g_autofree guint8 *der = NULL;
      int len = i2d_X509 (x509, NULL);
      guint8 *p = der = g_malloc ((gsize) len);

      g_assert_no_error (error);
      i2d_X509 (x509, &p);
      sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der, (gsize) len);
      g_assert_cmpstr (tl_certificate_get_sha256 (certificate), ==, sha256);
      hashes[i][0] = g_strdup (tl_certificate_get_fingerprint (certificate));
      hashes[i][1] = g_strdup (tl_certificate_get_sha256 (certificate));
    }

  g_assert_cmpstr (hashes[0][0], ==, hashes[1][0]);
  g_assert_cmpstr (hashes[0][1], !=, hashes[1][1]);
  for (gsize i = 0; i < 4; i++)
    g_free (hashes[i / 2][i % 2]);
}

static void
test_covers (void)
{
  static const TlTestCompany company = { "P-256", .ends_in_s = -60 };
  g_autoptr(TlSigner) signer = tl_test_company_signer (&company);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_false (tl_signer_covers (signer, now_s));
  g_assert_true (tl_signer_covers (signer, now_s - 3600));
  g_assert_false (tl_signer_covers (signer, now_s - 11 * 86400));
}

typedef struct
{
  const char *name;
  const char *common_name;
  const char *shown;
} NameCase;

static const NameCase name_cases[] = {
  { "common-name", "Acme release team", "Acme release team" },
  { "subject",     NULL,                "O=Acme" },
  { "utf-8",       "Žofie Ångström",    "Žofie Ångström" },
  { "override",    "Acme\u202eemcA",    "Acme\\u202eemcA" },
  { "markup",      "<b>Acme</b>",       "<b>Acme</b>" },
  { "line",        "Acme\nVerified",    "Acme\\x0aVerified" },
};

static void
test_name (gconstpointer data)
{
  const NameCase *c = data;
  const TlTestCompany company = { "P-256", .common_name = c->common_name };
  g_autoptr(TlSigner) signer = tl_test_company_signer (&company);

  g_assert_cmpstr (tl_signer_get_name (signer), ==, c->shown);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (company_cases); i++)
    g_test_add_data_func (company_cases[i].path, &company_cases[i], test_company);
  for (gsize i = 0; i < G_N_ELEMENTS (name_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/bundle/certificate/name/", name_cases[i].name, NULL);

      g_test_add_data_func (path, &name_cases[i], test_name);
    }
  g_test_add_func ("/bundle/certificate/hashes", test_hashes);
  g_test_add_func ("/bundle/B03/expired", test_covers);

  return g_test_run ();
}
