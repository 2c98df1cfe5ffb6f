/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-view.h"

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-detail-view.h"
#include "tl-domain-health.h"
#include "tl-finding-card.h"
#include "tl-readiness-words.h"
#include "tl-record-view.h"

struct _TlDomainView
{
  TlItemView  parent_instance;

  /* Template children, borrowed */
  GtkListBox *findings_list;
  GtkListBox *fixes_list;
  GtkListBox *records_list;
  GtkListBox *notes_list;
  GtkListBox *note_fixes_list;
};

G_DEFINE_FINAL_TYPE (TlDomainView, tl_domain_view, TL_TYPE_ITEM_VIEW)

static gboolean
is_note (const char *id)
{
  const TlCatalogueEntry *entry = tl_catalogue_lookup (id);

  return entry != NULL && entry->severity == TL_SEVERITY_NOTE;
}

static gboolean
is_of_weight (gpointer item,
              gpointer user_data)
{
  const char *id = TL_IS_FINDING (item) ? tl_finding_get_id (item) : tl_record_fix_get_id (item);

  return is_note (id) == GPOINTER_TO_INT (user_data);
}

static void
bind_part (GtkListBox *list,
           GListModel *model,
           gboolean    notes,
           GType       widget_type,
           const char *property)
{
  g_autoptr(GtkFilterListModel) part =
    gtk_filter_list_model_new (g_object_ref (model),
                               GTK_FILTER (gtk_custom_filter_new (is_of_weight,
                                                                  GINT_TO_POINTER (notes), NULL)));

  tl_bind_list (list, G_LIST_MODEL (part), widget_type, property);
}

static void
on_item_changed (TlDomainView *self)
{
  TlDomainRow *row = tl_item_view_get_item (TL_ITEM_VIEW (self));

  if (row == NULL)
    return;

  bind_part (self->findings_list, tl_domain_row_get_findings (row), FALSE, TL_TYPE_FINDING_CARD,
             "finding");
  bind_part (self->fixes_list, tl_domain_row_get_fixes (row), FALSE, TL_TYPE_RECORD_VIEW, "item");
  tl_bind_list (self->records_list, tl_domain_row_get_records (row), TL_TYPE_DETAIL_VIEW,
                "detail");
  bind_part (self->notes_list, tl_domain_row_get_findings (row), TRUE, TL_TYPE_FINDING_CARD,
             "finding");
  bind_part (self->note_fixes_list, tl_domain_row_get_fixes (row), TRUE, TL_TYPE_RECORD_VIEW,
             "item");
}

static void
tl_domain_view_class_init (TlDomainViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-domain-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TlDomainView, findings_list);
  gtk_widget_class_bind_template_child (widget_class, TlDomainView, fixes_list);
  gtk_widget_class_bind_template_child (widget_class, TlDomainView, records_list);
  gtk_widget_class_bind_template_child (widget_class, TlDomainView, notes_list);
  gtk_widget_class_bind_template_child (widget_class, TlDomainView, note_fixes_list);
  tl_closures_bind (widget_class);
  tl_readiness_words_bind (widget_class);
}

static void
tl_domain_view_init (TlDomainView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::item", G_CALLBACK (on_item_changed), NULL);
}
