/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-device.h"

#include <string.h>

#include "tl-oauth-metadata.h"
#include "tl-oauth-pace.h"
#include "tl-test-issuer.h"

#define PENDING   { .status = "400 Bad Request", .body = "{\"error\":\"authorization_pending\"}" }
#define SLOW_DOWN { .status = "400 Bad Request", .body = "{\"error\":\"slow_down\"}" }
#define REFUSE(e) { .status = "400 Bad Request", .body = "{\"error\":\"" e "\"}" }
#define GOOD      { .body = "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}" }

static const char * const scopes[] = { TL_TEST_ISSUER_SCOPE, NULL };

/* One sign-in on another device, and what came of it. */
typedef struct
{
  TlTestIssuer  *issuer;
  TlOauthServer *server;
  TlOauthClient *client;
  TlNetwork     *network;
  GMainLoop     *loop;
  GCancellable  *cancellable;
  TlOauthDevice *device;
  TlOauthTokens *tokens;
  TlFinding     *finding;
  GError        *error;
  guint          n_ready;
  guint          n_counted;
  guint          n_asked_when_cancelled;
  gint64         began_at_us;
  gint64         ended_at_us;   /* 0: has not */
} World;

static void
on_code_ready (TlOauthDevice *device,
               gpointer       data)
{
  World *self = data;

  self->n_ready++;
}

static void
on_counted (TlOauthDevice *device,
            GParamSpec    *pspec,
            gpointer       data)
{
  World *self = data;

  self->n_counted++;
}

static World *
world_new (TlTestIssuerMood mood)
{
  World *self = g_new0 (World, 1);
  TlOauthClientParts parts = { .client_id = TL_TEST_ISSUER_CLIENT };
  TlOauthRequest request = { .scopes = scopes };

  self->issuer = tl_test_issuer_new (NULL, mood);
  self->server = tl_test_issuer_dup_server (self->issuer);
  self->network = tl_test_issuer_dup_network (self->issuer);
  parts.issuer = tl_test_issuer_get_issuer (self->issuer);
  self->client = tl_oauth_client_new (&parts, NULL);
  self->loop = g_main_loop_new (NULL, FALSE);
  self->cancellable = g_cancellable_new ();
  request.server = self->server;
  request.client = self->client;
  request.network = self->network;
  self->device = tl_oauth_device_new (&request);
  g_signal_connect (self->device, "code-ready", G_CALLBACK (on_code_ready), self);
  g_signal_connect (self->device, "notify::seconds-left", G_CALLBACK (on_counted), self);

  return self;
}

static void
world_free (World *self)
{
  g_clear_object (&self->device);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->tokens, tl_oauth_tokens_unref);
  g_clear_error (&self->error);
  g_object_unref (self->cancellable);
  g_main_loop_unref (self->loop);
  tl_oauth_client_unref (self->client);
  tl_oauth_server_unref (self->server);
  tl_network_unref (self->network);
  tl_test_issuer_free (self->issuer);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
on_ran (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  World *self = data;

  self->tokens = tl_oauth_device_run_finish (TL_OAUTH_DEVICE (source), result, &self->finding,
                                             &self->error);
  g_assert_cmpint ((self->tokens != NULL) + (self->finding != NULL) + (self->error != NULL), ==, 1);
  self->ended_at_us = g_get_monotonic_time ();
}

static void
start (World *self)
{
  self->began_at_us = g_get_monotonic_time ();
  tl_oauth_device_run_async (self->device, self->cancellable, on_ran, self);
}

