/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-catalogue.h"
#include "tl-test-set-up.h"

typedef struct
{
  const char *name;
  const char *members;
  const char *rule;
  TlTestSetUp set_up;
  TlVerdict   planned;    /* with a plan alone */
  TlVerdict   tested;
  TlLaneKind  lane;       /* of the finding */
  const char *found;      /* NULL: not looked at here */
  const char *broken_by;  /* what the finding says is wanted, with spaces between; likewise */
} RuleCase;

#define OK      TL_VERDICT_OK, TL_VERDICT_OK
#define BROKEN  TL_VERDICT_ERROR, TL_VERDICT_ERROR
#define UNKNOWN TL_VERDICT_NOT_TESTED, TL_VERDICT_NOT_TESTED
#define LATER   TL_VERDICT_NOT_TESTED

#define PROVIDERS "\"providers\": [\"gmx\", \"google\"]"
#define HOSTS     "\"hosts\": {\"incoming\": [\"*.example.org\"], \"outgoing\": [\"smtp.example.org\"]}"
#define OAUTH     "\"sign_in\": [\"oauth2\"]"
#define NO_RELAY  "\"separate_sending\": false"
#define ROLES     "\"folder_roles\": [\"sent\", \"trash\"]"
#define CEILING   "\"daily_ceiling\": 50"
#define OUTREACH  "\"outreach_folders\": [\"Replies\", \"Team/Auto\"]"
#define HEALTH_ALL "\"domain_health\": {\"minimum\": [\"domain.unanswered\"]}"
#define HEALTH_TWO "\"domain_health\": {\"minimum\": " \
                   "[\"domain.dmarc-missing\", \"domain.spf-missing\"]}"
#define HEALTH    "\"domain_health\": {\"minimum\": [\"domain.tlsa-mismatch\"]}"

