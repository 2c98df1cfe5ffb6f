/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-exchange.h"

#include <string.h>

#include "tl-oauth-metadata.h"
#include "tl-secret-echo.h"
#include "tl-test-issuer.h"

#define CODE     "code-canary-41d7"
#define VERIFIER "verifier-of-this-session-and-no-other-0123456789"

static const char * const scopes[] = { TL_TEST_ISSUER_SCOPE, NULL };

/* Everything that an exchange takes, and what came of it. */
typedef struct
{
  TlTestIssuer   *issuer;
  TlOauthServer  *server;
  TlOauthClient  *client;
  TlNetwork      *network;
  TlContacts     *contacts;
  const char     *login_hint;
  GMainLoop      *loop;
  TlOauthTokens  *tokens;
  TlOauthRefusal *refusal;
  GError         *error;
} World;

static World *
world_new (TlTestIssuerMood mood)
{
  World *self = g_new0 (World, 1);
  g_autoptr(TlSecret) secret = tl_secret_new ("client&secret", 13);
  TlOauthClientParts parts = { .client_id = TL_TEST_ISSUER_CLIENT, .secret = secret };

  self->issuer = tl_test_issuer_new (NULL, mood);
  self->server = tl_test_issuer_dup_server (self->issuer);
  self->network = tl_test_issuer_dup_network (self->issuer);
  self->contacts = tl_contacts_new ();
  parts.issuer = tl_test_issuer_get_issuer (self->issuer);
  self->client = tl_oauth_client_new (&parts, &self->error);
  g_assert_no_error (self->error);
  self->loop = g_main_loop_new (NULL, FALSE);

  return self;
}

static void
world_free (World *self)
{
  g_clear_pointer (&self->tokens, tl_oauth_tokens_unref);
  g_clear_pointer (&self->refusal, tl_oauth_refusal_free);
  g_clear_error (&self->error);
  g_main_loop_unref (self->loop);
  tl_oauth_client_unref (self->client);
  tl_oauth_server_unref (self->server);
  tl_contacts_unref (self->contacts);
  tl_network_unref (self->network);
  tl_test_issuer_free (self->issuer);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
on_exchanged (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  World *self = data;

  self->tokens = tl_oauth_exchange_finish (result, &self->refusal, &self->error);
  g_main_loop_quit (self->loop);
}

static void
exchange (World              *self,
          const TlOauthProof *proof,
          GCancellable       *cancellable)
{
  const TlOauthRequest request = {
    .server = self->server,
    .client = self->client,
    .scopes = scopes,
    .login_hint = self->login_hint,
    .network = self->network,
    .contacts = self->contacts,
  };

  tl_oauth_exchange_async (&request, proof, cancellable, on_exchanged, self);
  g_main_loop_run (self->loop);
}

static void
exchange_code (World      *self,
               const char *verifier)
{
  g_autoptr(TlSecret) code = tl_secret_new (CODE, strlen (CODE));
  g_autoptr(TlSecret) secret = tl_secret_new (verifier, strlen (verifier));
  const TlOauthProof proof = {
    .grant = TL_OAUTH_GRANT_CODE,
    .secret = code,
    .verifier = secret,
    .redirect_uri = "http://127.0.0.1:49152/a b",
    .nonce = "nonce-1",
  };

  exchange (self, &proof, NULL);
}

/* Somebody signs in; the challenge is the one of VERIFIER. */
static void
sign_in (World *self)
{
  g_autofree char *sent_to =
    tl_test_issuer_authorize (self->issuer,
                              "/authorize?redirect_uri=http%3A%2F%2F127.0.0.1%3A49152%2F"
                              "&state=s&nonce=nonce-1&code_challenge_method=S256"
                              "&code_challenge=qhkYdAtbenRLsnJ2K6UNX76ygpku3boHGoIC0tJyT-4");
}

static void
test_code (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  g_autofree char *form = NULL;

  sign_in (world);
  exchange_code (world, VERIFIER);
  g_assert_no_error (world->error);
  g_assert_null (world->refusal);
  g_assert_cmpstr (tl_secret_peek (tl_oauth_tokens_get_access (world->tokens), NULL), ==, "access-1");
  g_assert_cmpstr (tl_secret_peek (tl_oauth_tokens_get_refresh (world->tokens), NULL), ==,
                   "refresh-1");
  g_assert_cmpstr (tl_oauth_tokens_get_account (world->tokens), ==, TL_TEST_ISSUER_ACCOUNT);

  form = tl_test_issuer_dup_asked (world->issuer, TL_TEST_ISSUER_TOKEN);
  g_assert_cmpstr (form, ==,
                   "grant_type=authorization_code&client_id=client-1&code=" CODE
                   "&redirect_uri=http%3A%2F%2F127.0.0.1%3A49152%2Fa+b&code_verifier=" VERIFIER
                   "&client_secret=client%26secret");
}

static void
test_contacts (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  g_auto(GStrv) asked = NULL;

  exchange_code (world, VERIFIER);
  asked = tl_contacts_dup (world->contacts, TL_CONTACT_WEB);
  g_assert_cmpuint (g_strv_length (asked), ==, 1);
  g_assert_cmpstr (asked[0], ==, "issuer.practice.invalid");
}

static void
test_pkce (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);

  g_test_summary ("A code of another session does not go with the verifier of this one");

  sign_in (world);
  exchange_code (world, "verifier-of-another-session-and-not-this-0123456789");
  g_assert_no_error (world->error);
  g_assert_null (world->tokens);
  g_assert_cmpstr (world->refusal->error, ==, "invalid_grant");
  g_assert_cmpstr (tl_finding_get_id (world->refusal->finding), ==, "oauth.exchange-rejected");
  g_assert_cmpuint (tl_test_issuer_get_n_asked (world->issuer, TL_TEST_ISSUER_TOKEN), ==, 1);
}

