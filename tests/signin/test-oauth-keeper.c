/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-keeper.h"

#include <string.h>

#include "tl-error.h"
#include "tl-oauth-metadata.h"
#include "tl-test-issuer.h"

#define N_GETS 50

static const char * const scopes[] = { TL_TEST_ISSUER_SCOPE, NULL };

/* One sign-in, and everything that came of asking for its token. */
typedef struct
{
  TlTestIssuer  *issuer;
  TlOauthServer *server;
  TlOauthClient *client;
  TlNetwork     *network;
  TlContacts    *contacts;
  TlOauthKeeper *keeper;
  GMainLoop     *loop;
  GPtrArray     *tokens;    /* of TlSecret */
  GPtrArray     *findings;  /* of TlFinding */
  guint          n_cancelled;
  guint          n_pending;
  guint          n_rotated;
  guint          n_served_when_rotated;
  GError        *error;
} World;

static void
on_rotated (TlOauthKeeper *keeper,
            gpointer       data)
{
  World *self = data;

  self->n_rotated++;
  self->n_served_when_rotated = self->tokens->len;
}

static World *
world_new (TlTestIssuerMood mood)
{
  World *self = g_new0 (World, 1);
  TlOauthClientParts parts = { .client_id = TL_TEST_ISSUER_CLIENT };

  self->issuer = tl_test_issuer_new (NULL, mood);
  self->server = tl_test_issuer_dup_server (self->issuer);
  self->network = tl_test_issuer_dup_network (self->issuer);
  self->contacts = tl_contacts_new ();
  parts.issuer = tl_test_issuer_get_issuer (self->issuer);
  self->client = tl_oauth_client_new (&parts, NULL);
  self->loop = g_main_loop_new (NULL, FALSE);
  self->tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_secret_unref);
  self->findings = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

static void
world_free (World *self)
{
  g_clear_object (&self->keeper);
  g_ptr_array_unref (self->tokens);
  g_ptr_array_unref (self->findings);
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

/* @access and @refresh as they are, NULL for none; the access token lasts that long, 0 for unknown,
 * less for one that has ended. */
static void
keep (World      *self,
      const char *access,
      const char *refresh,
      int         lasts_s)
{
  const TlOauthRequest request = {
    .server = self->server,
    .client = self->client,
    .scopes = scopes,
    .network = self->network,
    .contacts = self->contacts,
  };
  g_autoptr(TlSecret) refresh_secret = refresh != NULL
    ? tl_secret_new (refresh, strlen (refresh)) : NULL;
  g_autoptr(TlSecret) access_secret = access != NULL ? tl_secret_new (access, strlen (access)) : NULL;
  const TlOauthTokensParts parts = {
    .access = access_secret,
    .refresh = refresh_secret,
    .expires_at_us = lasts_s == 0 ? 0 : g_get_monotonic_time () + (gint64) lasts_s * G_USEC_PER_SEC,
    .account = "kept@mail.test",
  };
  g_autoptr(TlOauthTokens) tokens = access != NULL ? tl_oauth_tokens_new (&parts) : NULL;

  self->keeper = tokens != NULL ? tl_oauth_keeper_new (&request, tokens)
                                : tl_oauth_keeper_new_from_refresh (&request, refresh_secret);
  g_signal_connect (self->keeper, "rotated", G_CALLBACK (on_rotated), self);
}

static void
on_got (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  World *self = data;
  TlFinding *finding = NULL;
  g_autoptr(GError) error = NULL;
  TlSecret *token = tl_oauth_keeper_get_finish (TL_OAUTH_KEEPER (source), result, &finding, &error);

  g_assert_cmpint ((token != NULL) + (finding != NULL) + (error != NULL), ==, 1);
  if (token != NULL)
    g_ptr_array_add (self->tokens, token);
  if (finding != NULL)
    g_ptr_array_add (self->findings, finding);
  if (error != NULL)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      self->n_cancelled++;
    }
  if (--self->n_pending == 0)
    g_main_loop_quit (self->loop);
}

static void
start_get (World        *self,
           guint         seconds,
           GCancellable *cancellable)
{
  self->n_pending++;
  tl_oauth_keeper_get_async (self->keeper, seconds, cancellable, on_got, self);
}

/* Asks once more; gives the token, or NULL with a finding. */
static const char *
get (World *self,
     guint  seconds)
{
  guint n_before = self->tokens->len;

  start_get (self, seconds, NULL);
  g_main_loop_run (self->loop);

  return self->tokens->len > n_before ? tl_secret_peek (self->tokens->pdata[n_before], NULL) : NULL;
}

