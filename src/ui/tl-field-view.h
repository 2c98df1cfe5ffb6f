/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-item-view.h"

G_BEGIN_DECLS

/**
 * TlFieldView:
 *
 * A row: a field of a form, what to put there, and a button that copies it. The item is a
 * #TlDetail; one without a value has nothing to copy.
 */
#define TL_TYPE_FIELD_VIEW (tl_field_view_get_type ())
G_DECLARE_FINAL_TYPE (TlFieldView, tl_field_view, TL, FIELD_VIEW, TlItemView)

G_END_DECLS
