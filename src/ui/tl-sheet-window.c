/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sheet-window.h"

#include <glib/gi18n-lib.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-detail.h"
#include "tl-field-view.h"
#include "tl-note-view.h"
#include "tl-note.h"
#include "tl-page-file.h"

struct _TlSheetWindow
{
  TlSetupWindow  parent_instance;

  /* Template children, borrowed */
  GtkListBox    *fields_list;
  GtkListBox    *steps_list;
  GtkWidget     *page_button;
};

G_DEFINE_FINAL_TYPE (TlSheetWindow, tl_sheet_window, TL_TYPE_SETUP_WINDOW)

static TlHandOver *
get_hand_over (TlSheetWindow *self)
{
  return tl_setup_get_hand_over (tl_setup_window_get_setup (TL_SETUP_WINDOW (self)));
}

static void
on_copy_clicked (TlSheetWindow *self)
{
  g_autofree char *text = tl_hand_over_dup_sheet_text (get_hand_over (self));

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  tl_setup_window_say (TL_SETUP_WINDOW (self), _("Copied"));
}

static void
on_page_shown (gboolean shown,
               gpointer data)
{
  g_autoptr(TlSheetWindow) self = data;

  if (!shown)
    tl_setup_window_say (TL_SETUP_WINDOW (self),
                         _("No browser could be opened. Copy it as text instead."));
}

static void
on_page_clicked (TlSheetWindow *self)
{
  g_autofree char *page = tl_hand_over_dup_sheet_page (get_hand_over (self));

  if (page != NULL)
    tl_page_file_show (GTK_WINDOW (self), page, on_page_shown, g_object_ref (self));
}

static const char *
get_group (GtkListBoxRow *row)
{
  TlItemView *view = row == NULL ? NULL : TL_ITEM_VIEW (gtk_list_box_row_get_child (row));

  return view == NULL ? NULL : tl_detail_get_group (tl_item_view_get_item (view));
}

/* Once above the fields that the form has under it. */
static void
show_group (GtkListBoxRow *row,
            GtkListBoxRow *before,
            gpointer       user_data)
{
  const char *group = get_group (row);
  GtkWidget *label = NULL;

  if (group != NULL && g_strcmp0 (group, get_group (before)) != 0)
    {
      label = g_object_new (GTK_TYPE_LABEL, "label", group, "xalign", 0.0, "wrap", TRUE, NULL);
      gtk_widget_add_css_class (label, "heading");
      gtk_widget_add_css_class (label, "form-group");
    }
  gtk_list_box_row_set_header (row, label);
}

static void
show_steps (TlSheetWindow *self)
{
  g_auto(GStrv) steps = tl_hand_over_list_steps (get_hand_over (self));
  g_autoptr(GListStore) notes = g_list_store_new (TL_TYPE_NOTE);

  for (gsize i = 0; steps != NULL && steps[i] != NULL; i++)
    {
      g_autoptr(TlNote) note = tl_note_new (steps[i], NULL);

      g_list_store_append (notes, note);
    }
  tl_bind_list (self->steps_list, G_LIST_MODEL (notes), TL_TYPE_NOTE_VIEW, "note");
}

static void
tl_sheet_window_class_init (TlSheetWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-sheet-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TlSheetWindow, fields_list);
  gtk_widget_class_bind_template_child (widget_class, TlSheetWindow, steps_list);
  gtk_widget_class_bind_template_child (widget_class, TlSheetWindow, page_button);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_page_clicked);
  tl_closures_bind (widget_class);
}

static void
tl_sheet_window_init (TlSheetWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->fields_list, show_group, NULL, NULL);
}

/**
 * tl_sheet_window_new:
 * @parent: (nullable): the window it is above
 * @setup: what is handed over, to a product with a form
 *
 * Returns: (transfer none): a window, owned by GTK
 */
TlSheetWindow *
tl_sheet_window_new (GtkWindow *parent,
                     TlSetup   *setup)
{
  TlSheetWindow *self = g_object_new (TL_TYPE_SHEET_WINDOW, "transient-for", parent,
                                      "setup", setup, NULL);
  g_autoptr(GListModel) fields = NULL;

  g_object_get (tl_setup_get_hand_over (setup), "fields", &fields, NULL);
  tl_bind_list (self->fields_list, fields, TL_TYPE_FIELD_VIEW, "item");
  show_steps (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->page_button);

  return self;
}
