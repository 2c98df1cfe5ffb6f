/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-records.h"
#include "tl-source-reply.h"

G_BEGIN_DECLS

TlSourceStatus  tl_source_status_from_records (TlRecordsStatus  status);
TlRecordSet    *tl_source_records_finish      (TlRecords       *records,
                                               GAsyncResult    *result,
                                               const char      *source,
                                               TlSourceReply  **out_reply)
                                               G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
