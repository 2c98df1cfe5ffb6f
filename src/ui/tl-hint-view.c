/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-hint-view.h"

#include "tl-closures.h"
#include "tl-compat.h"

struct _TlHintView
{
  GtkWidget  parent_instance;

  /* Owned */
  TlHint *hint;
};

enum
{
  PROP_HINT = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlHintView, tl_hint_view, GTK_TYPE_WIDGET)

static void
on_open_clicked (TlHintView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.open-link", "s",
                              tl_hint_get_link (self->hint));
}

static void
tl_hint_view_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlHintView *self = TL_HINT_VIEW (object);

  switch (prop_id)
    {
    case PROP_HINT:
      g_value_set_object (value, self->hint);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_hint_view_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlHintView *self = TL_HINT_VIEW (object);

  switch (prop_id)
    {
    case PROP_HINT:
      if (g_set_object (&self->hint, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_hint_view_dispose (GObject *object)
{
  TlHintView *self = TL_HINT_VIEW (object);

  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_HINT_VIEW);
  g_clear_object (&self->hint);

  G_OBJECT_CLASS (tl_hint_view_parent_class)->dispose (object);
}

static void
tl_hint_view_class_init (TlHintViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_hint_view_get_property;
  object_class->set_property = tl_hint_view_set_property;
  object_class->dispose = tl_hint_view_dispose;

  properties[PROP_HINT] = g_param_spec_object ("hint", NULL, NULL, TL_TYPE_HINT, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-hint-view.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_open_clicked);
  tl_closures_bind (widget_class);
}

static void
tl_hint_view_init (TlHintView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
