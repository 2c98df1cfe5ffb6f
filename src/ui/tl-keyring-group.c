/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-keyring-group.h"

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-note-view.h"
#include "tl-signin-words.h"

struct _TlKeyringGroup
{
  TlSetupWidget  parent_instance;

  gboolean       showing;         /* the switch is moved by this file */

  /* Template children, borrowed */
  GtkSwitch     *remember_switch;
  GtkListBox    *left_list;
};

G_DEFINE_FINAL_TYPE (TlKeyringGroup, tl_keyring_group, TL_TYPE_SETUP_WIDGET)

/* Where there is no keyring nothing is remembered, whatever was wanted. */
static void
show_remember (TlKeyringGroup *self)
{
  TlSetup *setup = tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));
  g_autoptr(TlFinding) finding = NULL;
  gboolean remember = FALSE;

  g_object_get (setup, "remember", &remember, "store-finding", &finding, NULL);
  self->showing = TRUE;
  gtk_switch_set_active (self->remember_switch, remember && tl_store_is_there (NULL, finding));
  self->showing = FALSE;
}

static void
on_remember_switched (TlKeyringGroup *self)
{
  TlSetup *setup = tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));

  if (setup != NULL && !self->showing)
    g_object_set (setup, "remember", gtk_switch_get_active (self->remember_switch), NULL);
}

static void
tl_keyring_group_setup_changed (TlSetupWidget *widget,
                                TlSetup       *setup)
{
  TlKeyringGroup *self = TL_KEYRING_GROUP (widget);
  g_autoptr(GListModel) left = NULL;

  g_object_get (setup, "left-to-do", &left, NULL);
  tl_bind_list (self->left_list, left, TL_TYPE_NOTE_VIEW, "note");
  g_signal_connect_object (setup, "notify::remember", G_CALLBACK (show_remember), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (setup, "notify::store-finding", G_CALLBACK (show_remember), self,
                           G_CONNECT_SWAPPED);
  show_remember (self);
}

static void
tl_keyring_group_class_init (TlKeyringGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TlSetupWidgetClass *setup_widget_class = TL_SETUP_WIDGET_CLASS (klass);

  setup_widget_class->setup_changed = tl_keyring_group_setup_changed;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-keyring-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TlKeyringGroup, remember_switch);
  gtk_widget_class_bind_template_child (widget_class, TlKeyringGroup, left_list);
  gtk_widget_class_bind_template_callback (widget_class, on_remember_switched);
  tl_closures_bind (widget_class);
  tl_signin_words_bind (widget_class);
}

static void
tl_keyring_group_init (TlKeyringGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
