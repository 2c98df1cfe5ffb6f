/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-detail-view.h"

#include "tl-closures.h"
#include "tl-compat.h"

struct _TlDetailView
{
  GtkWidget  parent_instance;

  TlDetail  *detail; /* owned */
};

enum
{
  PROP_DETAIL = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlDetailView, tl_detail_view, GTK_TYPE_WIDGET)

static void
tl_detail_view_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlDetailView *self = TL_DETAIL_VIEW (object);

  switch (prop_id)
    {
    case PROP_DETAIL:
      g_value_set_object (value, self->detail);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_detail_view_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TlDetailView *self = TL_DETAIL_VIEW (object);

  switch (prop_id)
    {
    case PROP_DETAIL:
      if (g_set_object (&self->detail, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_detail_view_dispose (GObject *object)
{
  TlDetailView *self = TL_DETAIL_VIEW (object);

  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_DETAIL_VIEW);
  g_clear_object (&self->detail);

  G_OBJECT_CLASS (tl_detail_view_parent_class)->dispose (object);
}

static void
tl_detail_view_class_init (TlDetailViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_detail_view_get_property;
  object_class->set_property = tl_detail_view_set_property;
  object_class->dispose = tl_detail_view_dispose;

  properties[PROP_DETAIL] = g_param_spec_object ("detail", NULL, NULL, TL_TYPE_DETAIL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-detail-view.ui");
  tl_closures_bind (widget_class);
}

static void
tl_detail_view_init (TlDetailView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
