/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-run-private.h"

#include "tl-lane-survey.h"
#include "tl-lane.h"
#include "tl-stage-row.h"

struct _TlLaneRun
{
  GObject       parent_instance;

  TlLaneKind    kind;

  /* Owned */
  GListStore   *stages;          /* of TlStageRow */
  GListStore   *findings;        /* of TlFinding */
  TlLane       *lane;            /* while running */
  TlLaneSurvey *survey;          /* its guest, on the incoming lane */
  TlLaneReport *report;          /* after the last test, or NULL */
  TlMailboxFacts *facts;         /* what that saw of the mailbox, or NULL */
  char         *endpoint_text;
  char         *transcript_text;
  guint         total_ms;
};

enum
{
  PROP_LANE = 1,
  PROP_RUNNING,
  PROP_STAGES,
  PROP_VERDICT,
  PROP_PRIMARY,
  PROP_FINDINGS,
  PROP_ENDPOINT_TEXT,
  PROP_TOTAL_MS,
  PROP_TRANSCRIPT_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlLaneRun, tl_lane_run, G_TYPE_OBJECT)

static TlStageRow *
find_row (TlLaneRun *self,
          TlStage    stage)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->stages));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TlStageRow) row = g_list_model_get_item (G_LIST_MODEL (self->stages), i);

      if (tl_stage_row_get_stage (row) == stage)
        return row; /* the model keeps it */
    }

  return NULL;
}

/* The same rows stay when the stages are the same, so that a list on screen
 * does not blink when a lane is tested again. */
static void
lay_out_stages (TlLaneRun  *self,
                TlSecurity  security)
{
  gsize n_stages;
  const TlStage *stages = tl_stage_list_lane (security, &n_stages);
  gboolean same = g_list_model_get_n_items (G_LIST_MODEL (self->stages)) == n_stages;

  for (gsize i = 0; same && i < n_stages; i++)
    {
      g_autoptr(TlStageRow) row = g_list_model_get_item (G_LIST_MODEL (self->stages), (guint) i);

      same = tl_stage_row_get_stage (row) == stages[i];
      tl_stage_row_rest (row);
    }

  if (same)
    return;

  g_list_store_remove_all (self->stages);
  for (gsize i = 0; i < n_stages; i++)
    {
      g_autoptr(TlStageRow) row = tl_stage_row_new (stages[i]);

      g_list_store_append (self->stages, row);
    }
}

static void
notify_result (TlLaneRun *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERDICT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRIMARY]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL_MS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRANSCRIPT_TEXT]);
}

static void
take_report (TlLaneRun    *self,
             TlLaneReport *report)
{
  GPtrArray *findings = tl_lane_report_get_findings (report);
  GPtrArray *steps = tl_lane_report_get_steps (report);

  g_clear_pointer (&self->report, tl_lane_report_unref);
  self->report = report;

  g_list_store_remove_all (self->findings);
  for (guint i = 0; i < findings->len; i++)
    g_list_store_append (self->findings, g_ptr_array_index (findings, i));

  self->total_ms = 0;
  for (guint i = 0; i < steps->len; i++)
    {
      TlStep *step = g_ptr_array_index (steps, i);
      TlStageRow *row = find_row (self, tl_step_get_stage (step));

      if (row != NULL)
        tl_stage_row_finish (row, step);
      self->total_ms = MAX (self->total_ms, tl_step_get_began_ms (step) + tl_step_get_ms (step));
    }
}

static void
on_step_started (TlLaneRun *self,
                 TlStage    stage,
                 guint      budget_ms)
{
  TlStageRow *row = find_row (self, stage);

  if (row != NULL)
    tl_stage_row_start (row, budget_ms);
}

static void
on_step_finished (TlLaneRun *self,
                  TlStep    *step)
{
  TlStageRow *row = find_row (self, tl_step_get_stage (step));

  if (row != NULL)
    tl_stage_row_finish (row, step);
}

static void
on_lane_ran (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlLaneRun *self = g_task_get_source_object (task);
  TlLane *lane = TL_LANE (object);
  GError *error = NULL;
  TlLaneReport *report = tl_lane_run_finish (lane, result, &error);
  TlTranscript *transcript = tl_lane_get_transcript (lane);
  g_autoptr(TlLaneSurvey) survey = g_steal_pointer (&self->survey);
  TlMailboxFacts *facts = survey == NULL ? NULL : tl_lane_survey_get_facts (survey);

  g_signal_handlers_disconnect_by_data (lane, self);
  g_clear_object (&self->lane);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);

  if (report == NULL)
    {
      /* Half a test says nothing about a lane, the steps that went well included. */
      tl_lane_run_clear (self);
      g_task_return_error (task, error);
      return;
    }

  if (transcript != NULL)
    self->transcript_text = tl_transcript_to_string (transcript);
  if (facts != NULL)
    self->facts = tl_mailbox_facts_ref (facts);
  take_report (self, report);
  notify_result (self);
  g_task_return_boolean (task, TRUE);
}

