/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signer-private.h"

#include <openssl/pem.h>

#include "tl-ecdsa.h"
#include "tl-error.h"

/* Key and certificate in PEM are about 1 KiB. */
#define SECRET_MAX_BYTES 16384

struct _TlSigner
{
  EVP_PKEY      *key;
  TlCertificate *certificate;
  char          *name;

  /* Borrowed, for the life of the process; NULL: the default one. */
  OSSL_LIB_CTX  *library;
  gboolean       is_own;
};

G_DEFINE_BOXED_TYPE (TlSigner, tl_signer, tl_signer_ref, tl_signer_unref)

static TlSigner *
signer_new_take (EVP_PKEY      *key,
                 TlCertificate *certificate)
{
  TlSigner *self = g_atomic_rc_box_new0 (TlSigner);

  self->key = key;
  self->certificate = certificate;
  self->name = tl_certificate_dup_name (certificate);

  return self;
}

static TlSigner *
signer_new_own_take (EVP_PKEY      *key,
                     TlCertificate *certificate)
{
  TlSigner *self = signer_new_take (key, certificate);

  self->is_own = TRUE;

  return self;
}

/**
 * tl_signer_new_generate:
 * @common_name: whose signature it is, such as an address; UTF-8, not empty
 * @error: return location for a #GError
 *
 * Makes a new key and a certificate for it. The name is this person's own word.
 *
 * Returns: (transfer full): the signer, or %NULL with %TL_ERROR_REFUSED when
 *   OpenSSL would not make one
 */
TlSigner *
tl_signer_new_generate (const char  *common_name,
                        GError     **error)
{
  g_autoptr(EVP_PKEY) key = EVP_EC_gen ("P-256");
  g_autoptr(TlCertificate) certificate = NULL;

  g_return_val_if_fail (common_name != NULL && *common_name != '\0', NULL);

  if (key == NULL)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_REFUSED, "making a key");
      return NULL;
    }

  certificate = tl_certificate_new_self_issued (key, common_name,
                                                g_get_real_time () / G_USEC_PER_SEC, error);
  if (certificate == NULL)
    return NULL;

  return signer_new_own_take (g_steal_pointer (&key), g_steal_pointer (&certificate));
}

/**
 * tl_signer_new_from_secret:
 * @secret: what tl_signer_to_secret() gave: key and certificate in PEM
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the signer, or %NULL with %TL_ERROR_INVALID_INPUT
 *   when @secret does not hold a key and the certificate of that key
 */
TlSigner *
tl_signer_new_from_secret (const TlSecret  *secret,
                           GError         **error)
{
  g_autoptr(BIO) bio = NULL;
  g_autoptr(EVP_PKEY) key = NULL;
  g_autoptr(TlCertificate) certificate = NULL;
  gsize len;
  const char *pem = tl_secret_peek (secret, &len);

  if (len > SECRET_MAX_BYTES)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the signing key is longer than a signing key is");
      return NULL;
    }

  bio = BIO_new_mem_buf (pem, (int) len);
  key = PEM_read_bio_PrivateKey (bio, NULL, tl_bundle_openssl_on_passphrase, NULL);
  if (key == NULL)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT, "reading the signing key");
      return NULL;
    }

  certificate = tl_certificate_new_from_pem (pem, len, error);
  if (certificate == NULL)
    return NULL;

  if (!tl_certificate_is_own (certificate))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the certificate is not of the form that a person's own has");
      return NULL;
    }

  if (X509_check_private_key (tl_certificate_get_x509 (certificate), key) != 1)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT,
                                "the certificate is not the signing key's");
      return NULL;
    }

  return signer_new_own_take (g_steal_pointer (&key), g_steal_pointer (&certificate));
}

/**
 * tl_signer_new_company:
 * @key: a company's key, possibly one that stays where it is; a reference is taken
 * @x509: its certificate
 * @library: (nullable): the OpenSSL library context that @key belongs to; never freed
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the signer, or %NULL with %TL_ERROR_INVALID_INPUT
 *   when the certificate is not of the form that signs, or of another key
 */
TlSigner *
tl_signer_new_company (EVP_PKEY      *key,
                       X509          *x509,
                       OSSL_LIB_CTX  *library,
                       GError       **error)
{
  g_autoptr(TlCertificate) certificate = tl_certificate_new_from_x509 (x509, error);
  TlSigner *self;

  if (certificate == NULL)
    return NULL;

  if (X509_check_private_key (x509, key) != 1)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT,
                                "the certificate is not the signing key's");
      return NULL;
    }

  EVP_PKEY_up_ref (key);
  self = signer_new_take (key, g_steal_pointer (&certificate));
  self->library = library;

  return self;
}

