/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include "tl-certificate-own.h"
#include "tl-error.h"
#include "tl-text.h"

/* No more of a name is shown, in characters; of a common name there is no more
 * (ub-common-name, RFC 5280 appendix A.1). */
#define NAME_MAX_CHARS 64

struct _TlCertificate
{
  X509            *x509;
  const TlKeyKind *key_kind;
  gboolean         is_own;
  char            *fingerprint;
  char            *sha256;
};

G_DEFINE_BOXED_TYPE (TlCertificate, tl_certificate, tl_certificate_ref, tl_certificate_unref)

/* What a company's key may be certified for, if its certificate says so at all
 * (RFC 5280 §4.2.1.12, RFC 9336 §3.1). */
static const char * const purposes[] = {
  "1.3.6.1.5.5.7.3.4",  /* emailProtection */
  "1.3.6.1.5.5.7.3.36", /* documentSigning */
  "2.5.29.37.0",        /* anyExtendedKeyUsage */
};

static gboolean
is_self_issued (X509 *x509)
{
  return X509_NAME_cmp (X509_get_subject_name (x509), X509_get_issuer_name (x509)) == 0;
}

static gboolean
is_for_signing (X509 *x509)
{
  /* All bits are set where the extension is absent. */
  return (X509_get_key_usage (x509) & KU_DIGITAL_SIGNATURE) != 0;
}

static gboolean
is_for_documents (X509 *x509)
{
  g_autoptr(EXTENDED_KEY_USAGE) usage = X509_get_ext_d2i (x509, NID_ext_key_usage, NULL, NULL);

  for (int i = 0; usage != NULL && i < sk_ASN1_OBJECT_num (usage); i++)
    {
      char oid[64];

      OBJ_obj2txt (oid, sizeof oid, sk_ASN1_OBJECT_value (usage, i), TRUE);
      for (gsize j = 0; j < G_N_ELEMENTS (purposes); j++)
        if (g_str_equal (oid, purposes[j]))
          return TRUE;
    }

  return usage == NULL;
}

static gboolean
is_understood (X509 *x509)
{
  return X509_get_version (x509) == X509_VERSION_3 &&
         (X509_get_extension_flags (x509) & (EXFLAG_INVALID | EXFLAG_CRITICAL)) == 0;
}

static gboolean
is_by_own_key_if_self_issued (X509 *x509)
{
  return !is_self_issued (x509) || X509_verify (x509, X509_get0_pubkey (x509)) == 1;
}

/* Asked in this order of every certificate. */
static const struct
{
  gboolean  (*holds) (X509 *x509);
  const char *otherwise;
} demands[] = {
  { is_understood,
    "the signer's certificate is not of version 3, or has an extension that is not understood" },
  { is_for_signing,
    "the signer's certificate is not for signing: its key usage lacks digitalSignature" },
  { is_for_documents,
    "the signer's certificate is not for signing documents: its extended key usage has neither "
    "emailProtection nor documentSigning" },
  { is_by_own_key_if_self_issued,
    "the signer's certificate is not signed by its own key" },
};

static char *
sha256_of (X509 *x509)
{
  g_autofree guint8 *der = NULL;
  int len = i2d_X509 (x509, NULL);
  guint8 *p;

  if (len <= 0 || len > TL_CERTIFICATE_MAX_BYTES)
    return NULL;
  p = der = g_malloc ((gsize) len);
  i2d_X509 (x509, &p);

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der, (gsize) len);
}

