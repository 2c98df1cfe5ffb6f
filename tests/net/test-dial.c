/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tl-dial.h"
#include "tl-handles.h"
#include "tl-test-child.h"

#define LONG_MS 10000
#define N_FILLERS 8

/* A listener whose queue is full: whoever connects next hears nothing, as
 * behind a firewall that drops. */
typedef struct
{
  int listener;
  int fillers[N_FILLERS];
} Full;

static int
listen_on (const char *address,
           guint16    *port,
           int         backlog)
{
  struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons (*port) };
  socklen_t len = sizeof at;
  g_autoptr(GInetAddress) inet = g_inet_address_new_from_string (address);
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  memcpy (&at.sin_addr, g_inet_address_to_bytes (inet), 4);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &at, sizeof at), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &at, &len), ==, 0);
  *port = ntohs (at.sin_port);
  if (backlog >= 0)
    g_assert_cmpint (listen (fd, backlog), ==, 0);

  return fd;
}

static void
full_start (Full       *self,
            const char *address,
            guint16    *port)
{
  struct sockaddr_in at;
  socklen_t len = sizeof at;

  self->listener = listen_on (address, port, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *) &at, &len), ==, 0);
  for (guint i = 0; i < N_FILLERS; i++)
    {
      self->fillers[i] = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
      connect (self->fillers[i], (struct sockaddr *) &at, len);
    }
  g_usleep (20 * 1000);
}

static void
full_stop (Full *self)
{
  for (guint i = 0; i < N_FILLERS; i++)
    close (self->fillers[i]);
  close (self->listener);
}

static GPtrArray *
addresses_new (const char *first,
               ...)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_object_unref);
  va_list more;

  va_start (more, first);
  for (const char *at = first; at != NULL; at = va_arg (more, const char *))
    g_ptr_array_add (addresses, g_inet_address_new_from_string (at));
  va_end (more);

  return addresses;
}

static char *
get_remote (GSocket *socket)
{
  g_autoptr(GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);

  return g_inet_address_to_string (
    g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
}

static guint
count_descriptors (void)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
test_connects (void)
{
  guint16 port = 0;
  int listener = listen_on ("127.0.0.1", &port, 4);
  g_autoptr(GPtrArray) addresses = addresses_new ("127.0.0.1", NULL);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocket) socket = tl_dial_sync (addresses, port, tl_deadline_in_ms (LONG_MS), NULL,
                                            NULL, &fault, &error);
  g_autofree char *remote = NULL;

  g_assert_no_error (error);
  g_assert_null (fault);
  remote = get_remote (socket);
  g_assert_cmpstr (remote, ==, "127.0.0.1");
  g_assert_false (g_socket_get_blocking (socket));
  close (listener);
}

static void
test_refused (void)
{
  guint16 port = 0;
  int bound = listen_on ("127.0.0.1", &port, -1);
  g_autoptr(GPtrArray) addresses = addresses_new ("127.0.0.1", NULL);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began_us = g_get_monotonic_time ();

  g_assert_null (tl_dial_sync (addresses, port, tl_deadline_in_ms (LONG_MS), NULL, NULL, &fault,
                               &error));
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_REFUSED);
  g_assert_cmpstr (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_OS_ERROR), ==,
                   "ECONNREFUSED");
  g_assert_cmpuint (tl_evidence_get_uint (tl_fault_get_evidence (fault), TL_EVIDENCE_PORT, 0), ==,
                    port);
  g_assert_true (tl_evidence_is_valid (tl_fault_get_evidence (fault)));
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 1000 * 1000);
  close (bound);
}

static void
test_time_out (void)
{
  guint16 port = 0;
  Full full;
  g_autoptr(GPtrArray) addresses = addresses_new ("127.0.0.1", NULL);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began_us;

  full_start (&full, "127.0.0.1", &port);
  began_us = g_get_monotonic_time ();

  g_assert_null (tl_dial_sync (addresses, port, tl_deadline_in_ms (300), NULL, NULL, &fault,
                               &error));
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 290 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 800 * 1000);
  full_stop (&full);
}

static void
test_past_deadline (void)
{
  g_autoptr(GPtrArray) addresses = addresses_new ("127.0.0.1", NULL);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (tl_dial_sync (addresses, 9, tl_deadline_in_ms (0), NULL, NULL, &fault, &error));
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TIMEOUT);
}

