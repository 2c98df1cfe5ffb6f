/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TlItemView:
 *
 * What shows an item of a list. The children of its template are stacked in a box; the template
 * goes when the widget does.
 *
 * Properties: `item` (GObject or NULL), whose own properties the template looks up.
 */
#define TL_TYPE_ITEM_VIEW (tl_item_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlItemView, tl_item_view, TL, ITEM_VIEW, GtkWidget)

struct _TlItemViewClass
{
  GtkWidgetClass parent_class;
};

gpointer tl_item_view_get_item (TlItemView *self);

G_END_DECLS