static const RuleCase rule_cases[] = {
  { "providers-kept", PROVIDERS, "providers",
    { .in_url = "imaps://imap.gmail.com", .out_url = "smtps://SMTP.gmail.com" }, OK,
    .found = "Google" },
  { "providers-other", PROVIDERS, "providers", { .provider = "fastmail" }, BROKEN,
    .found = "Fastmail" },
  { "providers-claimed", PROVIDERS, "providers", { 0 }, BROKEN,
    .found = "imap.example.org, smtp.example.org" },
  { "providers-claimed-incoming", PROVIDERS, "providers",
    { .out_url = "smtps://smtp.gmail.com" }, BROKEN, TL_LANE_INCOMING, "imap.example.org" },
  { "providers-claimed-outgoing", PROVIDERS, "providers", { .in_url = "imaps://imap.gmail.com" },
    BROKEN, TL_LANE_OUTGOING, "smtp.example.org" },
  { "providers-other-lane", PROVIDERS, "providers",
    { .in_url = "imaps://imap.gmail.com", .out_url = "smtps://imap.gmail.com" }, BROKEN,
    TL_LANE_OUTGOING },
  { "providers-relay", PROVIDERS, "providers",
    { .in_url = "imaps://imap.gmail.com", .out_user = "apikey", .own_out_user = TRUE }, OK },
  { "providers-unknown", "\"providers\": [\"nobody\"]", "providers", { .provider = "nobody" },
    BROKEN },
  { "providers-made-host", "\"providers\": [\"cpanel\"]", "providers",
    { .provider = "cpanel", .in_url = "imaps://mail.example.org",
      .out_url = "smtps://mail.example.org" }, OK },
  { "providers-made-host-other", "\"providers\": [\"cpanel\"]", "providers",
    { .provider = "cpanel", .in_url = "imaps://mail.example.org",
      .out_url = "smtps://mail.example.com" }, BROKEN, TL_LANE_OUTGOING },
  { "providers-none", PROVIDERS, "providers", { .provider = "" }, BROKEN },
  { "providers-one-lane", PROVIDERS, "providers",
    { .in_url = "imaps://imap.gmail.com", .out_url = "" }, OK },
  { "providers-other-lane-alone", PROVIDERS, "providers",
    { .in_url = "", .out_url = "smtps://smtp.gmail.com" }, OK },
  { "incoming-kept", HOSTS, "hosts.incoming", { 0 }, OK, .found = "imap.example.org" },
  { "incoming-case", HOSTS, "hosts.incoming", { .in_url = "imaps://IMAP.Example.ORG" }, OK },
  { "incoming-other", HOSTS, "hosts.incoming", { .in_url = "imaps://imap.example.com" }, BROKEN,
    TL_LANE_INCOMING, "imap.example.com" },
  { "incoming-itself", HOSTS, "hosts.incoming", { .in_url = "imaps://example.org" }, BROKEN,
    TL_LANE_INCOMING },
  { "incoming-lookalike", HOSTS, "hosts.incoming", { .in_url = "imaps://imapexample.org" }, BROKEN,
    TL_LANE_INCOMING },
  { "outgoing-other", HOSTS, "hosts.outgoing", { .out_url = "smtps://relay.example.org" }, BROKEN,
    TL_LANE_OUTGOING, "relay.example.org" },
  { "outgoing-address", HOSTS, "hosts.outgoing", { .out_url = "smtps://192.0.2.1" }, BROKEN,
    TL_LANE_OUTGOING },
  { "outgoing-none", HOSTS, "hosts.outgoing", { .out_url = "" }, UNKNOWN },
  { "domains-kept", "\"domains\": [\"example.org\"]", "domains", { 0 }, OK },
  { "domains-below", "\"domains\": [\"example.org\"]", "domains",
    { .address = "ada@mail.example.org" }, BROKEN, .found = "mail.example.org" },
  { "domains-case", "\"domains\": [\"example.org\"]", "domains", { .address = "ada@Example.ORG" },
    OK },
  { "tls-kept", "\"tls\": {\"min_version\": \"1.3\"}", "tls.min_version", { 0 },
    LATER, TL_VERDICT_OK },
  { "tls-newer", "\"tls\": {\"min_version\": \"1.2\"}", "tls.min_version",
    { .out_tls = "TLSv1.2" }, LATER, TL_VERDICT_OK },
  { "tls-one-old", "\"tls\": {\"min_version\": \"1.3\"}", "tls.min_version",
    { .out_tls = "TLSv1.2" }, LATER, TL_VERDICT_ERROR, TL_LANE_OUTGOING, "TLSv1.2" },
  { "tls-one-not-seen", "\"tls\": {\"min_version\": \"1.3\"}", "tls.min_version",
    { .out_tls = "" }, UNKNOWN },
  { "tls-first-not-seen", "\"tls\": {\"min_version\": \"1.3\"}", "tls.min_version",
    { .in_tls = "" }, UNKNOWN },
  { "tls-old-and-not-seen", "\"tls\": {\"min_version\": \"1.3\"}", "tls.min_version",
    { .in_tls = "", .out_tls = "TLSv1.2" }, LATER, TL_VERDICT_ERROR, TL_LANE_OUTGOING },
  { "tls-strange", "\"tls\": {\"min_version\": \"1.2\"}", "tls.min_version",
    { .in_tls = "TLSv9" }, LATER, TL_VERDICT_ERROR, TL_LANE_INCOMING },
  { "sign-in-kept", OAUTH, "sign_in", { .in_auth = TL_AUTH_OAUTH2, .out_auth = TL_AUTH_OAUTH2 },
    OK },
  { "sign-in-one-lane", OAUTH, "sign_in", { .in_auth = TL_AUTH_OAUTH2 }, BROKEN,
    TL_LANE_OUTGOING },
  { "sign-in-other-lane", OAUTH, "sign_in", { .out_auth = TL_AUTH_OAUTH2 }, BROKEN,
    TL_LANE_INCOMING },
  { "sign-in-both", OAUTH, "sign_in", { .in_auth = TL_AUTH_APP_PASSWORD }, BROKEN,
    TL_LANE_NONE },
  { "sign-in-app-password", "\"sign_in\": [\"oauth2\", \"app-password\"]", "sign_in",
    { .in_auth = TL_AUTH_APP_PASSWORD, .out_auth = TL_AUTH_APP_PASSWORD }, OK },
  { "user-whole", "\"user_name\": \"address\"", "user_name", { 0 }, OK },
  { "user-whole-case", "\"user_name\": \"address\"", "user_name",
    { .in_user = "Ada@Example.org", .out_user = "ADA@example.org" }, OK },
  { "user-whole-broken", "\"user_name\": \"address\"", "user_name", { .in_user = "ada" }, BROKEN,
    TL_LANE_INCOMING, "ada" },
  { "user-part", "\"user_name\": \"local-part\"", "user_name",
    { .in_user = "ada", .out_user = "ada" }, OK },
  { "user-part-broken", "\"user_name\": \"local-part\"", "user_name", { .in_user = "ada" }, BROKEN,
    TL_LANE_OUTGOING },
  { "user-part-other", "\"user_name\": \"local-part\"", "user_name",
    { .in_user = "eva", .out_user = "eva" }, BROKEN, TL_LANE_NONE, "eva" },
  { "user-part-others", "\"user_name\": \"local-part\"", "user_name",
    { .in_user = "sales", .out_user = "eva@example.org", .login = "eva@example.org" }, BROKEN,
    TL_LANE_NONE, "sales, eva@example.org" },
  { "user-relay", "\"user_name\": \"address\"", "user_name",
    { .out_user = "apikey", .own_out_user = TRUE }, OK },
  { "user-relay-known", "\"user_name\": \"address\"", "user_name",
    { .out_url = "smtps://smtp.sendgrid.net", .out_user = "apikey" }, OK },
  { "user-relay-not-typed", "\"user_name\": \"address\"", "user_name",
    { .out_user = "apikey" }, BROKEN, TL_LANE_OUTGOING, "apikey" },
  { "user-relay-with-login", "\"user_name\": \"address\"", "user_name",
    { .out_user = "apikey", .login = "eva@example.org" }, BROKEN, TL_LANE_OUTGOING, "apikey" },
  { "user-login", "\"user_name\": \"address\"", "user_name",
    { .in_user = "eva@example.org", .login = "eva@example.org" }, OK },
  { "user-login-case", "\"user_name\": \"address\"", "user_name",
    { .in_user = "eva@example.org", .login = "Eva@Example.ORG" }, OK },
  { "user-login-stranger", "\"user_name\": \"address\"", "user_name",
    { .in_user = "eve@example.com", .login = "eve@example.com" }, BROKEN, TL_LANE_INCOMING,
    "eve@example.com" },
  { "user-login-below", "\"user_name\": \"address\"", "user_name",
    { .in_user = "eve@x.example.org", .login = "eve@x.example.org" }, BROKEN, TL_LANE_INCOMING },
  { "user-login-allowed",
    "\"user_name\": \"address\", \"domains\": [\"example.org\", \"example.com\"]", "user_name",
    { .in_user = "eve@example.com", .login = "eve@example.com" }, OK },
  { "user-one-lane", "\"user_name\": \"address\"", "user_name", { .out_url = "" }, OK },
  { "user-other-lane", "\"user_name\": \"address\"", "user_name",
    { .in_url = "", .out_user = "apikey", .own_out_user = TRUE }, BROKEN, TL_LANE_OUTGOING,
    "apikey" },
  { "one-sign-in", NO_RELAY, "separate_sending", { 0 }, OK },
  { "one-sign-in-spelling", NO_RELAY, "separate_sending", { .out_user = "ADA" }, OK },
  { "relay", NO_RELAY, "separate_sending", { .out_user = "apikey", .own_out_user = TRUE }, BROKEN,
    TL_LANE_OUTGOING, "apikey" },
  { "relay-not-typed", NO_RELAY, "separate_sending", { .out_user = "apikey" }, BROKEN,
    TL_LANE_OUTGOING },
  { "relay-other-way", NO_RELAY, "separate_sending", { .in_auth = TL_AUTH_OAUTH2 }, BROKEN,
    TL_LANE_OUTGOING },
  { "shared", NO_RELAY, "separate_sending",
    { .in_user = "ada", .out_user = "eva@example.org", .login = "eva@example.org" }, OK },
  { "shared-local-part", NO_RELAY, "separate_sending",
    { .in_user = "ADA@example.org", .out_user = "Eva", .login = "eva@example.org" }, OK },
  { "shared-relay-not-typed", NO_RELAY, "separate_sending",
    { .out_user = "apikey", .login = "eva@example.org" }, BROKEN, TL_LANE_OUTGOING, "apikey" },
  { "shared-other-incoming", NO_RELAY, "separate_sending",
    { .in_user = "sales", .out_user = "eva@example.org", .login = "eva@example.org" }, BROKEN,
    TL_LANE_OUTGOING },
  { "shared-stranger", NO_RELAY, "separate_sending",
    { .out_user = "eve@example.com", .login = "eve@example.com" }, BROKEN, TL_LANE_OUTGOING,
    "eve@example.com" },
  { "shared-allowed", NO_RELAY ", \"domains\": [\"example.org\", \"example.com\"]",
    "separate_sending", { .out_user = "eve@example.com", .login = "eve@example.com" }, OK },
  { "shared-relay", NO_RELAY, "separate_sending",
    { .in_user = "sales", .out_user = "apikey", .login = "eva@example.org",
      .own_out_user = TRUE }, BROKEN, TL_LANE_OUTGOING },
  { "relay-one-lane", NO_RELAY, "separate_sending", { .out_url = "" }, UNKNOWN },
  { "relay-other-lane", NO_RELAY, "separate_sending",
    { .in_url = "", .out_user = "apikey", .own_out_user = TRUE }, UNKNOWN },
  { "folders-kept", ROLES, "folder_roles", { .roles = "inbox trash junk sent" },
    LATER, TL_VERDICT_OK },
  { "folders-missing", ROLES, "folder_roles", { .roles = "inbox sent" },
    LATER, TL_VERDICT_ERROR, TL_LANE_INCOMING, "Sent" },
  { "folders-warning", ROLES, "folder_roles",
    { .roles = "inbox trash sent", .in_warns = TRUE }, LATER, TL_VERDICT_OK },
  { "folders-none", ROLES, "folder_roles", { .roles = "" }, LATER, TL_VERDICT_ERROR,
    TL_LANE_INCOMING, .broken_by = "sent trash" },
  { "folders-one", ROLES, "folder_roles", { .roles = "inbox trash" }, LATER, TL_VERDICT_ERROR,
    TL_LANE_INCOMING, .found = "Trash", .broken_by = "sent" },
  { "folders-lane-failed", ROLES, "folder_roles", { .roles = "sent trash", .in_failed = TRUE },
    UNKNOWN },
  { "health-not-tested", HEALTH, "domain_health.minimum", { 0 }, UNKNOWN },
  { "health-broken", HEALTH, "domain_health.minimum", { .finding = "domain.tlsa-mismatch" },
    LATER, TL_VERDICT_ERROR, .broken_by = "domain.tlsa-mismatch" },
  { "health-other", HEALTH, "domain_health.minimum", { .finding = "domain.mx-elsewhere" }, UNKNOWN },
  { "health-kept", HEALTH, "domain_health.minimum", { .health = "" }, LATER, TL_VERDICT_OK },
  { "health-report-broken", HEALTH, "domain_health.minimum", { .health = "domain.tlsa-mismatch" },
    LATER, TL_VERDICT_ERROR, .broken_by = "domain.tlsa-mismatch" },
  { "health-report-other", HEALTH, "domain_health.minimum", { .health = "domain.mx-elsewhere" },
    LATER, TL_VERDICT_OK },
  { "health-unseen", HEALTH, "domain_health.minimum", { .health = "", .unseen = "dane" }, UNKNOWN },
  { "health-other-unseen", HEALTH, "domain_health.minimum", { .health = "", .unseen = "spf" },
    LATER, TL_VERDICT_OK },
  { "health-half-seen", HEALTH, "domain_health.minimum", { .health = "", .half_seen = "dane" },
    UNKNOWN },
  { "health-half-seen-broken", HEALTH, "domain_health.minimum",
    { .health = "domain.tlsa-mismatch", .half_seen = "dane" }, LATER, TL_VERDICT_ERROR },
  { "health-two", HEALTH_TWO, "domain_health.minimum", { .health = "domain.spf-missing" }, LATER,
    TL_VERDICT_ERROR, .broken_by = "domain.spf-missing" },
  { "health-two-one-unseen", HEALTH_TWO, "domain_health.minimum",
    { .health = "domain.spf-missing", .unseen = "dmarc" }, LATER, TL_VERDICT_ERROR },
  { "health-two-other-unseen", HEALTH_TWO, "domain_health.minimum",
    { .health = "", .unseen = "dmarc" }, UNKNOWN },
  { "health-two-places", HEALTH_TWO, "domain_health.minimum",
    { .finding = "domain.dmarc-missing", .health = "domain.spf-missing" }, LATER,
    TL_VERDICT_ERROR, .broken_by = "domain.dmarc-missing domain.spf-missing" },
  { "health-all-unseen", HEALTH_ALL, "domain_health.minimum", { .health = "", .unseen = "bimi" },
    UNKNOWN },
  { "health-all-kept", HEALTH_ALL, "domain_health.minimum", { .health = "" },
    LATER, TL_VERDICT_OK },
  { "health-elsewhere", HEALTH, "domain_health.minimum",
    { .health = "", .health_of = "example.com" }, UNKNOWN },
  { "health-elsewhere-broken", HEALTH, "domain_health.minimum",
    { .health = "domain.tlsa-mismatch", .health_of = "example.com" }, UNKNOWN },
  { "ceiling-not-planned", CEILING, "daily_ceiling", { 0 }, UNKNOWN },
  { "ceiling-kept", CEILING, "daily_ceiling", { .has_plan = TRUE, .ceiling = 50 },
    LATER, TL_VERDICT_OK },
  { "ceiling-above", CEILING, "daily_ceiling", { .has_plan = TRUE, .ceiling = 51 },
    LATER, TL_VERDICT_ERROR, TL_LANE_OUTGOING },
  { "ceiling-above-unused", CEILING, "daily_ceiling",
    { .has_plan = TRUE, .ceiling = 51, .most = 10 }, LATER, TL_VERDICT_ERROR, TL_LANE_OUTGOING },
  { "ceiling-none", CEILING, "daily_ceiling", { .has_plan = TRUE }, UNKNOWN },
  { "ceiling-days-kept", CEILING, "daily_ceiling", { .has_plan = TRUE, .most = 50 },
    LATER, TL_VERDICT_OK },
  { "ceiling-days-above", CEILING, "daily_ceiling", { .has_plan = TRUE, .most = 51 },
    LATER, TL_VERDICT_ERROR, TL_LANE_OUTGOING },
  { "roles-looked-at", ROLES, "folder_roles",
    { .roles = "inbox", .folders = "sent=Skickat trash=Korgen" }, LATER, TL_VERDICT_OK,
    .found = "Sent, Trash" },
  { "roles-put-right", ROLES, "folder_roles",
    { .roles = "sent trash", .folders = "sent=Skickat Korgen" }, LATER, TL_VERDICT_ERROR,
    TL_LANE_INCOMING, "Sent" },
  { "outreach-not-looked-at", OUTREACH, "outreach_folders", { 0 }, UNKNOWN },
  { "outreach-kept", OUTREACH, "outreach_folders",
    { .folders = "Replies Team/Auto", .delimiter = '/' }, LATER, TL_VERDICT_OK,
    .found = "Replies, Team/Auto" },
  { "outreach-delimiter", OUTREACH, "outreach_folders",
    { .folders = "Replies Team.Auto", .delimiter = '.' }, LATER, TL_VERDICT_OK },
  { "outreach-prefix", OUTREACH, "outreach_folders",
    { .folders = "INBOX.Replies INBOX.Team.Auto", .delimiter = '.', .prefix = "INBOX." },
    LATER, TL_VERDICT_OK },
  { "outreach-missing", OUTREACH, "outreach_folders",
    { .folders = "Replies", .delimiter = '/' }, LATER, TL_VERDICT_ERROR, TL_LANE_INCOMING,
    "Replies", "Team/Auto" },
  { "outreach-no-messages", OUTREACH, "outreach_folders",
    { .folders = "-Replies Team/Auto", .delimiter = '/' }, LATER, TL_VERDICT_ERROR,
    TL_LANE_INCOMING },
  { "outreach-flat", OUTREACH, "outreach_folders", { .folders = "Replies TeamAuto" }, LATER,
    TL_VERDICT_ERROR, TL_LANE_INCOMING, .broken_by = "Team/Auto" },
  { "outreach-none", OUTREACH, "outreach_folders", { .folders = "INBOX" }, LATER,
    TL_VERDICT_ERROR, TL_LANE_INCOMING, .broken_by = "Replies Team/Auto" },
  { "outreach-lane-failed", OUTREACH, "outreach_folders",
    { .folders = "Replies Team/Auto", .delimiter = '/', .in_failed = TRUE }, UNKNOWN },
  { "age", "\"max_age_days\": 14", "max_age_days", { 0 }, UNKNOWN },
  { "target", "\"target\": {\"id\": \"x\"}", "target.id", { 0 }, UNKNOWN },
  { "passwords", "\"passwords\": \"typed\"", "passwords", { 0 }, UNKNOWN },
  { "practice", OAUTH, "sign_in", { .purpose = TL_PURPOSE_PRACTICE }, UNKNOWN },
};

