/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane-work.h"

G_BEGIN_DECLS

TlFault *tl_lane_second_look_explain_age_sync   (TlLaneWork     *work,
                                                 const TlFault  *fault,
                                                 TlDeadline      deadline,
                                                 GCancellable   *cancellable)
  G_GNUC_WARN_UNUSED_RESULT;
TlFault *tl_lane_second_look_explain_peer_sync  (TlLaneWork     *work,
                                                 const TlFault  *fault,
                                                 TlDeadline      deadline,
                                                 GCancellable   *cancellable)
  G_GNUC_WARN_UNUSED_RESULT;
TlFault *tl_lane_second_look_explain_stall_sync (TlLaneWork     *work,
                                                 const TlFault  *fault,
                                                 TlDeadline      deadline,
                                                 GCancellable   *cancellable)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
