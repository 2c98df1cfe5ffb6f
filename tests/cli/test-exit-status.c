/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-exit-status.h"

typedef struct
{
  const char   *id;
  TlLaneKind    lane;
  TlExitStatus  status;
} FindingCase;

static const FindingCase finding_cases[] = {
  { "input.bad-address",         TL_LANE_NONE,     64 },
  { "input.lookalike",           TL_LANE_NONE,     64 },
  { "input.looks-mistyped",      TL_LANE_NONE,     64 },
  { "input.not-app-password",    TL_LANE_INCOMING, 64 },
  { "input.login",               TL_LANE_OUTGOING, 64 },
  { "discover.nothing-found",    TL_LANE_INCOMING, 10 },
  { "discover.captive-portal",   TL_LANE_NONE,     10 },
  { "discover.forward-only",     TL_LANE_NONE,     10 },
  { "discover.gateway",          TL_LANE_NONE,     10 },
  { "discover.https-only",       TL_LANE_NONE,     10 },
  { "resolve.loop",              TL_LANE_NONE,     10 },
  { "resolve.truncated",         TL_LANE_NONE,     10 },
  { "resolve.nxdomain",          TL_LANE_OUTGOING, 10 },
  { "connect.timeout",           TL_LANE_OUTGOING, 11 },
  { "tls.hostname",              TL_LANE_INCOMING, 12 },
  { "upgrade.injected",          TL_LANE_INCOMING, 12 },
  { "greet.rejected",            TL_LANE_INCOMING, 13 },
  { "caps.oauth-only",           TL_LANE_INCOMING, 13 },
  { "oauth.no-client",           TL_LANE_INCOMING, 13 },
  { "oauth.denied",              TL_LANE_OUTGOING, 13 },
  { "oauth.unreachable",         TL_LANE_INCOMING, 13 },
  { "oauth.reauth-needed",       TL_LANE_OUTGOING, 13 },
  { "auth.bad-credentials",      TL_LANE_INCOMING, 16 },
  { "auth.bad-credentials",      TL_LANE_OUTGOING, 17 },
  { "use.sender-refused",        TL_LANE_OUTGOING, 20 },
  { "pair.different-accounts",   TL_LANE_NONE,     20 },
  { "use.rate-limited",          TL_LANE_OUTGOING, 24 },
  { "auth.too-many-connections", TL_LANE_INCOMING, 24 },
  { "domain.spf-missing",        TL_LANE_NONE,     30 },
  { "export.stale",              TL_LANE_NONE,     40 },
  { "bundle.practice",           TL_LANE_NONE,     40 },
  { "store.no-service",          TL_LANE_NONE,     70 },
  { "store.policy",              TL_LANE_NONE,     70 },
};

static void
test_finding (gconstpointer data)
{
  const FindingCase *c = data;

  g_assert_cmpint (tl_exit_status_for_finding (c->id, c->lane), ==, c->status);
}

/* One lane: how many of its stages passed, and what the next one found. */
typedef struct
{
  const char *url;     /* NULL: no server was found */
  guint       n_passed;
  const char *finding; /* NULL: none */
  const char *user;    /* NULL: the address */
} Lane;

typedef struct
{
  const char   *name;
  Lane          incoming;
  Lane          outgoing;
  TlExitStatus  status;
  TlVerdict     policy;  /* of the one rule there is; not-tested: there is no policy */
} ReportCase;

