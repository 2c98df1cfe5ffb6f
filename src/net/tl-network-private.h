/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <openssl/ssl.h>

#include "tl-network.h"

G_BEGIN_DECLS

#define TL_NETWORK_PRACTICE_DOMAIN "practice.invalid"

SSL_CTX  *tl_network_get_ssl_ctx       (const TlNetwork *self);
SSL_CTX  *tl_network_get_probe_ssl_ctx (const TlNetwork *self);
int       tl_network_get_min_version   (const TlNetwork *self);
gboolean  tl_network_is_practice_host  (const char      *host);

G_END_DECLS
