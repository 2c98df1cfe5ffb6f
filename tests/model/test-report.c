/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report.h"

#define NOW G_GINT64_CONSTANT (1769860800)
#define IMAPS "imaps://imap.example.org"
#define SMTPS "smtps://smtp.example.org"

typedef struct
{
  const char *planned;  /* NULL: no server was found */
  const char *tested;   /* NULL: not run */
  const char *user;
  const char *finding;  /* or NULL */
  guint       n_stages; /* how many passed; the rest was not reached */
  gint64      age_s;
} Lane;

typedef struct
{
  const char *name;
  Lane        incoming;
  Lane        outgoing;
  TlReadiness readiness;
  const char *findings;
  gboolean     own_user;    /* a person gave the outgoing lane its user name */
  gboolean     own_user_in; /* … the incoming lane */
  const char  *login;       /* who signs in to a shared mailbox */
} ReportCase;

#define GREEN_IN { IMAPS, IMAPS, "ada", NULL, 7, 60 }
#define GREEN_OUT { SMTPS, SMTPS, "ada", NULL, 7, 60 }

static const ReportCase report_cases[] = {
  { "green", GREEN_IN, GREEN_OUT, TL_READINESS_READY, "" },
  { "warning-is-green", { IMAPS, IMAPS, "ada", "use.idle-missing", 7, 60 }, GREEN_OUT,
    TL_READINESS_READY, "use.idle-missing" },
  { "just-fresh", { IMAPS, IMAPS, "ada", NULL, 7, TL_REPORT_FRESH_S }, GREEN_OUT,
    TL_READINESS_READY, "" },
  { "just-now", { IMAPS, IMAPS, "ada", NULL, 7, 0 }, { SMTPS, SMTPS, "ada", NULL, 7, 0 },
    TL_READINESS_READY, "" },
  { "incoming-stale", { IMAPS, IMAPS, "ada", NULL, 7, TL_REPORT_FRESH_S + 1 }, GREEN_OUT,
    TL_READINESS_STALE, "" },
  { "outgoing-stale", GREEN_IN, { SMTPS, SMTPS, "ada", NULL, 7, TL_REPORT_FRESH_S + 1 },
    TL_READINESS_STALE, "" },
  { "from-the-future", GREEN_IN, { SMTPS, SMTPS, "ada", NULL, 7, -1 }, TL_READINESS_STALE, "" },
  { "incoming-failed", { IMAPS, IMAPS, "ada", "auth.bad-credentials", 5, 60 }, GREEN_OUT,
    TL_READINESS_DRAFT, "auth.bad-credentials" },
  { "outgoing-failed", GREEN_IN, { SMTPS, SMTPS, "ada", "auth.bad-credentials", 5, 60 },
    TL_READINESS_DRAFT, "auth.bad-credentials" },
  { "failed-and-stale", { IMAPS, IMAPS, "ada", "auth.bad-credentials", 5, 9999 }, GREEN_OUT,
    TL_READINESS_DRAFT, "auth.bad-credentials" },
  { "both-failed", { IMAPS, IMAPS, "ada", "auth.bad-credentials", 5, 60 },
    { SMTPS, SMTPS, "ada", "auth.disabled", 5, 60 },
    TL_READINESS_DRAFT, "auth.bad-credentials auth.disabled" },
  { "stopped", { IMAPS, IMAPS, "ada", NULL, 3, 60 }, GREEN_OUT, TL_READINESS_DRAFT, "" },
  { "not-run", GREEN_IN, { SMTPS, NULL, "ada", NULL, 0, 60 }, TL_READINESS_DRAFT, "" },
  { "edited-since", { "imaps://other.example.org", IMAPS, "ada", NULL, 7, 60 }, GREEN_OUT,
    TL_READINESS_DRAFT, "" },
  { "tested-what-was-not-planned", GREEN_IN, { NULL, SMTPS, "ada", NULL, 7, 60 },
    TL_READINESS_DRAFT, "" },
  { "no-outgoing", GREEN_IN, { NULL, NULL, "ada", NULL, 0, 60 }, TL_READINESS_DRAFT,
    "pair.one-lane-only" },
  { "no-incoming", { NULL, NULL, "ada", NULL, 0, 60 }, GREEN_OUT, TL_READINESS_DRAFT,
    "pair.one-lane-only" },
  { "neither", { NULL, NULL, "ada", NULL, 0, 60 }, { NULL, NULL, "ada", NULL, 0, 60 },
    TL_READINESS_DRAFT, "" },
  { "user-local-part", GREEN_IN, { SMTPS, SMTPS, "ada@example.org", NULL, 7, 60 },
    TL_READINESS_READY, "" },
  { "user-case", GREEN_IN, { SMTPS, SMTPS, "ADA@Example.ORG", NULL, 7, 60 },
    TL_READINESS_READY, "" },
  { "user-other", GREEN_IN, { SMTPS, SMTPS, "eva", NULL, 7, 60 }, TL_READINESS_DRAFT,
    "pair.different-accounts" },
  { "user-other-domain", GREEN_IN, { SMTPS, SMTPS, "ada@example.com", NULL, 7, 60 },
    TL_READINESS_DRAFT, "pair.different-accounts" },
  { "user-split", GREEN_IN, { SMTPS, SMTPS, "relay", NULL, 7, 60 },
    TL_READINESS_READY, "", TRUE },
  { "user-split-incoming", { IMAPS, IMAPS, "relay", NULL, 7, 60 }, GREEN_OUT,
    TL_READINESS_READY, "", FALSE, TRUE },
  { "user-of-shared", GREEN_IN, { SMTPS, SMTPS, "eva", NULL, 7, 60 },
    TL_READINESS_READY, "", .login = "eva@example.org" },
};

