/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signin-page.h"

#include <glib/gi18n-lib.h>

#include "tl-bindings.h"
#include "tl-client-card.h"
#include "tl-client-window.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-identity-group.h"
#include "tl-note-view.h"
#include "tl-page-view.h"
#include "tl-secret-row.h"
#include "tl-signin-card.h"
#include "tl-signin-words.h"

struct _TlSigninPage
{
  TlPage           parent_instance;

  /* Owned */
  GCancellable    *recall_cancellable;   /* of a look into the keyring, or NULL */
  GCancellable    *signin_cancellable;   /* of a sign-in at the provider's page, or NULL */

  gboolean         recalled;             /* what signs in came out of the keyring */
  gboolean         in_view;
  gboolean         again;                /* chosen before what was under way has stopped */
  TlSigninWay      again_way;
  gboolean         needed_client;        /* until now, nobody had said as whom */

  /* Template children, borrowed */
  TlClientCard    *client_card;
  TlSigninCard    *signin_card;
  TlSecretRow     *secret_row;
  GtkWidget       *secret_card;
  TlIdentityGroup *identity_group;
  AdwActionRow    *practice_row;
  GtkListBox      *steps_list;
};

enum
{
  PROP_RECALLED = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSigninPage, tl_signin_page, TL_TYPE_PAGE)

static void
stop_recall (TlSigninPage *self)
{
  g_cancellable_cancel (self->recall_cancellable);
  g_clear_object (&self->recall_cancellable);
}

static void
stop_sign_in (TlSigninPage *self)
{
  self->again = FALSE;
  g_cancellable_cancel (self->signin_cancellable);
}

static gboolean
get_flag (TlSigninPage *self,
          const char   *property)
{
  gboolean value = FALSE;

  g_object_get (tl_page_get_setup (TL_PAGE (self)), property, &value, NULL);

  return value;
}

static void
set_recalled (TlSigninPage *self,
              gboolean      recalled)
{
  if (self->recalled == recalled)
    return;

  self->recalled = recalled;
  /* What is in the keyring already stays there: the switch is not to say otherwise. */
  if (recalled)
    g_object_set (tl_page_get_setup (TL_PAGE (self)), "remember", TRUE, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECALLED]);
}

/* What is hidden while the focus is in it may be held by a window of GTK 4.8 for good. */
static void
drop_focus (TlSigninPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && self->in_view)
    gtk_root_set_focus (root, NULL);
}

/* The next thing to do: what is not there yet, else the way on. */
static void
focus_next (TlSigninPage *self)
{
  GtkWidget *things[] = { GTK_WIDGET (self->client_card), GTK_WIDGET (self->signin_card),
                          GTK_WIDGET (self->secret_row) };

  for (gsize i = 0; i < G_N_ELEMENTS (things) && !tl_page_get_can_advance (TL_PAGE (self)); i++)
    {
      if (gtk_widget_is_visible (things[i]) && gtk_widget_grab_focus (things[i]))
        return;
    }

  gtk_widget_grab_focus (tl_page_get_next_button (TL_PAGE (self)));
}

static gboolean
is_typing (TlSigninPage *self)
{
  gboolean is_filled = FALSE;
  gboolean is_other_filled = FALSE;

  g_object_get (self->secret_row, "filled", &is_filled, NULL);
  g_object_get (self->identity_group, "filled", &is_other_filled, NULL);

  return is_filled || is_other_filled;
}

/* --- The keyring --------------------------------------------------------------------- */

static void
on_recalled (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(TlSigninPage) self = data;
  g_autoptr(GError) error = NULL;
  gboolean recalled = tl_setup_recall_finish (TL_SETUP (object), result, &error);

  if (error != NULL)
    {
      g_debug ("looking into the keyring: %s", error->message);
      return;
    }

  g_clear_object (&self->recall_cancellable);
  if (!recalled)
    {
      set_recalled (self, FALSE);
      return;
    }

  drop_focus (self);
  set_recalled (self, TRUE);
  if (self->in_view)
    focus_next (self);
}

