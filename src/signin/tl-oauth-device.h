/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-oauth-request.h"

G_BEGIN_DECLS

/**
 * TlOauthDevice:
 *
 * One sign-in on another device (RFC 8628): a code is shown, and the token endpoint is asked at the
 * pace it wants until somebody has typed it. Runs once, on the #GMainContext it is run in.
 *
 * Properties (ro), set from `code-ready` on: `user-code` (string: as the server shows it, printable
 * ASCII), `verification-uri` (string: https, to be shown whole and never opened by the program),
 * `seconds-left` (uint: counts down).
 *
 * Signal: `code-ready ()`.
 */
#define TL_TYPE_OAUTH_DEVICE (tl_oauth_device_get_type ())
G_DECLARE_FINAL_TYPE (TlOauthDevice, tl_oauth_device, TL, OAUTH_DEVICE, GObject)

TlOauthDevice *tl_oauth_device_new        (const TlOauthRequest  *request)
                                           G_GNUC_WARN_UNUSED_RESULT;
void           tl_oauth_device_run_async  (TlOauthDevice         *self,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
TlOauthTokens *tl_oauth_device_run_finish (TlOauthDevice         *self,
                                           GAsyncResult          *result,
                                           TlFinding            **out_finding,
                                           GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
