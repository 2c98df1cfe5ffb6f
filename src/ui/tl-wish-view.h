/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-item-view.h"

G_BEGIN_DECLS

/**
 * TlWishView:
 *
 * A row: a folder that could be made, or is there. The item is a #TlFolderWish.
 */
#define TL_TYPE_WISH_VIEW (tl_wish_view_get_type ())
G_DECLARE_FINAL_TYPE (TlWishView, tl_wish_view, TL, WISH_VIEW, TlItemView)

G_END_DECLS
