/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <string.h>

#include "tl-error.h"
#include "tl-recipient-private.h"

#define FILE_MAX_BYTES (64 * 1024)

struct _TlOpener
{
  EVP_PKEY *key;
  char     *fingerprint;
};

G_DEFINE_BOXED_TYPE (TlOpener, tl_opener, tl_opener_ref, tl_opener_unref)

/* What is asked for while a key is read. */
typedef struct
{
  const TlSecret *passphrase;
  gboolean        asked;
} Passphrase;

static int
on_passphrase_asked (char *buffer,
                     int   size,
                     int   for_writing,
                     void *data)
{
  Passphrase *self = data;
  const char *bytes;
  gsize len;

  self->asked = TRUE;
  if (self->passphrase == NULL)
    return -1;

  bytes = tl_secret_peek (self->passphrase, &len);
  if (size < 0 || len > (gsize) size)
    return -1;
  memcpy (buffer, bytes, len);

  return (int) len;
}

/* PrivateKeyInfo or EncryptedPrivateKeyInfo (RFC 5958), in PEM. */
static EVP_PKEY *
read_pem (const void  *data,
          gsize        len,
          Passphrase  *passphrase)
{
  g_autoptr(BIO) bio = BIO_new_mem_buf (data, (int) len);

  return PEM_read_bio_PrivateKey (bio, NULL, on_passphrase_asked, passphrase);
}

/* PFX, RFC 7292 §4. Its own integrity is checked before anything is decrypted. */
static EVP_PKEY *
read_pkcs12 (const guint8 *data,
             gsize         len,
             Passphrase   *passphrase)
{
  const guint8 *p = data;
  PKCS12 *pfx = d2i_PKCS12 (NULL, &p, (long) len);
  const char *text = passphrase->passphrase != NULL ? tl_secret_peek (passphrase->passphrase, NULL)
                                                    : "";
  EVP_PKEY *key = NULL;
  X509 *x509 = NULL;

  if (pfx != NULL)
    {
      passphrase->asked = TRUE;
      PKCS12_parse (pfx, text, &key, &x509, NULL);
    }
  PKCS12_free (pfx);
  X509_free (x509);

  return key;
}

/**
 * tl_opener_new:
 * @bytes: a private key: PKCS #8 in PEM, encrypted or not, or a PKCS #12 file
 * @passphrase: (nullable): what it is encrypted with
 * @error: return location for a #GError
 *
 * Nobody is asked for a passphrase: one that is missing counts as wrong.
 *
 * Returns: (transfer full): the opener; or %NULL with %TL_ERROR_REFUSED when the
 *   passphrase is missing or wrong, and %TL_ERROR_INVALID_INPUT when @bytes hold
 *   no key, or one that nothing is ever sealed for
 */
TlOpener *
tl_opener_new (GBytes          *bytes,
               const TlSecret  *passphrase,
               GError         **error)
{
  Passphrase asking = { .passphrase = passphrase };
  g_autoptr(EVP_PKEY) key = NULL;
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  TlOpener *self;

  if (len == 0 || len > FILE_MAX_BYTES)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "this is not a private key");
      return NULL;
    }

  key = data[0] == 0x30 ? read_pkcs12 (data, len, &asking) : read_pem (data, len, &asking);
  ERR_clear_error ();
  if (key == NULL)
    {
      if (asking.asked)
        g_set_error_literal (error, TL_ERROR, TL_ERROR_REFUSED,
                             passphrase != NULL ? "the passphrase does not open the private key"
                                                : "the private key needs a passphrase");
      else
        g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "this is not a private key");
      return NULL;
    }
  if (!tl_recipient_takes_key (key, error))
    return NULL;

  self = g_atomic_rc_box_new0 (TlOpener);
  self->fingerprint = tl_recipient_dup_fingerprint_of (key);
  self->key = g_steal_pointer (&key);

  return self;
}

TlOpener *
tl_opener_ref (TlOpener *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_opener_clear (gpointer data)
{
  TlOpener *self = data;

  g_clear_pointer (&self->key, EVP_PKEY_free);
  g_clear_pointer (&self->fingerprint, g_free);
}

void
tl_opener_unref (TlOpener *self)
{
  g_atomic_rc_box_release_full (self, tl_opener_clear);
}

EVP_PKEY *
tl_opener_get_key (const TlOpener *self)
{
  return self->key;
}

/**
 * tl_opener_get_fingerprint:
 * @self: an opener
 *
 * Returns: (transfer none): SHA-256 of the public key, 64 lower-case hex
 *   digits: that of the recipient whose secrets it opens
 */
const char *
tl_opener_get_fingerprint (const TlOpener *self)
{
  return self->fingerprint;
}