static void
wait_for_end (World *self)
{
  while (self->ended_at_us == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
run (World *self)
{
  start (self);
  wait_for_end (self);
}

static guint
count_polls (World *self)
{
  return tl_test_issuer_get_n_asked (self->issuer, TL_TEST_ISSUER_TOKEN);
}

static double
seconds_taken (World *self)
{
  return (double) (self->ended_at_us - self->began_at_us) / G_USEC_PER_SEC;
}

/* --- The whole of it --------------------------------------------------------------- */

static void
test_good (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  g_autofree char *code = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *asked = NULL;
  g_autofree char *polled = NULL;
  guint seconds_left;

  tl_test_issuer_set_pending (world->issuer, 1);
  run (world);
  g_assert_no_error (world->error);
  g_assert_null (world->finding);
  g_assert_cmpstr (tl_secret_peek (tl_oauth_tokens_get_access (world->tokens), NULL), ==, "access-1");
  g_assert_cmpstr (tl_oauth_tokens_get_account (world->tokens), ==, TL_TEST_ISSUER_ACCOUNT);
  g_assert_cmpuint (world->n_ready, ==, 1);
  g_assert_cmpuint (count_polls (world), ==, 2);
  g_assert_cmpfloat (seconds_taken (world), >, 1.9);
  g_assert_cmpuint (world->n_counted, >=, 2);

  g_object_get (world->device, "user-code", &code, "verification-uri", &uri, "seconds-left",
                &seconds_left, NULL);
  wanted = g_strconcat (tl_test_issuer_get_issuer (world->issuer), "/code", NULL);
  g_assert_cmpstr (code, ==, TL_TEST_ISSUER_USER_CODE);
  g_assert_cmpstr (uri, ==, wanted);
  g_assert_cmpuint (seconds_left, >, 590);
  g_assert_cmpuint (seconds_left, <, 600);

  asked = tl_test_issuer_dup_asked (world->issuer, TL_TEST_ISSUER_DEVICE);
  g_assert_cmpstr (asked, ==, "client_id=client-1&scope=mail-read+openid+email");
  polled = tl_test_issuer_dup_asked (world->issuer, TL_TEST_ISSUER_TOKEN);
  g_assert_cmpstr (polled, ==,
                   "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
                   "&client_id=client-1&device_code=device-1");
}

/* --- The answer with the code ------------------------------------------------------ */

#define DEVICE(rest) "{\"device_code\":\"d\"," rest "}"
#define URI          "\"verification_uri\":\"https://issuer.practice.invalid/code\""
#define CODE         "\"user_code\":\"ABCD\""
#define EXPIRES      "\"expires_in\":600"
#define A_64         "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define BAD_URI(uri) DEVICE (CODE "," EXPIRES ",\"verification_uri\":\"" uri "\"")

typedef struct
{
  const char *path;
  const char *body;
  const char *status;
  const char *id;
} CodeCase;

static const CodeCase code_cases[] = {
  { "O15/words", DEVICE ("\"user_code\":\"<b>call +1 555\"," URI "," EXPIRES), NULL,
    "oauth.bad-answer" },
  { "O15/21-characters", DEVICE ("\"user_code\":\"ABCDEFGHIJ-ABCDEFGHIJ\"," URI "," EXPIRES),
    NULL, "oauth.bad-answer" },
  { "O15/other-site", BAD_URI ("https://microsoft.com/devicelogin"), NULL, "oauth.bad-answer" },
  { "O15/below-other-site", BAD_URI ("https://issuer.practice.invalid.evil.test/"), NULL,
    "oauth.bad-answer" },
  { "no-device-code", "{" CODE "," URI "," EXPIRES "}", NULL, "oauth.bad-answer" },
  { "no-user-code", DEVICE (URI "," EXPIRES), NULL, "oauth.bad-answer" },
  { "no-uri", DEVICE (CODE "," EXPIRES), NULL, "oauth.bad-answer" },
  { "O14/no-lifetime", DEVICE (CODE "," URI), NULL, "oauth.bad-answer" },
  { "O14/lifetime-zero", DEVICE (CODE "," URI ",\"expires_in\":0"), NULL, "oauth.bad-answer" },
  { "O14/interval-words", DEVICE (CODE "," URI "," EXPIRES ",\"interval\":\"soon\""), NULL,
    "oauth.bad-answer" },
  { "code-empty", DEVICE ("\"user_code\":\"\"," URI "," EXPIRES), NULL, "oauth.bad-answer" },
  { "code-too-long", DEVICE ("\"user_code\":\"A" A_64 "\"," URI "," EXPIRES), NULL,
    "oauth.bad-answer" },
  { "code-bidi", DEVICE ("\"user_code\":\"AB\\u202eCD\"," URI "," EXPIRES), NULL,
    "oauth.bad-answer" },
  { "code-lines", DEVICE ("\"user_code\":\"AB\\nCD\"," URI "," EXPIRES), NULL,
    "oauth.bad-answer" },
  { "O15/http", BAD_URI ("http://issuer.practice.invalid/code"), NULL, "oauth.bad-answer" },
  { "O15/javascript", BAD_URI ("javascript:alert(1)"), NULL, "oauth.bad-answer" },
  { "O15/control-characters", BAD_URI ("https://issuer.practice.invalid/\\u0007"), NULL, "oauth.bad-answer" },
  { "O15/line-end", BAD_URI ("https://issuer.practice.invalid/\\r\\nx"), NULL, "oauth.bad-answer" },
  { "O15/user-info", BAD_URI ("https://issuer.practice.invalid@evil.test/"), NULL, "oauth.bad-answer" },
  { "O15/look-alike", BAD_URI ("https://is\\u0455uer.practice.invalid/"), NULL, "oauth.bad-answer" },
  { "O15/percent-host", BAD_URI ("https://issuer.practice.invalid%2Fx.evil.test/"), NULL, "oauth.bad-answer" },
  { "O15/percent-letter", BAD_URI ("https://%69ssuer.practice.invalid/"), NULL, "oauth.bad-answer" },
  { "O15/backslash", BAD_URI ("https://issuer.practice.invalid\\\\@evil.test/"), NULL, "oauth.bad-answer" },
  { "O15/address", BAD_URI ("https://127.0.0.1/"), NULL, "oauth.bad-answer" },
  { "O15/long", BAD_URI ("https://issuer.practice.invalid/" A_64 A_64 A_64 A_64 A_64 A_64 A_64 A_64), NULL,
    "oauth.bad-answer" },
  { "O15/not-ascii", BAD_URI ("https://issuer.practice.invalid/\\u00e4"), NULL, "oauth.bad-answer" },
  { "html", "<html>", NULL, "oauth.bad-answer" },
  { "no-client", "{\"error\":\"unauthorized_client\"}", "400 Bad Request", "oauth.no-client" },
  { "no-scope", "{\"error\":\"invalid_scope\"}", "400 Bad Request", "auth.scope-missing" },
  { "out-of-order", "", "500 Internal Server Error", "oauth.unreachable" },
};

static void
test_code (gconstpointer data)
{
  const CodeCase *c = data;
  const TlTestIssuerAnswer answer = { .status = c->status, .body = c->body };
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  g_autofree char *code = NULL;

  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_DEVICE, &answer, 1);
  run (world);
  g_assert_nonnull (world->finding);
  g_assert_cmpstr (tl_finding_get_id (world->finding), ==, c->id);
  g_assert_cmpuint (world->n_ready, ==, 0);
  g_assert_cmpuint (count_polls (world), ==, 0);
  g_object_get (world->device, "user-code", &code, NULL);
  g_assert_null (code);
}

static void
test_longest (void)
{
  static const TlTestIssuerAnswer answer = {
    .body = "{\"device_code\":\"d\",\"user_code\":\"ABCD-efgh 0123-JKLMN\",\"expires_in\":\"99999999\","
            "\"interval\":1,\"verification_uri\":\"https://Issuer.practice.invalid:8443/c?x=1\"}",
  };
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  static const TlTestIssuerAnswer good[] = { GOOD };
  g_autofree char *uri = NULL;
  guint seconds_left;

  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_DEVICE, &answer, 1);
  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_TOKEN, good, 1);
  run (world);
  g_assert_nonnull (world->tokens);
  g_object_get (world->device, "verification-uri", &uri, "seconds-left", &seconds_left, NULL);
  g_assert_cmpstr (uri, ==, "https://Issuer.practice.invalid:8443/c?x=1");
  g_assert_cmpuint (seconds_left, >, 3590);
  g_assert_cmpuint (seconds_left, <=, 3600);
}