static void
assert_last_finding (World      *self,
                     const char *id)
{
  g_assert_cmpuint (self->findings->len, >, 0);
  g_assert_cmpstr (tl_finding_get_id (self->findings->pdata[self->findings->len - 1]), ==, id);
}

static guint
count_requests (World *self)
{
  return tl_test_issuer_get_n_asked (self->issuer, TL_TEST_ISSUER_TOKEN);
}

static void
test_lasting (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);

  keep (world, "kept", "refresh-1", 100);
  g_assert_cmpstr (get (world, 60), ==, "kept");
  g_assert_cmpuint (count_requests (world), ==, 0);
  g_assert_cmpstr (get (world, 100), ==, "access-1");
  g_assert_cmpuint (count_requests (world), ==, 1);
  g_assert_cmpstr (tl_oauth_tokens_get_account (tl_oauth_keeper_get_tokens (world->keeper)), ==,
                   TL_TEST_ISSUER_ACCOUNT);
}

static void
test_unknown_lifetime (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);

  keep (world, "kept", "refresh-1", 0);
  g_assert_cmpstr (get (world, 100000), ==, "kept");
  tl_oauth_keeper_spoil (world->keeper, NULL);
  g_assert_cmpstr (get (world, 60), ==, "access-1");
  g_assert_cmpstr (get (world, 60), ==, "access-1");
  g_assert_cmpuint (count_requests (world), ==, 1);
}

static void
test_spoil (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  g_autoptr(TlSecret) same = tl_secret_new ("access-1", 8);
  g_autoptr(TlSecret) older = NULL;

  g_test_summary ("Only the token that is kept can be spoilt, whoever holds it");

  keep (world, "kept", "refresh-1", 1000);
  older = tl_secret_ref (tl_oauth_tokens_get_access (tl_oauth_keeper_get_tokens (world->keeper)));
  tl_oauth_keeper_spoil (world->keeper, older);
  g_assert_cmpstr (get (world, 60), ==, "access-1");
  tl_oauth_keeper_spoil (world->keeper, older);
  g_assert_cmpstr (get (world, 60), ==, "access-1");
  g_assert_cmpuint (count_requests (world), ==, 1);
  tl_oauth_keeper_spoil (world->keeper, same);
  g_assert_cmpstr (get (world, 60), ==, "access-2");
  g_assert_cmpuint (count_requests (world), ==, 2);
}

static void
test_short (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);

  g_test_summary ("A fresh token is handed out even if it lasts for less than was asked");

  tl_test_issuer_set_expires (world->issuer, 5);
  keep (world, NULL, "refresh-1", 0);
  g_assert_cmpstr (get (world, 3600), ==, "access-1");
  g_assert_cmpuint (count_requests (world), ==, 1);
  g_assert_cmpstr (get (world, 3600), ==, "access-2");
}

static void
test_single_flight (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_ROTATES | TL_TEST_ISSUER_SLOW);

  g_test_summary ("However many ask at once, there is one request");

  keep (world, "kept", "refresh-0", -1);
  for (guint i = 0; i < N_GETS; i++)
    start_get (world, 60, NULL);
  g_main_loop_run (world->loop);

  g_assert_cmpuint (count_requests (world), ==, 1);
  g_assert_cmpuint (world->tokens->len, ==, N_GETS);
  for (guint i = 0; i < N_GETS; i++)
    g_assert_true (world->tokens->pdata[i] == world->tokens->pdata[0]);
  g_assert_cmpuint (world->n_rotated, ==, 1);
  g_assert_cmpuint (world->n_served_when_rotated, ==, 0);
}

static void
test_rotation (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_ROTATES);
  g_autofree char *form = NULL;

  tl_test_issuer_set_expires (world->issuer, 1);
  keep (world, NULL, "refresh-0", 0);
  g_assert_cmpstr (get (world, 60), ==, "access-1");
  g_assert_cmpstr (tl_secret_peek (tl_oauth_keeper_get_refresh (world->keeper), NULL), ==, "refresh-1");
  g_assert_cmpstr (get (world, 60), ==, "access-2");
  form = tl_test_issuer_dup_asked (world->issuer, TL_TEST_ISSUER_TOKEN);
  g_assert_nonnull (strstr (form, "refresh_token=refresh-1"));
  g_assert_cmpuint (world->n_rotated, ==, 2);
}

