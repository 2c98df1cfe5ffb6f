/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "tl-error.h"
#include "tl-https-private.h"
#include "tl-test-ca.h"
#include "tl-test-server.h"

/* One server plays a whole web behind a CONNECT proxy, so that every name has
 * its port 443 without any name being resolved. */
typedef struct
{
  const char *name;
  const char *path;
  const char *head;   /* NULL: no answer at all */
  const char *body;
  gsize       padding; /* octets sent behind the body */
  gboolean    stalls;  /* stays silent after what was sent */
  gboolean    stays;   /* takes another request after it */
  gboolean    early;   /* informational answers without end */
} Page;

static const Page pages[] = {
  { .path = "/doc",
    .head = "200 OK\r\nContent-Type: Text/XML; charset=utf-8\r\nContent-Length: 5\r\n",
    .body = "hello", .stays = TRUE },
  { .path = "/missing", .head = "404 Not Found\r\nContent-Length: 4\r\n", .body = "gone" },
  { .path = "/broken", .head = "503 Busy\r\nContent-Length: 0\r\n" },
  { .path = "/secret",
    .head = "401 Who\r\nWWW-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n" },
  { .path = "/proxy-secret", .stays = TRUE,
    .head = "407 Who\r\nProxy-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n" },
  { .path = "/early", .early = TRUE },
  { .path = "/cookie", .head = "200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n" },
  { .path = "/full", .head = "200 OK\r\n", .padding = TL_HTTPS_MAX_BYTES },
  { .path = "/large", .head = "200 OK\r\n", .padding = TL_HTTPS_MAX_BYTES + 1 },
  { .path = "/endless", .head = "200 OK\r\n", .padding = G_MAXSIZE },
  { .path = "/large-declared", .head = "200 OK\r\nContent-Length: 262145\r\n", .body = "x",
    .stalls = TRUE },
  { .path = "/zipped", .head = "200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n",
    .body = "\x1f\x8b\x08\x01" },
  { .path = "/cut", .head = "200 OK\r\nContent-Length: 100\r\n", .body = "hello" },
  { .path = "/rubbish", .head = NULL, .body = "SSH-2.0-x\r\n\r\n" },
  { .path = "/silent", .head = NULL, .stalls = TRUE },
  { .path = "/stalled", .head = "200 OK\r\nContent-Length: 100\r\n", .body = "hello",
    .stalls = TRUE },
  { .path = "/no-location", .head = "302 Found\r\nContent-Length: 0\r\n" },
  { .path = "/to-doc", .head = "302 Found\r\nLocation: /doc\r\nContent-Length: 0\r\n",
    .stays = TRUE },
  { .path = "/to-sibling",
    .head = "301 Moved\r\nLocation: https://www.a.test/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-443",
    .head = "308 Moved\r\nLocation: https://a.test:443/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-other-owner",
    .head = "302 Found\r\nLocation: https://b.test/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-http",
    .head = "302 Found\r\nLocation: http://a.test/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-port",
    .head = "302 Found\r\nLocation: https://a.test:8443/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-user",
    .head = "302 Found\r\nLocation: https://u:p@a.test/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-address",
    .head = "302 Found\r\nLocation: https://127.0.0.1/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-file",
    .head = "302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n" },
  { .path = "/to-escape", .head = "302 Found\r\nLocation: /d\x1b[31m\r\nContent-Length: 0\r\n" },
  { .path = "/loop", .head = "302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n" },
  { .path = "/hop4", .head = "302 Found\r\nLocation: /hop3\r\nContent-Length: 0\r\n" },
  { .path = "/hop3", .head = "303 See\r\nLocation: /hop2\r\nContent-Length: 0\r\n" },
  { .path = "/hop2", .head = "307 There\r\nLocation: /hop1\r\nContent-Length: 0\r\n" },
  { .path = "/hop1", .head = "302 Found\r\nLocation: /doc\r\nContent-Length: 0\r\n" },
};

typedef enum
{
  WEB_WELL,
  WEB_SILENT_TLS,
  WEB_PLAINTEXT,
  WEB_PROXY_REFUSES,
} WebMood;

typedef struct
{
  TlTestCa     *ca;
  SSL_CTX      *ctx;
  TlTestServer *server;
  WebMood       mood;
  int           n_asked_who; /* atomic: requests for what needs credentials */
  int           n_told_who;  /* atomic: those with credentials */
  GTlsDatabase *trust;
  char         *folder;
  char         *ca_file;
} Web;

