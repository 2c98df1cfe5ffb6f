/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlWarmUpGroup:
 *
 * How a mailbox gets from its first day to its ceiling: a preset, its chart, and any day of it to
 * be changed.
 */
#define TL_TYPE_WARM_UP_GROUP (tl_warm_up_group_get_type ())
G_DECLARE_FINAL_TYPE (TlWarmUpGroup, tl_warm_up_group, TL, WARM_UP_GROUP, TlSetupWidget)

G_END_DECLS
