/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-records.h"

G_BEGIN_DECLS

/* A domain has many TXT records that prove something to somebody. */
#define TL_RECORD_SET_MAX_RECORDS 100

TlRecordSet *tl_record_set_new         (TlRecordsStatus    status,
                                        TlDnssec           dnssec,
                                        GPtrArray         *records) G_GNUC_WARN_UNUSED_RESULT;
TlRecordSet *tl_record_set_with_dnssec (const TlRecordSet *self,
                                        TlDnssec           dnssec) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
