/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-recipient-private.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

#include "tl-error.h"
#include "tl-text.h"

#define PEM_MAX_BYTES (64 * 1024)
#define DER_MAX_BYTES (8 * 1024)

#define RSA_MIN_BITS 3072
#define RSA_MAX_BITS 8192

struct _TlRecipient
{
  X509   *x509;
  char   *fingerprint;
  char   *name;
  gint64  expires_s;
};

G_DEFINE_BOXED_TYPE (TlRecipient, tl_recipient, tl_recipient_ref, tl_recipient_unref)

static const char * const curves[] = { "prime256v1", "secp384r1", "secp521r1", NULL };

static gboolean
refuse (GError     **error,
        const char  *why)
{
  ERR_clear_error ();
  g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, why);

  return FALSE;
}

/**
 * tl_recipient_takes_key:
 * @key: a public or private key
 * @error: return location for a #GError
 *
 * Returns: whether secrets may be sealed for @key; %FALSE with
 *   %TL_ERROR_INVALID_INPUT for every other kind and size
 */
gboolean
tl_recipient_takes_key (EVP_PKEY  *key,
                        GError   **error)
{
  int kind = EVP_PKEY_get_base_id (key);
  int bits = EVP_PKEY_get_bits (key);
  char curve[32] = "";

  if (kind == EVP_PKEY_RSA)
    return (bits >= RSA_MIN_BITS && bits <= RSA_MAX_BITS) ||
           refuse (error, "the RSA key does not have 3072 to 8192 bits");

  if (kind == EVP_PKEY_EC &&
      EVP_PKEY_get_group_name (key, curve, sizeof curve, NULL) == 1 &&
      g_strv_contains (curves, curve))
    return TRUE;

  return refuse (error, "the key is neither RSA nor on P-256, P-384 or P-521");
}

/* SubjectPublicKeyInfo in the one encoding that counts. */
static GBytes *
encode_public_key (EVP_PKEY *key)
{
  guint8 *der = NULL;
  int len;

  if (EVP_PKEY_get_base_id (key) == EVP_PKEY_EC &&
      (EVP_PKEY_set_utf8_string_param (key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                       "uncompressed") != 1 ||
       EVP_PKEY_set_utf8_string_param (key, OSSL_PKEY_PARAM_EC_ENCODING, "named_curve") != 1))
    return NULL;

  len = i2d_PUBKEY (key, NULL);
  if (len <= 0)
    return NULL;

  der = g_malloc ((gsize) len);
  i2d_PUBKEY (key, &(guint8 *) { der });

  return g_bytes_new_take (der, (gsize) len);
}

/**
 * tl_recipient_dup_fingerprint_of:
 * @key: a public or private key
 *
 * Returns: (transfer full) (nullable): SHA-256 of its SubjectPublicKeyInfo,
 *   points uncompressed, 64 lower-case hex digits
 */
char *
tl_recipient_dup_fingerprint_of (EVP_PKEY *key)
{
  g_autoptr(GBytes) der = encode_public_key (key);

  return der != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, der) : NULL;
}

/* The fingerprint that stock tools work out is of the bytes that stand in the certificate. */
static gboolean
has_plain_key (X509     *x509,
               EVP_PKEY *key)
{
  g_autoptr(GBytes) ours = encode_public_key (key);
  X509_PUBKEY *theirs = X509_get_X509_PUBKEY (x509);
  g_autofree guint8 *der = NULL;
  int len = i2d_X509_PUBKEY (theirs, NULL);

  if (ours == NULL || len <= 0 || (gsize) len != g_bytes_get_size (ours))
    return FALSE;

  der = g_malloc ((gsize) len);
  i2d_X509_PUBKEY (theirs, &(guint8 *) { der });

  return memcmp (der, g_bytes_get_data (ours, NULL), (gsize) len) == 0;
}

static gboolean
has_usage (X509     *x509,
           EVP_PKEY *key)
{
  guint32 wanted = EVP_PKEY_get_base_id (key) == EVP_PKEY_RSA ? KU_KEY_ENCIPHERMENT
                                                             : KU_KEY_AGREEMENT;

  /* Without the extension this is all bits (RFC 5280 §4.2.1.3: any use). */
  return (X509_get_key_usage (x509) & wanted) != 0;
}

static gint64
seconds_of (const ASN1_TIME *time)
{
  struct tm parts;
  g_autoptr(GDateTime) moment = NULL;

  if (ASN1_TIME_to_tm (time, &parts) != 1)
    return G_MININT64;

  moment = g_date_time_new_utc (parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                                parts.tm_hour, parts.tm_min, parts.tm_sec);

  return moment != NULL ? g_date_time_to_unix (moment) : G_MININT64;
}

/* What a person may know it by: its common name, or else its organisation. */
static char *
name_of (X509 *x509)
{
  static const int kinds[] = { NID_commonName, NID_organizationName };
  X509_NAME *subject = X509_get_subject_name (x509);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      int at = X509_NAME_get_index_by_NID (subject, kinds[i], -1);
      guint8 *text = NULL;
      int len = at < 0 ? -1
                       : ASN1_STRING_to_UTF8 (&text, X509_NAME_ENTRY_get_data (
                                                       X509_NAME_get_entry (subject, at)));
      g_autofree char *clean = len > 0 ? tl_text_clean ((const char *) text, len) : NULL;

      OPENSSL_free (text);
      if (clean != NULL && *clean != '\0')
        return g_steal_pointer (&clean);
    }

  return g_strdup ("");
}

