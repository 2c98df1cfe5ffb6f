/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-contacts.h"
#include "tl-finding.h"
#include "tl-network.h"
#include "tl-oauth-client.h"
#include "tl-oauth-server.h"
#include "tl-oauth-tokens.h"

G_BEGIN_DECLS

/**
 * TlOauthRequest:
 * @server: the authorization server
 * @client: as whom
 * @scopes: what for, without `openid`
 * @login_hint: (nullable): who is expected to sign in, an address
 * @network: the world
 * @contacts: (nullable): where it is noted whom this took
 *
 * What every way of signing in at an authorization server needs: browser, device, refresh,
 * revocation. A borrowed view; who keeps one copies it with tl_oauth_request_copy().
 */
typedef struct
{
  TlOauthServer      *server;
  TlOauthClient      *client;
  const char * const *scopes;
  const char         *login_hint;
  TlNetwork          *network;
  TlContacts         *contacts;
} TlOauthRequest;

TlOauthRequest *tl_oauth_request_copy              (const TlOauthRequest *self)
                                                    G_GNUC_WARN_UNUSED_RESULT;
void            tl_oauth_request_free              (TlOauthRequest       *self);
char           *tl_oauth_request_dup_redirect_path (const TlOauthRequest *self)
                                                    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlOauthRequest, tl_oauth_request_free)

G_END_DECLS
