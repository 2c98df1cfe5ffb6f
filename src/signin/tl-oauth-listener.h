/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-oauth-redirect.h"

G_BEGIN_DECLS

/* How many visitors at a time. */
#define TL_OAUTH_LISTENER_MAX_VISITS 16

/**
 * TlOauthListener:
 *
 * Where the browser brings the answer of one sign-in (RFC 8252 §7.3): a port of the loopback
 * address that is held from before its number is told until the last reference goes, and takes one
 * answer. Whoever comes without the state is turned away, and the wait goes on. One #GMainContext.
 *
 * Properties (ro): `turned-away` (uint: requests that were not the answer), `settled` (bool: the
 * browser has been shown that it is over).
 */
#define TL_TYPE_OAUTH_LISTENER (tl_oauth_listener_get_type ())
G_DECLARE_FINAL_TYPE (TlOauthListener, tl_oauth_listener, TL, OAUTH_LISTENER, GObject)

TlOauthListener *tl_oauth_listener_new              (const char           *state,
                                                     const char           *path,
                                                     GError              **error)
                                                     G_GNUC_WARN_UNUSED_RESULT;
const char      *tl_oauth_listener_get_redirect_uri (TlOauthListener      *self);
guint            tl_oauth_listener_get_turned_away  (TlOauthListener      *self);
gboolean         tl_oauth_listener_get_settled      (TlOauthListener      *self);
void             tl_oauth_listener_wait_async       (TlOauthListener      *self,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
TlOauthRedirect *tl_oauth_listener_wait_finish      (TlOauthListener      *self,
                                                     GAsyncResult         *result,
                                                     GError              **error)
                                                     G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
