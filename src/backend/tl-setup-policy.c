/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organisation asks of a set-up: how it stands to every rule, and what that keeps from
 * being done. */
#include "tl-setup-private.h"

/**
 * tl_setup_get_policies:
 * @self: a set-up
 *
 * Returns: (transfer none) (nullable): what holds for it; %NULL for practice, which nobody asks
 *   anything of
 */
TlPolicies *
tl_setup_get_policies (TlSetup *self)
{
  return self->purpose == TL_PURPOSE_PRACTICE || self->policies == NULL
           ? NULL : tl_policy_store_get_policies (self->policies);
}

/* Why nobody knows all that holds, or NULL. */
static TlFinding *
get_store_finding (TlSetup *self)
{
  return tl_setup_get_policies (self) == NULL ? NULL : tl_policy_store_get_finding (self->policies);
}

/**
 * tl_setup_add_policy:
 * @self: a set-up
 * @report: (transfer full): its report
 *
 * Returns: (transfer full): the same with how it stands to policy, where there is one
 */
TlReport *
tl_setup_add_policy (TlSetup  *self,
                     TlReport *report)
{
  g_autoptr(TlReport) bare = report;
  TlPolicies *policies = tl_setup_get_policies (self);
  g_autoptr(TlPolicyRecord) record = NULL;

  if (policies != NULL && tl_policies_get_n (policies) > 0)
    record = tl_policies_make_record (policies, bare);

  return record == NULL ? g_steal_pointer (&bare) : tl_report_with_policy (bare, record);
}

/* What has not been tested is judged by what is planned. */
static GPtrArray *
list_results (TlSetup *self)
{
  TlPolicies *policies = tl_setup_get_policies (self);
  g_autoptr(TlReport) report = NULL;

  if (policies == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);

  report = tl_setup_dup_bare_report (self);
  if (report == NULL)
    return tl_policies_list_rules (policies);

  return tl_report_get_lane (report, TL_LANE_INCOMING) == NULL &&
         tl_report_get_lane (report, TL_LANE_OUTGOING) == NULL
           ? tl_policies_check_plan (policies, tl_report_get_plan (report))
           : tl_policies_check_report (policies, report);
}

static gboolean
is_same_result (TlPolicyResult *a,
                TlPolicyResult *b)
{
  return tl_policy_result_get_verdict (a) == tl_policy_result_get_verdict (b) &&
         tl_policy_result_get_origin (a) == tl_policy_result_get_origin (b) &&
         g_strcmp0 (tl_policy_result_get_rule (a), tl_policy_result_get_rule (b)) == 0 &&
         g_strcmp0 (tl_policy_result_get_policy_name (a),
                    tl_policy_result_get_policy_name (b)) == 0 &&
         g_strcmp0 (tl_policy_result_get_wanted (a), tl_policy_result_get_wanted (b)) == 0 &&
         g_strcmp0 (tl_policy_result_get_found (a), tl_policy_result_get_found (b)) == 0;
}

/* The same rows stay while nothing about them changes, so that a list on screen does not blink at
 * every key. */
static void
show_results (TlSetup   *self,
              GPtrArray *results)
{
  GListModel *shown = G_LIST_MODEL (self->policy_results);
  guint n = g_list_model_get_n_items (shown);
  gboolean is_same = n == results->len;

  for (guint i = 0; is_same && i < n; i++)
    {
      g_autoptr(TlPolicyResult) result = g_list_model_get_item (shown, i);

      is_same = is_same_result (result, results->pdata[i]);
    }

  if (!is_same)
    g_list_store_splice (self->policy_results, 0, n, results->pdata, results->len);
}

static TlFinding *
find_broken (TlSetup *self)
{
  GListModel *results = G_LIST_MODEL (self->policy_results);

  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr(TlPolicyResult) result = g_list_model_get_item (results, i);

      if (tl_policy_result_get_verdict (result) == TL_VERDICT_ERROR)
        return tl_policy_result_get_finding (result); /* the model keeps it */
    }

  return NULL;
}

/**
 * tl_setup_refresh_policy:
 * @self: a set-up
 *
 * Works out anew how it stands to every rule.
 */