static void
test_refresh_form (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  g_autoptr(TlSecret) refresh = tl_secret_new ("refresh-1", 9);
  const TlOauthProof proof = { .grant = TL_OAUTH_GRANT_REFRESH_TOKEN, .secret = refresh };
  g_autofree char *form = NULL;

  exchange (world, &proof, NULL);
  g_assert_nonnull (world->tokens);
  form = tl_test_issuer_dup_asked (world->issuer, TL_TEST_ISSUER_TOKEN);
  g_assert_cmpstr (form, ==, "grant_type=refresh_token&client_id=client-1&refresh_token=refresh-1"
                   "&client_secret=client%26secret");
}

static void
test_unreachable (void)
{
  static const TlTestIssuerAnswer answers[] = { { .status = "503 Service Unavailable",
                                                  .body = "<html>", .header = "Retry-After: 7" } };
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);

  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_TOKEN, answers, 1);
  exchange_code (world, VERIFIER);
  g_assert_cmpstr (tl_finding_get_id (world->refusal->finding), ==, "oauth.unreachable");
  g_assert_cmpuint (world->refusal->retry_after, ==, 7);
  g_assert_null (world->refusal->error);
  g_assert_cmpuint (tl_test_issuer_get_n_asked (world->issuer, TL_TEST_ISSUER_TOKEN), ==, 1);
}

static void
test_nobody_there (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  g_autofree char *metadata = g_strdup_printf ("{\"issuer\":\"%s\","
                                               "\"authorization_endpoint\":\"https://issuer.practice.invalid:1/a\","
                                               "\"token_endpoint\":\"https://issuer.practice.invalid:1/t\"}",
                                               tl_test_issuer_get_issuer (world->issuer));

  tl_oauth_server_unref (world->server);
  world->server = tl_oauth_metadata_parse (metadata, strlen (metadata),
                                           tl_test_issuer_get_issuer (world->issuer), NULL);
  exchange_code (world, VERIFIER);
  g_assert_cmpstr (tl_finding_get_id (world->refusal->finding), ==, "oauth.unreachable");
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (world->refusal->finding),
                                           TL_EVIDENCE_HOST), ==, "issuer.practice.invalid");
}

static void
test_repeated_secrets (void)
{
  static const TlTestIssuerAnswer answers[] = {
    { .status = "400 Bad Request",
      .body = "{\"error\":\"" CODE "\",\"error_description\":\"no " CODE " " VERIFIER
              " client&secret \\u001b[31m\"}" },
  };
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  g_autofree char *seen = NULL;

  g_test_summary ("A server that repeats what it was sent does not get it into the evidence");

  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_TOKEN, answers, 1);
  exchange_code (world, VERIFIER);
  seen = g_variant_print (tl_finding_get_evidence (world->refusal->finding), FALSE);
  g_assert_nonnull (strstr (seen, "no ••• ••• •••"));
  g_assert_null (strstr (seen, CODE));
  g_assert_null (strstr (seen, VERIFIER));
  g_assert_null (strstr (seen, "client&secret"));
  g_assert_null (strstr (world->refusal->error, CODE));
  g_assert_null (strchr (seen, '\x1b'));
}

