/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-oauth-request.h"

G_BEGIN_DECLS

/**
 * TlOauthKeeper:
 *
 * Keeps one sign-in usable: hands out an access token that still lasts, and refreshes it when it
 * does not (RFC 6749 §6), once however many ask at the same time. A refresh token that the server
 * replaces (RFC 9700 §4.14.2) replaces the kept one at once. One #GMainContext.
 *
 * Signal: `rotated ()`: there is another refresh token than before, to be put into the keyring.
 */
#define TL_TYPE_OAUTH_KEEPER (tl_oauth_keeper_get_type ())
G_DECLARE_FINAL_TYPE (TlOauthKeeper, tl_oauth_keeper, TL, OAUTH_KEEPER, GObject)

TlOauthKeeper *tl_oauth_keeper_new            (const TlOauthRequest  *request,
                                               TlOauthTokens         *tokens)
                                               G_GNUC_WARN_UNUSED_RESULT;
TlOauthKeeper *tl_oauth_keeper_new_from_refresh (const TlOauthRequest *request,
                                               TlSecret              *refresh)
                                               G_GNUC_WARN_UNUSED_RESULT;
void           tl_oauth_keeper_get_async      (TlOauthKeeper         *self,
                                               guint                  seconds,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
TlSecret      *tl_oauth_keeper_get_finish     (TlOauthKeeper         *self,
                                               GAsyncResult          *result,
                                               TlFinding            **out_finding,
                                               GError               **error)
                                               G_GNUC_WARN_UNUSED_RESULT;
void           tl_oauth_keeper_spoil          (TlOauthKeeper         *self,
                                               TlSecret              *token);
TlOauthTokens *tl_oauth_keeper_get_tokens     (TlOauthKeeper         *self);
TlSecret      *tl_oauth_keeper_get_refresh    (TlOauthKeeper         *self);
void           tl_oauth_keeper_revoke_async   (TlOauthKeeper         *self,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
gboolean       tl_oauth_keeper_revoke_finish  (TlOauthKeeper         *self,
                                               GAsyncResult          *result,
                                               GError               **error);

G_END_DECLS