static void
test_dead_address_first (void)
{
  guint16 port = 0;
  Full full;
  int listener;
  g_autoptr(GPtrArray) addresses = addresses_new ("127.0.0.1", "127.0.0.2", "127.0.0.3", NULL);
  g_auto(GStrv) unanswered = NULL;
  g_autoptr(GSocket) socket = NULL;
  g_autofree char *remote = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began_us;

  g_test_summary ("The second address is tried after 250 ms, not after the first one's time-out");

  full_start (&full, "127.0.0.1", &port);
  listener = listen_on ("127.0.0.2", &port, 4);
  began_us = g_get_monotonic_time ();

  socket = tl_dial_sync (addresses, port, tl_deadline_in_ms (LONG_MS), NULL, &unanswered,
                         &fault, &error);
  g_assert_no_error (error);
  g_assert_null (fault);
  remote = get_remote (socket);
  g_assert_cmpstr (remote, ==, "127.0.0.2");
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 240 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 700 * 1000);
  g_assert_true (g_strv_equal ((const char * const *) unanswered,
                               (const char *[]) { "127.0.0.1", NULL }));
  close (listener);
  full_stop (&full);
}

static void
test_refusing_address_first (void)
{
  guint16 port = 0;
  int listener = listen_on ("127.0.0.9", &port, 4);
  g_autoptr(GPtrArray) addresses = addresses_new ("127.0.0.1", "127.0.0.2", "127.0.0.3",
                                                  "127.0.0.4",
                                                  "127.0.0.5", "127.0.0.6", "127.0.0.7",
                                                  "127.0.0.9", NULL);
  g_autoptr(GSocket) socket = NULL;
  g_autofree char *remote = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began_us = g_get_monotonic_time ();

  g_test_summary ("Seven that refuse cost no waiting at all");

  socket = tl_dial_sync (addresses, port, tl_deadline_in_ms (LONG_MS), NULL, NULL, &fault, &error);
  g_assert_no_error (error);
  g_assert_null (fault);
  remote = get_remote (socket);
  g_assert_cmpstr (remote, ==, "127.0.0.9");
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 200 * 1000);
  close (listener);
}

/* IPv6 first, as the system has it, and nobody there. */
static void
test_dead_family (void)
{
  guint16 port = 0;
  int listener = listen_on ("127.0.0.1", &port, 4);
  g_autoptr(GPtrArray) addresses = addresses_new ("::1", "127.0.0.1", NULL);
  g_auto(GStrv) unanswered = NULL;
  g_autoptr(GSocket) socket = NULL;
  g_autofree char *remote = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  socket = tl_dial_sync (addresses, port, tl_deadline_in_ms (LONG_MS), NULL, &unanswered, &fault,
                         &error);
  g_assert_no_error (error);
  g_assert_null (fault);
  remote = get_remote (socket);
  g_assert_cmpstr (remote, ==, "127.0.0.1");
  g_assert_true (g_strv_equal ((const char * const *) unanswered,
                               (const char *[]) { "::1", NULL }));
  close (listener);
}

static void
test_all_answer (void)
{
  guint16 port = 0;
  int listener = listen_on ("127.0.0.1", &port, 4);
  g_autoptr(GPtrArray) addresses = addresses_new ("127.0.0.1", "127.0.0.2", NULL);
  g_auto(GStrv) unanswered = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GSocket) socket = tl_dial_sync (addresses, port, tl_deadline_in_ms (LONG_MS), NULL,
                                            &unanswered, &fault, NULL);

  g_assert_nonnull (socket);
  g_assert_cmpuint (g_strv_length (unanswered), ==, 0);
  close (listener);
}

/* The most descriptors there are at once, until @is_over. */
typedef struct
{
  int   is_over; /* atomic */
  guint most;
} Sampler;

static gpointer
sample_thread (gpointer data)
{
  Sampler *self = data;

  while (!g_atomic_int_get (&self->is_over))
    {
      self->most = MAX (self->most, count_descriptors ());
      g_usleep (10 * 1000);
    }

  return NULL;
}

/* Seven that are silent, three at a time: the eighth has its turn in good time. */
static void
test_seven_dead (void)
{
  Full full[7];
  guint16 port = 0;
  int listener;
  guint before;
  g_autoptr(GPtrArray) addresses = addresses_new ("127.0.0.1", "127.0.0.2", "127.0.0.3",
                                                  "127.0.0.4", "127.0.0.5", "127.0.0.6",
                                                  "127.0.0.7", "127.0.0.8", NULL);
  g_auto(GStrv) unanswered = NULL;
  g_autoptr(GSocket) socket = NULL;
  g_autofree char *remote = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began_us;
  Sampler sampler = { 0 };
  GThread *thread;

  for (guint i = 0; i < G_N_ELEMENTS (full); i++)
    {
      g_autofree char *address = g_strdup_printf ("127.0.0.%u", i + 1);

      full_start (&full[i], address, &port);
    }
  listener = listen_on ("127.0.0.8", &port, 4);
  before = count_descriptors ();
  thread = g_thread_new ("sample", sample_thread, &sampler);
  began_us = g_get_monotonic_time ();

  socket = tl_dial_sync (addresses, port, tl_deadline_in_ms (LONG_MS), NULL, &unanswered, &fault,
                         &error);
  g_atomic_int_set (&sampler.is_over, TRUE);
  g_thread_join (thread);
  g_assert_no_error (error);
  g_assert_null (fault);
  remote = get_remote (socket);
  g_assert_cmpstr (remote, ==, "127.0.0.8");
  g_assert_cmpuint (g_strv_length (unanswered), ==, 7);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (count_descriptors (), ==, before + 1);
  g_assert_cmpuint (sampler.most, ==, before + 3);
  close (listener);
  for (guint i = 0; i < G_N_ELEMENTS (full); i++)
    full_stop (&full[i]);
}

