/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-tokens.h"

struct _TlOauthTokens
{
  TlSecret  *access;
  TlSecret  *refresh;        /* nullable */
  gint64     expires_at_us;  /* on the monotonic clock; 0: nobody knows */
  char      *account;        /* nullable */
};

G_DEFINE_BOXED_TYPE (TlOauthTokens, tl_oauth_tokens, tl_oauth_tokens_ref, tl_oauth_tokens_unref)

/**
 * tl_oauth_tokens_may_be_access:
 * @secret: what is said to be an access token
 *
 * access-token = 1*VSCHAR (RFC 6749 appendix A.12), here without the space, which no token in a
 * header could have (b64token, RFC 6750 §2.1), and `TL_OAUTH_TOKENS_MAX_ACCESS_BYTES` at the most:
 * what SASL has room for, and nothing that ends its message.
 *
 * Returns: whether it may be one
 */
gboolean
tl_oauth_tokens_may_be_access (const TlSecret *secret)
{
  gsize len;
  const char *token = tl_secret_peek (secret, &len);

  for (gsize i = 0; i < len; i++)
    {
      if (!g_ascii_isgraph (token[i]))
        return FALSE;
    }

  return len > 0 && len <= TL_OAUTH_TOKENS_MAX_ACCESS_BYTES;
}

/**
 * tl_oauth_tokens_new:
 * @parts: what they are made of; secrets are referred to, the rest is copied
 *
 * Returns: (transfer full): the tokens
 */
TlOauthTokens *
tl_oauth_tokens_new (const TlOauthTokensParts *parts)
{
  TlOauthTokens *self;

  g_return_val_if_fail (parts->access != NULL, NULL);
  g_return_val_if_fail (parts->expires_at_us >= 0, NULL);

  self = g_atomic_rc_box_new0 (TlOauthTokens);
  self->access = tl_secret_ref (parts->access);
  self->refresh = parts->refresh != NULL ? tl_secret_ref (parts->refresh) : NULL;
  self->expires_at_us = parts->expires_at_us;
  self->account = g_strdup (parts->account);

  return self;
}

/**
 * tl_oauth_tokens_renew:
 * @self: the tokens so far
 * @fresh: what they were refreshed to
 *
 * An answer to a refresh says only what is new (RFC 6749 §6): the refresh token and who signed in
 * stay where it says nothing of them.
 *
 * Returns: (transfer full): @fresh, completed
 */
TlOauthTokens *
tl_oauth_tokens_renew (const TlOauthTokens *self,
                       const TlOauthTokens *fresh)
{
  const TlOauthTokensParts parts = {
    .access = fresh->access,
    .refresh = fresh->refresh != NULL ? fresh->refresh : self->refresh,
    .expires_at_us = fresh->expires_at_us,
    .account = fresh->account != NULL ? fresh->account : self->account,
  };

  return tl_oauth_tokens_new (&parts);
}

TlOauthTokens *
tl_oauth_tokens_ref (TlOauthTokens *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_oauth_tokens_clear (gpointer data)
{
  TlOauthTokens *self = data;

  g_clear_pointer (&self->access, tl_secret_unref);
  g_clear_pointer (&self->refresh, tl_secret_unref);
  g_clear_pointer (&self->account, g_free);
}

void
tl_oauth_tokens_unref (TlOauthTokens *self)
{
  g_atomic_rc_box_release_full (self, tl_oauth_tokens_clear);
}

TlSecret *
tl_oauth_tokens_get_access (const TlOauthTokens *self)
{
  return self->access;
}

/**
 * tl_oauth_tokens_get_refresh:
 * @self: tokens
 *
 * Returns: (transfer none) (nullable): the refresh token, if one was given
 */
TlSecret *
tl_oauth_tokens_get_refresh (const TlOauthTokens *self)
{
  return self->refresh;
}

/**
 * tl_oauth_tokens_get_account:
 * @self: tokens
 *
 * Returns: (transfer none) (nullable): the address of who signed in, where the server said it
 */
const char *
tl_oauth_tokens_get_account (const TlOauthTokens *self)
{
  return self->account;
}

/**
 * tl_oauth_tokens_lasts:
 * @self: tokens
 * @seconds: how long the access token is needed
 * @now_us: g_get_monotonic_time()
 *
 * What the server did not say is not guessed: such a token lasts until it is turned down. That
 * clock stands still while the computer sleeps, so a token may be older than it looks; that, too,
 * shows when it is turned down.
 *
 * Returns: whether the access token is good for that long, as far as is known
 */
gboolean
tl_oauth_tokens_lasts (const TlOauthTokens *self,
                       guint                seconds,
                       gint64               now_us)
{
  return self->expires_at_us == 0 ||
         self->expires_at_us - now_us > (gint64) seconds * G_USEC_PER_SEC;
}
