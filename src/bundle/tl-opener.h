/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-secret.h"

G_BEGIN_DECLS

/**
 * TlOpener:
 *
 * The private key that opens what was sealed for its certificate. Immutable, atomically counted.
 */
typedef struct _TlOpener TlOpener;

#define TL_TYPE_OPENER (tl_opener_get_type ())
GType       tl_opener_get_type        (void) G_GNUC_CONST;

TlOpener   *tl_opener_new             (GBytes          *bytes,
                                       const TlSecret  *passphrase,
                                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;
TlOpener   *tl_opener_ref             (TlOpener        *self);
void        tl_opener_unref           (TlOpener        *self);

const char *tl_opener_get_fingerprint (const TlOpener  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlOpener, tl_opener_unref)

G_END_DECLS
