/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlKeyringGroup:
 *
 * Whether the keyring is to remember what signs in; what is left to do where that was forgotten.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_KEYRING_GROUP (tl_keyring_group_get_type ())
G_DECLARE_FINAL_TYPE (TlKeyringGroup, tl_keyring_group, TL, KEYRING_GROUP, TlSetupWidget)

G_END_DECLS
