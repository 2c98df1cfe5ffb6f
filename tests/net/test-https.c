/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "tl-error.h"
#include "tl-https-private.h"
#include "tl-test-resolver.h"
#include "tl-test-web.h"

#define LONG_MS 10000

static TlHttps *
web_client (TlTestWeb *self)
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

  outcome->answer = tl_https_send_finish (TL_HTTPS (object), result, &outcome->error);
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
  tl_https_send_async (https, &(TlHttpsRequest) { .url = url }, tl_deadline_in_ms (ms), cancellable,
                       on_fetched, outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

#define ANSWERED  -1
#define TOO_LARGE -2

static const struct
{
  const char *name;
  const char *url;
  int         code;   /* a TlError, ANSWERED or TOO_LARGE */
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
  { "c10-too-large",        "https://a.test/large",           TOO_LARGE },
  { "c10-endless",          "https://a.test/endless",         TOO_LARGE },
  { "large-declared",   "https://a.test/large-declared",  TOO_LARGE },
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
  { "c04-four-hops",        "https://a.test/hop4",            TL_ERROR_REFUSED },
  { "c04-loop",             "https://a.test/loop",            TL_ERROR_REFUSED },
  { "c04-to-other-owner",   "https://a.test/to-other-owner",  TL_ERROR_REFUSED },
  { "c04-to-http",          "https://a.test/to-http",         TL_ERROR_REFUSED },
  { "to-port",          "https://a.test/to-port",         TL_ERROR_REFUSED },
  { "to-user",          "https://a.test/to-user",         TL_ERROR_REFUSED },
  { "c04-to-address",       "https://a.test/to-address",      TL_ERROR_REFUSED },
  { "c04-to-file",          "https://a.test/to-file",         TL_ERROR_REFUSED },
  { "c04-twenty-hops",  "https://a.test/twenty/",         TL_ERROR_REFUSED },
  { "c04-to-25",        "https://a.test/to-25",           TL_ERROR_REFUSED },
  { "c04-to-ftp",       "https://a.test/to-ftp",          TL_ERROR_REFUSED },
  { "c10-5-megabytes",  "https://a.test/5-megabytes",     TOO_LARGE },
  { "c10-empty",        "https://a.test/empty",           ANSWERED, 200, "",      "" },
  { "to-escape",        "https://a.test/to-escape",       TL_ERROR_PROTOCOL },
  { "c11-t03-other-host", "https://c.test/doc",      TL_ERROR_TLS },
  { "http",             "http://a.test/doc",              TL_ERROR_INVALID_INPUT },
  { "user",             "https://u@a.test/doc",           TL_ERROR_INVALID_INPUT },
  { "no-host",          "https:///doc",                   TL_ERROR_INVALID_INPUT },
  { "no-url",           "a.test",                         TL_ERROR_INVALID_INPUT },
  { "space",            "https://a.test/a b",             TL_ERROR_INVALID_INPUT },
  { "escaped-host",     "https://a%1b%5b31m%0aX.a.test/", TL_ERROR_INVALID_INPUT },
  { "to-escaped-host",  "https://a.test/to-escaped-host", TL_ERROR_PROTOCOL },
  { "to-spelt-out",     "https://a.test/to-spelt-out",    ANSWERED, 200, "hello",
    "https://www.a.test/doc" },
  { "one-label",        "https://router/doc",             TL_ERROR_INVALID_INPUT },
  { "address",          "https://127.0.0.1/doc",          TL_ERROR_INVALID_INPUT },
  { "address-6",        "https://[::1]/doc",              TL_ERROR_INVALID_INPUT },
  { "address-short",    "https://127.1/doc",              TL_ERROR_INVALID_INPUT },
  { "address-number",   "https://2130706433/doc",         TL_ERROR_INVALID_INPUT },
  { "address-hex",      "https://127.0x1/doc",            TL_ERROR_INVALID_INPUT },
};

static TlTestWeb *good_web;

static void
test_fetch (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlHttps) https = web_client (good_web);
  g_auto(Outcome) outcome = { 0 };
  g_autofree char *hops = NULL;

  fetch (https, fetches[i].url, LONG_MS, NULL, &outcome);

  if (fetches[i].code >= 0)
    {
      g_assert_error (outcome.error, TL_ERROR, fetches[i].code);
      return;
    }

  g_assert_no_error (outcome.error);
  g_assert_cmpint (outcome.answer->is_too_large, ==, fetches[i].code == TOO_LARGE);
  if (fetches[i].code == TOO_LARGE)
    {
      g_assert_cmpuint (outcome.answer->status, ==, 200);
      g_assert_cmpuint (g_bytes_get_size (outcome.answer->body), ==, 0);
      return;
    }
  g_assert_cmpuint (outcome.answer->status, ==, fetches[i].status);
  g_assert_cmpstr (outcome.answer->hops[0], ==, fetches[i].url);
  g_assert_null (outcome.answer->location);
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
test_one_spelling (void)
{
  g_autoptr(TlHttps) https = web_client (good_web);
  g_auto(Outcome) outcome = { 0 };

  fetch (https, "https://%61.TEST./doc", LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (outcome.answer->hops[0], ==, "https://a.test/doc");
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
  g_autoptr(TlTestWeb) web = tl_test_web_new (TL_TEST_TLS_GOOD, TL_TEST_WEB_WELL);
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
  g_assert_null (strstr (request, "\r\nAccept:"));
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
      g_autoptr(TlTestWeb) web = tl_test_web_new (TL_TEST_TLS_GOOD, TL_TEST_WEB_WELL);
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
  TlTestWebMood     mood;
  gboolean    stranger; /* the client trusts another authority */
  int         code;
} webs[] = {
  { "c11-t01-expired",        TL_TEST_TLS_EXPIRED,       TL_TEST_WEB_WELL,          FALSE, TL_ERROR_TLS },
  { "c11-t02-not-yet-valid",  TL_TEST_TLS_NOT_YET_VALID, TL_TEST_WEB_WELL,          FALSE, TL_ERROR_TLS },
  { "c11-t04-self-signed",    TL_TEST_TLS_SELF_SIGNED,   TL_TEST_WEB_WELL,          FALSE, TL_ERROR_TLS },
  { "incomplete",     TL_TEST_TLS_INCOMPLETE,    TL_TEST_WEB_WELL,          FALSE, TL_ERROR_TLS },
  { "c11-t05-unknown-root",   TL_TEST_TLS_GOOD,          TL_TEST_WEB_WELL,          TRUE,  TL_ERROR_TLS },
  { "plaintext",      TL_TEST_TLS_GOOD,          TL_TEST_WEB_PLAINTEXT,     FALSE, TL_ERROR_TLS },
  { "intermediate",   TL_TEST_TLS_INTERMEDIATE,  TL_TEST_WEB_WELL,          FALSE, ANSWERED },
  { "proxy-refuses",  TL_TEST_TLS_GOOD,          TL_TEST_WEB_PROXY_REFUSES, FALSE, TL_ERROR_UNREACHABLE },
};

static void
test_web (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlTestWeb) web = tl_test_web_new (webs[i].peculiar, webs[i].mood);
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
  g_autoptr(GResolver) usual = g_resolver_get_default ();
  g_autoptr(TlTestResolver) loopback = tl_test_resolver_new (TL_TEST_RESOLVER_LOOPBACK);
  g_autofree char *url = g_strdup_printf ("https://a.test:%u/doc",
                                          tl_test_server_get_port (good_web->server));
  g_autoptr(GProxyResolver) direct = g_simple_proxy_resolver_new ("direct://", NULL);
  g_autoptr(TlHttps) ours = tl_https_new_for (good_web->trust, direct);
  g_autoptr(TlHttps) systems = tl_https_new_for (NULL, direct);
  g_auto(Outcome) outcome = { 0 };

  g_resolver_set_default (G_RESOLVER (loopback));
  fetch (ours, url, LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.answer->status, ==, 200);

  fetch (systems, url, LONG_MS, NULL, &outcome);
  g_assert_error (outcome.error, TL_ERROR, TL_ERROR_TLS);
  g_resolver_set_default (usual);
}

static void
serve_nobody (int      fd,
              gpointer data)
{
}

static void
test_refused (void)
{
  TlTestServer *server = tl_test_server_new (serve_nobody, NULL);
  g_autoptr(GResolver) usual = g_resolver_get_default ();
  g_autoptr(TlTestResolver) loopback = tl_test_resolver_new (TL_TEST_RESOLVER_LOOPBACK);
  g_autofree char *url = g_strdup_printf ("https://a.test:%u/",
                                          tl_test_server_get_port (server));
  g_autoptr(GProxyResolver) direct = g_simple_proxy_resolver_new ("direct://", NULL);
  g_autoptr(TlHttps) https = tl_https_new_for (good_web->trust, direct);
  g_auto(Outcome) outcome = { 0 };

  tl_test_server_free (server);
  g_resolver_set_default (G_RESOLVER (loopback));
  fetch (https, url, LONG_MS, NULL, &outcome);
  g_resolver_set_default (usual);
  g_assert_error (outcome.error, TL_ERROR, TL_ERROR_UNREACHABLE);
}

/* Where waiting happens: before TLS, before the head, within the body. */
static const struct
{
  const char *name;
  const char *url;
  TlTestWebMood     mood;
} waits[] = {
  { "handshake", "https://a.test/doc",     TL_TEST_WEB_SILENT_TLS },
  { "head",      "https://a.test/silent",  TL_TEST_WEB_WELL },
  { "body",      "https://a.test/stalled", TL_TEST_WEB_WELL },
};

static void
test_time_out (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlTestWeb) web = tl_test_web_new (TL_TEST_TLS_GOOD, waits[i].mood);
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
  g_autoptr(TlTestWeb) web = tl_test_web_new (TL_TEST_TLS_GOOD, waits[i].mood);
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
  g_autoptr(TlTestResolver) blank = tl_test_resolver_new (resolver_codes[i].code);
  g_autoptr(GProxyResolver) direct = g_simple_proxy_resolver_new ("direct://", NULL);
  g_autoptr(TlHttps) https = tl_https_new_for (good_web->trust, direct);
  g_auto(Outcome) outcome = { 0 };

  g_resolver_set_default (G_RESOLVER (blank));
  fetch (https, "https://nowhere.test/", LONG_MS, NULL, &outcome);
  g_resolver_set_default (usual);

  g_assert_error (outcome.error, TL_ERROR, resolver_codes[i].as);
}

