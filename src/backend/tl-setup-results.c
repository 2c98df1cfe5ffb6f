/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows from the results of a set-up, and which changes make them speak
 * of something else. */
#include "tl-setup-private.h"

#include "tl-hand-over-private.h"

gboolean
tl_setup_is_tested (TlSetup *self)
{
  return tl_lane_run_get_report (self->lanes[0].run) != NULL &&
         tl_lane_run_get_report (self->lanes[1].run) != NULL;
}

/* Of the lanes and of the pair: two green lanes of two accounts are not ready. */
static TlReadiness
get_readiness (TlSetup *self,
               gint64   now_s)
{
  g_autoptr(TlReport) report = tl_setup_is_tested (self) ? tl_setup_dup_report (self) : NULL;

  return report == NULL ? TL_READINESS_DRAFT : tl_report_get_readiness (report, now_s);
}

gboolean
tl_setup_is_ready (TlSetup *self)
{
  return tl_setup_refuse_export (self) == NULL &&
         get_readiness (self, g_get_real_time () / G_USEC_PER_SEC) != TL_READINESS_DRAFT;
}

static void
fill_findings (GListStore *store,
               GPtrArray  *findings)
{
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)),
                       findings->pdata, findings->len);
}

static void
refresh_pair_findings (TlSetup *self)
{
  g_autoptr(GPtrArray) pair = g_ptr_array_new ();
  g_autoptr(TlReport) report = tl_setup_is_tested (self) ? tl_setup_dup_report (self) : NULL;
  GPtrArray *findings = report == NULL ? NULL : tl_report_get_findings (report);

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      TlFinding *finding = g_ptr_array_index (findings, i);

      if (tl_finding_get_stage (finding) == TL_STAGE_PAIR)
        g_ptr_array_add (pair, finding);
    }

  fill_findings (self->pair_findings, pair);
}

/* What the keyring said about the passwords is news to somebody who wants them
 * kept, or wanted to, unless it said the same about the key. */
static gboolean
is_store_news (TlSetup   *self,
               TlFinding *signing)
{
  return (self->remember || self->is_keeping_refused) && self->store_finding != NULL &&
         (signing == NULL ||
          g_strcmp0 (tl_finding_get_id (signing), tl_finding_get_id (self->store_finding)) != 0);
}

/**
 * tl_setup_refresh_hand_over_at:
 * @self: a set-up
 * @now_s: what time it is, seconds since the epoch
 *
 * Works out anew what whoever takes the bundle has to know, in the order it matters.
 */
void
tl_setup_refresh_hand_over_at (TlSetup *self,
                               gint64   now_s)
{
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) broken = NULL;
  g_autoptr(TlReport) bare = tl_setup_is_tested (self) ? tl_setup_dup_bare_report (self) : NULL;
  /* Green lanes that break a rule are green all the same: the rule is named below. */
  TlReadiness readiness = bare == NULL ? TL_READINESS_DRAFT : tl_report_get_readiness (bare, now_s);
  TlFinding *signing = tl_signing_get_finding (self->signing);

  tl_setup_refresh_policy (self);
  broken = tl_setup_list_broken_rules (self);
  if (readiness == TL_READINESS_DRAFT)
    g_ptr_array_add (findings, tl_finding_new ("export.lane-not-green", TL_LANE_NONE, NULL));
  if (readiness == TL_READINESS_STALE)
    g_ptr_array_add (findings, tl_finding_new ("export.stale", TL_LANE_NONE, NULL));
  g_ptr_array_extend (findings, broken, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  if (signing != NULL)
    g_ptr_array_add (findings, g_object_ref (signing));
  if (is_store_news (self, signing))
    g_ptr_array_add (findings, g_object_ref (self->store_finding));
  if (tl_setup_get_lane_auth (self, TL_LANE_INCOMING) == TL_AUTH_OAUTH2 ||
      tl_setup_get_lane_auth (self, TL_LANE_OUTGOING) == TL_AUTH_OAUTH2)
    g_ptr_array_add (findings, tl_finding_new ("export.needs-consent", TL_LANE_NONE, NULL));
  if (self->signin.request != NULL &&
      !tl_oauth_server_promises_pkce (self->signin.request->server))
    g_ptr_array_add (findings, tl_finding_new ("oauth.no-pkce", TL_LANE_NONE, NULL));
  g_ptr_array_add (findings, tl_finding_new ("export.tested-from-here", TL_LANE_NONE, NULL));

  fill_findings (self->hand_over_findings, findings);
  tl_hand_over_refresh (self->hand_over);
}

void
tl_setup_refresh_hand_over (TlSetup *self)
{
  tl_setup_refresh_hand_over_at (self, g_get_real_time () / G_USEC_PER_SEC);
}

/**
 * tl_setup_refresh_results:
 * @self: a set-up
 *
 * Works out anew what follows from the lanes' results.
 */
void
tl_setup_refresh_results (TlSetup *self)
{
  tl_setup_refresh_readiness (self);
  refresh_pair_findings (self);
  tl_setup_refresh_hand_over (self);
  g_object_notify (G_OBJECT (self), "testing");
  g_object_notify (G_OBJECT (self), "tested");
  g_object_notify (G_OBJECT (self), "ready");
}

/* A token that no lane waits for any more is not waited for either. */
static void
stop_token (TlSetup *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      if (self->lanes[i].is_waiting && !g_cancellable_is_cancelled (self->lanes[i].cancellable))
        return;
    }

  g_cancellable_cancel (self->signin.token_cancellable);
}

/**
 * tl_setup_forget_results:
 * @self: a set-up
 * @lane: which lane, or %TL_LANE_NONE for both
 *
 * For a change that makes the results of a lane untrue: forgets them, and
 * stops the lane if it is being tested.
 */
void
tl_setup_forget_results (TlSetup    *self,
                         TlLaneKind  lane)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      if (lane != TL_LANE_NONE && lane != tl_lane_run_get_lane (self->lanes[i].run))
        continue;

      /* A run that was stopped clears itself. */
      if (tl_lane_run_is_running (self->lanes[i].run) || self->lanes[i].is_waiting)
        g_cancellable_cancel (self->lanes[i].cancellable);
      else if (tl_lane_run_get_report (self->lanes[i].run) != NULL)
        tl_lane_run_clear (self->lanes[i].run);
    }

  stop_token (self);
  if (lane != TL_LANE_OUTGOING)
    tl_setup_stop_creating (self);
  tl_setup_forget_loop (self);
  tl_setup_refresh_results (self);
}

/**
 * tl_setup_forget_servers:
 * @self: a set-up
 *
 * For a change of the address: nothing is found, nothing typed, and the user
 * name is the address.
 */
void
tl_setup_forget_servers (TlSetup *self)
{
  tl_setup_forget_discovery (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      tl_lane_draft_propose (self->lanes[i].draft, NULL);
      g_object_set (self->lanes[i].draft,
                    "username", self->address == NULL ? ""
                                : tl_address_get_addr_spec (self->address),
                    NULL);
    }
}

/**
 * tl_setup_forget_export:
 * @self: a set-up
 *
 * Forgets what became of the last export.
 */
void
tl_setup_forget_export (TlSetup *self)
{
  g_clear_pointer (&self->export_path, g_free);
  g_clear_object (&self->export_finding);
  g_object_notify (G_OBJECT (self), "export-path");
  g_object_notify (G_OBJECT (self), "export-finding");
  tl_hand_over_start_over (self->hand_over);
}
