/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token that a set-up's lanes sign in with. */
#include "tl-test-refusers.h"

#include <string.h>

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-token/O13/one-refresh", test_one_refresh);
  g_test_add_func ("/setup-token/O13/reauth", test_reauth);
  g_test_add_func ("/setup-token/O13/change-while-refreshing", test_change_while_refreshing);

  return g_test_run ();
}