static TlLaneSettings *
settings_of (const char *url,
             const char *user)
{
  return url != NULL ? tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD, user, NULL) : NULL;
}

static TlLaneReport *
lane_of (const Lane *lane,
         TlLaneKind  kind)
{
  g_autoptr(TlLaneSettings) settings = settings_of (lane->tested, lane->user);
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  const TlStage *stages;
  gsize n;

  if (settings == NULL)
    return NULL;

  stages = tl_stage_list_lane (TL_SECURITY_TLS, &n);
  for (guint i = 0; i < lane->n_stages; i++)
    g_ptr_array_add (steps, tl_step_new (stages[i], TL_STATUS_OK, 0, 1));
  if (lane->finding != NULL)
    g_ptr_array_add (findings, tl_finding_new (lane->finding, kind, NULL));

  return tl_lane_report_new (&(TlLaneReportParts) {
    .lane = kind,
    .settings = settings,
    .steps = steps,
    .findings = findings,
    .tested_at_s = NOW - lane->age_s,
  });
}

static TlReport *
make (const ReportCase *c)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(TlLaneSettings) settings_in = settings_of (c->incoming.planned, c->incoming.user);
  g_autoptr(TlLaneSettings) settings_out = settings_of (c->outgoing.planned, c->outgoing.user);
  TlPlanLane planned_in = { settings_in, TL_SOURCE_SRV, TL_TRUST_UNSIGNED_DNS, c->own_user_in };
  TlPlanLane planned_out = { settings_out, TL_SOURCE_GUESS, TL_TRUST_GUESSED, c->own_user };
  const TlPlanSignIn sign_in = { .login = c->login };
  g_autoptr(TlPlan) lanes = tl_plan_new (TL_PURPOSE_MAILBOX, address, "Ada", NULL,
                                         &planned_in, &planned_out);
  g_autoptr(TlPlan) plan = tl_plan_with_sign_in (lanes, &sign_in);
  g_autoptr(TlLaneReport) incoming = lane_of (&c->incoming, TL_LANE_INCOMING);
  g_autoptr(TlLaneReport) outgoing = lane_of (&c->outgoing, TL_LANE_OUTGOING);

  return tl_report_new (plan, incoming, outgoing);
}

static void
test_report (gconstpointer data)
{
  const ReportCase *c = data;
  g_autoptr(TlReport) report = make (c);
  GPtrArray *findings = tl_report_get_findings (report);
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            tl_finding_get_id (g_ptr_array_index (findings, i)));

  g_assert_cmpstr (ids->str, ==, c->findings);
  g_assert_cmpint (tl_report_get_readiness (report, NOW), ==, c->readiness);
}

static void
test_lanes_are_there (gconstpointer data)
{
  g_autoptr(TlReport) report = make (data);
  TlLaneReport *incoming = tl_report_get_lane (report, TL_LANE_INCOMING);
  TlLaneReport *outgoing = tl_report_get_lane (report, TL_LANE_OUTGOING);

  g_test_summary ("A lane that was not run or not found is reported all the same");

  g_assert_cmpint (tl_lane_report_get_lane (incoming), ==, TL_LANE_INCOMING);
  g_assert_cmpint (tl_lane_report_get_lane (outgoing), ==, TL_LANE_OUTGOING);
  g_assert_cmpuint (tl_lane_report_get_steps (incoming)->len, ==, 7);
  g_assert_cmpuint (tl_lane_report_get_steps (outgoing)->len, ==, 7);
}

