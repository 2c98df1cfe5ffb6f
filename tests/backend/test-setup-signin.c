/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sign-in of a set-up, with no keyring around: see test-setup-keep.c for that. */
#include "tl-test-rep.h"

#include <string.h>

#include "tl-contact.h"
#include "tl-error.h"
#include "tl-oauth-sign-in.h"
#include "tl-test-refusers.h"

#define OAUTH_ONLY "\"oauth2\""
#define OAUTH_OR_APP "\"oauth2\", \"app-password\""

static const TlTestIssuerAnswer refusal = {
  .status = "400 Bad Request", .body = "{\"error\":\"invalid_grant\"}",
};

static void
on_state (GObject    *signin,
          GParamSpec *pspec,
          GString    *states)
{
  GEnumValue *value = g_enum_get_value (g_type_class_peek (TL_TYPE_SIGNIN_STATE),
                                        (int) tl_signin_get_state (TL_SIGNIN (signin)));

  g_string_append_printf (states, " %s", value->value_nick);
  if (value->value == TL_SIGNIN_ON_DEVICE)
    {
      guint seconds = 0;

      /* Whoever shows the code says how long it is good for. */
      g_object_get (signin, "seconds-left", &seconds, NULL);
      g_assert_cmpuint (seconds, >, 0);
    }
}

typedef struct
{
  const char  *name;
  TlSigninWay  way;
  const char  *states;
} WayCase;

static const WayCase way_cases[] = {
  { .name = "browser", .way = TL_SIGNIN_BY_BROWSER,
    .states = " preparing in-browser finishing done" },
  { .name = "device", .way = TL_SIGNIN_BY_DEVICE, .states = " preparing on-device done" },
};

static void
test_way (gconstpointer data)
{
  const WayCase *c = data;
  g_autoptr(GString) states = g_string_new (NULL);
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  TlSignin *signin = tl_setup_get_signin (rep->setup);
  g_autofree char *account = NULL;
  g_autofree char *host = NULL;
  g_autofree char *url = NULL;

  tl_test_rep_register (rep);
  g_signal_connect (signin, "notify::state", G_CALLBACK (on_state), states);
  g_assert_false (tl_test_setup_get (rep->setup, "has-secret"));

  tl_test_rep_sign_in (rep, c->way);
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, NULL);
  g_assert_cmpstr (states->str, ==, c->states);
  g_object_get (signin, "account", &account, "issuer-host", &host, "url", &url, NULL);
  g_assert_cmpstr (account, ==, TL_TEST_ISSUER_ACCOUNT);
  g_assert_cmpstr (host, ==, "issuer.practice.invalid");
  g_assert_null (url);
  g_assert_null (tl_test_rep_get_finding (rep));
  g_assert_true (tl_test_setup_get (rep->setup, "has-secret"));
  g_assert_cmpint (tl_setup_get_lane_auth (rep->setup, TL_LANE_OUTGOING), ==, TL_AUTH_OAUTH2);
}

static void
test_no_client (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  TlSignin *signin = tl_setup_get_signin (rep->setup);
  g_autoptr(GError) error = NULL;

  g_test_summary ("Nobody knows this program: that is said before anybody is asked, and ends when "
                  "IT has told a client id");

  g_assert_true (tl_signin_needs_client (signin));
  g_assert_true (tl_test_setup_get (rep->setup, "request-needed"));
  g_assert_false (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, "oauth.no-client");
  g_assert_cmpint (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_AUTHORIZE), ==, 0);

  g_assert_false (tl_setup_set_client (rep->setup, "a\nb", NULL, NULL, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_true (tl_signin_needs_client (signin));

  tl_test_rep_register (rep);
  g_assert_false (tl_signin_needs_client (signin));
  g_assert_false (tl_test_setup_get (rep->setup, "request-needed"));
  g_assert_null (tl_test_rep_get_finding (rep));
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
}

static void
test_preference (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_OR_APP);

  g_test_summary ("The page is preferred unless it lets nobody in; then an app password, if any");

  g_assert_cmpint (tl_setup_get_auth (rep->setup), ==, TL_AUTH_APP_PASSWORD);
  g_assert_true (tl_test_setup_get (rep->setup, "takes-oauth"));
  g_assert_true (tl_test_setup_get (rep->setup, "takes-app-password"));
  g_assert_false (tl_test_setup_get (rep->setup, "takes-password"));
  g_assert_false (tl_test_setup_get (rep->setup, "request-needed"));

  tl_setup_set_auth (rep->setup, TL_AUTH_PASSWORD);
  g_assert_cmpint (tl_setup_get_auth (rep->setup), ==, TL_AUTH_APP_PASSWORD);
  tl_test_rep_register (rep);
  g_assert_cmpint (tl_setup_get_auth (rep->setup), ==, TL_AUTH_OAUTH2);
  tl_setup_set_auth (rep->setup, TL_AUTH_APP_PASSWORD);
  g_assert_cmpint (tl_setup_get_auth (rep->setup), ==, TL_AUTH_APP_PASSWORD);
}

