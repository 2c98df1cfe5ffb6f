/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-page.h"

#include "tl-page-view.h"
#include "tl-request-window.h"

typedef struct
{
  /* Owned */
  TlSetup  *setup;
  char     *title;
  gboolean  can_advance;
} TlPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TlPage, tl_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SETUP,
  PROP_TITLE,
  PROP_CAN_ADVANCE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
on_retry_activated (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  TlPage *self = TL_PAGE (widget);
  const char *nick = g_variant_get_string (parameter, NULL);
  g_autoptr(GEnumClass) lanes = g_type_class_ref (TL_TYPE_LANE_KIND);
  const GEnumValue *lane = g_enum_get_value_by_nick (lanes, nick);

  if (lane == NULL)
    return;

  if (TL_PAGE_GET_CLASS (self)->retry != NULL)
    TL_PAGE_GET_CLASS (self)->retry (self, (TlLaneKind) lane->value);
  else
    gtk_widget_activate_action (widget, "wizard.test-again", NULL);
}

static void
on_edit_servers_activated (GtkWidget  *widget,
                           const char *action_name,
                           GVariant   *parameter)
{
  if (TL_PAGE_GET_CLASS (widget)->edit_servers != NULL)
    TL_PAGE_GET_CLASS (widget)->edit_servers (TL_PAGE (widget));
  else
    gtk_widget_activate_action (widget, "wizard.go-to", "s", "servers");
}

static void
on_send_request_activated (GtkWidget  *widget,
                           const char *action_name,
                           GVariant   *parameter)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (widget));

  gtk_window_present (GTK_WINDOW (tl_request_window_new (parent,
                                                         tl_page_get_setup (TL_PAGE (widget)))));
}