/* The first of four that are silent makes room after a second and a half, and
 * the one behind them is not waited for longer. */
static void
test_four_dead (gconstpointer data)
{
  gboolean has_good = GPOINTER_TO_INT (data);
  Full full[4];
  guint16 port = 0;
  int listener = -1;
  g_autoptr(GPtrArray) addresses = addresses_new ("127.0.0.1", "127.0.0.2", "127.0.0.3",
                                                  "127.0.0.4", NULL);
  g_autoptr(GSocket) socket = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began_us;
  gint64 took_us;

  for (guint i = 0; i < G_N_ELEMENTS (full); i++)
    {
      g_autofree char *address = g_strdup_printf ("127.0.0.%u", i + 1);

      full_start (&full[i], address, &port);
    }
  if (has_good)
    {
      g_ptr_array_add (addresses, g_inet_address_new_from_string ("127.0.0.5"));
      listener = listen_on ("127.0.0.5", &port, 4);
    }

  began_us = g_get_monotonic_time ();
  socket = tl_dial_sync (addresses, port, tl_deadline_in_ms (has_good ? LONG_MS : 2200), NULL, NULL,
                         &fault, &error);
  took_us = g_get_monotonic_time () - began_us;
  g_assert_no_error (error);
  if (has_good)
    {
      /* The fourth is tried after 1500 ms, and the fifth 250 ms behind it. */
      g_assert_nonnull (socket);
      g_assert_cmpint (took_us, >=, 1700 * 1000);
      g_assert_cmpint (took_us, <, 2000 * 1000);
      close (listener);
    }
  else
    {
      g_auto(GStrv) tried = NULL;

      g_assert_null (socket);
      g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==, "timeout");
      g_assert_true (g_variant_lookup (tl_fault_get_evidence (fault), TL_EVIDENCE_ADDRESSES, "^as",
                                       &tried));
      g_assert_cmpuint (g_strv_length (tried), ==, 4);
      g_assert_cmpint (took_us, >=, 2190 * 1000);
    }
  for (guint i = 0; i < G_N_ELEMENTS (full); i++)
    full_stop (&full[i]);
}

/* One refuses, the other is silent: what is told is the one that says most. */
static void
test_mixed_failures (void)
{
  guint16 port = 0;
  Full full;
  g_autoptr(GPtrArray) addresses = addresses_new ("127.0.0.1", "127.0.0.2", NULL);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariantDict) evidence = NULL;
  g_autofree const char **tried = NULL;

  full_start (&full, "127.0.0.1", &port);
  g_assert_null (tl_dial_sync (addresses, port, tl_deadline_in_ms (500), NULL, NULL, &fault,
                               &error));
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_REFUSED);

  evidence = g_variant_dict_new (tl_fault_get_evidence (fault));
  g_assert_true (g_variant_dict_lookup (evidence, TL_EVIDENCE_ADDRESSES, "^a&s", &tried));
  g_assert_true (g_strv_equal (tried, (const char *[]) { "127.0.0.1", "127.0.0.2", NULL }));
  full_stop (&full);
}

/* TCP to a multicast address is an unreachable network, whatever the routes. */
static void
test_two_errors (void)
{
  static const char * const orders[][2] = {
    { "127.0.0.1", "224.0.0.1" }, { "224.0.0.1", "127.0.0.1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      guint16 port = 0;
      int bound = listen_on ("127.0.0.1", &port, -1);
      g_autoptr(GPtrArray) addresses = addresses_new (orders[i][0], orders[i][1], NULL);
      g_autoptr(TlFault) fault = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_null (tl_dial_sync (addresses, port, tl_deadline_in_ms (LONG_MS), NULL, NULL,
                                   &fault, &error));
      g_assert_no_error (error);
      g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_REFUSED);
      g_assert_cmpstr (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_OS_ERROR),
                       ==,
                       "ECONNREFUSED");
      close (bound);
    }
}

