/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-report.h"

G_BEGIN_DECLS

void tl_report_folders_add (GString          *out,
                            TlMailboxReport  *mailbox);

G_END_DECLS
