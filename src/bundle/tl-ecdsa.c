/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-ecdsa.h"

#include <openssl/err.h>

/* Two integers of P-384 with what is around them: 104 bytes. */
#define SIGNATURE_MAX_BYTES 128

static ECDSA_SIG *
parse (const guint8 *signature,
       gsize         len)
{
  const guint8 *p = signature;
  ECDSA_SIG *pair = len <= SIGNATURE_MAX_BYTES ? d2i_ECDSA_SIG (NULL, &p, (long) len) : NULL;

  /* What did not parse is no failure of OpenSSL's that anyone should read of later. */
  ERR_clear_error ();

  return pair;
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
 * tl_ecdsa_lower:
 * @order: the order n of the curve, in hex
 * @signature: an ECDSA signature, from anywhere
 * @len: its length
 *
 * With every valid (r, s) the pair (r, n − s) is valid too: anyone can make the
 * second from the first, so only the one with s ≤ n/2 counts.
 *
 * Returns: (transfer full) (nullable): the one of the two that counts, as
 *   Ecdsa-Sig-Value (RFC 3279 §2.2.3) in DER; %NULL when @signature is none, or
 *   has an s that is no number below n
 */
GBytes *
tl_ecdsa_lower (const char   *order,
                const guint8 *signature,
                gsize         len)
{
  g_autoptr(ECDSA_SIG) pair = parse (signature, len);
  g_autoptr(BIGNUM) n = NULL;
  g_autoptr(BIGNUM) other = BN_new ();
  const BIGNUM *s;

  if (pair == NULL || BN_hex2bn (&n, order) == 0)
    return NULL;

  s = ECDSA_SIG_get0_s (pair);
  if (BN_is_negative (s) || BN_is_zero (s) || BN_cmp (s, n) >= 0)
    return NULL;

  BN_sub (other, n, s);
  if (BN_cmp (other, s) < 0)
    {
      BIGNUM *r = BN_dup (ECDSA_SIG_get0_r (pair));

      /* Takes both numbers. */
      ECDSA_SIG_set0 (pair, r, g_steal_pointer (&other));
    }

  return encode (pair);
}

/**
 * tl_ecdsa_is_canonical:
 * @order: the order of the curve, in hex
 * @signature: an ECDSA signature, from anywhere
 * @len: its length
 *
 * Returns: whether it is in DER with nothing behind it, and s is the lower of
 *   the two that would do
 */
gboolean
tl_ecdsa_is_canonical (const char   *order,
                       const guint8 *signature,
                       gsize         len)
{
  g_autoptr(GBytes) lower = tl_ecdsa_lower (order, signature, len);
  g_autoptr(GBytes) given = g_bytes_new_static (signature, len);

  return lower != NULL && g_bytes_equal (lower, given);
}