/* The one block of a PEM file (RFC 7468 §5), with nothing behind it inside the block. */
static X509 *
read_one (const char  *pem,
          gsize        len,
          GError     **error)
{
  g_autofree char *copy = NULL;
  g_autoptr(BIO) bio = NULL;
  g_autoptr(X509) x509 = NULL;
  const char *first;
  guint8 *der = NULL;
  char *name = NULL;
  char *header = NULL;
  long der_len = 0;

  if (len > PEM_MAX_BYTES || memchr (pem, '\0', len) != NULL)
    {
      refuse (error, "this is not a certificate in PEM");
      return NULL;
    }

  copy = g_strndup (pem, len);
  first = strstr (copy, "-----BEGIN ");
  if (first == NULL || !g_str_has_prefix (first, "-----BEGIN CERTIFICATE-----") ||
      strstr (first + 1, "-----BEGIN ") != NULL)
    {
      refuse (error, "this is not one certificate in PEM, and nothing else");
      return NULL;
    }

  bio = BIO_new_mem_buf (first, -1);
  if (PEM_read_bio (bio, &name, &header, &der, &der_len) == 1 && der_len <= DER_MAX_BYTES)
    {
      const guint8 *p = der;

      x509 = d2i_X509 (NULL, &p, der_len);
      if (p != der + der_len)
        g_clear_pointer (&x509, X509_free);
    }
  OPENSSL_free (name);
  OPENSSL_free (header);
  OPENSSL_free (der);

  if (x509 == NULL)
    refuse (error, "the certificate cannot be read, or is too long");

  return g_steal_pointer (&x509);
}

/**
 * tl_recipient_new_from_pem:
 * @pem: a platform's certificate in PEM, and no other
 * @len: its length
 * @now_s: the present, seconds since the epoch
 * @error: return location for a #GError
 *
 * Reads whom passwords may be sealed for: an X.509 certificate of version 3
 * that is valid now and, where it limits the use of its key, allows encrypting
 * keys to it (RSA) or agreeing on keys with it (EC), RFC 5280 §4.2.1.3.
 *
 * Returns: (transfer full): the recipient, or %NULL with
 *   %TL_ERROR_INVALID_INPUT and a clause that says what is wrong with it
 */
TlRecipient *
tl_recipient_new_from_pem (const char  *pem,
                           gsize        len,
                           gint64       now_s,
                           GError     **error)
{
  g_autoptr(X509) x509 = read_one (pem, len, error);
  g_autoptr(TlRecipient) self = NULL;
  EVP_PKEY *key;
  gint64 begins_s;
  gint64 expires_s;

  if (x509 == NULL)
    return NULL;

  key = X509_get0_pubkey (x509);
  begins_s = seconds_of (X509_get0_notBefore (x509));
  expires_s = seconds_of (X509_get0_notAfter (x509));
  if (X509_get_version (x509) != X509_VERSION_3)
    refuse (error, "the certificate is not of version 3");
  else if (key == NULL)
    refuse (error, "the certificate's key cannot be read");
  else if (!tl_recipient_takes_key (key, error))
    g_prefix_error (error, "the certificate cannot be used: ");
  else if (!has_plain_key (x509, key))
    refuse (error, "the certificate's key is not in its usual encoding");
  else if ((X509_get_extension_flags (x509) & EXFLAG_INVALID) != 0)
    refuse (error, "the certificate's extensions cannot be read");
  else if (!has_usage (x509, key))
    refuse (error, "the certificate is not for encrypting");
  else if (begins_s == G_MININT64 || now_s < begins_s)
    refuse (error, "the certificate is not valid yet");
  else if (now_s >= expires_s)
    refuse (error, "the certificate has expired");
  else
    {
      ERR_clear_error ();
      self = g_atomic_rc_box_new0 (TlRecipient);
      self->fingerprint = tl_recipient_dup_fingerprint_of (key);
      self->name = name_of (x509);
      self->expires_s = expires_s;
      self->x509 = g_steal_pointer (&x509);
    }

  return g_steal_pointer (&self);
}

TlRecipient *
tl_recipient_ref (TlRecipient *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_recipient_clear (gpointer data)
{
  TlRecipient *self = data;

  g_clear_pointer (&self->x509, X509_free);
  g_clear_pointer (&self->fingerprint, g_free);
  g_clear_pointer (&self->name, g_free);
}

void
tl_recipient_unref (TlRecipient *self)
{
  g_atomic_rc_box_release_full (self, tl_recipient_clear);
}

X509 *
tl_recipient_get_x509 (const TlRecipient *self)
{
  return self->x509;
}

/**
 * tl_recipient_get_fingerprint:
 * @self: a recipient
 *
 * Returns: (transfer none): SHA-256 of the public key, 64 lower-case hex digits
 */
const char *
tl_recipient_get_fingerprint (const TlRecipient *self)
{
  return self->fingerprint;
}

/**
 * tl_recipient_get_name:
 * @self: a recipient
 *
 * Returns: (transfer none): what the certificate calls itself, clean text and
 *   its own word only; possibly empty
 */
const char *
tl_recipient_get_name (const TlRecipient *self)
{
  return self->name;
}

gint64
tl_recipient_get_expires_s (const TlRecipient *self)
{
  return self->expires_s;
}
