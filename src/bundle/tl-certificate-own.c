/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-certificate-own.h"

#include "tl-ecdsa.h"
#include "tl-key-kind.h"

#define DAY_S             (24 * 60 * 60)
#define VALID_S           (3652 * (gint64) DAY_S)
/* ub-common-name, RFC 5280 appendix A.1, in characters */
#define COMMON_NAME_MAX   64
#define SERIAL_BYTES      16
/* A signature is the lower of two with even odds: this many in a row do not fail. */
#define SIGN_MAX_ATTEMPTS 128

/* In this order. */
static const struct
{
  int         nid;
  const char *value;
} extensions[] = {
  { NID_basic_constraints, "critical,CA:FALSE" },
  { NID_key_usage,         "critical,digitalSignature" },
  { NID_ext_key_usage,     "emailProtection" },
};

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

  return tl_ecdsa_is_canonical (tl_key_kind_p256.order, ASN1_STRING_get0_data (signature),
                                (gsize) ASN1_STRING_length (signature));
}

static gboolean
has_own_extensions (X509 *x509)
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
 * tl_certificate_own_is:
 * @x509: a certificate from anywhere
 *
 * Whether @x509 has the form of tl_certificate_own_make(): a P-256 key, issuer =
 * subject, serial number taken from the key, our three extensions, the lower s.
 * If it is signed by its own key too, each of its bytes is either fixed by the
 * form or signed by the key's owner. That is not checked here.
 *
 * Returns: whether it is a person's own
 */
gboolean
tl_certificate_own_is (X509 *x509)
{
  g_autofree char *fingerprint = NULL;
  g_autoptr(ASN1_INTEGER) serial = NULL;

  if (X509_get_version (x509) != X509_VERSION_3 ||
      tl_key_kind_of (x509) != &tl_key_kind_p256)
    return FALSE;

  fingerprint = tl_key_kind_dup_fingerprint (x509);
  serial = serial_of (fingerprint);

  return X509_NAME_cmp (X509_get_subject_name (x509), X509_get_issuer_name (x509)) == 0 &&
         ASN1_INTEGER_cmp (X509_get0_serialNumber (x509), serial) == 0 &&
         has_own_extensions (x509) && has_low_signature (x509);
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
      tl_key_kind_of (x509) != &tl_key_kind_p256)
    return FALSE;

  fingerprint = tl_key_kind_dup_fingerprint (x509);
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
 * tl_certificate_own_make:
 * @key: a P-256 key
 * @common_name: whose it is; UTF-8, not empty; cut to 64 characters
 * @now_s: the present, seconds since the epoch
 *
 * Returns: (transfer full) (nullable): the certificate; %NULL when OpenSSL would
 *   not make it
 */
X509 *
tl_certificate_own_make (EVP_PKEY    *key,
                         const char  *common_name,
                         gint64       now_s)
{
  g_autoptr(X509) x509 = X509_new ();
  gboolean is_low = FALSE;

  if (!fill_in (x509, key, common_name, now_s))
    return NULL;

  for (guint i = 0; i < SIGN_MAX_ATTEMPTS && !is_low; i++)
    {
      if (X509_sign (x509, key, EVP_sha256 ()) <= 0)
        return NULL;
      is_low = has_low_signature (x509);
    }

  return g_steal_pointer (&x509);
}
