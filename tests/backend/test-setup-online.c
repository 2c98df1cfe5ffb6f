/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sign-in that is borrowed from GNOME's Online Accounts, which python3-dbusmock plays on a bus
 * with nobody else: see with-bus. */
#include "tl-test-rep.h"

#include "tl-test-mock.h"

#define SERVICE "org.gnome.OnlineAccounts"
#define MANAGER "/org/gnome/OnlineAccounts"
#define ACCOUNT MANAGER "/Accounts/a1"

#define OAUTH_ONLY   "\"oauth2\""
#define OAUTH_OR_APP "\"oauth2\", \"app-password\""

#define GIVES_TOKEN  "ret = ('ya29.token', 3599)"
#define RAISES(name) "raise dbus.exceptions.DBusException('no', name='" name "')"
#define NOT_AUTHORIZED RAISES ("org.gnome.OnlineAccounts.Error.NotAuthorized")

static TlTestMock *
start_service (const char *address,
               const char *code)
{
  TlTestMock *mock = tl_test_mock_start (SERVICE, MANAGER, SERVICE ".Manager");
  GVariantDict account;
  GVariantDict mail;
  GVariantDict oauth;

  g_variant_dict_init (&account, NULL);
  g_variant_dict_insert (&account, "Id", "s", "a1");
  g_variant_dict_insert (&account, "ProviderType", "s", "google");
  g_variant_dict_insert (&account, "MailDisabled", "b", FALSE);
  g_variant_dict_insert (&account, "AttentionNeeded", "b", FALSE);
  tl_test_mock_add_object (mock, ACCOUNT, SERVICE ".Account", g_variant_dict_end (&account));
  g_variant_dict_init (&mail, NULL);
  g_variant_dict_insert (&mail, "EmailAddress", "s", address);
  g_variant_dict_insert (&mail, "ImapSupported", "b", TRUE);
  tl_test_mock_add_properties (mock, ACCOUNT, SERVICE ".Mail", g_variant_dict_end (&mail));
  g_variant_dict_init (&oauth, NULL);
  g_variant_dict_insert (&oauth, "ClientId", "s", "client");
  tl_test_mock_add_properties (mock, ACCOUNT, SERVICE ".OAuth2Based",
                               g_variant_dict_end (&oauth));
  tl_test_mock_add_method (mock, ACCOUNT, SERVICE ".OAuth2Based", "GetAccessToken", "", "si", code);

  return mock;
}

static char *
dup_shown_account (TlSetup    *setup,
                   const char *property)
{
  char *account = NULL;

  g_object_get (tl_setup_get_signin (setup), property, &account, NULL);

  return account;
}

static void
look (TlSetup *setup)
{
  tl_setup_look_for_online_account (setup);
  while (tl_test_setup_get (setup, "seeking-account"))
    g_main_context_iteration (NULL, TRUE);
}

/* What the lanes would sign in with; or why there is nothing. */
static TlSecret *
get_token (TlSetup    *setup,
           TlFinding **out_finding)
{
  TlTestWait wait = { NULL };
  g_autoptr(GError) error = NULL;
  TlSecret *token;

  tl_setup_get_token_async (setup, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  token = tl_setup_get_token_finish (setup, wait.result, out_finding, &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);

  return token;
}

static void
assert_borrowed (TlTestRep *rep)
{
  g_autofree char *account = dup_shown_account (rep->setup, "account");
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlSecret) token = get_token (rep->setup, &finding);

  g_assert_null (finding);
  g_assert_cmpstr (account, ==, TL_TEST_ISSUER_ACCOUNT);
  g_assert_nonnull (token);
  g_assert_cmpstr (tl_secret_peek (token, NULL), ==, "ya29.token");
  g_assert_true (tl_test_setup_get (rep->setup, "has-secret"));
  g_assert_cmpint (tl_signin_get_state (tl_setup_get_signin (rep->setup)), ==, TL_SIGNIN_DONE);
  /* Nobody was asked to sign in. */
  for (guint i = 0; i < TL_TEST_ISSUER_N_DOORS; i++)
    g_assert_cmpuint (tl_test_issuer_get_n_asked (rep->issuer, (TlTestIssuerDoor) i), ==, 0);
}

static void
test_found (void)
{
  g_autoptr(TlTestMock) mock = start_service (TL_TEST_ISSUER_ACCOUNT, GIVES_TOKEN);
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_OR_APP);
  g_autofree char *before = dup_shown_account (rep->setup, "online-account");
  g_autofree char *after = NULL;

  g_test_summary ("An account that is there already needs no client id, and is offered first");

  g_assert_null (before);
  g_assert_true (tl_signin_needs_client (tl_setup_get_signin (rep->setup)));
  g_assert_cmpint (tl_setup_get_auth (rep->setup), ==, TL_AUTH_APP_PASSWORD);
  look (rep->setup);
  after = dup_shown_account (rep->setup, "online-account");
  g_assert_cmpstr (after, ==, TL_TEST_ISSUER_ACCOUNT);
  g_assert_cmpint (tl_setup_get_auth (rep->setup), ==, TL_AUTH_OAUTH2);
  g_assert_false (tl_test_setup_get (rep->setup, "request-needed"));
  g_assert_false (tl_test_setup_get (rep->setup, "has-secret"));

  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_ONLINE_ACCOUNT));
  assert_borrowed (rep);
}