static void
recall (TlSigninPage *self)
{
  stop_recall (self);
  self->recall_cancellable = g_cancellable_new ();
  tl_setup_recall_async (tl_page_get_setup (TL_PAGE (self)), self->recall_cancellable, on_recalled,
                         g_object_ref (self));
}

/* What a person types is not taken away again by what the keyring has. */
static void
on_filled_changed (TlSigninPage *self)
{
  if (is_typing (self))
    stop_recall (self);
}

static void
on_change_secret_activated (GtkWidget  *widget,
                            const char *action_name,
                            GVariant   *parameter)
{
  TlSigninPage *self = TL_SIGNIN_PAGE (widget);
  gboolean typed;

  drop_focus (self);
  set_recalled (self, FALSE);
  typed = gtk_widget_is_visible (GTK_WIDGET (self->secret_row));
  gtk_widget_grab_focus (typed ? GTK_WIDGET (self->secret_row) : GTK_WIDGET (self->signin_card));
}

/* --- The provider's page --------------------------------------------------------------- */

static void start_sign_in (TlSigninPage *self,
                           TlSigninWay   way);

static void
on_signed_in (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(TlSigninPage) self = data;
  g_autoptr(GError) error = NULL;

  if (!tl_setup_sign_in_finish (TL_SETUP (object), result, &error) && error != NULL)
    g_debug ("signing in: %s", error->message);

  g_clear_object (&self->signin_cancellable);
  if (self->again)
    start_sign_in (self, self->again_way);
}

static void
start_sign_in (TlSigninPage *self,
               TlSigninWay   way)
{
  self->again = FALSE;
  self->signin_cancellable = g_cancellable_new ();
  drop_focus (self);
  set_recalled (self, FALSE);
  tl_setup_sign_in_async (tl_page_get_setup (TL_PAGE (self)), way, self->signin_cancellable,
                          on_signed_in, g_object_ref (self));
}

/* What is under way takes a moment to stop. Where nobody knows as whom, that comes first. */
static void
tl_signin_page_sign_in (TlPage      *page,
                        TlSigninWay  way)
{
  TlSigninPage *self = TL_SIGNIN_PAGE (page);

  tl_setup_set_auth (tl_page_get_setup (page), TL_AUTH_OAUTH2);
  if (get_flag (self, "request-needed"))
    {
      focus_next (self);
      return;
    }
  if (self->signin_cancellable == NULL)
    {
      start_sign_in (self, way);
      return;
    }

  stop_sign_in (self);
  self->again = TRUE;
  self->again_way = way;
}

static void
on_cancel_sign_in_activated (GtkWidget  *widget,
                             const char *action_name,
                             GVariant   *parameter)
{
  stop_sign_in (TL_SIGNIN_PAGE (widget));
}

/* Whoever mistyped it may see so only on the provider's page. */
static void
on_change_client_activated (GtkWidget  *widget,
                            const char *action_name,
                            GVariant   *parameter)
{
  TlSigninPage *self = TL_SIGNIN_PAGE (widget);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));

  stop_sign_in (self);
  drop_focus (self);
  gtk_window_present (GTK_WINDOW (tl_client_window_new (window,
                                                        tl_page_get_setup (TL_PAGE (self)))));
}

static void
on_open_url (TlSigninPage *self,
             const char   *url)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.open-link", "s", url);
}

/* `done` is the last to be told of a change of the state; what is shown has followed by then. */
static void
on_state_changed (TlSigninPage *self)
{
  if (self->in_view && tl_setup_get_auth (tl_page_get_setup (TL_PAGE (self))) == TL_AUTH_OAUTH2)
    focus_next (self);
}

