/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane.h"
#include "tl-practice.h"

/* Both lanes, as a person would see them, against each scenario. */

typedef struct
{
  const char         *name;
  TlPracticeScenario  scenario;
  const char         *password;
  const char         *incoming; /* the primary finding, or NULL when the lane is fine */
  const char         *outgoing;
} LaneCase;

static const LaneCase lane_cases[] = {
  { "all-well", TL_PRACTICE_ALL_WELL, TL_PRACTICE_PASSWORD, NULL, NULL },
  { "mistyped", TL_PRACTICE_ALL_WELL, "practise", "auth.bad-credentials", "auth.bad-credentials" },
  { "wrong-password", TL_PRACTICE_WRONG_PASSWORD, TL_PRACTICE_PASSWORD,
    "auth.bad-credentials", "auth.bad-credentials" },
  { "app-password", TL_PRACTICE_APP_PASSWORD, TL_PRACTICE_PASSWORD, "auth.app-password",
    "auth.app-password" },
  { "port-blocked", TL_PRACTICE_PORT_BLOCKED, TL_PRACTICE_PASSWORD, NULL, "connect.timeout" },
  { "wrong-certificate", TL_PRACTICE_WRONG_CERTIFICATE, TL_PRACTICE_PASSWORD, "tls.hostname",
    "tls.hostname" },
};

static void
on_lane_done (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  TlLaneReport **out_report = user_data;
  g_autoptr(GError) error = NULL;

  *out_report = tl_lane_run_finish (TL_LANE (object), result, &error);
  g_assert_no_error (error);
}

static TlLane *
lane_new (TlLaneKind  kind,
          TlPractice *practice,
          TlNetwork  *network,
          const char *password)
{
  gboolean is_incoming = kind == TL_LANE_INCOMING;
  TlLaneBudget budget = TL_LANE_BUDGET_DEFAULT;
  g_autoptr(TlAddress) address = tl_address_parse (TL_PRACTICE_ADDRESS, NULL);
  g_autoptr(TlSecret) secret = tl_secret_new (password, strlen (password));
  g_autoptr(TlEndpoint) endpoint = NULL;
  g_autoptr(TlLaneSettings) settings = NULL;

  endpoint = tl_endpoint_new (is_incoming ? TL_PRACTICE_INCOMING_HOST : TL_PRACTICE_OUTGOING_HOST,
                              is_incoming ? tl_practice_get_incoming_port (practice)
                                          : tl_practice_get_outgoing_port (practice),
                              is_incoming ? TL_SECURITY_TLS : TL_SECURITY_STARTTLS, NULL);
  settings = tl_lane_settings_new (is_incoming ? TL_PROTOCOL_IMAP : TL_PROTOCOL_SMTP, endpoint,
                                   TL_AUTH_PASSWORD, TL_PRACTICE_ADDRESS, NULL);
  budget.connect_ms = 1500;

  return tl_lane_new (kind, settings, address, secret, network, &budget);
}

static void
check (TlLaneReport *report,
       const char   *primary)
{
  TlFinding *finding = tl_lane_report_get_primary (report);

  g_assert_cmpstr (finding != NULL ? tl_finding_get_id (finding) : NULL, ==, primary);
  g_assert_cmpint (tl_lane_report_get_verdict (report), ==,
                   primary == NULL ? TL_VERDICT_OK : TL_VERDICT_ERROR);
}

static void
test_lanes (gconstpointer data)
{
  const LaneCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPractice) practice = tl_practice_start (c->scenario, &error);
  g_autoptr(TlNetwork) network = NULL;
  g_autoptr(TlLane) incoming = NULL;
  g_autoptr(TlLane) outgoing = NULL;
  g_autoptr(TlLaneReport) incoming_report = NULL;
  g_autoptr(TlLaneReport) outgoing_report = NULL;

  g_assert_no_error (error);
  network = tl_network_new_practice (tl_practice_get_ca_pem (practice), &error);
  g_assert_no_error (error);

  incoming = lane_new (TL_LANE_INCOMING, practice, network, c->password);
  outgoing = lane_new (TL_LANE_OUTGOING, practice, network, c->password);
  tl_lane_run_async (incoming, NULL, on_lane_done, &incoming_report);
  tl_lane_run_async (outgoing, NULL, on_lane_done, &outgoing_report);
  while (incoming_report == NULL || outgoing_report == NULL)
    g_main_context_iteration (NULL, TRUE);

  check (incoming_report, c->incoming);
  check (outgoing_report, c->outgoing);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lane_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/practice/lanes/", lane_cases[i].name, NULL);

      g_test_add_data_func (path, &lane_cases[i], test_lanes);
    }

  return g_test_run ();
}
