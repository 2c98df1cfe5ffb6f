/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-page.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"

typedef struct
{
  /* owned */
  TlSetup   *setup;
  char      *title;
  char      *lead;
  char      *why;
  char      *next_label;
  int        content_width;
  gboolean   can_advance;
  gboolean   busy;

  /* template children, borrowed */
  AdwBin    *body;
  GtkBox    *actions;
  GtkWidget *next_button;
} TlPagePrivate;

static void tl_page_buildable_init (GtkBuildableIface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (TlPage, tl_page, ADW_TYPE_BIN,
                                  G_ADD_PRIVATE (TlPage)
                                  G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                         tl_page_buildable_init))

enum
{
  PROP_0,
  PROP_SETUP,
  PROP_TITLE,
  PROP_LEAD,
  PROP_WHY,
  PROP_NEXT_LABEL,
  PROP_CONTENT_WIDTH,
  PROP_CAN_ADVANCE,
  PROP_BUSY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;

static void
set_string (TlPage     *self,
            guint       prop,
            char      **field,
            const char *value)
{
  if (g_strcmp0 (*field, value) == 0)
    return;

  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
set_boolean (TlPage   *self,
             guint     prop,
             gboolean *field,
             gboolean  value)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
on_retry_activated (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  TlPage *self = TL_PAGE (widget);
  const char *nick = g_variant_get_string (parameter, NULL);
  g_autoptr(GEnumClass) lanes = g_type_class_ref (TL_TYPE_LANE_KIND);
  const GEnumValue *lane = g_enum_get_value_by_nick (lanes, nick);

  if (lane != NULL && TL_PAGE_GET_CLASS (self)->retry != NULL)
    TL_PAGE_GET_CLASS (self)->retry (self, lane->value);
}

static void
tl_page_add_child (GtkBuildable *buildable,
                   GtkBuilder   *builder,
                   GObject      *child,
                   const char   *type)
{
  TlPagePrivate *priv = tl_page_get_instance_private (TL_PAGE (buildable));

  if (priv->body == NULL)
    parent_buildable->add_child (buildable, builder, child, type);
  else if (g_strcmp0 (type, "action") == 0)
    gtk_box_prepend (priv->actions, GTK_WIDGET (child));
  else
    adw_bin_set_child (priv->body, GTK_WIDGET (child));
}

static void
tl_page_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = tl_page_add_child;
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
    case PROP_LEAD:
      g_value_set_string (value, priv->lead);
      break;
    case PROP_WHY:
      g_value_set_string (value, priv->why);
      break;
    case PROP_NEXT_LABEL:
      g_value_set_string (value, priv->next_label);
      break;
    case PROP_CONTENT_WIDTH:
      g_value_set_int (value, priv->content_width);
      break;
    case PROP_CAN_ADVANCE:
      g_value_set_boolean (value, priv->can_advance);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, priv->busy);
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
  TlPage *self = TL_PAGE (object);
  TlPagePrivate *priv = tl_page_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_SETUP:
      /* Construct-only; the expressions of the template wait for the news. */
      priv->setup = g_value_dup_object (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_TITLE:
      set_string (self, prop_id, &priv->title, g_value_get_string (value));
      break;
    case PROP_LEAD:
      set_string (self, prop_id, &priv->lead, g_value_get_string (value));
      break;
    case PROP_WHY:
      set_string (self, prop_id, &priv->why, g_value_get_string (value));
      break;
    case PROP_NEXT_LABEL:
      set_string (self, prop_id, &priv->next_label, g_value_get_string (value));
      break;
    case PROP_CONTENT_WIDTH:
      if (priv->content_width != g_value_get_int (value))
        {
          priv->content_width = g_value_get_int (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_CAN_ADVANCE:
      set_boolean (self, prop_id, &priv->can_advance, g_value_get_boolean (value));
      break;
    case PROP_BUSY:
      set_boolean (self, prop_id, &priv->busy, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
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
  g_free (priv->lead);
  g_free (priv->why);
  g_free (priv->next_label);

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
  properties[PROP_LEAD] = g_param_spec_string ("lead", NULL, NULL, NULL, flags);
  properties[PROP_WHY] = g_param_spec_string ("why", NULL, NULL, NULL, flags);
  properties[PROP_NEXT_LABEL] = g_param_spec_string ("next-label", NULL, NULL, NULL, flags);
  properties[PROP_CONTENT_WIDTH] =
    g_param_spec_int ("content-width", NULL, NULL, 100, 4000, 600, flags);
  properties[PROP_CAN_ADVANCE] =
    g_param_spec_boolean ("can-advance", NULL, NULL, FALSE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "page.retry", "s", on_retry_activated);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, TlPage, body);
  gtk_widget_class_bind_template_child_private (widget_class, TlPage, actions);
  gtk_widget_class_bind_template_child_private (widget_class, TlPage, next_button);
  tl_closures_bind (widget_class);
}

static void
tl_page_init (TlPage *self)
{
  TlPagePrivate *priv = tl_page_get_instance_private (self);

  priv->content_width = 600;
  priv->next_label = g_strdup (_("_Continue"));
  gtk_widget_init_template (GTK_WIDGET (self));
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

void
tl_page_set_can_advance (TlPage   *self,
                         gboolean  can_advance)
{
  TlPagePrivate *priv = tl_page_get_instance_private (self);

  set_boolean (self, PROP_CAN_ADVANCE, &priv->can_advance, can_advance);
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
  TlPagePrivate *priv = tl_page_get_instance_private (self);

  return priv->next_button;
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