static void
test_time_passes (void)
{
  g_autoptr(TlReport) report = make (&report_cases[0]);

  g_assert_cmpint (tl_report_get_readiness (report, NOW), ==, TL_READINESS_READY);
  g_assert_cmpint (tl_report_get_readiness (report, NOW + TL_REPORT_FRESH_S), ==,
                   TL_READINESS_STALE);
}

typedef struct
{
  const char  *name;
  TlVerdict    rule;
  const Lane  *outgoing;
  TlReadiness  readiness;
} PolicyCase;

static const Lane green_out = GREEN_OUT;
static const Lane stale_out = { SMTPS, SMTPS, "ada", NULL, 7, TL_REPORT_FRESH_S + 1 };
static const Lane failed_out = { SMTPS, SMTPS, "ada", "auth.bad-credentials", 5, 60 };

static const PolicyCase policy_cases[] = {
  { "kept", TL_VERDICT_OK, &green_out, TL_READINESS_READY },
  { "not-tested", TL_VERDICT_NOT_TESTED, &green_out, TL_READINESS_READY },
  { "broken", TL_VERDICT_ERROR, &green_out, TL_READINESS_DRAFT },
  { "kept-and-stale", TL_VERDICT_OK, &stale_out, TL_READINESS_STALE },
  { "broken-and-stale", TL_VERDICT_ERROR, &stale_out, TL_READINESS_DRAFT },
  { "kept-and-failed", TL_VERDICT_OK, &failed_out, TL_READINESS_DRAFT },
};

static void
test_policy (gconstpointer data)
{
  const PolicyCase *c = data;
  const ReportCase lanes = { "", GREEN_IN, *c->outgoing };
  const TlPolicyDocument document = {
    "Acme", "system", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
  };
  const TlPolicyRule rule = { "tls.min_version", 0, c->rule };
  g_autoptr(TlPolicyRecord) record = tl_policy_record_new (&document, 1, &rule, 1);
  g_autoptr(TlReport) bare = make (&lanes);
  g_autoptr(TlReport) report = tl_report_with_policy (bare, record);
  g_autoptr(TlReport) without = tl_report_with_policy (report, NULL);

  g_assert_null (tl_report_get_policy (bare));
  g_assert_true (tl_report_get_policy (report) == record);
  g_assert_cmpint (tl_report_get_readiness (report, NOW), ==, c->readiness);
  g_assert_true (tl_report_get_plan (report) == tl_report_get_plan (bare));
  g_assert_true (tl_report_get_findings (report) == tl_report_get_findings (bare));
  g_assert_true (tl_report_get_lane (report, TL_LANE_OUTGOING) ==
                 tl_report_get_lane (bare, TL_LANE_OUTGOING));

  g_assert_null (tl_report_get_policy (without));
  g_assert_cmpint (tl_report_get_readiness (without, NOW), ==,
                   tl_report_get_readiness (bare, NOW));
}

static void
test_different_accounts (void)
{
  const ReportCase other = { "", GREEN_IN, { SMTPS, SMTPS, "eva", NULL, 7, 60 } };
  g_autoptr(TlReport) report = make (&other);
  TlFinding *finding = g_ptr_array_index (tl_report_get_findings (report), 0);

  g_assert_cmpint (tl_finding_get_lane (finding), ==, TL_LANE_NONE);
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (finding), TL_EVIDENCE_USER), ==,
                   "eva");
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (finding),
                                           TL_EVIDENCE_SUGGESTION), ==, "ada");
}

