/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-report.h"

G_BEGIN_DECLS

void tl_report_evidence_add (GString   *out,
                             TlReport  *report);

G_END_DECLS
