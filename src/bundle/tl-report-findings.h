/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-report.h"

G_BEGIN_DECLS

void tl_report_findings_add            (GString   *out,
                                        TlReport  *report);
void tl_report_findings_add_list       (GString   *out,
                                        GPtrArray *findings);
void tl_report_findings_add_not_proven (GString   *out,
                                        TlReport  *report);

G_END_DECLS
