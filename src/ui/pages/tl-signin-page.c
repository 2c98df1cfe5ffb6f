/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signin-page.h"

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-note-view.h"
#include "tl-secret-row.h"

struct _TlSigninPage
{
  TlPage        parent_instance;

  /* Owned */
  GCancellable *cancellable;      /* of a look into the keyring, or NULL */

  /* Template children, borrowed */
  TlSecretRow  *secret_row;
  GtkSwitch    *remember_switch;
  AdwActionRow *practice_row;
  GtkListBox   *steps_list;
};

G_DEFINE_FINAL_TYPE (TlSigninPage, tl_signin_page, TL_TYPE_PAGE)

static void
stop (TlSigninPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
on_recalled (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(TlSigninPage) self = data;
  g_autoptr(GError) error = NULL;

  tl_setup_recall_finish (TL_SETUP (object), result, &error);
  if (error != NULL)
    g_debug ("looking into the keyring: %s", error->message);
  else
    g_clear_object (&self->cancellable);
}

static void
on_open_clicked (TlSigninPage *self)
{
  g_autofree char *link = NULL;

  g_object_get (tl_page_get_setup (TL_PAGE (self)), "app-password-link", &link, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.open-link", "s", link);
}

static void
tl_signin_page_entered (TlPage *page)
{
  TlSigninPage *self = TL_SIGNIN_PAGE (page);
  gboolean has_secret = FALSE;

  g_object_get (tl_page_get_setup (page), "has-secret", &has_secret, NULL);
  if (!has_secret)
    {
      stop (self);
      self->cancellable = g_cancellable_new ();
      tl_setup_recall_async (tl_page_get_setup (page), self->cancellable, on_recalled,
                             g_object_ref (self));
    }

  gtk_widget_grab_focus (gtk_widget_get_visible (GTK_WIDGET (self->secret_row))
                         ? GTK_WIDGET (self->secret_row) : tl_page_get_next_button (page));
}

static void
tl_signin_page_left (TlPage *page)
{
  stop (TL_SIGNIN_PAGE (page));
}

static gboolean
tl_signin_page_advance (TlPage *page)
{
  TlSigninPage *self = TL_SIGNIN_PAGE (page);
  g_autoptr(TlSecret) secret = tl_secret_row_steal_secret (self->secret_row);

  if (secret != NULL)
    tl_setup_set_secret (tl_page_get_setup (page), TL_LANE_NONE, secret);

  return TRUE;
}

/* What was typed is for the mailbox it was typed for. */
static void
on_address_changed (TlSigninPage *self)
{
  tl_secret_row_clear (self->secret_row);
}

static void
tl_signin_page_constructed (GObject *object)
{
  TlSigninPage *self = TL_SIGNIN_PAGE (object);
  TlSetup *setup = tl_page_get_setup (TL_PAGE (self));
  g_autoptr(GListModel) steps = NULL;

  G_OBJECT_CLASS (tl_signin_page_parent_class)->constructed (object);

  adw_action_row_set_subtitle (self->practice_row, TL_PRACTICE_PASSWORD);
  g_object_get (setup, "app-password-steps", &steps, NULL);
  tl_bind_list (self->steps_list, steps, TL_TYPE_NOTE_VIEW, "note");
  g_object_bind_property (setup, "remember", self->remember_switch, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (setup, "notify::address-text", G_CALLBACK (on_address_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
tl_signin_page_dispose (GObject *object)
{
  TlSigninPage *self = TL_SIGNIN_PAGE (object);

  stop (self);
  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_SIGNIN_PAGE);

  G_OBJECT_CLASS (tl_signin_page_parent_class)->dispose (object);
}

static void
tl_signin_page_class_init (TlSigninPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TlPageClass *page_class = TL_PAGE_CLASS (klass);

  object_class->constructed = tl_signin_page_constructed;
  object_class->dispose = tl_signin_page_dispose;
  page_class->entered = tl_signin_page_entered;
  page_class->left = tl_signin_page_left;
  page_class->advance = tl_signin_page_advance;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-signin-page.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_open_clicked);
  gtk_widget_class_bind_template_child (widget_class, TlSigninPage, secret_row);
  gtk_widget_class_bind_template_child (widget_class, TlSigninPage, remember_switch);
  gtk_widget_class_bind_template_child (widget_class, TlSigninPage, practice_row);
  gtk_widget_class_bind_template_child (widget_class, TlSigninPage, steps_list);
  tl_closures_bind (widget_class);
}

static void
tl_signin_page_init (TlSigninPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