#define IN  "imaps://imap.example.test"
#define OUT "smtps://smtp.example.test"
#define OUT_STARTTLS "smtp://smtp.example.test"
#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const ReportCase report_cases[] = {
  { "green",           { IN, 7 }, { OUT, 7 }, 0 },
  { "green-starttls",  { IN, 7 }, { OUT_STARTTLS, 8 }, 0 },
  { "warning",         { IN, 7, "use.idle-missing" }, { OUT, 7 }, 1 },
  { "note",            { IN, 7, "use.role-missing" }, { OUT, 7 }, 0 },
  { "auth-both",       { IN, 5, "auth.bad-credentials" }, { OUT, 5, "auth.protocol-off" }, 18 },
  { "auth-in",         { IN, 5, "auth.bad-credentials" }, { OUT, 7 }, 16 },
  { "auth-out",        { IN, 7 }, { OUT, 5, "auth.bad-credentials" }, 17 },
  { "earlier-out",     { IN, 5, "auth.bad-credentials" }, { OUT, 1, "connect.timeout" }, 11 },
  { "earlier-in",      { IN, 2, "tls.expired" }, { OUT, 5, "auth.bad-credentials" }, 12 },
  { "tie-id",          { IN, 5, "auth.bad-credentials" }, { OUT, 5, "auth.throttled" }, 16 },
  { "tie-id-swapped",  { IN, 5, "auth.throttled" }, { OUT, 5, "auth.bad-credentials" }, 24 },
  /* The road with STARTTLS is longer by its stage; the ends are what is compared. */
  { "starttls-early",  { IN, 3, "greet.rejected" }, { OUT_STARTTLS, 3, "upgrade.refused" }, 12 },
  { "starttls-tie",    { IN, 3, "greet.rejected" }, { OUT_STARTTLS, 4, "tls.expired" }, 13 },
  { "starttls-auth",   { IN, 5, "auth.throttled" }, { OUT_STARTTLS, 6, "auth.bad-credentials" }, 24 },
  { "starttls-late",   { IN, 5, "auth.throttled" }, { OUT_STARTTLS, 5, "caps.oauth-only" }, 13 },
  { "no-client",       { IN, 0, "oauth.no-client" }, { OUT, 0, "oauth.no-client" }, 13 },
  { "no-client-out",   { IN, 5, "auth.bad-credentials" }, { OUT, 0, "oauth.no-client" }, 13 },
  { "no-app-password", { IN, 0, "input.not-app-password" }, { OUT, 0, "input.not-app-password" }, 64 },
  { "no-server",       { NULL, 0, "discover.nothing-found" }, { OUT, 5, "auth.bad-credentials" }, 10 },
  { "untrusted",       { NULL, 0, "discover.untrusted-only" }, { NULL, 0, "discover.untrusted-only" }, 10 },
  { "untrusted-out",   { IN, 7 }, { NULL, 0, "discover.untrusted-only" }, 10 },
  { "pair",            { IN, 7, .user = "ada@example.test" }, { OUT, 7, .user = "bob@example.test" }, 20 },
  { "pair-in",         { IN, 5, "auth.bad-credentials", "ada@example.test" },
                       { OUT, 7, .user = "bob@example.test" }, 16 },
  { "tie",             { IN, 2, "tls.expired" }, { OUT, 2, "tls.hostname" }, 12 },
  { "rate-both",       { IN, 5, "auth.throttled" }, { OUT, 5, "auth.throttled" }, 24 },
  { "greet-starttls",  { IN, 7 }, { OUT_STARTTLS, 2, "greet.timeout" }, 13 },
  { "policy-kept",     { IN, 7 }, { OUT, 7 }, 0, TL_VERDICT_OK },
  { "policy-broken",   { IN, 7 }, { OUT, 7 }, 40, TL_VERDICT_ERROR },
  { "policy-warning",  { IN, 7, "use.idle-missing" }, { OUT, 7 }, 40, TL_VERDICT_ERROR },
  { "policy-kept-warning", { IN, 7, "use.idle-missing" }, { OUT, 7 }, 1, TL_VERDICT_OK },
  { "policy-red-lane", { IN, 7 }, { OUT, 5, "auth.bad-credentials" }, 17, TL_VERDICT_ERROR },
};

