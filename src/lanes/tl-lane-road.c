/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-road.h"

#include "tl-lane-diagnosis.h"
#include "tl-lane-explain.h"

/**
 * tl_lane_road_add_circumstances:
 * @work: a lane
 * @fault: what went wrong on it
 * @stage: the stage it went wrong in
 * @ms: how long that stage took
 *
 * Returns: (transfer full): @fault with what is known about the connection, under what the fault
 *   itself tells, and without the password in anything that it tells
 */
TlFault *
tl_lane_road_add_circumstances (TlLaneWork    *work,
                                const TlFault *fault,
                                TlStage        stage,
                                guint          ms)
{
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (work->settings);
  TlChannel *channel = work->conversation == NULL
                       ? NULL : tl_conversation_get_channel (work->conversation);
  const char *address = channel == NULL ? NULL : tl_channel_get_address (channel);
  const char *proxy = channel == NULL ? NULL : tl_channel_get_proxy (channel);
  g_autoptr(GVariant) seen = tl_lane_work_redact_evidence (work, tl_fault_get_evidence (fault));
  g_autoptr(GVariant) circumstances = NULL;
  g_autoptr(GVariant) evidence = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_HOST, "s", tl_endpoint_get_host (endpoint));
  g_variant_dict_insert (&dict, TL_EVIDENCE_PORT, "u", (guint32) tl_endpoint_get_port (endpoint));
  if (address != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_ADDRESS, "s", address);
  if (proxy != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_PROXY, "s", proxy);
  if (tl_fault_get_cause (fault) == TL_CAUSE_TIMEOUT)
    g_variant_dict_insert (&dict, TL_EVIDENCE_SECONDS, "u", (guint32) ((ms + 500) / 1000));
  if (stage == TL_STAGE_AUTH || stage == TL_STAGE_USE)
    g_variant_dict_insert (&dict, TL_EVIDENCE_USER, "s",
                           tl_lane_settings_get_username (work->settings));
  if (stage == TL_STAGE_USE && work->imap != NULL &&
      tl_imap_session_get_mechanism (work->imap) != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_MECHANISM, "s",
                           tl_imap_session_get_mechanism (work->imap));
  circumstances = g_variant_ref_sink (g_variant_dict_end (&dict));
  evidence = tl_evidence_merge (circumstances, seen);

  return tl_fault_new (tl_fault_get_cause (fault), evidence);
}

static TlFinding *
diagnose (TlLaneWork    *work,
          const TlFault *fault,
          TlStage        stage,
          guint          ms)
{
  g_autoptr(TlFault) whole = tl_lane_road_add_circumstances (work, fault, stage, ms);

  return tl_lane_diagnose (work->kind, work->blamed, whole);
}

/**
 * tl_lane_road_run_sync:
 * @work: a lane that has not run
 * @last: the stage to stop behind
 * @news: (nullable): who is told
 * @cancellable: (nullable): cancels the wait
 * @out_deciding: (out): the finding of the stage that failed
 * @error: return location for a #GError
 *
 * Runs the steps of a lane in order, up to the first that fails or to @last.
 * Blocks, and belongs on the lane's thread. A stage that fails is a finding;
 * only cancelling is an error.
 *
 * Returns: whether all of them passed
 */
gboolean
tl_lane_road_run_sync (TlLaneWork            *work,
                       TlStage                last,
                       const TlLaneRoadNews  *news,
                       GCancellable          *cancellable,
                       TlFinding            **out_deciding,
                       GError               **error)
{
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (work->settings);
  TlDeadline total = tl_deadline_in_ms (work->budget.total_ms);
  gint64 began_us = g_get_monotonic_time ();
  const TlLaneStep *table;
  gsize n_steps;

  table = tl_lane_steps_for (tl_endpoint_get_security (endpoint), &n_steps);
  for (gsize i = 0; i < n_steps; i++)
    {
      guint budget_ms = G_STRUCT_MEMBER (guint, &work->budget, table[i].budget_offset);
      TlDeadline deadline = tl_deadline_earlier (total, tl_deadline_in_ms (budget_ms));
      gint64 step_began_us = g_get_monotonic_time ();
      g_autoptr(TlFault) fault = NULL;
      TlDeadline patience;
      gboolean is_done;
      guint ms;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      work->status = TL_STATUS_OK;
      work->blamed = table[i].stage;
      if (news != NULL)
        news->started (table[i].stage, tl_deadline_get_left_ms (deadline), news->user_data);

      patience = tl_lane_explain_get_patience (work, table[i].stage, budget_ms, deadline);
      is_done = table[i].run_sync (work, patience, cancellable, &fault, error);
      if (fault != NULL)
        {
          g_autoptr(TlFault) bare = g_steal_pointer (&fault);

          fault = tl_lane_explain_sync (work, work->blamed, bare, budget_ms, deadline, cancellable);
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
        }
      ms = (guint) ((g_get_monotonic_time () - step_began_us) / 1000);
      if (!is_done)
        {
          if (fault == NULL)
            return FALSE;

          *out_deciding = diagnose (work, fault, table[i].stage, ms);
          work->status = TL_STATUS_ERROR;
        }

      if (news != NULL)
        {
          g_autoptr(TlStep) step = tl_step_new (table[i].stage, work->status,
                                                (guint) ((step_began_us - began_us) / 1000), ms);

          news->finished (step, news->user_data);
        }
      if (!is_done || table[i].stage == last)
        return is_done;
    }

  return TRUE;
}
