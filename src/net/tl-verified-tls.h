/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "tl-tls-info.h"

G_BEGIN_DECLS

/**
 * TlVerifiedTls:
 *
 * The proof that one connection is under TLS and that its peer's chain and
 * name were verified. Only tl_channel_handshake_sync() makes one, and only
 * after both held; whatever writes a secret asks for it. It belongs to that
 * connection: the line stream refuses the proof of another. Atomically counted.
 */
typedef struct _TlVerifiedTls TlVerifiedTls;

#define TL_TYPE_VERIFIED_TLS (tl_verified_tls_get_type ())
GType          tl_verified_tls_get_type (void) G_GNUC_CONST;

TlVerifiedTls *tl_verified_tls_ref      (TlVerifiedTls        *self);
void           tl_verified_tls_unref    (TlVerifiedTls        *self);
TlTlsInfo     *tl_verified_tls_get_info (const TlVerifiedTls  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlVerifiedTls, tl_verified_tls_unref)

G_END_DECLS
