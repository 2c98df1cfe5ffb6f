/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlLaneStrip:
 *
 * The wizard's progress: two parallel lines, a stop on both for each page.
 *
 * Properties: `setup` (TlSetup), `n-stops` (uint), `position` (uint, from 0),
 * `test-stop` (uint), `stop-title` (string: the current stop in words).
 */
#define TL_TYPE_LANE_STRIP (tl_lane_strip_get_type ())
G_DECLARE_FINAL_TYPE (TlLaneStrip, tl_lane_strip, TL, LANE_STRIP, GtkWidget)

G_END_DECLS
