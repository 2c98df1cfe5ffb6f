/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-folders-group.h"

#include <glib/gi18n-lib.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-field-hint.h"
#include "tl-readiness-words.h"
#include "tl-wish-view.h"

struct _TlFoldersGroup
{
  TlSetupWidget  parent_instance;

  /* Owned */
  GCancellable  *cancellable;    /* of making folders, or NULL */

  /* Template children, borrowed */
  GtkListBox    *wishes_list;
  AdwEntryRow   *name_row;
  TlFieldHint   *name_hint;
};

G_DEFINE_FINAL_TYPE (TlFoldersGroup, tl_folders_group, TL_TYPE_SETUP_WIDGET)

static TlSetup *
get_setup (TlFoldersGroup *self)
{
  return tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));
}

static void
hint_at (TlFoldersGroup *self,
         const char     *text)
{
  g_object_set (self->name_hint, "text", text, "visible", text != NULL, NULL);
  tl_field_hint_mark (GTK_WIDGET (self->name_row), text != NULL);
}

static void
on_name_changed (TlFoldersGroup *self)
{
  hint_at (self, NULL);
}

static void
on_name_applied (TlFoldersGroup *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row)));

  g_strstrip (name);
  if (tl_mailbox_wish (tl_setup_get_mailbox (get_setup (self)), name, &error))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->name_row), "");
      return;
    }

  g_debug ("wishing for a folder: %s", error->message);
  hint_at (self, _("A folder cannot be called that here."));
}

static void
on_created (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(TlFoldersGroup) self = data;
  g_autoptr(GError) error = NULL;

  g_clear_object (&self->cancellable);
  if (!tl_setup_create_folders_finish (TL_SETUP (object), result, &error))
    g_debug ("making folders: %s", error->message);
}

static void
on_create_clicked (TlFoldersGroup *self)
{
  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  tl_setup_create_folders_async (get_setup (self), self->cancellable, on_created,
                                 g_object_ref (self));
}

static void
tl_folders_group_setup_changed (TlSetupWidget *widget,
                                TlSetup       *setup)
{
  tl_bind_list (TL_FOLDERS_GROUP (widget)->wishes_list,
                tl_mailbox_get_wishes (tl_setup_get_mailbox (setup)), TL_TYPE_WISH_VIEW, "item");
}

static void
tl_folders_group_dispose (GObject *object)
{
  TlFoldersGroup *self = TL_FOLDERS_GROUP (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (tl_folders_group_parent_class)->dispose (object);
}

static void
tl_folders_group_class_init (TlFoldersGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_folders_group_dispose;
  TL_SETUP_WIDGET_CLASS (klass)->setup_changed = tl_folders_group_setup_changed;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-folders-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFoldersGroup, wishes_list);
  gtk_widget_class_bind_template_child (widget_class, TlFoldersGroup, name_row);
  gtk_widget_class_bind_template_child (widget_class, TlFoldersGroup, name_hint);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_name_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_create_clicked);
  tl_closures_bind (widget_class);
  tl_readiness_words_bind (widget_class);
}

static void
tl_folders_group_init (TlFoldersGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
