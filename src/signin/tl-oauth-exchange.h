/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-oauth-refusal.h"
#include "tl-oauth-request.h"

G_BEGIN_DECLS

/* No answer of a token endpoint is waited for longer. */
#define TL_OAUTH_EXCHANGE_BUDGET_MS 15000

/* RFC 8628 §3.4 */
#define TL_OAUTH_DEVICE_CODE_GRANT "urn:ietf:params:oauth:grant-type:device_code"

/**
 * TlOauthGrant: what is exchanged for tokens
 * @TL_OAUTH_GRANT_CODE: an authorization code (RFC 6749 §4.1.3) with its PKCE verifier (RFC 7636
 *   §4.5)
 * @TL_OAUTH_GRANT_DEVICE_CODE: a device code (RFC 8628 §3.4)
 * @TL_OAUTH_GRANT_REFRESH_TOKEN: a refresh token (RFC 6749 §6)
 */
typedef enum
{
  TL_OAUTH_GRANT_CODE,
  TL_OAUTH_GRANT_DEVICE_CODE,
  TL_OAUTH_GRANT_REFRESH_TOKEN,
} TlOauthGrant;

/**
 * TlOauthProof:
 * @grant: which kind
 * @secret: the code or the token
 * @verifier: (nullable): the PKCE verifier of a %TL_OAUTH_GRANT_CODE
 * @redirect_uri: (nullable): of a %TL_OAUTH_GRANT_CODE, exactly as it was asked with
 * @nonce: (nullable): what the ID token has to name (OpenID Connect Core §3.1.3.7)
 */
typedef struct
{
  TlOauthGrant  grant;
  TlSecret     *secret;
  TlSecret     *verifier;
  const char   *redirect_uri;
  const char   *nonce;
} TlOauthProof;

void           tl_oauth_exchange_async  (const TlOauthRequest  *request,
                                         const TlOauthProof    *proof,
                                         GCancellable          *cancellable,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
TlOauthTokens *tl_oauth_exchange_finish (GAsyncResult          *result,
                                         TlOauthRefusal       **out_refusal,
                                         GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
