/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-device-code.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"
#include "tl-signin-words.h"

struct _TlDeviceCode
{
  TlSetupWidget  parent_instance;
};

G_DEFINE_FINAL_TYPE (TlDeviceCode, tl_device_code, TL_TYPE_SETUP_WIDGET)

static void
copy (TlDeviceCode *self,
      const char   *property)
{
  TlSetup *setup = tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));
  g_autofree char *text = NULL;

  g_object_get (tl_setup_get_signin (setup), property, &text, NULL);
  if (text == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s", _("Copied"));
}

static void
on_copy_uri_clicked (TlDeviceCode *self)
{
  copy (self, "verification-uri");
}

static void
on_copy_code_clicked (TlDeviceCode *self)
{
  copy (self, "user-code");
}

static void
tl_device_code_class_init (TlDeviceCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-device-code.ui");

  gtk_widget_class_bind_template_callback (widget_class, on_copy_uri_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_code_clicked);
  tl_closures_bind (widget_class);
  tl_signin_words_bind (widget_class);
}

static void
tl_device_code_init (TlDeviceCode *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
