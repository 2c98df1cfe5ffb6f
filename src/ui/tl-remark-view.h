/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-item-view.h"

G_BEGIN_DECLS

/**
 * TlRemarkView:
 *
 * A row: what a product can not take as it is. The item is a #TlTargetRemark.
 */
#define TL_TYPE_REMARK_VIEW (tl_remark_view_get_type ())
G_DECLARE_FINAL_TYPE (TlRemarkView, tl_remark_view, TL, REMARK_VIEW, TlItemView)

G_END_DECLS