static TlLaneReport *
make_lane (TlLaneKind  kind,
           const Lane *lane)
{
  const char *user = lane->user != NULL ? lane->user : "ada@example.test";
  g_autoptr(TlLaneSettings) settings =
    lane->url == NULL ? NULL
                      : tl_lane_settings_new_from_url (lane->url, TL_AUTH_PASSWORD, user, NULL);
  TlSecurity security =
    settings == NULL ? TL_SECURITY_TLS
                     : tl_endpoint_get_security (tl_lane_settings_get_endpoint (settings));
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  const TlLaneReportParts parts = {
    .lane = kind, .settings = settings, .steps = steps, .findings = findings,
  };
  gsize n;
  const TlStage *stages = tl_stage_list_lane (security, &n);

  for (guint i = 0; i < lane->n_passed; i++)
    g_ptr_array_add (steps, tl_step_new (stages[i], TL_STATUS_OK, 0, 1));
  if (settings != NULL && lane->n_passed < n && lane->finding != NULL)
    g_ptr_array_add (steps, tl_step_new (stages[lane->n_passed], TL_STATUS_ERROR, 0, 1));
  if (lane->finding != NULL)
    g_ptr_array_add (findings, tl_finding_new (lane->finding, kind, NULL));

  return tl_lane_report_new (&parts);
}

static TlReport *
make_report (TlLaneReport *incoming,
             TlLaneReport *outgoing)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.test", NULL);
  const TlPlanLane plan_in = { tl_lane_report_get_settings (incoming), TL_SOURCE_MANUAL, TL_TRUST_MANUAL };
  const TlPlanLane plan_out = { tl_lane_report_get_settings (outgoing), TL_SOURCE_MANUAL, TL_TRUST_MANUAL };
  g_autoptr(TlPlan) plan = tl_plan_new (TL_PURPOSE_MAILBOX, address, NULL, NULL, &plan_in, &plan_out);

  return tl_report_new (plan, incoming, outgoing);
}

static void
test_report (gconstpointer data)
{
  const ReportCase *c = data;
  g_autoptr(TlLaneReport) incoming = make_lane (TL_LANE_INCOMING, &c->incoming);
  g_autoptr(TlLaneReport) outgoing = make_lane (TL_LANE_OUTGOING, &c->outgoing);
  g_autoptr(TlReport) bare = make_report (incoming, outgoing);
  const TlPolicyDocument document = { .origin = "system", .sha256 = HASH };
  const TlPolicyRule rule = { .rule = "tls.min_version", .verdict = c->policy };
  g_autoptr(TlPolicyRecord) record = tl_policy_record_new (&document, 1, &rule, 1);
  g_autoptr(TlReport) report = c->policy == TL_VERDICT_NOT_TESTED
                               ? tl_report_ref (bare) : tl_report_with_policy (bare, record);

  g_assert_cmpint (tl_exit_status_for_report (report), ==, c->status);
  g_assert_cmpint (tl_exit_status_for_loop (report, NULL), ==, c->status);
}

typedef struct
{
  const char   *name;
  gboolean      has_incoming;
  gboolean      has_outgoing;
  const char   *findings[4];
  TlExitStatus  status;
} DiscoveryCase;

static const DiscoveryCase discovery_cases[] = {
  { "found",           TRUE,  TRUE,  { NULL }, 0 },
  { "warnings",        TRUE,  TRUE,  { "input.lookalike", "input.looks-mistyped", "discover.conflict" }, 1 },
  { "note",            TRUE,  TRUE,  { "use.role-missing" }, 0 },
  { "no-outgoing",     TRUE,  FALSE, { NULL }, 10 },
  { "no-incoming",     FALSE, TRUE,  { "discover.conflict" }, 10 },
  { "error-and-found", TRUE,  TRUE,  { "input.lookalike", "resolve.nxdomain" }, 10 },
  { "first-error",     FALSE, FALSE, { "connect.refused", "resolve.nxdomain" }, 11 },
};

static void
add_found (GPtrArray  *candidates,
           TlLaneKind  lane,
           const char *url)
{
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD, "ada", NULL);

  g_ptr_array_add (candidates, tl_candidate_new (lane, settings, TL_SOURCE_SRV,
                                                 TL_TRUST_UNSIGNED_DNS, 70, FALSE, NULL, NULL,
                                                 NULL));
}