static void
test_own_code (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  guint n_properties;
  g_autofree GParamSpec **specs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (world->device), &n_properties);
  g_autofree char *uri = NULL;

  g_test_summary ("No code but the one that was asked for can get in, and none is in the link");

  for (guint i = 0; i < n_properties; i++)
    g_assert_cmpint (specs[i]->flags & G_PARAM_WRITABLE, ==, 0);
  run (world);
  g_object_get (world->device, "verification-uri", &uri, NULL);
  g_assert_null (strstr (uri, "EVIL"));
}

/* --- Polling ----------------------------------------------------------------------- */

typedef struct
{
  const char         *path;
  TlTestIssuerAnswer  polls[4];
  guint               n_polls;
  const char         *id;        /* NULL: there are tokens */
  guint               n_asked;
  double              min_s;
  double              max_s;
} PollCase;

static const PollCase poll_cases[] = {
  { "O14/pending", { PENDING, PENDING, GOOD }, 3, NULL, 3, 2.9, 5 },
  { "O14/slow-down", { SLOW_DOWN, GOOD }, 2, NULL, 2, 6.9, 9 },
  { "O14/expired-token", { PENDING, REFUSE ("expired_token") }, 2, "oauth.timeout", 2, 1.9, 4 },
  { "O14/access-denied", { REFUSE ("access_denied") }, 1, "oauth.denied", 1, 0.9, 3 },
  { "O14/rejected", { REFUSE ("invalid_grant") }, 1, "oauth.exchange-rejected", 1, 0.9, 3 },
  { "O14/out-of-order", { { .status = "503 Service Unavailable", .body = "" }, GOOD }, 2, NULL, 2,
    2.9, 5 },
  { "O14/retry-after", { { .status = "400 Bad Request", .body = "{\"error\":\"authorization_pending\"}",
                           .header = "Retry-After: 3" }, GOOD }, 2, NULL, 2, 3.9, 6 },
  { "O14/html", { { .body = "<html>" } }, 1, "oauth.bad-answer", 1, 0.9, 3 },
};

