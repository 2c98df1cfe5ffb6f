/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nobody keeps a request from being answered in time: neither a server nor libsoup. */
#include "tl-error.h"
#include "tl-https-private.h"
#include "tl-test-resolver.h"
#include "tl-test-web.h"

#define LONG_MS 10000

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

  g_assert_false (outcome->done);
  outcome->answer = tl_https_send_finish (TL_HTTPS (object), result, &outcome->error);
  outcome->done = TRUE;
}

static void
fetch (TlHttps      *https,
       const char   *url,
       guint         ms,
       GCancellable *cancellable,
       Outcome      *outcome)
{
  tl_https_send_async (https, &(TlHttpsRequest) { .url = url }, tl_deadline_in_ms (ms), cancellable,
                       on_fetched, outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

static const struct
{
  const char *name;
  gboolean    proxied;
} ways[] = {
  { "direct",  FALSE },
  { "proxied", TRUE },
};

static void
test_http1 (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GResolver) usual = g_resolver_get_default ();
  g_autoptr(TlTestResolver) loopback = tl_test_resolver_new (TL_TEST_RESOLVER_LOOPBACK);
  g_autoptr(TlTestWeb) web = tl_test_web_new (TL_TEST_TLS_GOOD, TL_TEST_WEB_HTTP2);
  guint port = tl_test_server_get_port (web->server);
  g_autofree char *proxy = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autofree char *url = g_strdup_printf ("https://a.test:%u/doc", port);
  g_autoptr(GProxyResolver) proxies =
    g_simple_proxy_resolver_new (ways[i].proxied ? proxy : "direct://", NULL);
  g_autoptr(TlHttps) https = tl_https_new_for (web->trust, proxies);
  g_auto(Outcome) outcome = { 0 };
  gint64 began_us = g_get_monotonic_time ();

  g_test_summary ("A server that would flood us with HTTP/2 is never offered any");

  g_resolver_set_default (G_RESOLVER (loopback));
  fetch (https, url, 1000, NULL, &outcome);
  g_resolver_set_default (usual);

  g_assert_cmpint (g_atomic_int_get (&web->n_other), ==, 0);
  g_assert_cmpint (g_atomic_int_get (&web->n_http1), ==, 1);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.answer->status, ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 2000 * 1000);
}

static gboolean
on_time_to_cancel (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static const struct
{
  const char *name;
  guint       ms;
  guint       cancel_ms; /* 0: not */
} ends[] = {
  { "time-out",  300,     0 },
  { "cancelled", LONG_MS, 300 },
  { "both",      300,     320 },
};

/* A look-up that does not listen keeps libsoup from ever coming back. */
static void
test_never_back (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GResolver) usual = g_resolver_get_default ();
  g_autoptr(TlTestResolver) never = tl_test_resolver_new (TL_TEST_RESOLVER_NEVER);
  g_autoptr(GProxyResolver) direct = g_simple_proxy_resolver_new ("direct://", NULL);
  g_autoptr(TlHttps) https = tl_https_new_for (NULL, direct);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(Outcome) outcome = { 0 };
  gpointer watched = https;
  gint64 began_us = g_get_monotonic_time ();

  g_test_summary ("Who waits is answered in time, and once, whether libsoup comes back or not");

  g_object_add_weak_pointer (G_OBJECT (https), &watched);
  g_resolver_set_default (G_RESOLVER (never));
  if (ends[i].cancel_ms > 0)
    g_timeout_add (ends[i].cancel_ms, on_time_to_cancel, cancellable);
  fetch (https, "https://a.test/doc", ends[i].ms, cancellable, &outcome);
  g_resolver_set_default (usual);

  if (ends[i].cancel_ms > 0)
    g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_error (outcome.error, TL_ERROR, TL_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 2000 * 1000);
  g_assert_cmpuint (never->waiting->len, >, 0);

  /* The client is gone when libsoup does come back. */
  g_clear_object (&https);
  g_assert_null (watched);
  tl_test_resolver_let_go (never);
  for (guint round = 0; round < 20; round++)
    {
      g_usleep (1000);
      g_main_context_iteration (NULL, FALSE);
    }
}

#define ADD_CASES(prefix, cases, func)                                          \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                              \
    {                                                                           \
      g_autofree char *path = g_strconcat ("/https-stop/" prefix "/", cases[i].name, NULL); \
                                                                                \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), func);                  \
    }

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_CASES ("http1", ways, test_http1)
  ADD_CASES ("never-back", ends, test_never_back)

  return g_test_run ();
}
