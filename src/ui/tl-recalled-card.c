/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-recalled-card.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-signin-words.h"

struct _TlRecalledCard
{
  TlSetupWidget  parent_instance;
};

G_DEFINE_FINAL_TYPE (TlRecalledCard, tl_recalled_card, TL_TYPE_SETUP_WIDGET)

static void
on_forgotten (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(TlRecalledCard) self = data;
  g_autoptr(GError) error = NULL;

  if (!tl_setup_forget_finish (TL_SETUP (object), result, &error))
    {
      g_debug ("forgetting: %s", error->message);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s", _("Forgotten"));
  gtk_widget_activate_action (GTK_WIDGET (self), "page.change-secret", NULL);
}

static void
on_forget_answered (gboolean agreed,
                    gpointer data)
{
  g_autoptr(TlRecalledCard) self = data;
  TlSetup *setup = tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));

  if (agreed && setup != NULL)
    tl_setup_forget_async (setup, NULL, on_forgotten, g_object_ref (self));
}

static void
on_forget_clicked (TlRecalledCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  TlSetup *setup = tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));
  gboolean is_token = tl_setup_get_auth (setup) == TL_AUTH_OAUTH2;
  gboolean can_revoke = FALSE;

  g_object_get (tl_setup_get_signin (setup), "can-revoke", &can_revoke, NULL);
  tl_compat_confirm (GTK_WINDOW (root), _("Forget this sign-in?"),
                     is_token && can_revoke
                     ? _("What the keyring has of this mailbox is removed, and the provider is "
                         "told that it no longer counts.")
                     : is_token
                     ? _("What the keyring has of this mailbox is removed. The permission itself "
                         "may stay good until you end it on the provider’s page.")
                     : _("What the keyring has of this mailbox is removed. The password itself "
                         "stays good until you change it at the provider."),
                     _("_Forget"), on_forget_answered, g_object_ref (self));
}

static void
tl_recalled_card_class_init (TlRecalledCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-recalled-card.ui");

  gtk_widget_class_bind_template_callback (widget_class, on_forget_clicked);
  tl_closures_bind (widget_class);
  tl_signin_words_bind (widget_class);
}

static void
tl_recalled_card_init (TlRecalledCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
