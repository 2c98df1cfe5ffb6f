/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-lane-run.h"

G_BEGIN_DECLS

/**
 * TlLaneColumn:
 *
 * One lane as it is tested: its stages, live, in place what was found, and what
 * else was learnt.
 *
 * Property: `run` (TlLaneRun).
 */
#define TL_TYPE_LANE_COLUMN (tl_lane_column_get_type ())
G_DECLARE_FINAL_TYPE (TlLaneColumn, tl_lane_column, TL, LANE_COLUMN, GtkWidget)

void tl_lane_column_take_focus (TlLaneColumn *self);

G_END_DECLS
