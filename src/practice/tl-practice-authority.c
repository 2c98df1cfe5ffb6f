/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice-authority.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "tl-error.h"

/* A server's certificate would be valid for longer than who vouches for it, so
 * that nobody is warned of an end that is near. It ends with the authority. */
#define LIFE_S        (24 * 60 * 60)
#define SERVER_LIFE_S (60 * 24 * 60 * 60)
#define CLOCK_OFF_S   (60 * 60)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SSL_CTX, SSL_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)

struct _TlPracticeAuthority
{
  EVP_PKEY *key;  /* owned */
  X509     *cert; /* owned */
  char     *pem;  /* owned */
};

typedef struct
{
  int         nid;
  const char *value;
} Extension;

/* RFC 5280 §4.2.1.10. A constraint on DNS names says nothing about addresses,
 * so those are shut out by themselves. */
static const Extension authority_extensions[] = {
  { NID_basic_constraints, "critical,CA:TRUE,pathlen:0" },
  { NID_key_usage, "critical,keyCertSign,cRLSign" },
  { NID_name_constraints,
    "critical,permitted;DNS:practice.invalid,excluded;IP:0.0.0.0/0.0.0.0,"
    "excluded;IP:0:0:0:0:0:0:0:0/0:0:0:0:0:0:0:0" },
  { NID_subject_key_identifier, "hash" },
};

static gboolean
refuse (GError **error)
{
  g_autofree char *why = g_strdup (ERR_reason_error_string (ERR_get_error ()));

  ERR_clear_error ();
  g_set_error (error, TL_ERROR, TL_ERROR_TLS, "making the practice certificates: %s",
               why != NULL ? why : "unknown");

  return FALSE;
}

static gboolean
add_extensions (X509            *cert,
                X509            *issuer,
                const Extension *extensions,
                gsize            n_extensions)
{
  X509V3_CTX context;

  X509V3_set_ctx (&context, issuer, cert, NULL, NULL, 0);
  X509V3_set_ctx_nodb (&context);

  for (gsize i = 0; i < n_extensions; i++)
    {
      X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, &context, extensions[i].nid,
                                                       extensions[i].value);
      gboolean is_added = extension != NULL && X509_add_ext (cert, extension, -1) == 1;

      X509_EXTENSION_free (extension);
      if (!is_added)
        return FALSE;
    }

  return TRUE;
}

/* All of a certificate but its extensions and signature. */
static X509 *
begin_cert (EVP_PKEY   *key,
            X509_NAME  *issuer,
            const char *common_name,
            long        life_s)
{
  g_autoptr(X509) cert = X509_new ();
  guchar serial[16];
  X509_NAME *subject;
  BIGNUM *number;
  gboolean is_done;

  if (cert == NULL || RAND_bytes (serial, sizeof serial) != 1)
    return NULL;

  /* RFC 5280 §4.1.2.2: positive and not zero. */
  serial[0] = (serial[0] & 0x7f) | 0x40;
  number = BN_bin2bn (serial, sizeof serial, NULL);
  is_done = number != NULL && BN_to_ASN1_INTEGER (number, X509_get_serialNumber (cert)) != NULL;
  BN_free (number);

  subject = X509_get_subject_name (cert);
  is_done = is_done && X509_set_version (cert, X509_VERSION_3) == 1 &&
            X509_gmtime_adj (X509_getm_notBefore (cert), -CLOCK_OFF_S) != NULL &&
            X509_gmtime_adj (X509_getm_notAfter (cert), life_s) != NULL &&
            X509_set_pubkey (cert, key) == 1 &&
            X509_NAME_add_entry_by_txt (subject, "O", MBSTRING_UTF8,
                                        (const guchar *) "Twolane practice", -1, -1, 0) == 1 &&
            X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_UTF8,
                                        (const guchar *) common_name, -1, -1, 0) == 1 &&
            X509_set_issuer_name (cert, issuer != NULL ? issuer : subject) == 1;

  return is_done ? g_steal_pointer (&cert) : NULL;
}

