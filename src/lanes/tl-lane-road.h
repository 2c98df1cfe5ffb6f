/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-finding.h"
#include "tl-lane-steps.h"
#include "tl-step.h"

G_BEGIN_DECLS

/**
 * TlLaneRoadNews:
 * @started: a stage has begun and may take so many milliseconds
 * @finished: a stage has ended
 * @user_data: passed to both
 *
 * Who is told how a lane gets on. Called on the lane's thread.
 */
typedef struct
{
  void     (*started)  (TlStage   stage,
                        guint     budget_ms,
                        gpointer  user_data);
  void     (*finished) (TlStep   *step,
                        gpointer  user_data);
  gpointer   user_data;
} TlLaneRoadNews;

gboolean tl_lane_road_run_sync           (TlLaneWork            *work,
                                          TlStage                last,
                                          const TlLaneRoadNews  *news,
                                          GCancellable          *cancellable,
                                          TlFinding            **out_deciding,
                                          GError               **error);
TlFault *tl_lane_road_add_circumstances  (TlLaneWork            *work,
                                          const TlFault         *fault,
                                          TlStage                stage,
                                          guint                  ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
