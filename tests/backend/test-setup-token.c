/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token that a set-up's lanes sign in with. */
#include "tl-test-refusers.h"

#include <string.h>

#include "tl-error.h"

#define OAUTH_ONLY "\"oauth2\""

static const TlTestIssuerAnswer refusal = {
  .status = "400 Bad Request", .body = "{\"error\":\"invalid_grant\"}",
};

static void
test_one_refresh (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_SLOW, OAUTH_ONLY);
  TlTestRefusers lanes;
  const char *bytes;
  gsize len = 0;

  g_test_summary ("O13, P14: one refresh for both lanes, one attempt for each, and a token that was "
                  "turned down is replaced at the next press alone");

  tl_test_rep_register (rep);
  tl_test_issuer_set_expires (rep->issuer, 5);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  tl_test_issuer_set_expires (rep->issuer, 3600);
  g_assert_cmpint (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_TOKEN), ==, 1);

  tl_test_refusers_start (&lanes, rep);
  tl_test_setup_run (rep->setup, TL_LANE_NONE);
  g_assert_cmpint (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_TOKEN), ==, 2);
  g_assert_cmpstr (tl_test_setup_get_primary (rep->setup, TL_LANE_INCOMING), ==,
                   "auth.token-rejected");
  g_assert_cmpstr (tl_test_setup_get_primary (rep->setup, TL_LANE_OUTGOING), ==,
                   "auth.token-rejected");
  g_assert_true (tl_secret_equal (rep->setup->lanes[0].token, rep->setup->lanes[1].token));
  bytes = tl_secret_peek (rep->setup->lanes[0].token, &len);
  g_assert_cmpmem (bytes, len, "access-2", strlen ("access-2"));

  tl_test_setup_run (rep->setup, TL_LANE_INCOMING);
  g_assert_cmpint (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_TOKEN), ==, 3);
  for (guint i = 0; i < 2; i++)
    tl_test_peer_stop (lanes.peers[i]);
  g_assert_cmpint (tl_test_peer_count (lanes.peers[0], "*AUTHENTICATE*"), ==, 2);
  g_assert_cmpint (tl_test_peer_count (lanes.peers[1], "AUTH *"), ==, 1);
  tl_test_refusers_stop (&lanes);
}

static void
test_reauth (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(TlSecret) relay_secret = tl_secret_new ("relay-key", 9);
  TlSignin *signin = tl_setup_get_signin (rep->setup);
  TlTestRefusers lanes;

  g_test_summary ("O13: where no token is to be had the lane says so, and the other one, with a key "
                  "of its own, is tested");

  tl_test_rep_register (rep);
  tl_test_issuer_set_expires (rep->issuer, 5);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  tl_test_issuer_script (rep->issuer, TL_TEST_ISSUER_TOKEN, &refusal, 1);
  g_object_set (rep->setup->identity, "separate-sending", TRUE, NULL);
  tl_test_refusers_start (&lanes, rep);
  tl_setup_set_secret (rep->setup, TL_LANE_OUTGOING, relay_secret);

  g_assert_true (tl_test_setup_get (rep->setup, "has-secret"));
  tl_test_setup_run (rep->setup, TL_LANE_NONE);
  g_assert_cmpstr (tl_test_setup_get_primary (rep->setup, TL_LANE_INCOMING), ==,
                   "oauth.reauth-needed");
  g_assert_cmpstr (tl_test_setup_get_primary (rep->setup, TL_LANE_OUTGOING), ==,
                   "auth.bad-credentials");
  g_assert_cmpint (tl_signin_get_state (signin), ==, TL_SIGNIN_IDLE);
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, "oauth.reauth-needed");
  g_assert_false (tl_test_setup_get (rep->setup, "has-incoming-secret"));
  g_assert_true (tl_test_setup_get (rep->setup, "has-outgoing-secret"));

  tl_test_peer_stop (lanes.peers[0]);
  g_assert_cmpint (tl_test_peer_get_n_connections (lanes.peers[0]), ==, 0);
  tl_test_refusers_stop (&lanes);
}

