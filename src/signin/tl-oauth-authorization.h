/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-oauth-request.h"

G_BEGIN_DECLS

/**
 * TlOauthAuthorization:
 * @state: what the answer has to name
 * @verifier: the PKCE verifier (RFC 7636 §4.1), of which the challenge goes out
 * @nonce: (nullable): what the ID token has to name; %NULL where there will be none
 *
 * What binds an authorization request to its one transaction, and nobody can guess.
 */
typedef struct
{
  TlSecret *state;
  TlSecret *verifier;
  TlSecret *nonce;
} TlOauthAuthorization;

TlOauthAuthorization *tl_oauth_authorization_new     (gboolean                    with_nonce,
                                                      GError                    **error)
                                                      G_GNUC_WARN_UNUSED_RESULT;
void                  tl_oauth_authorization_free    (TlOauthAuthorization       *self);
char                 *tl_oauth_authorization_dup_url (const TlOauthAuthorization *self,
                                                      const TlOauthRequest       *request,
                                                      const char                 *redirect_uri)
                                                      G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlOauthAuthorization, tl_oauth_authorization_free)

G_END_DECLS
