/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-lane-kind.h"
#include "tl-lane-settings.h"

G_BEGIN_DECLS

#define TL_AUTOCONFIG_MAX_BYTES    (256 * 1024)
#define TL_AUTOCONFIG_MAX_DEPTH    16
#define TL_AUTOCONFIG_MAX_ELEMENTS 4000
#define TL_AUTOCONFIG_MAX_SERVERS  8

/**
 * TlAutoconfig:
 *
 * What an autoconfig document (draft-ietf-mailmaint-autoconfig) says about one
 * address, as far as it can be used: IMAP and submission servers over TLS, in
 * the document's order, at most `TL_AUTOCONFIG_MAX_SERVERS` a lane. Immutable,
 * atomically counted.
 */
typedef struct _TlAutoconfig TlAutoconfig;

#define TL_TYPE_AUTOCONFIG (tl_autoconfig_get_type ())
GType           tl_autoconfig_get_type     (void) G_GNUC_CONST;

TlAutoconfig   *tl_autoconfig_parse        (const char          *bytes,
                                            gsize                len,
                                            TlAddress           *address,
                                            GError             **error) G_GNUC_WARN_UNUSED_RESULT;
TlAutoconfig   *tl_autoconfig_ref          (TlAutoconfig        *self);
void            tl_autoconfig_unref        (TlAutoconfig        *self);

guint           tl_autoconfig_get_n        (const TlAutoconfig  *self,
                                            TlLaneKind           lane);
TlLaneSettings *tl_autoconfig_get          (const TlAutoconfig  *self,
                                            TlLaneKind           lane,
                                            guint                index);
gboolean        tl_autoconfig_has_pop3     (const TlAutoconfig  *self);
guint           tl_autoconfig_get_n_plain  (const TlAutoconfig  *self);
guint           tl_autoconfig_get_n_broken (const TlAutoconfig  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlAutoconfig, tl_autoconfig_unref)

G_END_DECLS
