/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-sign-in.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>

#include "tl-oauth-redirect.h"
#include "tl-test-issuer.h"

#define LONG_S 20

/* --- The kernel's random numbers -------------------------------------------------- */

ssize_t __wrap_getrandom (void *buffer, size_t len, unsigned flags);
ssize_t __real_getrandom (void *buffer, size_t len, unsigned flags);

static int random_errno;     /* 0: as it is */
static guint n_until_errno;  /* calls that go well before */
static gsize random_at_once; /* 0: all of it */

ssize_t
__wrap_getrandom (void     *buffer,
                  size_t    len,
                  unsigned  flags)
{
  if (random_errno != 0 && n_until_errno-- == 0)
    {
      errno = random_errno;
      return -1;
    }

  return __real_getrandom (buffer, random_at_once > 0 ? MIN (len, random_at_once) : len, flags);
}

/* --- A sign-in and its browser ---------------------------------------------------- */

typedef enum
{
  BROWSER_GOES,   /* to the page, and where it is sent */
  BROWSER_STAYS,  /* nobody ever comes back */
  BROWSER_SAYS,   /* comes back with what the case says, and the state */
} Browser;

typedef struct
{
  const char      *name;
  TlTestIssuerMood mood;
  Browser          browser;
  const char      *says;
  const char      *racers[4];   /* queries that somebody else comes with before */
  const char      *login_hint;
  const char      *finding;     /* NULL: there are tokens */
  guint            n_exchanges;
  guint            turned_away;
  TlClientOrigin   origin;
} SignInCase;

typedef struct
{
  const SignInCase *c;
  TlTestIssuer     *issuer;
  TlOauthServer    *server;
  TlOauthClient    *client;
  TlNetwork        *network;
  TlOauthSignIn    *sign_in;
  GCancellable     *cancellable;
  char             *url;
  GThread          *browser;
  char             *last_page;
  gboolean          done;
  TlOauthTokens    *tokens;
  TlFinding        *finding;
  GError           *error;
} World;

static World *
world_new (const SignInCase   *c,
           const char * const *scopes)
{
  World *self = g_new0 (World, 1);
  TlOauthRequest request = { .scopes = scopes, .login_hint = c->login_hint };
  TlOauthClientParts parts = { .client_id = TL_TEST_ISSUER_CLIENT, .origin = c->origin };

  self->c = c;
  self->issuer = tl_test_issuer_new (NULL, c->mood);
  self->server = tl_test_issuer_dup_server (self->issuer);
  self->network = tl_test_issuer_dup_network (self->issuer);
  parts.issuer = tl_test_issuer_get_issuer (self->issuer);
  self->client = tl_oauth_client_new (&parts, &self->error);
  g_assert_no_error (self->error);
  self->cancellable = g_cancellable_new ();
  request.server = self->server;
  request.client = self->client;
  request.network = self->network;
  self->sign_in = tl_oauth_sign_in_new (&request);

  return self;
}

static void
world_free (World *self)
{
  if (self->browser != NULL)
    g_thread_join (self->browser);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->sign_in);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->tokens, tl_oauth_tokens_unref);
  g_clear_object (&self->finding);
  g_clear_error (&self->error);
  tl_oauth_client_unref (self->client);
  tl_oauth_server_unref (self->server);
  tl_network_unref (self->network);
  tl_test_issuer_free (self->issuer);
  g_free (self->last_page);
  g_free (self->url);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static GHashTable *
parse_url (const char *url)
{
  GHashTable *parameters = g_uri_parse_params (strchr (url, '?') + 1, -1, "&",
                                               G_URI_PARAMS_WWW_FORM, NULL);

  g_assert_nonnull (parameters);

  return parameters;
}

/* Where an answer of the redirect sends the browser on to. */
static char *
dup_location (const char *redirect_uri,
              const char *answer)
{
  const char *at = strstr (answer, "\r\nLocation: /done/");
  g_autofree char *path = NULL;
  char *whole;

  g_assert_nonnull (at);
  at += strlen ("\r\nLocation: ");
  path = g_strndup (at, strcspn (at, "\r"));
  g_assert_cmpuint (strlen (path), ==, strlen ("/done/") + 43);
  whole = g_uri_resolve_relative (redirect_uri, path, G_URI_FLAGS_ENCODED, NULL);
  g_assert_nonnull (whole);

  return whole;
}

