/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-key-kind.h"

#include <openssl/err.h>
#include <openssl/rsa.h>
#include <string.h>

#include "tl-ecdsa.h"

#define RSA_MIN_BITS          3072
#define RSA_MAX_BITS          8192
/* FIPS 186-5 §5.4 asks for a public exponent above 2^16; a long one only makes checking slow. */
#define RSA_MIN_EXPONENT_BITS 17
#define RSA_MAX_EXPONENT_BITS 64

/* SubjectPublicKeyInfo of an uncompressed point on a named curve, RFC 5480 §2, up
 * to the point itself. */
static const guint8 spki_head_p256[] = {
  0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
  0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
};
static const guint8 spki_head_p384[] = {
  0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
  0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00, 0x04,
};

/* ecdsa-with-SHA256, RFC 5754 §3.3: parameters absent */
static const guint8 algorithm_ecdsa[] = {
  0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02,
};
/* rsaEncryption, RFC 3370 §3.2: parameters NULL. It is PKCS #1 v1.5, and the digest
 * algorithm says with what. OpenSSL 3.0 to 3.5 write this and not sha256WithRSAEncryption. */
static const guint8 algorithm_rsa[] = {
  0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
};

const TlKeyKind tl_key_kind_p256 = {
  .name = "EC P-256",
  .spki_head = spki_head_p256,
  .spki_head_len = sizeof spki_head_p256,
  .spki_len = sizeof spki_head_p256 + 64,
  .signature_algorithm = algorithm_ecdsa,
  .signature_algorithm_len = sizeof algorithm_ecdsa,
  /* SEC 2 §2.4.2 */
  .order = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
};

static const TlKeyKind p384 = {
  .name = "EC P-384",
  .spki_head = spki_head_p384,
  .spki_head_len = sizeof spki_head_p384,
  .spki_len = sizeof spki_head_p384 + 96,
  .signature_algorithm = algorithm_ecdsa,
  .signature_algorithm_len = sizeof algorithm_ecdsa,
  /* SEC 2 §2.5.1 */
  .order = "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
           "C7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973",
};

static const TlKeyKind rsa = {
  .name = "RSA",
  .signature_algorithm = algorithm_rsa,
  .signature_algorithm_len = sizeof algorithm_rsa,
};

static const TlKeyKind * const kinds[] = { &tl_key_kind_p256, &p384, &rsa };

static GBytes *
spki_of (X509 *x509)
{
  g_autofree guint8 *spki = NULL;
  int len = i2d_X509_PUBKEY (X509_get_X509_PUBKEY (x509), NULL);
  guint8 *p;

  if (len <= 0)
    return NULL;
  p = spki = g_malloc ((gsize) len);
  i2d_X509_PUBKEY (X509_get_X509_PUBKEY (x509), &p);

  return g_bytes_new_take (g_steal_pointer (&spki), (gsize) len);
}

/* Whether @spki is the one encoding that OpenSSL would give @key. */
static gboolean
is_canonical (EVP_PKEY *key,
              GBytes   *spki)
{
  g_autofree guint8 *again = NULL;
  g_autoptr(GBytes) bytes = NULL;
  int len = i2d_PUBKEY (key, NULL);
  guint8 *p;

  if (len <= 0)
    return FALSE;
  p = again = g_malloc ((gsize) len);
  i2d_PUBKEY (key, &p);
  bytes = g_bytes_new_take (g_steal_pointer (&again), (gsize) len);

  return g_bytes_equal (bytes, spki);
}

static gboolean
has_head (const TlKeyKind *kind,
          GBytes          *spki)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (spki, &len);

  return len == kind->spki_len && memcmp (data, kind->spki_head, kind->spki_head_len) == 0;
}

static gboolean
is_strong_rsa (EVP_PKEY *key)
{
  g_autoptr(BIGNUM) exponent = NULL;
  int bits = EVP_PKEY_get_bits (key);

  if (EVP_PKEY_get_base_id (key) != EVP_PKEY_RSA || bits < RSA_MIN_BITS || bits > RSA_MAX_BITS ||
      EVP_PKEY_get_bn_param (key, "e", &exponent) != 1)
    return FALSE;

  return BN_is_odd (exponent) && BN_num_bits (exponent) >= RSA_MIN_EXPONENT_BITS &&
         BN_num_bits (exponent) <= RSA_MAX_EXPONENT_BITS;
}

/**
 * tl_key_kind_of:
 * @x509: a certificate from anywhere
 *
 * Keys on P-256 and P-384 as uncompressed points on the named curve, and RSA
 * keys of 3072 to 8192 bits, each in the one encoding it has in DER.
 *
 * Returns: (transfer none) (nullable): the kind of its key, or %NULL when
 *   signatures by such a key are not taken
 */
const TlKeyKind *
tl_key_kind_of (X509 *x509)
{
  g_autoptr(GBytes) spki = spki_of (x509);
  EVP_PKEY *key = X509_get0_pubkey (x509);
  const TlKeyKind *found = NULL;

  if (spki != NULL && key != NULL && is_canonical (key, spki))
    for (gsize i = 0; i < G_N_ELEMENTS (kinds) && found == NULL; i++)
      if (kinds[i]->spki_head != NULL ? has_head (kinds[i], spki) : is_strong_rsa (key))
        found = kinds[i];

  ERR_clear_error ();

  return found;
}

/**
 * tl_key_kind_dup_fingerprint:
 * @x509: a certificate with a key of some kind
 *
 * Returns: (transfer full): the SHA-256 of its SubjectPublicKeyInfo, 64
 *   lower-case hex digits
 */
char *
tl_key_kind_dup_fingerprint (X509 *x509)
{
  g_autoptr(GBytes) spki = spki_of (x509);

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, spki);
}

/**
 * tl_key_kind_takes_signature:
 * @self: the kind of the key in @x509
 * @x509: a certificate
 * @signature: what is said to be a signature by that key
 * @len: its length
 *
 * Returns: whether @signature is spelt in the one way that counts; not whether
 *   it is right
 */
gboolean
tl_key_kind_takes_signature (const TlKeyKind *self,
                             X509            *x509,
                             const guint8    *signature,
                             gsize            len)
{
  if (self->order != NULL)
    return tl_ecdsa_is_canonical (self->order, signature, len);

  /* RFC 8017 §8.2.2: as long as the modulus, and checked to be below it. */
  return len == (gsize) EVP_PKEY_get_size (X509_get0_pubkey (x509));
}
