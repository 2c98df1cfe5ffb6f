/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-document.h"
#include "tl-lane-settings.h"
#include "tl-rejection.h"

G_BEGIN_DECLS

/* libFuzzer's entry: one target, one file. */
int        LLVMFuzzerTestOneInput   (const guint8   *data,
                                     gsize           size);

TlAddress *tl_fuzz_get_address      (void);
void       tl_fuzz_check_document   (TlDocument     *document);
void       tl_fuzz_check_settings   (TlLaneSettings *settings,
                                     TlLaneKind      lane);
void       tl_fuzz_check_rejections (GPtrArray      *rejections,
                                     guint           max_n);

G_END_DECLS
