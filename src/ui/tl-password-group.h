/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlPasswordGroup:
 *
 * How passwords travel: not at all, or encrypted for a certificate that a person has compared.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_PASSWORD_GROUP (tl_password_group_get_type ())
G_DECLARE_FINAL_TYPE (TlPasswordGroup, tl_password_group, TL, PASSWORD_GROUP, TlSetupWidget)

G_END_DECLS
