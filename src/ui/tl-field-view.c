/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-field-view.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"
#include "tl-detail.h"

struct _TlFieldView
{
  TlItemView parent_instance;
};

G_DEFINE_FINAL_TYPE (TlFieldView, tl_field_view, TL_TYPE_ITEM_VIEW)

static void
on_copy_clicked (TlFieldView *self)
{
  TlDetail *detail = tl_item_view_get_item (TL_ITEM_VIEW (self));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          tl_detail_get_value (detail));
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s", _("Copied"));
}

static void
tl_field_view_class_init (TlFieldViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-field-view.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  tl_closures_bind (widget_class);
}

static void
tl_field_view_init (TlFieldView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
