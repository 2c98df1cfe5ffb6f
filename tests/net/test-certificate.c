/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-certificate.h"

#include <string.h>

#include <openssl/x509v3.h>

#include "tl-evidence.h"

/* Signed by itself; @names as X509V3_EXT_conf_nid() takes them. */
static X509 *
make_certificate (EVP_PKEY     *key,
                  const EVP_MD *digest,
                  const char   *names)
{
  X509 *certificate = X509_new ();
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, NID_subject_alt_name, names);

  X509_set_version (certificate, X509_VERSION_3);
  X509_gmtime_adj (X509_getm_notBefore (certificate), 0);
  X509_gmtime_adj (X509_getm_notAfter (certificate), 3600);
  X509_add_ext (certificate, extension, -1);
  X509_EXTENSION_free (extension);
  g_assert_cmpint (X509_set_pubkey (certificate, key), ==, 1);
  g_assert_cmpint (X509_sign (certificate, key, digest), >, 0);

  return certificate;
}

static void
test_names (void)
{
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *certificate = make_certificate (key, EVP_sha256 (), "DNS:mail.test,IP:192.0.2.7,"
                                        "email:you@mail.test,IP:2001:db8::7");
  g_autoptr(GVariantDict) evidence = g_variant_dict_new (NULL);
  g_autofree const char **names = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *issuer = NULL;

  tl_certificate_insert (certificate, evidence);
  g_assert_true (g_variant_dict_lookup (evidence, TL_EVIDENCE_NAMES, "^a&s", &names));
  joined = g_strjoinv (" ", (char **) names);
  g_assert_cmpstr (joined, ==, "mail.test 192.0.2.7 2001:db8::7");
  /* Its issuer has no name at all. */
  g_assert_true (g_variant_dict_lookup (evidence, TL_EVIDENCE_ISSUER, "s", &issuer));
  g_assert_cmpstr (issuer, ==, "");

  X509_free (certificate);
  EVP_PKEY_free (key);
}

/* As strong as RSA of 2048 bits, or SHA-224, is strong enough. */
static const struct
{
  const char *name;
  guint       rsa_bits;
  gboolean    is_sha_1;
  const char *weakness;  /* NULL: none */
} weaknesses[] = {
  { "just-enough", 2048, FALSE, NULL },
  { "key",         1536, FALSE, "a key of 1536 bits (RSA)" },
  { "signature",   2048, TRUE,  "a signature made with SHA1" },
};

static void
test_weakness (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  STACK_OF (X509) *chain = sk_X509_new_null ();
  EVP_PKEY *key = EVP_RSA_gen (weaknesses[i].rsa_bits);
  X509 *certificate = make_certificate (key, weaknesses[i].is_sha_1 ? EVP_sha1 () : EVP_sha224 (),
                                        "DNS:mail.test");
  g_autofree char *weakness = NULL;

  sk_X509_push (chain, certificate);
  weakness = tl_certificate_describe_weakness (chain);
  if (weaknesses[i].weakness == NULL)
    g_assert_null (weakness);
  else
    g_assert_true (g_str_has_suffix (weakness, weaknesses[i].weakness));

  sk_X509_pop_free (chain, X509_free);
  EVP_PKEY_free (key);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/certificate/T11/names", test_names);
  for (gsize i = 0; i < G_N_ELEMENTS (weaknesses); i++)
    {
      g_autofree char *path = g_strconcat ("/certificate/T15/", weaknesses[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_weakness);
    }

  return g_test_run ();
}
