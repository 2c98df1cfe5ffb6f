/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane-work.h"

G_BEGIN_DECLS

TlDeadline  tl_lane_explain_get_patience (const TlLaneWork  *work,
                                          TlStage            stage,
                                          guint              budget_ms,
                                          TlDeadline         deadline);
TlFault    *tl_lane_explain_sync         (TlLaneWork        *work,
                                          TlStage            stage,
                                          const TlFault     *fault,
                                          guint              budget_ms,
                                          TlDeadline         deadline,
                                          GCancellable      *cancellable)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
