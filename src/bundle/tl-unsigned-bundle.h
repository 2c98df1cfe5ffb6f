/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-contents.h"

G_BEGIN_DECLS

/**
 * TlUnsignedBundle:
 *
 * A bundle but for its signature: for a key that is elsewhere, such as on a token or with a
 * release team. Its members are written as files, `bundle.json` is signed with stock tools, and
 * all of it is packed once the signature is there. Immutable, atomically counted.
 */
typedef struct _TlUnsignedBundle TlUnsignedBundle;

#define TL_TYPE_UNSIGNED_BUNDLE (tl_unsigned_bundle_get_type ())
GType             tl_unsigned_bundle_get_type   (void) G_GNUC_CONST;

TlUnsignedBundle *tl_unsigned_bundle_new        (const TlBundleContents  *contents,
                                                 const char              *certificate_pem,
                                                 GError                 **error)
                                                 G_GNUC_WARN_UNUSED_RESULT;
gboolean          tl_unsigned_bundle_can_seal   (const TlBundleContents  *contents,
                                                 GError                 **error);
TlUnsignedBundle *tl_unsigned_bundle_read       (GBytes                  *json,
                                                 GBytes                  *report,
                                                 GBytes                  *secrets,
                                                 GError                 **error)
                                                 G_GNUC_WARN_UNUSED_RESULT;
TlUnsignedBundle *tl_unsigned_bundle_ref        (TlUnsignedBundle        *self);
void              tl_unsigned_bundle_unref      (TlUnsignedBundle        *self);

/* `bundle.json`, `report.html` and, where there is one, `secrets.p7m`. */
const char * const *tl_unsigned_bundle_list_members (const TlUnsignedBundle *self);
GBytes           *tl_unsigned_bundle_get_member (const TlUnsignedBundle  *self,
                                                 const char              *name);
GBytes           *tl_unsigned_bundle_attach     (const TlUnsignedBundle  *self,
                                                 GBytes                  *signature,
                                                 GError                 **error)
                                                 G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlUnsignedBundle, tl_unsigned_bundle_unref)

G_END_DECLS