static void
test_not_rotated (void)
{
  static const TlTestIssuerAnswer answers[] = {
    { .body = "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}" },
    { .body = "{\"access_token\":\"b\",\"token_type\":\"Bearer\",\"refresh_token\":\"kept\"}" },
  };
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);

  g_test_summary ("What a server says nothing of stays");

  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_TOKEN, answers, G_N_ELEMENTS (answers));
  keep (world, "old", "kept", -1);
  g_assert_cmpstr (get (world, 0), ==, "a");
  g_assert_cmpstr (tl_secret_peek (tl_oauth_keeper_get_refresh (world->keeper), NULL), ==, "kept");
  g_assert_cmpstr (tl_oauth_tokens_get_account (tl_oauth_keeper_get_tokens (world->keeper)), ==,
                   "kept@mail.test");
  tl_oauth_keeper_spoil (world->keeper, NULL);
  g_assert_cmpstr (get (world, 0), ==, "b");
  g_assert_cmpuint (world->n_rotated, ==, 0);
}

/* Answers that give the next refresh token, and are refused for the rest. */
static const struct
{
  const char *name;
  const char *body;
  const char *id;
} spoilt_answers[] = {
  { "no-lifetime", "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":0,"
                   "\"refresh_token\":\"next\"}", "oauth.bad-answer" },
  { "less-scope",  "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"scope\":\"other\","
                   "\"refresh_token\":\"next\"}", "auth.scope-missing" },
  { "no-access",   "{\"token_type\":\"Bearer\",\"refresh_token\":\"next\"}", "oauth.bad-answer" },
  { "no-count",    "{\"access_token\":\"a\",\"expires_in\":-1,\"refresh_token\":\"next\"}",
    "oauth.bad-answer" },
};

static void
test_rotated_and_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const TlTestIssuerAnswer answers[] = {
    { .body = spoilt_answers[i].body },
    { .body = "{\"access_token\":\"b\",\"token_type\":\"Bearer\"}" },
  };
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  g_autofree char *form = NULL;

  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_TOKEN, answers, G_N_ELEMENTS (answers));
  keep (world, NULL, "refresh-1", 0);
  g_assert_null (get (world, 0));
  assert_last_finding (world, spoilt_answers[i].id);
  g_assert_cmpuint (world->n_rotated, ==, 1);
  g_assert_cmpstr (tl_secret_peek (tl_oauth_keeper_get_refresh (world->keeper), NULL), ==, "next");
  g_assert_nonnull (get (world, 0));
  form = tl_test_issuer_dup_asked (world->issuer, TL_TEST_ISSUER_TOKEN);
  g_assert_nonnull (strstr (form, "refresh_token=next"));
  g_assert_cmpuint (tl_test_issuer_get_n_asked (world->issuer, TL_TEST_ISSUER_REVOKE), ==, 0);
}

static void
test_revoked (void)
{
  static const TlTestIssuerAnswer answers[] = {
    { .status = "400 Bad Request", .body = "{\"error\":\"invalid_grant\"}" },
  };
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);

  g_test_summary ("A refresh token that is refused is not tried again");

  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_TOKEN, answers, 1);
  keep (world, NULL, "refresh-1", 0);
  g_assert_null (get (world, 0));
  assert_last_finding (world, "oauth.reauth-needed");
  g_assert_null (get (world, 0));
  assert_last_finding (world, "oauth.reauth-needed");
  g_assert_cmpuint (count_requests (world), ==, 1);
}

static void
test_network_trouble (void)
{
  static const TlTestIssuerAnswer answers[] = {
    { .status = "503 Service Unavailable", .body = "" },
    { .body = NULL },
  };
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);

  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_TOKEN, answers, 2);
  keep (world, NULL, "refresh-1", 0);
  g_assert_null (get (world, 0));
  assert_last_finding (world, "oauth.unreachable");
  g_assert_cmpstr (get (world, 0), ==, "access-1");
  g_assert_cmpuint (count_requests (world), ==, 2);
}

static void
test_no_refresh (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);

  g_test_summary ("Without a refresh token the access token is good until it ends");

  keep (world, "kept", NULL, 10);
  g_assert_cmpstr (get (world, 60), ==, "kept");
  tl_oauth_keeper_spoil (world->keeper, NULL);
  g_assert_null (get (world, 0));
  assert_last_finding (world, "oauth.reauth-needed");
  g_assert_cmpuint (count_requests (world), ==, 0);
}

static void
test_no_refresh_ended (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);

  keep (world, "kept", NULL, -1);
  g_assert_null (get (world, 0));
  assert_last_finding (world, "oauth.reauth-needed");
}

