/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane-work.h"

G_BEGIN_DECLS

/**
 * TlLaneStep:
 * @stage: which stage
 * @budget_offset: where in #TlLaneBudget its milliseconds are
 * @run_sync: does it; %FALSE with the fault or the error set ends the lane
 */
typedef struct
{
  TlStage    stage;
  gsize      budget_offset;
  gboolean (*run_sync) (TlLaneWork    *work,
                        TlDeadline     deadline,
                        GCancellable  *cancellable,
                        TlFault      **out_fault,
                        GError       **error);
} TlLaneStep;

const TlLaneStep *tl_lane_steps_for (TlSecurity  security,
                                     gsize      *out_n);

G_END_DECLS