static void
tl_lane_run_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TlLaneRun *self = TL_LANE_RUN (object);

  switch (prop_id)
    {
    case PROP_LANE:
      g_value_set_enum (value, (int) self->kind);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, tl_lane_run_is_running (self));
      break;
    case PROP_STAGES:
      g_value_set_object (value, self->stages);
      break;
    case PROP_VERDICT:
      g_value_set_enum (value, (int) tl_lane_run_get_verdict (self));
      break;
    case PROP_PRIMARY:
      g_value_set_object (value, self->report == NULL ? NULL
                                                      : tl_lane_report_get_primary (self->report));
      break;
    case PROP_FINDINGS:
      g_value_set_object (value, self->findings);
      break;
    case PROP_ENDPOINT_TEXT:
      g_value_set_string (value, self->endpoint_text);
      break;
    case PROP_TOTAL_MS:
      g_value_set_uint (value, self->total_ms);
      break;
    case PROP_TRANSCRIPT_TEXT:
      g_value_set_string (value, self->transcript_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_lane_run_dispose (GObject *object)
{
  TlLaneRun *self = TL_LANE_RUN (object);

  g_clear_object (&self->stages);
  g_clear_object (&self->findings);
  g_clear_object (&self->lane);
  g_clear_pointer (&self->survey, tl_lane_survey_unref);
  g_clear_pointer (&self->report, tl_lane_report_unref);
  g_clear_pointer (&self->facts, tl_mailbox_facts_unref);
  g_clear_pointer (&self->endpoint_text, g_free);
  g_clear_pointer (&self->transcript_text, g_free);

  G_OBJECT_CLASS (tl_lane_run_parent_class)->dispose (object);
}

static void
tl_lane_run_class_init (TlLaneRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_lane_run_get_property;
  object_class->dispose = tl_lane_run_dispose;

  properties[PROP_LANE] =
    g_param_spec_enum ("lane", NULL, NULL, TL_TYPE_LANE_KIND, TL_LANE_NONE, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_STAGES] = g_param_spec_object ("stages", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_VERDICT] =
    g_param_spec_enum ("verdict", NULL, NULL, TL_TYPE_VERDICT, TL_VERDICT_NOT_TESTED, flags);
  properties[PROP_PRIMARY] = g_param_spec_object ("primary", NULL, NULL, TL_TYPE_FINDING, flags);
  properties[PROP_FINDINGS] =
    g_param_spec_object ("findings", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_ENDPOINT_TEXT] =
    g_param_spec_string ("endpoint-text", NULL, NULL, NULL, flags);
  properties[PROP_TOTAL_MS] = g_param_spec_uint ("total-ms", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TRANSCRIPT_TEXT] =
    g_param_spec_string ("transcript-text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_lane_run_init (TlLaneRun *self)
{
  self->stages = g_list_store_new (TL_TYPE_STAGE_ROW);
  self->findings = g_list_store_new (TL_TYPE_FINDING);
  lay_out_stages (self, TL_SECURITY_TLS);
}

TlLaneRun *
tl_lane_run_new (TlLaneKind lane)
{
  TlLaneRun *self = g_object_new (TL_TYPE_LANE_RUN, NULL);

  self->kind = lane;

  return self;
}

TlLaneKind
tl_lane_run_get_lane (TlLaneRun *self)
{
  g_return_val_if_fail (TL_IS_LANE_RUN (self), TL_LANE_NONE);

  return self->kind;
}

gboolean
tl_lane_run_is_running (TlLaneRun *self)
{
  g_return_val_if_fail (TL_IS_LANE_RUN (self), FALSE);

  return self->lane != NULL;
}

TlVerdict
tl_lane_run_get_verdict (TlLaneRun *self)
{
  g_return_val_if_fail (TL_IS_LANE_RUN (self), TL_VERDICT_NOT_TESTED);

  return self->report == NULL ? TL_VERDICT_NOT_TESTED : tl_lane_report_get_verdict (self->report);
}

/**
 * tl_lane_run_get_report:
 * @self: a lane
 *
 * Returns: (transfer none) (nullable): how the last test went, or %NULL
 */
TlLaneReport *
tl_lane_run_get_report (TlLaneRun *self)
{
  g_return_val_if_fail (TL_IS_LANE_RUN (self), NULL);

  return self->report;
}

GListModel *
tl_lane_run_get_stages (TlLaneRun *self)
{
  g_return_val_if_fail (TL_IS_LANE_RUN (self), NULL);

  return G_LIST_MODEL (self->stages);
}

GListModel *
tl_lane_run_get_findings (TlLaneRun *self)
{
  g_return_val_if_fail (TL_IS_LANE_RUN (self), NULL);

  return G_LIST_MODEL (self->findings);
}

/**
 * tl_lane_run_get_facts:
 * @self: a lane
 *
 * Returns: (transfer none) (nullable): what the last test saw of the mailbox; %NULL of an outgoing
 *   lane, and where a stage did not pass
 */
TlMailboxFacts *
tl_lane_run_get_facts (TlLaneRun *self)
{
  g_return_val_if_fail (TL_IS_LANE_RUN (self), NULL);

  return self->facts;
}

/**
 * tl_lane_run_set_facts:
 * @self: an incoming lane that was tested, and passed
 * @facts: what another session with the same settings saw since
 */
void
tl_lane_run_set_facts (TlLaneRun      *self,
                       TlMailboxFacts *facts)
{
  TlMailboxFacts *old = self->facts;

  g_return_if_fail (TL_IS_LANE_RUN (self));
  g_return_if_fail (self->report != NULL);

  self->facts = tl_mailbox_facts_ref (facts);
  g_clear_pointer (&old, tl_mailbox_facts_unref);
}

/**
 * tl_lane_run_clear:
 * @self: a lane that is not running
 *
 * Forgets the last test.
 */
void
tl_lane_run_clear (TlLaneRun *self)
{
  g_return_if_fail (TL_IS_LANE_RUN (self));
  g_return_if_fail (self->lane == NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->stages)); i++)
    {
      g_autoptr(TlStageRow) row = g_list_model_get_item (G_LIST_MODEL (self->stages), i);

      tl_stage_row_rest (row);
    }

  g_list_store_remove_all (self->findings);
  g_clear_pointer (&self->report, tl_lane_report_unref);
  g_clear_pointer (&self->facts, tl_mailbox_facts_unref);
  g_clear_pointer (&self->transcript_text, g_free);
  self->total_ms = 0;
  notify_result (self);
}

/**
 * tl_lane_run_show:
 * @self: a lane that is not running
 * @report: a result of this lane
 *
 * Gives the lane a result that is there already, with the stages of its settings.
 */
void
tl_lane_run_show (TlLaneRun    *self,
                  TlLaneReport *report)
{
  TlLaneSettings *settings = tl_lane_report_get_settings (report);

  g_return_if_fail (TL_IS_LANE_RUN (self));
  g_return_if_fail (tl_lane_report_get_lane (report) == self->kind);

  if (settings != NULL)
    {
      TlEndpoint *endpoint = tl_lane_settings_get_endpoint (settings);

      lay_out_stages (self, tl_endpoint_get_security (endpoint));
      g_free (self->endpoint_text);
      self->endpoint_text = tl_endpoint_to_string (endpoint);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENDPOINT_TEXT]);
    }

  tl_lane_run_clear (self);
  take_report (self, tl_lane_report_ref (report));
  notify_result (self);
}

