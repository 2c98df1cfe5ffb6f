/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-knock.h"

G_BEGIN_DECLS

#define TL_LANE_ELSEWHERE_MAX 3

gsize    tl_lane_elsewhere_list                    (const TlLaneWork  *work,
                                                    TlKnock           *out_knocks);
char    *tl_lane_elsewhere_dup_best                (const TlLaneWork  *work,
                                                    const TlKnock     *knocks,
                                                    gsize              n_knocks)
  G_GNUC_WARN_UNUSED_RESULT;

TlFault *tl_lane_elsewhere_explain_silence_sync    (TlLaneWork        *work,
                                                    const TlFault     *fault,
                                                    TlDeadline         deadline,
                                                    GCancellable      *cancellable)
  G_GNUC_WARN_UNUSED_RESULT;
TlFault *tl_lane_elsewhere_explain_tls_sync        (TlLaneWork        *work,
                                                    const TlFault     *fault,
                                                    TlDeadline         deadline,
                                                    GCancellable      *cancellable)
  G_GNUC_WARN_UNUSED_RESULT;
TlFault *tl_lane_elsewhere_explain_service_sync    (TlLaneWork        *work,
                                                    const TlFault     *fault,
                                                    TlDeadline         deadline,
                                                    GCancellable      *cancellable)
  G_GNUC_WARN_UNUSED_RESULT;
TlFault *tl_lane_elsewhere_explain_no_upgrade_sync (TlLaneWork        *work,
                                                    const TlFault     *fault,
                                                    TlDeadline         deadline,
                                                    GCancellable      *cancellable)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
