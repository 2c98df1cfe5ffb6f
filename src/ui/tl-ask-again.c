/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-ask-again.h"

#include "tl-closures.h"
#include "tl-compat.h"

struct _TlAskAgain
{
  GtkWidget  parent_instance;

  /* Owned */
  char      *site;

  gboolean   missing;
};

enum
{
  PROP_SITE = 1,
  PROP_MISSING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlAskAgain, tl_ask_again, GTK_TYPE_WIDGET)

static void
tl_ask_again_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlAskAgain *self = TL_ASK_AGAIN (object);

  switch (prop_id)
    {
    case PROP_SITE:
      g_value_set_string (value, self->site);
      break;
    case PROP_MISSING:
      g_value_set_boolean (value, self->missing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ask_again_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlAskAgain *self = TL_ASK_AGAIN (object);

  switch (prop_id)
    {
    case PROP_SITE:
      if (g_strcmp0 (self->site, g_value_get_string (value)) != 0)
        {
          g_free (self->site);
          self->site = g_value_dup_string (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_MISSING:
      if (self->missing != g_value_get_boolean (value))
        {
          self->missing = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_ask_again_dispose (GObject *object)
{
  TlAskAgain *self = TL_ASK_AGAIN (object);

  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_ASK_AGAIN);
  g_clear_pointer (&self->site, g_free);

  G_OBJECT_CLASS (tl_ask_again_parent_class)->dispose (object);
}

static void
tl_ask_again_class_init (TlAskAgainClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_ask_again_get_property;
  object_class->set_property = tl_ask_again_set_property;
  object_class->dispose = tl_ask_again_dispose;

  properties[PROP_SITE] = g_param_spec_string ("site", NULL, NULL, NULL, flags);
  properties[PROP_MISSING] = g_param_spec_boolean ("missing", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-ask-again.ui");
  tl_closures_bind (widget_class);
}

static void
tl_ask_again_init (TlAskAgain *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
