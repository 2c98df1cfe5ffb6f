/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-oauth-client.h"

G_BEGIN_DECLS

/**
 * TlSigninKeep:
 * @issuer: the authorization server, as the provider table or discovery names it
 * @client_id: as whom the sign-in was
 * @tenant: (nullable): of which organisation
 * @client_secret: (nullable): where that server wants one
 * @scopes: (array zero-terminated=1): what was asked for
 * @refresh: (nullable): the refresh token; %NULL in what is kept of a registration
 *
 * What of a sign-in goes into the keyring, so that it can be used and taken back with nobody
 * asked where that is done.
 */
typedef struct
{
  char      *issuer;
  char      *client_id;
  char      *tenant;
  TlSecret  *client_secret;
  char     **scopes;
  TlSecret  *refresh;
} TlSigninKeep;

TlSigninKeep *tl_signin_keep_new    (TlOauthClient      *client,
                                     const char * const *scopes,
                                     TlSecret           *refresh) G_GNUC_WARN_UNUSED_RESULT;
void          tl_signin_keep_free   (TlSigninKeep       *self);
TlSecret     *tl_signin_keep_encode (const TlSigninKeep *self) G_GNUC_WARN_UNUSED_RESULT;
TlSigninKeep *tl_signin_keep_decode (const TlSecret     *secret,
                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
TlOauthClient *tl_signin_keep_dup_client (const TlSigninKeep *self,
                                     TlClientOrigin      origin) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSigninKeep, tl_signin_keep_free)

G_END_DECLS