/**
 * tl_lane_run_miss:
 * @self: a lane that is not running
 * @finding: why there is nothing to test
 *
 * Gives the lane a result without a test: no server is known for it.
 */
void
tl_lane_run_miss (TlLaneRun *self,
                  TlFinding *finding)
{
  g_autoptr(GPtrArray) findings = g_ptr_array_new ();
  const TlLaneReportParts parts = {
    .lane = self->kind,
    .findings = findings,
    .tested_at_s = g_get_real_time () / G_USEC_PER_SEC,
  };
  g_autoptr(TlLaneReport) report = NULL;

  g_return_if_fail (TL_IS_LANE_RUN (self));

  g_ptr_array_add (findings, finding);
  report = tl_lane_report_new (&parts);
  tl_lane_run_show (self, report);
}

/**
 * tl_lane_run_test_async:
 * @self: a lane that is not running
 * @settings: what to test
 * @address: the mailbox's address
 * @secret: what to sign in with
 * @network: where
 * @cancellable: (nullable): stops the test; nothing is kept of it then
 * @callback: called when the result is in
 * @user_data: for @callback
 *
 * Tests the lane afresh. The properties follow what happens. An incoming lane that passes looks
 * around the mailbox in the same session.
 */
void
tl_lane_run_test_async (TlLaneRun           *self,
                        TlLaneSettings      *settings,
                        TlAddress           *address,
                        TlSecret            *secret,
                        TlNetwork           *network,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (settings);

  g_return_if_fail (TL_IS_LANE_RUN (self));
  g_return_if_fail (self->lane == NULL);

  g_task_set_source_tag (task, tl_lane_run_test_async);

  lay_out_stages (self, tl_endpoint_get_security (endpoint));
  tl_lane_run_clear (self);
  g_free (self->endpoint_text);
  self->endpoint_text = tl_endpoint_to_string (endpoint);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENDPOINT_TEXT]);

  self->lane = tl_lane_new (self->kind, settings, address, secret, network,
                            &TL_LANE_BUDGET_DEFAULT);
  if (self->kind == TL_LANE_INCOMING)
    self->survey = tl_lane_survey_invite (self->lane, NULL);
  g_signal_connect_object (self->lane, "step-started", G_CALLBACK (on_step_started), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lane, "step-finished", G_CALLBACK (on_step_finished), self,
                           G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);

  tl_lane_run_async (self->lane, cancellable, on_lane_ran, g_steal_pointer (&task));
}

/**
 * tl_lane_run_test_finish:
 * @self: a lane
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: %TRUE when there is a report, whatever it says; %FALSE with
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
tl_lane_run_test_finish (TlLaneRun     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
