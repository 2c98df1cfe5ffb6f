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

static void
finish_test (GTask *task)
{
  TlSetup *self = g_task_get_source_object (task);
  Test *test = g_task_get_task_data (task);

  self->testing = FALSE;
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

static void
start_lane (TlSetup *self,
            guint    index,
            GTask   *task)
{
  Test *test = g_task_get_task_data (task);
  TlLaneRun *run = self->lanes[index].run;
  TlAuth auth = tl_setup_get_lane_auth (self, tl_lane_run_get_lane (run));
  g_autoptr(TlLaneSettings) settings = NULL;
  TlSecret *secret = self->lanes[index].secret;

  if (tl_lane_draft_is_valid (self->lanes[index].draft))
    settings = tl_lane_draft_dup_settings (self->lanes[index].draft, auth);

  /* A password is never sent as if it were a token. */
  if (auth == TL_AUTH_OAUTH2 && !self->lanes[index].has_token)
    secret = NULL;

  if (settings == NULL)
    {
      g_autoptr(TlFinding) reason = NULL;

      if (tl_lane_draft_needs_yes (self->lanes[index].draft))
        reason = tl_finding_new ("discover.untrusted-only", tl_lane_run_get_lane (run), NULL);
      else
        reason = find_reason (self, tl_lane_run_get_lane (run));
      tl_lane_run_miss (run, reason);
      return;
    }

  g_clear_object (&self->lanes[index].cancellable);
  self->lanes[index].cancellable = g_cancellable_new ();
  tl_cancellable_chain (g_task_get_cancellable (task), self->lanes[index].cancellable);

  test->n_running++;
  tl_setup_remember_user (self, tl_lane_run_get_lane (run),
                          tl_lane_settings_get_username (settings));
  tl_lane_run_test_async (run, settings, self->address, secret, self->network,
                          self->lanes[index].cancellable, on_lane_tested, g_object_ref (task));
}

/**
 * tl_setup_test_async:
 * @self: a set-up with a valid address and a secret for each lane that is tested
 * @lane: which lane, or %TL_LANE_NONE for both at once
 * @cancellable: (nullable): stops it; the lanes that were stopped have no result then
 * @callback: called when every lane asked for has a result
 * @user_data: for @callback
 *
 * Tests the lanes, each on its own thread. A lane without a server gets its
 * result at once. A change that makes one lane's test untrue stops that lane
 * alone; the other goes on and keeps its result. It does not run beside a message to oneself.
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

  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (self->address != NULL);

  g_task_set_source_tag (task, tl_setup_test_async);
  g_task_set_task_data (task, test, test_free);
  if (self->testing || self->loop != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "a test is running already");
      return;
    }

  self->testing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      if (lane == TL_LANE_NONE || lane == tl_lane_run_get_lane (self->lanes[i].run))
        start_lane (self, i, task);
    }

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
