/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-view.h"

#include "tl-closures.h"
#include "tl-hand-over-words.h"

struct _TlTargetView
{
  TlItemView parent_instance;
};

G_DEFINE_FINAL_TYPE (TlTargetView, tl_target_view, TL_TYPE_ITEM_VIEW)

static void
tl_target_view_class_init (TlTargetViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-target-view.ui");
  tl_closures_bind (widget_class);
  tl_hand_over_words_bind (widget_class);
}

static void
tl_target_view_init (TlTargetView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
