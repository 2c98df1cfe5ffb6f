/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sign-in leaves in a keyring that works, and takes out of it: see with-bus. */
#include "tl-test-rep.h"

#include <string.h>

#define OAUTH_ONLY "\"oauth2\""
#define OAUTH_OR_APP "\"oauth2\", \"app-password\""

static const TlTestIssuerAnswer refusal = {
  .status = "400 Bad Request", .body = "{\"error\":\"invalid_grant\"}",
};
static const TlTestIssuerAnswer silence = { .status = "" };
static const TlTestIssuerAnswer outage = { .status = "503 Service Unavailable", .body = "" };

/* What comes into the keyring though nobody says so comes meanwhile. */
#define LATE_MS 100

/* Waits for what the set-up says that it keeps. */
static void
settle (TlSetup *setup)
{
  while (tl_test_setup_get (setup, "storing"))
    g_main_context_iteration (NULL, TRUE);
  tl_test_pass_ms (LATE_MS);
}

static TlSecret *
look_up (TlVaultUse use)
{
  TlTestWait wait = { NULL };
  TlVaultStatus status = TL_VAULT_NO_SERVICE;
  g_autoptr(GError) error = NULL;
  TlSecret *secret;
  const char *server = NULL;

  if (use == TL_VAULT_INCOMING_PASSWORD)
    server = "imap.mail.test";
  else if (use == TL_VAULT_OUTGOING_PASSWORD)
    server = "smtp.mail.test";
  tl_vault_lookup_async (use, TL_TEST_ISSUER_ACCOUNT, server, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  secret = tl_vault_lookup_finish (wait.result, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, secret == NULL ? TL_VAULT_NOTHING : TL_VAULT_OK);
  g_object_unref (wait.result);

  return secret;
}

/* What the keyring has as the sign-in: NULL for nothing. */
static void
assert_kept (const char *refresh)
{
  g_autoptr(TlSecret) secret = look_up (TL_VAULT_REFRESH_TOKEN);
  g_autoptr(TlSigninKeep) keep = secret == NULL ? NULL : tl_signin_keep_decode (secret, NULL);
  const char *bytes;
  gsize len = 0;

  g_assert_cmpint (secret != NULL, ==, refresh != NULL);
  if (refresh == NULL)
    return;
  g_assert_nonnull (keep);
  bytes = tl_secret_peek (keep->refresh, &len);
  g_assert_cmpmem (bytes, len, refresh, strlen (refresh));
}

static void
forget_all (void)
{
  TlTestWait wait = { NULL };
  TlVaultStatus status = TL_VAULT_NO_SERVICE;

  tl_vault_forget_account_async (TL_TEST_ISSUER_ACCOUNT, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_true (tl_vault_forget_account_finish (wait.result, &status, NULL));
  g_object_unref (wait.result);
}

/* Signs in, passes both lanes, and has that kept. */
static TlTestRep *
begin_kept (TlTestIssuerMood  mood,
            const char       *sign_in)
{
  TlTestRep *rep = tl_test_rep_new (mood, sign_in);

  forget_all ();
  tl_test_rep_register (rep);
  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  g_object_set (rep->setup, "remember", TRUE, NULL);
  settle (rep->setup);
  assert_kept (NULL);

  tl_test_rep_pass (rep, TL_LANE_INCOMING);
  tl_test_rep_pass (rep, TL_LANE_OUTGOING);
  g_assert_false (tl_test_setup_get (rep->setup, "kept"));
  tl_setup_remember_secrets (rep->setup);
  while (tl_test_setup_get (rep->setup, "storing"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (tl_test_setup_get (rep->setup, "kept"));
  g_assert_true (tl_test_setup_get (rep->setup, "remember"));
  g_assert_null (tl_setup_get_store_finding (rep->setup));

  return rep;
}

/* @finding_id is why there is none: NULL where there is one. */
static TlSecret *
get_token (TlSetup    *setup,
           const char *finding_id)
{
  TlTestWait wait = { NULL };
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GError) error = NULL;
  TlSecret *token;

  tl_setup_get_token_async (setup, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  token = tl_setup_get_token_finish (setup, wait.result, &finding, &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  g_assert_cmpstr (finding == NULL ? NULL : tl_finding_get_id (finding), ==, finding_id);
  g_assert_cmpint (token == NULL, ==, finding_id != NULL);

  return token;
}

static gboolean
recall (TlSetup *setup)
{
  TlTestWait wait = { NULL };
  g_autoptr(GError) error = NULL;
  gboolean has_all;

  tl_setup_recall_async (setup, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  has_all = tl_setup_recall_finish (setup, wait.result, &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);

  return has_all;
}

/* Returns what the issuer was asked first to take back. */
static char *
forget (TlTestRep *rep,
        TlSetup   *setup)
{
  TlTestWait wait = { NULL };
  g_autoptr(GError) error = NULL;
  char *first = NULL;

  tl_setup_forget_async (setup, NULL, tl_test_wait_ready, &wait);
  while (wait.result == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      if (first == NULL)
        first = tl_test_issuer_dup_asked (rep->issuer, TL_TEST_ISSUER_REVOKE);
    }
  g_assert_true (tl_setup_forget_finish (setup, wait.result, &error));
  g_assert_no_error (error);
  g_object_unref (wait.result);

  return first;
}

/* Puts a sign-in into the keyring that no server can have given. */
static void
spoil_kept (void)
{
  g_autoptr(TlSecret) secret = look_up (TL_VAULT_REFRESH_TOKEN);
  g_autoptr(TlSigninKeep) keep = tl_signin_keep_decode (secret, NULL);
  g_autoptr(TlSecret) spoilt = NULL;
  g_autofree char *plain = g_strconcat ("http", strstr (keep->issuer, ":"), NULL);
  TlTestWait wait = { NULL };
  TlVaultStatus status = TL_VAULT_NO_SERVICE;

  g_free (keep->issuer);
  keep->issuer = g_steal_pointer (&plain);
  spoilt = tl_signin_keep_encode (keep);
  tl_vault_store_async (TL_VAULT_REFRESH_TOKEN, TL_TEST_ISSUER_ACCOUNT, NULL, spoilt, NULL,
                        tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_true (tl_vault_store_finish (wait.result, &status, NULL));
  g_object_unref (wait.result);
}

/* The set-up of somebody whose provider gives programs a secret too. */
static TlSetup *
begin_secretive (TlClientStore *clients)
{
  TlSetup *setup = tl_setup_new ();

  tl_setup_set_client_store (setup, clients);
  tl_setup_set_address_text (setup, "ada@acme.test");
  setup->provider = tl_provider_ref (tl_providers_find ("google"));
  tl_setup_refresh_signin (setup);
  while (tl_test_setup_get (setup, "seeking-account"))
    g_main_context_iteration (NULL, TRUE);

  return setup;
}

static void
test_client (void)
{
  const char *issuer = "https://accounts.google.com";
  g_autoptr(TlClientStore) clients = tl_client_store_new ("/nonexistent/policy.json");
  g_autoptr(TlClientStore) later = tl_client_store_new ("/nonexistent/policy.json");
  g_autoptr(TlSetup) setup = begin_secretive (clients);
  g_autoptr(TlSetup) again = NULL;
  g_autoptr(TlSecret) secret = tl_secret_new ("c2d3", 4);
  g_autoptr(GError) error = NULL;
  TlOauthClient *client;

  g_test_summary ("A client with a secret is in the keyring, and found there the next time");

  g_assert_true (tl_signin_needs_client (tl_setup_get_signin (setup)));
  g_assert_true (tl_setup_set_client (setup, "id", NULL, secret, &error));
  g_assert_no_error (error);
  while (tl_test_setup_get (setup, "storing"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (tl_setup_get_store_finding (setup));
  g_assert_false (tl_test_setup_get (setup, "kept"));

  g_assert_null (tl_client_store_find (later, issuer));
  again = begin_secretive (later);
  client = tl_client_store_find (later, issuer);
  g_assert_nonnull (client);
  g_assert_cmpstr (tl_oauth_client_get_id (client), ==, "id");
  g_assert_true (tl_secret_equal (tl_oauth_client_get_secret (client), secret));
  g_assert_false (tl_signin_needs_client (tl_setup_get_signin (again)));
}

static void
test_recalled (void)
{
  g_autoptr(TlTestRep) rep = begin_kept (TL_TEST_ISSUER_WELL, OAUTH_OR_APP);
  g_autoptr(TlSetup) again = tl_test_rep_begin (rep, TL_TEST_ISSUER_ACCOUNT);
  TlSignin *signin = tl_setup_get_signin (again);
  g_autofree char *unknown = NULL;
  g_autofree char *account = NULL;
  g_autoptr(TlSecret) token = NULL;

  g_test_summary ("A kept sign-in is one, and who it was is known when it is used");

  assert_kept ("refresh-1");
  g_assert_true (recall (again));
  g_assert_cmpint (tl_signin_get_state (signin), ==, TL_SIGNIN_DONE);
  g_assert_cmpint (tl_setup_get_auth (again), ==, TL_AUTH_OAUTH2);
  g_object_get (signin, "account", &unknown, NULL);
  g_assert_null (unknown);
  g_assert_cmpint (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_TOKEN), ==, 1);

  token = get_token (again, NULL);
  g_assert_cmpint (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_TOKEN), ==, 2);
  g_object_get (signin, "account", &account, NULL);
  g_assert_cmpstr (account, ==, TL_TEST_ISSUER_ACCOUNT);
}

static void
test_rotated (gconstpointer data)
{
  gboolean leaves = GPOINTER_TO_INT (data);
  g_autoptr(TlTestRep) rep = begin_kept (TL_TEST_ISSUER_ROTATES | TL_TEST_ISSUER_SLOW, OAUTH_ONLY);
  g_autoptr(TlSetup) again = tl_test_rep_begin (rep, TL_TEST_ISSUER_ACCOUNT);
  g_autoptr(TlSecret) token = NULL;
  TlTestWait wait = { NULL };

  g_test_summary ("O13: a token that was replaced is replaced in the keyring at once, with no test, "
                  "and even when somebody has gone on to the next mailbox");

  assert_kept ("refresh-1");
  g_assert_true (recall (again));
  if (leaves)
    {
      tl_setup_get_token_async (again, NULL, tl_test_wait_ready, &wait);
      while (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_TOKEN) < 2)
        tl_test_pass_ms (5);
      tl_setup_set_address_text (again, "other@mail.test");
      tl_test_wait_for (&wait);
      g_object_unref (wait.result);
    }
  else
    {
      token = get_token (again, NULL);
    }
  settle (again);
  assert_kept ("refresh-2");
}

static void
test_ended (void)
{
  g_autoptr(TlTestRep) rep = begin_kept (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(TlSetup) again = tl_test_rep_begin (rep, TL_TEST_ISSUER_ACCOUNT);
  g_autoptr(TlSecret) token = NULL;

  g_test_summary ("O13: a sign-in that was taken back is asked for again, and not kept any longer");

  tl_test_issuer_script (rep->issuer, TL_TEST_ISSUER_TOKEN, &refusal, 1);
  g_assert_true (recall (again));
  token = get_token (again, "oauth.reauth-needed");
  g_assert_cmpstr (tl_finding_get_id (tl_signin_get_finding (tl_setup_get_signin (again))), ==,
                   "oauth.reauth-needed");
  g_assert_false (tl_test_setup_get (again, "has-secret"));
  settle (again);
  assert_kept (NULL);
}

static void
test_outage (void)
{
  g_autoptr(TlTestRep) rep = begin_kept (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(TlSetup) again = tl_test_rep_begin (rep, TL_TEST_ISSUER_ACCOUNT);
  g_autoptr(TlSecret) token = NULL;
  g_autoptr(TlSecret) later = NULL;

  g_test_summary ("O13: a server that is down for a moment ends no sign-in, and takes nothing out of "
                  "the keyring");

  tl_test_issuer_script (rep->issuer, TL_TEST_ISSUER_TOKEN, &outage, 1);
  g_assert_true (recall (again));
  token = get_token (again, "oauth.unreachable");
  g_assert_cmpint (tl_signin_get_state (tl_setup_get_signin (again)), ==, TL_SIGNIN_DONE);
  g_assert_null (tl_signin_get_finding (tl_setup_get_signin (again)));
  g_assert_true (tl_test_setup_get (again, "has-secret"));
  settle (again);
  assert_kept ("refresh-1");

  tl_test_issuer_script (rep->issuer, TL_TEST_ISSUER_TOKEN, NULL, 0);
  later = get_token (again, NULL);
}

static void
test_late_kept (void)
{
  g_autoptr(TlTestRep) rep = begin_kept (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(TlSetup) again = tl_test_rep_begin (rep, TL_TEST_ISSUER_ACCOUNT);
  g_autoptr(TlSecret) kept = look_up (TL_VAULT_REFRESH_TOKEN);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlSecret) token = NULL;
  g_autoptr(GError) error = NULL;
  guint n_asked = tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_TOKEN);
  TlTestWait wait = { NULL };

  g_test_summary ("O17: the kept token of the next mailbox does not go where the one before was "
                  "signed in to");

  g_assert_true (recall (again));
  tl_setup_get_token_async (again, NULL, tl_test_wait_ready, &wait);
  tl_setup_set_address_text (again, "other@mail.test");
  again->signin.kept = tl_signin_keep_decode (kept, NULL);
  tl_test_wait_for (&wait);
  token = tl_setup_get_token_finish (again, wait.result, &finding, &error);
  g_object_unref (wait.result);
  g_assert_no_error (error);
  g_assert_null (token);
  g_assert_nonnull (again->signin.kept);
  g_assert_cmpuint (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_TOKEN), ==, n_asked);
}

static void
test_other_client (void)
{
  g_autoptr(TlTestRep) rep = begin_kept (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(TlSetup) again = tl_test_rep_begin (rep, TL_TEST_ISSUER_ACCOUNT);
  g_autoptr(TlSecret) token = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *asked = NULL;

  g_test_summary ("O13: a kept token is used as the client that it was given to, whatever IT says by "
                  "now");

  g_assert_true (tl_setup_set_client (again, "client-2", NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (recall (again));
  token = get_token (again, NULL);
  asked = tl_test_issuer_dup_asked (rep->issuer, TL_TEST_ISSUER_TOKEN);
  g_assert_nonnull (strstr (asked, "client_id=" TL_TEST_ISSUER_CLIENT));
}

static void
test_updated (void)
{
  g_autoptr(TlTestRep) rep = begin_kept (TL_TEST_ISSUER_ROTATES, OAUTH_OR_APP);
  g_autoptr(TlSecret) own = tl_secret_new ("abcdefghijklmnop", 16);
  g_autoptr(TlSecret) kept = NULL;
  g_autoptr(TlSecret) none = NULL;

  g_test_summary ("A new sign-in replaces the kept one once it has worked, and a password a sign-in");

  g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  settle (rep->setup);
  assert_kept ("refresh-1");
  tl_test_rep_pass (rep, TL_LANE_INCOMING);
  tl_setup_remember_secrets (rep->setup);
  settle (rep->setup);
  assert_kept ("refresh-2");

  tl_setup_set_auth (rep->setup, TL_AUTH_APP_PASSWORD);
  tl_setup_set_secret (rep->setup, TL_LANE_NONE, own);
  settle (rep->setup);
  assert_kept ("refresh-2");
  tl_test_rep_pass (rep, TL_LANE_INCOMING);
  tl_setup_remember_secrets (rep->setup);
  settle (rep->setup);
  assert_kept (NULL);
  kept = look_up (TL_VAULT_INCOMING_PASSWORD);
  g_assert_true (tl_secret_equal (kept, own));
  none = look_up (TL_VAULT_OUTGOING_PASSWORD);
  g_assert_null (none);

  tl_setup_set_auth (rep->setup, TL_AUTH_OAUTH2);
  tl_test_rep_pass (rep, TL_LANE_INCOMING);
  tl_setup_remember_secrets (rep->setup);
  settle (rep->setup);
  assert_kept ("refresh-2");
  g_clear_pointer (&kept, tl_secret_unref);
  kept = look_up (TL_VAULT_INCOMING_PASSWORD);
  g_assert_null (kept);
}

typedef struct
{
  const char *name;
  gboolean    is_here;     /* the set-up is signed in itself */
  gboolean    is_anew;     /* signed in once more since that was kept */
  gboolean    is_refused;  /* the server does not take the token back */
  gboolean    is_away;     /* the server hangs up */
  gboolean    is_spoilt;   /* what was kept cannot be meant */
  gboolean    is_password;
  const char *first;       /* what is taken back; NULL: nothing is asked */
  const char *last;
  guint       n_asked;
  guint       n_left;
} ForgetCase;

static const ForgetCase forget_cases[] = {
  { .name = "here", .is_here = TRUE, .first = "refresh-1", .last = "refresh-1", .n_asked = 1,
    .n_left = 1 },
  { .name = "another-run", .first = "refresh-1", .last = "refresh-1", .n_asked = 1, .n_left = 1 },
  { .name = "another-token", .is_here = TRUE, .is_anew = TRUE, .first = "refresh-2",
    .last = "refresh-1", .n_asked = 2, .n_left = 1 },
  { .name = "not-taken-back", .is_refused = TRUE, .first = "refresh-1", .last = "refresh-1",
    .n_asked = 1, .n_left = 2 },
  { .name = "not-taken-back-here", .is_here = TRUE, .is_refused = TRUE, .first = "refresh-1",
    .last = "refresh-1", .n_asked = 1, .n_left = 2 },
  { .name = "server-away", .is_away = TRUE, .first = "refresh-1", .last = "refresh-1",
    .n_asked = 1, .n_left = 2 },
  { .name = "no-client", .is_spoilt = TRUE, .n_left = 2 },
  { .name = "app-password", .is_here = TRUE, .is_password = TRUE, .first = "refresh-1",
    .last = "refresh-1", .n_asked = 1, .n_left = 2 },
};

static gboolean
names_token (const char *asked,
             const char *token)
{
  g_autofree char *pair = g_strconcat ("token=", token, NULL);

  return token == NULL ? asked == NULL : asked != NULL && strstr (asked, pair) != NULL;
}

static void
test_forget (gconstpointer data)
{
  const ForgetCase *c = data;
  g_autoptr(TlTestRep) rep = begin_kept (TL_TEST_ISSUER_ROTATES, OAUTH_OR_APP);
  g_autoptr(TlSetup) again = tl_test_rep_begin (rep, TL_TEST_ISSUER_ACCOUNT);
  g_autoptr(TlSecret) own = tl_secret_new ("abcdefghijklmnop", 16);
  g_autoptr(TlSecret) password = NULL;
  g_autoptr(GListModel) left = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  TlSetup *setup = c->is_here ? rep->setup : again;

  g_test_summary ("Forgetting gives back, empties, and says what is left; without discovery too");

  if (c->is_refused)
    tl_test_issuer_script (rep->issuer, TL_TEST_ISSUER_REVOKE, &outage, 1);
  if (c->is_away)
    tl_test_issuer_script (rep->issuer, TL_TEST_ISSUER_REVOKE, &silence, 1);
  if (c->is_spoilt)
    spoil_kept ();
  if (c->is_anew)
    g_assert_true (tl_test_rep_sign_in (rep, TL_SIGNIN_BY_BROWSER));
  if (c->is_password)
    {
      tl_setup_set_auth (setup, TL_AUTH_APP_PASSWORD);
      tl_setup_set_secret (setup, TL_LANE_NONE, own);
      tl_test_rep_pass (rep, TL_LANE_INCOMING);
      tl_setup_remember_secrets (setup);
      settle (setup);
    }

  first = forget (rep, setup);
  last = tl_test_issuer_dup_asked (rep->issuer, TL_TEST_ISSUER_REVOKE);
  g_assert_cmpint (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_REVOKE), ==,
                   c->n_asked);
  g_assert_true (names_token (first, c->first));
  g_assert_true (names_token (last, c->last));
  g_assert_null (tl_setup_get_store_finding (setup));
  settle (setup);
  assert_kept (NULL);
  password = look_up (TL_VAULT_INCOMING_PASSWORD);
  g_assert_null (password);
  g_assert_false (tl_test_setup_get (setup, "has-secret"));
  g_assert_null (setup->signin.keeper);
  g_assert_cmpint (tl_signin_get_state (tl_setup_get_signin (setup)), ==, TL_SIGNIN_IDLE);
  g_object_get (setup, "left-to-do", &left, NULL);
  g_assert_cmpint (g_list_model_get_n_items (left), ==, c->n_left);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-keep/client", test_client);
  g_test_add_func ("/setup-keep/recalled", test_recalled);
  g_test_add_data_func ("/setup-keep/O13/rotated/here", GINT_TO_POINTER (FALSE), test_rotated);
  g_test_add_data_func ("/setup-keep/O13/rotated/left", GINT_TO_POINTER (TRUE), test_rotated);
  g_test_add_func ("/setup-keep/O13/ended", test_ended);
  g_test_add_func ("/setup-keep/O13/outage", test_outage);
  g_test_add_func ("/setup-keep/O13/other-client", test_other_client);
  g_test_add_func ("/setup-keep/O17/late-kept", test_late_kept);
  g_test_add_func ("/setup-keep/updated", test_updated);
  for (gsize i = 0; i < G_N_ELEMENTS (forget_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/setup-keep/forget/%s", forget_cases[i].name);

      g_test_add_data_func (path, &forget_cases[i], test_forget);
    }

  return g_test_run ();
}
