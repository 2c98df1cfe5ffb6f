/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-setup-private.h"

#include <string.h>

#include "tl-stage-row.h"
#include "tl-test-setup.h"

static TlLaneReport *
get_report (TlSetup    *setup,
            TlLaneKind  lane)
{
  return tl_lane_run_get_report (tl_setup_get_run (setup, lane));
}

static void
test_own_secrets (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(TlSecret) right = tl_secret_new (TL_PRACTICE_PASSWORD, strlen (TL_PRACTICE_PASSWORD));
  g_autoptr(TlSecret) wrong = tl_secret_new ("wrong", strlen ("wrong"));
  TlLaneReport *incoming;
  TlLaneReport *outgoing;

  g_test_summary ("Each lane signs in with its own password, and is tested again alone");

  tl_setup_set_secret (setup, TL_LANE_OUTGOING, wrong);
  tl_test_setup_run (setup, TL_LANE_NONE);
  g_assert_cmpstr (tl_test_setup_get_primary (setup, TL_LANE_INCOMING), ==, NULL);
  g_assert_cmpstr (tl_test_setup_get_primary (setup, TL_LANE_OUTGOING), ==, "auth.bad-credentials");
  g_assert_false (tl_test_setup_get (setup, "ready"));

  incoming = get_report (setup, TL_LANE_INCOMING);
  tl_setup_set_secret (setup, TL_LANE_OUTGOING, right);
  tl_test_setup_run (setup, TL_LANE_OUTGOING);
  g_assert_true (get_report (setup, TL_LANE_INCOMING) == incoming);
  g_assert_cmpstr (tl_test_setup_get_primary (setup, TL_LANE_OUTGOING), ==, NULL);
  g_assert_true (tl_test_setup_get (setup, "ready"));

  outgoing = get_report (setup, TL_LANE_OUTGOING);
  tl_setup_set_secret (setup, TL_LANE_INCOMING, wrong);
  tl_test_setup_run (setup, TL_LANE_INCOMING);
  g_assert_true (get_report (setup, TL_LANE_OUTGOING) == outgoing);
  g_assert_cmpstr (tl_test_setup_get_primary (setup, TL_LANE_INCOMING), ==, "auth.bad-credentials");
}

static void
test_no_pile (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_WRONG_PASSWORD);
  GListModel *findings = tl_lane_run_get_findings (tl_setup_get_run (setup, TL_LANE_INCOMING));
  guint n;

  g_test_summary ("A test shows its own findings, not those of the last one too");

  tl_test_setup_run (setup, TL_LANE_INCOMING);
  n = g_list_model_get_n_items (findings);
  g_assert_cmpuint (n, >, 0);
  tl_test_setup_run (setup, TL_LANE_INCOMING);
  g_assert_cmpuint (g_list_model_get_n_items (findings), ==, n);
  g_assert_cmpuint (tl_lane_report_get_findings (get_report (setup, TL_LANE_INCOMING))->len, ==, n);
}

static guint
count_status (TlSetup    *setup,
              TlLaneKind  lane,
              TlStatus    status)
{
  GListModel *stages = tl_lane_run_get_stages (tl_setup_get_run (setup, lane));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr(TlStageRow) row = g_list_model_get_item (stages, i);

      n += tl_stage_row_get_status (row) == status;
    }

  return n;
}

