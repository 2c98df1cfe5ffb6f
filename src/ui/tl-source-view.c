/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-source-view.h"

#include "tl-closures.h"
#include "tl-compat.h"

struct _TlSourceView
{
  GtkWidget  parent_instance;

  /* Owned */
  TlSourceAnswer *answer;
};

enum
{
  PROP_ANSWER = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSourceView, tl_source_view, GTK_TYPE_WIDGET)

static void
tl_source_view_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlSourceView *self = TL_SOURCE_VIEW (object);

  switch (prop_id)
    {
    case PROP_ANSWER:
      g_value_set_object (value, self->answer);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_source_view_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TlSourceView *self = TL_SOURCE_VIEW (object);

  switch (prop_id)
    {
    case PROP_ANSWER:
      if (g_set_object (&self->answer, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_source_view_dispose (GObject *object)
{
  TlSourceView *self = TL_SOURCE_VIEW (object);

  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_SOURCE_VIEW);
  g_clear_object (&self->answer);

  G_OBJECT_CLASS (tl_source_view_parent_class)->dispose (object);
}

static void
tl_source_view_class_init (TlSourceViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_source_view_get_property;
  object_class->set_property = tl_source_view_set_property;
  object_class->dispose = tl_source_view_dispose;

  properties[PROP_ANSWER] =
    g_param_spec_object ("answer", NULL, NULL, TL_TYPE_SOURCE_ANSWER, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-source-view.ui");
  tl_closures_bind (widget_class);
}

static void
tl_source_view_init (TlSourceView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
