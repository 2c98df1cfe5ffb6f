/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report.h"

#include "tl-nick.h"

struct _TlReport
{
  TlPlan          *plan;
  TlLaneReport    *incoming;
  TlLaneReport    *outgoing;
  GPtrArray       *findings; /* of TlFinding: both lanes', then the pair's */
  TlPolicyRecord  *policy;   /* NULL: no policy held */
  TlMailboxReport *mailbox;  /* NULL, as the next two: nobody looked */
  TlSendingPlan   *sending;
  TlDomainReport  *domain;
};

G_DEFINE_ENUM_TYPE (TlReadiness, tl_readiness,
                    G_DEFINE_ENUM_VALUE (TL_READINESS_DRAFT, "draft"),
                    G_DEFINE_ENUM_VALUE (TL_READINESS_STALE, "stale"),
                    G_DEFINE_ENUM_VALUE (TL_READINESS_READY, "ready"))

G_DEFINE_BOXED_TYPE (TlReport, tl_report, tl_report_ref, tl_report_unref)

/* A lane that was not run, as the plan has it: nothing tested, or no server. */
static TlLaneReport *
ref_or_make (TlLaneReport     *report,
             TlLaneKind        lane,
             const TlPlanLane *planned)
{
  TlLaneReportParts parts = { .lane = lane, .settings = planned->settings };

  return report != NULL ? tl_lane_report_ref (report) : tl_lane_report_new (&parts);
}

/* One spelling for what most servers take for one account: `Ada`, `ada` and
 * `ada@example.org` in the mailbox ada@example.org. */
static char *
normalise_user (const char *username,
                TlAddress  *address)
{
  g_autofree char *folded = g_utf8_casefold (username, -1);
  g_autofree char *domain = g_utf8_casefold (tl_address_get_domain (address), -1);

  if (strchr (folded, '@') != NULL)
    return g_steal_pointer (&folded);

  return g_strconcat (folded, "@", domain, NULL);
}

/* @out_evidence: who signs in on the outgoing lane, and who on the incoming */
static gboolean
users_differ (const TlReport  *self,
              GVariant       **out_evidence)
{
  TlLaneSettings *incoming = tl_lane_report_get_settings (self->incoming);
  TlLaneSettings *outgoing = tl_lane_report_get_settings (self->outgoing);
  TlAddress *address = tl_plan_get_address (self->plan);
  g_autofree char *user_in = NULL;
  g_autofree char *user_out = NULL;
  GVariantDict evidence;

  if (incoming == NULL || outgoing == NULL)
    return FALSE;

  /* Split on purpose: who types another user name for a lane means it, and a shared mailbox may be
   * called by its own name on the one and by its user's on the other. */
  if ((tl_plan_get_sign_in (self->plan) != NULL &&
       tl_plan_get_sign_in (self->plan)->login != NULL) ||
      tl_plan_get_lane (self->plan, TL_LANE_INCOMING)->own_user ||
      tl_plan_get_lane (self->plan, TL_LANE_OUTGOING)->own_user)
    return FALSE;

  user_in = normalise_user (tl_lane_settings_get_username (incoming), address);
  user_out = normalise_user (tl_lane_settings_get_username (outgoing), address);
  if (g_str_equal (user_in, user_out))
    return FALSE;

  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_USER, "s",
                         tl_lane_settings_get_username (outgoing));
  g_variant_dict_insert (&evidence, TL_EVIDENCE_SUGGESTION, "s",
                         tl_lane_settings_get_username (incoming));
  *out_evidence = g_variant_dict_end (&evidence);

  return TRUE;
}

static void
add_findings_of (GPtrArray          *findings,
                 const TlLaneReport *lane)
{
  GPtrArray *from = tl_lane_report_get_findings (lane);

  /* A finding about the whole mailbox may stand in both lanes. */
  for (guint i = 0; i < from->len; i++)
    {
      if (!g_ptr_array_find (findings, g_ptr_array_index (from, i), NULL))
        g_ptr_array_add (findings, g_object_ref (g_ptr_array_index (from, i)));
    }
}

static GPtrArray *
collect_findings (const TlReport *self)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean has_incoming = tl_lane_report_get_settings (self->incoming) != NULL;
  gboolean has_outgoing = tl_lane_report_get_settings (self->outgoing) != NULL;
  GVariant *evidence;

  add_findings_of (findings, self->incoming);
  add_findings_of (findings, self->outgoing);

  if (has_incoming != has_outgoing)
    g_ptr_array_add (findings, tl_finding_new ("pair.one-lane-only", TL_LANE_NONE, NULL));
  if (users_differ (self, &evidence))
    g_ptr_array_add (findings, tl_finding_new ("pair.different-accounts", TL_LANE_NONE, evidence));

  return findings;
}

/**
 * tl_report_new:
 * @plan: what was to be tested
 * @incoming: (nullable): how the incoming lane did, or %NULL when it was not run
 * @outgoing: (nullable): how the outgoing lane did, or %NULL when it was not run
 *
 * Puts both lanes together, and looks at what only the pair can show.
 *
 * Returns: (transfer full): a report
 */
