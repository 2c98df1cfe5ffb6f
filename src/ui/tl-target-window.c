/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-window.h"

#include "tl-closures.h"
#include "tl-target-view.h"

struct _TlTargetWindow
{
  TlSetupWindow       parent_instance;

  /* Owned */
  GtkFilterListModel *shown;         /* of TlTarget: those whose name has what was typed */
  char               *typed;         /* as it is compared */

  /* Template children, borrowed */
  GtkWidget          *search_entry;
  GtkListBox         *targets_list;
};

G_DEFINE_FINAL_TYPE (TlTargetWindow, tl_target_window, TL_TYPE_SETUP_WINDOW)

static char *
fold (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (composed == NULL ? "" : composed, -1);
}

static gboolean
is_shown (gpointer item,
          gpointer user_data)
{
  TlTargetWindow *self = user_data;
  g_autofree char *name = fold (tl_target_get_name (item));

  return self->typed == NULL || g_strrstr (name, self->typed) != NULL;
}

static GtkWidget *
create_target (gpointer item,
               gpointer user_data)
{
  GtkWidget *view = g_object_new (TL_TYPE_TARGET_VIEW, "item", item, NULL);

  return g_object_new (GTK_TYPE_LIST_BOX_ROW, "selectable", FALSE, "child", view, NULL);
}

static void
choose (TlTargetWindow *self,
        TlTarget       *target)
{
  TlSetup *setup = tl_setup_window_get_setup (TL_SETUP_WINDOW (self));

  tl_hand_over_set_target (tl_setup_get_hand_over (setup), target);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_row_activated (TlTargetWindow *self,
                  GtkListBoxRow  *row)
{
  choose (self, tl_item_view_get_item (TL_ITEM_VIEW (gtk_list_box_row_get_child (row))));
}

static void
on_none_clicked (TlTargetWindow *self)
{
  choose (self, NULL);
}

static void
on_search_changed (TlTargetWindow *self)
{
  g_free (self->typed);
  self->typed = fold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->shown), GTK_FILTER_CHANGE_DIFFERENT);
}

/* Enter takes the only one that is left. */
static void
on_search_activated (TlTargetWindow *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) == 1)
    on_row_activated (self, gtk_list_box_get_row_at_index (self->targets_list, 0));
}

static void
tl_target_window_dispose (GObject *object)
{
  TlTargetWindow *self = TL_TARGET_WINDOW (object);

  /* The list lets go of it with the template. */
  g_clear_object (&self->shown);

  G_OBJECT_CLASS (tl_target_window_parent_class)->dispose (object);
}

static void
tl_target_window_finalize (GObject *object)
{
  g_clear_pointer (&TL_TARGET_WINDOW (object)->typed, g_free);

  G_OBJECT_CLASS (tl_target_window_parent_class)->finalize (object);
}

static void
tl_target_window_class_init (TlTargetWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tl_target_window_dispose;
  object_class->finalize = tl_target_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-target-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TlTargetWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, TlTargetWindow, targets_list);
  gtk_widget_class_bind_template_callback (widget_class, on_none_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  tl_closures_bind (widget_class);
}

static void
tl_target_window_init (TlTargetWindow *self)
{
  GtkCustomFilter *filter = gtk_custom_filter_new (is_shown, self, NULL);

  self->shown = gtk_filter_list_model_new (NULL, GTK_FILTER (filter));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_bind_model (self->targets_list, G_LIST_MODEL (self->shown), create_target, NULL,
                           NULL);
}

/**
 * tl_target_window_new:
 * @parent: (nullable): the window it is above
 * @setup: what is handed over
 *
 * Returns: (transfer none): a window, owned by GTK
 */
TlTargetWindow *
tl_target_window_new (GtkWindow *parent,
                      TlSetup   *setup)
{
  TlTargetWindow *self = g_object_new (TL_TYPE_TARGET_WINDOW, "transient-for", parent,
                                       "setup", setup, NULL);
  g_autoptr(GListModel) targets = NULL;

  g_object_get (tl_setup_get_hand_over (setup), "targets", &targets, NULL);
  gtk_filter_list_model_set_model (self->shown, targets);
  gtk_widget_grab_focus (self->search_entry);

  return self;
}