static gboolean
has_focus (TlSigninPage *self,
           GtkWidget    *part)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);

  return self->in_view && (focus == NULL || gtk_widget_is_ancestor (focus, part));
}

/* What comes of a sign-in is known a moment later. Whoever is elsewhere by then stays there. */
static void
on_can_advance_changed (TlSigninPage *self)
{
  if (has_focus (self, GTK_WIDGET (self->signin_card)))
    focus_next (self);
}

static void
on_needs_client_changed (TlSigninPage *self)
{
  TlSetup *setup = tl_page_get_setup (TL_PAGE (self));
  gboolean needs_client = tl_signin_needs_client (tl_setup_get_signin (setup));

  if (self->needed_client && !needs_client && self->in_view &&
      tl_setup_get_auth (setup) == TL_AUTH_OAUTH2)
    gtk_widget_activate_action (GTK_WIDGET (self), "wizard.toast", "s",
                                _("Twolane is registered. You can sign in now."));
  self->needed_client = needs_client;
}

static void
on_request_needed_changed (TlSigninPage *self)
{
  if (has_focus (self, GTK_WIDGET (self->signin_card)) ||
      has_focus (self, GTK_WIDGET (self->client_card)))
    focus_next (self);
}

/* --- What is typed --------------------------------------------------------------------- */

