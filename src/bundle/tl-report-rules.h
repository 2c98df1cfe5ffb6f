/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-policy-record.h"

G_BEGIN_DECLS

void tl_report_rules_add (GString         *out,
                          TlPolicyRecord  *record);

G_END_DECLS
