/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-item-view.h"

G_BEGIN_DECLS

/**
 * TlDifferenceView:
 *
 * A row: what two bundles do not have alike. The item is a #TlDifference.
 */
#define TL_TYPE_DIFFERENCE_VIEW (tl_difference_view_get_type ())
G_DECLARE_FINAL_TYPE (TlDifferenceView, tl_difference_view, TL, DIFFERENCE_VIEW, TlItemView)

G_END_DECLS
