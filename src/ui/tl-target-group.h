/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlTargetGroup:
 *
 * Whom the set-up is for, what their product does with it, and the file or the fields for that.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_TARGET_GROUP (tl_target_group_get_type ())
G_DECLARE_FINAL_TYPE (TlTargetGroup, tl_target_group, TL, TARGET_GROUP, TlSetupWidget)

G_END_DECLS