static gpointer
browser_thread (gpointer data)
{
  World *self = data;
  g_autoptr(GHashTable) asked = parse_url (self->url);
  const char *redirect_uri = g_hash_table_lookup (asked, "redirect_uri");
  g_autofree char *answer = NULL;
  g_autofree char *to = NULL;
  g_autofree char *then = NULL;

  for (gsize i = 0; self->c->racers[i] != NULL; i++)
    {
      g_autofree char *forged = g_strconcat (redirect_uri, self->c->racers[i], NULL);
      g_autofree char *said = tl_test_issuer_browse (forged);

      g_assert_true (g_str_has_prefix (said, "HTTP/1.1 4"));
    }
  if (self->c->browser == BROWSER_GOES)
    to = tl_test_issuer_authorize (self->issuer, self->url);
  else
    to = g_strconcat (redirect_uri, "?state=", (char *) g_hash_table_lookup (asked, "state"),
                      self->c->says, NULL);

  answer = tl_test_issuer_browse (to);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 303 "));
  then = dup_location (redirect_uri, answer);
  self->last_page = tl_test_issuer_browse (then);

  return NULL;
}

static void
on_open_url (TlOauthSignIn *sign_in,
             const char    *url,
             World         *self)
{
  g_assert_null (self->url);
  self->url = g_strdup (url);
  if (self->c->browser != BROWSER_STAYS)
    self->browser = g_thread_new ("browser", browser_thread, self);
}

static void
on_signed_in (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  World *self = user_data;

  self->tokens = tl_oauth_sign_in_run_finish (TL_OAUTH_SIGN_IN (object), result, &self->finding,
                                              &self->error);
  self->done = TRUE;
}

static void
world_run (World *self,
           guint  patience_s)
{
  g_signal_connect (self->sign_in, "open-url", G_CALLBACK (on_open_url), self);
  tl_oauth_sign_in_run_async (self->sign_in, patience_s, self->cancellable, on_signed_in, self);
  while (!self->done)
    g_main_context_iteration (NULL, TRUE);
}

static const char * const mail_scopes[] = { TL_TEST_ISSUER_SCOPE, NULL };
static const char * const offline_scopes[] = {
  TL_TEST_ISSUER_SCOPE, "offline_access", "email", NULL
};

static const SignInCase good = { "good" };
static const SignInCase nobody = { "nobody", .browser = BROWSER_STAYS };

static const SignInCase sign_in_cases[] = {
  { "P13/good", .n_exchanges = 1 },
  { "O01/racer", .racers = { "?code=stolen", "?code=stolen&state=made-up" },
    .n_exchanges = 1, .turned_away = 2 },
  { "O02/racer", .racers = { "?error=access_denied", "?error=access_denied&state=made-up" },
    .n_exchanges = 1, .turned_away = 2 },
  { "O03/other-session", TL_TEST_ISSUER_OTHER_CODE, .finding = "oauth.exchange-rejected",
    .n_exchanges = 1 },
  { "O04/other-iss", TL_TEST_ISSUER_OTHER_ISS, .finding = "oauth.issuer-mismatch" },
  { "O04/no-iss", TL_TEST_ISSUER_NO_ISS, .finding = "oauth.issuer-mismatch" },
  { "O04/other-iss-denies", TL_TEST_ISSUER_OTHER_ISS | TL_TEST_ISSUER_DENIES,
    .finding = "oauth.issuer-mismatch" },
  { "O08/no-pkce", TL_TEST_ISSUER_NO_PKCE, .n_exchanges = 1 },
  { "O17/wrong-account", .login_hint = "other@mail.test", .finding = "auth.wrong-account",
    .n_exchanges = 1 },
  { "right-account", .login_hint = TL_TEST_ISSUER_ACCOUNT, .n_exchanges = 1 },
  { "denied", TL_TEST_ISSUER_DENIES, .finding = "oauth.denied" },
};

