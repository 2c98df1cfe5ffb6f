/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-oauth-server.h"
#include "tl-secret.h"

G_BEGIN_DECLS

char **tl_oauth_id_token_read (const TlSecret       *token,
                               const TlOauthServer  *server,
                               const char           *client_id,
                               const char           *nonce,
                               GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
