/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-record-view.h"

#include <glib/gi18n-lib.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-detail.h"
#include "tl-domain-health.h"
#include "tl-field-view.h"
#include "tl-readiness-words.h"

struct _TlRecordView
{
  TlItemView  parent_instance;

  /* Owned */
  GListStore *parts;         /* of TlDetail */

  /* Template children, borrowed */
  GtkListBox *parts_list;
};

G_DEFINE_FINAL_TYPE (TlRecordView, tl_record_view, TL_TYPE_ITEM_VIEW)

static void
on_item_changed (TlRecordView *self)
{
  TlRecordFix *fix = tl_item_view_get_item (TL_ITEM_VIEW (self));

  g_list_store_remove_all (self->parts);
  if (fix == NULL)
    return;

  {
    const struct { const char *label, *value; } parts[] = {
      /* Translators: where in DNS a record is to be published, such as "_dmarc.example.org" */
      { _("Name"),  tl_record_fix_get_name (fix) },
      /* Translators: which kind of DNS record, such as "TXT" */
      { _("Type"),  tl_record_fix_get_kind (fix) },
      /* Translators: the text of a DNS record */
      { _("Value"), tl_record_fix_get_value (fix) },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
      {
        g_autoptr(TlDetail) part = tl_detail_new (TL_STATUS_NOT_TESTED, parts[i].label, NULL,
                                                  parts[i].value);

        g_list_store_append (self->parts, part);
      }
  }
}

static void
on_copy_clicked (TlRecordView *self)
{
  TlRecordFix *fix = tl_item_view_get_item (TL_ITEM_VIEW (self));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          tl_record_fix_get_zone_line (fix));
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s", _("Copied"));
}

static void
tl_record_view_dispose (GObject *object)
{
  g_clear_object (&TL_RECORD_VIEW (object)->parts);

  G_OBJECT_CLASS (tl_record_view_parent_class)->dispose (object);
}

static void
tl_record_view_class_init (TlRecordViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_record_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-record-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TlRecordView, parts_list);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  tl_closures_bind (widget_class);
  tl_readiness_words_bind (widget_class);
}

static void
tl_record_view_init (TlRecordView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->parts = g_list_store_new (TL_TYPE_DETAIL);
  tl_bind_list (self->parts_list, G_LIST_MODEL (self->parts), TL_TYPE_FIELD_VIEW, "item");
  g_signal_connect (self, "notify::item", G_CALLBACK (on_item_changed), NULL);
}
