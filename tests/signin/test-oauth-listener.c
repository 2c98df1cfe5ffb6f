/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-listener.h"

#include <malloc.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tl-error.h"
#include "tl-oauth-visit.h"
#include "tl-test-memory.h"
#include "tl-test-world.h"

#define STATE   "the-state"
#define LONG_MS 10000

/* The listener and who waits for it. */
typedef struct
{
  GSocketFamily    family;      /* 0: IPv4 */
  TlOauthListener *listener;
  char            *authority;
  GCancellable    *cancellable;
  TlOauthRedirect *answer;
  GError          *error;
  gboolean         done;
} Wait;

static void
on_answered (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Wait *self = user_data;

  self->answer = tl_oauth_listener_wait_finish (TL_OAUTH_LISTENER (object), result, &self->error);
  self->done = TRUE;
}

static void
wait_listen (Wait *self)
{
  const char *begin = self->family == G_SOCKET_FAMILY_IPV6 ? "http://[::1]:" : "http://127.0.0.1:";
  const char *uri;

  self->listener = tl_oauth_listener_new (STATE, TL_OAUTH_REDIRECT_PATH, &self->error);
  g_assert_no_error (self->error);
  uri = tl_oauth_listener_get_redirect_uri (self->listener);
  g_assert_true (g_str_has_prefix (uri, begin) && g_str_has_suffix (uri, "/"));
  self->authority = g_strndup (uri + 7, strlen (uri) - 8);
  self->cancellable = g_cancellable_new ();
}

static void
wait_begin (Wait *self)
{
  wait_listen (self);
  tl_oauth_listener_wait_async (self->listener, self->cancellable, on_answered, self);
}

static void
spin (guint ms)
{
  gint64 until_us = g_get_monotonic_time () + 1000 * (gint64) ms;

  while (g_get_monotonic_time () < until_us)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

static void
wait_clear (Wait *self)
{
  g_cancellable_cancel (self->cancellable);
  while (!self->done)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&self->listener);
  /* What was under way has to come back. */
  spin (20);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->authority, g_free);
  g_clear_pointer (&self->answer, tl_oauth_redirect_free);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wait, wait_clear)

/* A connection of somebody's. */
static GSocket *
dial (Wait *self)
{
  GSocketFamily family = self->family != 0 ? self->family : G_SOCKET_FAMILY_IPV4;
  g_autoptr(GSocket) socket = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                            NULL);
  g_autoptr(GSocketConnectable) place = g_network_address_parse (self->authority, 0, NULL);
  g_autoptr(GSocketAddress) address =
    g_inet_socket_address_new_from_string (family == G_SOCKET_FAMILY_IPV6 ? "::1" : "127.0.0.1",
                                           g_network_address_get_port (G_NETWORK_ADDRESS (place)));
  g_autoptr(GError) error = NULL;

  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  g_socket_set_blocking (socket, FALSE);

  return g_steal_pointer (&socket);
}

/* Sends @text as fast as it is taken, and gives all that comes until the other side ends. */
static char *
say (GSocket    *socket,
     const char *text,
     gsize       len)
{
  g_autoptr(GString) reply = g_string_new (NULL);
  gint64 until_us = g_get_monotonic_time () + 1000 * (gint64) LONG_MS;
  gsize sent = 0;

  while (g_get_monotonic_time () < until_us)
    {
      char chunk[4096];
      gssize n;

      if (sent < len)
        {
          n = g_socket_send (socket, text + sent, len - sent, NULL, NULL);
          sent += (gsize) MAX (n, 0);
        }
      n = g_socket_receive (socket, chunk, sizeof chunk, NULL, NULL);
      if (n == 0)
        break;
      if (n > 0)
        g_string_append_len (reply, chunk, n);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpint (g_get_monotonic_time (), <, until_us);

  return g_string_free (g_steal_pointer (&reply), FALSE);
}

static char *
get (Wait       *self,
     const char *target,
     const char *more)
{
  g_autoptr(GSocket) socket = dial (self);
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n", target,
                                              self->authority, more);

  return say (socket, request, strlen (request));
}

/* Where an answer leads: a path. */
static char *
dup_location (const char *reply)
{
  const char *found = strstr (reply, "\r\nLocation: ");

  g_assert_nonnull (found);
  found += strlen ("\r\nLocation: ");

  return g_strndup (found, strcspn (found, "\r"));
}

static guint
get_status (const char *reply)
{
  g_assert_true (g_str_has_prefix (reply, "HTTP/1.1 "));

  return (guint) g_ascii_strtoull (reply + 9, NULL, 10);
}

