/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-client-window.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-field-hint.h"
#include "tl-oauth-client.h"
#include "tl-secret-row.h"

struct _TlClientWindow
{
  AdwWindow    parent_instance;

  /* Owned */
  TlSetup     *setup;

  /* Template children, borrowed */
  AdwEntryRow *client_row;
  GtkWidget   *client_problem;
  AdwEntryRow *tenant_row;
  GtkWidget   *tenant_problem;
  GtkWidget   *secret_row;
  GtkWidget   *secret_hint_row;
  GtkLabel    *secret_hint;
  GtkWidget   *use_button;
};

G_DEFINE_FINAL_TYPE (TlClientWindow, tl_client_window, ADW_TYPE_WINDOW)

/* What is pasted out of a mail brings spaces along. */
static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
mark (AdwEntryRow *row,
      GtkWidget   *problem,
      gboolean     wrong)
{
  gtk_widget_set_visible (problem, wrong);
  tl_field_hint_mark (GTK_WIDGET (row), wrong);
}

static void
on_changed (TlClientWindow *self)
{
  g_autofree char *id = dup_text (self->client_row);

  mark (self->client_row, self->client_problem, FALSE);
  mark (self->tenant_row, self->tenant_problem, FALSE);
  gtk_widget_set_sensitive (self->use_button, *id != '\0');
}

/* Whose fault it is: what can be meant without a directory fails by the directory. */
static gboolean
can_be_meant (const char *id,
              const char *tenant)
{
  const TlOauthClientParts parts = { .issuer = "https://issuer.invalid", .client_id = id,
                                     .tenant = tenant };
  g_autoptr(TlOauthClient) client = tl_oauth_client_new (&parts, NULL);

  return client != NULL;
}

/* An empty row is no secret: whoever administers may have got none. */
static TlSecret *
steal_secret (TlClientWindow *self)
{
  gboolean is_filled = FALSE;

  g_object_get (self->secret_row, "filled", &is_filled, NULL);

  return is_filled ? tl_secret_row_steal_secret (TL_SECRET_ROW (self->secret_row)) : NULL;
}

static void
on_use_clicked (TlClientWindow *self)
{
  g_autofree char *id = dup_text (self->client_row);
  g_autofree char *tenant = dup_text (self->tenant_row);
  g_autoptr(TlSecret) secret = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_id_wrong = !can_be_meant (id, NULL);

  /* What was typed unseen is not to be typed again because of another field. */
  if (!is_id_wrong && (*tenant == '\0' || can_be_meant (id, tenant)))
    secret = steal_secret (self);
  if (tl_setup_set_client (self->setup, id, *tenant == '\0' ? NULL : tenant, secret, &error))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  g_debug ("taking a client ID: %s", error->message);
  if (secret != NULL)
    {
      gtk_label_set_label (self->secret_hint,
                           _("This cannot be a client secret: it has letters, digits and signs."));
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->secret_row), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_widget_grab_focus (self->secret_row);
      return;
    }
  is_id_wrong = is_id_wrong || *tenant == '\0' || can_be_meant (id, tenant);
  mark (self->client_row, self->client_problem, is_id_wrong);
  mark (self->tenant_row, self->tenant_problem, !is_id_wrong);
  gtk_widget_grab_focus (GTK_WIDGET (is_id_wrong ? self->client_row : self->tenant_row));
}

static void
tl_client_window_dispose (GObject *object)
{
  tl_compat_dispose_template (GTK_WIDGET (object), TL_TYPE_CLIENT_WINDOW);
  g_clear_object (&TL_CLIENT_WINDOW (object)->setup);

  G_OBJECT_CLASS (tl_client_window_parent_class)->dispose (object);
}

static void
tl_client_window_class_init (TlClientWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tl_client_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-client-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TlClientWindow, client_row);
  gtk_widget_class_bind_template_child (widget_class, TlClientWindow, client_problem);
  gtk_widget_class_bind_template_child (widget_class, TlClientWindow, tenant_row);
  gtk_widget_class_bind_template_child (widget_class, TlClientWindow, tenant_problem);
  gtk_widget_class_bind_template_child (widget_class, TlClientWindow, secret_row);
  gtk_widget_class_bind_template_child (widget_class, TlClientWindow, secret_hint_row);
  gtk_widget_class_bind_template_child (widget_class, TlClientWindow, secret_hint);
  gtk_widget_class_bind_template_child (widget_class, TlClientWindow, use_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_use_clicked);
}

static void
tl_client_window_init (TlClientWindow *self)
{
  g_type_ensure (TL_TYPE_SECRET_ROW);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tl_client_window_new:
 * @parent: (nullable): the window it is above
 * @setup: what gets to know it
 *
 * Returns: (transfer none): a window, owned by GTK
 */
TlClientWindow *
tl_client_window_new (GtkWindow *parent,
                      TlSetup   *setup)
{
  TlClientWindow *self = g_object_new (TL_TYPE_CLIENT_WINDOW, "transient-for", parent, NULL);
  gboolean wants_secret = FALSE;

  self->setup = g_object_ref (setup);
  g_object_get (tl_setup_get_signin (setup), "wants-client-secret", &wants_secret, NULL);
  gtk_widget_set_visible (self->secret_row, wants_secret);
  gtk_widget_set_visible (self->secret_hint_row, wants_secret);
  gtk_widget_grab_focus (GTK_WIDGET (self->client_row));

  return self;
}