static World *poll_worlds[G_N_ELEMENTS (poll_cases)];

/* All of them side by side: waiting is what takes them so long. */
static void
start_polls (void)
{
  if (poll_worlds[0] != NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (poll_cases); i++)
    {
      poll_worlds[i] = world_new (TL_TEST_ISSUER_WELL);
      tl_test_issuer_script (poll_worlds[i]->issuer, TL_TEST_ISSUER_TOKEN, poll_cases[i].polls,
                             poll_cases[i].n_polls);
      start (poll_worlds[i]);
    }
}

static void
free_polls (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (poll_cases); i++)
    if (poll_worlds[i] != NULL)
      {
        wait_for_end (poll_worlds[i]);
        world_free (poll_worlds[i]);
      }
}

static void
test_poll (gconstpointer data)
{
  const PollCase *c = data;
  World *world;

  start_polls ();
  world = poll_worlds[c - poll_cases];
  wait_for_end (world);
  g_assert_no_error (world->error);
  g_assert_cmpstr (world->finding != NULL ? tl_finding_get_id (world->finding) : NULL, ==, c->id);
  g_assert_cmpuint (count_polls (world), ==, c->n_asked);
  g_assert_cmpfloat (seconds_taken (world), >=, c->min_s);
  g_assert_cmpfloat (seconds_taken (world), <, c->max_s);
}

static void
test_expires_at_once (void)
{
  static const TlTestIssuerAnswer code = {
    .body = DEVICE (CODE "," URI ",\"expires_in\":1,\"interval\":1000000000"),
  };
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  guint seconds_left;

  tl_test_issuer_script (world->issuer, TL_TEST_ISSUER_DEVICE, &code, 1);
  run (world);
  g_assert_cmpstr (tl_finding_get_id (world->finding), ==, "oauth.timeout");
  g_assert_cmpuint (tl_evidence_get_uint (tl_finding_get_evidence (world->finding),
                                          TL_EVIDENCE_SECONDS, 99), <=, 2);
  g_assert_cmpuint (tl_evidence_get_uint (tl_finding_get_evidence (world->finding),
                                          TL_EVIDENCE_SECONDS, 0), >=, 1);
  g_assert_cmpuint (count_polls (world), ==, 0);
  g_object_get (world->device, "seconds-left", &seconds_left, NULL);
  g_assert_cmpuint (seconds_left, ==, 0);
  g_assert_cmpfloat (seconds_taken (world), <, 4);
}

