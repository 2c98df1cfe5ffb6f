/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-lane-report.h"
#include "tl-network.h"
#include "tl-secret.h"

G_BEGIN_DECLS

/**
 * TlLaneRun:
 *
 * One lane being watched, over as many tests as are made of it.
 *
 * Properties, read-only: `lane` (TlLaneKind), `running` (bool), `stages`
 * (GListModel of TlStageRow; there from the start, all not-tested), `verdict`
 * (TlVerdict), `primary` (TlFinding or NULL), `findings` (GListModel of
 * TlFinding), `endpoint-text` (string, `host:port`), `total-ms` (uint),
 * `transcript-text` (string: what was said, secrets left out).
 */
#define TL_TYPE_LANE_RUN (tl_lane_run_get_type ())
G_DECLARE_FINAL_TYPE (TlLaneRun, tl_lane_run, TL, LANE_RUN, GObject)

TlLaneRun    *tl_lane_run_new          (TlLaneKind            lane) G_GNUC_WARN_UNUSED_RESULT;
TlLaneKind    tl_lane_run_get_lane     (TlLaneRun            *self);
gboolean      tl_lane_run_is_running   (TlLaneRun            *self);
TlVerdict     tl_lane_run_get_verdict  (TlLaneRun            *self);
TlLaneReport *tl_lane_run_get_report   (TlLaneRun            *self);
GListModel   *tl_lane_run_get_stages   (TlLaneRun            *self);
GListModel   *tl_lane_run_get_findings (TlLaneRun            *self);
void          tl_lane_run_clear        (TlLaneRun            *self);
void          tl_lane_run_show         (TlLaneRun            *self,
                                        TlLaneReport         *report);
void          tl_lane_run_miss         (TlLaneRun            *self,
                                        TlFinding            *finding);
void          tl_lane_run_test_async   (TlLaneRun            *self,
                                        TlLaneSettings       *settings,
                                        TlAddress            *address,
                                        TlSecret             *secret,
                                        TlNetwork            *network,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean      tl_lane_run_test_finish  (TlLaneRun            *self,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
