/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-https-post.h"

#include <malloc.h>
#include <string.h>
#include <sys/socket.h>

#include "config.h"
#include "tl-error.h"
#include "tl-test-child.h"
#include "tl-test-memory.h"
#include "tl-test-server.h"
#include "world.h"

#define LONG_MS 10000
#define HOST    "as.practice.invalid"
#define TYPE    "application/x-www-form-urlencoded"
#define BODY    "grant_type=authorization_code&code=canary-in-the-body"
#define OK      "HTTP/1.1 200 OK\r\n"
#define ANSWERED -1

typedef enum
{
  PEER_TLS,
  PEER_PLAIN,      /* speaks without TLS */
  PEER_SILENT_TLS, /* says nothing in the handshake */
  PEER_CUTS,       /* ends without a close_notify */
  PEER_STALLS,     /* says what it says, and then nothing more */
  PEER_DRIPS,      /* says it again and again, a byte at a time */
  PEER_ECHOES,     /* says what it was told */
} PeerMood;

/* One server, whose script is set before it is asked. */
typedef struct
{
  TlTestServer *server;
  SSL_CTX      *ctx;
  PeerMood      mood;
  const char   *reply;
  gsize         padding; /* bytes behind it */

  GMutex        lock;    /* guards what follows */
  GString      *clear;   /* what came without TLS */
  GString      *told;    /* what came under it */
} Peer;

static gboolean
read_request (SSL     *ssl,
              GString *request)
{
  const char *length;
  gsize left;
  char byte;

  while (strstr (request->str, "\r\n\r\n") == NULL)
    {
      if (SSL_read (ssl, &byte, 1) != 1)
        return FALSE;
      g_string_append_c (request, byte);
    }
  length = strstr (request->str, "\r\nContent-Length: ");
  left = length != NULL ? (gsize) g_ascii_strtoull (length + 18, NULL, 10) : 0;
  for (; left > 0 && SSL_read (ssl, &byte, 1) == 1; left--)
    g_string_append_c (request, byte);

  return left == 0;
}

static void
say (Peer       *self,
     SSL        *ssl,
     const char *request)
{
  static const char zeros[4096];
  gsize left = self->padding;

  if (self->mood == PEER_ECHOES)
    {
      const char *body = strstr (request, "\r\n\r\n") + 4;
      g_autofree char *reply = g_strdup_printf (OK "Content-Length: %zu\r\n\r\n%s", strlen (body),
                                                body);

      SSL_write (ssl, reply, (int) strlen (reply));
    }
  else if (*self->reply != '\0')
    SSL_write (ssl, self->reply, (int) strlen (self->reply));

  while (left > 0 && SSL_write (ssl, zeros, sizeof zeros) > 0)
    left -= MIN (left, sizeof zeros);
  for (gsize i = 0; self->mood == PEER_DRIPS && SSL_write (ssl, "x", 1) == 1; i++)
    g_usleep (20 * 1000);
}

static void
serve (int      fd,
       gpointer data)
{
  Peer *self = data;
  g_autoptr(GString) request = g_string_new (NULL);
  char first[512];
  gssize n;
  SSL *ssl;

  n = recv (fd, first, sizeof first, MSG_PEEK);
  g_mutex_lock (&self->lock);
  g_string_append_len (self->clear, first, MAX (n, 0));
  g_mutex_unlock (&self->lock);

  /* It may be taken for a proxy. */
  if (n > 0 && first[0] == 'C')
    {
      static const char yes[] = "HTTP/1.1 200 Yes\r\n\r\n";

      g_assert_cmpint (recv (fd, first, (gsize) n, 0), ==, n);
      send (fd, yes, strlen (yes), 0);
    }
  if (self->mood == PEER_PLAIN)
    send (fd, self->reply, strlen (self->reply), 0);
  if (self->mood == PEER_PLAIN || self->mood == PEER_SILENT_TLS)
    {
      tl_test_wait_for_hang_up (fd);
      return;
    }

  ssl = tl_test_accept_tls (fd, self->ctx);
  if (ssl == NULL)
    return;
  if (read_request (ssl, request))
    {
      g_mutex_lock (&self->lock);
      g_string_append_len (self->told, request->str, (gssize) request->len);
      g_mutex_unlock (&self->lock);
      say (self, ssl, request->str);
    }
  if (self->mood == PEER_STALLS)
    tl_test_wait_for_hang_up (fd);
  else if (self->mood != PEER_CUTS)
    SSL_shutdown (ssl);
  SSL_free (ssl);
}

