/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-oauth-request.h"
#include "tl-provider.h"

G_BEGIN_DECLS

/* How long an authorization server may take to say where its endpoints are. */
#define TL_SIGNIN_PREPARE_BUDGET_MS 15000

/**
 * TlSigninWish:
 * @issuer: the authorization server, as the provider table or discovery names it
 * @provider: (nullable): whose row of the table @issuer is from
 * @client: (nullable): as whom, where that is known
 * @scopes: (array zero-terminated=1): what for
 * @login_hint: (nullable): who is expected to sign in, an address
 * @network: the world
 * @contacts: (nullable): where it is noted whom this took
 *
 * What is known before anybody was asked. All of it stays the caller's.
 */
typedef struct
{
  const char         *issuer;
  TlProvider         *provider;
  TlOauthClient      *client;
  const char * const *scopes;
  const char         *login_hint;
  TlNetwork          *network;
  TlContacts         *contacts;
} TlSigninWish;

void            tl_signin_prepare_async  (const TlSigninWish   *wish,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
TlOauthRequest *tl_signin_prepare_finish (GAsyncResult         *result,
                                          TlFinding           **out_finding,
                                          GError              **error) G_GNUC_WARN_UNUSED_RESULT;
TlFinding      *tl_signin_explain_online (const GError         *error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
