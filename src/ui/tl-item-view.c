/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-item-view.h"

#include "tl-compat.h"

typedef struct
{
  GObject *item;   /* owned */
} TlItemViewPrivate;

enum
{
  PROP_ITEM = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TlItemView, tl_item_view, GTK_TYPE_WIDGET)

static void
tl_item_view_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, tl_item_view_get_item (TL_ITEM_VIEW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_item_view_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlItemViewPrivate *priv = tl_item_view_get_instance_private (TL_ITEM_VIEW (object));

  switch (prop_id)
    {
    case PROP_ITEM:
      if (g_set_object (&priv->item, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_item_view_dispose (GObject *object)
{
  TlItemViewPrivate *priv = tl_item_view_get_instance_private (TL_ITEM_VIEW (object));

  /* Classes under this one are final: the template is that of the object's own type. */
  tl_compat_dispose_template (GTK_WIDGET (object), G_OBJECT_TYPE (object));
  g_clear_object (&priv->item);

  G_OBJECT_CLASS (tl_item_view_parent_class)->dispose (object);
}

static void
tl_item_view_class_init (TlItemViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_item_view_get_property;
  object_class->set_property = tl_item_view_set_property;
  object_class->dispose = tl_item_view_dispose;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, G_TYPE_OBJECT,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
tl_item_view_init (TlItemView *self)
{
}

/**
 * tl_item_view_get_item:
 * @self: a widget
 *
 * Returns: (transfer none) (nullable): what it shows
 */
gpointer
tl_item_view_get_item (TlItemView *self)
{
  TlItemViewPrivate *priv = tl_item_view_get_instance_private (self);

  g_return_val_if_fail (TL_IS_ITEM_VIEW (self), NULL);

  return priv->item;
}
