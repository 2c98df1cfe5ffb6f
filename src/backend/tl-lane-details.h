/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-detail.h"
#include "tl-lane-report.h"

G_BEGIN_DECLS

/* What a lane learnt beside its verdict, put into words for a list. */
GPtrArray *tl_lane_details_list (TlLaneReport *report) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