static void
tl_page_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  TlPagePrivate *priv = tl_page_get_instance_private (TL_PAGE (object));

  switch (prop_id)
    {
    case PROP_SETUP:
      g_value_set_object (value, priv->setup);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_CAN_ADVANCE:
      g_value_set_boolean (value, priv->can_advance);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_page_set_property (GObject      *object,
                      guint         prop_id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  TlPagePrivate *priv = tl_page_get_instance_private (TL_PAGE (object));

  switch (prop_id)
    {
    case PROP_SETUP:
      /* Construct-only; the expressions of the template wait for the news. */
      priv->setup = g_value_dup_object (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_TITLE:
      if (g_strcmp0 (priv->title, g_value_get_string (value)) != 0)
        {
          g_free (priv->title);
          priv->title = g_value_dup_string (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_CAN_ADVANCE:
      if (priv->can_advance != g_value_get_boolean (value))
        {
          priv->can_advance = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* A <binding> right under <template> would do, but GTK 4.8 reads freed memory
 * when a widget that such an expression looks at is also the one it sets. So the
 * expressions of a page set properties of its view, and these follow. */
static void
on_child_changed (TlPage *self)
{
  GtkWidget *view = adw_bin_get_child (ADW_BIN (self));

  if (!TL_IS_PAGE_VIEW (view))
    return;

  g_object_bind_property (view, "title", self, "title", G_BINDING_SYNC_CREATE);
  g_object_bind_property (view, "can-advance", self, "can-advance", G_BINDING_SYNC_CREATE);
}

static void
tl_page_dispose (GObject *object)
{
  TlPagePrivate *priv = tl_page_get_instance_private (TL_PAGE (object));

  g_clear_object (&priv->setup);

  G_OBJECT_CLASS (tl_page_parent_class)->dispose (object);
}

static void
tl_page_finalize (GObject *object)
{
  TlPagePrivate *priv = tl_page_get_instance_private (TL_PAGE (object));

  g_free (priv->title);

  G_OBJECT_CLASS (tl_page_parent_class)->finalize (object);
}

static void
tl_page_class_init (TlPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_page_get_property;
  object_class->set_property = tl_page_set_property;
  object_class->dispose = tl_page_dispose;
  object_class->finalize = tl_page_finalize;

  properties[PROP_SETUP] =
    g_param_spec_object ("setup", NULL, NULL, TL_TYPE_SETUP, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_CAN_ADVANCE] = g_param_spec_boolean ("can-advance", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "page.retry", "s", on_retry_activated);
  gtk_widget_class_install_action (widget_class, "page.edit-servers", NULL,
                                   on_edit_servers_activated);
  gtk_widget_class_install_action (widget_class, "page.send-request", NULL,
                                   on_send_request_activated);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tl_page_init (TlPage *self)
{
  g_signal_connect (self, "notify::child", G_CALLBACK (on_child_changed), NULL);
}

TlSetup *
tl_page_get_setup (TlPage *self)
{
  TlPagePrivate *priv = tl_page_get_instance_private (self);

  return priv->setup;
}

const char *
tl_page_get_title (TlPage *self)
{
  TlPagePrivate *priv = tl_page_get_instance_private (self);

  return priv->title;
}

gboolean
tl_page_get_can_advance (TlPage *self)
{
  TlPagePrivate *priv = tl_page_get_instance_private (self);

  return priv->can_advance;
}

/**
 * tl_page_get_next_button:
 * @self: a page
 *
 * Returns: (transfer none): the button that leads on, for the window to make its default
 */
GtkWidget *
tl_page_get_next_button (TlPage *self)
{
  return tl_page_view_get_next_button (TL_PAGE_VIEW (adw_bin_get_child (ADW_BIN (self))));
}

/**
 * tl_page_entered:
 * @self: a page that has just come into view
 *
 * Lets the page start its work and put the focus where a person's work starts.
 */
void
tl_page_entered (TlPage *self)
{
  if (TL_PAGE_GET_CLASS (self)->entered != NULL)
    TL_PAGE_GET_CLASS (self)->entered (self);
}

/**
 * tl_page_left:
 * @self: a page that is going out of view
 *
 * Lets the page stop what nobody waits for any longer.
 */
void
tl_page_left (TlPage *self)
{
  if (TL_PAGE_GET_CLASS (self)->left != NULL)
    TL_PAGE_GET_CLASS (self)->left (self);
}

/**
 * tl_page_advance:
 * @self: a page whose question is answered
 *
 * Lets the page take over what is not bound, or do its act.
 *
 * Returns: whether the wizard goes on to the next page
 */
gboolean
tl_page_advance (TlPage *self)
{
  if (TL_PAGE_GET_CLASS (self)->advance != NULL)
    return TL_PAGE_GET_CLASS (self)->advance (self);

  return TRUE;
}

/**
 * tl_page_signs_in:
 * @self: a page
 *
 * Returns: whether one signs in here, at the provider's page or with a password
 */
gboolean
tl_page_signs_in (TlPage *self)
{
  return TL_PAGE_GET_CLASS (self)->sign_in != NULL;
}

/**
 * tl_page_sign_in:
 * @self: a page
 * @way: how
 *
 * Signs in at the provider's page, here or on the page where that is done.
 */
void
tl_page_sign_in (TlPage      *self,
                 TlSigninWay  way)
{
  if (tl_page_signs_in (self))
    TL_PAGE_GET_CLASS (self)->sign_in (self, way);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "wizard.sign-in", "i", (int) way);
}

/**
 * tl_page_applies_fixes:
 * @self: a page
 *
 * Returns: whether a lane can be mended and tested again here
 */
gboolean
tl_page_applies_fixes (TlPage *self)
{
  return TL_PAGE_GET_CLASS (self)->apply_fix != NULL;
}

/**
 * tl_page_apply_fix:
 * @self: a page that applies fixes
 * @fix: what to do
 *
 * Mends a lane and tests it again.
 */
void
tl_page_apply_fix (TlPage *self,
                   TlFix  *fix)
{
  g_return_if_fail (tl_page_applies_fixes (self));

  TL_PAGE_GET_CLASS (self)->apply_fix (self, fix);
}