static void
test_elsewhere (void)
{
  static const struct
  {
    const char *url;
    const char *source;
    TlAuth      auth;
  } cases[] = {
    { "imaps://imap.mail.test",  TL_SOURCE_MANUAL, TL_AUTH_APP_PASSWORD },
    { "imaps://IMAP.mail.test",  TL_SOURCE_MANUAL, TL_AUTH_APP_PASSWORD },
    { "imaps://mail.other.test", TL_SOURCE_SRV,    TL_AUTH_APP_PASSWORD },
    { "imaps://mail.other.test", TL_SOURCE_MANUAL, TL_AUTH_PASSWORD },
    { "imaps://127.0.0.1:1143",  TL_SOURCE_MANUAL, TL_AUTH_PASSWORD },
  };
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_OR_APP);
  g_autoptr(TlSecret) own = tl_secret_new ("a password", 10);

  g_test_summary ("What a provider takes is no rule for a server that somebody types who is elsewhere");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlLaneSettings) settings =
        tl_lane_settings_new_from_url (cases[i].url, TL_AUTH_PASSWORD, TL_TEST_ISSUER_ACCOUNT, NULL);

      tl_lane_draft_set_settings (rep->setup->lanes[0].draft, settings, cases[i].source,
                                  TL_TRUST_MANUAL);
      g_assert_cmpint (tl_setup_get_auth (rep->setup), ==, cases[i].auth);
      g_assert_cmpint (tl_test_setup_get (rep->setup, "takes-password"), ==,
                       cases[i].auth == TL_AUTH_PASSWORD);
    }

  tl_setup_set_secret (rep->setup, TL_LANE_NONE, own);
  g_assert_true (tl_secret_equal (rep->setup->lanes[0].secret, own));
  g_assert_null (rep->setup->secret_finding);
}

