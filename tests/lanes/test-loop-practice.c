/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop through the practice mailbox, whose servers know nothing of it. */
#include "tl-loop.h"

#include <string.h>

#include "tl-practice.h"

typedef struct
{
  gboolean      has_ended;
  TlLoopReport *report;
  GError       *error;
} Run;

static void
on_loop_ended (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Run *run = user_data;

  run->report = tl_loop_run_finish (TL_LOOP (source), result, &run->error);
  run->has_ended = TRUE;
}

static TlLaneSettings *
make_settings (TlProtocol  protocol,
               const char *host,
               guint16     port,
               TlSecurity  security)
{
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (host, port, security, NULL);

  return tl_lane_settings_new (protocol, endpoint, TL_AUTH_PASSWORD, TL_PRACTICE_ADDRESS, NULL);
}

static TlLoop *
make_loop (TlPractice *practice)
{
  g_autoptr(TlNetwork) network = tl_network_new_practice (tl_practice_get_ca_pem (practice), NULL);
  g_autoptr(TlAddress) address = tl_address_parse (TL_PRACTICE_ADDRESS, NULL);
  g_autoptr(TlSecret) secret = tl_secret_new (TL_PRACTICE_PASSWORD, strlen (TL_PRACTICE_PASSWORD));
  g_autoptr(TlLaneSettings) incoming = NULL;
  g_autoptr(TlLaneSettings) outgoing = NULL;

  incoming = make_settings (TL_PROTOCOL_IMAP, TL_PRACTICE_INCOMING_HOST,
                            tl_practice_get_incoming_port (practice), TL_SECURITY_TLS);
  outgoing = make_settings (TL_PROTOCOL_SMTP, TL_PRACTICE_OUTGOING_HOST,
                            tl_practice_get_outgoing_port (practice), TL_SECURITY_STARTTLS);

  return tl_loop_new (&(TlLoopParts) {
    .incoming = incoming,
    .outgoing = outgoing,
    .address = address,
    .incoming_secret = secret,
    .outgoing_secret = secret,
    .network = network,
    .budget = &TL_LANE_BUDGET_DEFAULT,
    .patience_ms = 10000,
  });
}

static void
run_loop (TlPracticeScenario  scenario,
          Run                *run)
{
  g_autoptr(TlPractice) practice = tl_practice_start (scenario, NULL);
  g_autoptr(TlLoop) loop = make_loop (practice);

  tl_loop_run_async (loop, NULL, on_loop_ended, run);
  while (!run->has_ended)
    g_main_context_iteration (NULL, TRUE);
  tl_practice_stop (practice);
}

static void
test_all_well (void)
{
  Run run = { FALSE };
  const TlLoopReportParts *parts;

  run_loop (TL_PRACTICE_ALL_WELL, &run);
  g_assert_no_error (run.error);
  parts = tl_loop_report_get_parts (run.report);
  g_assert_cmpint (tl_loop_report_get_verdict (run.report), ==, TL_VERDICT_OK);
  g_assert_true (parts->is_sent);
  g_assert_true (parts->is_back);
  g_assert_true (parts->is_removed);
  g_assert_cmpuint (parts->back_ms, <, 5000);
  g_assert_cmpuint (parts->n_copies, ==, 1);
  g_assert_cmpstr (parts->role, ==, "inbox");
  g_assert_cmpstr (parts->spf, ==, "pass");
  g_assert_cmpstr (parts->dkim, ==, "pass");
  g_assert_cmpstr (parts->dmarc, ==, "pass");
  g_assert_null (parts->sent_folder);
  tl_loop_report_unref (run.report);
}

static void
test_wrong_password (void)
{
  Run run = { FALSE };
  GPtrArray *findings;

  run_loop (TL_PRACTICE_WRONG_PASSWORD, &run);
  g_assert_no_error (run.error);
  findings = tl_loop_report_get_parts (run.report)->findings;
  g_assert_false (tl_loop_report_get_parts (run.report)->is_sent);
  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_cmpstr (tl_finding_get_id (findings->pdata[0]), ==, "auth.bad-credentials");
  g_assert_cmpint (tl_finding_get_lane (findings->pdata[0]), ==, TL_LANE_INCOMING);
  g_assert_cmpint (tl_finding_get_lane (findings->pdata[1]), ==, TL_LANE_OUTGOING);
  tl_loop_report_unref (run.report);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/loop-practice/all-well", test_all_well);
  g_test_add_func ("/loop-practice/wrong-password", test_wrong_password);

  return g_test_run ();
}
