/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-door.h"
#include "tl-test-lane.h"

typedef struct
{
  const char *name;
  TlLaneKind  kind;
  TlSecurity  security;
  const char *script;
  const char *events;
} RoadCase;

static const RoadCase road_cases[] = {
  { "imap/tls", TL_LANE_INCOMING, TL_SECURITY_TLS, TL_TEST_IMAP_TLS,
    "+resolve -resolve:ok +connect -connect:ok +tls -tls:ok +greet -greet:ok +caps -caps:ok "
    "+auth -auth:ok +use -use:ok " },
  { "imap/starttls", TL_LANE_INCOMING, TL_SECURITY_STARTTLS, TL_TEST_IMAP_STARTTLS,
    "+resolve -resolve:ok +connect -connect:ok +greet -greet:ok +upgrade -upgrade:ok +tls -tls:ok "
    "+caps -caps:ok +auth -auth:ok +use -use:ok " },
  { "smtp/tls", TL_LANE_OUTGOING, TL_SECURITY_TLS, TL_TEST_SMTP_TLS,
    "+resolve -resolve:ok +connect -connect:ok +tls -tls:ok +greet -greet:ok +caps -caps:ok "
    "+auth -auth:ok +use -use:ok " },
  { "smtp/starttls", TL_LANE_OUTGOING, TL_SECURITY_STARTTLS, TL_TEST_SMTP_STARTTLS,
    "+resolve -resolve:ok +connect -connect:ok +greet -greet:ok +upgrade -upgrade:ok +tls -tls:ok "
    "+caps -caps:ok +auth -auth:ok +use -use:ok " },
  { "imap/never-in-the-clear", TL_LANE_INCOMING, TL_SECURITY_NONE, TL_TEST_IMAP_STARTTLS,
    "+resolve -resolve:ok +connect -connect:ok +greet -greet:ok +upgrade -upgrade:ok +tls -tls:ok "
    "+caps -caps:ok +auth -auth:ok +use -use:ok " },
};

static void
test_road (gconstpointer data)
{
  const RoadCase *c = data;
  g_auto(TlTestLane) lane = { .kind = c->kind, .security = c->security, .script = c->script };

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);

  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, NULL);
  g_assert_cmpstr (tl_test_peer_get_problem (lane.peer), ==, NULL);
  g_assert_true (tl_test_peer_played_all (lane.peer));
  g_assert_cmpstr (lane.events->str, ==, c->events);
  g_assert_cmpint (tl_lane_report_get_verdict (lane.report), ==, TL_VERDICT_OK);
  g_assert_cmpuint (tl_test_lane_count_auth (&lane), ==, 1);
  g_assert_nonnull (tl_lane_report_get_tls (lane.report));
  g_assert_cmpstr (tl_lane_report_get_address (lane.report), ==, "127.0.0.1");
  tl_test_lane_assert_sane (&lane);
}

static void
test_contents (void)
{
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .script = TL_TEST_IMAP_TLS,
  };
  const TlFolder *inbox;
  const TlFolder *sent;
  GPtrArray *folders;

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);

  folders = tl_lane_report_get_folders (lane.report);
  g_assert_cmpuint (folders->len, ==, 2);
  inbox = folders->pdata[0];
  sent = folders->pdata[1];
  g_assert_cmpstr (inbox->name, ==, "INBOX");
  g_assert_cmpstr (inbox->role, ==, "inbox");
  g_assert_cmpstr (sent->name, ==, "Sent\xc3\xa4");
  g_assert_cmpstr (sent->role, ==, "sent");

  g_assert_true (g_strv_contains (tl_lane_report_get_capabilities (lane.report), "SPECIAL-USE"));
  g_assert_false (g_strv_contains (tl_lane_report_get_capabilities (lane.report), "SASL-IR"));
  g_assert_cmpuint (tl_transcript_get_n_lines (tl_lane_get_transcript (lane.lane)), >, 10);
}

static void
test_remarks (void)
{
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS,
    .script = "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\n"
              "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n"
              "C: %T LIST *\nS: * LIST () \"/\" INBOX\nS: %T OK done\n"
              "C: %T EXAMINE INBOX\nS: * 0 EXISTS\nS: %T OK done\n"
              "C: %T IDLE\nS: + idling\nC: DONE\nC: %T LOGOUT\n",
  };
  TlFinding *finding;

  g_test_summary ("A note stands beside a green lane");

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_peer_get_problem (lane.peer), ==, NULL);
  g_assert_cmpint (tl_lane_report_get_verdict (lane.report), ==, TL_VERDICT_OK);
  g_assert_cmpuint (tl_lane_report_get_findings (lane.report)->len, ==, 1);
  finding = tl_lane_report_get_findings (lane.report)->pdata[0];
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "use.role-missing");
}