void
tl_setup_refresh_policy (TlSetup *self)
{
  TlPolicies *policies = tl_setup_get_policies (self);
  const char *name = policies == NULL ? NULL : tl_policies_get_name (policies);
  g_autoptr(GPtrArray) results = list_results (self);
  TlFinding *finding = get_store_finding (self);

  show_results (self, results);
  if (finding == NULL)
    finding = find_broken (self);
  if (g_set_object (&self->policy_finding, finding))
    g_object_notify (G_OBJECT (self), "policy-finding");
  if (g_strcmp0 (self->policy_name, name) != 0)
    {
      g_free (self->policy_name);
      self->policy_name = g_strdup (name);
      g_object_notify (G_OBJECT (self), "policy-name");
    }
}

/**
 * tl_setup_list_broken_rules:
 * @self: a set-up
 *
 * Returns: (transfer full) (element-type TlFinding): what of policy keeps a bundle from being
 *   ready, as it was worked out last
 */
GPtrArray *
tl_setup_list_broken_rules (TlSetup *self)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *results = G_LIST_MODEL (self->policy_results);
  TlFinding *store = get_store_finding (self);

  g_return_val_if_fail (TL_IS_SETUP (self), findings);

  if (store != NULL)
    g_ptr_array_add (findings, g_object_ref (store));
  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr(TlPolicyResult) result = g_list_model_get_item (results, i);

      if (tl_policy_result_get_verdict (result) == TL_VERDICT_ERROR)
        g_ptr_array_add (findings, g_object_ref (tl_policy_result_get_finding (result)));
    }

  return findings;
}

/**
 * tl_setup_refuse_export:
 * @self: a set-up
 *
 * Returns: (transfer none) (nullable): why nothing at all is exported: a policy is there and cannot
 *   be read, so that nobody knows what it forbids
 */
TlFinding *
tl_setup_refuse_export (TlSetup *self)
{
  return get_store_finding (self);
}

/**
 * tl_setup_gate_policy:
 * @self: a set-up
 * @lane: which lane
 *
 * Returns: (transfer full) (nullable): why policy lets nothing be sent on this lane as it is
 *   planned, or %NULL
 */
TlFinding *
tl_setup_gate_policy (TlSetup    *self,
                      TlLaneKind  lane)
{
  TlPolicies *policies = tl_setup_get_policies (self);
  g_autoptr(TlReport) report = policies == NULL ? NULL : tl_setup_dup_bare_report (self);
  g_autoptr(GPtrArray) results = NULL;

  if (report == NULL)
    return NULL;

  results = tl_policies_check_plan (policies, tl_report_get_plan (report));
  for (guint i = 0; i < results->len; i++)
    {
      TlFinding *finding = tl_policy_result_get_finding (results->pdata[i]);

      /* What both lanes break is about neither. */
      if (tl_policy_result_get_verdict (results->pdata[i]) == TL_VERDICT_ERROR &&
          (tl_finding_get_lane (finding) == TL_LANE_NONE || tl_finding_get_lane (finding) == lane))
        return tl_finding_new (tl_finding_get_id (finding), lane,
                               tl_finding_get_evidence (finding));
    }

  return NULL;
}

/**
 * tl_setup_dup_network:
 * @self: a set-up
 *
 * Returns: (transfer full): the network that lanes are tested in: where policy asks for a newer
 *   TLS, nothing is sent to a server that has none
 */
TlNetwork *
tl_setup_dup_network (TlSetup *self)
{
  TlPolicies *policies = tl_setup_get_policies (self);
  const char *min = policies == NULL ? NULL : tl_policies_get_min_tls (policies);
  g_autofree char *version = min == NULL ? NULL : g_strconcat ("TLSv", min, NULL);

  return version == NULL ? tl_network_ref (self->network)
                         : tl_network_with_min_tls (self->network, version);
}

static void
on_policies_changed (TlSetup *self)
{
  tl_setup_refresh_results (self);
  g_object_notify (G_OBJECT (self), "directory-url");
}

/**
 * tl_setup_set_policy_store:
 * @self: a set-up
 * @store: where what the organisation asks comes from
 */
void
tl_setup_set_policy_store (TlSetup       *self,
                           TlPolicyStore *store)
{
  if (self->policies != NULL)
    g_signal_handlers_disconnect_by_func (self->policies, on_policies_changed, self);
  g_set_object (&self->policies, store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_policies_changed), self,
                           G_CONNECT_SWAPPED);
  on_policies_changed (self);
}

TlPolicyStore *
tl_setup_get_policy_store (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->policies;
}

/**
 * tl_setup_get_policy_finding:
 * @self: a set-up
 *
 * Returns: (transfer none) (nullable): `store.policy`, or the first rule that is broken
 */
TlFinding *
tl_setup_get_policy_finding (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->policy_finding;
}
