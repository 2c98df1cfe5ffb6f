/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-setup-widget.h"

#include "tl-compat.h"

typedef struct
{
  /* Owned */
  TlSetup *setup;
} TlSetupWidgetPrivate;

enum
{
  PROP_SETUP = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TlSetupWidget, tl_setup_widget, GTK_TYPE_WIDGET)

static void
set_setup (TlSetupWidget *self,
           TlSetup       *setup)
{
  TlSetupWidgetPrivate *priv = tl_setup_widget_get_instance_private (self);

  if (!g_set_object (&priv->setup, setup))
    return;

  if (setup != NULL && TL_SETUP_WIDGET_GET_CLASS (self)->setup_changed != NULL)
    TL_SETUP_WIDGET_GET_CLASS (self)->setup_changed (self, setup);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETUP]);
}

static void
tl_setup_widget_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SETUP:
      g_value_set_object (value, tl_setup_widget_get_setup (TL_SETUP_WIDGET (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_setup_widget_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SETUP:
      set_setup (TL_SETUP_WIDGET (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_setup_widget_dispose (GObject *object)
{
  TlSetupWidgetPrivate *priv = tl_setup_widget_get_instance_private (TL_SETUP_WIDGET (object));

  /* Classes under this one are final: the template is that of the object's own type. */
  tl_compat_dispose_template (GTK_WIDGET (object), G_OBJECT_TYPE (object));
  g_clear_object (&priv->setup);

  G_OBJECT_CLASS (tl_setup_widget_parent_class)->dispose (object);
}

static void
tl_setup_widget_class_init (TlSetupWidgetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_setup_widget_get_property;
  object_class->set_property = tl_setup_widget_set_property;
  object_class->dispose = tl_setup_widget_dispose;

  properties[PROP_SETUP] =
    g_param_spec_object ("setup", NULL, NULL, TL_TYPE_SETUP,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tl_setup_widget_init (TlSetupWidget *self)
{
}

/**
 * tl_setup_widget_get_setup:
 * @self: a widget
 *
 * Returns: (transfer none) (nullable): what it shows
 */
TlSetup *
tl_setup_widget_get_setup (TlSetupWidget *self)
{
  TlSetupWidgetPrivate *priv = tl_setup_widget_get_instance_private (self);

  g_return_val_if_fail (TL_IS_SETUP_WIDGET (self), NULL);

  return priv->setup;
}
