/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-detail.h"

G_BEGIN_DECLS

/**
 * TlDetailView:
 *
 * A row for something that was learnt.
 *
 * Property: `detail` (TlDetail).
 */
#define TL_TYPE_DETAIL_VIEW (tl_detail_view_get_type ())
G_DECLARE_FINAL_TYPE (TlDetailView, tl_detail_view, TL, DETAIL_VIEW, GtkWidget)

G_END_DECLS
