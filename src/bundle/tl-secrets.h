/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-facts.h"
#include "tl-secret.h"

G_BEGIN_DECLS

/* Two of them, every byte escaped, with what stands around them, fit into what is sealed. */
#define TL_SECRETS_MAX_PASSWORD_BYTES 1024

gboolean  tl_secrets_can_hold (const TlSecret       *password);
TlSecret *tl_secrets_write (const TlBundleFacts  *facts,
                            const char           *settings_hash,
                            const TlSecret       *incoming,
                            const TlSecret       *outgoing,
                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  tl_secrets_read  (const TlSecret       *content,
                            const TlBundleFacts  *facts,
                            const char           *settings_hash,
                            TlSecret            **out_incoming,
                            TlSecret            **out_outgoing,
                            GError              **error);

G_END_DECLS
