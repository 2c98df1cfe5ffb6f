/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-item-view.h"

G_BEGIN_DECLS

/**
 * TlRecordView:
 *
 * A record to publish, in parts to be copied. The item is a #TlRecordFix.
 */
#define TL_TYPE_RECORD_VIEW (tl_record_view_get_type ())
G_DECLARE_FINAL_TYPE (TlRecordView, tl_record_view, TL, RECORD_VIEW, TlItemView)

G_END_DECLS