static void
on_open_clicked (TlSigninPage *self)
{
  g_autofree char *link = NULL;

  g_object_get (tl_page_get_setup (TL_PAGE (self)), "app-password-link", &link, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.open-link", "s", link);
}

static void
on_insist_clicked (TlSigninPage *self)
{
  tl_setup_insist_on_secret (tl_page_get_setup (TL_PAGE (self)));
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.next", NULL);
}

static gboolean
tl_signin_page_advance (TlPage *page)
{
  TlSigninPage *self = TL_SIGNIN_PAGE (page);
  TlSetup *setup = tl_page_get_setup (page);
  gboolean separate = tl_identity_is_separate (tl_setup_get_identity (setup));
  g_autoptr(TlSecret) secret = tl_secret_row_steal_secret (self->secret_row);
  g_autoptr(TlSecret) other = tl_identity_group_steal_secret (self->identity_group);
  g_autoptr(TlFinding) finding = NULL;

  if (secret != NULL)
    {
      set_recalled (self, FALSE);
      tl_setup_set_secret (setup, separate ? TL_LANE_INCOMING : TL_LANE_NONE, secret);
    }
  if (other != NULL && separate)
    tl_setup_set_secret (setup, TL_LANE_OUTGOING, other);

  g_object_get (setup, "secret-finding", &finding, NULL);
  if (finding == NULL)
    return TRUE;

  gtk_widget_grab_focus (GTK_WIDGET (self->secret_row));
  tl_page_view_show_child (TL_PAGE_VIEW (adw_bin_get_child (ADW_BIN (self))), self->secret_card);

  return FALSE;
}

/* What was typed is for the mailbox it was typed for. */
static void
on_address_changed (TlSigninPage *self)
{
  tl_secret_row_clear (self->secret_row);
  tl_identity_group_clear (self->identity_group);
  set_recalled (self, FALSE);
}

static void
on_auth_changed (TlSigninPage *self)
{
  set_recalled (self, FALSE);
}

/* --- The page -------------------------------------------------------------------------- */

static void
tl_signin_page_entered (TlPage *page)
{
  TlSigninPage *self = TL_SIGNIN_PAGE (page);

  self->in_view = TRUE;
  if (!get_flag (self, "has-secret") && !is_typing (self))
    recall (self);
  focus_next (self);
}

static void
tl_signin_page_left (TlPage *page)
{
  TlSigninPage *self = TL_SIGNIN_PAGE (page);

  self->in_view = FALSE;
  stop_recall (self);
  stop_sign_in (self);
}

static void
tl_signin_page_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_RECALLED:
      g_value_set_boolean (value, TL_SIGNIN_PAGE (object)->recalled);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_signin_page_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_RECALLED:
      set_recalled (TL_SIGNIN_PAGE (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_signin_page_constructed (GObject *object)
{
  TlSigninPage *self = TL_SIGNIN_PAGE (object);
  TlSetup *setup = tl_page_get_setup (TL_PAGE (self));
  const struct { gpointer object; const char *signal; GCallback callback; } signals[] = {
    { self->secret_row, "notify::filled", G_CALLBACK (on_filled_changed) },
    { self->identity_group, "notify::filled", G_CALLBACK (on_filled_changed) },
    { self, "notify::can-advance", G_CALLBACK (on_can_advance_changed) },
    { setup, "notify::address-text", G_CALLBACK (on_address_changed) },
    { setup, "notify::auth", G_CALLBACK (on_auth_changed) },
    { setup, "notify::request-needed", G_CALLBACK (on_request_needed_changed) },
    { tl_setup_get_signin (setup), "notify::needs-client", G_CALLBACK (on_needs_client_changed) },
    { tl_setup_get_signin (setup), "notify::done", G_CALLBACK (on_state_changed) },
    { tl_setup_get_signin (setup), "open-url", G_CALLBACK (on_open_url) },
  };
  g_autoptr(GListModel) steps = NULL;

  G_OBJECT_CLASS (tl_signin_page_parent_class)->constructed (object);

  adw_action_row_set_subtitle (self->practice_row, TL_PRACTICE_PASSWORD);
  g_object_get (setup, "app-password-steps", &steps, NULL);
  tl_bind_list (self->steps_list, steps, TL_TYPE_NOTE_VIEW, "note");
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (signals[i].object, signals[i].signal, signals[i].callback, self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  on_needs_client_changed (self);
}

static void
tl_signin_page_dispose (GObject *object)
{
  TlSigninPage *self = TL_SIGNIN_PAGE (object);

  stop_recall (self);
  stop_sign_in (self);
  g_clear_object (&self->signin_cancellable);
  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_SIGNIN_PAGE);

  G_OBJECT_CLASS (tl_signin_page_parent_class)->dispose (object);
}

static void
tl_signin_page_class_init (TlSigninPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TlPageClass *page_class = TL_PAGE_CLASS (klass);

  object_class->get_property = tl_signin_page_get_property;
  object_class->set_property = tl_signin_page_set_property;
  object_class->constructed = tl_signin_page_constructed;
  object_class->dispose = tl_signin_page_dispose;
  page_class->entered = tl_signin_page_entered;
  page_class->left = tl_signin_page_left;
  page_class->advance = tl_signin_page_advance;
  page_class->sign_in = tl_signin_page_sign_in;

  properties[PROP_RECALLED] =
    g_param_spec_boolean ("recalled", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "page.cancel-sign-in", NULL,
                                   on_cancel_sign_in_activated);
  gtk_widget_class_install_action (widget_class, "page.change-client", NULL,
                                   on_change_client_activated);
  gtk_widget_class_install_action (widget_class, "page.change-secret", NULL,
                                   on_change_secret_activated);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-signin-page.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_open_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_insist_clicked);
  gtk_widget_class_bind_template_child (widget_class, TlSigninPage, client_card);
  gtk_widget_class_bind_template_child (widget_class, TlSigninPage, signin_card);
  gtk_widget_class_bind_template_child (widget_class, TlSigninPage, secret_row);
  gtk_widget_class_bind_template_child (widget_class, TlSigninPage, secret_card);
  gtk_widget_class_bind_template_child (widget_class, TlSigninPage, identity_group);
  gtk_widget_class_bind_template_child (widget_class, TlSigninPage, practice_row);
  gtk_widget_class_bind_template_child (widget_class, TlSigninPage, steps_list);
  tl_closures_bind (widget_class);
  tl_signin_words_bind (widget_class);
}

static void
tl_signin_page_init (TlSigninPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
