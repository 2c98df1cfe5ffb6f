/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane-steps.h"

G_BEGIN_DECLS

TlFault  *tl_lane_ports_explain_sync (TlLaneWork     *work,
                                      const TlFault  *fault,
                                      TlDeadline      deadline,
                                      GCancellable   *cancellable) G_GNUC_WARN_UNUSED_RESULT;
gboolean  tl_lane_ports_speaks_tls_sync (TlLaneWork     *work,
                                         TlDeadline      deadline,
                                         GCancellable   *cancellable);

G_END_DECLS
