/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-ca.h"

#include <openssl/core_names.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#define DAY_S (24 * 60 * 60)
#define N_MANY_NAMES 10000
/* Stands for the byte in a name. */
#define NUL "%00"

struct _TlTestCa
{
  EVP_PKEY  *root_key;         /* owned */
  X509      *root;             /* owned */
  EVP_PKEY  *intermediate_key; /* owned */
  X509      *intermediate;     /* owned */
  char      *pem;              /* owned: the root */
  GPtrArray *staples;          /* owned, of GBytes: what servers staple */
};

/* Who signs a server's certificate. */
typedef struct
{
  EVP_PKEY *key;         /* owned */
  X509     *certificate; /* owned */
} Issuer;

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
sign (X509         *certificate,
      X509         *issuer,
      EVP_PKEY     *issuer_key,
      const EVP_MD *digest)
{
  g_assert_true (X509_set_issuer_name (certificate, X509_get_subject_name (issuer)));
  add_extension (certificate, issuer, NID_subject_key_identifier, "hash");
  if (issuer != certificate)
    add_extension (certificate, issuer, NID_authority_key_identifier, "keyid:always");
  g_assert_cmpint (X509_sign (certificate, issuer_key, digest), >, 0);
}

static X509 *
new_authority (EVP_PKEY   *key,
               const char *common_name,
               const char *constraints,
               const char *permitted,
               X509       *issuer,
               EVP_PKEY   *issuer_key)
{
  X509 *certificate = draft_certificate (key, common_name, -30, 365);

  add_extension (certificate, certificate, NID_basic_constraints, constraints);
  add_extension (certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  if (permitted != NULL)
    {
      g_autofree char *value = g_strconcat ("critical,permitted;DNS:", permitted, NULL);

      add_extension (certificate, certificate, NID_name_constraints, value);
    }
  sign (certificate, issuer != NULL ? issuer : certificate, issuer_key, EVP_sha256 ());

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
  self->root = new_authority (self->root_key, "Test root", "critical,CA:TRUE", permitted, NULL,
                              self->root_key);
  self->intermediate_key = EVP_EC_gen ("P-256");
  self->intermediate = new_authority (self->intermediate_key, "Test intermediate",
                                      "critical,CA:TRUE,pathlen:0", NULL, self->root,
                                      self->root_key);
  self->staples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
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
  g_ptr_array_unref (self->staples);
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

/* One dNSName with a NUL in it, which no text form of OpenSSL's can spell. */
static void
add_name_with_nul (X509       *certificate,
                   const char *name)
{
  g_auto(GStrv) parts = g_strsplit (name, NUL, 2);
  gsize len = strlen (parts[0]) + 1 + strlen (parts[1]);
  g_autofree char *bytes = g_strdup_printf ("%s%c%s", parts[0], '.', parts[1]);
  GENERAL_NAMES *names = sk_GENERAL_NAME_new_null ();
  GENERAL_NAME *general = GENERAL_NAME_new ();
  ASN1_IA5STRING *text = ASN1_IA5STRING_new ();

  bytes[strlen (parts[0])] = '\0';
  g_assert_true (ASN1_STRING_set (text, bytes, (int) len));
  GENERAL_NAME_set0_value (general, GEN_DNS, text);
  sk_GENERAL_NAME_push (names, general);
  g_assert_true (X509_add1_ext_i2d (certificate, NID_subject_alt_name, names, 0,
                                    X509V3_ADD_DEFAULT));
  GENERAL_NAMES_free (names);
}

static const EVP_MD *
choose_digest (TlTestTls peculiar)
{
  if (peculiar & TL_TEST_TLS_ED25519)
    return NULL;
  if (peculiar & TL_TEST_TLS_SHA_1)
    return EVP_sha1 ();

  return peculiar & TL_TEST_TLS_SHA_384 ? EVP_sha384 () : EVP_sha256 ();
}

/* One below the intermediate or the root, where a leaf needs an issuer of its own. */
static Issuer
choose_issuer (TlTestCa  *self,
               TlTestTls  peculiar)
{
  Issuer issuer = { self->root_key, self->root };

  if (peculiar & (TL_TEST_TLS_NOT_AN_AUTHORITY | TL_TEST_TLS_PATH_TOO_LONG | TL_TEST_TLS_ED25519))
    {
      gboolean below = (peculiar & TL_TEST_TLS_PATH_TOO_LONG) != 0;

      issuer.key = peculiar & TL_TEST_TLS_ED25519 ? EVP_PKEY_Q_keygen (NULL, NULL, "ED25519")
                                                  : EVP_EC_gen ("P-256");
      issuer.certificate = new_authority (issuer.key, "Test issuer",
                                          peculiar & TL_TEST_TLS_NOT_AN_AUTHORITY
                                            ? "critical,CA:FALSE" : "critical,CA:TRUE",
                                          NULL, below ? self->intermediate : self->root,
                                          below ? self->intermediate_key : self->root_key);
      return issuer;
    }

  if (peculiar & (TL_TEST_TLS_INTERMEDIATE | TL_TEST_TLS_INCOMPLETE | TL_TEST_TLS_SHUFFLED))
    issuer = (Issuer) { self->intermediate_key, self->intermediate };
  EVP_PKEY_up_ref (issuer.key);
  X509_up_ref (issuer.certificate);

  return issuer;
}

static X509 *
new_leaf (EVP_PKEY   *key,
          Issuer      issuer,
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
  if (strstr (names, NUL) != NULL)
    add_name_with_nul (leaf, names);
  else if (!(peculiar & TL_TEST_TLS_NO_SAN))
    add_extension (leaf, leaf, NID_subject_alt_name, san);
  /* As public authorities do (RFC 5280 §4.2.2.1); never fetched. */
  if (peculiar & (TL_TEST_TLS_INTERMEDIATE | TL_TEST_TLS_INCOMPLETE))
    add_extension (leaf, leaf, NID_info_access, "caIssuers;URI:http://ca.test/intermediate.der");

  if (peculiar & TL_TEST_TLS_SELF_SIGNED)
    sign (leaf, leaf, key, choose_digest (peculiar));
  else
    sign (leaf, issuer.certificate, issuer.key, choose_digest (peculiar));

  return leaf;
}

/* RFC 6960 §4.2: what the issuer has to say about @leaf. */
static GBytes *
new_staple (X509      *leaf,
            Issuer     issuer,
            TlTestTls  peculiar)
{
  OCSP_BASICRESP *basic = OCSP_BASICRESP_new ();
  X509 *about = peculiar & TL_TEST_TLS_STAPLE_OTHER ? issuer.certificate : leaf;
  OCSP_CERTID *id = OCSP_cert_to_id (EVP_sha1 (), about, issuer.certificate);
  gboolean is_revoked = (peculiar & TL_TEST_TLS_STAPLE_REVOKED) != 0;
  gboolean is_old = (peculiar & TL_TEST_TLS_STAPLE_OLD) != 0;
  ASN1_TIME *from = X509_gmtime_adj (NULL, -3 * DAY_S);
  ASN1_TIME *until = X509_gmtime_adj (NULL, is_old ? -DAY_S : 3 * DAY_S);
  EVP_PKEY *forger = EVP_EC_gen ("P-256");
  X509 *forged = new_authority (forger, "Test root", "critical,CA:TRUE", NULL, NULL, forger);
  gboolean is_forged = (peculiar & TL_TEST_TLS_STAPLE_FORGED) != 0;
  OCSP_RESPONSE *response;
  guchar *der = NULL;
  GBytes *bytes;
  int len;

  g_assert_nonnull (OCSP_basic_add1_status (basic, id,
                                            is_revoked ? V_OCSP_CERTSTATUS_REVOKED
                                                       : V_OCSP_CERTSTATUS_GOOD,
                                            OCSP_REVOKED_STATUS_KEYCOMPROMISE,
                                            is_revoked ? from : NULL, from, until));
  g_assert_true (OCSP_basic_sign (basic, is_forged ? forged : issuer.certificate,
                                  is_forged ? forger : issuer.key, EVP_sha256 (), NULL, 0));
  response = OCSP_response_create (OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
  len = i2d_OCSP_RESPONSE (response, &der);
  bytes = g_bytes_new (der, (gsize) len);

  OPENSSL_free (der);
  OCSP_RESPONSE_free (response);
  OCSP_BASICRESP_free (basic);
  OCSP_CERTID_free (id);
  ASN1_TIME_free (from);
  ASN1_TIME_free (until);
  X509_free (forged);
  EVP_PKEY_free (forger);

  return bytes;
}

static int
on_staple_asked (SSL  *ssl,
                 void *data)
{
  gsize len;
  const void *bytes = g_bytes_get_data (data, &len);

  SSL_set_tlsext_status_ocsp_resp (ssl, OPENSSL_memdup (bytes, len), (long) len);

  return SSL_TLSEXT_ERR_OK;
}

static void
staple (TlTestCa  *self,
        SSL_CTX   *ctx,
        X509      *leaf,
        Issuer     issuer,
        TlTestTls  peculiar)
{
  GBytes *bytes;

  if (!(peculiar & (TL_TEST_TLS_STAPLE_GOOD | TL_TEST_TLS_STAPLE_REVOKED |
                    TL_TEST_TLS_STAPLE_RUBBISH)))
    return;

  bytes = peculiar & TL_TEST_TLS_STAPLE_RUBBISH ? g_bytes_new_static ("rubbish", 7)
                                                : new_staple (leaf, issuer, peculiar);
  g_ptr_array_add (self->staples, bytes);
  SSL_CTX_set_tlsext_status_cb (ctx, on_staple_asked);
  SSL_CTX_set_tlsext_status_arg (ctx, bytes);
}

static void
use_small_dh (SSL_CTX *ctx)
{
  EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name (NULL, "DH", NULL);
  const OSSL_PARAM params[] = {
    OSSL_PARAM_construct_utf8_string (OSSL_PKEY_PARAM_GROUP_NAME, (char *) "modp_1536", 0),
    OSSL_PARAM_construct_end (),
  };
  EVP_PKEY *group = NULL;

  g_assert_cmpint (EVP_PKEY_keygen_init (maker), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set_params (maker, params), ==, 1);
  g_assert_cmpint (EVP_PKEY_generate (maker, &group), ==, 1);
  EVP_PKEY_CTX_free (maker);
  g_assert_cmpint (SSL_CTX_set0_tmp_dh_pkey (ctx, group), ==, 1);
  g_assert_cmpint (SSL_CTX_set_cipher_list (ctx, "DHE-RSA-AES128-GCM-SHA256"), ==, 1);
}

static void
limit_versions (SSL_CTX   *ctx,
                TlTestTls  peculiar)
{
  gboolean is_old = (peculiar & (TL_TEST_TLS_ONLY_1_0 | TL_TEST_TLS_ONLY_1_1)) != 0;

  if (peculiar & (TL_TEST_TLS_RSA_1024 | TL_TEST_TLS_SHA_1 | TL_TEST_TLS_SMALL_DH) || is_old)
    SSL_CTX_set_security_level (ctx, 0);

  SSL_CTX_set_min_proto_version (ctx, is_old ? TLS1_VERSION : TLS1_2_VERSION);
  if (is_old)
    {
      SSL_CTX_set_max_proto_version (ctx, peculiar & TL_TEST_TLS_ONLY_1_0 ? TLS1_VERSION
                                                                          : TLS1_1_VERSION);
      SSL_CTX_set_cipher_list (ctx, "ALL:@SECLEVEL=0");
    }
  else if (peculiar & (TL_TEST_TLS_ONLY_1_2 | TL_TEST_TLS_SMALL_DH))
    {
      SSL_CTX_set_max_proto_version (ctx, TLS1_2_VERSION);
    }
  if (peculiar & TL_TEST_TLS_SMALL_DH)
    use_small_dh (ctx);
}

static void
use_chain (TlTestCa  *self,
           SSL_CTX   *ctx,
           Issuer     issuer,
           TlTestTls  peculiar)
{
  if (peculiar & TL_TEST_TLS_SHUFFLED)
    {
      EVP_PKEY *key = EVP_EC_gen ("P-256");
      X509 *stranger = new_authority (key, "Test stranger", "critical,CA:TRUE", NULL, NULL, key);

      g_assert_cmpint (SSL_CTX_add0_chain_cert (ctx, stranger), ==, 1);
      g_assert_cmpint (SSL_CTX_add1_chain_cert (ctx, self->root), ==, 1);
      EVP_PKEY_free (key);
    }
  if (!(peculiar & TL_TEST_TLS_INCOMPLETE) && issuer.certificate != self->root)
    g_assert_cmpint (SSL_CTX_add1_chain_cert (ctx, issuer.certificate), ==, 1);
  if (peculiar & TL_TEST_TLS_PATH_TOO_LONG)
    g_assert_cmpint (SSL_CTX_add1_chain_cert (ctx, self->intermediate), ==, 1);

  SSL_CTX_set_mode (ctx, SSL_MODE_NO_AUTO_CHAIN);
}

static EVP_PKEY *
new_key (TlTestTls peculiar)
{
  if (peculiar & TL_TEST_TLS_RSA_1024)
    return EVP_RSA_gen (1024);

  return peculiar & TL_TEST_TLS_SMALL_DH ? EVP_RSA_gen (2048) : EVP_EC_gen ("P-256");
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
 *   `mail.test,127.0.0.1`; the first is also its common name. One alone may have
 *   `%00` in it, for a NUL
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
  EVP_PKEY *key = new_key (peculiar);
  Issuer issuer = choose_issuer (self, peculiar);
  X509 *leaf = new_leaf (key, issuer, names, peculiar);

  limit_versions (ctx, peculiar);
  g_assert_cmpint (SSL_CTX_use_certificate (ctx, leaf), ==, 1);
  g_assert_cmpint (SSL_CTX_use_PrivateKey (ctx, key), ==, 1);
  use_chain (self, ctx, issuer, peculiar);
  staple (self, ctx, leaf, issuer, peculiar);
  if (peculiar & TL_TEST_TLS_WANTS_CLIENT)
    SSL_CTX_set_verify (ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                        on_client_certificate_seen);

  EVP_PKEY_free (issuer.key);
  X509_free (issuer.certificate);
  EVP_PKEY_free (key);
  X509_free (leaf);

  return ctx;
}
