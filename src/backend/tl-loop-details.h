/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-detail.h"
#include "tl-loop-report.h"

G_BEGIN_DECLS

/* How a message to oneself fared, put into words for a list. */
GPtrArray *tl_loop_details_list (TlLoopReport *report) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