/* A rule of another kind than “this and nothing else” has words of its own. */
static const char *
get_id (const char *rule)
{
  if (g_str_equal (rule, "domain_health.minimum"))
    return "export.policy-domain";

  return g_str_equal (rule, "outreach_folders") ? "export.policy-folders" : "export.policy";
}

static void
check_wanted (GVariant   *evidence,
              const char *expected)
{
  g_autofree const char **wanted = NULL;
  g_autofree char *words = NULL;

  g_assert_true (g_variant_lookup (evidence, TL_EVIDENCE_WANTED, "^a&s", &wanted));
  words = g_strjoinv (" ", (char **) wanted);
  if (expected != NULL)
    g_assert_cmpstr (words, ==, expected);
}

static void
check_result (const RuleCase *c,
              TlPolicyResult *result,
              TlVerdict       verdict)
{
  TlFinding *finding = tl_policy_result_get_finding (result);
  GVariant *evidence;

  g_assert_cmpint (tl_policy_result_get_verdict (result), ==, verdict);
  g_assert_nonnull (tl_policy_result_get_label (result));
  g_assert_cmpstr (tl_policy_result_get_label (result), !=, c->rule);
  g_assert_cmpstr (tl_policy_result_get_wanted (result), !=, "");
  if (verdict == TL_VERDICT_NOT_TESTED)
    g_assert_null (tl_policy_result_get_found (result));
  else if (c->found != NULL)
    g_assert_cmpstr (tl_policy_result_get_found (result), ==, c->found);

  if (verdict != TL_VERDICT_ERROR)
    {
      g_assert_null (finding);
      return;
    }
  evidence = tl_finding_get_evidence (finding);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, get_id (c->rule));
  g_assert_cmpint (tl_finding_get_lane (finding), ==, c->lane);
  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_RULE), ==, c->rule);
  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_POLICY), ==, "Acme");
  g_assert_nonnull (tl_evidence_get_string (evidence, TL_EVIDENCE_DETAIL));
  check_wanted (evidence, c->broken_by);
}

