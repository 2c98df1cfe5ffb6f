/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signature-group.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"
#include "tl-hand-over-words.h"
#include "tl-key-window.h"

struct _TlSignatureGroup
{
  TlSetupWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (TlSignatureGroup, tl_signature_group, TL_TYPE_SETUP_WIDGET)

static TlSetup *
get_setup (TlSignatureGroup *self)
{
  return tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));
}

static void
on_copy_clicked (TlSignatureGroup *self)
{
  g_autofree char *fingerprint = NULL;

  g_object_get (get_setup (self), "signer-fingerprint", &fingerprint, NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), fingerprint);
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s", _("Copied"));
}

static void
on_company_clicked (TlSignatureGroup *self)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (GTK_WINDOW (tl_key_window_new (parent, get_setup (self))));
}

static void
on_own_used (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GError) error = NULL;

  if (!tl_hand_over_use_key_finish (TL_HAND_OVER (object), result, &error))
    g_debug ("taking one's own key: %s", error->message);
}

static void
on_own_clicked (TlSignatureGroup *self)
{
  tl_hand_over_use_key_async (tl_setup_get_hand_over (get_setup (self)), NULL, NULL, NULL,
                              on_own_used, NULL);
}

static void
tl_signature_group_class_init (TlSignatureGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-signature-group.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_company_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_own_clicked);
  tl_closures_bind (widget_class);
  tl_hand_over_words_bind (widget_class);
}

static void
tl_signature_group_init (TlSignatureGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
