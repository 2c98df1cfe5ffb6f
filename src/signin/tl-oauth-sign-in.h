/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-oauth-request.h"

G_BEGIN_DECLS

/* How long a person gets in the browser, unless told otherwise. */
#define TL_OAUTH_SIGN_IN_PATIENCE_S 600

/**
 * TlOauthSignIn:
 *
 * One sign-in in the system's browser: the authorization code flow for native programs (RFC 8252),
 * with PKCE S256 (RFC 7636), a loopback redirect whose port is held before the URL is made, and
 * state, nonce and issuer (RFC 9207) bound to this one transaction. Runs once, on the
 * #GMainContext it is run in.
 *
 * Signal: `open-url (const char *url)`: to be opened in the system's browser, once; nothing but
 * the transaction's own code can make it succeed, but it is not for logs either.
 *
 * Properties (ro): `waiting` (bool: for the browser), `turned-away` (uint: requests to the redirect
 * that were not the answer).
 */
#define TL_TYPE_OAUTH_SIGN_IN (tl_oauth_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (TlOauthSignIn, tl_oauth_sign_in, TL, OAUTH_SIGN_IN, GObject)

TlOauthSignIn *tl_oauth_sign_in_new        (const TlOauthRequest  *request)
                                            G_GNUC_WARN_UNUSED_RESULT;
void           tl_oauth_sign_in_run_async  (TlOauthSignIn         *self,
                                            guint                  patience_s,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data);
TlOauthTokens *tl_oauth_sign_in_run_finish (TlOauthSignIn         *self,
                                            GAsyncResult          *result,
                                            TlFinding            **out_finding,
                                            GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