static void
test_rule (gconstpointer data)
{
  const RuleCase *c = data;
  g_autofree char *members = g_strconcat ("\"name\": \"Acme\", ", c->members, NULL);
  g_autoptr(TlPolicies) policies = tl_test_policies_add (tl_policies_new (), members,
                                                         TL_POLICY_FROM_FILE);
  g_autoptr(TlReport) report = tl_test_set_up_report_new (&c->set_up);
  g_autoptr(TlPlan) plan = tl_test_set_up_plan_new (&c->set_up);
  g_autoptr(GPtrArray) planned = tl_policies_check_plan (policies, plan);
  g_autoptr(GPtrArray) tested = tl_policies_check_report (policies, report);
  g_autoptr(GPtrArray) listed = tl_policies_list_rules (policies);
  TlPolicyResult *result = tl_test_policy_result_find (listed, c->rule);

  check_result (c, tl_test_policy_result_find (planned, c->rule), c->planned);
  check_result (c, tl_test_policy_result_find (tested, c->rule), c->tested);
  g_assert_cmpint (tl_policy_result_get_verdict (result), ==, TL_VERDICT_NOT_TESTED);
  g_assert_cmpint (tl_policy_result_get_origin (result), ==, TL_POLICY_FROM_FILE);
  g_assert_cmpstr (tl_policy_result_get_policy_name (result), ==, "Acme");
}

