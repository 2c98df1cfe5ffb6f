/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-target-remark.h"

G_BEGIN_DECLS

TlTargetRemark *tl_target_remark_new (TlSeverity  severity,
                                      TlLaneKind  lane,
                                      const char *code,
                                      const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
