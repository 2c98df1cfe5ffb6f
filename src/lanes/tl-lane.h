/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-lane-ports.h"
#include "tl-lane-report.h"
#include "tl-network.h"
#include "tl-secret.h"
#include "tl-transcript.h"

G_BEGIN_DECLS

/**
 * TlLaneBudget:
 *
 * The most each stage may take, in milliseconds, and the lane as a whole. A
 * value passed in by whoever makes the lane: unit tests pass short ones, the
 * programs have no way to.
 */
typedef struct
{
  guint resolve_ms;
  guint connect_ms;
  guint tls_ms;
  guint greet_ms;
  guint upgrade_ms;
  guint caps_ms;
  guint auth_ms;
  guint use_ms;
  guint total_ms;
} TlLaneBudget;

extern const TlLaneBudget TL_LANE_BUDGET_DEFAULT;

/**
 * TlLane:
 *
 * One lane being tested: settings in, steps as they happen, a report at the
 * end. The conversation runs on a named thread of its own (`tl-lane-in`,
 * `tl-lane-out`); signals and the callback come on the #GMainContext that was
 * the thread default when tl_lane_run_async() was called, steps always before
 * the result. A lane runs once.
 *
 * Signals: `step-started (TlStage stage, guint budget_ms)`,
 * `step-finished (TlStep *step)`.
 */
#define TL_TYPE_LANE (tl_lane_get_type ())
G_DECLARE_FINAL_TYPE (TlLane, tl_lane, TL, LANE, GObject)

TlLane       *tl_lane_new            (TlLaneKind            kind,
                                      TlLaneSettings       *settings,
                                      TlAddress            *address,
                                      TlSecret             *secret,
                                      TlNetwork            *network,
                                      const TlLaneBudget   *budget) G_GNUC_WARN_UNUSED_RESULT;
TlLane       *tl_lane_new_with_ports (TlLaneKind          kind,
                                      TlLaneSettings       *settings,
                                      TlAddress            *address,
                                      TlSecret             *secret,
                                      TlNetwork            *network,
                                      const TlLaneBudget   *budget,
                                      const TlLanePorts    *ports) G_GNUC_WARN_UNUSED_RESULT;
void          tl_lane_run_async      (TlLane               *self,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
TlLaneReport *tl_lane_run_finish     (TlLane               *self,
                                      GAsyncResult         *result,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;
TlTranscript *tl_lane_get_transcript (TlLane               *self);

G_END_DECLS