static void
check_outcome (World *self)
{
  guint turned_away = 0;
  gboolean waiting = TRUE;

  g_assert_no_error (self->error);
  g_assert_cmpstr (self->finding != NULL ? tl_finding_get_id (self->finding) : NULL, ==,
                   self->c->finding);
  g_assert_cmpint (self->tokens != NULL, ==, self->c->finding == NULL);
  g_assert_cmpuint (tl_test_issuer_get_n_asked (self->issuer, TL_TEST_ISSUER_TOKEN), ==,
                    self->c->n_exchanges);
  g_object_get (self->sign_in, "turned-away", &turned_away, "waiting", &waiting, NULL);
  g_assert_cmpuint (turned_away, ==, self->c->turned_away);
  g_assert_false (waiting);
}

static void
test_sign_in (gconstpointer data)
{
  g_autoptr(World) world = world_new (data, mail_scopes);

  world_run (world, LONG_S);
  check_outcome (world);
}

/* What may come by the browser in the place of a code (RFC 6749 §4.1.2.1). */
static const struct
{
  const char *error;
  const char *finding;
} errors[] = {
  { "access_denied",           "oauth.denied" },
  { "consent_required",        "oauth.denied" },
  { "interaction_required",    "oauth.denied" },
  { "login_required",          "oauth.denied" },
  { "invalid_request",         "oauth.bad-answer" },
  { "invalid_scope",           "auth.scope-missing" },
  { "server_error",            "oauth.unreachable" },
  { "temporarily_unavailable", "oauth.unreachable" },
  { "unauthorized_client",     "oauth.no-client" },
  { "something_else",          "oauth.bad-answer" },
};

static void
test_error (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  SignInCase c = { .browser = BROWSER_SAYS, .finding = errors[i].finding };
  g_autoptr(World) world = world_new (&c, mail_scopes);
  g_autofree char *says = g_strdup_printf ("&error=%s&error_description=%%1b%%5b31mno&iss=%s",
                                           errors[i].error,
                                           tl_test_issuer_get_issuer (world->issuer));
  g_autofree char *shown = NULL;

  c.says = says;
  world_run (world, LONG_S);
  check_outcome (world);
  shown = g_variant_print (tl_finding_get_evidence (world->finding), FALSE);
  g_assert_null (strchr (shown, '\x1b'));
}

static void
check_parameter (GHashTable *asked,
                 const char *name,
                 const char *value)
{
  g_assert_cmpstr (g_hash_table_lookup (asked, name), ==, value);
}

static gboolean
is_unguessable (const char *text)
{
  return text != NULL && strlen (text) == 43 &&
         strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == 43;
}

static void
test_url (void)
{
  SignInCase c = { .login_hint = TL_TEST_ISSUER_ACCOUNT };
  g_autoptr(World) world = world_new (&c, mail_scopes);
  g_autoptr(GHashTable) asked = NULL;
  g_autofree char *endpoint = NULL;
  const char *challenge;
  const char *redirect_uri;

  /* Numbers come in pieces, too. */
  random_at_once = 5;
  world_run (world, LONG_S);
  random_at_once = 0;
  g_assert_nonnull (world->tokens);

  asked = parse_url (world->url);
  endpoint = g_strconcat (tl_oauth_server_get_authorization_endpoint (world->server), "?", NULL);
  g_assert_true (g_str_has_prefix (world->url, endpoint));
  check_parameter (asked, "response_type", "code");
  check_parameter (asked, "client_id", TL_TEST_ISSUER_CLIENT);
  check_parameter (asked, "scope", TL_TEST_ISSUER_SCOPE " openid email");
  check_parameter (asked, "code_challenge_method", "S256");
  check_parameter (asked, "login_hint", TL_TEST_ISSUER_ACCOUNT);
  check_parameter (asked, "prompt", NULL);
  g_assert_true (is_unguessable (g_hash_table_lookup (asked, "state")));
  g_assert_true (is_unguessable (g_hash_table_lookup (asked, "nonce")));
  challenge = g_hash_table_lookup (asked, "code_challenge");
  g_assert_true (is_unguessable (challenge));
  g_assert_cmpstr (challenge, !=, g_hash_table_lookup (asked, "state"));
  g_assert_cmpstr (challenge, !=, g_hash_table_lookup (asked, "nonce"));
  g_assert_cmpstr (g_hash_table_lookup (asked, "state"), !=, g_hash_table_lookup (asked, "nonce"));
  redirect_uri = g_hash_table_lookup (asked, "redirect_uri");
  g_assert_true (g_str_has_prefix (redirect_uri, "http://127.0.0.1:"));
  g_assert_true (g_str_has_suffix (redirect_uri, TL_OAUTH_REDIRECT_PATH));
}

