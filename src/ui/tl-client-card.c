/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-client-card.h"

#include <glib/gi18n-lib.h>

#include "tl-client-window.h"
#include "tl-closures.h"
#include "tl-signin-words.h"

struct _TlClientCard
{
  TlSetupWidget  parent_instance;

  /* Template children, borrowed */
  GtkWidget     *request_button;
  GtkWidget     *client_button;
};

G_DEFINE_FINAL_TYPE (TlClientCard, tl_client_card, TL_TYPE_SETUP_WIDGET)

/* Behind a personal mailbox there is nobody to ask. */
static char *
choose_title (TlClientCard *self,
              gboolean      can_request)
{
  return g_strdup (can_request ? _("IT has to register Twolane once")
                               : _("A client ID is needed"));
}

static char *
choose_text (TlClientCard *self,
             gboolean      can_request)
{
  return g_strdup (can_request
                     ? _("Whoever looks after your organisation’s accounts does it once, for all "
                         "mailboxes, and sends you back a client ID.")
                     : _("The provider’s page lets in only programs that somebody registered, and "
                         "for a personal mailbox there is no IT to do that. Use the sign-in that "
                         "your outreach platform has for this provider, or enter a client ID from "
                         "somebody who registered Twolane."));
}

static char *
choose_client_label (TlClientCard *self,
                     gboolean      can_request)
{
  return g_strdup (can_request ? _("IT Sent Me a Client _ID…") : _("Enter a Client _ID…"));
}

static void
on_client_clicked (TlClientCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  TlSetup *setup = tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));

  /* The card goes while that window is above, and must not have the focus then: GTK 4.8 may hold it
   * for good. */
  if (root != NULL)
    gtk_root_set_focus (root, NULL);
  gtk_window_present (GTK_WINDOW (tl_client_window_new (GTK_WINDOW (root), setup)));
}

static gboolean
tl_client_card_grab_focus (GtkWidget *widget)
{
  TlClientCard *self = TL_CLIENT_CARD (widget);

  return gtk_widget_grab_focus (gtk_widget_get_visible (self->request_button)
                                  ? self->request_button : self->client_button);
}

static void
tl_client_card_class_init (TlClientCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = tl_client_card_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-client-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TlClientCard, request_button);
  gtk_widget_class_bind_template_child (widget_class, TlClientCard, client_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_title);
  gtk_widget_class_bind_template_callback (widget_class, choose_text);
  gtk_widget_class_bind_template_callback (widget_class, choose_client_label);
  gtk_widget_class_bind_template_callback (widget_class, on_client_clicked);
  tl_closures_bind (widget_class);
  tl_signin_words_bind (widget_class);
}

static void
tl_client_card_init (TlClientCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
