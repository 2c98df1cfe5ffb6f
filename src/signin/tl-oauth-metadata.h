/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-deadline.h"
#include "tl-https.h"
#include "tl-oauth-server.h"

G_BEGIN_DECLS

/* What an issuer publishes about itself (RFC 8414, OpenID Connect Discovery). */
TlOauthServer *tl_oauth_metadata_parse        (const char           *bytes,
                                               gsize                 len,
                                               const char           *issuer,
                                               GError              **error)
                                               G_GNUC_WARN_UNUSED_RESULT;
char         **tl_oauth_metadata_dup_urls     (const char           *issuer)
                                               G_GNUC_WARN_UNUSED_RESULT;
void           tl_oauth_metadata_fetch_async  (TlHttps              *https,
                                               const char           *issuer,
                                               TlDeadline            deadline,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
TlOauthServer *tl_oauth_metadata_fetch_finish (GAsyncResult         *result,
                                               GError              **error)
                                               G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
