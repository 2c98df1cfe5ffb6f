/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-stage.h"
#include "tl-step.h"

G_BEGIN_DECLS

/**
 * TlStageRow:
 *
 * One stage of a lane while it is watched; an item of list models.
 *
 * Properties, all read-only for whoever watches: `stage` (TlStage), `label`
 * (string), `status` (TlStatus), `ms` (uint: how long it took), `began-ms`
 * (uint: since the lane started), `left-s` (uint: whole seconds left before it
 * counts as failed, while running; counts down by itself once a second).
 */
#define TL_TYPE_STAGE_ROW (tl_stage_row_get_type ())
G_DECLARE_FINAL_TYPE (TlStageRow, tl_stage_row, TL, STAGE_ROW, GObject)

TlStageRow *tl_stage_row_new        (TlStage      stage) G_GNUC_WARN_UNUSED_RESULT;
TlStage     tl_stage_row_get_stage  (TlStageRow  *self);
TlStatus    tl_stage_row_get_status (TlStageRow  *self);
guint       tl_stage_row_get_ms     (TlStageRow  *self);
void        tl_stage_row_start      (TlStageRow  *self,
                                     guint        budget_ms);
void        tl_stage_row_finish     (TlStageRow  *self,
                                     TlStep      *step);
void        tl_stage_row_rest       (TlStageRow  *self);

G_END_DECLS