static char *
cert_to_pem (X509 *cert)
{
  g_autoptr(BIO) bio = BIO_new (BIO_s_mem ());
  char *bytes;
  long len;

  if (bio == NULL || PEM_write_bio_X509 (bio, cert) != 1)
    return NULL;

  len = BIO_get_mem_data (bio, &bytes);

  return g_strndup (bytes, (gsize) len);
}

/**
 * tl_practice_authority_new:
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a new authority, or %NULL with %TL_ERROR_TLS
 */
TlPracticeAuthority *
tl_practice_authority_new (GError **error)
{
  g_autoptr(TlPracticeAuthority) self = g_new0 (TlPracticeAuthority, 1);

  self->key = EVP_EC_gen ("P-256");
  if (self->key == NULL ||
      (self->cert = begin_cert (self->key, NULL, "Twolane practice authority", LIFE_S)) == NULL ||
      !add_extensions (self->cert, self->cert, authority_extensions,
                       G_N_ELEMENTS (authority_extensions)) ||
      X509_sign (self->cert, self->key, EVP_sha256 ()) == 0 ||
      (self->pem = cert_to_pem (self->cert)) == NULL)
    {
      refuse (error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
tl_practice_authority_free (TlPracticeAuthority *self)
{
  g_clear_pointer (&self->key, EVP_PKEY_free);
  g_clear_pointer (&self->cert, X509_free);
  g_clear_pointer (&self->pem, g_free);
  g_free (self);
}

/**
 * tl_practice_authority_get_pem:
 * @self: an authority
 *
 * Returns: (transfer none): its certificate in PEM; never its key
 */
const char *
tl_practice_authority_get_pem (const TlPracticeAuthority *self)
{
  return self->pem;
}

static X509 *
issue (TlPracticeAuthority *self,
       EVP_PKEY            *key,
       const char          *host)
{
  g_autofree char *names = g_strconcat ("DNS:", host, NULL);
  g_autoptr(X509) cert = begin_cert (key, X509_get_subject_name (self->cert), host,
                                     SERVER_LIFE_S);
  const Extension extensions[] = {
    { NID_basic_constraints, "critical,CA:FALSE" },
    { NID_key_usage, "critical,digitalSignature" },
    { NID_ext_key_usage, "serverAuth" },
    { NID_subject_alt_name, names },
    { NID_subject_key_identifier, "hash" },
    { NID_authority_key_identifier, "keyid:always" },
  };

  if (cert == NULL || !add_extensions (cert, self->cert, extensions, G_N_ELEMENTS (extensions)) ||
      X509_sign (cert, self->key, EVP_sha256 ()) == 0)
    return NULL;

  return g_steal_pointer (&cert);
}

/**
 * tl_practice_authority_make_context:
 * @self: an authority
 * @host: the name the server's certificate is for
 * @error: return location for a #GError
 *
 * Issues a certificate with a key of its own, good for as long as the
 * authority's.
 *
 * Returns: (transfer full): what a TLS server needs, or %NULL with %TL_ERROR_TLS
 */
SSL_CTX *
tl_practice_authority_make_context (TlPracticeAuthority  *self,
                                    const char           *host,
                                    GError              **error)
{
  g_autoptr(EVP_PKEY) key = EVP_EC_gen ("P-256");
  g_autoptr(X509) cert = key != NULL ? issue (self, key, host) : NULL;
  g_autoptr(SSL_CTX) context = SSL_CTX_new (TLS_server_method ());

  if (cert == NULL || context == NULL ||
      SSL_CTX_set_min_proto_version (context, TLS1_2_VERSION) != 1 ||
      SSL_CTX_use_certificate (context, cert) != 1 || SSL_CTX_use_PrivateKey (context, key) != 1)
    {
      refuse (error);
      return NULL;
    }

  return g_steal_pointer (&context);
}
