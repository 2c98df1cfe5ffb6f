/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-records.h"

G_BEGIN_DECLS

TlRecord *tl_record_parse   (TlRecordType    type,
                             const guint8   *rdata,
                             gsize           len) G_GNUC_WARN_UNUSED_RESULT;
void      tl_record_free    (TlRecord       *self);
int       tl_record_compare (const TlRecord *a,
                             const TlRecord *b);
char     *tl_record_dup_reverse_name (const guint8 *address,
                                      gsize         len) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlRecord, tl_record_free)

G_END_DECLS
