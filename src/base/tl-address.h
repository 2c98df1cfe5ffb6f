/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlAddress:
 *
 * A mailbox address as its owner writes it: `local-part@domain`. Immutable,
 * atomically counted. The domain is kept in its A-label form (RFC 5890) for
 * the wire and in its U-label form for people; the local part is kept exactly
 * as typed (RFC 5321 §2.4: only its own host may interpret it).
 */
typedef struct _TlAddress TlAddress;

#define TL_TYPE_ADDRESS (tl_address_get_type ())
GType       tl_address_get_type           (void) G_GNUC_CONST;

TlAddress  *tl_address_parse              (const char       *typed,
                                           GError          **error) G_GNUC_WARN_UNUSED_RESULT;
TlAddress  *tl_address_ref                (TlAddress        *self);
void        tl_address_unref              (TlAddress        *self);

const char *tl_address_get_local_part     (const TlAddress  *self);
const char *tl_address_get_domain         (const TlAddress  *self);
const char *tl_address_get_display_domain (const TlAddress  *self);
const char *tl_address_get_addr_spec      (const TlAddress  *self);

gboolean    tl_address_equal              (const TlAddress  *a,
                                           const TlAddress  *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlAddress, tl_address_unref)

G_END_DECLS
