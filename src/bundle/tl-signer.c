/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signer-private.h"

#include <openssl/pem.h>

#include "tl-error.h"

/* Key and certificate in PEM are about 1 KiB. */
#define SECRET_MAX_BYTES 16384

struct _TlSigner
{
  EVP_PKEY      *key;
  TlCertificate *certificate;
};

G_DEFINE_BOXED_TYPE (TlSigner, tl_signer, tl_signer_ref, tl_signer_unref)

static TlSigner *
signer_new_take (EVP_PKEY      *key,
                 TlCertificate *certificate)
{
  TlSigner *self = g_atomic_rc_box_new0 (TlSigner);

  self->key = key;
  self->certificate = certificate;

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

  return signer_new_take (g_steal_pointer (&key), g_steal_pointer (&certificate));
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

  if (X509_check_private_key (tl_certificate_get_x509 (certificate), key) != 1)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT,
                                "the certificate is not the signing key's");
      return NULL;
    }

  return signer_new_take (g_steal_pointer (&key), g_steal_pointer (&certificate));
}

/**
 * tl_signer_to_secret:
 * @self: a signer
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