/* What every answer of ours has, and has not. */
static void
check_safe (const char *reply)
{
  g_assert_nonnull (strstr (reply, "\r\nCache-Control: no-store\r\n"));
  g_assert_nonnull (strstr (reply, "\r\nContent-Security-Policy: default-src 'none';"));
  g_assert_nonnull (strstr (reply, "\r\nReferrer-Policy: no-referrer\r\n"));
  g_assert_null (strstr (reply, "canary"));
  g_assert_null (strstr (reply, STATE));
  g_assert_null (strstr (reply, "<script"));
}

static void
check_waits (Wait *self,
             guint turned_away)
{
  guint n = 0;

  g_object_get (self->listener, "turned-away", &n, NULL);
  g_assert_cmpuint (n, ==, turned_away);
  g_assert_cmpuint (tl_oauth_listener_get_turned_away (self->listener), ==, turned_away);
  g_assert_false (self->done);
}

static void
check_takes (Wait *self)
{
  g_autofree char *reply = get (self, "/?code=canary&state=" STATE, "");

  g_assert_cmpuint (get_status (reply), ==, 303);
  g_assert_true (self->done);
  g_assert_no_error (self->error);
  g_assert_cmpstr (tl_secret_peek (self->answer->code, NULL), ==, "canary");
}

/* Whoever comes first with something else is turned away, and the answer is taken after. */
static const struct
{
  const char *name;
  const char *target;
  const char *more;
  guint       status;
  guint       turned_away;
} strangers[] = {
  { "O01/wrong-state",    "/?code=canary&state=the-statf", "", 400, 1 },
  { "O01/longer-state",   "/?code=canary&state=the-state2", "", 400, 1 },
  { "O01/no-state",       "/?code=canary", "", 400, 1 },
  { "O02/error",          "/?error=access_denied", "", 400, 1 },
  { "O02/wrong-error",    "/?error=access_denied&state=canary", "", 400, 1 },
  { "O06/origin",         "/?code=canary&state=" STATE, "Origin: https://evil.test\r\n", 400, 1 },
  { "O06/two-hosts",      "/?code=canary&state=" STATE, "Host: evil.test\r\n", 400, 1 },
  { "O06/other-path",     "/callback?code=canary&state=" STATE, "", 404, 1 },
  { "O06/done-too-early", "/done", "", 404, 1 },
  { "O04/other-server",   "/0123456789abcdef?code=canary&state=" STATE, "", 404, 1 },
  { "picture",            "/favicon.ico", "", 404, 0 },
};

static void
test_stranger (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_auto(Wait) wait = { 0 };
  g_autofree char *reply = NULL;

  wait_begin (&wait);
  reply = get (&wait, strangers[i].target, strangers[i].more);
  g_assert_cmpuint (get_status (reply), ==, strangers[i].status);
  check_safe (reply);
  check_waits (&wait, strangers[i].turned_away);
  check_takes (&wait);
}

static void
test_clean_page (void)
{
  g_auto(Wait) wait = { 0 };
  g_autofree char *reply = NULL;
  g_autofree char *location = NULL;
  g_autofree char *other = NULL;
  g_autofree char *page = NULL;
  g_autofree char *again = NULL;
  gboolean settled = TRUE;

  g_test_summary ("The browser ends on an address without the code, and what comes twice is gone");

  wait_begin (&wait);
  reply = get (&wait, "/?code=canary&state=" STATE, "Referer: https://as.test/\r\n");
  g_assert_cmpuint (get_status (reply), ==, 303);
  location = dup_location (reply);
  g_assert_null (strchr (location, '?'));
  check_safe (reply);

  other = get (&wait, "/other", "");
  g_assert_cmpuint (get_status (other), ==, 404);
  spin (20);
  g_object_get (wait.listener, "settled", &settled, NULL);
  g_assert_false (settled);
  g_assert_cmpuint (tl_oauth_listener_get_turned_away (wait.listener), ==, 1);

  page = get (&wait, location, "");
  g_assert_cmpuint (get_status (page), ==, 200);
  check_safe (page);
  spin (20);
  g_assert_true (tl_oauth_listener_get_settled (wait.listener));

  again = get (&wait, "/?code=canary2&state=" STATE, "");
  g_assert_cmpuint (get_status (again), ==, 410);
  g_assert_cmpstr (tl_secret_peek (wait.answer->code, NULL), ==, "canary");
}

