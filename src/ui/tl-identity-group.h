/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"
#include "tl-secret.h"

G_BEGIN_DECLS

/**
 * TlIdentityGroup:
 *
 * Who signs in on which lane, where that is not the mailbox itself on both: somebody for a shared
 * mailbox, a separate service for sending.
 *
 * Properties: `setup` (TlSetup); `identity` (TlIdentity, ro): of the set-up; `filled` (bool, ro):
 * the secret of the separate service was typed.
 */
#define TL_TYPE_IDENTITY_GROUP (tl_identity_group_get_type ())
G_DECLARE_FINAL_TYPE (TlIdentityGroup, tl_identity_group, TL, IDENTITY_GROUP, TlSetupWidget)

TlSecret *tl_identity_group_steal_secret (TlIdentityGroup *self) G_GNUC_WARN_UNUSED_RESULT;
void      tl_identity_group_clear        (TlIdentityGroup *self);

G_END_DECLS
