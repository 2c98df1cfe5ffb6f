/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-ca.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#define DAY_S (24 * 60 * 60)
#define N_MANY_NAMES 10000

struct _TlTestCa
{
  EVP_PKEY *root_key;         /* owned */
  X509     *root;             /* owned */
  EVP_PKEY *intermediate_key; /* owned */
  X509     *intermediate;     /* owned */
  char     *pem;              /* owned: the root */
};

static void
add_extension (X509       *certificate,
               X509       *issuer,
               int         nid,
               const char *value)
{
  X509_EXTENSION *extension;
  X509V3_CTX ctx;

  X509V3_set_ctx (&ctx, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &ctx, nid, value);
  g_assert_nonnull (extension);
  g_assert_true (X509_add_ext (certificate, extension, -1));
  X509_EXTENSION_free (extension);
}

/* Version, serial number, life, subject and key: all but extensions and signature. */
static X509 *
draft_certificate (EVP_PKEY   *key,
                   const char *common_name,
                   long        from_days,
                   long        to_days)
{
  X509 *certificate = X509_new ();
  X509_NAME *subject = X509_get_subject_name (certificate);

  X509_set_version (certificate, X509_VERSION_3);
  ASN1_INTEGER_set_uint64 (X509_get_serialNumber (certificate),
                           ((guint64) g_random_int () << 16) | 1);
  X509_gmtime_adj (X509_getm_notBefore (certificate), from_days * DAY_S);
  X509_gmtime_adj (X509_getm_notAfter (certificate), to_days * DAY_S);
  X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_UTF8, (const guchar *) common_name, -1, -1,
                              0);
  X509_set_pubkey (certificate, key);

  return certificate;
}

static void
sign (X509     *certificate,
      X509     *issuer,
      EVP_PKEY *issuer_key)
{
  g_assert_true (X509_set_issuer_name (certificate, X509_get_subject_name (issuer)));
  add_extension (certificate, issuer, NID_subject_key_identifier, "hash");
  if (issuer != certificate)
    add_extension (certificate, issuer, NID_authority_key_identifier, "keyid:always");
  g_assert_cmpint (X509_sign (certificate, issuer_key, EVP_sha256 ()), >, 0);
}

