/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-lane-draft.h"

G_BEGIN_DECLS

/**
 * TlLaneCard:
 *
 * How one lane is reached: what was found, on whose word, and what a person
 * makes of it.
 *
 * Properties: `draft` (TlLaneDraft), `expanded` (bool: open for editing).
 */
#define TL_TYPE_LANE_CARD (tl_lane_card_get_type ())
G_DECLARE_FINAL_TYPE (TlLaneCard, tl_lane_card, TL, LANE_CARD, GtkWidget)

G_END_DECLS
