/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-column.h"

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-detail-view.h"
#include "tl-finding-card.h"
#include "tl-lane-details.h"
#include "tl-stage-view.h"

struct _TlLaneColumn
{
  GtkWidget           parent_instance;

  /* Owned */
  TlLaneRun          *run;
  GtkFilterListModel *others;   /* findings that no stage shows */

  GListStore         *details;  /* of TlDetail */

  /* Template children, borrowed */
  GtkListBox         *stages_list;
  GtkListBox         *findings_list;
  GtkListBox         *details_list;
  GtkWidget          *details_expander;
};

enum
{
  PROP_RUN = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlLaneColumn, tl_lane_column, GTK_TYPE_WIDGET)

static gboolean
has_stage (TlLaneRun *run,
           TlStage    stage)
{
  GListModel *stages = tl_lane_run_get_stages (run);

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr(TlStageRow) row = g_list_model_get_item (stages, i);

      if (tl_stage_row_get_stage (row) == stage)
        return TRUE;
    }

  return FALSE;
}

/* The finding that decided the lane is shown where it happened, all others below. */
static gboolean
is_other (gpointer item,
          gpointer user_data)
{
  TlLaneColumn *self = user_data;
  TlFinding *finding = item;
  g_autoptr(TlFinding) primary = NULL;

  if (self->run == NULL)
    return FALSE;
  g_object_get (self->run, "primary", &primary, NULL);

  return finding != primary || !has_stage (self->run, tl_finding_get_stage (finding));
}

static GtkWidget *
create_stage (gpointer item,
              gpointer user_data)
{
  TlLaneColumn *self = user_data;
  GtkWidget *view = g_object_new (TL_TYPE_STAGE_VIEW, "row", item, "run", self->run,
                                  "lane", tl_lane_run_get_lane (self->run), NULL);

  return g_object_new (GTK_TYPE_LIST_BOX_ROW,
                       "activatable", FALSE,
                       "selectable", FALSE,
                       "focusable", FALSE,
                       "child", view,
                       NULL);
}

static void
show_details (TlLaneColumn *self)
{
  TlLaneReport *report = self->run == NULL ? NULL : tl_lane_run_get_report (self->run);
  g_autoptr(GPtrArray) details = tl_lane_details_list (report);

  g_list_store_splice (self->details, 0, g_list_model_get_n_items (G_LIST_MODEL (self->details)),
                       details->pdata, details->len);
  gtk_widget_set_visible (self->details_expander, details->len > 0);
}

/* A new result says so by this, be it the same finding or none again. */
static void
on_primary_changed (TlLaneColumn *self)
{
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->others), GTK_FILTER_CHANGE_DIFFERENT);
  show_details (self);
}

/* Only where a test was asked for is it a place to go to. */
static void
on_focus_left (TlLaneColumn *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

static void
set_run (TlLaneColumn *self,
         TlLaneRun    *run)
{
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_func (self->run, on_primary_changed, self);
  g_set_object (&self->run, run);

  gtk_list_box_bind_model (self->stages_list,
                           run == NULL ? NULL : tl_lane_run_get_stages (run),
                           create_stage, self, NULL);
  gtk_filter_list_model_set_model (self->others,
                                   run == NULL ? NULL : tl_lane_run_get_findings (run));
  if (run != NULL)
    g_signal_connect_object (run, "notify::primary", G_CALLBACK (on_primary_changed), self,
                             G_CONNECT_SWAPPED);
  show_details (self);
}

static void
tl_lane_column_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlLaneColumn *self = TL_LANE_COLUMN (object);

  switch (prop_id)
    {
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_lane_column_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TlLaneColumn *self = TL_LANE_COLUMN (object);

  switch (prop_id)
    {
    case PROP_RUN:
      if (self->run != g_value_get_object (value))
        {
          set_run (self, g_value_get_object (value));
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_lane_column_dispose (GObject *object)
{
  TlLaneColumn *self = TL_LANE_COLUMN (object);

  if (self->stages_list != NULL)
    set_run (self, NULL);
  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_LANE_COLUMN);
  g_clear_object (&self->others);
  g_clear_object (&self->details);

  G_OBJECT_CLASS (tl_lane_column_parent_class)->dispose (object);
}

static void
tl_lane_column_class_init (TlLaneColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_lane_column_get_property;
  object_class->set_property = tl_lane_column_set_property;
  object_class->dispose = tl_lane_column_dispose;

  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, TL_TYPE_LANE_RUN, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-lane-column.ui");
  gtk_widget_class_bind_template_child (widget_class, TlLaneColumn, stages_list);
  gtk_widget_class_bind_template_child (widget_class, TlLaneColumn, findings_list);
  gtk_widget_class_bind_template_child (widget_class, TlLaneColumn, details_list);
  gtk_widget_class_bind_template_child (widget_class, TlLaneColumn, details_expander);
  gtk_widget_class_bind_template_callback (widget_class, on_focus_left);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  tl_closures_bind (widget_class);
}

static void
tl_lane_column_init (TlLaneColumn *self)
{
  GtkCustomFilter *filter = gtk_custom_filter_new (is_other, self, NULL);

  self->others = gtk_filter_list_model_new (NULL, GTK_FILTER (filter));
  self->details = g_list_store_new (TL_TYPE_DETAIL);
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_bind_list (self->findings_list, G_LIST_MODEL (self->others), TL_TYPE_FINDING_CARD, "finding");
  tl_bind_list (self->details_list, G_LIST_MODEL (self->details), TL_TYPE_DETAIL_VIEW, "detail");
}

/**
 * tl_lane_column_take_focus:
 * @self: a column
 *
 * Takes the focus, from a button that goes as the lane is tested. The column is no stop on the way
 * through the page otherwise.
 */
void
tl_lane_column_take_focus (TlLaneColumn *self)
{
  g_return_if_fail (TL_IS_LANE_COLUMN (self));

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}
