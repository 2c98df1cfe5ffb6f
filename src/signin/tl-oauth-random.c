/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "tl-error.h"

#define ENTROPY_BYTES 32

/* What a block of SHA-256 has, less the one that would have it worked off and not kept. */
#define FLUSH_BYTES 63

/* base64url without padding, RFC 4648 §5. */
static TlSecret *
new_base64url (const TlSecret *plain)
{
  g_autoptr(TlSecret) base64 = tl_secret_new_base64 (plain);
  gsize len;
  const char *at = tl_secret_peek (base64, &len);
  TlSecret *self = tl_secret_new_sized (len);

  for (gsize i = 0; i < len && at[i] != '='; i++)
    tl_secret_append (self, at[i] == '+' ? "-" : at[i] == '/' ? "_" : at + i, 1);

  return self;
}

/**
 * tl_oauth_random_new:
 * @error: return location for a #GError
 *
 * Makes up what nobody can guess: 256 bits from the kernel as 43 characters of [A-Za-z0-9_-], which
 * is as long as a PKCE verifier has to be (RFC 7636 §4.1). Where the kernel gives none, nothing
 * else will do.
 *
 * Returns: (transfer full): the text, or %NULL with %TL_ERROR_NOT_FOUND
 */
TlSecret *
tl_oauth_random_new (GError **error)
{
  g_autoptr(TlSecret) plain = tl_secret_new_sized (ENTROPY_BYTES);
  guchar bytes[ENTROPY_BYTES];
  gsize n = 0;

  while (n < sizeof bytes)
    {
      ssize_t got = getrandom (bytes + n, sizeof bytes - n, 0);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        {
          explicit_bzero (bytes, sizeof bytes);
          g_set_error_literal (error, TL_ERROR, TL_ERROR_NOT_FOUND,
                               "this computer gives no random numbers");
          return NULL;
        }
      n += (gsize) got;
    }
  tl_secret_append (plain, bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);

  return new_base64url (plain);
}

/**
 * tl_oauth_random_challenge:
 * @verifier: a PKCE verifier
 *
 * Returns: (transfer full): its S256 challenge (RFC 7636 §4.2), which may be seen
 */
char *
tl_oauth_random_challenge (const TlSecret *verifier)
{
  static const guchar zeros[FLUSH_BYTES];
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(TlSecret) digest = NULL;
  g_autoptr(TlSecret) challenge = NULL;
  guint8 bytes[32];
  gsize n_bytes = sizeof bytes;
  gsize len;
  const char *at = tl_secret_peek (verifier, &len);

  g_checksum_update (checksum, (const guchar *) at, (gssize) len);
  g_checksum_get_digest (checksum, bytes, &n_bytes);
  /* It keeps the last block it was given, and does not wipe it. */
  g_checksum_reset (checksum);
  g_checksum_update (checksum, zeros, sizeof zeros);

  digest = tl_secret_new (bytes, n_bytes);
  challenge = new_base64url (digest);

  return g_strdup (tl_secret_peek (challenge, NULL));
}