static void
test_seeking_account (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);

  g_assert_false (tl_test_setup_get (rep->setup, "seeking-account"));
  tl_setup_look_for_online_account (rep->setup);
  g_assert_true (tl_test_setup_get (rep->setup, "seeking-account"));
  while (tl_test_setup_get (rep->setup, "seeking-account"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (rep->setup->signin.online);

  tl_setup_look_for_online_account (rep->setup);
  tl_setup_set_address_text (rep->setup, "other@mail.test");
  g_assert_false (tl_test_setup_get (rep->setup, "seeking-account"));
}

static void
test_wrong_account (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(TlProvider) provider = tl_provider_ref (rep->setup->provider);

  g_test_summary ("O17: whoever signs in as somebody else is not signed in");

  /* The issuer signs everybody in as the same person. */
  tl_setup_set_address_text (rep->setup, "other@mail.test");
  rep->setup->provider = tl_provider_ref (provider);
  g_clear_pointer (&rep->setup->network, tl_network_unref);
  rep->setup->network = tl_test_issuer_dup_network (rep->issuer);
  tl_test_rep_register (rep);

  g_assert_false (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, "auth.wrong-account");
  g_assert_cmpint (tl_signin_get_state (tl_setup_get_signin (rep->setup)), ==, TL_SIGNIN_IDLE);
  g_assert_false (tl_test_setup_get (rep->setup, "has-secret"));
}

static void
on_url (gboolean *is_open)
{
  *is_open = TRUE;
}

static void
wait_for_page (TlTestRep *rep)
{
  while (tl_signin_get_state (tl_setup_get_signin (rep->setup)) != TL_SIGNIN_IN_BROWSER)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_stopped (TlTestRep  *rep,
                TlTestWait *wait)
{
  g_autoptr(GError) error = NULL;

  tl_test_wait_for (wait);
  g_assert_false (tl_setup_sign_in_finish (rep->setup, wait->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&wait->result);
}

static void
test_stopped (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  TlSignin *signin = tl_setup_get_signin (rep->setup);
  g_autofree char *url = NULL;
  g_autofree char *back = NULL;
  g_autofree char *page = NULL;
  guint seconds = 0;
  guint left = 0;
  gboolean is_open = FALSE;
  TlTestWait wait = { NULL };

  g_test_summary ("O17: a browser that never returns is left alone when that is wanted, and whoever "
                  "comes back late finds nobody");

  rep->browses = FALSE;
  tl_test_rep_register (rep);
  g_signal_connect_swapped (signin, "open-url", G_CALLBACK (on_url), &is_open);
  tl_setup_sign_in_async (rep->setup, TL_SIGNIN_BY_BROWSER, cancellable, tl_test_wait_ready, &wait);
  wait_for_page (rep);
  g_assert_true (is_open);
  g_object_get (signin, "url", &url, "seconds-left", &seconds, NULL);
  g_assert_cmpuint (seconds, ==, TL_OAUTH_SIGN_IN_PATIENCE_S);
  tl_test_pass_ms (2600);
  g_object_get (signin, "seconds-left", &left, NULL);
  g_assert_cmpuint (left, <, seconds);
  g_assert_cmpuint (left, >, seconds - 5);
  g_cancellable_cancel (cancellable);
  assert_stopped (rep, &wait);
  g_assert_cmpint (tl_signin_get_state (signin), ==, TL_SIGNIN_IDLE);
  g_assert_null (tl_test_rep_get_finding (rep));

  back = tl_test_issuer_authorize (rep->issuer, url);
  page = tl_test_issuer_browse (back);
  g_assert_null (page);
  g_assert_false (tl_test_setup_get (rep->setup, "has-secret"));
}

static void
test_another_address (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_SLOW, OAUTH_ONLY);
  TlSignin *signin = tl_setup_get_signin (rep->setup);
  g_autofree char *account = NULL;
  TlTestWait wait = { NULL };

  g_test_summary ("O17: what comes back for one mailbox is not taken for the next");

  tl_test_rep_register (rep);
  tl_setup_sign_in_async (rep->setup, TL_SIGNIN_BY_BROWSER, NULL, tl_test_wait_ready, &wait);
  while (tl_signin_get_state (signin) != TL_SIGNIN_FINISHING)
    g_main_context_iteration (NULL, TRUE);
  tl_setup_set_address_text (rep->setup, "other@mail.test");
  assert_stopped (rep, &wait);
  tl_test_pass_ms (400);
  g_assert_cmpint (tl_signin_get_state (signin), ==, TL_SIGNIN_IDLE);
  g_object_get (signin, "account", &account, NULL);
  g_assert_null (account);
  g_assert_null (tl_test_rep_get_finding (rep));
  g_assert_null (rep->setup->signin.keeper);
  g_assert_false (tl_test_setup_get (rep->setup, "has-secret"));
}

typedef struct
{
  const char *name;
  gboolean    is_refused;
} LateCase;

static const LateCase late_cases[] = {
  { .name = "token" },
  { .name = "refusal", .is_refused = TRUE },
};

static void
test_late_token (gconstpointer data)
{
  const LateCase *c = data;
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_SLOW, OAUTH_ONLY);
  TlSignin *signin = tl_setup_get_signin (rep->setup);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlSecret) token = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *account = NULL;
  TlTestWait wait = { NULL };

  g_test_summary ("O17: what a refresh brings for a sign-in that was replaced says nothing of the "
                  "one that is there");

  tl_test_rep_register (rep);
  tl_test_issuer_set_expires (rep->issuer, 5);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  if (c->is_refused)
    tl_test_issuer_script (rep->issuer, TL_TEST_ISSUER_TOKEN, &refusal, 1);
  tl_setup_get_token_async (rep->setup, NULL, tl_test_wait_ready, &wait);
  tl_setup_set_address_text (rep->setup, "other@mail.test");
  g_assert_null (wait.result);
  tl_test_wait_for (&wait);

  token = tl_setup_get_token_finish (rep->setup, wait.result, &finding, &error);
  g_object_unref (wait.result);
  g_assert_no_error (error);
  g_assert_cmpint (token == NULL, ==, c->is_refused);
  g_assert_cmpint (finding != NULL, ==, c->is_refused);
  g_object_get (signin, "account", &account, NULL);
  g_assert_null (account);
  g_assert_null (tl_test_rep_get_finding (rep));
  g_assert_cmpint (tl_signin_get_state (signin), ==, TL_SIGNIN_IDLE);
}