static Peer *
peer_new (PeerMood    mood,
          const char *names,
          TlTestTls   peculiar)
{
  Peer *self = g_new0 (Peer, 1);

  self->mood = mood;
  self->reply = OK "Content-Length: 0\r\n\r\n";
  g_mutex_init (&self->lock);
  self->clear = g_string_new (NULL);
  self->told = g_string_new (NULL);
  self->ctx = tl_test_ca_new_server (world_get_authority (WORLD_PRACTICE), names, peculiar);
  self->server = tl_test_server_new (serve, self);

  return self;
}

static void
peer_free (Peer *self)
{
  tl_test_server_free (self->server);
  SSL_CTX_free (self->ctx);
  g_string_free (self->clear, TRUE);
  g_string_free (self->told, TRUE);
  g_mutex_clear (&self->lock);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_free)

typedef struct
{
  gboolean           done;
  TlHttpsPostAnswer *answer;
  GError            *error;
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_clear_pointer (&self->answer, tl_https_post_answer_free);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
on_posted (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->answer = tl_https_post_finish (result, &outcome->error);
  g_assert_true ((outcome->answer != NULL) == (outcome->error == NULL));
  outcome->done = TRUE;
}

static void
post_secret (const char   *url,
             TlSecret     *body,
             World         world,
             TlContacts   *contacts,
             guint         ms,
             GCancellable *cancellable,
             Outcome      *outcome)
{
  TlHttpsPost post = { .url = url, .content_type = TYPE, .body = body };

  outcome_clear (outcome);
  outcome->done = FALSE;
  tl_https_post_async (&post, world_get_network (world), contacts, tl_deadline_in_ms (ms),
                       cancellable, on_posted, outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
post (Peer         *peer,
      guint         ms,
      GCancellable *cancellable,
      Outcome      *outcome)
{
  g_autoptr(TlSecret) body = tl_secret_new (BODY, strlen (BODY));
  g_autofree char *url = g_strdup_printf ("https://" HOST ":%u/token",
                                          tl_test_server_get_port (peer->server));

  post_secret (url, body, WORLD_PRACTICE, NULL, ms, cancellable, outcome);
}

static void
test_sent (void)
{
  g_autoptr(Peer) peer = peer_new (PEER_TLS, HOST, TL_TEST_TLS_GOOD);
  g_autoptr(TlContacts) contacts = tl_contacts_new ();
  g_autoptr(TlSecret) body = tl_secret_new (BODY, strlen (BODY));
  g_autofree char *url = g_strdup_printf ("https://AS.practice.invalid:%u/a%%20b/token?x=1%%26",
                                          tl_test_server_get_port (peer->server));
  g_autofree char *expected = NULL;
  g_auto(GStrv) noted = NULL;
  g_auto(Outcome) outcome = { 0 };

  post_secret (url, body, WORLD_PRACTICE, contacts, LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  expected = g_strdup_printf ("POST /a%%20b/token?x=1%%26 HTTP/1.1\r\n"
                              "Host: " HOST ":%u\r\n"
                              "User-Agent: Twolane/" TL_VERSION "\r\n"
                              "Accept: application/json\r\n"
                              "Accept-Encoding: identity\r\n"
                              "Content-Type: " TYPE "\r\n"
                              "Content-Length: %zu\r\n"
                              "Connection: close\r\n"
                              "\r\n" BODY,
                              tl_test_server_get_port (peer->server), strlen (BODY));
  g_assert_cmpstr (peer->told->str, ==, expected);
  noted = tl_contacts_dup (contacts, TL_CONTACT_WEB);
  g_assert_cmpstr (noted[0], ==, HOST);
  g_assert_null (noted[1]);
}

typedef struct
{
  const char *name;
  PeerMood    mood;
  const char *reply;
  gsize       padding;
  int         code;        /* of TL_ERROR, or ANSWERED */
  guint       status;
  const char *body;
  const char *names;       /* of the certificate; NULL: the right one */
  TlTestTls   peculiar;
  guint       ms;          /* NULL: long enough */
  gboolean    told_nothing;
} PeerCase;

static const PeerCase peer_cases[] = {
  { "sized", PEER_TLS, OK "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}", 0,
    ANSWERED, 200, "{\"a\":1}" },
  { "sized-stays-open", PEER_STALLS, OK "Content-Length: 2\r\n\r\n{}", 0, ANSWERED, 200, "{}" },
  { "chunked", PEER_STALLS, OK "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 0,
    ANSWERED, 200, "{}" },
  { "until-closed", PEER_TLS, OK "\r\n{}", 0, ANSWERED, 200, "{}" },
  { "until-cut", PEER_CUTS, OK "\r\n{}", 0, TL_ERROR_PROTOCOL },
  { "refusal", PEER_TLS, "HTTP/1.1 400 No\r\nContent-Length: 2\r\n\r\n{}", 0, ANSWERED, 400, "{}" },
  { "redirect-not-followed", PEER_TLS,
    "HTTP/1.1 307 T\r\nLocation: https://" HOST "/x\r\nContent-Length: 0\r\n\r\n", 0, ANSWERED, 307,
    "" },
  { "short", PEER_TLS, OK "Content-Length: 9\r\n\r\n{}", 0, TL_ERROR_PROTOCOL },
  { "without-a-word", PEER_TLS, "", 0, TL_ERROR_PROTOCOL },
  { "rubbish", PEER_TLS, "SSH-2.0-x\r\n", 0, TL_ERROR_PROTOCOL },
  { "10-megabytes", PEER_TLS, OK "\r\n", 10 * 1024 * 1024, TL_ERROR_PROTOCOL },
  { "10-megabytes-declared", PEER_STALLS, OK "Content-Length: 10485760\r\n\r\n", 0,
    TL_ERROR_PROTOCOL },
  { "endless-head", PEER_TLS, OK "A: ", 10 * 1024 * 1024, TL_ERROR_PROTOCOL },
  { "P6/silent", PEER_STALLS, "", 0, TL_ERROR_TIMED_OUT, .ms = 300 },
  { "P6/stalled", PEER_STALLS, OK "Content-Length: 9\r\n\r\n{", 0, TL_ERROR_TIMED_OUT, .ms = 300 },
  { "P6/dripping", PEER_DRIPS, OK "\r\n", 0, TL_ERROR_TIMED_OUT, .ms = 300 },
  { "P6/silent-tls", PEER_SILENT_TLS, "", 0, TL_ERROR_TIMED_OUT, .ms = 300, .told_nothing = TRUE },
  { "P1/plaintext", PEER_PLAIN, OK "Content-Length: 0\r\n\r\n", 0, TL_ERROR_TLS,
    .told_nothing = TRUE },
  { "P1/other-name", PEER_TLS, "", 0, TL_ERROR_TLS, .names = "other.practice.invalid",
    .told_nothing = TRUE },
  { "P1/self-signed", PEER_TLS, "", 0, TL_ERROR_TLS, .peculiar = TL_TEST_TLS_SELF_SIGNED,
    .told_nothing = TRUE },
  { "P1/expired", PEER_TLS, "", 0, TL_ERROR_TLS, .peculiar = TL_TEST_TLS_EXPIRED,
    .told_nothing = TRUE },
};

static void
test_peer (gconstpointer data)
{
  const PeerCase *c = data;
  g_autoptr(Peer) peer = peer_new (c->mood, c->names != NULL ? c->names : HOST, c->peculiar);
  g_auto(Outcome) outcome = { 0 };
  gint64 begun_us = g_get_monotonic_time ();

  peer->reply = c->reply;
  peer->padding = c->padding;
  post (peer, c->ms > 0 ? c->ms : LONG_MS, NULL, &outcome);
  if (c->ms > 0)
    g_assert_cmpint ((g_get_monotonic_time () - begun_us) / 1000, <, c->ms + 300);

  if (c->code != ANSWERED)
    {
      g_assert_error (outcome.error, TL_ERROR, c->code);
      g_assert_null (strstr (outcome.error->message, "canary"));
    }
  else
    {
      g_assert_no_error (outcome.error);
      g_assert_cmpuint (outcome.answer->status, ==, c->status);
      g_assert_cmpstr (tl_secret_peek (outcome.answer->body, NULL), ==, c->body);
    }

  g_mutex_lock (&peer->lock);
  g_assert_null (strstr (peer->clear->str, "canary"));
  g_assert_cmpint (peer->told->len == 0, ==, c->told_nothing);
  g_mutex_unlock (&peer->lock);
}

typedef struct
{
  const char *name;
  const char *url;
  int         code;
} UrlCase;

static const UrlCase url_cases[] = {
  { "http",          "http://as.practice.invalid/",     TL_ERROR_INVALID_INPUT },
  { "no-scheme",     "as.practice.invalid/token",       TL_ERROR_INVALID_INPUT },
  { "user",          "https://u:p@as.practice.invalid/", TL_ERROR_INVALID_INPUT },
  { "fragment",      "https://as.practice.invalid/#x",  TL_ERROR_INVALID_INPUT },
  { "address",       "https://127.0.0.1/",              TL_ERROR_INVALID_INPUT },
  { "address-6",     "https://[::1]/",                  TL_ERROR_INVALID_INPUT },
  { "one-label",     "https://localhost/",              TL_ERROR_INVALID_INPUT },
  { "number",        "https://2130706433/",             TL_ERROR_INVALID_INPUT },
  { "split",         "https://as.practice.invalid/\r\nX: y", TL_ERROR_INVALID_INPUT },
  { "space",         "https://as.practice.invalid/ HTTP/1.1", TL_ERROR_INVALID_INPUT },
  { "port-0",        "https://as.practice.invalid:0/",  TL_ERROR_UNREACHABLE },
  { "port-65536",    "https://as.practice.invalid:65536/", TL_ERROR_INVALID_INPUT },
  { "nobody-there",  "https://as.practice.invalid:1/",  TL_ERROR_UNREACHABLE },
  { "no-such-name",  "https://as.elsewhere.test/",      TL_ERROR_NOT_FOUND },
};

static void
test_url (gconstpointer data)
{
  const UrlCase *c = data;
  g_autoptr(TlSecret) body = tl_secret_new (BODY, strlen (BODY));
  g_auto(Outcome) outcome = { 0 };

  post_secret (c->url, body, WORLD_PRACTICE, NULL, LONG_MS, NULL, &outcome);
  g_assert_error (outcome.error, TL_ERROR, c->code);
}

static void
test_too_much (void)
{
  g_autofree char *text = g_strnfill (TL_HTTPS_POST_MAX_REQUEST_BYTES + 1, 'x');
  g_autoptr(Peer) peer = peer_new (PEER_TLS, HOST, TL_TEST_TLS_GOOD);
  g_autofree char *url = g_strdup_printf ("https://" HOST ":%u/",
                                          tl_test_server_get_port (peer->server));
  g_autoptr(TlSecret) most = tl_secret_new (text, TL_HTTPS_POST_MAX_REQUEST_BYTES);
  g_autoptr(TlSecret) more = tl_secret_new (text, TL_HTTPS_POST_MAX_REQUEST_BYTES + 1);
  g_auto(Outcome) outcome = { 0 };

  post_secret (url, more, WORLD_PRACTICE, NULL, LONG_MS, NULL, &outcome);
  g_assert_error (outcome.error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_cmpuint (tl_test_server_get_n_served (peer->server), ==, 0);
  post_secret (url, most, WORLD_PRACTICE, NULL, LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
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
  PeerMood    mood;
  guint       after_ms;
} cancel_cases[] = {
  { "before",       PEER_TLS,        0 },
  { "in-handshake", PEER_SILENT_TLS, 100 },
  { "in-answer",    PEER_STALLS,     100 },
};

static void
test_cancelled (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(Peer) peer = peer_new (cancel_cases[i].mood, HOST, TL_TEST_TLS_GOOD);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(Outcome) outcome = { 0 };
  gint64 begun_us = g_get_monotonic_time ();

  peer->reply = "";
  if (cancel_cases[i].after_ms > 0)
    g_timeout_add (cancel_cases[i].after_ms, cancel, cancellable);
  else
    g_cancellable_cancel (cancellable);
  post (peer, LONG_MS, cancellable, &outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint ((g_get_monotonic_time () - begun_us) / 1000, <, cancel_cases[i].after_ms + 200);
}

/* --- By a proxy ------------------------------------------------------------------ */

static char *system_proxy;

typedef struct
{
  GObject parent_instance;
} OneProxy;
typedef GObjectClass OneProxyClass;

GType one_proxy_get_type (void);
static void one_proxy_resolver_init (GProxyResolverInterface *iface);
G_DEFINE_TYPE_WITH_CODE (OneProxy, one_proxy, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, one_proxy_resolver_init))

static gboolean
one_proxy_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

/* For the web alone. */
static char **
one_proxy_lookup (GProxyResolver  *resolver,
                  const char      *uri,
                  GCancellable    *cancellable,
                  GError         **error)
{
  const char *proxies[] = { "direct://", NULL };

  if (system_proxy != NULL && g_str_has_prefix (uri, "https://"))
    proxies[0] = system_proxy;

  return g_strdupv ((char **) proxies);
}

static void
one_proxy_resolver_init (GProxyResolverInterface *iface)
{
  iface->is_supported = one_proxy_is_supported;
  iface->lookup = one_proxy_lookup;
}

static void
one_proxy_class_init (OneProxyClass *klass)
{
}

static void
one_proxy_init (OneProxy *self)
{
}

static void
test_proxy (void)
{
  g_autoptr(Peer) peer = peer_new (PEER_TLS, "as.far.test", TL_TEST_TLS_GOOD);
  g_autoptr(TlSecret) body = tl_secret_new (BODY, strlen (BODY));
  g_auto(Outcome) outcome = { 0 };

  g_test_summary ("Where the system has a proxy for the web, no name is looked up");

  SSL_CTX_free (peer->ctx);
  peer->ctx = tl_test_ca_new_server (world_get_authority (WORLD_SYSTEM), "as.far.test",
                                     TL_TEST_TLS_GOOD);
  system_proxy = g_strdup_printf ("http://127.0.0.1:%u", tl_test_server_get_port (peer->server));
  post_secret ("https://as.far.test/token", body, WORLD_SYSTEM, NULL, LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_nonnull (strstr (peer->clear->str, "CONNECT as.far.test:443 "));
  g_assert_null (strstr (peer->clear->str, "canary"));
  g_assert_true (g_str_has_suffix (peer->told->str, "\r\n\r\n" BODY));
  g_assert_nonnull (strstr (peer->told->str, "\r\nHost: as.far.test\r\n"));
  g_clear_pointer (&system_proxy, g_free);
}

/* --- What is left in memory ------------------------------------------------------ */

static void
post_canary (guint16  port,
             gpointer data)
{
  g_autoptr(TlTestMemory) canary = tl_test_memory_new ();
  const char *text = tl_test_memory_peek (canary);
  g_autoptr(TlSecret) body = tl_secret_new (text, strlen (text));
  g_autofree char *url = g_strdup_printf ("https://" HOST ":%u/", port);
  g_auto(Outcome) outcome = { 0 };
  g_autofree char *found = NULL;

  post_secret (url, body, WORLD_PRACTICE, NULL, LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_true (tl_secret_equal (outcome.answer->body, body));

#ifndef __SANITIZE_ADDRESS__
  found = tl_test_memory_find (canary);
#endif
  g_assert_cmpstr (found, ==, NULL);
}

static TlTestChild *client;

static void
test_memory (void)
{
  g_autoptr(Peer) peer = peer_new (PEER_ECHOES, HOST, TL_TEST_TLS_GOOD);

  g_test_summary ("Neither what was sent nor what came back stays anywhere but in secrets");

#ifdef __SANITIZE_ADDRESS__
  /* It copies memory in its own way, and keeps more than one stack. */
  g_test_skip ("AddressSanitizer keeps copies");
#endif
  tl_test_child_finish (g_steal_pointer (&client), tl_test_server_get_port (peer->server));
  g_assert_cmpuint (tl_test_server_get_n_served (peer->server), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  /* What is freed and not wiped must be found. */
  mallopt (M_PERTURB, 0);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "one", TRUE);
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, one_proxy_get_type (),
                                  "one", 1000);
  world_begin ();
  client = tl_test_child_new (post_canary, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (peer_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/https-post/", peer_cases[i].name, NULL);

      g_test_add_data_func (path, &peer_cases[i], test_peer);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (url_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/https-post/url/", url_cases[i].name, NULL);

      g_test_add_data_func (path, &url_cases[i], test_url);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cancel_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/https-post/P6/cancelled/", cancel_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_cancelled);
    }
  g_test_add_func ("/https-post/sent", test_sent);
  g_test_add_func ("/https-post/too-much", test_too_much);
  g_test_add_func ("/https-post/proxy", test_proxy);
  g_test_add_func ("/https-post/P9/memory", test_memory);

  status = g_test_run ();
  world_end ();

  return status;
}