/* Another server, which our browser was sent on to, has the redirects that IT registers, or its own
 * path, and never the one of this. */
static void
test_registered (void)
{
  SignInCase c = { .origin = TL_CLIENT_REGISTERED };
  g_autoptr(World) world = world_new (&c, mail_scopes);
  g_autoptr(GHashTable) asked = NULL;
  g_autoptr(GUri) uri = NULL;
  g_autofree char *path = tl_oauth_redirect_dup_path (tl_oauth_server_get_issuer (world->server));

  world_run (world, LONG_S);
  g_assert_nonnull (world->tokens);
  asked = parse_url (world->url);
  uri = g_uri_parse (g_hash_table_lookup (asked, "redirect_uri"), G_URI_FLAGS_ENCODED, NULL);
  g_assert_cmpstr (g_uri_get_path (uri), ==, path);
}

static void
test_offline (void)
{
  g_autoptr(World) world = world_new (&good, offline_scopes);
  g_autoptr(GHashTable) asked = NULL;

  world_run (world, LONG_S);
  asked = parse_url (world->url);
  check_parameter (asked, "scope", TL_TEST_ISSUER_SCOPE " offline_access email openid");
  check_parameter (asked, "prompt", "consent");
}

static void
test_fresh (void)
{
  g_autoptr(World) one = world_new (&nobody, mail_scopes);
  g_autoptr(World) other = world_new (&nobody, mail_scopes);
  static const char * const names[] = { "state", "nonce", "code_challenge", "redirect_uri" };
  g_autoptr(GHashTable) asked_one = NULL;
  g_autoptr(GHashTable) asked_other = NULL;

  g_test_summary ("Nothing of one transaction is good for another");

  g_signal_connect (one->sign_in, "open-url", G_CALLBACK (on_open_url), one);
  g_signal_connect (other->sign_in, "open-url", G_CALLBACK (on_open_url), other);
  tl_oauth_sign_in_run_async (one->sign_in, LONG_S, one->cancellable, on_signed_in, one);
  tl_oauth_sign_in_run_async (other->sign_in, LONG_S, other->cancellable, on_signed_in, other);
  asked_one = parse_url (one->url);
  asked_other = parse_url (other->url);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (g_hash_table_lookup (asked_one, names[i]), !=,
                     g_hash_table_lookup (asked_other, names[i]));
  g_cancellable_cancel (one->cancellable);
  g_cancellable_cancel (other->cancellable);
  while (!one->done || !other->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_prompt_exchange (void)
{
  g_autoptr(World) world = world_new (&good, mail_scopes);
  gint64 begun_us = g_get_monotonic_time ();
  g_autofree char *asked = NULL;

  g_test_summary ("The code is used within a second, and the browser ends on a clean page");

  world_run (world, LONG_S);
  g_assert_cmpint (g_get_monotonic_time () - begun_us, <, G_USEC_PER_SEC);
  g_assert_nonnull (world->tokens);
  g_thread_join (g_steal_pointer (&world->browser));
  g_assert_nonnull (world->last_page);
  g_assert_true (g_str_has_prefix (world->last_page, "HTTP/1.1 200 "));
  g_assert_null (strstr (world->last_page, "code-1"));
  asked = tl_test_issuer_dup_asked (world->issuer, TL_TEST_ISSUER_TOKEN);
  g_assert_nonnull (strstr (asked, "code=code-1"));
  g_assert_nonnull (strstr (asked, "code_verifier="));
}

static void
test_timeout (void)
{
  g_autoptr(World) world = world_new (&nobody, mail_scopes);
  guint32 seconds = 0;

  world_run (world, 1);
  g_assert_cmpstr (tl_finding_get_id (world->finding), ==, "oauth.timeout");
  g_assert_true (g_variant_lookup (tl_finding_get_evidence (world->finding), TL_EVIDENCE_SECONDS,
                                   "u", &seconds));
  g_assert_cmpuint (seconds, ==, 1);
}

static void
test_no_port (void)
{
  g_autoptr(World) world = world_new (&good, mail_scopes);
  struct rlimit before;
  struct rlimit none;

  /* What GLib opens for its first task is not what is tested. */
  g_type_ensure (G_TYPE_TASK);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  none = before;
  none.rlim_cur = 0;
  g_signal_connect (world->sign_in, "open-url", G_CALLBACK (on_open_url), world);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &none), ==, 0);
  tl_oauth_sign_in_run_async (world->sign_in, LONG_S, NULL, on_signed_in, world);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  while (!world->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (tl_finding_get_id (world->finding), ==, "oauth.no-listener");
  /* The way that needs no port. */
  g_assert_true (tl_finding_has_action (world->finding, TL_ACTION_USE_DEVICE));
  g_assert_null (world->url);
}

/* Whichever of the numbers is missing. */
static void
test_no_entropy (void)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(World) world = world_new (&good, mail_scopes);

      n_until_errno = i;
      random_errno = EIO;
      g_signal_connect (world->sign_in, "open-url", G_CALLBACK (on_open_url), world);
      tl_oauth_sign_in_run_async (world->sign_in, LONG_S, NULL, on_signed_in, world);
      random_errno = 0;
      while (!world->done)
        g_main_context_iteration (NULL, TRUE);
      g_assert_nonnull (world->finding);
      g_assert_cmpstr (tl_finding_get_id (world->finding), ==, "oauth.no-randomness");
      g_assert_null (world->tokens);
      g_assert_null (world->url);
    }
}