TlReport *
tl_report_new (TlPlan       *plan,
               TlLaneReport *incoming,
               TlLaneReport *outgoing)
{
  TlReport *self;

  g_return_val_if_fail (plan != NULL, NULL);
  g_return_val_if_fail (incoming == NULL ||
                        tl_lane_report_get_lane (incoming) == TL_LANE_INCOMING, NULL);
  g_return_val_if_fail (outgoing == NULL ||
                        tl_lane_report_get_lane (outgoing) == TL_LANE_OUTGOING, NULL);

  self = g_atomic_rc_box_new0 (TlReport);
  self->plan = tl_plan_ref (plan);
  self->incoming = ref_or_make (incoming, TL_LANE_INCOMING,
                                tl_plan_get_lane (plan, TL_LANE_INCOMING));
  self->outgoing = ref_or_make (outgoing, TL_LANE_OUTGOING,
                                tl_plan_get_lane (plan, TL_LANE_OUTGOING));
  self->findings = collect_findings (self);

  return self;
}

/* All but policy and readiness. */
static TlReport *
copy_tests (const TlReport *self)
{
  TlReport *copy = g_atomic_rc_box_new0 (TlReport);

  copy->plan = tl_plan_ref (self->plan);
  copy->incoming = tl_lane_report_ref (self->incoming);
  copy->outgoing = tl_lane_report_ref (self->outgoing);
  copy->findings = g_ptr_array_ref (self->findings);

  return copy;
}

static void
set_readiness (TlReport        *self,
               TlMailboxReport *mailbox,
               TlSendingPlan   *sending,
               TlDomainReport  *domain)
{
  self->mailbox = mailbox == NULL ? NULL : tl_mailbox_report_ref (mailbox);
  self->sending = sending == NULL ? NULL : tl_sending_plan_ref (sending);
  self->domain = domain == NULL ? NULL : tl_domain_report_ref (domain);
}

/**
 * tl_report_with_policy:
 * @self: a report
 * @policy: (nullable): how what was tested stands to the policies that hold, or %NULL where none
 *   does
 *
 * Returns: (transfer full): the same report with @policy in place of what it said of policy
 */
TlReport *
tl_report_with_policy (const TlReport *self,
                       TlPolicyRecord *policy)
{
  TlReport *copy = copy_tests (self);

  copy->policy = policy == NULL ? NULL : tl_policy_record_ref (policy);
  set_readiness (copy, self->mailbox, self->sending, self->domain);

  return copy;
}

/**
 * tl_report_with_sections:
 * @self: a report
 * @mailbox: (nullable): what the mailbox is like to work in
 * @sending: (nullable): how much is to be sent, when somebody said so
 * @domain: (nullable): whether receivers will trust the domain
 *
 * Returns: (transfer full): the same report with these three in place of what it said of them
 */
TlReport *
tl_report_with_sections (const TlReport  *self,
                          TlMailboxReport *mailbox,
                          TlSendingPlan   *sending,
                          TlDomainReport  *domain)
{
  TlReport *copy = copy_tests (self);

  copy->policy = self->policy == NULL ? NULL : tl_policy_record_ref (self->policy);
  set_readiness (copy, mailbox, sending, domain);

  return copy;
}