static void
test_one_cancels (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_SLOW);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_test_summary ("Who gives up takes nothing from the others, nor from the keeper");

  keep (world, NULL, "refresh-1", 0);
  start_get (world, 0, cancellable);
  start_get (world, 0, NULL);
  g_cancellable_cancel (cancellable);
  g_main_loop_run (world->loop);
  g_assert_cmpuint (world->n_cancelled, ==, 1);
  g_assert_cmpuint (world->tokens->len, ==, 1);
  g_assert_cmpuint (count_requests (world), ==, 1);
}

static void
test_all_cancel (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_SLOW | TL_TEST_ISSUER_ROTATES);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  keep (world, NULL, "refresh-0", 0);
  start_get (world, 0, cancellable);
  g_cancellable_cancel (cancellable);
  g_main_loop_run (world->loop);
  g_assert_cmpuint (world->n_cancelled, ==, 1);
  /* Before the answer: waits for the one under way. */
  g_assert_cmpstr (get (world, 0), ==, "access-1");
  g_assert_cmpuint (count_requests (world), ==, 1);
  g_assert_cmpuint (world->n_rotated, ==, 1);
}

/* --- Clocks ------------------------------------------------------------------------ */

/* The test is linked so that whoever asks for the time of day asks here. */
gint64 __real_g_get_real_time (void);
gint64 __wrap_g_get_real_time (void);

static int skew_s; /* (atomic) */

gint64
__wrap_g_get_real_time (void)
{
  return __real_g_get_real_time () + (gint64) g_atomic_int_get (&skew_s) * G_USEC_PER_SEC;
}

static void
test_skew (gconstpointer data)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  gint64 before_us = g_get_real_time ();

  tl_test_issuer_set_expires (world->issuer, 600);
  keep (world, NULL, "refresh-1", 0);
  g_assert_cmpstr (get (world, 300), ==, "access-1");

  g_atomic_int_set (&skew_s, GPOINTER_TO_INT (data));
  g_assert_cmpint (ABS (g_get_real_time () - before_us), >, G_GINT64_CONSTANT (3000000000));
  g_assert_cmpstr (get (world, 300), ==, "access-1");
  g_assert_cmpstr (get (world, 900), ==, "access-2");
  g_atomic_int_set (&skew_s, 0);
  g_assert_cmpuint (count_requests (world), ==, 2);
  g_assert_cmpuint (world->findings->len, ==, 0);
}

/* --- Revoking ---------------------------------------------------------------------- */

typedef struct
{
  const char        *path;
  TlTestIssuerAnswer answer;
  const char        *access;
  const char        *refresh;
  const char        *form;
  int                code;    /* -1: revoked */
} RevokeCase;

static const RevokeCase revoke_cases[] = {
  { "good", { .body = "" }, "kept", "refresh-1",
    "token=refresh-1&token_type_hint=refresh_token&client_id=client-1", -1 },
  { "never-used", { .body = "" }, NULL, "refresh-1",
    "token=refresh-1&token_type_hint=refresh_token&client_id=client-1", -1 },
  { "access", { .body = "" }, "kept", NULL,
    "token=kept&token_type_hint=access_token&client_id=client-1", -1 },
  { "unsupported", { "400 Bad Request", "{\"error\":\"unsupported_token_type\"}" }, "kept",
    "refresh-1", NULL, TL_ERROR_REFUSED },
  { "temporary", { "503 Service Unavailable", "" }, "kept", "refresh-1", NULL, TL_ERROR_TEMPORARY },
};

static void
on_revoked (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  World *self = data;
  gboolean was_revoked = tl_oauth_keeper_revoke_finish (TL_OAUTH_KEEPER (source), result, &self->error);

  g_assert_cmpint (was_revoked, ==, self->error == NULL);
  if (--self->n_pending == 0)
    g_main_loop_quit (self->loop);
}

static void
start_revoke (World        *self,
              GCancellable *cancellable)
{
  self->n_pending++;
  tl_oauth_keeper_revoke_async (self->keeper, cancellable, on_revoked, self);
}

static void
assert_forgotten (World *self)
{
  g_assert_null (tl_oauth_keeper_get_tokens (self->keeper));
  g_assert_null (tl_oauth_keeper_get_refresh (self->keeper));
  g_assert_null (get (self, 0));
  assert_last_finding (self, "oauth.reauth-needed");
}

