/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-stage-view.h"

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-lane-run.h"

struct _TlStageView
{
  GtkWidget   parent_instance;

  /* Owned */
  TlStageRow *row;
  TlLaneRun  *run;

  TlLaneKind  lane;
};

enum
{
  PROP_ROW = 1,
  PROP_RUN,
  PROP_LANE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlStageView, tl_stage_view, GTK_TYPE_WIDGET)

static void
tl_stage_view_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlStageView *self = TL_STAGE_VIEW (object);

  switch (prop_id)
    {
    case PROP_ROW:
      g_value_set_object (value, self->row);
      break;
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    case PROP_LANE:
      g_value_set_enum (value, (int) self->lane);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_stage_view_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlStageView *self = TL_STAGE_VIEW (object);

  switch (prop_id)
    {
    case PROP_ROW:
      if (g_set_object (&self->row, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_RUN:
      if (g_set_object (&self->run, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_LANE:
      if (self->lane != (TlLaneKind) g_value_get_enum (value))
        {
          self->lane = (TlLaneKind) g_value_get_enum (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_stage_view_dispose (GObject *object)
{
  TlStageView *self = TL_STAGE_VIEW (object);

  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_STAGE_VIEW);
  g_clear_object (&self->row);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (tl_stage_view_parent_class)->dispose (object);
}

static void
tl_stage_view_class_init (TlStageViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_stage_view_get_property;
  object_class->set_property = tl_stage_view_set_property;
  object_class->dispose = tl_stage_view_dispose;

  properties[PROP_ROW] = g_param_spec_object ("row", NULL, NULL, TL_TYPE_STAGE_ROW, flags);
  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, TL_TYPE_LANE_RUN, flags);
  properties[PROP_LANE] = g_param_spec_enum ("lane", NULL, NULL, TL_TYPE_LANE_KIND, TL_LANE_NONE,
                                             flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-stage-view.ui");
  tl_closures_bind (widget_class);
}

static void
tl_stage_view_init (TlStageView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