static void
test_stopped_before (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  TlTestWait wait = { NULL };

  g_test_summary ("Where nobody can sign in, stopping is all that is said once it is stopped");

  g_clear_pointer (&rep->setup->provider, tl_provider_unref);
  g_cancellable_cancel (cancellable);
  tl_setup_sign_in_async (rep->setup, TL_SIGNIN_BY_BROWSER, cancellable, tl_test_wait_ready, &wait);
  assert_stopped (rep, &wait);
  g_assert_null (tl_test_rep_get_finding (rep));
}

static void
assert_contacts (TlSetup    *setup,
                 const char *host)
{
  g_autoptr(GListModel) contacts = NULL;
  g_autoptr(TlContact) contact = NULL;

  g_object_get (setup, "contacts", &contacts, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (contacts), ==, host == NULL ? 0 : 1);
  contact = g_list_model_get_item (contacts, 0);
  if (host == NULL)
    return;
  g_assert_cmpstr (tl_contact_get_host (contact), ==, host);
  g_assert_cmpint (tl_contact_get_kind (contact), ==, TL_CONTACT_WEB);
}

static void
test_contacts (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(TlContacts) asked = tl_contacts_new ();
  g_autoptr(TlDiscoveryReport) report = NULL;

  g_test_summary ("Whom a sign-in took is listed once, with what the search asked, for that mailbox");

  tl_test_rep_register (rep);
  assert_contacts (rep->setup, NULL);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  assert_contacts (rep->setup, "issuer.practice.invalid");
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_DEVICE));
  assert_contacts (rep->setup, "issuer.practice.invalid");
  tl_contacts_add (asked, TL_CONTACT_WEB, "issuer.practice.invalid");
  report = tl_discovery_report_new (tl_setup_get_address (rep->setup), &(TlDiscoveryParts) {
    .contacts = asked,
  });
  tl_setup_show_discovery (rep->setup, report);
  assert_contacts (rep->setup, "issuer.practice.invalid");
  tl_setup_set_address_text (rep->setup, "other@mail.test");
  assert_contacts (rep->setup, NULL);
}

static void
test_another_way (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  TlTestWait wait = { NULL };

  rep->browses = FALSE;
  tl_test_rep_register (rep);
  tl_setup_sign_in_async (rep->setup, TL_SIGNIN_BY_BROWSER, NULL, tl_test_wait_ready, &wait);
  wait_for_page (rep);
  rep->browses = TRUE;
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  assert_stopped (rep, &wait);
  g_assert_cmpint (tl_signin_get_state (tl_setup_get_signin (rep->setup)), ==, TL_SIGNIN_DONE);
  g_assert_true (tl_test_setup_get (rep->setup, "has-secret"));
}

static void
test_thought_better (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  TlTestWait wait = { NULL };

  g_test_summary ("Whoever stops a second sign-in is signed in as before");

  tl_test_rep_register (rep);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  rep->browses = FALSE;
  tl_setup_sign_in_async (rep->setup, TL_SIGNIN_BY_BROWSER, cancellable, tl_test_wait_ready, &wait);
  wait_for_page (rep);
  g_assert_false (tl_test_setup_get (rep->setup, "has-secret"));
  g_cancellable_cancel (cancellable);
  assert_stopped (rep, &wait);
  g_assert_true (tl_test_setup_get (rep->setup, "has-secret"));
}

typedef struct
{
  const char *name;
  const char *typed;
  const char *sent;    /* NULL: nothing is */
} AppCase;

static const AppCase app_cases[] = {
  { .name = "plain", .typed = "abcdefghijklmnop", .sent = "abcdefghijklmnop" },
  { .name = "spaces", .typed = "abcd efgh ijkl mnop ", .sent = "abcdefghijklmnop" },
  { .name = "nbsp", .typed = "abcd\xc2\xa0" "efgh\xc2\xa0ijkl\xc2\xa0mnop",
    .sent = "abcdefghijklmnop" },
  { .name = "short", .typed = "abcdefghijklmno" },
  { .name = "own-password", .typed = "Corr3ct-horse" },
};

