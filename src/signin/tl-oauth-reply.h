/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-oauth-refusal.h"
#include "tl-oauth-request.h"

G_BEGIN_DECLS

/* No lifetime is longer: about three years. */
#define TL_OAUTH_REPLY_MAX_EXPIRES_S 100000000

TlOauthTokens *tl_oauth_reply_read (const TlHttpsPostAnswer  *answer,
                                    const TlOauthRequest     *request,
                                    const TlOauthAsked       *asked,
                                    const char               *nonce,
                                    gint64                    asked_at_us,
                                    TlOauthRefusal          **out_refusal)
                                    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
