/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <openssl/ssl.h>

G_BEGIN_DECLS

gboolean tl_staple_says_revoked (SSL *ssl);

G_END_DECLS