/* A code, and a server that says it back in other ways. */
static const struct
{
  const char *name;
  const char *said;
} echoes[] = {
  { "percent",   "code=%63%6fde%2Dcanary%2D41d7" },
  { "base64",    "Y29kZS1jYW5hcnktNDFkNw==" },
  { "base64-1",  "eGNvZGUtY2FuYXJ5LTQxZDc=" },
  { "base64-2",  "eHhjb2RlLWNhbmFyeS00MWQ3" },
  { "hex",       "636F64652D63616E6172792D34316437" },
  { "backwards", "7d14-yranac-edoc" },
  { "format",    "code-ca\u200bnary\u202e-41d7" },
  { "case",      "CODE-CANARY-41D7" },
};

static void
test_other_ways (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  g_autofree char *body = g_strdup_printf ("{\"error\":\"invalid_grant\","
                                           "\"error_description\":\"bad %s.\"}", echoes[i].said);
  const TlTestIssuerAnswer answer = { .status = "400 Bad Request", .body = body };

  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_TOKEN, &answer, 1);
  exchange_code (world, VERIFIER);
  g_assert_cmpstr (tl_finding_get_id (world->refusal->finding), ==, "oauth.exchange-rejected");
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (world->refusal->finding),
                                           TL_EVIDENCE_SERVER_TEXT), ==, TL_SECRET_ECHO_LEFT_OUT);
}

/* Tokens that came and are not used. */
static const struct
{
  const char *name;
  const char *body;
  const char *id;
  const char *revoked;
} unwanted[] = {
  { "scope", "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"scope\":\"other\","
             "\"refresh_token\":\"r\"}", "auth.scope-missing",
    "token=r&token_type_hint=refresh_token&client_id=client-1&client_secret=client%26secret" },
  { "scope-no-refresh", "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"scope\":\"other\"}",
    "auth.scope-missing",
    "token=a&token_type_hint=access_token&client_id=client-1&client_secret=client%26secret" },
  { "account", NULL, "auth.wrong-account",
    "token=refresh-1&token_type_hint=refresh_token&client_id=client-1"
    "&client_secret=client%26secret" },
};

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_unwanted (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const TlTestIssuerAnswer answer = { .body = unwanted[i].body };
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  gint64 until_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  guint tick = g_timeout_add (20, on_tick, NULL);
  g_autofree char *asked = NULL;

  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_TOKEN, &answer, 1);
  world->login_hint = "somebody.else@mail.test";
  sign_in (world);
  exchange_code (world, VERIFIER);
  g_assert_null (world->tokens);
  g_assert_cmpstr (tl_finding_get_id (world->refusal->finding), ==, unwanted[i].id);
  g_assert_null (world->refusal->refresh);
  while (tl_test_issuer_get_n_asked (world->issuer, TL_TEST_ISSUER_REVOKE) == 0 &&
         g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, TRUE);
  asked = tl_test_issuer_dup_asked (world->issuer, TL_TEST_ISSUER_REVOKE);
  g_assert_cmpstr (asked, ==, unwanted[i].revoked);
  g_source_remove (tick);
  /* What is left of it. */
  for (guint n = 0; n < 20; n++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (5000);
    }
}

static void
test_cancelled (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlSecret) refresh = tl_secret_new ("refresh-1", 9);
  const TlOauthProof proof = { .grant = TL_OAUTH_GRANT_REFRESH_TOKEN, .secret = refresh };

  g_cancellable_cancel (cancellable);
  exchange (world, &proof, cancellable);
  g_assert_error (world->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (world->refusal);
  g_assert_null (world->tokens);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oauth-exchange/code", test_code);
  g_test_add_func ("/oauth-exchange/contacts", test_contacts);
  g_test_add_func ("/oauth-exchange/O03/pkce", test_pkce);
  g_test_add_func ("/oauth-exchange/refresh", test_refresh_form);
  g_test_add_func ("/oauth-exchange/unreachable", test_unreachable);
  g_test_add_func ("/oauth-exchange/nobody-there", test_nobody_there);
  g_test_add_func ("/oauth-exchange/P9/repeated-secrets", test_repeated_secrets);
  for (gsize i = 0; i < G_N_ELEMENTS (echoes); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-exchange/P9/other-ways/", echoes[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_other_ways);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (unwanted); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-exchange/unwanted/", unwanted[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_unwanted);
    }
  g_test_add_func ("/oauth-exchange/cancelled", test_cancelled);

  return g_test_run ();
}
