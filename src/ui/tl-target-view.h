/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-item-view.h"

G_BEGIN_DECLS

/**
 * TlTargetView:
 *
 * A row: one form in which a product takes a mailbox. The item is a #TlTarget.
 */
#define TL_TYPE_TARGET_VIEW (tl_target_view_get_type ())
G_DECLARE_FINAL_TYPE (TlTargetView, tl_target_view, TL, TARGET_VIEW, TlItemView)

G_END_DECLS
