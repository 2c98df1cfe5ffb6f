/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlVolumeGroup:
 *
 * How much is to be sent, and what is advised: by what, why, and how many a day at the most.
 */
#define TL_TYPE_VOLUME_GROUP (tl_volume_group_get_type ())
G_DECLARE_FINAL_TYPE (TlVolumeGroup, tl_volume_group, TL, VOLUME_GROUP, TlSetupWidget)

G_END_DECLS
