/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a set-up makes the folders that somebody wished for: by one more session of the incoming
 * lane, with exactly the settings that were tested. */
#include "tl-setup-private.h"

#include "tl-error.h"
#include "tl-lane-run-private.h"
#include "tl-lane-survey.h"
#include "tl-mailbox-private.h"

static void
creation_end (TlSetup *self)
{
  g_clear_object (&self->create_cancellable);
  tl_mailbox_set_creating (self->mailbox, FALSE);
}

static void
return_stopped (GTask   *task,
                GError  *error)
{
  creation_end (g_task_get_source_object (task));
  g_task_return_error (task, error);
}

/* Why a session did not come to the point of making anything. */
static GError *
error_new (TlLaneReport *report)
{
  TlFinding *primary = tl_lane_report_get_primary (report);

  return g_error_new (TL_ERROR, TL_ERROR_REFUSED, "no folder was made: %s",
                      primary == NULL ? "the session ended" : tl_finding_get_id (primary));
}

static void
on_lane_ran (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(TlLaneReport) report = tl_lane_run_finish (TL_LANE (object), result, &error);
  TlMailboxFacts *facts = tl_lane_survey_get_facts (g_task_get_task_data (task));

  /* A change that makes the results untrue has forgotten them and said stop. */
  if (report != NULL && !g_cancellable_set_error_if_cancelled (self->create_cancellable, &error) &&
      facts == NULL)
    error = error_new (report);
  if (error != NULL)
    {
      return_stopped (task, error);
      return;
    }

  tl_lane_run_set_facts (self->lanes[0].run, facts);
  creation_end (self);
  tl_setup_refresh_mailbox (self);
  g_task_return_boolean (task, TRUE);
}

static void
run_lane (TlSetup  *self,
          TlSecret *secret,
          GTask    *task)
{
  TlLaneSettings *settings =
    tl_lane_report_get_settings (tl_lane_run_get_report (self->lanes[0].run));
  g_autoptr(TlNetwork) network = tl_setup_dup_network (self);
  g_autoptr(TlLane) lane = tl_lane_new (TL_LANE_INCOMING, settings, self->address, secret, network,
                                        &TL_LANE_BUDGET_DEFAULT);
  g_auto(GStrv) names = tl_mailbox_list_wanted (self->mailbox);

  g_task_set_task_data (task, tl_lane_survey_invite (lane, (const char * const *) names),
                        (GDestroyNotify) tl_lane_survey_unref);
  tl_lane_run_async (lane, self->create_cancellable, on_lane_ran, g_object_ref (task));
}

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

  /* A refresh takes its time: here the token is handed on. */
  if (token != NULL &&
      (g_cancellable_set_error_if_cancelled (self->create_cancellable, &error) ||
       !tl_setup_may_go_again (self, TL_LANE_INCOMING, &error)))
    g_clear_pointer (&token, tl_secret_unref);
  if (token != NULL)
    {
      run_lane (self, token, task);
      return;
    }

  if (error == NULL)
    g_set_error_literal (&error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                         "making folders needs a sign-in that still counts: test again");
  return_stopped (task, error);
}

/* Why nothing can be made now, or %TRUE. */
static gboolean
can_start (TlSetup  *self,
           GError  **error)
{
  TlVerdict verdict = tl_lane_run_get_verdict (self->lanes[0].run);

  if (self->testing || self->is_looping || self->create_cancellable != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PENDING, "a test is running already");
      return FALSE;
    }
  if (verdict != TL_VERDICT_OK && verdict != TL_VERDICT_WARNING)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "making folders needs an incoming lane that works: test it first");
      return FALSE;
    }
  if (!tl_setup_has_lane_secret (self, TL_LANE_INCOMING))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "making folders needs the password of the incoming lane");
      return FALSE;
    }

  return tl_setup_may_go_again (self, TL_LANE_INCOMING, error);
}

/**
 * tl_setup_create_folders_async:
 * @self: a set-up whose incoming lane was tested and works
 * @cancellable: (nullable): stops it; what is made by then stays
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Makes the folders that are wanted of `mailbox`, and looks around the mailbox again. Nothing is
 * done, and nobody signed in, where none is wanted. What could not be made is a finding of the
 * mailbox and of its wish. It does not run beside a test; a change of address, settings or password
 * stops it.
 */
void
tl_setup_create_folders_async (TlSetup             *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_auto(GStrv) names = NULL;
  GError *error = NULL;

  g_return_if_fail (TL_IS_SETUP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_setup_create_folders_async);
  if (!can_start (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  names = tl_mailbox_list_wanted (self->mailbox);
  if (*names == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  self->create_cancellable = g_cancellable_new ();
  tl_cancellable_chain (cancellable, self->create_cancellable);
  tl_mailbox_set_creating (self->mailbox, TRUE);
  if (tl_setup_needs_token (self, TL_LANE_INCOMING))
    tl_setup_get_token_async (self, self->create_cancellable, on_token_there, g_object_ref (task));
  else
    run_lane (self, self->lanes[0].secret, task);
}

/**
 * tl_setup_create_folders_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether it was tried; %FALSE with %G_IO_ERROR_CANCELLED, with %TL_ERROR_INVALID_INPUT
 *   when the lane does not work or has nothing to sign in with, with %TL_ERROR_REFUSED when the
 *   session did not get that far, or with %G_IO_ERROR_PENDING while something is tested
 */
gboolean
tl_setup_create_folders_finish (TlSetup       *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tl_setup_stop_creating:
 * @self: a set-up
 *
 * For a change that makes the incoming lane's result untrue.
 */
void
tl_setup_stop_creating (TlSetup *self)
{
  g_cancellable_cancel (self->create_cancellable);
}
