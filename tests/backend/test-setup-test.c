/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-setup-private.h"

#include <string.h>

#include "tl-stage-row.h"
#include "tl-test-ca.h"
#include "tl-test-peer.h"
#include "tl-test-setup.h"

#define PEER_HOST "mail.practice.invalid"

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

/* A server that would take either, and a mailbox whose provider takes tokens alone. */
static TlSetup *
make_token_only (TlTestPeer *peer,
                 TlTestCa   *ca)
{
  TlSetup *setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autofree char *url = g_strdup_printf ("imaps://" PEER_HOST ":%u", tl_test_peer_start (peer));
  g_autoptr(TlLaneSettings) settings = NULL;
  g_autoptr(GError) error = NULL;

  settings = tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD, TL_PRACTICE_ADDRESS, &error);
  g_assert_no_error (error);
  g_clear_pointer (&setup->network, tl_network_unref);
  setup->network = tl_network_new_practice (tl_test_ca_get_pem (ca), &error);
  g_assert_no_error (error);
  tl_lane_draft_set_settings (tl_setup_get_draft (setup, TL_LANE_INCOMING), settings,
                              TL_SOURCE_PROVIDER_MX, TL_TRUST_CURATED);
  setup->provider = tl_provider_ref (tl_providers_find ("outlook-com"));
  g_assert_cmpint (tl_setup_get_auth (setup), ==, TL_AUTH_OAUTH2);

  return setup;
}

static void
test_token_only (gconstpointer data)
{
  static const char script[] =
    "TLS\n"
    "S: * OK ready\n"
    "C: %T CAPABILITY\n"
    "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2 AUTH=OAUTHBEARER\n"
    "S: %T OK done\n"
    "C: *\n"
    "HANG\n";
  static const char secret_bytes[] = "hunter-two-canary";
  gboolean is_token = GPOINTER_TO_INT (data);
  g_autoptr(TlTestCa) ca = tl_test_ca_new (NULL);
  g_autoptr(SSL_CTX) tls = tl_test_ca_new_server (ca, PEER_HOST, TL_TEST_TLS_GOOD);
  g_autoptr(TlTestPeer) peer = tl_test_peer_new (script, tls);
  g_autoptr(TlSetup) setup = make_token_only (peer, ca);
  g_autoptr(TlSecret) secret = tl_secret_new (secret_bytes, strlen (secret_bytes));
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  TlTestWait wait = { NULL };

  g_test_summary ("Where only a token signs in, a password is never sent as if it were one (P2)");

  if (is_token)
    tl_setup_set_token (setup, TL_LANE_INCOMING, secret);
  else
    tl_setup_set_secret (setup, TL_LANE_INCOMING, secret);

  tl_setup_test_async (setup, TL_LANE_INCOMING, cancellable, tl_test_wait_ready, &wait);
  if (is_token)
    {
      /* The peer does not answer a sign-in. */
      while (count_status (setup, TL_LANE_INCOMING, TL_STATUS_OK) < 4)
        g_main_context_iteration (NULL, TRUE);
      tl_test_pass_ms (300);
      g_cancellable_cancel (cancellable);
    }
  tl_test_wait_for (&wait);
  g_assert_cmpint (tl_setup_test_finish (setup, wait.result, NULL), ==, !is_token);
  g_object_unref (wait.result);
  tl_test_peer_stop (peer);

  g_assert_nonnull (strstr (tl_test_peer_get_transcript (peer), "CAPABILITY"));
  g_assert_cmpint (strstr (tl_test_peer_get_transcript (peer), " AUTHENTICATE ") != NULL, ==,
                   is_token);
  g_assert_cmpint (tl_lane_run_get_verdict (tl_setup_get_run (setup, TL_LANE_INCOMING)), ==,
                   is_token ? TL_VERDICT_NOT_TESTED : TL_VERDICT_ERROR);
}

static void
test_token (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  GListModel *findings = tl_setup_get_hand_over_findings (setup);
  g_autoptr(TlSecret) token = tl_secret_new ("token", strlen ("token"));
  g_autoptr(TlSecret) password = tl_secret_new (TL_PRACTICE_PASSWORD,
                                                strlen (TL_PRACTICE_PASSWORD));

  g_test_summary ("A token is for its lane, says so at the hand-over, and goes with its address");

  tl_setup_refresh_hand_over (setup);
  g_assert_false (tl_test_model_has (findings, "export.needs-consent"));

  tl_setup_set_token (setup, TL_LANE_OUTGOING, token);
  g_assert_cmpint (tl_setup_get_lane_auth (setup, TL_LANE_INCOMING), ==, TL_AUTH_PASSWORD);
  g_assert_cmpint (tl_setup_get_lane_auth (setup, TL_LANE_OUTGOING), ==, TL_AUTH_OAUTH2);
  tl_setup_refresh_hand_over (setup);
  g_assert_true (tl_test_model_has (findings, "export.needs-consent"));

  tl_setup_set_secret (setup, TL_LANE_OUTGOING, password);
  g_assert_cmpint (tl_setup_get_lane_auth (setup, TL_LANE_OUTGOING), ==, TL_AUTH_PASSWORD);
  tl_setup_refresh_hand_over (setup);
  g_assert_false (tl_test_model_has (findings, "export.needs-consent"));

  tl_setup_set_token (setup, TL_LANE_NONE, token);
  g_assert_cmpint (tl_setup_get_lane_auth (setup, TL_LANE_INCOMING), ==, TL_AUTH_OAUTH2);
  tl_setup_set_address_text (setup, "ada@acme.test");
  g_assert_false (tl_test_setup_get (setup, "has-secret"));
  g_assert_cmpint (tl_setup_get_lane_auth (setup, TL_LANE_INCOMING), ==, TL_AUTH_PASSWORD);
  g_assert_cmpint (tl_setup_get_lane_auth (setup, TL_LANE_OUTGOING), ==, TL_AUTH_PASSWORD);
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
  g_test_add_data_func ("/rows/P2/token-only/password", GINT_TO_POINTER (FALSE), test_token_only);
  g_test_add_data_func ("/rows/P2/token-only/token", GINT_TO_POINTER (TRUE), test_token_only);
  g_test_add_func ("/setup-test/token", test_token);
  g_test_add_func ("/setup-test/stale", test_stale);
  for (gsize i = 0; i < G_N_ELEMENTS (reason_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-test/reason/", reason_cases[i].name, NULL);

      g_test_add_data_func (path, &reason_cases[i], test_reason);
    }

  return g_test_run ();
}
