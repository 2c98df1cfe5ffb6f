/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-oauth-request.h"

G_BEGIN_DECLS

/* What a token is, as RFC 7009 §2.1 has it. */
#define TL_OAUTH_REVOCATION_REFRESH "refresh_token"
#define TL_OAUTH_REVOCATION_ACCESS  "access_token"

/* Gives one token back (RFC 7009). */
void     tl_oauth_revocation_async  (const TlOauthRequest  *request,
                                     TlSecret              *token,
                                     const char            *hint,
                                     GCancellable          *cancellable,
                                     GAsyncReadyCallback    callback,
                                     gpointer               user_data);
gboolean tl_oauth_revocation_finish (GAsyncResult          *result,
                                     GError               **error);

G_END_DECLS