static void
test_app_password (gconstpointer data)
{
  const AppCase *c = data;
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_OR_APP);
  g_autoptr(TlSecret) typed = tl_secret_new (c->typed, strlen (c->typed));
  g_autoptr(TlSecret) sent = c->sent == NULL ? NULL : tl_secret_new (c->sent, strlen (c->sent));
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlFinding) after = NULL;
  TlTestRefusers lanes;

  g_test_summary ("P14: what cannot be an app password is not sent where nothing else is taken, "
                  "until somebody insists");

  tl_test_refusers_start (&lanes, rep);
  tl_setup_set_secret (rep->setup, TL_LANE_NONE, typed);
  g_object_get (rep->setup, "secret-finding", &finding, NULL);
  g_assert_cmpint (finding == NULL, ==, c->sent != NULL);
  if (finding != NULL)
    g_assert_cmpint (tl_finding_get_lane (finding), ==, TL_LANE_NONE);
  if (sent != NULL)
    g_assert_true (tl_secret_equal (rep->setup->lanes[1].secret, sent));

  tl_test_setup_run (rep->setup, TL_LANE_NONE);
  g_assert_cmpstr (tl_test_setup_get_primary (rep->setup, TL_LANE_INCOMING), ==,
                   c->sent == NULL ? "input.not-app-password" : "auth.bad-credentials");
  g_assert_cmpstr (tl_test_setup_get_primary (rep->setup, TL_LANE_OUTGOING), ==,
                   c->sent == NULL ? "input.not-app-password" : "auth.bad-credentials");
  if (c->sent == NULL)
    {
      tl_setup_insist_on_secret (rep->setup);
      g_object_get (rep->setup, "secret-finding", &after, NULL);
      g_assert_null (after);
      tl_test_setup_run (rep->setup, TL_LANE_INCOMING);
      g_assert_cmpstr (tl_test_setup_get_primary (rep->setup, TL_LANE_INCOMING), ==,
                   "auth.bad-credentials");
    }
  tl_test_peer_stop (lanes.peers[0]);
  g_assert_cmpint (tl_test_peer_get_n_connections (lanes.peers[0]), ==, 1);
  tl_test_refusers_stop (&lanes);
}

static void
test_plan (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(TlReport) report = NULL;
  const TlPlanSignIn *sign_in;
  TlTestRefusers lanes;

  g_test_summary ("The plan says who signs in where and as whom, and that consent is needed again");

  tl_test_rep_register (rep);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  tl_test_refusers_start (&lanes, rep);
  report = tl_setup_dup_report (rep->setup);
  sign_in = tl_plan_get_sign_in (tl_report_get_plan (report));
  g_assert_nonnull (sign_in);
  g_assert_cmpstr (sign_in->issuer, ==, tl_test_issuer_get_issuer (rep->issuer));
  g_assert_cmpstr (sign_in->client_id, ==, TL_TEST_ISSUER_CLIENT);
  g_assert_cmpstr (sign_in->scopes[0], ==, TL_TEST_ISSUER_SCOPE);
  g_assert_cmpstr (sign_in->account, ==, TL_TEST_ISSUER_ACCOUNT);
  g_assert_null (sign_in->login);
  tl_setup_refresh_hand_over (rep->setup);
  g_assert_true (tl_test_model_has (tl_setup_get_hand_over_findings (rep->setup),
                                    "export.needs-consent"));
  tl_test_refusers_stop (&lanes);
}

static void
test_no_pkce (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_NO_PKCE, OAUTH_ONLY);
  GListModel *findings = tl_setup_get_hand_over_findings (rep->setup);

  g_test_summary ("O08: a server that does not promise PKCE is signed in to, and that is noted");

  tl_test_rep_register (rep);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  tl_setup_refresh_hand_over (rep->setup);
  g_assert_false (tl_test_model_has (findings, "oauth.no-pkce"));

  /* The provider table promises it for its own; a server's document says so or does not. */
  tl_oauth_server_unref (rep->setup->signin.request->server);
  rep->setup->signin.request->server = tl_test_issuer_dup_server (rep->issuer);
  tl_setup_refresh_hand_over (rep->setup);
  g_assert_true (tl_test_model_has (findings, "oauth.no-pkce"));
}

static void
test_separate_secret (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_OR_APP);
  g_autoptr(TlSecret) own = tl_secret_new ("abcdefghijklmnop", 16);
  g_autoptr(TlSecret) key = tl_secret_new ("relay key", 9);

  g_test_summary ("P2: the mailbox's password does not go to a sending service, nor the reverse");

  tl_setup_set_secret (rep->setup, TL_LANE_NONE, own);
  g_object_set (rep->setup->identity, "separate-sending", TRUE, NULL);
  g_assert_true (tl_test_setup_get (rep->setup, "has-incoming-secret"));
  g_assert_false (tl_test_setup_get (rep->setup, "has-outgoing-secret"));
  tl_setup_set_secret (rep->setup, TL_LANE_NONE, own);
  g_assert_null (rep->setup->lanes[1].secret);
  tl_setup_set_secret (rep->setup, TL_LANE_OUTGOING, key);
  g_assert_true (tl_secret_equal (rep->setup->lanes[1].secret, key));
  g_assert_true (tl_secret_equal (rep->setup->lanes[0].secret, own));
  g_object_set (rep->setup->identity, "separate-sending", FALSE, NULL);
  g_assert_true (tl_secret_equal (rep->setup->lanes[1].secret, own));
}

