/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-records.h"

G_BEGIN_DECLS

GPtrArray *tl_exchangers_list   (TlRecordSet     *records) G_GNUC_WARN_UNUSED_RESULT;
int        tl_exchanger_compare (gconstpointer    a,
                                 gconstpointer    b);
char      *tl_exchanger_dup_hop (const TlRecord  *exchanger,
                                 const char      *domain) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
