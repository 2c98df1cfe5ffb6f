/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-error.h"
#include "tl-https-private.h"
#include "tl-test-web.h"

#define ANSWERED -1
#define LONG_MS 10000

static TlTestWeb *good_web;

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

static void
post (TlHttps    *https,
      const char *url,
      Outcome    *outcome)
{
  g_autoptr(GBytes) body = g_bytes_new_static ("<a/>", 4);

  outcome_clear (outcome);
  outcome->done = FALSE;
  tl_https_send_async (https,
                       &(TlHttpsRequest) { .url = url, .body = body, .accept = "text/xml, a/b",
                                           .content_type = "text/xml; charset=utf-8" },
                       tl_deadline_in_ms (LONG_MS), NULL, on_fetched, outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_peeked (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->answer = tl_https_peek_finish (TL_HTTPS (object), result, &outcome->error);
  g_assert_true ((outcome->answer != NULL) == (outcome->error == NULL));
  outcome->done = TRUE;
}

static void
peek (TlHttps      *https,
      const char   *path,
      guint         ms,
      GCancellable *cancellable,
      Outcome      *outcome)
{
  outcome_clear (outcome);
  outcome->done = FALSE;
  tl_https_peek_async (https, "a.test", path, tl_deadline_in_ms (ms), cancellable, on_peeked,
                       outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_post (void)
{
  g_autoptr(TlHttps) https = web_client (good_web);
  g_auto(Outcome) outcome = { 0 };
  g_autofree char *request = NULL;

  post (https, "https://a.test/echo", &outcome);
  g_assert_no_error (outcome.error);
  request = g_strndup (g_bytes_get_data (outcome.answer->body, NULL),
                       g_bytes_get_size (outcome.answer->body));
  g_assert_true (g_str_has_prefix (request, "POST /echo HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nContent-Type: text/xml; charset=utf-8\r\n"));
  g_assert_nonnull (strstr (request, "\r\nAccept: text/xml, a/b\r\n"));
  g_assert_nonnull (strstr (request, "\r\nAccept-Encoding: identity\r\n"));
  g_assert_true (g_str_has_suffix (request, "\r\n\r\n<a/>"));
  g_assert_null (strstr (request, "uthorization:"));
}

static const struct
{
  const char *name;
  const char *url;
  guint       status;
  const char *location;
} posts[] = {
  { "moved",         "https://a.test/moved-post",         302, "https://a.test/elsewhere?a=1" },
  { "moved-far",     "https://a.test/moved-post-far",     307, "http://b.test:81/x" },
  { "moved-nowhere", "https://a.test/moved-post-nowhere", 302, NULL },
  { "document",      "https://a.test/doc",                200, NULL },
  { "c03-unauthorized", "https://a.test/secret",          401, NULL },
};

static void
test_post_once (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlTestWeb) web = tl_test_web_new (TL_TEST_TLS_GOOD, TL_TEST_WEB_WELL);
  g_autoptr(TlHttps) https = web_client (web);
  g_auto(Outcome) outcome = { 0 };

  g_test_summary ("A POST is sent once, and what comes back is the answer");

  post (https, posts[i].url, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.answer->status, ==, posts[i].status);
  g_assert_cmpstr (outcome.answer->location, ==, posts[i].location);
  g_assert_null (outcome.answer->hops[1]);
  g_assert_cmpint (g_atomic_int_get (&web->n_posted), ==, 1);
  g_assert_cmpint (g_atomic_int_get (&web->n_told_who), ==, 0);
}

static const struct
{
  const char *name;
  const char *path;
  int         code;
  guint       status;
  const char *content_type;
  const char *location;
} peeks[] = {
  { "c01-forged",   "/config",   ANSWERED, 200, "text/xml" },
  { "c01-unframed", "/unframed", ANSWERED, 200 },
  { "c01-chunked",  "/chunked",  ANSWERED, 200 },
  { "c01-twice",    "/twice",    ANSWERED, 200 },
  { "moved",        "/moved",    ANSWERED, 302, NULL, "https://b.test/x" },
  { "none",         "/none",     ANSWERED, 404 },
  { "rubbish",      "/rubbish",  TL_ERROR_PROTOCOL },
  { "hang-up",      "/gone",     TL_ERROR_PROTOCOL },
  { "silent",       "/silent",   TL_ERROR_TIMED_OUT },
  { "no-url",       "/a b",      TL_ERROR_INVALID_INPUT },
};

static void
test_peek (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlTestWeb) web = tl_test_web_new (TL_TEST_TLS_GOOD, TL_TEST_WEB_WELL);
  g_autoptr(TlHttps) https = web_client (web);
  g_auto(Outcome) outcome = { 0 };

  g_test_summary ("Whatever is sent, a peek has no body to believe");

  /* The second one meets nothing that the first one left behind. */
  for (guint round = 0; round < 2; round++)
    {
      peek (https, peeks[i].path, 400, NULL, &outcome);
      if (peeks[i].code != ANSWERED)
        {
          g_assert_error (outcome.error, TL_ERROR, peeks[i].code);
          continue;
        }

      g_assert_no_error (outcome.error);
      g_assert_cmpuint (outcome.answer->status, ==, peeks[i].status);
      g_assert_cmpstr (outcome.answer->content_type, ==, peeks[i].content_type);
      g_assert_cmpstr (outcome.answer->location, ==, peeks[i].location);
      g_assert_cmpuint (g_bytes_get_size (outcome.answer->body), ==, 0);
      g_assert_null (strstr (web->plain_request, "\r\nCookie:"));
      g_assert_nonnull (strstr (web->plain_request, "\r\nHost: a.test\r\n"));
      g_assert_nonnull (strstr (web->plain_request, "\r\nConnection: close\r\n"));
    }
}

static void
test_peek_cancelled (void)
{
  g_autoptr(TlHttps) https = web_client (good_web);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(Outcome) outcome = { 0 };

  g_cancellable_cancel (cancellable);
  peek (https, "/config", LONG_MS, cancellable, &outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static const struct
{
  const char *name;
  const char *url;
  const char *within;
  int         code;
} withins[] = {
  { "anywhere",   "https://www.a.test/to-apex",   NULL,            ANSWERED },
  { "itself",     "https://www.a.test/to-apex",   "a.test",        ANSWERED },
  { "spelling",   "https://www.a.test/to-apex",   "A.TEST.",       ANSWERED },
  { "below",      "https://a.test/to-sibling",    "a.test",        ANSWERED },
  { "beside",     "https://a.test/to-sibling",    "w.a.test",      ANSWERED },
  { "lookalike",  "https://www.a.test/to-apex",   "xa.test",       ANSWERED },
  { "above",      "https://www.a.test/to-apex",   "www.a.test",    TL_ERROR_REFUSED },
  { "far-above",  "https://www.a.test/to-apex",   "x.www.A.test.", TL_ERROR_REFUSED },
};

static void
test_within (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlHttps) https = web_client (good_web);
  g_auto(Outcome) outcome = { 0 };

  g_test_summary ("A redirect leads to nobody above the domain that is asked about");

  tl_https_send_async (https,
                       &(TlHttpsRequest) { .url = withins[i].url, .within = withins[i].within },
                       tl_deadline_in_ms (LONG_MS), NULL, on_fetched, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);

  if (withins[i].code == ANSWERED)
    g_assert_no_error (outcome.error);
  else
    g_assert_error (outcome.error, TL_ERROR, withins[i].code);
}

static void
test_final (void)
{
  g_autoptr(TlHttps) https = web_client (good_web);
  g_auto(Outcome) outcome = { 0 };

  g_test_summary ("Who wants no redirect gets to know of it, and nobody else is asked");

  tl_https_send_async (https,
                       &(TlHttpsRequest) { .url = "https://a.test/to-doc", .is_final = TRUE },
                       tl_deadline_in_ms (LONG_MS), NULL, on_fetched, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);

  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.answer->status, ==, 302);
  g_assert_cmpstr (outcome.answer->location, ==, "https://a.test/doc");
  g_assert_cmpuint (g_strv_length (outcome.answer->hops), ==, 1);
}

static void
test_contacts (void)
{
  g_autoptr(TlHttps) https = web_client (good_web);
  g_autoptr(TlContacts) contacts = tl_contacts_new ();
  g_autofree char *hosts = NULL;
  g_auto(GStrv) web_hosts = NULL;
  g_auto(GStrv) names = NULL;
  g_auto(Outcome) outcome = { 0 };

  g_test_summary ("C14: whoever was asked is set down, before and after a redirect, and nobody else");

  tl_https_set_contacts (https, contacts);
  fetch (https, "https://A.test/to-sibling", LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  fetch (https, "https://a.test/to-other-owner", LONG_MS, NULL, &outcome);
  fetch (https, "https://c.test/doc", LONG_MS, NULL, &outcome);
  g_assert_error (outcome.error, TL_ERROR, TL_ERROR_TLS);
  fetch (https, "http://d.test/doc", LONG_MS, NULL, &outcome);
  fetch (https, "https://a%1b%5b31m.a.test/doc", LONG_MS, NULL, &outcome);
  fetch (https, "https://a.test/to-escaped-host", LONG_MS, NULL, &outcome);
  fetch (https, "https://127.0.0.1/doc", LONG_MS, NULL, &outcome);
  peek (https, "/config", LONG_MS, NULL, &outcome);

  web_hosts = tl_contacts_dup (contacts, TL_CONTACT_WEB);
  hosts = g_strjoinv (" ", web_hosts);
  g_assert_cmpstr (hosts, ==, "a.test c.test www.a.test");
  names = tl_contacts_dup (contacts, TL_CONTACT_DNS);
  g_assert_null (names[0]);
}

#define ADD_CASES(prefix, cases, func)                                          \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                              \
    {                                                                           \
      g_autofree char *path = g_strconcat ("/https-send/" prefix "/", cases[i].name, NULL); \
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

  ADD_CASES ("post", posts, test_post_once)
  ADD_CASES ("peek", peeks, test_peek)
  ADD_CASES ("within", withins, test_within)
  g_test_add_func ("/https-send/post/request", test_post);
  g_test_add_func ("/https-send/final", test_final);
  g_test_add_func ("/https-send/peek/cancelled", test_peek_cancelled);
  g_test_add_func ("/https-send/c14-contacts", test_contacts);

  status = g_test_run ();
  tl_test_web_free (good_web);

  return status;
}
