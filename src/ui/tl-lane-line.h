/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlLaneLine:
 *
 * One of the two lines of the progress strip: a stop for each page, behind the
 * current one hollow until the lane was tested, solid when it is green, broken
 * where it failed.
 *
 * Properties: `lane` (TlLaneKind), `n-stops` (uint), `position` (uint, from 0),
 * `test-stop` (uint: the stop where the lane is tested), `verdict` (TlVerdict).
 */
#define TL_TYPE_LANE_LINE (tl_lane_line_get_type ())
G_DECLARE_FINAL_TYPE (TlLaneLine, tl_lane_line, TL, LANE_LINE, GtkWidget)

G_END_DECLS