static TlVerdict
get_health (const char  *id,
            TlTestSetUp  set_up)
{
  g_autofree char *members = g_strdup_printf ("\"domain_health\": {\"minimum\": [\"%s\"]}", id);
  g_autoptr(TlPolicies) policies = tl_test_policies_add (tl_policies_new (), members,
                                                         TL_POLICY_FROM_FILE);
  g_autoptr(TlReport) report = tl_test_set_up_report_new (&set_up);
  g_autoptr(GPtrArray) results = tl_policies_check_report (policies, report);

  return tl_policy_result_get_verdict (tl_test_policy_result_find (results,
                                                                   "domain_health.minimum"));
}

/* Nothing passes because nobody could look. */
static void
test_health_ids (void)
{
  guint n = 0;

  for (guint i = 0; i < tl_catalogue_get_n (); i++)
    {
      const char *id = tl_catalogue_get (i)->id;
      TlDomainTopic of = TL_DOMAIN_TOPIC_MX;
      const char *nick;

      if (!g_str_has_prefix (id, "domain."))
        continue;

      g_test_message ("%s", id);
      tl_domain_topic_find (id, &of);
      nick = tl_domain_topic_get_nick (of);
      g_assert_cmpint (get_health (id, (TlTestSetUp) { .health = "" }), ==, TL_VERDICT_OK);
      g_assert_cmpint (get_health (id, (TlTestSetUp) { .health = id }), ==, TL_VERDICT_ERROR);
      g_assert_cmpint (get_health (id, (TlTestSetUp) { .health = "", .unseen = nick }), ==,
                       TL_VERDICT_NOT_TESTED);
      g_assert_cmpint (get_health (id, (TlTestSetUp) { .health = "", .half_seen = nick }), ==,
                       TL_VERDICT_NOT_TESTED);
      n++;
    }
  g_assert_cmpuint (n, >, 25);
  g_assert_cmpint (get_health ("domain.ptr-missing",
                               (TlTestSetUp) { .health = "", .unseen = "identity" }), ==,
                   TL_VERDICT_NOT_TESTED);
}