static void
test_not_looked_for (void)
{
  g_autoptr(TlTestMock) mock = start_service (TL_TEST_ISSUER_ACCOUNT, GIVES_TOKEN);
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);

  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_ONLINE_ACCOUNT));
  assert_borrowed (rep);
}

static void
test_not_kept (void)
{
  g_autoptr(TlTestMock) mock = start_service (TL_TEST_ISSUER_ACCOUNT, GIVES_TOKEN);
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);

  g_test_summary ("What is borrowed is the lender's to keep");

  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_ONLINE_ACCOUNT));
  g_object_set (rep->setup, "remember", TRUE, NULL);
  tl_test_rep_pass (rep, TL_LANE_INCOMING);
  tl_test_rep_pass (rep, TL_LANE_OUTGOING);
  tl_setup_remember_secrets (rep->setup);
  while (tl_test_setup_get (rep->setup, "storing"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (tl_setup_get_store_finding (rep->setup));
  g_assert_false (tl_test_setup_get (rep->setup, "kept"));
  g_assert_null (rep->setup->signin.keeper);
}

typedef struct
{
  const char *name;
  const char *address;   /* whose account there is */
  const char *code;
  const char *finding;
} RefusedCase;

static const RefusedCase refused_cases[] = {
  { .name = "somebody-elses", .address = "other@mail.test", .code = GIVES_TOKEN,
    .finding = "oauth.reauth-needed" },
  { .name = "not-authorised", .address = TL_TEST_ISSUER_ACCOUNT, .code = NOT_AUTHORIZED,
    .finding = "oauth.reauth-needed" },
  { .name = "failed", .address = TL_TEST_ISSUER_ACCOUNT,
    .code = RAISES ("org.gnome.OnlineAccounts.Error.Failed"), .finding = "oauth.unreachable" },
  { .name = "bad-token", .address = TL_TEST_ISSUER_ACCOUNT, .code = "ret = ('a b', 3599)",
    .finding = "oauth.unreachable" },
};

static void
test_refused (gconstpointer data)
{
  const RefusedCase *c = data;
  g_autoptr(TlTestMock) mock = start_service (c->address, c->code);
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);

  g_assert_false (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_ONLINE_ACCOUNT));
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, c->finding);
  g_assert_cmpint (tl_signin_get_state (tl_setup_get_signin (rep->setup)), ==, TL_SIGNIN_IDLE);
  g_assert_false (tl_test_setup_get (rep->setup, "has-secret"));
}

static void
test_lent_once (void)
{
  g_autoptr(TlTestMock) mock = start_service (TL_TEST_ISSUER_ACCOUNT, GIVES_TOKEN);
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlSecret) token = NULL;

  g_test_summary ("O13: a lender that no longer lends is said so before each test");

  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_ONLINE_ACCOUNT));
  g_clear_pointer (&mock, tl_test_mock_stop);
  mock = start_service (TL_TEST_ISSUER_ACCOUNT, NOT_AUTHORIZED);
  token = get_token (rep->setup, &finding);
  g_assert_null (token);
  g_assert_nonnull (finding);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "oauth.reauth-needed");
}

static void
test_another_address (gconstpointer data)
{
  gboolean is_found = GPOINTER_TO_INT (data);
  g_autoptr(TlTestMock) mock =
    start_service (TL_TEST_ISSUER_ACCOUNT, "import time; time.sleep (0.5); " GIVES_TOKEN);
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autofree char *shown = NULL;
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };

  g_test_summary ("O17: what is lent for one mailbox is not taken for the next");

  if (is_found)
    look (rep->setup);
  tl_setup_sign_in_async (rep->setup, TL_SIGNIN_BY_ONLINE_ACCOUNT, NULL, tl_test_wait_ready,
                          &wait);
  if (is_found)
    tl_test_pass_ms (100);
  tl_setup_set_address_text (rep->setup, "other@mail.test");
  tl_test_wait_for (&wait);
  g_assert_false (tl_setup_sign_in_finish (rep->setup, wait.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (wait.result);

  tl_test_pass_ms (800);
  shown = dup_shown_account (rep->setup, "online-account");
  g_assert_null (shown);
  g_assert_null (rep->setup->signin.online);
  g_assert_false (rep->setup->signin.is_borrowed);
  g_assert_false (tl_test_setup_get (rep->setup, "has-secret"));
  g_assert_cmpint (tl_signin_get_state (tl_setup_get_signin (rep->setup)), ==, TL_SIGNIN_IDLE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-online/found", test_found);
  g_test_add_func ("/setup-online/not-looked-for", test_not_looked_for);
  g_test_add_func ("/setup-online/not-kept", test_not_kept);
  for (gsize i = 0; i < G_N_ELEMENTS (refused_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-online/refused/", refused_cases[i].name, NULL);

      g_test_add_data_func (path, &refused_cases[i], test_refused);
    }
  g_test_add_func ("/setup-online/O13/lent-once", test_lent_once);
  g_test_add_data_func ("/setup-online/O17/another-address/seeking", GINT_TO_POINTER (FALSE),
                        test_another_address);
  g_test_add_data_func ("/setup-online/O17/another-address/asking", GINT_TO_POINTER (TRUE),
                        test_another_address);

  return g_test_run ();
}