/**
 * tl_signer_to_secret:
 * @self: a person's own signer: from tl_signer_new_generate() or
 *   tl_signer_new_from_secret(), never a company's
 *
 * Returns: (transfer full): the key (PKCS #8, RFC 5958) and the certificate, in PEM
 */
TlSecret *
tl_signer_to_secret (TlSigner *self)
{
  /* This kind of BIO wipes what it held. */
  g_autoptr(BIO) bio = BIO_new (BIO_s_secmem ());
  char *text;
  long len;

  g_return_val_if_fail (self->is_own, NULL);

  PEM_write_bio_PKCS8PrivateKey (bio, self->key, NULL, NULL, 0, NULL, NULL);
  PEM_write_bio_X509 (bio, tl_certificate_get_x509 (self->certificate));
  len = BIO_get_mem_data (bio, &text);

  return tl_secret_new (text, (gsize) len);
}

TlSigner *
tl_signer_ref (TlSigner *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_signer_clear (gpointer data)
{
  TlSigner *self = data;

  g_clear_pointer (&self->key, EVP_PKEY_free);
  g_clear_pointer (&self->certificate, tl_certificate_unref);
  g_clear_pointer (&self->name, g_free);
}

void
tl_signer_unref (TlSigner *self)
{
  g_atomic_rc_box_release_full (self, tl_signer_clear);
}

EVP_PKEY *
tl_signer_get_key (TlSigner *self)
{
  return self->key;
}

TlCertificate *
tl_signer_get_certificate (TlSigner *self)
{
  return self->certificate;
}

/**
 * tl_signer_sign:
 * @self: a signer
 * @message: what is signed; hashed with SHA-256 on the way
 * @len: its length
 * @error: return location for a #GError
 *
 * A key on a token signs there. What comes back is checked with the key in the
 * certificate before anyone else sees it: a token can hold one key under the
 * name of another.
 *
 * Returns: (transfer full): a signature for which tl_key_kind_takes_signature(),
 *   or %NULL with %TL_ERROR_REFUSED when the key would not sign
 */
GBytes *
tl_signer_sign (TlSigner      *self,
                const guint8  *message,
                gsize          len,
                GError       **error)
{
  const TlKeyKind *kind = tl_certificate_get_key_kind (self->certificate);
  X509 *x509 = tl_certificate_get_x509 (self->certificate);
  g_autoptr(EVP_MD_CTX) signing = EVP_MD_CTX_new ();
  g_autoptr(EVP_MD_CTX) checking = EVP_MD_CTX_new ();
  g_autofree guint8 *signature = NULL;
  gsize signature_len = 0;

  if (EVP_DigestSignInit_ex (signing, NULL, "SHA256", self->library, NULL, self->key, NULL) != 1 ||
      EVP_DigestSign (signing, NULL, &signature_len, message, len) != 1 ||
      (signature = g_malloc (signature_len)) == NULL ||
      EVP_DigestSign (signing, signature, &signature_len, message, len) != 1 ||
      EVP_DigestVerifyInit_ex (checking, NULL, "SHA256", NULL, NULL, X509_get0_pubkey (x509),
                               NULL) != 1 ||
      EVP_DigestVerify (checking, signature, signature_len, message, len) != 1)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_REFUSED, "signing");
      return NULL;
    }

  return kind->order != NULL ? tl_ecdsa_lower (kind->order, signature, signature_len)
                             : g_bytes_new (signature, signature_len);
}

/**
 * tl_signer_get_name:
 * @self: a signer
 *
 * Returns: (transfer none): whose certificate it says it is, clean text of at
 *   most about 64 characters, possibly empty: the signer's own word
 */
const char *
tl_signer_get_name (TlSigner *self)
{
  return self->name;
}

/**
 * tl_signer_get_fingerprint:
 * @self: a signer
 *
 * Returns: (transfer none): SHA-256 of the public key, 64 lower-case hex digits
 */
const char *
tl_signer_get_fingerprint (TlSigner *self)
{
  return tl_certificate_get_fingerprint (self->certificate);
}

/**
 * tl_signer_covers:
 * @self: a signer
 * @moment_s: a moment, seconds since the epoch
 *
 * Returns: whether the certificate is valid at @moment_s; a bundle made at
 *   another time would be refused
 */
gboolean
tl_signer_covers (TlSigner *self,
                  gint64    moment_s)
{
  return tl_certificate_covers (self->certificate, moment_s);
}

/**
 * tl_signer_dup_certificate:
 * @self: a signer
 *
 * Returns: (transfer full): the certificate in PEM, what `signer.pem` holds
 */
char *
tl_signer_dup_certificate (TlSigner *self)
{
  return tl_certificate_dup_pem (self->certificate);
}
