/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-records.h"

G_BEGIN_DECLS

TlRecords *tl_records_new_for (const char *forwarder,
                               const char *anchor_file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
