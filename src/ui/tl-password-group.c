/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-password-group.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-hand-over-words.h"

struct _TlPasswordGroup
{
  TlSetupWidget   parent_instance;

  /* Template children, borrowed */
  GtkCheckButton *typed_check;
  GtkCheckButton *sealed_check;
  GtkCheckButton *agreed_check;
};

G_DEFINE_FINAL_TYPE (TlPasswordGroup, tl_password_group, TL_TYPE_SETUP_WIDGET)

static TlHandOver *
get_hand_over (TlPasswordGroup *self)
{
  TlSetup *setup = tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));

  return setup == NULL ? NULL : tl_setup_get_hand_over (setup);
}

static void
on_way_toggled (TlPasswordGroup *self,
                GtkCheckButton  *check)
{
  TlHandOver *hand_over = get_hand_over (self);

  if (hand_over != NULL && gtk_check_button_get_active (check))
    tl_hand_over_set_password_way (hand_over, check == self->sealed_check ? TL_PASSWORD_SEALED
                                                                          : TL_PASSWORD_TYPED);
}

static void
on_way_changed (TlPasswordGroup *self)
{
  TlPasswordWay way = tl_hand_over_get_password_way (get_hand_over (self));

  gtk_check_button_set_active (way == TL_PASSWORD_SEALED ? self->sealed_check : self->typed_check,
                               TRUE);
}

static void
on_agreed_toggled (TlPasswordGroup *self)
{
  TlHandOver *hand_over = get_hand_over (self);
  gboolean agreed = FALSE;

  if (hand_over == NULL)
    return;
  g_object_get (hand_over, "recipient-agreed", &agreed, NULL);
  if (agreed != gtk_check_button_get_active (self->agreed_check))
    tl_hand_over_agree_to_recipient (hand_over, !agreed);
}

static void
on_agreed_changed (TlPasswordGroup *self)
{
  gboolean agreed = FALSE;

  g_object_get (get_hand_over (self), "recipient-agreed", &agreed, NULL);
  gtk_check_button_set_active (self->agreed_check, agreed);
}

static void
on_recipient_loaded (GObject      *object,
                     GAsyncResult *result,
                     gpointer      data)
{
  g_autoptr(GError) error = NULL;

  if (!tl_hand_over_load_recipient_finish (TL_HAND_OVER (object), result, &error))
    g_debug ("reading a certificate: %s", error->message);
}

static void
on_path_chosen (const char *path,
                gpointer    data)
{
  g_autoptr(TlPasswordGroup) self = data;

  if (path != NULL && get_hand_over (self) != NULL)
    tl_hand_over_load_recipient_async (get_hand_over (self), path, NULL, on_recipient_loaded, NULL);
}

static void
on_choose_clicked (TlPasswordGroup *self)
{
  static const char * const patterns[] = { "*.pem", "*.crt", "*.cer", NULL };

  tl_compat_choose_open_path (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                              _("Choose the Certificate of the Platform"), _("Certificates"),
                              patterns, on_path_chosen, g_object_ref (self));
}

static void
tl_password_group_setup_changed (TlSetupWidget *widget,
                                 TlSetup       *setup)
{
  TlHandOver *hand_over = tl_setup_get_hand_over (setup);

  g_signal_connect_object (hand_over, "notify::password-way", G_CALLBACK (on_way_changed), widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (hand_over, "notify::recipient-agreed", G_CALLBACK (on_agreed_changed),
                           widget, G_CONNECT_SWAPPED);
  on_way_changed (TL_PASSWORD_GROUP (widget));
  on_agreed_changed (TL_PASSWORD_GROUP (widget));
}

static void
tl_password_group_class_init (TlPasswordGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TlSetupWidgetClass *setup_widget_class = TL_SETUP_WIDGET_CLASS (klass);

  setup_widget_class->setup_changed = tl_password_group_setup_changed;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-password-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TlPasswordGroup, typed_check);
  gtk_widget_class_bind_template_child (widget_class, TlPasswordGroup, sealed_check);
  gtk_widget_class_bind_template_child (widget_class, TlPasswordGroup, agreed_check);
  gtk_widget_class_bind_template_callback (widget_class, on_agreed_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_way_toggled);
  tl_closures_bind (widget_class);
  tl_hand_over_words_bind (widget_class);
}

static void
tl_password_group_init (TlPasswordGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