static void
test_role_by_name (void)
{
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS,
    .script = "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\n"
              "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n"
              "C: %T LIST *\nS: * LIST () \"/\" INBOX\n"
              "S: * LIST () \"/\" \"Gesendete Elemente\"\nS: %T OK done\n"
              "C: %T EXAMINE INBOX\nS: * 0 EXISTS\nS: %T OK done\n"
              "C: %T IDLE\nS: + idling\nC: DONE\nC: %T LOGOUT\n",
  };
  GPtrArray *folders;

  g_test_summary ("A folder that the server marks as nothing is known by its name");

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_peer_get_problem (lane.peer), ==, NULL);
  folders = tl_lane_report_get_folders (lane.report);
  g_assert_cmpuint (folders->len, ==, 2);
  g_assert_cmpstr (((const TlFolder *) folders->pdata[1])->role, ==, "sent");
  g_assert_false (tl_test_lane_has_finding (&lane, "use.role-missing"));
}

static void
test_hostname (void)
{
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .script = TL_TEST_IMAP_TLS,
    .names = "other.practice.invalid",
  };

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, "tls.hostname");
  g_assert_cmpstr (lane.events->str, ==,
                   "+resolve -resolve:ok +connect -connect:ok +tls -tls:error ");
  g_assert_cmpuint (tl_test_lane_count_auth (&lane), ==, 0);
  tl_test_lane_assert_sane (&lane);
}

static void
test_no_token (void)
{
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .auth = TL_AUTH_OAUTH2,
    .has_no_secret = TRUE,
    .script = "TLS\nS: * OK ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=XOAUTH2\n"
              "S: %T OK done\n",
  };

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, "oauth.no-client");
  g_assert_true (g_str_has_suffix (lane.events->str, "+auth -auth:error "));
  tl_test_lane_assert_sane (&lane);
}

static const struct
{
  const char *name;
  TlLaneKind  kind;
  const char *script;
  const char *primary;
  guint       n_auth;
} token_cases[] = {
  { "incoming", TL_LANE_INCOMING,
    "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2] ready\n"
    "C: %T AUTHENTICATE XOAUTH2 ?*\nS: %T OK [CAPABILITY IMAP4rev1 ID NAMESPACE ACL QUOTA IDLE "
    "SPECIAL-USE LIST-EXTENDED] in\n" TL_TEST_IMAP_USE, NULL, 1 },
  { "outgoing", TL_LANE_OUTGOING,
    "TLS\nS: 220 ESMTP\nC: EHLO ?*\nS: 250-mail\nS: 250-PIPELINING\nS: 250 AUTH PLAIN XOAUTH2\n"
    "C: AUTH XOAUTH2 ?*\nS: 235 2.7.0 in\n" TL_TEST_SMTP_USE, NULL, 1 },
  { "not-taken", TL_LANE_INCOMING,
    "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\nHANG\n",
    "caps.no-common-mechanism", 0 },
};

static void
test_token (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_auto(TlTestLane) lane = {
    .kind = token_cases[i].kind, .security = TL_SECURITY_TLS, .auth = TL_AUTH_OAUTH2,
    .script = token_cases[i].script,
  };

  g_test_summary ("A token signs in as a token, and never as a password");

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, token_cases[i].primary);
  g_assert_cmpuint (tl_test_lane_count_auth (&lane), ==, token_cases[i].n_auth);
  g_assert_cmpuint (tl_test_peer_count (lane.peer, "*PLAIN*"), ==, 0);
  tl_test_lane_assert_sane (&lane);
}

static void
test_tls_expected (void)
{
  static const TlLaneBudget budget = { 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 9000 };
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_OUTGOING, .security = TL_SECURITY_STARTTLS, .script = TL_TEST_SMTP_TLS,
    .budget = &budget,
  };

  g_test_summary ("A server that waits for a handshake is told from one that is dead");

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, "greet.tls-expected");
  g_assert_cmpuint (tl_test_peer_get_n_connections (lane.peer), ==, 2);
  tl_test_lane_assert_sane (&lane);
}

static void
test_drip (void)
{
  static const TlLaneBudget budget = { 4000, 4000, 4000, 600, 4000, 4000, 4000, 4000, 9000 };
  g_autoptr(GString) script = g_string_new ("TLS\n");
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .budget = &budget,
  };

  g_test_summary ("Bytes that drip in, each in time, do not make the deadline move");

  for (guint i = 0; i < 40; i++)
    g_string_append (script, "S! *\nSLEEP 50\n");
  lane.script = script->str;
  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, "greet.timeout");
}

static void
test_total (void)
{
  static const TlLaneBudget budget = { 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 1000 };
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .budget = &budget,
    .script = "TLS\nS: * OK ready\nHANG\n",
  };
  gint64 began_us = g_get_monotonic_time ();

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, "caps.timeout");
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 2500000);
}

static void
test_budget (void)
{
  const TlLaneBudget *budget = &TL_LANE_BUDGET_DEFAULT;

  g_test_summary ("A server that is silent up to the sign-in is a verdict within ten seconds");

  g_assert_cmpuint (budget->resolve_ms, <=, 10000);
  g_assert_cmpuint (budget->connect_ms, <=, 10000);
  g_assert_cmpuint (budget->tls_ms, <=, 10000);
  g_assert_cmpuint (budget->greet_ms, <=, 10000);
  g_assert_cmpuint (budget->upgrade_ms, <=, 10000);
  g_assert_cmpuint (budget->caps_ms, <=, 10000);
  g_assert_cmpuint (budget->total_ms, <=, 30000);
}

