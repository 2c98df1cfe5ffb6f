/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-ecdsa.h"

#include <string.h>

#include "tl-error.h"

/* The order n of P-256 (SEC 2 §2.4.2), and n/2 rounded down. With every valid
 * (r, s) the pair (r, n − s) is valid too: anyone can make the second from the
 * first, so only the one with s ≤ n/2 counts. */
static const char order_hex[] = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";
static const char half_order_hex[] =
  "7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8";

static BIGNUM *
bignum_from_hex (const char *hex)
{
  BIGNUM *number = NULL;

  BN_hex2bn (&number, hex);

  return number;
}

static gboolean
is_low (const BIGNUM *s)
{
  g_autoptr(BIGNUM) half = bignum_from_hex (half_order_hex);

  return BN_cmp (s, half) <= 0;
}

static GBytes *
encode (const ECDSA_SIG *pair)
{
  g_autofree guint8 *der = NULL;
  int len = i2d_ECDSA_SIG (pair, NULL);
  guint8 *p;

  if (len <= 0)
    return NULL;
  p = der = g_malloc ((gsize) len);
  i2d_ECDSA_SIG (pair, &p);

  return g_bytes_new_take (g_steal_pointer (&der), (gsize) len);
}

/**
 * tl_ecdsa_is_canonical:
 * @signature: an ECDSA signature by a P-256 key, from anywhere
 * @len: its length
 *
 * Ecdsa-Sig-Value, RFC 3279 §2.2.3: SEQUENCE { r INTEGER, s INTEGER }.
 *
 * Returns: whether it is in DER with nothing behind it, and s is the lower of
 *   the two that would do
 */
gboolean
tl_ecdsa_is_canonical (const guint8 *signature,
                       gsize         len)
{
  g_autoptr(ECDSA_SIG) pair = NULL;
  g_autoptr(GBytes) again = NULL;
  const guint8 *p = signature;
  gsize again_len;
  const guint8 *again_data;

  if (len > 128 || (pair = d2i_ECDSA_SIG (NULL, &p, (long) len)) == NULL)
    return FALSE;

  again = encode (pair);
  if (again == NULL || !is_low (ECDSA_SIG_get0_s (pair)))
    return FALSE;
  again_data = g_bytes_get_data (again, &again_len);

  return again_len == len && memcmp (again_data, signature, len) == 0;
}

/**
 * tl_ecdsa_sign:
 * @key: a P-256 key
 * @message: what is signed; hashed with SHA-256 here
 * @len: its length
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a signature for which tl_ecdsa_is_canonical(), or
 *   %NULL with %TL_ERROR_REFUSED when OpenSSL would not sign
 */
GBytes *
tl_ecdsa_sign (EVP_PKEY      *key,
               const guint8  *message,
               gsize          len,
               GError       **error)
{
  g_autoptr(EVP_MD_CTX) ctx = EVP_MD_CTX_new ();
  g_autoptr(ECDSA_SIG) pair = NULL;
  guint8 der[128];
  const guint8 *p = der;
  gsize der_len = sizeof der;

  if (EVP_DigestSignInit (ctx, NULL, EVP_sha256 (), NULL, key) != 1 ||
      EVP_DigestSign (ctx, der, &der_len, message, len) != 1 ||
      (pair = d2i_ECDSA_SIG (NULL, &p, (long) der_len)) == NULL)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_REFUSED, "signing");
      return NULL;
    }

  if (!is_low (ECDSA_SIG_get0_s (pair)))
    {
      g_autoptr(BIGNUM) order = bignum_from_hex (order_hex);
      BIGNUM *r = BN_dup (ECDSA_SIG_get0_r (pair));
      BIGNUM *s = BN_new ();

      BN_sub (s, order, ECDSA_SIG_get0_s (pair));
      /* Takes both numbers. */
      ECDSA_SIG_set0 (pair, r, s);
    }

  return encode (pair);
}