static void
test_discovery (gconstpointer data)
{
  const DiscoveryCase *c = data;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.test", NULL);
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlDiscoveryReport) report = NULL;

  if (c->has_incoming)
    add_found (candidates, TL_LANE_INCOMING, IN);
  if (c->has_outgoing)
    add_found (candidates, TL_LANE_OUTGOING, OUT);
  for (gsize i = 0; i < G_N_ELEMENTS (c->findings) && c->findings[i] != NULL; i++)
    g_ptr_array_add (findings, tl_finding_new (c->findings[i], TL_LANE_NONE, NULL));
  report = tl_discovery_report_new (address, &(TlDiscoveryParts) {
    .candidates = candidates, .findings = findings,
  });

  g_assert_cmpint (tl_exit_status_for_discovery (report), ==, c->status);
}

typedef struct
{
  const char   *name;
  const char   *incoming; /* what is wrong with the incoming lane, or NULL */
  const char   *warning;  /* what it warns of, or NULL */
  const char   *found[3]; /* about the message */
  TlLaneKind    lane;     /* of those */
  TlExitStatus  status;
} LoopCase;

static const LoopCase loop_cases[] = {
  { "green", NULL, NULL, { NULL }, TL_LANE_NONE, 0 },
  { "note", NULL, NULL, { "deliver.not-filed" }, TL_LANE_NONE, 0 },
  { "in-junk", NULL, NULL, { "deliver.in-junk" }, TL_LANE_INCOMING, 1 },
  { "lane-warns", NULL, "use.idle-missing", { NULL }, TL_LANE_NONE, 1 },
  { "lane-warns-note", NULL, "use.idle-missing", { "deliver.not-filed" }, TL_LANE_NONE, 1 },
  { "timeout", NULL, NULL, { "deliver.timeout" }, TL_LANE_INCOMING, 20 },
  { "error-behind-warning", NULL, NULL, { "deliver.spf-fail", "deliver.refused" },
    TL_LANE_OUTGOING, 20 },
  { "signs-in-no-more", NULL, NULL, { "auth.throttled" }, TL_LANE_OUTGOING, 24 },
  { "refused-now", NULL, NULL, { "auth.bad-credentials" }, TL_LANE_OUTGOING, 17 },
  { "lane-fails", "auth.bad-credentials", NULL, { NULL }, TL_LANE_NONE, 16 },
};

static void
test_loop (gconstpointer data)
{
  const LoopCase *c = data;
  const Lane in = {
    IN, c->incoming != NULL ? 5 : 7, c->incoming != NULL ? c->incoming : c->warning,
  };
  const Lane out = { OUT, 7 };
  g_autoptr(TlLaneReport) incoming = make_lane (TL_LANE_INCOMING, &in);
  g_autoptr(TlLaneReport) outgoing = make_lane (TL_LANE_OUTGOING, &out);
  g_autoptr(TlReport) report = make_report (incoming, outgoing);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlLoopReport) loop = NULL;

  for (gsize i = 0; c->found[i] != NULL; i++)
    g_ptr_array_add (findings, tl_finding_new (c->found[i], c->lane, NULL));
  loop = tl_loop_report_new (&(TlLoopReportParts) { .findings = findings });

  g_assert_cmpint (tl_exit_status_for_loop (report, c->incoming != NULL ? NULL : loop), ==,
                   c->status);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (finding_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/exit-status/finding/%s/%s", finding_cases[i].id,
                                               tl_lane_kind_get_nick (finding_cases[i].lane));

      g_test_add_data_func (path, &finding_cases[i], test_finding);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (report_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/exit-status/report/", report_cases[i].name, NULL);

      g_test_add_data_func (path, &report_cases[i], test_report);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (discovery_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/exit-status/discovery/", discovery_cases[i].name,
                                           NULL);

      g_test_add_data_func (path, &discovery_cases[i], test_discovery);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (loop_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/exit-status/loop/", loop_cases[i].name, NULL);

      g_test_add_data_func (path, &loop_cases[i], test_loop);
    }

  return g_test_run ();
}