static void
test_error (void)
{
  g_auto(Wait) wait = { 0 };
  g_autofree char *reply = NULL;
  g_autofree char *location = NULL;
  g_autofree char *page = NULL;

  wait_begin (&wait);
  reply = get (&wait, "/?error=access_denied&state=" STATE, "");
  g_assert_cmpuint (get_status (reply), ==, 303);
  g_assert_cmpstr (wait.answer->error, ==, "access_denied");
  g_assert_null (wait.answer->code);
  location = dup_location (reply);
  page = get (&wait, location, "");
  g_assert_cmpuint (get_status (page), ==, 200);
}

static void
test_memory (void)
{
  g_auto(Wait) wait = { 0 };
  g_autoptr(TlTestMemory) canary = tl_test_memory_new ();
  const char *code = tl_test_memory_peek (canary);
  g_autoptr(GSocket) socket = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *reply = NULL;
  g_autofree char *found = NULL;

  g_test_summary ("The code is nowhere but in a secret");

  wait_begin (&wait);
  socket = dial (&wait);
  rest = g_strdup_printf ("&state=" STATE " HTTP/1.1\r\nHost: %s\r\n\r\n", wait.authority);
  g_assert_cmpint (g_socket_send (socket, "GET /?code=", 11, NULL, NULL), ==, 11);
  g_assert_cmpint (g_socket_send (socket, code, strlen (code), NULL, NULL), ==, strlen (code));
  reply = say (socket, rest, strlen (rest));
  g_assert_cmpuint (get_status (reply), ==, 303);
  g_assert_true (wait.done);
  g_assert_cmpuint (tl_secret_get_len (wait.answer->code), ==, strlen (code));

  found = tl_test_memory_find (canary);
  g_assert_cmpstr (found, ==, NULL);
}

static void
test_pipelined (void)
{
  g_auto(Wait) wait = { 0 };
  g_autoptr(GSocket) socket = NULL;
  g_autofree char *requests = NULL;
  g_autofree char *reply = NULL;

  g_test_summary ("One request a connection: what stands behind it is not read");

  wait_begin (&wait);
  socket = dial (&wait);
  requests = g_strdup_printf ("GET /x HTTP/1.1\r\nHost: %s\r\n\r\n"
                              "GET /?code=canary&state=" STATE " HTTP/1.1\r\nHost: %s\r\n\r\n",
                              wait.authority, wait.authority);
  reply = say (socket, requests, strlen (requests));
  g_assert_cmpuint (get_status (reply), ==, 404);
  g_assert_null (strstr (reply + 9, "HTTP/1.1"));
  check_waits (&wait, 1);
  check_takes (&wait);
}

static void
test_post (void)
{
  g_auto(Wait) wait = { 0 };
  g_autoptr(GSocket) socket = NULL;
  g_autofree char *request = NULL;
  g_autofree char *reply = NULL;

  wait_begin (&wait);
  socket = dial (&wait);
  request = g_strdup_printf ("POST /?code=canary&state=" STATE " HTTP/1.1\r\nHost: %s\r\n\r\n",
                             wait.authority);
  reply = say (socket, request, strlen (request));
  g_assert_cmpuint (get_status (reply), ==, 405);
  check_waits (&wait, 1);
  check_takes (&wait);
}

static void
test_megabyte (void)
{
  const gsize len = 1024 * 1024;
  g_auto(Wait) wait = { 0 };
  g_autoptr(GSocket) socket = NULL;
  g_autofree char *request = g_strnfill (len, 'x');
  g_autofree char *reply = NULL;

  wait_begin (&wait);
  socket = dial (&wait);
  memcpy (request, "GET /", 5);
  reply = say (socket, request, len);
  g_assert_cmpuint (get_status (reply), ==, 431);
  check_waits (&wait, 1);
  check_takes (&wait);
}

/* Whoever goes on after its answer is hung up on, and not for want of time. The buffers of both
 * sockets take some more than what is read. */
