/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-discovery-report.h"
#include "tl-note.h"

G_BEGIN_DECLS

/* What discovery says beside the proposal and its findings, in words for people. */
void tl_discovery_text_print         (TlDiscoveryReport *report,
                                      GListModel        *prerequisites);
void tl_discovery_text_print_details (TlDiscoveryReport *report);
void tl_discovery_text_print_summary (TlDiscoveryReport *report);

G_END_DECLS
