/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-company.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

#include "tl-signer-private.h"

#define ORGANISATION "Acme"

/* A public key that looks like one: what its modulus is made of, nobody asks. */
static EVP_PKEY *
make_public_rsa (guint       bits,
                 const char *exponent)
{
  BIGNUM *n = BN_new ();
  BIGNUM *e = NULL;
  OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new ();
  EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name (NULL, "RSA", NULL);
  OSSL_PARAM *params;
  EVP_PKEY *key = NULL;

  BN_hex2bn (&e, exponent);
  BN_rand (n, (int) bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_N, n);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_E, e);
  params = OSSL_PARAM_BLD_to_param (builder);
  EVP_PKEY_fromdata_init (ctx);
  EVP_PKEY_fromdata (ctx, &key, EVP_PKEY_PUBLIC_KEY, params);
  g_assert_nonnull (key);

  OSSL_PARAM_free (params);
  OSSL_PARAM_BLD_free (builder);
  EVP_PKEY_CTX_free (ctx);
  BN_free (n);
  BN_free (e);

  return key;
}

static EVP_PKEY *
make_rsa_pss (void)
{
  EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name (NULL, "RSA-PSS", NULL);
  EVP_PKEY *key = NULL;

  EVP_PKEY_keygen_init (ctx);
  EVP_PKEY_CTX_set_rsa_keygen_bits (ctx, 3072);
  EVP_PKEY_generate (ctx, &key);
  g_assert_nonnull (key);
  EVP_PKEY_CTX_free (ctx);

  return key;
}

/**
 * tl_test_company_key:
 * @key: see #TlTestCompany
 *
 * Returns: (transfer full): such a key; RSA keys of one length are the same one
 *   throughout a process, as they take long to make
 */
EVP_PKEY *
tl_test_company_key (const char *key)
{
  static GHashTable *made = NULL;
  EVP_PKEY *found;

  if (g_str_equal (key, "ED25519"))
    return EVP_PKEY_Q_keygen (NULL, NULL, "ED25519");
  if (g_str_equal (key, "RSA-PSS"))
    return make_rsa_pss ();
  if (!g_str_has_prefix (key, "RSA-"))
    return EVP_EC_gen (key);
  if (strchr (key, ':') != NULL)
    return make_public_rsa ((guint) atoi (key + strlen ("RSA-")), strchr (key, ':') + 1);

  if (made == NULL)
    made = g_hash_table_new (g_str_hash, g_str_equal);
  found = g_hash_table_lookup (made, key);
  if (found == NULL)
    {
      found = EVP_RSA_gen ((guint) atoi (key + strlen ("RSA-")));
      g_assert_nonnull (found);
      g_hash_table_insert (made, (char *) key, found);
    }
  EVP_PKEY_up_ref (found);

  return found;
}

static void
add_extension (X509       *x509,
               int         nid,
               const char *value)
{
  X509V3_CTX ctx;
  g_autoptr(X509_EXTENSION) extension = NULL;

  X509V3_set_ctx (&ctx, x509, x509, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &ctx, nid, value);

  g_assert_nonnull (extension);
  X509_add_ext (x509, extension, -1);
}

/* An extension that holds NULL. */
static void
add_empty (X509       *x509,
           const char *oid,
           gboolean    is_critical)
{
  ASN1_OBJECT *object = OBJ_txt2obj (oid, TRUE);
  ASN1_OCTET_STRING *data = ASN1_OCTET_STRING_new ();
  g_autoptr(X509_EXTENSION) extension = NULL;

  ASN1_OCTET_STRING_set (data, (const guint8 *) "\x05\x00", 2);
  extension = X509_EXTENSION_create_by_OBJ (NULL, object, is_critical, data);
  X509_add_ext (x509, extension, -1);
  ASN1_OCTET_STRING_free (data);
  ASN1_OBJECT_free (object);
}

static void
add_name (X509_NAME  *name,
          int         nid,
          const char *text)
{
  g_assert_cmpint (X509_NAME_add_entry_by_NID (name, nid, MBSTRING_UTF8, (const guint8 *) text,
                                               -1, -1, 0), ==, 1);
}

/**
 * tl_test_company_x509:
 * @company: what it is to be like
 * @key: a key that @company names
 *
 * Returns: (transfer full): the certificate
 */
X509 *
tl_test_company_x509 (const TlTestCompany *company,
                      EVP_PKEY            *key)
{
  g_autoptr(EVP_PKEY) other = EVP_EC_gen ("P-256");
  g_autoptr(X509) x509 = X509_new ();
  X509_NAME *name = X509_get_subject_name (x509);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  gint64 ends_in_s = company->ends_in_s != 0 ? company->ends_in_s : 86400;
  EVP_PKEY *signs = company->is_self_issued && !company->is_signed_wrong ? key : other;
  gboolean is_edwards = EVP_PKEY_get_base_id (signs) == EVP_PKEY_ED25519;

  if (company->is_explicit)
    EVP_PKEY_set_utf8_string_param (key, OSSL_PKEY_PARAM_EC_ENCODING, "explicit");
  if (company->point != NULL)
    EVP_PKEY_set_utf8_string_param (key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                    company->point);
  X509_set_version (x509, company->is_version_1 ? X509_VERSION_1 : X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), 4711);
  ASN1_TIME_set (X509_getm_notBefore (x509), (time_t) (now_s - 86400 * 10));
  ASN1_TIME_set (X509_getm_notAfter (x509), (time_t) (now_s + ends_in_s));
  X509_set_pubkey (x509, key);
  if (company->has_no_null)
    X509_PUBKEY_set0_param (X509_get_X509_PUBKEY (x509), OBJ_nid2obj (NID_rsaEncryption),
                            V_ASN1_UNDEF, NULL, NULL, 0);
  add_name (name, NID_organizationName, ORGANISATION);
  if (company->common_name != NULL)
    add_name (name, NID_commonName, company->common_name);
  X509_set_issuer_name (x509, name);
  if (!company->is_self_issued)
    add_name (X509_get_issuer_name (x509), NID_organizationalUnitName, "Authority");

  if (company->key_usage != NULL)
    add_extension (x509, NID_key_usage, company->key_usage);
  if (company->extended_key_usage != NULL)
    add_extension (x509, NID_ext_key_usage, company->extended_key_usage);
  if (company->has_key_id)
    add_extension (x509, NID_subject_key_identifier, "hash");
  if (company->critical != NULL)
    add_empty (x509, company->critical, TRUE);
  for (guint i = 0; company->has_twice && i < 2; i++)
    add_extension (x509, NID_subject_key_identifier, "hash");
  if (company->is_usage_broken)
    add_empty (x509, "2.5.29.15", FALSE);
  if (company->comment_bytes > 0)
    {
      g_autofree char *comment = g_strnfill (company->comment_bytes, 'x');

      add_extension (x509, NID_netscape_comment, comment);
    }
  g_assert_cmpint (X509_sign (x509, signs, is_edwards ? NULL : EVP_sha256 ()), >, 0);

  /* What comes from a file has been encoded once. */
  return X509_dup (x509);
}

/**
 * tl_test_company_signer:
 * @company: one that signs
 *
 * Returns: (transfer full): the signer
 */
TlSigner *
tl_test_company_signer (const TlTestCompany *company)
{
  g_autoptr(EVP_PKEY) key = tl_test_company_key (company->key);
  g_autoptr(X509) x509 = tl_test_company_x509 (company, key);
  g_autoptr(GError) error = NULL;
  TlSigner *signer = tl_signer_new_company (key, x509, NULL, &error);

  g_assert_no_error (error);

  return signer;
}
