/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-difference-view.h"

#include "tl-closures.h"
#include "tl-review-words.h"

struct _TlDifferenceView
{
  TlItemView parent_instance;
};

G_DEFINE_FINAL_TYPE (TlDifferenceView, tl_difference_view, TL_TYPE_ITEM_VIEW)

static void
tl_difference_view_class_init (TlDifferenceViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-difference-view.ui");
  tl_closures_bind (widget_class);
  tl_review_words_bind (widget_class);
}

static void
tl_difference_view_init (TlDifferenceView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
