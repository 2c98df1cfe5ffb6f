/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TlNetwork:
 *
 * The world a connection is made in: how names become addresses, whether
 * proxies are asked for, and which certificate authorities are trusted. There
 * are two: the real one, and the practice mailbox on loopback. Immutable,
 * atomically counted; the trust store is loaded once for the whole process.
 *
 * In the practice network only names under `practice.invalid` exist, they are
 * all loopback, nothing is asked of DNS or a proxy, and its certificate
 * authority counts only for a peer whose address is loopback *and* whose name
 * is under `practice.invalid`. There is no way to mix the two.
 *
 * Either may ask for a newer TLS than the 1.2 that is always asked for; that
 * counts for every connection that is verified, and for none that only looks.
 */
typedef struct _TlNetwork TlNetwork;

#define TL_TYPE_NETWORK (tl_network_get_type ())
GType      tl_network_get_type     (void) G_GNUC_CONST;

TlNetwork *tl_network_new_system   (void) G_GNUC_WARN_UNUSED_RESULT;
TlNetwork *tl_network_new_practice (const char       *ca_pem,
                                    GError          **error) G_GNUC_WARN_UNUSED_RESULT;
TlNetwork *tl_network_with_min_tls (TlNetwork        *self,
                                    const char       *version) G_GNUC_WARN_UNUSED_RESULT;
TlNetwork *tl_network_ref          (TlNetwork        *self);
void       tl_network_unref        (TlNetwork        *self);

gboolean   tl_network_is_practice  (const TlNetwork  *self);
const char *tl_network_get_min_tls (const TlNetwork  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlNetwork, tl_network_unref)

G_END_DECLS