typedef struct
{
  const char *name;
  const char *members;
  const char *rule;
  TlTestSetUp set_up;
  TlVerdict   verdict;
  TlLaneKind  lane;
} EvidenceCase;

#define TLS "\"tls\": {\"min_version\": \"1.2\"}"

/* What a lane that works has to show, and a bundle leaves out. */
static const EvidenceCase evidence_cases[] = {
  { "tls-seen", TLS, "tls.min_version", { 0 }, TL_VERDICT_OK },
  { "tls-not-seen", TLS, "tls.min_version", { .in_tls = "" }, TL_VERDICT_ERROR, TL_LANE_INCOMING },
  { "tls-other-not-seen", TLS, "tls.min_version", { .out_tls = "" }, TL_VERDICT_ERROR,
    TL_LANE_OUTGOING },
  { "tls-none-seen", TLS, "tls.min_version", { .in_tls = "", .out_tls = "" }, TL_VERDICT_ERROR },
  { "tls-old-and-not-seen", TLS, "tls.min_version", { .in_tls = "TLSv1.1", .out_tls = "" },
    TL_VERDICT_ERROR },
  { "tls-warning", TLS, "tls.min_version", { .in_tls = "", .in_warns = TRUE }, TL_VERDICT_ERROR,
    TL_LANE_INCOMING },
  { "tls-failed", TLS, "tls.min_version", { .in_tls = "", .in_failed = TRUE },
    TL_VERDICT_NOT_TESTED },
  { "folders-none", ROLES, "folder_roles", { .roles = "" }, TL_VERDICT_ERROR, TL_LANE_INCOMING },
  { "folders-failed", ROLES, "folder_roles", { .roles = "", .in_failed = TRUE },
    TL_VERDICT_NOT_TESTED },
};

