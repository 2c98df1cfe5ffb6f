/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-lane-run.h"

G_BEGIN_DECLS

#define TL_TIME_AXIS_MIN_MS 100

/**
 * TlTimeAxis:
 *
 * Where the time went: a bar for each stage of both lanes, on one scale, so
 * that a slow stage is seen and not read.
 *
 * Properties: `incoming`, `outgoing` (TlLaneRun).
 */
#define TL_TYPE_TIME_AXIS (tl_time_axis_get_type ())
G_DECLARE_FINAL_TYPE (TlTimeAxis, tl_time_axis, TL, TIME_AXIS, GtkWidget)

guint tl_time_axis_get_scale_ms (guint total_ms);

G_END_DECLS
