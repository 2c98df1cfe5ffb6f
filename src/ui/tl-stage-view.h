/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-stage-row.h"

G_BEGIN_DECLS

/**
 * TlStageView:
 *
 * One stage of a lane: how it went, how long it took, and the finding that
 * decided the lane when it happened here.
 *
 * Properties: `row` (TlStageRow), `lane` (TlLaneKind), `run` (TlLaneRun or NULL: whose stage it is,
 * where that is watched).
 */
#define TL_TYPE_STAGE_VIEW (tl_stage_view_get_type ())
G_DECLARE_FINAL_TYPE (TlStageView, tl_stage_view, TL, STAGE_VIEW, GtkWidget)

G_END_DECLS