static void
test_cancel_rests (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_PORT_BLOCKED);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };

  g_test_summary ("No stage is shown as running after its lane was stopped");

  tl_setup_test_async (setup, TL_LANE_OUTGOING, cancellable, tl_test_wait_ready, &wait);
  while (count_status (setup, TL_LANE_OUTGOING, TL_STATUS_RUNNING) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  tl_test_wait_for (&wait);
  g_assert_false (tl_setup_test_finish (setup, wait.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (wait.result);
  tl_test_pass_ms (50);

  g_assert_cmpuint (count_status (setup, TL_LANE_OUTGOING, TL_STATUS_RUNNING), ==, 0);
  g_assert_null (get_report (setup, TL_LANE_OUTGOING));
}

typedef struct
{
  const char *name;
  const char *found[3];  /* ids of what discovery says, in order */
  gboolean    needs_yes;
  const char *reason;
} ReasonCase;

static const ReasonCase reason_cases[] = {
  { .name = "nothing", .reason = "discover.nothing-found" },
  { .name = "no-error", .found = { "discover.bad-document" }, .reason = "discover.nothing-found" },
  { .name = "error", .found = { "discover.no-imap-service" }, .reason = "discover.no-imap-service" },
  { .name = "error-second", .found = { "discover.bad-document", "discover.no-imap-service" },
    .reason = "discover.no-imap-service" },
  { .name = "needs-yes", .needs_yes = TRUE, .reason = "discover.untrusted-only" },
};

static void
test_reason (gconstpointer data)
{
  const ReasonCase *c = data;
  g_autoptr(TlSetup) setup = tl_setup_new ();
  const char *nobody[] = { NULL };
  GListModel *findings;

  g_test_summary ("A lane without a server says why: only an error of discovery is a reason");

  tl_setup_set_address_text (setup, "ada@example.test");
  for (gsize i = 0; c->found[i] != NULL; i++)
    {
      g_autoptr(TlFinding) finding = tl_finding_new (c->found[i], TL_LANE_NONE, NULL);

      g_list_store_append (setup->discovery_findings, finding);
    }
  if (c->needs_yes)
    {
      g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("mail.elsewhere.test", 993,
                                                        TL_SECURITY_TLS, NULL);
      g_autoptr(TlLaneSettings) settings = tl_lane_settings_new (TL_PROTOCOL_IMAP, endpoint,
                                                                 TL_AUTH_PASSWORD,
                                                                 "ada@example.test", NULL);
      g_autoptr(TlCandidate) candidate = tl_candidate_new (TL_LANE_INCOMING, settings,
                                                           TL_SOURCE_SRV, TL_TRUST_UNSIGNED_DNS,
                                                           70, TRUE, nobody, nobody, NULL);

      tl_lane_draft_propose (tl_setup_get_draft (setup, TL_LANE_INCOMING), candidate);
    }

  tl_test_setup_run (setup, TL_LANE_INCOMING);
  findings = tl_lane_run_get_findings (tl_setup_get_run (setup, TL_LANE_INCOMING));
  g_assert_cmpuint (g_list_model_get_n_items (findings), ==, 1);
  g_assert_true (tl_test_model_has (findings, c->reason));
  g_assert_cmpint (tl_lane_run_get_verdict (tl_setup_get_run (setup, TL_LANE_INCOMING)), ==,
                   TL_VERDICT_ERROR);
}

static void
test_stale (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  GListModel *findings = tl_setup_get_hand_over_findings (setup);
  gint64 now_s;

  g_test_summary ("Who hands over an old test is told so, and who has none is told that");

  g_assert_true (tl_test_model_has (findings, "export.lane-not-green"));
  tl_test_setup_run (setup, TL_LANE_NONE);
  now_s = g_get_real_time () / G_USEC_PER_SEC;

  tl_setup_refresh_hand_over_at (setup, now_s + TL_REPORT_FRESH_S - 60);
  g_assert_false (tl_test_model_has (findings, "export.stale"));
  g_assert_false (tl_test_model_has (findings, "export.lane-not-green"));
  tl_setup_refresh_hand_over_at (setup, now_s + TL_REPORT_FRESH_S + 60);
  g_assert_true (tl_test_model_has (findings, "export.stale"));
  g_assert_false (tl_test_model_has (findings, "export.lane-not-green"));
  tl_setup_refresh_hand_over_at (setup, now_s);
  g_assert_false (tl_test_model_has (findings, "export.stale"));
}

int
main (int   argc,
      char *argv[])
{
  /* No keyring of the one who runs this is touched. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-test/own-secrets", test_own_secrets);
  g_test_add_func ("/setup-test/no-pile", test_no_pile);
  g_test_add_func ("/setup-test/cancel-rests", test_cancel_rests);
  g_test_add_func ("/setup-test/stale", test_stale);
  for (gsize i = 0; i < G_N_ELEMENTS (reason_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-test/reason/", reason_cases[i].name, NULL);

      g_test_add_data_func (path, &reason_cases[i], test_reason);
    }

  return g_test_run ();
}