static void
test_evidence (gconstpointer data)
{
  const EvidenceCase *c = data;
  g_autoptr(TlPolicies) policies = tl_test_policies_add (tl_policies_new (), c->members,
                                                         TL_POLICY_FROM_SYSTEM);
  g_autoptr(TlReport) report = tl_test_set_up_report_new (&c->set_up);
  g_autoptr(GPtrArray) results = tl_policies_check_bundle (policies, report, TL_TEST_NOW_S,
                                                           TL_TEST_NOW_S, FALSE);
  TlPolicyResult *result = tl_test_policy_result_find (results, c->rule);
  TlFinding *finding = tl_policy_result_get_finding (result);

  g_assert_cmpint (tl_policy_result_get_verdict (result), ==, c->verdict);
  g_assert_true ((finding != NULL) == (c->verdict == TL_VERDICT_ERROR));
  if (finding != NULL)
    g_assert_cmpint (tl_finding_get_lane (finding), ==, c->lane);
}

static void
test_every_rule (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "corpus", "good",
                                                 "policy-rules.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr(TlPolicy) policy = NULL;
  g_autoptr(TlPolicies) none = tl_policies_new ();
  g_autoptr(TlPolicies) policies = NULL;
  g_autoptr(GPtrArray) rules = NULL;
  g_autoptr(GPtrArray) no_rules = tl_policies_list_rules (none);

  g_test_summary ("A policy with everything has every rule that the cases above look at");

  g_assert_cmpuint (no_rules->len, ==, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  policy = tl_policy_parse (text, -1, NULL);
  policies = tl_policies_with (none, policy, TL_POLICY_FROM_SYSTEM);
  rules = tl_policies_list_rules (policies);
  g_assert_cmpuint (rules->len, ==, 15);
  for (gsize i = 0; i < G_N_ELEMENTS (rule_cases); i++)
    tl_test_policy_result_find (rules, rule_cases[i].rule);
}

static void
add_data (const char    *prefix,
          const char    *name,
          gconstpointer  data,
          GTestDataFunc  func)
{
  g_autofree char *path = g_strconcat (prefix, name, NULL);

  g_test_add_data_func (path, data, func);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policies/health-ids", test_health_ids);
  for (gsize i = 0; i < G_N_ELEMENTS (rule_cases); i++)
    add_data ("/policies/rule/", rule_cases[i].name, &rule_cases[i], test_rule);
  for (gsize i = 0; i < G_N_ELEMENTS (evidence_cases); i++)
    add_data ("/policies/B12/evidence/", evidence_cases[i].name, &evidence_cases[i],
              test_evidence);
  g_test_add_func ("/policies/every-rule", test_every_rule);

  return g_test_run ();
}
