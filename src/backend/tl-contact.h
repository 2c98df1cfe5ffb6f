/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-contacts.h"

G_BEGIN_DECLS

/**
 * TlContact:
 *
 * Somebody who was asked during discovery, as an item of list models.
 * Construct-only properties `kind` (TlContactKind) and `host` (string, A-labels).
 */
#define TL_TYPE_CONTACT (tl_contact_get_type ())
G_DECLARE_FINAL_TYPE (TlContact, tl_contact, TL, CONTACT, GObject)

TlContact     *tl_contact_new      (TlContactKind  kind,
                                    const char    *host) G_GNUC_WARN_UNUSED_RESULT;
TlContactKind  tl_contact_get_kind (TlContact     *self);
const char    *tl_contact_get_host (TlContact     *self);

G_END_DECLS
