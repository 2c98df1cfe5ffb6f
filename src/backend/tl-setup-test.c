/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a set-up tests its lanes. */
#include "tl-setup-private.h"

typedef struct
{
  guint   n_running;
  GError *error;
} Test;

static void
test_free (gpointer data)
{
  Test *self = data;

  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
has_finding (TlLaneRun  *run,
             const char *id)
{
  GListModel *findings = tl_lane_run_get_findings (run);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      if (g_str_equal (tl_finding_get_id (finding), id))
        return TRUE;
    }

  return FALSE;
}

/* A token that was believed to be good and is not: the next press gets another. Not this one, which
 * has had its one attempt. */
static void
spoil_rejected (TlSetup *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      if (self->signin.keeper != NULL && self->lanes[i].token != NULL &&
          has_finding (self->lanes[i].run, "auth.token-rejected"))
        tl_oauth_keeper_spoil (self->signin.keeper, self->lanes[i].token);
    }
}

static void
finish_test (GTask *task)
{
  TlSetup *self = g_task_get_source_object (task);
  Test *test = g_task_get_task_data (task);

  self->testing = FALSE;
  spoil_rejected (self);
  tl_setup_refresh_results (self);
  if (test->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&test->error));
      return;
    }

  tl_setup_remember_secrets (self);
  g_task_return_boolean (task, TRUE);
}

static void
on_lane_tested (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr(GTask) task = data;
  Test *test = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!tl_lane_run_test_finish (TL_LANE_RUN (object), result, &error) && test->error == NULL)
    test->error = g_steal_pointer (&error);

  if (--test->n_running == 0)
    finish_test (task);
}

/* Why there is no server for a lane: what discovery says about it, if it says
 * anything. */
static TlFinding *
find_reason (TlSetup    *self,
             TlLaneKind  lane)
{
  GListModel *findings = G_LIST_MODEL (self->discovery_findings);
  guint n = g_list_model_get_n_items (findings);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      if (tl_finding_get_severity (finding) == TL_SEVERITY_ERROR)
        return tl_finding_new (tl_finding_get_id (finding), lane,
                               tl_finding_get_evidence (finding));
    }

  return tl_finding_new ("discover.nothing-found", lane, NULL);
}

/* What this lane signs in with now; what was typed as a password is never sent as if it were a
 * token. */
static TlSecret *
get_secret (TlSetup *self,
            guint    index)
{
  if (tl_setup_needs_token (self, tl_lane_run_get_lane (self->lanes[index].run)))
    return self->lanes[index].token;

  return self->lanes[index].secret;
}

/* Of a lane whose cancellable is made. */
static void
start_lane (TlSetup        *self,
            guint           index,
            TlLaneSettings *settings,
            GTask          *task)
{
  Test *test = g_task_get_task_data (task);
  TlLaneRun *run = self->lanes[index].run;
  g_autoptr(TlNetwork) network = tl_setup_dup_network (self);

  test->n_running++;
  tl_setup_remember_user (self, tl_lane_run_get_lane (run),
                          tl_lane_settings_get_username (settings));
  tl_lane_run_test_async (run, settings, self->address, get_secret (self, index), network,
                          self->lanes[index].cancellable, on_lane_tested, g_object_ref (task));
}

/* Why a lane cannot be tested at all, if so. */
static TlFinding *
find_obstacle (TlSetup        *self,
               guint           index,
               TlLaneSettings *settings)
{
  TlLaneKind lane = tl_lane_run_get_lane (self->lanes[index].run);
  TlFinding *problem;

  if (settings == NULL)
    return tl_lane_draft_needs_yes (self->lanes[index].draft)
             ? tl_finding_new ("discover.untrusted-only", lane, NULL)
             : find_reason (self, lane);

  problem = tl_setup_gate (self, lane);

  return problem != NULL ? problem : tl_setup_find_secret_problem (self, lane);
}

static TlLaneSettings *
dup_settings (TlSetup *self,
              guint    index)
{
  return tl_lane_draft_is_valid (self->lanes[index].draft)
           ? tl_setup_dup_settings (self, tl_lane_run_get_lane (self->lanes[index].run)) : NULL;
}

/* With a token, or without one for the reason that is @finding; where nobody has signed in the lane
 * still shows how far it gets without. */
