/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-report.h"

G_BEGIN_DECLS

void tl_report_lanes_add_settings (GString   *out,
                                   TlReport  *report);
void tl_report_lanes_add_tests    (GString   *out,
                                   TlReport  *report);

G_END_DECLS
