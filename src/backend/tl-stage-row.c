/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-stage-row.h"

#include "tl-deadline.h"

struct _TlStageRow
{
  GObject     parent_instance;

  TlStage     stage;
  TlStatus    status;
  guint       began_ms;
  guint       ms;
  guint       left_s;
  TlDeadline  deadline;
  guint       tick_id;
};

enum
{
  PROP_STAGE = 1,
  PROP_LABEL,
  PROP_STATUS,
  PROP_BEGAN_MS,
  PROP_MS,
  PROP_LEFT_S,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlStageRow, tl_stage_row, G_TYPE_OBJECT)

static void
set_status (TlStageRow *self,
            TlStatus    status)
{
  if (self->status == status)
    return;
  self->status = status;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static void
set_uint (TlStageRow *self,
          guint      *field,
          guint       value,
          guint       prop_id)
{
  if (*field == value)
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static gboolean
on_second_passed (gpointer data)
{
  TlStageRow *self = data;

  set_uint (self, &self->left_s, (tl_deadline_get_left_ms (self->deadline) + 999) / 1000,
            PROP_LEFT_S);

  return G_SOURCE_CONTINUE;
}

static void
stop_ticking (TlStageRow *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  set_uint (self, &self->left_s, 0, PROP_LEFT_S);
}

static void
tl_stage_row_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlStageRow *self = TL_STAGE_ROW (object);

  switch (prop_id)
    {
    case PROP_STAGE:
      g_value_set_enum (value, (int) self->stage);
      break;
    case PROP_LABEL:
      g_value_set_string (value, tl_stage_get_label (self->stage));
      break;
    case PROP_STATUS:
      g_value_set_enum (value, (int) self->status);
      break;
    case PROP_BEGAN_MS:
      g_value_set_uint (value, self->began_ms);
      break;
    case PROP_MS:
      g_value_set_uint (value, self->ms);
      break;
    case PROP_LEFT_S:
      g_value_set_uint (value, self->left_s);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_stage_row_dispose (GObject *object)
{
  TlStageRow *self = TL_STAGE_ROW (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  G_OBJECT_CLASS (tl_stage_row_parent_class)->dispose (object);
}

static void
tl_stage_row_class_init (TlStageRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_stage_row_get_property;
  object_class->dispose = tl_stage_row_dispose;

  properties[PROP_STAGE] =
    g_param_spec_enum ("stage", NULL, NULL, TL_TYPE_STAGE, TL_STAGE_RESOLVE, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_STATUS] =
    g_param_spec_enum ("status", NULL, NULL, TL_TYPE_STATUS, TL_STATUS_NOT_TESTED, flags);
  properties[PROP_BEGAN_MS] = g_param_spec_uint ("began-ms", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_MS] = g_param_spec_uint ("ms", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LEFT_S] = g_param_spec_uint ("left-s", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_stage_row_init (TlStageRow *self)
{
}

TlStageRow *
tl_stage_row_new (TlStage stage)
{
  TlStageRow *self = g_object_new (TL_TYPE_STAGE_ROW, NULL);

  self->stage = stage;

  return self;
}

TlStage
tl_stage_row_get_stage (TlStageRow *self)
{
  g_return_val_if_fail (TL_IS_STAGE_ROW (self), TL_STAGE_RESOLVE);

  return self->stage;
}

TlStatus
tl_stage_row_get_status (TlStageRow *self)
{
  g_return_val_if_fail (TL_IS_STAGE_ROW (self), TL_STATUS_NOT_TESTED);

  return self->status;
}

guint
tl_stage_row_get_ms (TlStageRow *self)
{
  g_return_val_if_fail (TL_IS_STAGE_ROW (self), 0);

  return self->ms;
}

/**
 * tl_stage_row_start:
 * @self: a row
 * @budget_ms: how long the stage may take
 *
 * Shows the stage as running, with a countdown.
 */
void
tl_stage_row_start (TlStageRow *self,
                    guint       budget_ms)
{
  g_return_if_fail (TL_IS_STAGE_ROW (self));

  self->deadline = tl_deadline_in_ms (budget_ms);
  set_status (self, TL_STATUS_RUNNING);
  on_second_passed (self);
  if (self->tick_id == 0)
    {
      self->tick_id = g_timeout_add_seconds (1, on_second_passed, self);
      g_source_set_name_by_id (self->tick_id, "[twolane] countdown of a stage");
    }
}

/**
 * tl_stage_row_finish:
 * @self: a row
 * @step: how its stage went
 */
void
tl_stage_row_finish (TlStageRow *self,
                     TlStep     *step)
{
  g_return_if_fail (TL_IS_STAGE_ROW (self));
  g_return_if_fail (tl_step_get_stage (step) == self->stage);

  stop_ticking (self);
  set_uint (self, &self->began_ms, tl_step_get_began_ms (step), PROP_BEGAN_MS);
  set_uint (self, &self->ms, tl_step_get_ms (step), PROP_MS);
  set_status (self, tl_step_get_status (step));
}

/**
 * tl_stage_row_rest:
 * @self: a row
 *
 * Back to not-tested.
 */
void
tl_stage_row_rest (TlStageRow *self)
{
  g_return_if_fail (TL_IS_STAGE_ROW (self));

  stop_ticking (self);
  set_uint (self, &self->began_ms, 0, PROP_BEGAN_MS);
  set_uint (self, &self->ms, 0, PROP_MS);
  set_status (self, TL_STATUS_NOT_TESTED);
}