/* Reads up to the empty line; FALSE when the other side hung up. */
static gboolean
read_head (int      fd,
           SSL     *ssl,
           GString *head)
{
  g_string_truncate (head, 0);
  while (strstr (head->str, "\r\n\r\n") == NULL)
    {
      char byte;
      gssize n = ssl != NULL ? SSL_read (ssl, &byte, 1) : recv (fd, &byte, 1, 0);

      if (n != 1)
        return FALSE;
      g_string_append_c (head, byte);
    }

  return TRUE;
}

static gboolean
send_text (SSL        *ssl,
           const char *text)
{
  return *text == '\0' || SSL_write (ssl, text, (int) strlen (text)) > 0;
}

static void
send_padding (SSL   *ssl,
              gsize  len)
{
  static const char zeros[1024];

  for (gsize sent = 0; sent < len; sent += MIN (len - sent, sizeof zeros))
    {
      if (SSL_write (ssl, zeros, (int) MIN (len - sent, sizeof zeros)) <= 0)
        return;
    }
}

static void
send_early (SSL *ssl)
{
  while (send_text (ssl, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"))
    ;
}

/* Returns whether the connection stays open. */
static gboolean
answer (Web        *web,
        int         fd,
        SSL        *ssl,
        const char *request)
{
  g_autofree char *path = g_strndup (request + 4, strcspn (request + 4, " "));

  if (g_str_has_suffix (path, "secret"))
    {
      g_atomic_int_inc (&web->n_asked_who);
      if (strstr (request, "uthorization:") != NULL)
        g_atomic_int_inc (&web->n_told_who);
    }

  if (g_str_equal (path, "/echo"))
    {
      g_autofree char *text = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%s",
                                               strlen (request), request);

      return send_text (ssl, text);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      const Page *page = &pages[i];

      if (!g_str_equal (page->path, path))
        continue;

      if (page->early)
        send_early (ssl);
      if (page->head != NULL)
        {
          g_autofree char *head = g_strconcat ("HTTP/1.1 ", page->head,
                                               page->stays ? "\r\n" : "Connection: close\r\n\r\n",
                                               NULL);

          send_text (ssl, head);
        }
      send_text (ssl, page->body != NULL ? page->body : "");
      send_padding (ssl, page->padding);
      if (page->stalls)
        tl_test_wait_for_hang_up (fd);
      return page->stays;
    }

  g_error ("nobody wrote a page for %s", path);
}

static void
serve (int      fd,
       gpointer data)
{
  static const char plaintext[] = "HTTP/1.1 400 Bad Request\r\n\r\n";
  Web *web = data;
  g_autoptr(GString) head = g_string_new (NULL);
  char first;
  SSL *ssl;

  if (recv (fd, &first, 1, MSG_PEEK) == 1 && first == 'C')
    {
      const char *reply = web->mood == WEB_PROXY_REFUSES ? "HTTP/1.1 403 No\r\n\r\n"
                                                         : "HTTP/1.1 200 Yes\r\n\r\n";

      if (!read_head (fd, NULL, head) || send (fd, reply, strlen (reply), 0) < 0 ||
          web->mood == WEB_PROXY_REFUSES)
        return;
    }

  /* Only after the client has said something: what comes with the proxy's
   * reply is still the proxy's. */
  if (web->mood == WEB_PLAINTEXT && recv (fd, &first, 1, MSG_PEEK) == 1)
    send (fd, plaintext, strlen (plaintext), 0);
  if (web->mood != WEB_WELL)
    {
      tl_test_wait_for_hang_up (fd);
      return;
    }

  ssl = tl_test_accept_tls (fd, web->ctx);
  if (ssl == NULL)
    return;
  while (read_head (fd, ssl, head) && answer (web, fd, ssl, head->str))
    ;
  SSL_shutdown (ssl);
  SSL_free (ssl);
}

static Web *
web_new (TlTestTls peculiar,
         WebMood   mood)
{
  Web *self = g_new0 (Web, 1);
  g_autoptr(GError) error = NULL;

  self->mood = mood;
  self->ca = tl_test_ca_new (NULL);
  self->ctx = tl_test_ca_new_server (self->ca, "a.test,www.a.test,b.test,127.0.0.1", peculiar);
  self->folder = g_dir_make_tmp ("twolane-https-XXXXXX", &error);
  g_assert_no_error (error);
  self->ca_file = g_build_filename (self->folder, "ca.pem", NULL);
  g_file_set_contents (self->ca_file, tl_test_ca_get_pem (self->ca), -1, &error);
  g_assert_no_error (error);
  self->trust = g_tls_file_database_new (self->ca_file, &error);
  g_assert_no_error (error);
  self->server = tl_test_server_new (serve, self);

  return self;
}

static void
web_free (Web *self)
{
  tl_test_server_free (self->server);
  SSL_CTX_free (self->ctx);
  tl_test_ca_free (self->ca);
  g_object_unref (self->trust);
  g_unlink (self->ca_file);
  g_rmdir (self->folder);
  g_free (self->ca_file);
  g_free (self->folder);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Web, web_free)

static TlHttps *
web_client (Web *self)
{
  g_autofree char *proxy = g_strdup_printf ("http://ada:horse@127.0.0.1:%u",
                                            tl_test_server_get_port (self->server));
  g_autoptr(GProxyResolver) proxies = g_simple_proxy_resolver_new (proxy, NULL);

  return tl_https_new_for (self->trust, proxies);
}

typedef struct
{
  gboolean       done;
  TlHttpsAnswer *answer;
  GError        *error;
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_clear_pointer (&self->answer, tl_https_answer_free);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
on_fetched (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->answer = tl_https_get_finish (TL_HTTPS (object), result, &outcome->error);
  g_assert_true ((outcome->answer != NULL) == (outcome->error == NULL));
  outcome->done = TRUE;
}

static void
fetch (TlHttps      *https,
       const char   *url,
       guint         ms,
       GCancellable *cancellable,
       Outcome      *outcome)
{
  outcome_clear (outcome);
  outcome->done = FALSE;
  tl_https_get_async (https, url, tl_deadline_in_ms (ms), cancellable, on_fetched, outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

#define ANSWERED -1
#define LONG_MS 10000

static const struct
{
  const char *name;
  const char *url;
  int         code;   /* a TlError, or ANSWERED */
  guint       status;
  const char *body;
  const char *hops;   /* where it went after the first */
} fetches[] = {
  { "document",         "https://a.test/doc",             ANSWERED, 200, "hello", "" },
  { "missing",          "https://a.test/missing",         ANSWERED, 404, "gone",  "" },
  { "server-error",     "https://a.test/broken",          ANSWERED, 503, "",      "" },
  { "unauthorized",     "https://a.test/secret",          ANSWERED, 401, "",      "" },
  { "no-location",      "https://a.test/no-location",     ANSWERED, 302, "",      "" },
  { "full",             "https://a.test/full",            ANSWERED, 200, NULL,    "" },
  { "too-large",        "https://a.test/large",           TL_ERROR_PROTOCOL },
  { "endless",          "https://a.test/endless",         TL_ERROR_PROTOCOL },
  { "large-declared",   "https://a.test/large-declared",  TL_ERROR_PROTOCOL },
  { "zipped",           "https://a.test/zipped",          TL_ERROR_PROTOCOL },
  { "cut",              "https://a.test/cut",             TL_ERROR_PROTOCOL },
  { "rubbish",          "https://a.test/rubbish",         TL_ERROR_PROTOCOL },
  { "early",            "https://a.test/early",           TL_ERROR_PROTOCOL },
  { "redirect",         "https://a.test/to-doc",          ANSWERED, 200, "hello",
    "https://a.test/doc" },
  { "to-sibling",       "https://a.test/to-sibling",      ANSWERED, 200, "hello",
    "https://www.a.test/doc" },
  { "to-443",           "https://a.test/to-443",          ANSWERED, 200, "hello",
    "https://a.test/doc" },
  { "three-hops",       "https://a.test/hop3",            ANSWERED, 200, "hello",
    "https://a.test/hop2 https://a.test/hop1 https://a.test/doc" },
  { "four-hops",        "https://a.test/hop4",            TL_ERROR_REFUSED },
  { "loop",             "https://a.test/loop",            TL_ERROR_REFUSED },
  { "to-other-owner",   "https://a.test/to-other-owner",  TL_ERROR_REFUSED },
  { "to-http",          "https://a.test/to-http",         TL_ERROR_REFUSED },
  { "to-port",          "https://a.test/to-port",         TL_ERROR_REFUSED },
  { "to-user",          "https://a.test/to-user",         TL_ERROR_REFUSED },
  { "to-address",       "https://a.test/to-address",      TL_ERROR_REFUSED },
  { "to-file",          "https://a.test/to-file",         TL_ERROR_REFUSED },
  { "to-escape",        "https://a.test/to-escape",       TL_ERROR_PROTOCOL },
  { "name-not-in-certificate", "https://c.test/doc",      TL_ERROR_TLS },
  { "http",             "http://a.test/doc",              TL_ERROR_INVALID_INPUT },
  { "user",             "https://u@a.test/doc",           TL_ERROR_INVALID_INPUT },
  { "no-host",          "https:///doc",                   TL_ERROR_INVALID_INPUT },
  { "no-url",           "a.test",                         TL_ERROR_INVALID_INPUT },
  { "space",            "https://a.test/a b",             TL_ERROR_INVALID_INPUT },
};

static Web *good_web;

static void
test_fetch (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlHttps) https = web_client (good_web);
  g_auto(Outcome) outcome = { 0 };
  g_autofree char *hops = NULL;

  fetch (https, fetches[i].url, LONG_MS, NULL, &outcome);

  if (fetches[i].code != ANSWERED)
    {
      g_assert_error (outcome.error, TL_ERROR, fetches[i].code);
      return;
    }

  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.answer->status, ==, fetches[i].status);
  g_assert_cmpstr (outcome.answer->hops[0], ==, fetches[i].url);
  hops = g_strjoinv (" ", outcome.answer->hops + 1);
  g_assert_cmpstr (hops, ==, fetches[i].hops);
  if (fetches[i].body != NULL)
    g_assert_cmpmem (fetches[i].body, strlen (fetches[i].body),
                     g_bytes_get_data (outcome.answer->body, NULL),
                     g_bytes_get_size (outcome.answer->body));
  else
    g_assert_cmpuint (g_bytes_get_size (outcome.answer->body), ==, TL_HTTPS_MAX_BYTES);
}

static void
test_content_type (void)
{
  g_autoptr(TlHttps) https = web_client (good_web);
  g_auto(Outcome) outcome = { 0 };

  fetch (https, "https://a.test/doc", LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (outcome.answer->content_type, ==, "text/xml");

  fetch (https, "https://a.test/missing", LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_null (outcome.answer->content_type);
}

static void
test_one_connection (void)
{
  g_autoptr(Web) web = web_new (TL_TEST_TLS_GOOD, WEB_WELL);
  g_autoptr(TlHttps) https = web_client (web);
  g_auto(Outcome) outcome = { 0 };

  g_test_summary ("A second answer on a connection is as verified as the first");

  for (guint i = 0; i < 3; i++)
    {
      fetch (https, "https://a.test/doc", LONG_MS, NULL, &outcome);
      g_assert_no_error (outcome.error);
    }
  g_assert_cmpuint (tl_test_server_get_n_served (web->server), ==, 1);
}

static void
test_says_little (void)
{
  g_autoptr(TlHttps) https = web_client (good_web);
  g_auto(Outcome) outcome = { 0 };
  g_autofree char *request = NULL;

  g_test_summary ("No cookie, no credentials, no compression, no referrer, no language");

  fetch (https, "https://a.test/cookie", LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  fetch (https, "https://a.test/secret", LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  fetch (https, "https://a.test/echo", LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);

  request = g_strndup (g_bytes_get_data (outcome.answer->body, NULL),
                       g_bytes_get_size (outcome.answer->body));
  g_assert_nonnull (strstr (request, "\r\nUser-Agent: Twolane/"));
  g_assert_nonnull (strstr (request, "\r\nAccept-Encoding: identity\r\n"));
  g_assert_null (strstr (request, "\r\nCookie:"));
  g_assert_null (strstr (request, "\r\nAuthorization:"));
  g_assert_null (strstr (request, "\r\nReferer:"));
  g_assert_null (strstr (request, "\r\nAccept-Language:"));
}

/* A server may ask for what only the proxy is to hear. */
static void
test_tells_nobody_who (void)
{
  static const struct
  {
    const char *url;
    guint       status;
  } pages_for_members[] = {
    { "https://a.test/secret",       401 },
    { "https://a.test/proxy-secret", 407 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pages_for_members); i++)
    {
      g_autoptr(Web) web = web_new (TL_TEST_TLS_GOOD, WEB_WELL);
      g_autoptr(TlHttps) https = web_client (web);
      g_auto(Outcome) outcome = { 0 };

      fetch (https, pages_for_members[i].url, LONG_MS, NULL, &outcome);
      g_assert_no_error (outcome.error);
      g_assert_cmpuint (outcome.answer->status, ==, pages_for_members[i].status);
      g_assert_cmpint (g_atomic_int_get (&web->n_asked_who), ==, 1);
      g_assert_cmpint (g_atomic_int_get (&web->n_told_who), ==, 0);
    }
}

static const struct
{
  const char *name;
  TlTestTls   peculiar;
  WebMood     mood;
  gboolean    stranger; /* the client trusts another authority */
  int         code;
} webs[] = {
  { "expired",        TL_TEST_TLS_EXPIRED,       WEB_WELL,          FALSE, TL_ERROR_TLS },
  { "not-yet-valid",  TL_TEST_TLS_NOT_YET_VALID, WEB_WELL,          FALSE, TL_ERROR_TLS },
  { "self-signed",    TL_TEST_TLS_SELF_SIGNED,   WEB_WELL,          FALSE, TL_ERROR_TLS },
  { "incomplete",     TL_TEST_TLS_INCOMPLETE,    WEB_WELL,          FALSE, TL_ERROR_TLS },
  { "unknown-root",   TL_TEST_TLS_GOOD,          WEB_WELL,          TRUE,  TL_ERROR_TLS },
  { "plaintext",      TL_TEST_TLS_GOOD,          WEB_PLAINTEXT,     FALSE, TL_ERROR_TLS },
  { "intermediate",   TL_TEST_TLS_INTERMEDIATE,  WEB_WELL,          FALSE, ANSWERED },
  { "proxy-refuses",  TL_TEST_TLS_GOOD,          WEB_PROXY_REFUSES, FALSE, TL_ERROR_UNREACHABLE },
};

static void
test_web (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(Web) web = web_new (webs[i].peculiar, webs[i].mood);
  g_autoptr(TlHttps) https = NULL;
  g_auto(Outcome) outcome = { 0 };

  if (webs[i].stranger)
    g_set_object (&web->trust, good_web->trust);
  https = web_client (web);
  fetch (https, "https://a.test/doc", LONG_MS, NULL, &outcome);

  if (webs[i].code == ANSWERED)
    g_assert_no_error (outcome.error);
  else
    g_assert_error (outcome.error, TL_ERROR, webs[i].code);
}

static void
test_system_trust (void)
{
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/doc",
                                          tl_test_server_get_port (good_web->server));
  g_autoptr(GProxyResolver) direct = g_simple_proxy_resolver_new ("direct://", NULL);
  g_autoptr(TlHttps) ours = tl_https_new_for (good_web->trust, direct);
  g_autoptr(TlHttps) systems = tl_https_new_for (NULL, direct);
  g_auto(Outcome) outcome = { 0 };

  fetch (ours, url, LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.answer->status, ==, 200);

  fetch (systems, url, LONG_MS, NULL, &outcome);
  g_assert_error (outcome.error, TL_ERROR, TL_ERROR_TLS);
}

static void
test_refused (void)
{
  TlTestServer *server = tl_test_server_new (serve, NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/",
                                          tl_test_server_get_port (server));
  g_autoptr(GProxyResolver) direct = g_simple_proxy_resolver_new ("direct://", NULL);
  g_autoptr(TlHttps) https = tl_https_new_for (good_web->trust, direct);
  g_auto(Outcome) outcome = { 0 };

  tl_test_server_free (server);
  fetch (https, url, LONG_MS, NULL, &outcome);
  g_assert_error (outcome.error, TL_ERROR, TL_ERROR_UNREACHABLE);
}

/* Where waiting happens: before TLS, before the head, within the body. */
static const struct
{
  const char *name;
  const char *url;
  WebMood     mood;
} waits[] = {
  { "handshake", "https://a.test/doc",     WEB_SILENT_TLS },
  { "head",      "https://a.test/silent",  WEB_WELL },
  { "body",      "https://a.test/stalled", WEB_WELL },
};

static void
test_time_out (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(Web) web = web_new (TL_TEST_TLS_GOOD, waits[i].mood);
  g_autoptr(TlHttps) https = web_client (web);
  g_auto(Outcome) outcome = { 0 };
  gint64 began_us = g_get_monotonic_time ();

  fetch (https, waits[i].url, 300, NULL, &outcome);
  g_assert_error (outcome.error, TL_ERROR, TL_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 290 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 2000 * 1000);
}

static gint64 cancelled_at_us;

static gboolean
on_time_to_cancel (gpointer data)
{
  cancelled_at_us = g_get_monotonic_time ();
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(Web) web = web_new (TL_TEST_TLS_GOOD, waits[i].mood);
  g_autoptr(TlHttps) https = web_client (web);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(Outcome) outcome = { 0 };
  gint64 taken_us;

  g_timeout_add (200, on_time_to_cancel, cancellable);
  fetch (https, waits[i].url, LONG_MS, cancellable, &outcome);
  taken_us = g_get_monotonic_time () - cancelled_at_us;

  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (taken_us, <, 200 * 1000);
  g_test_message ("took %" G_GINT64_FORMAT " us", taken_us);
}

static void
test_cancelled_before (void)
{
  g_autoptr(TlHttps) https = web_client (good_web);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(Outcome) outcome = { 0 };

  g_cancellable_cancel (cancellable);
  fetch (https, "https://a.test/doc", LONG_MS, cancellable, &outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A resolver that knows no name at all. */
typedef struct
{
  GResolver parent_instance;
  int       code;
} BlankResolver;
typedef GResolverClass BlankResolverClass;

GType blank_resolver_get_type (void);
G_DEFINE_TYPE (BlankResolver, blank_resolver, G_TYPE_RESOLVER)

static void
blank_resolver_lookup (GResolver                *resolver,
                       const char               *host,
                       GResolverNameLookupFlags  flags,
                       GCancellable             *cancellable,
                       GAsyncReadyCallback       callback,
                       gpointer                  user_data)
{
  g_autoptr(GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_new_error (task, G_RESOLVER_ERROR, ((BlankResolver *) resolver)->code, "blank");
}

static GList *
blank_resolver_finish (GResolver     *resolver,
                       GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
blank_resolver_class_init (GResolverClass *klass)
{
  klass->lookup_by_name_with_flags_async = blank_resolver_lookup;
  klass->lookup_by_name_with_flags_finish = blank_resolver_finish;
}

static void
blank_resolver_init (BlankResolver *self)
{
}

static const struct
{
  const char *name;
  int         code;
  int         as;
} resolver_codes[] = {
  { "not-found",         G_RESOLVER_ERROR_NOT_FOUND,         TL_ERROR_NOT_FOUND },
  { "internal",          G_RESOLVER_ERROR_INTERNAL,          TL_ERROR_UNREACHABLE },
  { "temporary-failure", G_RESOLVER_ERROR_TEMPORARY_FAILURE, TL_ERROR_TEMPORARY },
};

static void
test_resolver_code (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GResolver) usual = g_resolver_get_default ();
  g_autoptr(GResolver) blank = g_object_new (blank_resolver_get_type (), NULL);
  g_autoptr(GProxyResolver) direct = g_simple_proxy_resolver_new ("direct://", NULL);
  g_autoptr(TlHttps) https = tl_https_new_for (good_web->trust, direct);
  g_auto(Outcome) outcome = { 0 };

  ((BlankResolver *) blank)->code = resolver_codes[i].code;
  g_resolver_set_default (blank);
  fetch (https, "https://nowhere.test/", LONG_MS, NULL, &outcome);
  g_resolver_set_default (usual);

  g_assert_error (outcome.error, TL_ERROR, resolver_codes[i].as);
}

#define ADD_CASES(prefix, cases, func)                                          \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                              \
    {                                                                           \
      g_autofree char *path = g_strconcat ("/https/" prefix "/", cases[i].name, NULL); \
                                                                                \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), func);                  \
    }

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  good_web = web_new (TL_TEST_TLS_GOOD, WEB_WELL);

  ADD_CASES ("fetch", fetches, test_fetch)
  ADD_CASES ("web", webs, test_web)
  ADD_CASES ("time-out", waits, test_time_out)
  ADD_CASES ("cancel", waits, test_cancel)
  ADD_CASES ("resolver", resolver_codes, test_resolver_code)
  g_test_add_func ("/https/content-type", test_content_type);
  g_test_add_func ("/https/one-connection", test_one_connection);
  g_test_add_func ("/https/says-little", test_says_little);
  g_test_add_func ("/https/tells-nobody-who", test_tells_nobody_who);
  g_test_add_func ("/https/system-trust", test_system_trust);
  g_test_add_func ("/https/refused", test_refused);
  g_test_add_func ("/https/cancelled-before", test_cancelled_before);

  status = g_test_run ();
  web_free (good_web);

  return status;
}
