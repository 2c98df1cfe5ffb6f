/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-fault.h"
#include "tl-finding.h"

G_BEGIN_DECLS

TlFinding *tl_lane_diagnose (TlLaneKind  lane,
                             TlStage     stage,
                             TlFault    *fault) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
