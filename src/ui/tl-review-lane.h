/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-lane-kind.h"

G_BEGIN_DECLS

/**
 * TlReviewLane:
 *
 * One lane as it was tested: its stages, and what was seen.
 *
 * Properties: `lane` (TlLaneKind), `stages` (GListModel of TlStageRow), `evidence` (GListModel of
 * TlDetail).
 */
#define TL_TYPE_REVIEW_LANE (tl_review_lane_get_type ())
G_DECLARE_FINAL_TYPE (TlReviewLane, tl_review_lane, TL, REVIEW_LANE, GtkWidget)

G_END_DECLS
