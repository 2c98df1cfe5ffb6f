/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-facts.h"
#include "tl-report-verdict.h"

G_BEGIN_DECLS

GBytes *tl_report_html_write (TlReport               *report,
                              const TlBundleFacts    *facts,
                              const TlReportVerdict  *verdict) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