/**
 * tl_certificate_new_from_x509:
 * @x509: a certificate from anywhere; a reference is taken
 * @error: return location for a #GError
 *
 * Checks that @x509 has one of our two forms. A person's own: a P-256 key,
 * self-issued and signed by that key, serial number taken from the key, our
 * three extensions. A company's: X.509 version 3 of at most
 * `TL_CERTIFICATE_MAX_BYTES`, a key of a #TlKeyKind, no critical extension that
 * OpenSSL does not know, keyUsage and extendedKeyUsage, where there are any,
 * good for signing documents; who issued it is not asked. Nobody but the
 * issuer can say whether its bytes are true, so whoever needs them unchanged
 * compares tl_certificate_get_sha256().
 *
 * Returns: (transfer full): the certificate, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlCertificate *
tl_certificate_new_from_x509 (X509    *x509,
                              GError **error)
{
  const TlKeyKind *key_kind = tl_key_kind_of (x509);
  g_autofree char *sha256 = sha256_of (x509);
  TlCertificate *self;

  if (key_kind == NULL)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT,
                                "the signer's key is neither on P-256 or P-384 nor RSA of 3072 to "
                                "8192 bits");
      return NULL;
    }

  if (sha256 == NULL)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT,
                                "the signer's certificate is longer than 8 KiB");
      return NULL;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (demands); i++)
    {
      if (!demands[i].holds (x509))
        {
          tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT, demands[i].otherwise);
          return NULL;
        }
    }

  self = g_atomic_rc_box_new0 (TlCertificate);
  X509_up_ref (x509);
  self->x509 = x509;
  self->key_kind = key_kind;
  self->fingerprint = tl_key_kind_dup_fingerprint (x509);
  self->sha256 = g_steal_pointer (&sha256);
  self->is_own = tl_certificate_own_is (x509);

  return self;
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
  g_autoptr(X509) x509 = NULL;

  g_return_val_if_fail (common_name != NULL && *common_name != '\0', NULL);

  x509 = tl_certificate_own_make (key, common_name, now_s);
  if (x509 == NULL)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_REFUSED, "making the signer's certificate");
      return NULL;
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
  g_clear_pointer (&self->sha256, g_free);
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

/**
 * tl_certificate_get_key_kind:
 * @self: a certificate
 *
 * Returns: (transfer none): the kind of its key
 */
const TlKeyKind *
tl_certificate_get_key_kind (const TlCertificate *self)
{
  return self->key_kind;
}

/**
 * tl_certificate_is_own:
 * @self: a certificate
 *
 * Returns: whether it has the form that tl_certificate_new_self_issued() gives;
 *   otherwise it is a company's
 */
gboolean
tl_certificate_is_own (const TlCertificate *self)
{
  return self->is_own;
}

const char *
tl_certificate_get_fingerprint (const TlCertificate *self)
{
  return self->fingerprint;
}

/**
 * tl_certificate_get_sha256:
 * @self: a certificate
 *
 * Returns: (transfer none): the SHA-256 of the whole certificate in DER, 64
 *   lower-case hex digits. Not the fingerprint, which is of the key alone
 */
const char *
tl_certificate_get_sha256 (const TlCertificate *self)
{
  return self->sha256;
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

/* The text of the first common name, as UTF-8; its length goes to @out_len. */
static char *
common_name_of (X509_NAME *name,
                gssize    *out_len)
{
  int index = X509_NAME_get_index_by_NID (name, NID_commonName, -1);
  guint8 *utf8 = NULL;
  char *copy;
  int len;

  if (index < 0)
    return NULL;

  len = ASN1_STRING_to_UTF8 (&utf8,
                             X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, index)));
  if (len < 0)
    return NULL;

  copy = g_memdup2 (utf8, (gsize) len + 1);
  OPENSSL_free (utf8);
  *out_len = len;

  return copy;
}

/**
 * tl_certificate_dup_name:
 * @self: a certificate
 *
 * Gets whose certificate it says it is: its common name or, without one, its
 * whole subject (RFC 2253). The signer's own word, which nobody vouches for.
 *
 * Returns: (transfer full): clean text of at most about 64 characters; empty
 *   where the certificate names nobody
 */
char *
tl_certificate_dup_name (const TlCertificate *self)
{
  X509_NAME *subject = X509_get_subject_name (self->x509);
  gssize len = 0;
  g_autofree char *name = common_name_of (subject, &len);
  g_autoptr(BIO) bio = NULL;
  char *text;

  if (name == NULL)
    {
      bio = BIO_new (BIO_s_mem ());
      X509_NAME_print_ex (bio, subject, 0, XN_FLAG_RFC2253 & ~(gulong) ASN1_STRFLGS_ESC_MSB);
      len = BIO_get_mem_data (bio, &text);
      name = g_strndup (text, (gsize) len);
    }
  ERR_clear_error ();

  return tl_text_clean_capped (name, len, NAME_MAX_CHARS);
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