typedef struct
{
  const char *name;
  gboolean    is_signin;
} KeepCase;

static const KeepCase keep_cases[] = {
  { .name = "password" },
  { .name = "sign-in", .is_signin = TRUE },
};

static void
on_store_finding (guint *n)
{
  (*n)++;
}

static void
test_not_kept (gconstpointer data)
{
  const KeepCase *c = data;
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL,
                                              c->is_signin ? OAUTH_ONLY : OAUTH_OR_APP);
  g_autoptr(TlSecret) own = tl_secret_new ("abcdefghijklmnop", 16);
  TlFinding *finding;
  guint n = 0;

  g_test_summary ("K01: without a keyring it is for this time only, said once");

  if (c->is_signin)
    {
      tl_test_rep_register (rep);
      g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
    }
  else
    {
      tl_setup_set_secret (rep->setup, TL_LANE_NONE, own);
    }
  g_object_set (rep->setup, "remember", TRUE, NULL);
  tl_test_rep_pass (rep, TL_LANE_INCOMING);
  tl_test_rep_pass (rep, TL_LANE_OUTGOING);
  g_assert_false (tl_test_setup_get (rep->setup, "storing"));
  tl_setup_remember_secrets (rep->setup);
  g_assert_true (tl_test_setup_get (rep->setup, "storing"));
  g_signal_connect_swapped (rep->setup, "notify::store-finding", G_CALLBACK (on_store_finding),
                            &n);
  while (tl_test_setup_get (rep->setup, "remember"))
    g_main_context_iteration (NULL, TRUE);
  tl_test_pass_ms (200);
  g_assert_false (tl_test_setup_get (rep->setup, "storing"));
  g_assert_false (tl_test_setup_get (rep->setup, "kept"));

  finding = tl_setup_get_store_finding (rep->setup);
  g_assert_nonnull (finding);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "store.no-service");
  g_assert_cmpint (n, ==, 1);
  g_assert_true (tl_test_model_has (tl_setup_get_hand_over_findings (rep->setup),
                                    "store.no-service"));
  g_assert_true (tl_test_setup_get (rep->setup, "has-secret"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (way_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/setup-signin/way/%s", way_cases[i].name);

      g_test_add_data_func (path, &way_cases[i], test_way);
    }
  g_test_add_func ("/setup-signin/no-client", test_no_client);
  g_test_add_func ("/setup-signin/preference", test_preference);
  g_test_add_func ("/setup-signin/elsewhere", test_elsewhere);
  g_test_add_func ("/setup-signin/seeking-account", test_seeking_account);
  g_test_add_func ("/setup-signin/O17/wrong-account", test_wrong_account);
  g_test_add_func ("/setup-signin/O17/stopped", test_stopped);
  g_test_add_func ("/setup-signin/O17/another-address", test_another_address);
  for (gsize i = 0; i < G_N_ELEMENTS (late_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/setup-signin/O17/late/%s", late_cases[i].name);

      g_test_add_data_func (path, &late_cases[i], test_late_token);
    }
  g_test_add_func ("/setup-signin/stopped-before", test_stopped_before);
  g_test_add_func ("/setup-signin/contacts", test_contacts);
  g_test_add_func ("/setup-signin/another-way", test_another_way);
  g_test_add_func ("/setup-signin/thought-better", test_thought_better);
  for (gsize i = 0; i < G_N_ELEMENTS (app_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/setup-signin/P14/app-password/%s",
                                               app_cases[i].name);

      g_test_add_data_func (path, &app_cases[i], test_app_password);
    }
  g_test_add_func ("/setup-signin/plan", test_plan);
  g_test_add_func ("/setup-signin/O08/no-pkce", test_no_pkce);
  g_test_add_func ("/setup-signin/P2/separate-secret", test_separate_secret);
  for (gsize i = 0; i < G_N_ELEMENTS (keep_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/setup-signin/K01/%s", keep_cases[i].name);

      g_test_add_data_func (path, &keep_cases[i], test_not_kept);
    }

  return g_test_run ();
}