static void
test_revoke (gconstpointer data)
{
  const RevokeCase *c = data;
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  g_auto(GStrv) hosts = NULL;
  g_autofree char *form = NULL;

  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_REVOKE, &c->answer, 1);
  keep (world, c->access, c->refresh, 100);
  start_revoke (world, NULL);
  g_main_loop_run (world->loop);

  if (c->code < 0)
    g_assert_no_error (world->error);
  else
    g_assert_error (world->error, TL_ERROR, c->code);
  if (c->form != NULL)
    {
      form = tl_test_issuer_dup_asked (world->issuer, TL_TEST_ISSUER_REVOKE);
      g_assert_cmpstr (form, ==, c->form);
    }
  hosts = tl_contacts_dup (world->contacts, TL_CONTACT_WEB);
  g_assert_cmpuint (g_strv_length (hosts), ==, 1);
  g_assert_cmpstr (hosts[0], ==, "issuer.practice.invalid");
  assert_forgotten (world);
}

static void
test_revoke_nowhere (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  const char *issuer = tl_test_issuer_get_issuer (world->issuer);
  g_autofree char *metadata =
    g_strdup_printf ("{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/a\","
                     "\"token_endpoint\":\"%s/token\"}", issuer, issuer, issuer);

  tl_oauth_server_unref (world->server);
  world->server = tl_oauth_metadata_parse (metadata, strlen (metadata), issuer, NULL);
  keep (world, "kept", "refresh-1", 100);
  start_revoke (world, NULL);
  g_main_loop_run (world->loop);
  g_assert_error (world->error, TL_ERROR, TL_ERROR_NOT_FOUND);
  assert_forgotten (world);
}

static void
test_revoke_during_refresh (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_SLOW | TL_TEST_ISSUER_ROTATES);
  g_autofree char *form = NULL;

  g_test_summary ("What a refresh under way brings is revoked, and not what it replaced");

  keep (world, NULL, "refresh-0", 0);
  start_get (world, 0, NULL);
  start_revoke (world, NULL);
  g_main_loop_run (world->loop);
  g_assert_no_error (world->error);
  form = tl_test_issuer_dup_asked (world->issuer, TL_TEST_ISSUER_REVOKE);
  g_assert_cmpstr (form, ==, "token=refresh-1&token_type_hint=refresh_token&client_id=client-1");
  assert_forgotten (world);
}

static void
test_revoke_cancelled (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  keep (world, "kept", "refresh-1", 100);
  g_cancellable_cancel (cancellable);
  start_revoke (world, cancellable);
  g_main_loop_run (world->loop);
  g_assert_error (world->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_forgotten (world);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oauth-keeper/lasting", test_lasting);
  g_test_add_func ("/oauth-keeper/unknown-lifetime", test_unknown_lifetime);
  g_test_add_func ("/oauth-keeper/spoil", test_spoil);
  g_test_add_func ("/oauth-keeper/short", test_short);
  g_test_add_func ("/oauth-keeper/O13/single-flight", test_single_flight);
  g_test_add_func ("/oauth-keeper/O13/rotation", test_rotation);
  g_test_add_func ("/oauth-keeper/O13/not-rotated", test_not_rotated);
  for (gsize i = 0; i < G_N_ELEMENTS (spoilt_answers); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-keeper/O13/rotated-and-refused/",
                                           spoilt_answers[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_rotated_and_refused);
    }
  g_test_add_func ("/oauth-keeper/O13/revoked", test_revoked);
  g_test_add_func ("/oauth-keeper/O13/network-trouble", test_network_trouble);
  g_test_add_func ("/oauth-keeper/O10/no-refresh", test_no_refresh);
  g_test_add_func ("/oauth-keeper/O10/no-refresh-ended", test_no_refresh_ended);
  g_test_add_func ("/oauth-keeper/one-cancels", test_one_cancels);
  g_test_add_func ("/oauth-keeper/all-cancel", test_all_cancel);
  g_test_add_data_func ("/oauth-keeper/O18/an-hour-ahead", GINT_TO_POINTER (3600), test_skew);
  g_test_add_data_func ("/oauth-keeper/O18/an-hour-behind", GINT_TO_POINTER (-3600), test_skew);
  for (gsize i = 0; i < G_N_ELEMENTS (revoke_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-keeper/revoke/", revoke_cases[i].path, NULL);

      g_test_add_data_func (path, &revoke_cases[i], test_revoke);
    }
  g_test_add_func ("/oauth-keeper/revoke/nowhere", test_revoke_nowhere);
  g_test_add_func ("/oauth-keeper/revoke/during-refresh", test_revoke_during_refresh);
  g_test_add_func ("/oauth-keeper/revoke/cancelled", test_revoke_cancelled);

  return g_test_run ();
}