static X509 *
new_authority (EVP_PKEY   *key,
               const char *common_name,
               const char *permitted,
               X509       *issuer,
               EVP_PKEY   *issuer_key)
{
  X509 *certificate = draft_certificate (key, common_name, -30, 365);

  add_extension (certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
  add_extension (certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  if (permitted != NULL)
    {
      g_autofree char *value = g_strconcat ("critical,permitted;DNS:", permitted, NULL);

      add_extension (certificate, certificate, NID_name_constraints, value);
    }
  sign (certificate, issuer != NULL ? issuer : certificate, issuer_key);

  return certificate;
}

static char *
certificate_to_pem (X509 *certificate)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *bytes;
  long len;
  char *pem;

  g_assert_true (PEM_write_bio_X509 (bio, certificate));
  len = BIO_get_mem_data (bio, &bytes);
  pem = g_strndup (bytes, (gsize) len);
  BIO_free (bio);

  return pem;
}

/**
 * tl_test_ca_new:
 * @permitted: (nullable): the domain that critical name constraints hold it
 *   to, such as `practice.invalid`; %NULL for none
 *
 * Returns: (transfer full): a new authority, unlike any before it
 */
TlTestCa *
tl_test_ca_new (const char *permitted)
{
  TlTestCa *self = g_new0 (TlTestCa, 1);

  self->root_key = EVP_EC_gen ("P-256");
  self->root = new_authority (self->root_key, "Test root", permitted, NULL, self->root_key);
  self->intermediate_key = EVP_EC_gen ("P-256");
  self->intermediate = new_authority (self->intermediate_key, "Test intermediate", NULL,
                                      self->root, self->root_key);
  self->pem = certificate_to_pem (self->root);

  return self;
}

void
tl_test_ca_free (TlTestCa *self)
{
  X509_free (self->root);
  EVP_PKEY_free (self->root_key);
  X509_free (self->intermediate);
  EVP_PKEY_free (self->intermediate_key);
  g_free (self->pem);
  g_free (self);
}

const char *
tl_test_ca_get_pem (const TlTestCa *self)
{
  return self->pem;
}

/* "a.test,127.0.0.1" as OpenSSL spells a subjectAltName. */
static char *
names_to_san (const char *names,
              TlTestTls   peculiar)
{
  g_autoptr(GString) san = g_string_new (NULL);
  g_auto(GStrv) parts = g_strsplit (names, ",", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    g_string_append_printf (san, "%s%s:%s", i > 0 ? "," : "",
                            g_hostname_is_ip_address (parts[i]) ? "IP" : "DNS", parts[i]);
  for (guint i = 0; (peculiar & TL_TEST_TLS_MANY_NAMES) && i < N_MANY_NAMES; i++)
    g_string_append_printf (san, ",DNS:filler-%u.test", i);

  return g_string_free (g_steal_pointer (&san), FALSE);
}

static X509 *
new_leaf (TlTestCa   *self,
          EVP_PKEY   *key,
          const char *names,
          TlTestTls   peculiar)
{
  g_autofree char *first = g_strndup (names, strcspn (names, ","));
  g_autofree char *san = names_to_san (names, peculiar);
  long from_days = peculiar & TL_TEST_TLS_NOT_YET_VALID ? 1 : -10;
  long to_days = peculiar & TL_TEST_TLS_EXPIRED ? -1 : 90;
  X509 *leaf = draft_certificate (key, first, from_days, to_days);

  add_extension (leaf, leaf, NID_basic_constraints, "critical,CA:FALSE");
  add_extension (leaf, leaf, NID_ext_key_usage,
                 peculiar & TL_TEST_TLS_CLIENT_ONLY ? "clientAuth" : "serverAuth");
  if (!(peculiar & TL_TEST_TLS_NO_SAN))
    add_extension (leaf, leaf, NID_subject_alt_name, san);
  /* As public authorities do (RFC 5280 §4.2.2.1); never fetched. */
  if (peculiar & (TL_TEST_TLS_INTERMEDIATE | TL_TEST_TLS_INCOMPLETE))
    add_extension (leaf, leaf, NID_info_access, "caIssuers;URI:http://ca.test/intermediate.der");

  if (peculiar & TL_TEST_TLS_SELF_SIGNED)
    sign (leaf, leaf, key);
  else if (peculiar & (TL_TEST_TLS_INTERMEDIATE | TL_TEST_TLS_INCOMPLETE))
    sign (leaf, self->intermediate, self->intermediate_key);
  else
    sign (leaf, self->root, self->root_key);

  return leaf;
}

/* Whatever certificate comes is looked at no further: the insisting is what is tested. */
static int
on_client_certificate_seen (int             ok,
                            X509_STORE_CTX *store)
{
  return 1;
}

/**
 * tl_test_ca_new_server:
 * @self: an authority
 * @names: names and addresses the certificate is for, parted by commas:
 *   `mail.test,127.0.0.1`; the first is also its common name
 * @peculiar: what is wrong with it
 *
 * Makes a new key and certificate, and a server's context that uses them.
 *
 * Returns: (transfer full): the context; SSL_CTX_free() it
 */
SSL_CTX *
tl_test_ca_new_server (TlTestCa   *self,
                       const char *names,
                       TlTestTls   peculiar)
{
  SSL_CTX *ctx = SSL_CTX_new (TLS_server_method ());
  EVP_PKEY *key = peculiar & TL_TEST_TLS_RSA_1024 ? EVP_RSA_gen (1024) : EVP_EC_gen ("P-256");
  X509 *leaf = new_leaf (self, key, names, peculiar);

  if (peculiar & (TL_TEST_TLS_RSA_1024 | TL_TEST_TLS_ONLY_1_1))
    SSL_CTX_set_security_level (ctx, 0);

  SSL_CTX_set_min_proto_version (ctx, peculiar & TL_TEST_TLS_ONLY_1_1 ? TLS1_VERSION
                                                                      : TLS1_2_VERSION);
  if (peculiar & TL_TEST_TLS_ONLY_1_1)
    {
      SSL_CTX_set_max_proto_version (ctx, TLS1_1_VERSION);
      SSL_CTX_set_cipher_list (ctx, "ALL:@SECLEVEL=0");
    }
  else if (peculiar & TL_TEST_TLS_ONLY_1_2)
    {
      SSL_CTX_set_max_proto_version (ctx, TLS1_2_VERSION);
    }

  g_assert_cmpint (SSL_CTX_use_certificate (ctx, leaf), ==, 1);
  g_assert_cmpint (SSL_CTX_use_PrivateKey (ctx, key), ==, 1);
  if (peculiar & TL_TEST_TLS_INTERMEDIATE)
    g_assert_cmpint (SSL_CTX_add1_chain_cert (ctx, self->intermediate), ==, 1);
  else
    SSL_CTX_set_mode (ctx, SSL_MODE_NO_AUTO_CHAIN);
  if (peculiar & TL_TEST_TLS_WANTS_CLIENT)
    SSL_CTX_set_verify (ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                        on_client_certificate_seen);

  EVP_PKEY_free (key);
  X509_free (leaf);

  return ctx;
}
