/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-wish-view.h"

#include "tl-closures.h"
#include "tl-readiness-words.h"

struct _TlWishView
{
  TlItemView      parent_instance;

  /* Owned */
  GBindingGroup  *wish;

  /* Template children, borrowed */
  GtkCheckButton *wanted_check;
};

G_DEFINE_FINAL_TYPE (TlWishView, tl_wish_view, TL_TYPE_ITEM_VIEW)

static void
on_item_changed (TlWishView *self)
{
  g_binding_group_set_source (self->wish, tl_item_view_get_item (TL_ITEM_VIEW (self)));
}

/* The words belong to the check, as on any row. */
static void
on_words_pressed (TlWishView *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->wanted_check)))
    gtk_widget_activate (GTK_WIDGET (self->wanted_check));
}

static void
tl_wish_view_dispose (GObject *object)
{
  g_clear_object (&TL_WISH_VIEW (object)->wish);

  G_OBJECT_CLASS (tl_wish_view_parent_class)->dispose (object);
}

static void
tl_wish_view_class_init (TlWishViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_wish_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-wish-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TlWishView, wanted_check);
  gtk_widget_class_bind_template_callback (widget_class, on_words_pressed);
  tl_closures_bind (widget_class);
  tl_readiness_words_bind (widget_class);
}

static void
tl_wish_view_init (TlWishView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->wish = g_binding_group_new ();
  g_binding_group_bind (self->wish, "wanted", self->wanted_check, "active",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect (self, "notify::item", G_CALLBACK (on_item_changed), NULL);
}