static gpointer
cancel_thread (gpointer data)
{
  gint64 *at_us = g_new (gint64, 1);

  g_usleep (100 * 1000);
  *at_us = g_get_monotonic_time ();
  g_cancellable_cancel (data);

  return at_us;
}

static void
test_cancel (void)
{
  guint16 port = 0;
  Full full;
  g_autoptr(GPtrArray) addresses = addresses_new ("127.0.0.1", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree gint64 *cancelled_at_us = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  GThread *thread;
  gint64 over_at_us;

  full_start (&full, "127.0.0.1", &port);
  thread = g_thread_new ("cancel", cancel_thread, cancellable);
  g_assert_null (tl_dial_sync (addresses, port, tl_deadline_in_ms (LONG_MS), cancellable, NULL,
                               &fault, &error));
  over_at_us = g_get_monotonic_time ();
  cancelled_at_us = g_thread_join (thread);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fault);
  g_assert_cmpint (over_at_us - *cancelled_at_us, <, 200 * 1000);
  full_stop (&full);
}

/* In a process of its own, with so many descriptors left. */
static void
dial_with_descriptors (guint16  port,
                       gpointer data)
{
  guint left = GPOINTER_TO_UINT (data);
  gboolean enough = left >= 1 + TL_HANDLES_FOR_WAIT;
  g_autoptr(GPtrArray) addresses = addresses_new ("127.0.0.1", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GSocket) socket = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  struct rlimit limit;
  struct rusage usage;
  int next = dup (0);

  close (next);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  limit.rlim_cur = (rlim_t) next + left;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  socket = tl_dial_sync (addresses, port, tl_deadline_in_ms (LONG_MS), cancellable, NULL, &fault,
                         &error);
  getrusage (RUSAGE_SELF, &usage);
  g_assert_no_error (error);
  g_assert_cmpint (socket != NULL, ==, enough);
  if (!enough)
    g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==, "local-limit");
  g_assert_cmpint (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec, ==, 0);
}

static void
test_out_of_descriptors (gconstpointer data)
{
  guint16 port = 0;
  int listener = listen_on ("127.0.0.1", &port, 4);

  g_test_summary ("A socket needs one, and waiting for it so that it may be cancelled another; "
                  "the other lane may want as many");

  tl_test_child_finish (tl_test_child_new (dial_with_descriptors, (gpointer) data), port);
  close (listener);
}

static void
test_losers_are_closed (void)
{
  guint16 port = 0;
  Full full;
  int listener;
  guint before;
  g_autoptr(GPtrArray) addresses = addresses_new ("127.0.0.1", "127.0.0.2", NULL);

  full_start (&full, "127.0.0.1", &port);
  listener = listen_on ("127.0.0.2", &port, 4);
  before = count_descriptors ();
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(TlFault) fault = NULL;
      g_autoptr(GSocket) socket = tl_dial_sync (addresses, port, tl_deadline_in_ms (LONG_MS), NULL,
                                                NULL, &fault, NULL);

      g_assert_nonnull (socket);
      g_assert_cmpuint (count_descriptors (), ==, before + 1);
    }
  g_assert_cmpuint (count_descriptors (), ==, before);
  close (listener);
  full_stop (&full);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dial/connects", test_connects);
  g_test_add_func ("/dial/N01/refused", test_refused);
  g_test_add_func ("/dial/N02/time-out", test_time_out);
  g_test_add_func ("/dial/past-deadline", test_past_deadline);
  g_test_add_func ("/dial/N05/dead-address-first", test_dead_address_first);
  g_test_add_func ("/dial/N06/refusing-addresses-first", test_refusing_address_first);
  g_test_add_func ("/dial/mixed-failures", test_mixed_failures);
  g_test_add_func ("/dial/N04/two-errors", test_two_errors);
  g_test_add_func ("/dial/cancel", test_cancel);
  g_test_add_func ("/dial/N05/dead-family", test_dead_family);
  g_test_add_func ("/dial/N05/all-answer", test_all_answer);
  g_test_add_func ("/dial/N06/seven-dead", test_seven_dead);
  g_test_add_data_func ("/dial/N06/four-dead", GINT_TO_POINTER (TRUE), test_four_dead);
  g_test_add_data_func ("/dial/N02/four-dead", GINT_TO_POINTER (FALSE), test_four_dead);
  for (guint left = 0; left < 8; left++)
    {
      g_autofree char *path = g_strdup_printf ("/dial/N18/%u-descriptors-left", left);

      g_test_add_data_func (path, GUINT_TO_POINTER (left), test_out_of_descriptors);
    }
  g_test_add_func ("/dial/N06/losers-are-closed", test_losers_are_closed);

  return g_test_run ();
}
