/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-set-up.h"

#define HEAD "{\"format\": \"twolane-policy\", \"version\": 0"

static TlPolicy *
parse (const char *members)
{
  g_autofree char *text = g_strconcat (HEAD, *members == '\0' ? "" : ", ", members, "}", NULL);
  g_autoptr(GError) error = NULL;
  TlPolicy *policy = tl_policy_parse (text, -1, &error);

  g_assert_no_error (error);

  return policy;
}

/**
 * tl_test_policies_add:
 * @self: (transfer full): policies
 * @members: members of a policy in JSON, but for its head
 * @origin: where it comes from
 *
 * Returns: (transfer full): @self with that policy
 */
TlPolicies *
tl_test_policies_add (TlPolicies     *self,
                      const char     *members,
                      TlPolicyOrigin  origin)
{
  g_autoptr(TlPolicies) before = self;
  g_autoptr(TlPolicy) policy = parse (members);

  return tl_policies_with (before, policy, origin);
}

static const char *
or_else (const char *given,
         const char *usual)
{
  return given == NULL ? usual : *given == '\0' ? NULL : given;
}

static TlLaneSettings *
make_settings (const char *url,
               const char *user,
               TlAuth      auth)
{
  g_autoptr(GError) error = NULL;
  TlLaneSettings *settings;

  if (url == NULL)
    return NULL;

  settings = tl_lane_settings_new_from_url (url, auth, user, &error);
  g_assert_no_error (error);

  return settings;
}

/**
 * tl_test_set_up_plan_new:
 * @s: what differs
 *
 * Returns: (transfer full): the set-up as it is planned
 */
TlPlan *
tl_test_set_up_plan_new (const TlTestSetUp *s)
{
  g_autoptr(TlAddress) address = tl_address_parse (or_else (s->address, "ada@example.org"), NULL);
  g_autoptr(TlLaneSettings) incoming =
    make_settings (or_else (s->in_url, "imaps://imap.example.org"),
                   or_else (s->in_user, "ada@example.org"), s->in_auth);
  g_autoptr(TlLaneSettings) outgoing =
    make_settings (or_else (s->out_url, "smtps://smtp.example.org"),
                   or_else (s->out_user, "ada@example.org"), s->out_auth);
  TlPlanLane in = { incoming, TL_SOURCE_SRV, TL_TRUST_OWN_DOMAIN, FALSE };
  TlPlanLane out = { outgoing, TL_SOURCE_SRV, TL_TRUST_OWN_DOMAIN, s->own_out_user };
  const TlPlanSignIn sign_in = { .login = s->login };
  g_autoptr(TlPlan) plan = tl_plan_new (s->purpose, address, "Ada",
                                        or_else (s->provider, "google"), &in, &out);

  return tl_plan_with_sign_in (plan, &sign_in);
}

static TlLaneReport *
make_lane (const TlTestSetUp *s,
           TlPlan      *plan,
           TlLaneKind   lane)
{
  const char *version = or_else (lane == TL_LANE_INCOMING ? s->in_tls : s->out_tls, "TLSv1.3");
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_folder_free);
  g_auto(GStrv) roles = g_strsplit (s->roles == NULL ? "" : s->roles, " ", -1);
  g_autoptr(TlTlsInfo) tls = NULL;
  gboolean failed = lane == TL_LANE_INCOMING && s->in_failed;
  const TlStage *stages;
  gsize n;

  if (version != NULL)
    tls = tl_tls_info_new (version, "x", NULL, NULL, NULL, 0);
  stages = tl_stage_list_lane (TL_SECURITY_TLS, &n);
  for (gsize i = 0; i < (failed ? n - 1 : n); i++)
    g_ptr_array_add (steps, tl_step_new (stages[i], TL_STATUS_OK, 0, 1));
  if (s->finding != NULL && lane == TL_LANE_OUTGOING)
    g_ptr_array_add (findings, tl_finding_new (s->finding, TL_LANE_NONE, NULL));
  if (s->in_warns && lane == TL_LANE_INCOMING)
    g_ptr_array_add (findings, tl_finding_new ("tls.expires-soon", lane, NULL));
  for (guint i = 0; roles[i] != NULL; i++)
    g_ptr_array_add (folders, tl_folder_new (roles[i], *roles[i] == '\0' ? NULL : roles[i]));

  return tl_lane_report_new (&(TlLaneReportParts) {
    .lane = lane,
    .settings = tl_plan_get_lane (plan, lane)->settings,
    .steps = steps,
    .findings = findings,
    .folders = lane == TL_LANE_INCOMING ? folders : NULL,
    .tls = tls,
    .tested_at_s = TL_TEST_NOW_S,
  });
}