static void
test_json (void)
{
  const ReportCase failed = {
    "", GREEN_IN, { SMTPS, SMTPS, "ada", "auth.bad-credentials", 5, 60 },
  };
  g_autoptr(TlReport) report = make (&failed);
  g_autoptr(TlJson) json = tl_report_to_json (report);
  g_autofree char *hash = tl_plan_dup_settings_hash (tl_report_get_plan (report));
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the report");
  g_autoptr(TlJsonReader) outgoing = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(TlFinding) finding = NULL;

  g_assert_cmpstr (tl_json_reader_get_string (reader, "purpose", TL_JSON_REQUIRED), ==, "mailbox");
  g_assert_cmpstr (tl_json_reader_get_string (reader, "address", TL_JSON_REQUIRED), ==,
                   "ada@example.org");
  g_assert_cmpstr (tl_json_reader_get_string (reader, "display_name", TL_JSON_REQUIRED), ==, "Ada");
  g_assert_null (tl_json_reader_get_string (reader, "provider", TL_JSON_OPTIONAL));
  g_assert_cmpstr (tl_json_reader_get_string (reader, "settings_hash", TL_JSON_REQUIRED), ==, hash);
  g_assert_nonnull (tl_json_reader_get_object (reader, "incoming", TL_JSON_REQUIRED));

  findings = tl_json_reader_dup_array (reader, "findings", TL_JSON_REQUIRED, 10);
  g_assert_cmpuint (findings->len, ==, 1);
  finding = tl_finding_from_json (g_ptr_array_index (findings, 0), NULL);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "auth.bad-credentials");

  outgoing = tl_json_reader_new (tl_json_reader_get_object (reader, "outgoing", TL_JSON_REQUIRED),
                                 "the lane");
  g_assert_true (tl_json_reader_finish (reader, NULL));
  g_assert_cmpstr (tl_json_reader_get_string (outgoing, "verdict", TL_JSON_REQUIRED), ==, "error");
  g_assert_cmpstr (tl_json_reader_get_string (outgoing, "primary", TL_JSON_REQUIRED), ==,
                   "auth.bad-credentials");
  g_assert_cmpstr (tl_json_reader_get_string (outgoing, "source", TL_JSON_REQUIRED), ==, "guess");
  g_assert_cmpstr (tl_json_reader_get_string (outgoing, "trust", TL_JSON_REQUIRED), ==, "guessed");
  g_assert_true (tl_json_reader_has (outgoing, "stages"));
  g_assert_true (tl_json_reader_has (outgoing, "endpoint"));
  /* They stand once, in the list of both. */
  g_assert_false (tl_json_reader_has (outgoing, "findings"));
}

/* What was looked at besides the lanes and what policies say do not know of each other: neither
 * takes the other away, and neither changes whether the lanes are ready. */
static void
test_readiness_kept (void)
{
  static const TlPolicyDocument document = {
    NULL, "file", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
  };
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(TlPlan) plan = tl_plan_new (TL_PURPOSE_MAILBOX, address, NULL, NULL, NULL, NULL);
  g_autoptr(TlReport) bare = tl_report_new (plan, NULL, NULL);
  g_autoptr(TlPolicyRecord) record = tl_policy_record_new (&document, 1, NULL, 0);
  g_autoptr(TlMailboxReport) mailbox = tl_mailbox_report_new (&(TlMailboxReportParts) { 0 });
  g_autoptr(TlSendingPlan) sending = tl_sending_plan_new (&(TlSendingPlanParts) { 0 });
  g_autoptr(TlDomainReport) domain =
    tl_domain_report_new (&(TlDomainReportParts) { .domain = "example.org" });
  g_autoptr(TlReport) looked = tl_report_with_sections (bare, mailbox, sending, domain);
  g_autoptr(TlReport) judged = tl_report_with_policy (looked, record);
  g_autoptr(TlReport) again = tl_report_with_sections (judged, NULL, sending, NULL);

  g_assert_null (tl_report_get_mailbox (bare));
  g_assert_null (tl_report_get_sending (bare));
  g_assert_null (tl_report_get_domain (bare));
  g_assert_true (tl_report_get_mailbox (judged) == mailbox);
  g_assert_true (tl_report_get_sending (judged) == sending);
  g_assert_true (tl_report_get_domain (judged) == domain);
  g_assert_true (tl_report_get_policy (again) == record);
  g_assert_null (tl_report_get_mailbox (again));
  g_assert_true (tl_report_get_sending (again) == sending);
  g_assert_null (tl_report_get_domain (again));
  g_assert_cmpint (tl_report_get_readiness (judged, NOW), ==, TL_READINESS_DRAFT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (report_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/report/pair/", report_cases[i].name, NULL);
      g_autofree char *lanes = g_strconcat ("/report/lanes/", report_cases[i].name, NULL);

      g_test_add_data_func (path, &report_cases[i], test_report);
      g_test_add_data_func (lanes, &report_cases[i], test_lanes_are_there);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (policy_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/report/policy/", policy_cases[i].name, NULL);

      g_test_add_data_func (path, &policy_cases[i], test_policy);
    }
  g_test_add_func ("/report/time-passes", test_time_passes);
  g_test_add_func ("/report/different-accounts", test_different_accounts);
  g_test_add_func ("/report/json", test_json);
  g_test_add_func ("/report/readiness-kept", test_readiness_kept);

  return g_test_run ();
}
