/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-certificate.h"

#include <openssl/pem.h>
#include <string.h>

#include "tl-ecdsa.h"
#include "tl-error.h"

#define DAY_S             (24 * 60 * 60)
#define VALID_S           (3652 * (gint64) DAY_S)
/* ub-common-name, RFC 5280 appendix A.1, in characters */
#define COMMON_NAME_MAX   64
#define SERIAL_BYTES      16
#define SPKI_BYTES        91
/* A signature is the lower of two with even odds: this many in a row do not fail. */
#define SIGN_MAX_ATTEMPTS 128

struct _TlCertificate
{
  X509 *x509;
  char *fingerprint;
};

G_DEFINE_BOXED_TYPE (TlCertificate, tl_certificate, tl_certificate_ref, tl_certificate_unref)

/* SubjectPublicKeyInfo of an uncompressed point on P-256, RFC 5480 §2, up to
 * the point itself. */
static const guint8 spki_head[] = {
  0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
  0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
};

static const struct
{
  int         nid;
  const char *value;
} extensions[] = {
  { NID_basic_constraints, "critical,CA:FALSE" },
  { NID_key_usage,         "critical,digitalSignature" },
  { NID_ext_key_usage,     "emailProtection" },
};

/* The SHA-256 of the public key, or NULL when it is not on P-256 in the one
 * encoding we take. */
static char *
fingerprint_of (X509 *x509)
{
  guint8 spki[SPKI_BYTES];
  guint8 *p = spki;

  if (i2d_X509_PUBKEY (X509_get_X509_PUBKEY (x509), NULL) != SPKI_BYTES)
    return NULL;
  i2d_X509_PUBKEY (X509_get_X509_PUBKEY (x509), &p);
  if (memcmp (spki, spki_head, sizeof spki_head) != 0)
    return NULL;

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, spki, SPKI_BYTES);
}

/* The serial number is taken from the key: two signers of one name cannot
 * have one (issuer, serial number) pair between them. */
static ASN1_INTEGER *
serial_of (const char *fingerprint)
{
  g_autoptr(BIGNUM) number = NULL;
  guint8 bytes[SERIAL_BYTES];

  for (gsize i = 0; i < SERIAL_BYTES; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (fingerprint[2 * i]) << 4 |
                         g_ascii_xdigit_value (fingerprint[2 * i + 1]));
  /* Always positive, and always of the same length. */
  bytes[0] = (bytes[0] & 0x3f) | 0x40;
  number = BN_bin2bn (bytes, SERIAL_BYTES, NULL);

  return BN_to_ASN1_INTEGER (number, NULL);
}

static gboolean
has_low_signature (X509 *x509)
{
  const ASN1_BIT_STRING *signature = NULL;

  X509_get0_signature (&signature, NULL, x509);

  return tl_ecdsa_is_canonical (ASN1_STRING_get0_data (signature),
                                (gsize) ASN1_STRING_length (signature));
}

static gboolean
has_our_extensions (X509 *x509)
{
  /* Asking for the flags is what makes OpenSSL read the extensions. */
  guint32 flags = X509_get_extension_flags (x509);

  if (X509_get_ext_count (x509) != G_N_ELEMENTS (extensions) ||
      (flags & (EXFLAG_INVALID | EXFLAG_CA | EXFLAG_CRITICAL)) != 0)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      X509_EXTENSION *theirs = X509_get_ext (x509, (int) i);
      g_autoptr(X509_EXTENSION) ours = X509V3_EXT_conf_nid (NULL, NULL, extensions[i].nid,
                                                            extensions[i].value);

      if (OBJ_obj2nid (X509_EXTENSION_get_object (theirs)) != extensions[i].nid ||
          X509_EXTENSION_get_critical (theirs) != X509_EXTENSION_get_critical (ours) ||
          ASN1_STRING_cmp (X509_EXTENSION_get_data (theirs), X509_EXTENSION_get_data (ours)) != 0)
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_certificate_new_from_x509:
 * @x509: a certificate from anywhere; a reference is taken
 * @error: return location for a #GError
 *
 * Checks that @x509 has our form: a P-256 key, self-issued and signed by that
 * key, serial number taken from the key, our three extensions. With that, each
 * of its bytes is either fixed by the form or signed by the key's owner.
 *
 * Returns: (transfer full): the certificate, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlCertificate *
tl_certificate_new_from_x509 (X509    *x509,
                              GError **error)
{
  g_autofree char *fingerprint = fingerprint_of (x509);
  g_autoptr(ASN1_INTEGER) serial = fingerprint != NULL ? serial_of (fingerprint) : NULL;
  TlCertificate *self;

  if (fingerprint == NULL)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT,
                                "the signer's key is not a P-256 key");
      return NULL;
    }

  if (X509_get_version (x509) != X509_VERSION_3 ||
      X509_NAME_cmp (X509_get_subject_name (x509), X509_get_issuer_name (x509)) != 0 ||
      ASN1_INTEGER_cmp (X509_get0_serialNumber (x509), serial) != 0 ||
      !has_our_extensions (x509))
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT,
                                "the signer's certificate is not of the one form that is written");
      return NULL;
    }

  if (!has_low_signature (x509) || X509_verify (x509, X509_get0_pubkey (x509)) != 1)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT,
                                "the signer's certificate is not signed by its own key");
      return NULL;
    }

  self = g_atomic_rc_box_new0 (TlCertificate);
  X509_up_ref (x509);
  self->x509 = x509;
  self->fingerprint = g_steal_pointer (&fingerprint);

  return self;
}