static void
test_message_is_ours (void)
{
  static const char * const urls[] = {
    "https://a.test/to-secret-words",
    "https://a.test/to-far-words",
    "https://a.test/to-unproven-words",
  };

  static char *unproxied[] = { (char *) "call-this-number.a.test", NULL };
  g_autoptr(GResolver) usual = g_resolver_get_default ();
  g_autoptr(TlTestResolver) blank = tl_test_resolver_new (G_RESOLVER_ERROR_NOT_FOUND);

  g_test_summary ("An error never repeats where a redirect wanted to lead");

  g_resolver_set_default (G_RESOLVER (blank));
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *proxy = g_strdup_printf ("http://127.0.0.1:%u",
                                                tl_test_server_get_port (good_web->server));
      g_autoptr(GProxyResolver) proxies = g_simple_proxy_resolver_new (proxy, unproxied);
      g_autoptr(TlHttps) https = tl_https_new_for (good_web->trust, proxies);
      g_auto(Outcome) outcome = { 0 };

      fetch (https, urls[i], LONG_MS, NULL, &outcome);
      g_assert_nonnull (outcome.error);
      g_assert_null (strstr (outcome.error->message, "call-this-number"));
    }
  g_resolver_set_default (usual);
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
  good_web = tl_test_web_new (TL_TEST_TLS_GOOD, TL_TEST_WEB_WELL);

  ADD_CASES ("fetch", fetches, test_fetch)
  ADD_CASES ("web", webs, test_web)
  ADD_CASES ("time-out", waits, test_time_out)
  ADD_CASES ("cancel", waits, test_cancel)
  ADD_CASES ("resolver", resolver_codes, test_resolver_code)
  g_test_add_func ("/https/one-spelling", test_one_spelling);
  g_test_add_func ("/https/content-type", test_content_type);
  g_test_add_func ("/https/one-connection", test_one_connection);
  g_test_add_func ("/https/says-little", test_says_little);
  g_test_add_func ("/https/tells-nobody-who", test_tells_nobody_who);
  g_test_add_func ("/https/system-trust", test_system_trust);
  g_test_add_func ("/https/refused", test_refused);
  g_test_add_func ("/https/cancelled-before", test_cancelled_before);
  g_test_add_func ("/https/message-is-ours", test_message_is_ours);

  status = g_test_run ();
  tl_test_web_free (good_web);

  return status;
}