static void
test_silent_port (void)
{
  static const TlLaneBudget budget = { 4000, 1800, 4000, 4000, 4000, 4000, 4000, 4000, 9000 };
  g_autoptr(TlTestDoor) own = tl_test_door_new (TL_TEST_DOOR_SILENT, NULL);
  g_autoptr(TlTestDoor) other = tl_test_door_new (TL_TEST_DOOR_CLOSED, NULL);
  const TlLanePorts ports = { .smtps = tl_test_door_get_port (other) };
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_OUTGOING, .security = TL_SECURITY_TLS, .budget = &budget,
    .port = tl_test_door_get_port (own), .ports = &ports,
  };
  g_autoptr(GVariant) silent = NULL;
  GVariant *evidence;
  GPtrArray *steps;
  guint ms;

  g_test_summary ("A port that is silent while another of this computer refuses");

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, "connect.timeout");
  evidence = tl_finding_get_evidence (tl_lane_report_get_primary (lane.report));
  silent = g_variant_lookup_value (evidence, TL_EVIDENCE_PORTS_SILENT,
                                   G_VARIANT_TYPE_STRING_ARRAY);
  g_assert_nonnull (silent);
  g_assert_cmpuint (g_variant_n_children (silent), ==, 1);
  /* The finding and its stage tell the same time. */
  steps = tl_lane_report_get_steps (lane.report);
  ms = tl_step_get_ms (steps->pdata[1]);
  g_assert_cmpuint (ms, >=, 1200);
  g_assert_cmpuint (tl_evidence_get_uint (evidence, TL_EVIDENCE_SECONDS, 0), ==, (ms + 500) / 1000);
  tl_test_lane_assert_sane (&lane);
}

typedef struct
{
  const char *stage;
  TlSecurity  security;
  const char *script;
} CancelCase;

static const CancelCase cancel_cases[] = {
  { "tls",     TL_SECURITY_TLS,      "HANG" },
  { "greet",   TL_SECURITY_STARTTLS, "HANG" },
  { "upgrade", TL_SECURITY_STARTTLS, "S: * OK [CAPABILITY STARTTLS] ready\nHANG" },
  { "caps",    TL_SECURITY_TLS,      "TLS\nS: * OK ready\nHANG" },
  { "auth",    TL_SECURITY_TLS,      "TLS\nS: * OK ready\nC: %T CAPABILITY\n"
                                     "S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: %T OK done\nHANG" },
  { "use",     TL_SECURITY_TLS,      "TLS\nS: * OK ready\n" TL_TEST_IMAP_SIGN_IN "HANG" },
};

static void
test_cancel (gconstpointer data)
{
  const CancelCase *c = data;
  g_autofree char *awaited = g_strdup_printf ("+%s ", c->stage);
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = c->security, .script = c->script,
  };
  gint64 cancelled_us;

  tl_test_lane_start (&lane);
  while (!g_str_has_suffix (lane.events->str, awaited))
    g_main_context_iteration (NULL, TRUE);
  /* Until it waits. */
  g_usleep (30000);

  cancelled_us = g_get_monotonic_time ();
  g_cancellable_cancel (lane.cancellable);
  while (!lane.has_ended)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (g_get_monotonic_time () - cancelled_us, <, 200000);
  g_assert_error (lane.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (lane.report);
  g_assert_nonnull (tl_lane_get_transcript (lane.lane));
}

static void
test_cancelled_before (void)
{
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_OUTGOING, .security = TL_SECURITY_TLS, .script = TL_TEST_SMTP_TLS,
  };

  tl_test_lane_start (&lane);
  g_cancellable_cancel (lane.cancellable);
  tl_test_lane_wait (&lane);
  g_assert_error (lane.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (road_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane/road/", road_cases[i].name, NULL);

      g_test_add_data_func (path, &road_cases[i], test_road);
    }
  g_test_add_func ("/lane/contents", test_contents);
  g_test_add_func ("/lane/remarks", test_remarks);
  g_test_add_func ("/lane/role-by-name", test_role_by_name);
  g_test_add_func ("/lane/hostname", test_hostname);
  g_test_add_func ("/lane/no-token", test_no_token);
  for (gsize i = 0; i < G_N_ELEMENTS (token_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane/token/", token_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_token);
    }
  g_test_add_func ("/lane/tls-expected", test_tls_expected);
  g_test_add_func ("/lane/drip", test_drip);
  g_test_add_func ("/lane/total", test_total);
  g_test_add_func ("/lane/budget", test_budget);
  g_test_add_func ("/lane/silent-port", test_silent_port);
  for (gsize i = 0; i < G_N_ELEMENTS (cancel_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane/cancel/", cancel_cases[i].stage, NULL);

      g_test_add_data_func (path, &cancel_cases[i], test_cancel);
    }
  g_test_add_func ("/lane/cancel/before", test_cancelled_before);

  return g_test_run ();
}
