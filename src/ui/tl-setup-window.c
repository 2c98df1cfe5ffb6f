/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-setup-window.h"

#include "tl-compat.h"

typedef struct
{
  TlSetup *setup;   /* owned */
} TlSetupWindowPrivate;

enum
{
  PROP_SETUP = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TlSetupWindow, tl_setup_window, ADW_TYPE_WINDOW)

static void
on_toast (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  tl_setup_window_say (TL_SETUP_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
tl_setup_window_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SETUP:
      g_value_set_object (value, tl_setup_window_get_setup (TL_SETUP_WINDOW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_setup_window_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TlSetupWindowPrivate *priv = tl_setup_window_get_instance_private (TL_SETUP_WINDOW (object));

  switch (prop_id)
    {
    case PROP_SETUP:
      if (g_set_object (&priv->setup, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_setup_window_dispose (GObject *object)
{
  TlSetupWindowPrivate *priv = tl_setup_window_get_instance_private (TL_SETUP_WINDOW (object));

  /* Classes under this one are final: the template is that of the object's own type. */
  tl_compat_dispose_template (GTK_WIDGET (object), G_OBJECT_TYPE (object));
  g_clear_object (&priv->setup);

  G_OBJECT_CLASS (tl_setup_window_parent_class)->dispose (object);
}

static void
tl_setup_window_class_init (TlSetupWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_setup_window_get_property;
  object_class->set_property = tl_setup_window_set_property;
  object_class->dispose = tl_setup_window_dispose;

  properties[PROP_SETUP] =
    g_param_spec_object ("setup", NULL, NULL, TL_TYPE_SETUP,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "wizard.toast", "s", on_toast);
}

static void
tl_setup_window_init (TlSetupWindow *self)
{
}

/**
 * tl_setup_window_get_setup:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): what it shows
 */
TlSetup *
tl_setup_window_get_setup (TlSetupWindow *self)
{
  TlSetupWindowPrivate *priv = tl_setup_window_get_instance_private (self);

  g_return_val_if_fail (TL_IS_SETUP_WINDOW (self), NULL);

  return priv->setup;
}

/**
 * tl_setup_window_say:
 * @self: a window
 * @what: a sentence
 *
 * Says something for a moment, at the lower edge.
 */
void
tl_setup_window_say (TlSetupWindow *self,
                     const char    *what)
{
  /* A toast's title is markup, and what it is given may be anything. */
  g_autofree char *title = g_markup_escape_text (what, -1);
  GtkWidget *content = adw_window_get_content (ADW_WINDOW (self));

  g_return_if_fail (ADW_IS_TOAST_OVERLAY (content));

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (content), adw_toast_new (title));
}