TlReport *
tl_report_ref (TlReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_report_clear (gpointer data)
{
  TlReport *self = data;

  g_clear_pointer (&self->plan, tl_plan_unref);
  g_clear_pointer (&self->incoming, tl_lane_report_unref);
  g_clear_pointer (&self->outgoing, tl_lane_report_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->policy, tl_policy_record_unref);
  g_clear_pointer (&self->mailbox, tl_mailbox_report_unref);
  g_clear_pointer (&self->sending, tl_sending_plan_unref);
  g_clear_pointer (&self->domain, tl_domain_report_unref);
}

void
tl_report_unref (TlReport *self)
{
  g_atomic_rc_box_release_full (self, tl_report_clear);
}

TlPlan *
tl_report_get_plan (const TlReport *self)
{
  return self->plan;
}

/**
 * tl_report_get_lane:
 * @self: a report
 * @lane: %TL_LANE_INCOMING or %TL_LANE_OUTGOING
 *
 * Returns: (transfer none): how the lane did, never %NULL
 */
TlLaneReport *
tl_report_get_lane (const TlReport *self,
                    TlLaneKind      lane)
{
  g_return_val_if_fail (lane != TL_LANE_NONE, NULL);

  return lane == TL_LANE_INCOMING ? self->incoming : self->outgoing;
}

/**
 * tl_report_get_findings:
 * @self: a report
 *
 * Returns: (transfer none) (element-type TlFinding): the findings of the
 *   incoming lane, of the outgoing lane, and of the pair
 */
GPtrArray *
tl_report_get_findings (const TlReport *self)
{
  return self->findings;
}

/**
 * tl_report_get_policy:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): how it stands to policy; %NULL where no policy held, or
 *   where nobody has looked yet
 */
TlPolicyRecord *
tl_report_get_policy (const TlReport *self)
{
  return self->policy;
}

/**
 * tl_report_get_mailbox:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): what the mailbox is like to work in, where that was
 *   looked at
 */
TlMailboxReport *
tl_report_get_mailbox (const TlReport *self)
{
  return self->mailbox;
}

/**
 * tl_report_get_sending:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): how much is to be sent, where somebody said so
 */
TlSendingPlan *
tl_report_get_sending (const TlReport *self)
{
  return self->sending;
}

/**
 * tl_report_get_domain:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): the health of the domain, where that was looked at
 */
TlDomainReport *
tl_report_get_domain (const TlReport *self)
{
  return self->domain;
}

/* Green, and for exactly what the plan says. */
static gboolean
lane_is_green (const TlReport *self,
               TlLaneKind      lane)
{
  TlLaneReport *report = tl_report_get_lane (self, lane);
  TlLaneSettings *tested = tl_lane_report_get_settings (report);
  TlLaneSettings *planned = tl_plan_get_lane (self->plan, lane)->settings;
  TlVerdict verdict = tl_lane_report_get_verdict (report);

  return (verdict == TL_VERDICT_OK || verdict == TL_VERDICT_WARNING) &&
         planned != NULL && tl_lane_settings_equal (tested, planned);
}

static gboolean
has_error (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      if (tl_finding_get_severity (g_ptr_array_index (findings, i)) == TL_SEVERITY_ERROR)
        return TRUE;
    }

  return FALSE;
}

static gboolean
breaks_policy (const TlReport *self)
{
  return self->policy != NULL &&
         tl_policy_record_get_verdict (self->policy) == TL_VERDICT_ERROR;
}

/**
 * tl_report_get_readiness:
 * @self: a report
 * @now_s: what time it is, seconds since the epoch
 *
 * A lane with a warning is green; with a broken rule of a policy nothing is ready. A test from the
 * future, after the clock was set back, is as stale as one from long ago.
 *
 * Returns: what may be made of the report at @now_s
 */
TlReadiness
tl_report_get_readiness (const TlReport *self,
                         gint64          now_s)
{
  gint64 incoming_s = tl_lane_report_get_tested_at_s (self->incoming);
  gint64 outgoing_s = tl_lane_report_get_tested_at_s (self->outgoing);

  if (!lane_is_green (self, TL_LANE_INCOMING) || !lane_is_green (self, TL_LANE_OUTGOING) ||
      has_error (self->findings) || breaks_policy (self))
    return TL_READINESS_DRAFT;

  if (MAX (incoming_s, outgoing_s) > now_s ||
      MIN (incoming_s, outgoing_s) < now_s - TL_REPORT_FRESH_S)
    return TL_READINESS_STALE;

  return TL_READINESS_READY;
}

static TlJson *
lane_to_json (const TlReport *self,
              TlLaneKind      lane)
{
  const TlPlanLane *planned = tl_plan_get_lane (self->plan, lane);
  TlJson *json = tl_lane_report_to_json_without_findings (tl_report_get_lane (self, lane));

  tl_json_set_string (json, "source", planned->source);
  tl_json_set_string (json, "trust",
                      planned->settings != NULL ? tl_trust_get_nick (planned->trust) : NULL);

  return json;
}

/**
 * tl_report_to_json:
 * @self: a report
 *
 * Returns: (transfer full): what `twolanectl test --json` prints: an object of
 *   purpose, address, display_name, provider, settings_hash, incoming and
 *   outgoing (each a lane with source and trust), findings, and sign_in where the plan has one
 */
TlJson *
tl_report_to_json (const TlReport *self)
{
  TlJson *json = tl_json_new_object ();
  TlJson *sign_in = tl_plan_sign_in_to_json (self->plan);
  g_autofree char *hash = tl_plan_dup_settings_hash (self->plan);

  tl_json_set_string (json, "purpose",
                      tl_nick_get (TL_TYPE_PURPOSE, (int) tl_plan_get_purpose (self->plan)));
  tl_json_set_string (json, "address",
                      tl_address_get_addr_spec (tl_plan_get_address (self->plan)));
  tl_json_set_string (json, "display_name", tl_plan_get_display_name (self->plan));
  tl_json_set_string (json, "provider", tl_plan_get_provider (self->plan));
  tl_json_set_string (json, "settings_hash", hash);
  tl_json_set_take (json, "incoming", lane_to_json (self, TL_LANE_INCOMING));
  tl_json_set_take (json, "outgoing", lane_to_json (self, TL_LANE_OUTGOING));
  tl_json_set_take (json, "findings", tl_findings_to_json (self->findings));
  if (sign_in != NULL)
    tl_json_set_take (json, "sign_in", sign_in);

  return json;
}
