/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-register.h"

#include <string.h>

#include "tl-json.h"
#include "tl-oauth-metadata.h"
#include "tl-oauth-redirect.h"
#include "tl-test-issuer.h"

static const char * const scopes[] = { TL_TEST_ISSUER_SCOPE, "offline_access", NULL };

typedef struct
{
  TlTestIssuer  *issuer;
  TlContacts    *contacts;
  GMainLoop     *loop;
  TlOauthClient *client;
  TlFinding     *finding;
  GError        *error;
} World;

static World *
world_new (void)
{
  World *self = g_new0 (World, 1);

  self->issuer = tl_test_issuer_new (NULL, TL_TEST_ISSUER_WELL);
  self->contacts = tl_contacts_new ();
  self->loop = g_main_loop_new (NULL, FALSE);

  return self;
}

static void
world_free (World *self)
{
  g_clear_pointer (&self->client, tl_oauth_client_unref);
  g_clear_object (&self->finding);
  g_clear_error (&self->error);
  g_main_loop_unref (self->loop);
  tl_contacts_unref (self->contacts);
  tl_test_issuer_free (self->issuer);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
on_registered (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  World *self = data;

  self->client = tl_oauth_register_finish (result, &self->finding, &self->error);
  g_assert_cmpint ((self->client != NULL) + (self->finding != NULL) + (self->error != NULL), ==, 1);
  g_main_loop_quit (self->loop);
}

static void
register_at (World         *self,
             TlOauthServer *server,
             GCancellable  *cancellable)
{
  g_autoptr(TlNetwork) network = tl_test_issuer_dup_network (self->issuer);

  tl_oauth_register_async (server, scopes, network, self->contacts, cancellable, on_registered,
                           self);
  g_main_loop_run (self->loop);
}

static void
assert_strings (TlJsonReader *reader,
                const char   *member,
                const char   *wanted)
{
  g_auto(GStrv) strings = tl_json_reader_dup_strv (reader, member, TL_JSON_REQUIRED, 9);
  g_autofree char *joined = g_strjoinv (" ", strings);

  g_assert_cmpstr (joined, ==, wanted);
}

static void
assert_string (TlJsonReader *reader,
               const char   *member,
               const char   *wanted)
{
  g_assert_cmpstr (tl_json_reader_get_string (reader, member, TL_JSON_REQUIRED), ==, wanted);
}

static void
test_good (void)
{
  g_autoptr(World) world = world_new ();
  g_autoptr(TlOauthServer) server = tl_test_issuer_dup_server (world->issuer);
  g_autofree char *asked = NULL;
  g_autofree char *path = NULL;
  g_autofree char *redirects = NULL;
  g_auto(GStrv) hosts = NULL;
  g_autoptr(TlJson) json = NULL;
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(GError) error = NULL;

  register_at (world, server, NULL);
  g_assert_nonnull (world->client);
  hosts = tl_contacts_dup (world->contacts, TL_CONTACT_WEB);
  g_assert_cmpuint (g_strv_length (hosts), ==, 1);
  g_assert_cmpstr (hosts[0], ==, "issuer.practice.invalid");
  g_assert_cmpstr (tl_oauth_client_get_id (world->client), ==, TL_TEST_ISSUER_CLIENT);
  g_assert_cmpstr (tl_oauth_client_get_issuer (world->client), ==,
                   tl_test_issuer_get_issuer (world->issuer));
  g_assert_null (tl_oauth_client_get_secret (world->client));
  g_assert_cmpint (tl_oauth_client_get_origin (world->client), ==, TL_CLIENT_REGISTERED);

  asked = tl_test_issuer_dup_asked (world->issuer, TL_TEST_ISSUER_REGISTER);
  json = tl_json_parse (asked, -1, &error);
  g_assert_no_error (error);
  reader = tl_json_reader_new (json, "the registration");
  assert_string (reader, "application_type", "native");
  assert_string (reader, "client_name", "Twolane");
  assert_string (reader, "scope", TL_TEST_ISSUER_SCOPE " offline_access openid email");
  assert_string (reader, "token_endpoint_auth_method", "none");
  path = tl_oauth_redirect_dup_path (tl_test_issuer_get_issuer (world->issuer));
  redirects = g_strdup_printf ("http://127.0.0.1%s http://[::1]%s", path, path);
  assert_strings (reader, "redirect_uris", redirects);
  assert_strings (reader, "response_types", "code");
  assert_strings (reader, "grant_types", "authorization_code refresh_token "
                  "urn:ietf:params:oauth:grant-type:device_code");
  g_assert_true (tl_json_reader_finish (reader, &error));
}

static void
test_no_device (void)
{
  g_autoptr(World) world = world_new ();
  const char *issuer = tl_test_issuer_get_issuer (world->issuer);
  g_autofree char *metadata =
    g_strdup_printf ("{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/a\","
                     "\"token_endpoint\":\"%s/t\",\"registration_endpoint\":\"%s/register\"}",
                     issuer, issuer, issuer, issuer);
  g_autoptr(TlOauthServer) server = tl_oauth_metadata_parse (metadata, strlen (metadata), issuer, NULL);
  g_autofree char *asked = NULL;

  register_at (world, server, NULL);
  asked = tl_test_issuer_dup_asked (world->issuer, TL_TEST_ISSUER_REGISTER);
  g_assert_nonnull (strstr (asked, "\"grant_types\":[\"authorization_code\",\"refresh_token\"]"));
  g_assert_nonnull (strstr (asked, "\"scope\":\"" TL_TEST_ISSUER_SCOPE " offline_access\""));
}

typedef struct
{
  const char *path;
  const char *status;
  const char *body;
  const char *id;       /* NULL: there is a client */
  const char *secret;
} AnswerCase;

#define POST "\"token_endpoint_auth_method\":\"client_secret_post\""

static const AnswerCase answer_cases[] = {
  { "200", NULL, "{\"client_id\":\"c\",\"registration_access_token\":\"t\"}", NULL, NULL },
  { "secret", NULL, "{\"client_id\":\"c\",\"client_secret\":\"s\"," POST "}", NULL, "s" },
  { "secret-unsaid", NULL, "{\"client_id\":\"c\",\"client_secret\":\"s\"}", NULL, "s" },
  { "secret-not-wanted", NULL, "{\"client_id\":\"c\",\"client_secret\":\"s\","
    "\"token_endpoint_auth_method\":\"none\"}", NULL, NULL },
  { "secret-missing", NULL, "{\"client_id\":\"c\"," POST "}", "oauth.bad-answer", NULL },
  { "basic", NULL, "{\"client_id\":\"c\",\"client_secret\":\"s\","
    "\"token_endpoint_auth_method\":\"client_secret_basic\"}", "oauth.bad-answer", NULL },
  { "jwt", NULL, "{\"client_id\":\"c\",\"token_endpoint_auth_method\":\"private_key_jwt\"}",
    "oauth.bad-answer", NULL },
  { "own-redirect", NULL, "{\"client_id\":\"c\",\"redirect_uris\":[\"http://127.0.0.1:1@\"]}", NULL,
    NULL },
  { "redirect-of-all", NULL, "{\"client_id\":\"c\",\"redirect_uris\":[\"http://127.0.0.1/\"]}",
    "oauth.bad-answer", NULL },
  { "other-redirects", NULL, "{\"client_id\":\"c\",\"redirect_uris\":[\"https://evil.test/\"]}",
    "oauth.bad-answer", NULL },
  { "other-grants", NULL, "{\"client_id\":\"c\",\"grant_types\":[\"implicit\"]}",
    "oauth.bad-answer", NULL },
  { "no-id", "201 Created", "{\"client_secret\":\"s\"}", "oauth.bad-answer", NULL },
  { "empty-id", "201 Created", "{\"client_id\":\"\"}", "oauth.bad-answer", NULL },
  { "id-not-ascii", "201 Created", "{\"client_id\":\"\\u00e4\"}", "oauth.bad-answer", NULL },
  { "html", NULL, "<html>", "oauth.bad-answer", NULL },
  { "redirects-refused", "400 Bad Request", "{\"error\":\"invalid_redirect_uri\"}",
    "oauth.no-client", NULL },
  { "refused", "400 Bad Request", "{\"error\":\"invalid_client_metadata\"}", "oauth.no-client",
    NULL },
  { "not-for-everybody", "401 Unauthorized", "{\"error\":\"invalid_token\"}", "oauth.no-client",
    NULL },
  { "denied", "403 Forbidden", "{\"error\":\"access_denied\"}", "oauth.denied", NULL },
  { "out-of-order", "503 Service Unavailable", "", "oauth.unreachable", NULL },
};

static void
test_answer (gconstpointer data)
{
  const AnswerCase *c = data;
  g_autoptr(World) world = world_new ();
  g_autofree char *path = tl_oauth_redirect_dup_path (tl_test_issuer_get_issuer (world->issuer));
  g_autoptr(GString) body = g_string_new (c->body);
  TlTestIssuerAnswer answer = { .status = c->status };
  g_autoptr(TlOauthServer) server = tl_test_issuer_dup_server (world->issuer);
  TlSecret *secret;

  /* An at sign stands for the path. */
  g_string_replace (body, "@", path, 0);
  answer.body = body->str;
  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_REGISTER, &answer, 1);
  register_at (world, server, NULL);
  g_assert_cmpstr (world->finding != NULL ? tl_finding_get_id (world->finding) : NULL, ==, c->id);
  if (world->client == NULL)
    return;

  secret = tl_oauth_client_get_secret (world->client);
  g_assert_cmpstr (tl_oauth_client_get_id (world->client), ==, "c");
  g_assert_cmpstr (secret != NULL ? tl_secret_peek (secret, NULL) : NULL, ==, c->secret);
}

static void
test_cancelled (void)
{
  g_autoptr(World) world = world_new ();
  g_autoptr(TlOauthServer) server = tl_test_issuer_dup_server (world->issuer);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  register_at (world, server, cancellable);
  g_assert_error (world->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oauth-register/good", test_good);
  g_test_add_func ("/oauth-register/no-device", test_no_device);
  for (gsize i = 0; i < G_N_ELEMENTS (answer_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-register/answer/", answer_cases[i].path, NULL);

      g_test_add_data_func (path, &answer_cases[i], test_answer);
    }
  g_test_add_func ("/oauth-register/cancelled", test_cancelled);

  return g_test_run ();
}