static gboolean
fill_in (X509       *x509,
         EVP_PKEY   *key,
         const char *common_name,
         gint64      now_s)
{
  /* The name is a label; an address may be longer than a name can be. */
  glong n_chars = MIN (COMMON_NAME_MAX, g_utf8_strlen (common_name, -1));
  g_autofree char *label = g_utf8_substring (common_name, 0, n_chars);
  g_autofree char *fingerprint = NULL;
  g_autoptr(ASN1_INTEGER) serial = NULL;
  /* A clock that is a little ahead here must not make the certificate one of
   * the future elsewhere. */
  gint64 not_before_s = now_s - DAY_S;
  X509_NAME *name = X509_get_subject_name (x509);

  if (X509_set_version (x509, X509_VERSION_3) != 1 ||
      X509_set_pubkey (x509, key) != 1 ||
      (fingerprint = fingerprint_of (x509)) == NULL)
    return FALSE;

  serial = serial_of (fingerprint);
  if (X509_set_serialNumber (x509, serial) != 1 ||
      ASN1_TIME_set (X509_getm_notBefore (x509), (time_t) not_before_s) == NULL ||
      ASN1_TIME_set (X509_getm_notAfter (x509), (time_t) (not_before_s + VALID_S)) == NULL ||
      X509_NAME_add_entry_by_NID (name, NID_commonName, MBSTRING_UTF8,
                                  (const guint8 *) label, -1, -1, 0) != 1 ||
      X509_set_issuer_name (x509, name) != 1)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      g_autoptr(X509_EXTENSION) extension = X509V3_EXT_conf_nid (NULL, NULL, extensions[i].nid,
                                                                 extensions[i].value);

      if (extension == NULL || X509_add_ext (x509, extension, -1) != 1)
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_certificate_new_self_issued:
 * @key: a P-256 key
 * @common_name: whose it is, such as an address; UTF-8, not empty; cut to 64 characters
 * @now_s: the present, seconds since the epoch
 * @error: return location for a #GError
 *
 * Makes the certificate that carries @key, for ten years from the day before @now_s.
 *
 * Returns: (transfer full): the certificate, or %NULL with %TL_ERROR_REFUSED
 *   when OpenSSL would not make it
 */
TlCertificate *
tl_certificate_new_self_issued (EVP_PKEY    *key,
                                const char  *common_name,
                                gint64       now_s,
                                GError     **error)
{
  g_autoptr(X509) x509 = X509_new ();
  gboolean low = FALSE;

  g_return_val_if_fail (common_name != NULL && *common_name != '\0', NULL);

  if (!fill_in (x509, key, common_name, now_s))
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_REFUSED, "making the signer's certificate");
      return NULL;
    }

  for (guint i = 0; i < SIGN_MAX_ATTEMPTS && !low; i++)
    {
      if (X509_sign (x509, key, EVP_sha256 ()) <= 0)
        {
          tl_bundle_openssl_refuse (error, TL_ERROR_REFUSED, "signing the signer's certificate");
          return NULL;
        }
      low = has_low_signature (x509);
    }

  return tl_certificate_new_from_x509 (x509, error);
}

/**
 * tl_certificate_new_from_pem:
 * @pem: text that holds a certificate (RFC 7468 §5), such as `signer.pem`
 * @len: its length
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the first certificate in @pem, or %NULL with
 *   %TL_ERROR_INVALID_INPUT when there is none or it is not of our form
 */
TlCertificate *
tl_certificate_new_from_pem (const char  *pem,
                             gsize        len,
                             GError     **error)
{
  g_autoptr(BIO) bio = BIO_new_mem_buf (pem, (int) len);
  g_autoptr(X509) x509 = PEM_read_bio_X509 (bio, NULL, tl_bundle_openssl_on_passphrase, NULL);

  if (x509 == NULL)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT, "reading a certificate");
      return NULL;
    }

  return tl_certificate_new_from_x509 (x509, error);
}

TlCertificate *
tl_certificate_ref (TlCertificate *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_certificate_clear (gpointer data)
{
  TlCertificate *self = data;

  g_clear_pointer (&self->x509, X509_free);
  g_clear_pointer (&self->fingerprint, g_free);
}

void
tl_certificate_unref (TlCertificate *self)
{
  g_atomic_rc_box_release_full (self, tl_certificate_clear);
}

X509 *
tl_certificate_get_x509 (const TlCertificate *self)
{
  return self->x509;
}

const char *
tl_certificate_get_fingerprint (const TlCertificate *self)
{
  return self->fingerprint;
}

/**
 * tl_certificate_covers:
 * @self: a certificate
 * @moment_s: a moment, seconds since the epoch
 *
 * Returns: whether @moment_s lies within the certificate's validity
 */
gboolean
tl_certificate_covers (const TlCertificate *self,
                       gint64               moment_s)
{
  time_t moment = (time_t) moment_s;

  return X509_cmp_time (X509_get0_notBefore (self->x509), &moment) < 0 &&
         X509_cmp_time (X509_get0_notAfter (self->x509), &moment) > 0;
}

/**
 * tl_certificate_dup_pem:
 * @self: a certificate
 *
 * Returns: (transfer full): the certificate as PEM, what `signer.pem` holds
 */
char *
tl_certificate_dup_pem (const TlCertificate *self)
{
  g_autoptr(BIO) bio = BIO_new (BIO_s_mem ());
  char *text;
  long len;

  PEM_write_bio_X509 (bio, self->x509);
  len = BIO_get_mem_data (bio, &text);

  return g_strndup (text, (gsize) len);
}
