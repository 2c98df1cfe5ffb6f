/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-review-lane.h"

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-detail-view.h"
#include "tl-stage-view.h"

struct _TlReviewLane
{
  GtkWidget   parent_instance;

  /* Owned */
  GListModel *stages;
  GListModel *evidence;

  TlLaneKind  lane;

  /* Template children, borrowed */
  GtkListBox *stages_list;
  GtkListBox *evidence_list;
};

enum
{
  PROP_LANE = 1,
  PROP_STAGES,
  PROP_EVIDENCE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlReviewLane, tl_review_lane, GTK_TYPE_WIDGET)

static GtkWidget *
create_stage (gpointer item,
              gpointer user_data)
{
  TlReviewLane *self = user_data;

  return tl_row_new (g_object_new (TL_TYPE_STAGE_VIEW, "row", item, "lane", self->lane, NULL));
}

static void
show_stages (TlReviewLane *self)
{
  gtk_list_box_bind_model (self->stages_list, self->stages, create_stage, self, NULL);
}

static void
tl_review_lane_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlReviewLane *self = TL_REVIEW_LANE (object);

  switch (prop_id)
    {
    case PROP_LANE:
      g_value_set_enum (value, (int) self->lane);
      break;
    case PROP_STAGES:
      g_value_set_object (value, self->stages);
      break;
    case PROP_EVIDENCE:
      g_value_set_object (value, self->evidence);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_review_lane_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TlReviewLane *self = TL_REVIEW_LANE (object);

  switch (prop_id)
    {
    case PROP_LANE:
      if (self->lane == (TlLaneKind) g_value_get_enum (value))
        return;
      self->lane = (TlLaneKind) g_value_get_enum (value);
      show_stages (self);
      break;
    case PROP_STAGES:
      if (!g_set_object (&self->stages, g_value_get_object (value)))
        return;
      show_stages (self);
      break;
    case PROP_EVIDENCE:
      if (!g_set_object (&self->evidence, g_value_get_object (value)))
        return;
      if (self->evidence != NULL)
        tl_bind_list (self->evidence_list, self->evidence, TL_TYPE_DETAIL_VIEW, "detail");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  g_object_notify_by_pspec (object, pspec);
}

static void
tl_review_lane_dispose (GObject *object)
{
  TlReviewLane *self = TL_REVIEW_LANE (object);

  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_REVIEW_LANE);
  g_clear_object (&self->stages);
  g_clear_object (&self->evidence);

  G_OBJECT_CLASS (tl_review_lane_parent_class)->dispose (object);
}

static void
tl_review_lane_class_init (TlReviewLaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_review_lane_get_property;
  object_class->set_property = tl_review_lane_set_property;
  object_class->dispose = tl_review_lane_dispose;

  properties[PROP_LANE] = g_param_spec_enum ("lane", NULL, NULL, TL_TYPE_LANE_KIND, TL_LANE_NONE,
                                             flags);
  properties[PROP_STAGES] = g_param_spec_object ("stages", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_EVIDENCE] = g_param_spec_object ("evidence", NULL, NULL, G_TYPE_LIST_MODEL,
                                                   flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-review-lane.ui");
  gtk_widget_class_bind_template_child (widget_class, TlReviewLane, stages_list);
  gtk_widget_class_bind_template_child (widget_class, TlReviewLane, evidence_list);
  tl_closures_bind (widget_class);
}

static void
tl_review_lane_init (TlReviewLane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
