/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlPolicyGroup:
 *
 * Whose rules hold here, with a way to read them; or that they cannot be read.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_POLICY_GROUP (tl_policy_group_get_type ())
G_DECLARE_FINAL_TYPE (TlPolicyGroup, tl_policy_group, TL, POLICY_GROUP, TlSetupWidget)

G_END_DECLS
