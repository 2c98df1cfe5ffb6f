/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-group.h"

#include <glib/gi18n-lib.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-hand-over-words.h"
#include "tl-remark-view.h"
#include "tl-sheet-window.h"
#include "tl-target-window.h"

struct _TlTargetGroup
{
  TlSetupWidget  parent_instance;

  /* Template children, borrowed */
  GtkListBox    *remarks_list;
};

G_DEFINE_FINAL_TYPE (TlTargetGroup, tl_target_group, TL_TYPE_SETUP_WIDGET)

/* What a file is asked for with, while the question is open. */
typedef struct
{
  TlTargetGroup *group;            /* owned */
  TlTarget      *target;           /* owned */
  gboolean       with_passwords;
} SaveCall;

static void
save_call_free (SaveCall *self)
{
  g_object_unref (self->group);
  g_object_unref (self->target);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaveCall, save_call_free)

static TlSetup *
get_setup (TlTargetGroup *self)
{
  return tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));
}

static TlHandOver *
get_hand_over (TlTargetGroup *self)
{
  return tl_setup_get_hand_over (get_setup (self));
}

static GtkWindow *
get_window (TlTargetGroup *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
on_rendered (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(TlTargetGroup) self = data;
  g_autoptr(GError) error = NULL;

  if (!tl_hand_over_render_finish (TL_HAND_OVER (object), result, &error))
    g_debug ("saving a file for a platform: %s", error->message);
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s", _("Saved"));
}

static void
on_path_chosen (const char *path,
                gpointer    data)
{
  g_autoptr(SaveCall) call = data;
  TlHandOver *hand_over;

  if (path == NULL || gtk_widget_get_root (GTK_WIDGET (call->group)) == NULL)
    return;

  hand_over = get_hand_over (call->group);
  if (tl_hand_over_get_target (hand_over) == call->target)
    tl_hand_over_render_async (hand_over, path, call->with_passwords, NULL, on_rendered,
                               g_object_ref (call->group));
}

static void
ask_where (SaveCall *call)
{
  g_autofree char *name = tl_hand_over_dup_file_name (get_hand_over (call->group));

  tl_compat_choose_save_path (get_window (call->group), _("Save the File for the Platform"), name,
                              on_path_chosen, call);
}

static SaveCall *
save_call_new (TlTargetGroup *group,
               gboolean       with_passwords)
{
  SaveCall *self = g_new (SaveCall, 1);

  self->group = g_object_ref (group);
  self->target = g_object_ref (tl_hand_over_get_target (get_hand_over (group)));
  self->with_passwords = with_passwords;

  return self;
}

static void
on_save_clicked (TlTargetGroup *self)
{
  ask_where (save_call_new (self, FALSE));
}

static void
on_risk_answered (gboolean yes,
                  gpointer data)
{
  g_autoptr(SaveCall) call = data;

  if (yes && gtk_widget_get_root (GTK_WIDGET (call->group)) != NULL)
    ask_where (g_steal_pointer (&call));
}

static void
on_save_with_clicked (TlTargetGroup *self)
{
  tl_compat_confirm (get_window (self), _("Write the passwords into the file?"),
                     _("Whoever gets this file can read them: in a mail, in a backup, in a folder "
                       "that is synchronised. On this computer only your user account may read it "
                       "(mode 0600). Delete it as soon as it is imported."),
                     _("_Write Them"), on_risk_answered, save_call_new (self, TRUE));
}

static void
on_choose_activated (TlTargetGroup *self)
{
  gtk_window_present (GTK_WINDOW (tl_target_window_new (get_window (self), get_setup (self))));
}

static void
on_sheet_clicked (TlTargetGroup *self)
{
  gtk_window_present (GTK_WINDOW (tl_sheet_window_new (get_window (self), get_setup (self))));
}

static void
tl_target_group_setup_changed (TlSetupWidget *widget,
                               TlSetup       *setup)
{
  g_autoptr(GListModel) remarks = NULL;

  g_object_get (tl_setup_get_hand_over (setup), "remarks", &remarks, NULL);
  tl_bind_list (TL_TARGET_GROUP (widget)->remarks_list, remarks, TL_TYPE_REMARK_VIEW, "item");
}

static void
tl_target_group_class_init (TlTargetGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TlSetupWidgetClass *setup_widget_class = TL_SETUP_WIDGET_CLASS (klass);

  setup_widget_class->setup_changed = tl_target_group_setup_changed;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-target-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TlTargetGroup, remarks_list);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_with_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_sheet_clicked);
  tl_closures_bind (widget_class);
  tl_hand_over_words_bind (widget_class);
}

static void
tl_target_group_init (TlTargetGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
