/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-discovery-report.h"

G_BEGIN_DECLS

void tl_discovery_text_print (TlDiscoveryReport *report);

G_END_DECLS
