/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-secret.h"

G_BEGIN_DECLS

/* The longest access token: with its SASL message around it, and in base64, it still fits the line
 * that mail servers take. */
#define TL_OAUTH_TOKENS_MAX_ACCESS_BYTES 12000

/**
 * TlOauthTokensParts:
 * @access: the access token (RFC 6749 §1.4)
 * @refresh: (nullable): the refresh token, if one was given
 * @expires_at_us: g_get_monotonic_time() at which @access ends; 0 when the server did not say.
 *   Relative lifetimes only: the clocks of two computers need not agree
 * @account: (nullable): who signed in, as the ID token has it: an address, in lower case as to its
 *   domain
 */
typedef struct
{
  TlSecret   *access;
  TlSecret   *refresh;
  gint64      expires_at_us;
  const char *account;
} TlOauthTokensParts;

/**
 * TlOauthTokens:
 *
 * What an authorization server handed out. Never written anywhere but, its refresh token alone,
 * into the keyring. Immutable, atomically counted.
 */
typedef struct _TlOauthTokens TlOauthTokens;

#define TL_TYPE_OAUTH_TOKENS (tl_oauth_tokens_get_type ())
GType               tl_oauth_tokens_get_type    (void) G_GNUC_CONST;

gboolean            tl_oauth_tokens_may_be_access (const TlSecret     *secret);

TlOauthTokens      *tl_oauth_tokens_new         (const TlOauthTokensParts *parts)
                                                 G_GNUC_WARN_UNUSED_RESULT;
TlOauthTokens      *tl_oauth_tokens_renew       (const TlOauthTokens  *self,
                                                 const TlOauthTokens  *fresh)
                                                 G_GNUC_WARN_UNUSED_RESULT;
TlOauthTokens      *tl_oauth_tokens_ref         (TlOauthTokens        *self);
void                tl_oauth_tokens_unref       (TlOauthTokens        *self);

TlSecret           *tl_oauth_tokens_get_access  (const TlOauthTokens  *self);
TlSecret           *tl_oauth_tokens_get_refresh (const TlOauthTokens  *self);
const char         *tl_oauth_tokens_get_account (const TlOauthTokens  *self);
gboolean            tl_oauth_tokens_lasts       (const TlOauthTokens  *self,
                                                 guint                 seconds,
                                                 gint64                now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlOauthTokens, tl_oauth_tokens_unref)

G_END_DECLS