static gboolean
on_cancel_due (gpointer data)
{
  World *self = data;

  self->n_asked_when_cancelled = count_polls (self);
  self->began_at_us = g_get_monotonic_time ();
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

static gboolean
on_time_over (gpointer data)
{
  World *self = data;

  g_main_loop_quit (self->loop);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);

  g_test_summary ("Cancelling ends it at once, and nothing is asked after that");

  tl_test_issuer_set_pending (world->issuer, 100);
  g_timeout_add (1500, on_cancel_due, world);
  run (world);
  g_assert_error (world->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (seconds_taken (world), <, 0.4);
  g_assert_cmpuint (world->n_asked_when_cancelled, ==, 1);

  g_timeout_add (1500, on_time_over, world);
  g_main_loop_run (world->loop);
  g_assert_cmpuint (count_polls (world), ==, 1);
}

static void
test_cancelled_before (void)
{
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);

  g_cancellable_cancel (world->cancellable);
  run (world);
  g_assert_error (world->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (world->n_ready, ==, 0);
}

static void
test_no_endpoint (void)
{
  static const char metadata[] =
    "{\"issuer\":\"https://issuer.test\",\"authorization_endpoint\":\"https://issuer.test/a\","
    "\"token_endpoint\":\"https://issuer.test/t\"}";
  g_autoptr(World) world = world_new (TL_TEST_ISSUER_WELL);
  TlOauthRequest request = { .scopes = scopes, .client = world->client, .network = world->network };

  tl_oauth_server_unref (world->server);
  world->server = tl_oauth_metadata_parse (metadata, strlen (metadata), "https://issuer.test", NULL);
  request.server = world->server;
  g_object_unref (world->device);
  world->device = tl_oauth_device_new (&request);
  run (world);
  g_assert_cmpstr (tl_finding_get_id (world->finding), ==, "oauth.bad-answer");
}

/* --- Pace -------------------------------------------------------------------------- */

typedef struct
{
  const char *path;
  gint64      interval_s;   /* -1: none is named */
  const char *beats;        /* p, s or u; what each gives is the letter's place in waits */
  guint       waits[6];     /* the first: before the first poll */
} PaceCase;

static const PaceCase pace_cases[] = {
  { "absent", -1, "pp", { 5, 5, 5 } },
  { "zero", 0, "p", { 1, 1 } },
  { "named", 7, "p", { 7, 7 } },
  { "huge", 1000000000, "p", { 60, 60 } },
  { "slow-down", -1, "spsp", { 5, 10, 10, 15, 15 } },
  { "slow-down-past-a-minute", 58, "ssp", { 58, 63, 68, 68 } },
  { "unreachable", 5, "uuuup", { 5, 10, 20, 40, 60, 60 } },
  { "unreachable-past-a-minute", 60, "sup", { 60, 65, 65, 65 } },
};

static void
test_pace (gconstpointer data)
{
  const PaceCase *c = data;
  TlOauthPace pace = tl_oauth_pace_begin (c->interval_s >= 0,
                                          c->interval_s >= 0 ? (guint64) c->interval_s : 0);

  g_assert_cmpuint (pace.interval_s, ==, c->waits[0]);
  for (gsize i = 0; c->beats[i] != '\0'; i++)
    {
      TlOauthBeat beat = c->beats[i] == 'p' ? TL_OAUTH_BEAT_PENDING
        : c->beats[i] == 's' ? TL_OAUTH_BEAT_SLOW_DOWN : TL_OAUTH_BEAT_UNREACHABLE;

      g_assert_cmpuint (tl_oauth_pace_next (&pace, beat, 0), ==, c->waits[i + 1]);
    }
  g_assert_cmpuint (tl_oauth_pace_next (&pace, TL_OAUTH_BEAT_PENDING, 500), ==, 500);
  g_assert_cmpuint (tl_oauth_pace_next (&pace, TL_OAUTH_BEAT_PENDING, 0), ==, pace.interval_s);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oauth-device/good", test_good);
  for (gsize i = 0; i < G_N_ELEMENTS (code_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-device/code/", code_cases[i].path, NULL);

      g_test_add_data_func (path, &code_cases[i], test_code);
    }
  g_test_add_func ("/oauth-device/O15/shown-whole", test_longest);
  g_test_add_func ("/oauth-device/O16/own-code", test_own_code);
  for (gsize i = 0; i < G_N_ELEMENTS (poll_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-device/poll/", poll_cases[i].path, NULL);

      g_test_add_data_func (path, &poll_cases[i], test_poll);
    }
  g_test_add_func ("/oauth-device/O14/expires-at-once", test_expires_at_once);
  g_test_add_func ("/oauth-device/O14/cancel", test_cancel);
  g_test_add_func ("/oauth-device/cancelled-before", test_cancelled_before);
  g_test_add_func ("/oauth-device/no-endpoint", test_no_endpoint);
  for (gsize i = 0; i < G_N_ELEMENTS (pace_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-device/pace/O14/", pace_cases[i].path, NULL);

      g_test_add_data_func (path, &pace_cases[i], test_pace);
    }

  status = g_test_run ();
  free_polls ();

  return status;
}