static void
start_waiting (TlSetup   *self,
               guint      index,
               TlFinding *finding,
               GTask     *task)
{
  Test *test = g_task_get_task_data (task);
  TlLaneRun *run = self->lanes[index].run;
  g_autoptr(TlLaneSettings) settings = dup_settings (self, index);
  g_autoptr(TlFinding) reason = NULL;
  g_autoptr(TlFinding) foreign = NULL;

  if (g_cancellable_is_cancelled (self->lanes[index].cancellable) || settings == NULL)
    {
      if (test->error == NULL)
        g_set_error_literal (&test->error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "what was to be tested has changed");
      return;
    }

  /* A refresh takes its time: here the token is handed on. */
  foreign = tl_setup_gate (self, tl_lane_run_get_lane (run));
  if (foreign != NULL)
    {
      tl_lane_run_miss (run, foreign);
      return;
    }

  if (finding == NULL)
    {
      start_lane (self, index, settings, task);
      return;
    }

  reason = tl_finding_new (tl_finding_get_id (finding), tl_lane_run_get_lane (run),
                           tl_finding_get_evidence (finding));
  tl_lane_run_miss (run, reason);
}

static void
on_token_there (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = TL_SETUP (object);
  Test *test = g_task_get_task_data (task);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSecret) token = tl_setup_get_token_finish (self, result, &finding, &error);

  g_clear_object (&self->signin.token_cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      if (!self->lanes[i].is_waiting)
        continue;
      self->lanes[i].is_waiting = FALSE;
      g_clear_pointer (&self->lanes[i].token, tl_secret_unref);
      self->lanes[i].token = token == NULL ? NULL : tl_secret_ref (token);
      if (error == NULL)
        start_waiting (self, i, finding, task);
    }
  if (error != NULL && test->error == NULL)
    test->error = g_steal_pointer (&error);

  if (--test->n_running == 0)
    finish_test (task);
}

/* Both lanes have the same token: who signed in did so once, and one refresh is enough. */
static void
ask_for_token (TlSetup *self,
               GTask   *task)
{
  Test *test = g_task_get_task_data (task);

  test->n_running++;
  self->signin.token_cancellable = g_cancellable_new ();
  tl_cancellable_chain (g_task_get_cancellable (task), self->signin.token_cancellable);
  tl_setup_get_token_async (self, self->signin.token_cancellable, on_token_there,
                            g_object_ref (task));
}

/* Starts a lane, gives it its result at once, or has it wait for a token: then it is %TRUE. */
static gboolean
begin_lane (TlSetup *self,
            guint    index,
            GTask   *task)
{
  TlLaneRun *run = self->lanes[index].run;
  g_autoptr(TlLaneSettings) settings = dup_settings (self, index);
  g_autoptr(TlFinding) obstacle = find_obstacle (self, index, settings);

  if (obstacle != NULL)
    {
      tl_lane_run_miss (run, obstacle);
      return FALSE;
    }

  g_clear_object (&self->lanes[index].cancellable);
  self->lanes[index].cancellable = g_cancellable_new ();
  tl_cancellable_chain (g_task_get_cancellable (task), self->lanes[index].cancellable);
  if (!tl_setup_needs_token (self, tl_lane_run_get_lane (run)))
    {
      start_lane (self, index, settings, task);
      return FALSE;
    }

  if (tl_lane_run_get_report (run) != NULL)
    tl_lane_run_clear (run);
  self->lanes[index].is_waiting = TRUE;

  return TRUE;
}

/**
 * tl_setup_test_async:
 * @self: a set-up with a valid address and, unless it is signed in to at the provider's page, a
 *   secret for each lane that is tested
 * @lane: which lane, or %TL_LANE_NONE for both at once
 * @cancellable: (nullable): stops it; the lanes that were stopped have no result then
 * @callback: called when every lane asked for has a result
 * @user_data: for @callback
 *
 * Tests the lanes, each on its own thread. A lane without a server, or whose
 * password cannot be right, gets its result at once; one that is signed in to with a token waits
 * for it, and where there is none for a reason gets that as its result. A change that makes one
 * lane's test untrue stops that lane alone; the other goes on and keeps its result. It does not run
 * beside a message to oneself, or while folders are made.
 */
void
tl_setup_test_async (TlSetup             *self,
                     TlLaneKind           lane,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Test *test = g_new0 (Test, 1);
  gboolean is_waiting = FALSE;

  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (self->address != NULL);

  g_task_set_source_tag (task, tl_setup_test_async);
  g_task_set_task_data (task, test, test_free);
  if (self->testing || self->is_looping || self->create_cancellable != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "a test is running already");
      return;
    }

  self->testing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      if (lane == TL_LANE_NONE || lane == tl_lane_run_get_lane (self->lanes[i].run))
        is_waiting = begin_lane (self, i, task) || is_waiting;
    }
  if (is_waiting)
    ask_for_token (self, task);

  if (test->n_running == 0)
    finish_test (task);
  else
    tl_setup_refresh_results (self);
}

/**
 * tl_setup_test_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: %TRUE when there are results, whatever they say; %FALSE with
 *   %G_IO_ERROR_CANCELLED when a lane was stopped, or with %G_IO_ERROR_PENDING
 *   when a test was running already, which nothing was done to
 */
gboolean
tl_setup_test_finish (TlSetup       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