static TlMailboxReport *
make_mailbox (const TlTestSetUp *s)
{
  g_autoptr(GPtrArray) folders =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_folder_free);
  g_auto(GStrv) words = g_strsplit (s->folders != NULL ? s->folders : "", " ", -1);

  if (s->folders == NULL)
    return NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto(GStrv) halves = g_strsplit (words[i], "=", 2);
      gboolean has_role = g_strv_length (halves) == 2;
      gboolean is_selectable = *words[i] != '-';
      TlMailboxFolder folder = {
        .name = has_role ? halves[1] : words[i] + (is_selectable ? 0 : 1),
        .role = has_role ? halves[0] : NULL,
        .by = has_role ? TL_ROLE_BY_NAME : TL_ROLE_BY_NOBODY,
        .is_selectable = is_selectable,
        .n_messages = -1,
        .n_bytes = -1,
      };

      g_ptr_array_add (folders, tl_mailbox_folder_copy (&folder));
    }

  return tl_mailbox_report_new (&(TlMailboxReportParts) {
    .prefix = s->prefix, .delimiter = s->delimiter, .folders = folders,
  });
}

static TlSendingPlan *
make_sending (const TlTestSetUp *s)
{
  TlSendingLimit limit = {
    .of = TL_LIMIT_OF_PRESET, .what = "messages-per-day", .value = s->ceiling,
    .per_day = s->ceiling,
  };
  const guint days[] = { 1, s->most, 2 };
  g_autoptr(GPtrArray) limits = g_ptr_array_new ();

  if (!s->has_plan)
    return NULL;

  if (s->ceiling > 0)
    g_ptr_array_add (limits, &limit);

  return tl_sending_plan_new (&(TlSendingPlanParts) {
    .n_mailboxes = 1, .n_domains = 1, .limits = limits, .days = days,
    .n_days = s->most > 0 ? G_N_ELEMENTS (days) : 0,
  });
}

static void
add_record (GPtrArray *records,
            int        topic,
            TlStatus   status)
{
  g_ptr_array_add (records, tl_domain_record_new ((TlDomainTopic) topic, status, NULL, NULL, NULL));
}

/* All topics were looked at but the one that could not be. */
static TlDomainReport *
make_domain (const TlTestSetUp *s)
{
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_domain_record_free);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);

  if (s->health == NULL)
    return NULL;

  for (int i = 0; i < TL_N_DOMAIN_TOPICS; i++)
    {
      const char *nick = tl_domain_topic_get_nick ((TlDomainTopic) i);

      add_record (records, i, g_strcmp0 (nick, s->unseen) == 0 ? TL_STATUS_NOT_TESTED
                                                                : TL_STATUS_OK);
      if (g_strcmp0 (nick, s->half_seen) != 0)
        continue;
      add_record (records, i, TL_STATUS_NOT_TESTED);
      add_record (records, i, TL_STATUS_WARNING);
    }
  if (*s->health != '\0')
    g_ptr_array_add (findings, tl_finding_new (s->health, TL_LANE_NONE, NULL));

  return tl_domain_report_new (&(TlDomainReportParts) {
    .domain = s->health_of != NULL ? s->health_of : "example.org",
    .records = records,
    .findings = findings,
  });
}

/**
 * tl_test_set_up_report_new:
 * @s: what differs
 *
 * Returns: (transfer full): the set-up as it was tested
 */
TlReport *
tl_test_set_up_report_new (const TlTestSetUp *s)
{
  g_autoptr(TlPlan) plan = tl_test_set_up_plan_new (s);
  g_autoptr(TlLaneReport) incoming = make_lane (s, plan, TL_LANE_INCOMING);
  g_autoptr(TlLaneReport) outgoing = make_lane (s, plan, TL_LANE_OUTGOING);
  g_autoptr(TlReport) tested = tl_report_new (plan, incoming, outgoing);
  g_autoptr(TlMailboxReport) mailbox = make_mailbox (s);
  g_autoptr(TlSendingPlan) sending = make_sending (s);
  g_autoptr(TlDomainReport) domain = make_domain (s);

  return tl_report_with_sections (tested, mailbox, sending, domain);
}

/**
 * tl_test_policy_result_find:
 * @results: (element-type TlPolicyResult): how a set-up stands to rules
 * @rule: one of them
 *
 * Returns: (transfer none): how it stands to that one
 */
TlPolicyResult *
tl_test_policy_result_find (GPtrArray  *results,
                            const char *rule)
{
  for (guint i = 0; i < results->len; i++)
    {
      if (g_str_equal (tl_policy_result_get_rule (results->pdata[i]), rule))
        return results->pdata[i];
    }

  g_assert_not_reached ();
}