static void
test_endless (void)
{
  const gsize most = 48 * 1024 * 1024;
  g_auto(Wait) wait = { 0 };
  g_autoptr(GSocket) socket = NULL;
  g_autofree char *chunk = g_strnfill (64 * 1024, 'x');
  g_autoptr(GError) error = NULL;
  gint64 begun_us = g_get_monotonic_time ();
  gsize sent = 0;

  wait_begin (&wait);
  socket = dial (&wait);
  while (sent < most && error == NULL)
    {
      gssize n = g_socket_send (socket, chunk, 64 * 1024, NULL, &error);

      sent += (gsize) MAX (n, 0);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        g_clear_error (&error);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_nonnull (error);
  g_assert_cmpuint (sent, >, 2 * 1024 * 1024);
  g_assert_cmpuint (sent, <, most);
  g_assert_cmpint ((g_get_monotonic_time () - begun_us) / 1000, <, TL_OAUTH_VISIT_MS);
  check_waits (&wait, 1);
  check_takes (&wait);
}

static void
test_slowloris (void)
{
  g_auto(Wait) wait = { 0 };
  g_autoptr(GSocket) socket = NULL;
  gint64 begun_us = g_get_monotonic_time ();
  g_autofree char *reply = NULL;

  wait_begin (&wait);
  socket = dial (&wait);
  reply = say (socket, "GET / HTTP/1.1\r\n", 16);
  g_assert_cmpstr (reply, ==, "");
  g_assert_cmpint ((g_get_monotonic_time () - begun_us) / 1000, <,
                   TL_OAUTH_VISIT_MS + 1000);
  check_takes (&wait);
}

static void
test_crowd (void)
{
  g_auto(Wait) wait = { 0 };
  g_autoptr(GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_open = 0;

  g_test_summary ("However many hold a place without a word, the browser is heard at once");

  wait_begin (&wait);
  for (guint i = 0; i < 3 * TL_OAUTH_LISTENER_MAX_VISITS; i++)
    {
      g_ptr_array_add (sockets, dial (&wait));
      spin (2);
    }
  spin (50);
  for (guint i = 0; i < sockets->len; i++)
    {
      g_autoptr(GError) error = NULL;
      char byte;

      if (g_socket_receive (sockets->pdata[i], &byte, 1, NULL, &error) < 0 &&
          g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        n_open++;
    }
  g_assert_cmpuint (n_open, ==, TL_OAUTH_LISTENER_MAX_VISITS);
  check_waits (&wait, 0);
  check_takes (&wait);
}

static void
test_held (void)
{
  g_auto(Wait) wait = { 0 };
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(GSocketConnectable) place = NULL;
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                            G_SOCKET_PROTOCOL_TCP, NULL);

  g_test_summary ("The port is held from before it is told until the end: nobody else gets it");

  wait_begin (&wait);
  place = g_network_address_parse (wait.authority, 0, NULL);
  address = g_inet_socket_address_new_from_string (
    "127.0.0.1", g_network_address_get_port (G_NETWORK_ADDRESS (place)));
  g_assert_false (g_socket_bind (socket, address, TRUE, NULL));
  check_takes (&wait);
  g_assert_false (g_socket_bind (socket, address, TRUE, NULL));
}

/* In a network whose other address leads here too. */
static void
try_from_outside (void)
{
  g_auto(Wait) wait = { 0 };
  g_autoptr(GSocket) socket = NULL;
  g_autoptr(GSocketConnectable) place = NULL;
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (tl_test_world_enter ());
  tl_test_world_join ();
  wait_begin (&wait);
  place = g_network_address_parse (wait.authority, 0, NULL);
  address = g_inet_socket_address_new_from_string (
    TL_TEST_WORLD_ADDRESS, g_network_address_get_port (G_NETWORK_ADDRESS (place)));
  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_assert_false (g_socket_connect (socket, address, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  check_takes (&wait);
}

/* In a network with no IPv4 at all the redirect is on ::1. */
static void
try_without_ipv4 (void)
{
  g_auto(Wait) wait = { .family = G_SOCKET_FAMILY_IPV6 };

  g_assert_true (tl_test_world_enter ());
  tl_test_world_join_without_ipv4 ();
  wait_begin (&wait);
  check_takes (&wait);
}

/* Where nothing can be opened any more, no port is to be had. */
static void
try_without_room (void)
{
  g_autoptr(TlOauthListener) listener = NULL;
  g_autoptr(GError) error = NULL;
  struct rlimit before;
  struct rlimit none;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  none = before;
  none.rlim_cur = 0;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &none), ==, 0);
  listener = tl_oauth_listener_new (STATE, TL_OAUTH_REDIRECT_PATH, &error);
  /* A sanitizer opens files at the end. */
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  g_assert_error (error, TL_ERROR, TL_ERROR_UNREACHABLE);
  g_assert_null (listener);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Somebody is at the door, and there is nothing to let them in with. */
static void
try_no_descriptors (void)
{
  g_auto(Wait) wait = { 0 };
  g_autoptr(GSocket) socket = NULL;
  struct rlimit before;
  struct rlimit none;
  gint64 until_us;
  guint n_turns = 0;
  guint tick;
  int next;
  g_autofree char *reply = NULL;

  wait_begin (&wait);
  socket = dial (&wait);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  /* No more than are open: poll() wants as many as it looks at. */
  next = dup (0);
  g_assert_cmpint (close (next), ==, 0);
  none = before;
  none.rlim_cur = (rlim_t) next;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &none), ==, 0);
  tick = g_timeout_add (20, on_tick, NULL);
  until_us = g_get_monotonic_time () + 400 * 1000;
  for (; g_get_monotonic_time () < until_us; n_turns++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  g_source_remove (tick);
  g_assert_cmpuint (n_turns, <, 60);
  reply = get (&wait, "/?code=canary&state=" STATE, "");
  g_assert_cmpuint (get_status (reply), ==, 303);
}

/* What is tried in a process of its own: a network is entered before there are threads, and limits
 * stay. */
static const struct
{
  const char *path;
  GTestFunc   func;
  gboolean    wants_ipv6;
} children[] = {
  { "/oauth-listener/O07/loopback-alone", try_from_outside },
  { "/oauth-listener/O05/no-port",        try_without_room },
  { "/oauth-listener/O06/no-descriptors", try_no_descriptors },
  { "/oauth-listener/O05/no-ipv4",        try_without_ipv4, .wants_ipv6 = TRUE },
};

static void
test_child (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  if (children[i].wants_ipv6 && !g_file_test ("/proc/net/if_inet6", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("this system has no IPv6");
      return;
    }
  if (g_test_subprocess ())
    {
      children[i].func ();
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* Who was not told where the last page is does not end it for who was. */
static void
test_racer (void)
{
  g_auto(Wait) wait = { 0 };
  g_autofree char *reply = NULL;
  g_autofree char *raced = NULL;
  g_autofree char *last = NULL;
  g_autofree char *path = NULL;
  const char *at;

  wait_begin (&wait);
  reply = get (&wait, "/?code=canary&state=" STATE, "");
  at = strstr (reply, "\r\nLocation: /done/");
  g_assert_nonnull (at);
  at += strlen ("\r\nLocation: ");
  path = g_strndup (at, strcspn (at, "\r"));
  g_assert_cmpuint (strlen (path), ==, strlen ("/done/") + 43);
  raced = get (&wait, "/done", "");
  g_assert_cmpuint (get_status (raced), ==, 404);
  g_clear_pointer (&raced, g_free);
  raced = get (&wait, "/done/", "");
  g_assert_cmpuint (get_status (raced), ==, 404);
  g_assert_false (tl_oauth_listener_get_settled (wait.listener));
  last = get (&wait, path, "");
  g_assert_cmpuint (get_status (last), ==, 200);
  g_assert_true (tl_oauth_listener_get_settled (wait.listener));
}

static void
test_cancelled (void)
{
  g_auto(Wait) wait = { 0 };

  wait_begin (&wait);
  g_cancellable_cancel (wait.cancellable);
  while (!wait.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (wait.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_early (void)
{
  g_auto(Wait) wait = { 0 };
  g_autofree char *reply = NULL;

  g_test_summary ("An answer that came before anyone waited is kept");

  wait_listen (&wait);
  reply = get (&wait, "/?code=canary&state=" STATE, "");
  g_assert_cmpuint (get_status (reply), ==, 303);
  check_waits (&wait, 0);
  tl_oauth_listener_wait_async (wait.listener, wait.cancellable, on_answered, &wait);
  while (!wait.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (tl_secret_peek (wait.answer->code, NULL), ==, "canary");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* What is freed and not wiped must be found. */
  mallopt (M_PERTURB, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-listener/", strangers[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_stranger);
    }
  g_test_add_func ("/oauth-listener/O19/clean-page", test_clean_page);
  g_test_add_func ("/oauth-listener/P9/memory", test_memory);
  g_test_add_func ("/oauth-listener/O06/pipelined", test_pipelined);
  g_test_add_func ("/oauth-listener/O06/post", test_post);
  g_test_add_func ("/oauth-listener/O06/megabyte", test_megabyte);
  g_test_add_func ("/oauth-listener/O06/endless", test_endless);
  g_test_add_func ("/oauth-listener/O06/slowloris", test_slowloris);
  g_test_add_func ("/oauth-listener/O06/crowd", test_crowd);
  g_test_add_func ("/oauth-listener/O05/held", test_held);
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    g_test_add_data_func (children[i].path, GSIZE_TO_POINTER (i), test_child);
  g_test_add_func ("/oauth-listener/O06/racer", test_racer);
  g_test_add_func ("/oauth-listener/error", test_error);
  g_test_add_func ("/oauth-listener/cancelled", test_cancelled);
  g_test_add_func ("/oauth-listener/early", test_early);

  return g_test_run ();
}
