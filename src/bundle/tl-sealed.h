/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-opener.h"
#include "tl-recipient.h"

G_BEGIN_DECLS

/* Two passwords and what binds them, with room for a long chain of key types. */
#define TL_SEALED_MAX_BYTES (16 * 1024)

GBytes   *tl_sealed_write   (const TlSecret  *content,
                             TlRecipient     *recipient,
                             GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  tl_sealed_check   (GBytes          *sealed,
                             GError         **error);
TlSecret *tl_sealed_open    (GBytes          *sealed,
                             TlOpener        *opener,
                             GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
