/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a set-up sends a message to itself: out by one lane, back by the other. */
#include "tl-setup-private.h"

#include "tl-error.h"
#include "tl-lane.h"
#include "tl-loop.h"

static gboolean
is_green (TlLaneRun *run)
{
  TlVerdict verdict = tl_lane_run_get_verdict (run);

  return verdict == TL_VERDICT_OK || verdict == TL_VERDICT_WARNING;
}

static void
set_stage (TlSetup     *self,
           TlLoopStage  stage)
{
  if (self->loop_stage == stage)
    return;
  self->loop_stage = stage;
  g_object_notify (G_OBJECT (self), "loop-stage");
}

static void
take_report (TlSetup      *self,
             TlLoopReport *report)
{
  GPtrArray *findings = report == NULL ? NULL : tl_loop_report_get_parts (report)->findings;

  if (self->loop_report == NULL && report == NULL)
    return;

  g_clear_pointer (&self->loop_report, tl_loop_report_unref);
  self->loop_report = report == NULL ? NULL : tl_loop_report_ref (report);
  g_list_store_splice (self->loop_findings, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->loop_findings)),
                       findings == NULL ? NULL : findings->pdata,
                       findings == NULL ? 0 : findings->len);
  g_object_notify (G_OBJECT (self), "loop-report");
  tl_setup_refresh_readiness (self);
}

static void
on_stage (TlSetup     *self,
          TlLoopStage  stage,
          guint        budget_ms,
          TlLoop      *loop)
{
  /* One that was told to stop has nothing to say about what is shown now. */
  if (self->loop == loop)
    set_stage (self, stage);
}

static void
on_loop_ran (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(TlLoopReport) report = tl_loop_run_finish (TL_LOOP (object), result, &error);

  g_signal_handlers_disconnect_by_data (object, self);
  g_clear_object (&self->loop);
  g_clear_object (&self->loop_cancellable);
  self->is_looping = FALSE;
  if (report != NULL)
    take_report (self, report);
  g_object_notify (G_OBJECT (self), "looping");

  if (report == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&report),
                           (GDestroyNotify) tl_loop_report_unref);
}

/**
 * tl_setup_forget_loop:
 * @self: a set-up
 *
 * For a change that makes the result of the loop untrue: forgets it, and stops one that runs.
 */
void
tl_setup_forget_loop (TlSetup *self)
{
  g_cancellable_cancel (self->loop_cancellable);
  take_report (self, NULL);
}

static TlSecret *
get_secret (TlSetup    *self,
            TlLaneKind  lane,
            TlSecret   *token)
{
  return tl_setup_needs_token (self, lane) ? token
                                           : self->lanes[lane - TL_LANE_INCOMING].secret;
}

static gboolean
may_go (TlSetup  *self,
        GError  **error)
{
  return tl_setup_may_go_again (self, TL_LANE_INCOMING, error) &&
         tl_setup_may_go_again (self, TL_LANE_OUTGOING, error);
}

static void
run_loop (TlSetup  *self,
          TlSecret *token,
          GTask    *task)
{
  g_autoptr(TlNetwork) network = tl_setup_dup_network (self);
  TlLoopParts parts = { .budget = &TL_LANE_BUDGET_DEFAULT };

  parts.incoming = tl_lane_report_get_settings (tl_lane_run_get_report (self->lanes[0].run));
  parts.outgoing = tl_lane_report_get_settings (tl_lane_run_get_report (self->lanes[1].run));
  parts.address = self->address;
  parts.incoming_secret = get_secret (self, TL_LANE_INCOMING, token);
  parts.outgoing_secret = get_secret (self, TL_LANE_OUTGOING, token);
  parts.network = network;
  parts.patience_ms = self->loop_patience_s * 1000;

  self->loop = tl_loop_new (&parts);
  g_signal_connect_object (self->loop, "stage", G_CALLBACK (on_stage), self, G_CONNECT_SWAPPED);
  tl_loop_run_async (self->loop, self->loop_cancellable, on_loop_ran, g_object_ref (task));
}

/* The one of the test may have ended by now. */
static void
on_token_there (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = TL_SETUP (object);
  g_autoptr(TlFinding) finding = NULL;
  GError *error = NULL;
  g_autoptr(TlSecret) token = tl_setup_get_token_finish (self, result, &finding, &error);

  /* A change that makes the results untrue has forgotten them and said stop. */
  if (token != NULL &&
      (g_cancellable_set_error_if_cancelled (self->loop_cancellable, &error) ||
       !may_go (self, &error)))
    g_clear_pointer (&token, tl_secret_unref);
  if (token != NULL)
    {
      run_loop (self, token, task);
      return;
    }

  g_clear_object (&self->loop_cancellable);
  self->is_looping = FALSE;
  g_object_notify (G_OBJECT (self), "looping");
  if (error == NULL)
    g_set_error_literal (&error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                         "a message to oneself needs a sign-in that still counts: test again");
  g_task_return_error (task, error);
}

/**
 * tl_setup_loop_async:
 * @self: a set-up whose lanes were both tested and work
 * @cancellable: (nullable): stops it; there is no report then
 * @callback: called when the report is there
 * @user_data: for @callback
 *
 * Sends one small message to oneself by exactly the settings that were tested, waits for it, and
 * removes it. It is never done unless asked for. A change of address, settings or password stops
 * it. How long it waits is `loop-patience`.
 */
void
tl_setup_loop_async (TlSetup             *self,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (TL_IS_SETUP (self));

  g_task_set_source_tag (task, tl_setup_loop_async);
  if (self->testing || self->is_looping || self->create_cancellable != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "a test is running already");
      return;
    }
  if (!is_green (self->lanes[0].run) || !is_green (self->lanes[1].run))
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "a message to oneself needs two lanes that work: test them first");
      return;
    }
  if (!tl_setup_has_lane_secret (self, TL_LANE_INCOMING) ||
      !tl_setup_has_lane_secret (self, TL_LANE_OUTGOING))
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "a message to oneself needs the password of each lane");
      return;
    }

  if (!may_go (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  take_report (self, NULL);
  self->loop_cancellable = g_cancellable_new ();
  tl_cancellable_chain (cancellable, self->loop_cancellable);
  self->is_looping = TRUE;
  self->loop_stage = TL_LOOP_STAGE_OPENING;
  g_object_notify (G_OBJECT (self), "loop-stage");
  g_object_notify (G_OBJECT (self), "looping");
  if (tl_setup_needs_token (self, TL_LANE_INCOMING) ||
      tl_setup_needs_token (self, TL_LANE_OUTGOING))
    tl_setup_get_token_async (self, self->loop_cancellable, on_token_there, g_object_ref (task));
  else
    run_loop (self, NULL, task);
}

/**
 * tl_setup_loop_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): how the message fared, or %NULL with %G_IO_ERROR_CANCELLED when it was
 *   stopped, with %TL_ERROR_INVALID_INPUT when a lane does not work or has nothing to sign
 *   in with, or with
 *   %G_IO_ERROR_PENDING while something is tested
 */
TlLoopReport *
tl_setup_loop_finish (TlSetup       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
