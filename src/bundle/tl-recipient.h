/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TlRecipient:
 *
 * Whom passwords are sealed for: the certificate of a platform. Its key is RSA of 3072 bits or
 * more, or on P-256, P-384 or P-521; nothing weaker is taken. It vouches for nobody by itself:
 * whoever takes one has it from a policy that may grant, or has shown its fingerprint to a person
 * who said yes. Immutable, atomically counted.
 */
typedef struct _TlRecipient TlRecipient;

#define TL_TYPE_RECIPIENT (tl_recipient_get_type ())
GType        tl_recipient_get_type        (void) G_GNUC_CONST;

TlRecipient *tl_recipient_new_from_pem    (const char         *pem,
                                           gsize               len,
                                           gint64              now_s,
                                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;
TlRecipient *tl_recipient_ref             (TlRecipient        *self);
void         tl_recipient_unref           (TlRecipient        *self);

const char  *tl_recipient_get_fingerprint (const TlRecipient  *self);
const char  *tl_recipient_get_name        (const TlRecipient  *self);
gint64       tl_recipient_get_expires_s   (const TlRecipient  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlRecipient, tl_recipient_unref)

G_END_DECLS
