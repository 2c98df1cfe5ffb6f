/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-secret.h"

G_BEGIN_DECLS

/* What stands in place of a server's words when some form of a secret is in them. */
#define TL_SECRET_ECHO_LEFT_OUT "the server repeated the secret; its words are left out"

/* Text of a server that may repeat what it was sent, in whatever form. */
gboolean tl_secret_echo_is_in       (const TlSecret   *secret,
                                     const char       *text);
char    *tl_secret_echo_dup_without (TlSecret * const *secrets,
                                     gsize             n_secrets,
                                     const char       *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
