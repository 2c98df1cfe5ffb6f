/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-remark-view.h"

#include "tl-closures.h"
#include "tl-hand-over-words.h"

struct _TlRemarkView
{
  TlItemView parent_instance;
};

G_DEFINE_FINAL_TYPE (TlRemarkView, tl_remark_view, TL_TYPE_ITEM_VIEW)

static void
tl_remark_view_class_init (TlRemarkViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-remark-view.ui");
  tl_closures_bind (widget_class);
  tl_hand_over_words_bind (widget_class);
}

static void
tl_remark_view_init (TlRemarkView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