static gboolean
cancel (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static const struct
{
  const char *name;
  guint       after_ms; /* 0: before it begins */
} cancels[] = {
  { "before",  0 },
  { "waiting", 100 },
};

static void
test_cancelled (gconstpointer data)
{
  guint after_ms = cancels[GPOINTER_TO_SIZE (data)].after_ms;
  g_autoptr(World) world = world_new (&nobody, mail_scopes);
  gint64 begun_us = g_get_monotonic_time ();

  if (after_ms > 0)
    g_timeout_add (after_ms, cancel, world->cancellable);
  else
    g_cancellable_cancel (world->cancellable);
  world_run (world, LONG_S);
  g_assert_error (world->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (world->finding);
  g_assert_cmpint ((g_get_monotonic_time () - begun_us) / 1000, <, after_ms + 200);
  g_assert_cmpint (world->url == NULL, ==, after_ms == 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sign_in_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-sign-in/", sign_in_cases[i].name, NULL);

      g_test_add_data_func (path, &sign_in_cases[i], test_sign_in);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-sign-in/error/", errors[i].error, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cancels); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-sign-in/cancelled/", cancels[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_cancelled);
    }
  g_test_add_func ("/oauth-sign-in/P13/url", test_url);
  g_test_add_func ("/oauth-sign-in/P13/fresh", test_fresh);
  g_test_add_func ("/oauth-sign-in/O04/registered", test_registered);
  g_test_add_func ("/oauth-sign-in/offline", test_offline);
  g_test_add_func ("/oauth-sign-in/O05/no-port", test_no_port);
  g_test_add_func ("/oauth-sign-in/O17/timeout", test_timeout);
  g_test_add_func ("/oauth-sign-in/O19/prompt-exchange", test_prompt_exchange);
  g_test_add_func ("/oauth-sign-in/O20/no-entropy", test_no_entropy);

  return g_test_run ();
}