static void
test_change_while_refreshing (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_SLOW, OAUTH_ONLY);
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };
  TlTestRefusers lanes;

  g_test_summary ("A lane that is changed while a token is fetched is not tested; the other is");

  tl_test_rep_register (rep);
  tl_test_issuer_set_expires (rep->issuer, 5);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  tl_test_refusers_start (&lanes, rep);
  tl_setup_test_async (rep->setup, TL_LANE_NONE, NULL, tl_test_wait_ready, &wait);
  g_object_set (rep->setup->lanes[0].draft, "username", "somebody@mail.test", NULL);
  tl_test_wait_for (&wait);
  g_assert_false (tl_setup_test_finish (rep->setup, wait.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (wait.result);
  g_assert_null (tl_lane_run_get_report (rep->setup->lanes[0].run));
  g_assert_cmpstr (tl_test_setup_get_primary (rep->setup, TL_LANE_OUTGOING), ==,
                   "auth.token-rejected");
  tl_test_peer_stop (lanes.peers[0]);
  g_assert_cmpint (tl_test_peer_get_n_connections (lanes.peers[0]), ==, 0);
  tl_test_refusers_stop (&lanes);
}

/* The incoming lane is green with the settings it has now. */
static void
pass (TlSetup *setup)
{
  g_autoptr(GPtrArray) findings = g_ptr_array_new ();
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  g_autoptr(TlLaneSettings) settings = tl_setup_dup_settings (setup, TL_LANE_INCOMING);
  const TlLaneReportParts parts = { .lane = TL_LANE_INCOMING, .settings = settings, .steps = steps,
                                    .findings = findings, .tested_at_s = 1472633820 };
  g_autoptr(TlLaneReport) report = NULL;
  gsize n_stages = 0;
  const TlStage *stages = tl_stage_list_lane (TL_SECURITY_TLS, &n_stages);

  for (gsize i = 0; i < n_stages; i++)
    g_ptr_array_add (steps, tl_step_new (stages[i], TL_STATUS_OK, 0, 1));
  report = tl_lane_report_new (&parts);
  tl_lane_run_show (tl_setup_get_run (setup, TL_LANE_INCOMING), report);
  g_assert_cmpint (tl_lane_run_get_verdict (tl_setup_get_run (setup, TL_LANE_INCOMING)), ==,
                   TL_VERDICT_OK);
}

static void
test_folders (gconstpointer data)
{
  gboolean is_refused = GPOINTER_TO_INT (data);
  int code = is_refused ? TL_ERROR_INVALID_INPUT : TL_ERROR_REFUSED;
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };
  TlTestRefusers lanes;
  gboolean is_creating = TRUE;

  g_test_summary ("Folders are made with a token that counts, or nobody is spoken to");

  tl_test_rep_register (rep);
  tl_test_issuer_set_expires (rep->issuer, 5);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  tl_test_issuer_set_expires (rep->issuer, 3600);
  if (is_refused)
    tl_test_issuer_script (rep->issuer, TL_TEST_ISSUER_TOKEN, &refusal, 1);
  tl_test_refusers_start (&lanes, rep);
  pass (rep->setup);
  g_assert_true (tl_mailbox_wish (tl_setup_get_mailbox (rep->setup), "Outreach", NULL));
  tl_setup_create_folders_async (rep->setup, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_false (tl_setup_create_folders_finish (rep->setup, wait.result, &error));
  g_assert_error (error, TL_ERROR, code);
  g_object_unref (wait.result);
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, is_refused ? "oauth.reauth-needed" : NULL);
  if (!is_refused)
    g_assert_cmpint (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_TOKEN), ==, 2);
  g_object_get (tl_setup_get_mailbox (rep->setup), "creating", &is_creating, NULL);
  g_assert_false (is_creating);

  tl_test_peer_stop (lanes.peers[0]);
  g_assert_cmpint (tl_test_peer_count (lanes.peers[0], "*AUTHENTICATE*"), ==, is_refused ? 0 : 1);
  tl_test_refusers_stop (&lanes);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-token/O13/one-refresh", test_one_refresh);
  g_test_add_func ("/setup-token/O13/reauth", test_reauth);
  g_test_add_func ("/setup-token/O13/change-while-refreshing", test_change_while_refreshing);

  g_test_add_data_func ("/setup-token/folders/refreshed", GINT_TO_POINTER (FALSE), test_folders);
  g_test_add_data_func ("/setup-token/folders/refused", GINT_TO_POINTER (TRUE), test_folders);

  return g_test_run ();
}
