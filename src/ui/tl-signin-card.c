/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signin-card.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"
#include "tl-page.h"
#include "tl-signin-words.h"

struct _TlSigninCard
{
  TlSetupWidget  parent_instance;

  /* Template children, borrowed */
  GtkWidget     *account_button;
  GtkWidget     *browser_button;
  GtkWidget     *device_button;
  GtkWidget     *cancel_button;
  GtkWidget     *another_button;
};

G_DEFINE_FINAL_TYPE (TlSigninCard, tl_signin_card, TL_TYPE_SETUP_WIDGET)

static void
sign_in (TlSigninCard *self,
         TlSigninWay   way)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), TL_TYPE_PAGE);

  if (page != NULL)
    tl_page_sign_in (TL_PAGE (page), way);
}

static void
on_account_clicked (TlSigninCard *self)
{
  sign_in (self, TL_SIGNIN_BY_ONLINE_ACCOUNT);
}

static void
on_browser_clicked (TlSigninCard *self)
{
  sign_in (self, TL_SIGNIN_BY_BROWSER);
}

static void
on_device_clicked (TlSigninCard *self)
{
  sign_in (self, TL_SIGNIN_BY_DEVICE);
}

static char *
dup_url (TlSigninCard *self)
{
  TlSetup *setup = tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));
  char *url = NULL;

  g_object_get (tl_setup_get_signin (setup), "url", &url, NULL);

  return url;
}

static void
on_open_clicked (TlSigninCard *self)
{
  g_autofree char *url = dup_url (self);

  if (url != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "wizard.open-link", "s", url);
}

static void
on_copy_clicked (TlSigninCard *self)
{
  g_autofree char *url = dup_url (self);

  if (url == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), url);
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s", _("Copied"));
}

/* The way that it was done before may be another account's, as in GNOME Settings. */
static void
on_another_clicked (TlSigninCard *self)
{
  TlSetup *setup = tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));
  gboolean can_browser = FALSE;

  g_object_get (tl_setup_get_signin (setup), "can-browser", &can_browser, NULL);
  sign_in (self, can_browser ? TL_SIGNIN_BY_BROWSER : TL_SIGNIN_BY_DEVICE);
}

/* What can be pressed in the part that is shown. */
static gboolean
tl_signin_card_grab_focus (GtkWidget *widget)
{
  TlSigninCard *self = TL_SIGNIN_CARD (widget);
  GtkWidget *buttons[] = { self->browser_button, self->device_button, self->account_button,
                           self->cancel_button, self->another_button };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      if (gtk_widget_is_visible (buttons[i]) && gtk_widget_grab_focus (buttons[i]))
        return TRUE;
    }

  return FALSE;
}

static void
tl_signin_card_class_init (TlSigninCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = tl_signin_card_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-signin-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TlSigninCard, account_button);
  gtk_widget_class_bind_template_child (widget_class, TlSigninCard, browser_button);
  gtk_widget_class_bind_template_child (widget_class, TlSigninCard, device_button);
  gtk_widget_class_bind_template_child (widget_class, TlSigninCard, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, TlSigninCard, another_button);
  gtk_widget_class_bind_template_callback (widget_class, on_account_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_browser_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_device_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_open_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_another_clicked);
  tl_closures_bind (widget_class);
  tl_signin_words_bind (widget_class);
}

static void
tl_signin_card_init (TlSigninCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
