/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tl-channel-private.h"
#include "tl-test-ca.h"
#include "tl-test-child.h"
#include "tl-test-peer.h"
#include "tl-test-server.h"

#define LONG_MS 10000
#define HOST "mail.practice.invalid"

static TlTestCa *authority;
static TlNetwork *network;
static SSL_CTX *server_ctx;

static TlChannel *
connect_to (guint16  port,
            gboolean under_tls)
{
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (HOST, port, TL_SECURITY_TLS, NULL);
  g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  TlChannel *channel;

  g_ptr_array_add (addresses, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
  channel = tl_channel_dial_sync (network, endpoint, addresses, tl_deadline_in_ms (LONG_MS), NULL,
                                  &fault, &error);
  g_assert_no_error (error);
  g_assert_null (fault);
  g_assert_cmpstr (tl_channel_get_address (channel), ==, "127.0.0.1");
  g_assert_null (tl_channel_get_proxy (channel));

  if (under_tls)
    {
      g_autoptr(TlVerifiedTls) proof =
        tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                   &error);

      g_assert_no_error (error);
      g_assert_nonnull (proof);
    }

  return channel;
}

static gboolean
read_all (TlChannel  *channel,
          const char *expected)
{
  gsize have = 0;
  char bytes[128];

  while (have < strlen (expected))
    {
      g_autoptr(TlFault) fault = NULL;
      gssize n = tl_channel_read_sync (channel, bytes + have, sizeof bytes - have,
                                       tl_deadline_in_ms (LONG_MS), NULL, &fault, NULL);

      if (n < 0)
        return FALSE;
      have += (gsize) n;
    }

  return memcmp (bytes, expected, have) == 0 && have == strlen (expected);
}

/* What comes after "hello". */
static const struct
{
  const char *name;
  gboolean    under_tls;
  const char *script;
  TlCause     cause;
} ends[] = {
  { "clear/closed",  FALSE, "S! hello\nCLOSE",          TL_CAUSE_SERVER_CLOSED },
  { "clear/reset",   FALSE, "S! hello\nSLEEP 50\nRST",  TL_CAUSE_RESET },
  { "clear/silent",  FALSE, "S! hello\nHANG",           TL_CAUSE_TIMEOUT },
  { "tls/closed",    TRUE,  "TLS\nS! hello\nSHUTDOWN",  TL_CAUSE_SERVER_CLOSED },
  { "tls/cut",       TRUE,  "TLS\nS! hello\nCLOSE",     TL_CAUSE_TRUNCATED },
  { "tls/reset",     TRUE,  "TLS\nS! hello\nSLEEP 50\nRST", TL_CAUSE_RESET },
  { "tls/silent",    TRUE,  "TLS\nS! hello\nHANG",      TL_CAUSE_TIMEOUT },
};

static void
test_end (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  TlTestPeer *peer = tl_test_peer_new (ends[i].script, server_ctx);
  g_autoptr(TlChannel) channel = connect_to (tl_test_peer_start (peer), ends[i].under_tls);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  char bytes[16];

  g_assert_true (read_all (channel, "hello"));
  g_assert_cmpint (tl_channel_read_sync (channel, bytes, sizeof bytes, tl_deadline_in_ms (400),
                                         NULL, &fault, &error), ==, -1);
  g_assert_no_error (error);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==,
                   tl_cause_get_nick (ends[i].cause));

  g_clear_pointer (&channel, tl_channel_free);
  tl_test_peer_free (peer);
}

static void
test_write (gconstpointer data)
{
  gboolean under_tls = GPOINTER_TO_INT (data);
  g_autofree char *script = g_strconcat (under_tls ? "TLS\n" : "",
                                         "C: good day\nS! and to you\nHANG", NULL);
  TlTestPeer *peer = tl_test_peer_new (script, server_ctx);
  g_autoptr(TlChannel) channel = connect_to (tl_test_peer_start (peer), under_tls);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (tl_channel_write_sync (channel, "good day\r\n", 10, tl_deadline_in_ms (LONG_MS),
                                        NULL, &fault, &error));
  g_assert_true (read_all (channel, "and to you"));

  g_clear_pointer (&channel, tl_channel_free);
  tl_test_peer_free (peer);
}

static void
serve_nothing (int      fd,
               gpointer data)
{
  SSL *ssl = data != NULL ? tl_test_accept_tls (fd, data) : NULL;

  g_usleep (700 * 1000);
  SSL_free (ssl);
}

/* A peer that does not read: the write waits, and not for ever. */
static void
test_write_time_out (gconstpointer data)
{
  gboolean under_tls = GPOINTER_TO_INT (data);
  g_autoptr(TlTestServer) server = tl_test_server_new (serve_nothing,
                                                       under_tls ? server_ctx : NULL);
  g_autoptr(TlChannel) channel = connect_to (tl_test_server_get_port (server), under_tls);
  g_autofree char *bytes = g_malloc0 (32 * 1024 * 1024);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began_us = g_get_monotonic_time ();

  g_assert_false (tl_channel_write_sync (channel, bytes, 32 * 1024 * 1024, tl_deadline_in_ms (300),
                                         NULL, &fault, &error));
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 1000 * 1000);
}

static void
test_pending (gconstpointer data)
{
  gboolean under_tls = GPOINTER_TO_INT (data);
  g_autofree char *script = g_strconcat (under_tls ? "TLS\n" : "", "C: go\nS! ab\nHANG", NULL);
  TlTestPeer *peer = tl_test_peer_new (script, server_ctx);
  g_autoptr(TlChannel) channel = connect_to (tl_test_peer_start (peer), under_tls);
  g_autoptr(TlFault) fault = NULL;
  char byte;

  /* Under TLS session tickets may lie there unread: that is not what is asked. */
  if (!under_tls)
    g_assert_false (tl_channel_has_pending (channel));
  g_assert_true (tl_channel_write_sync (channel, "go\r\n", 4, tl_deadline_in_ms (LONG_MS), NULL,
                                        &fault, NULL));
  g_assert_cmpint (tl_channel_read_sync (channel, &byte, 1, tl_deadline_in_ms (LONG_MS), NULL,
                                         &fault, NULL), ==, 1);
  g_assert_true (tl_channel_has_pending (channel));
  g_assert_cmpint (tl_channel_read_sync (channel, &byte, 1, tl_deadline_in_ms (LONG_MS), NULL,
                                         &fault, NULL), ==, 1);
  g_assert_false (tl_channel_has_pending (channel));

  g_clear_pointer (&channel, tl_channel_free);
  tl_test_peer_free (peer);
}

/* Hangs up, once it is told to, without a look at what was sent. */
static void
serve_reset (int      fd,
             gpointer data)
{
  char byte;

  if (recv (fd, &byte, 1, 0) == 1)
    tl_test_reset_on_close (fd);
}

/* Says under TLS that it wants a certificate of ours, and is gone. */
static void
serve_certificate_wanted (int      fd,
                          gpointer data)
{
  g_autoptr(SSL_CTX) ctx = tl_test_ca_new_server (authority, HOST, TL_TEST_TLS_WANTS_CLIENT);
  SSL *ssl = tl_test_accept_tls (fd, ctx);

  g_assert_null (ssl);
  if (data != NULL)
    tl_test_reset_on_close (fd);
  else
    tl_test_wait_for_hang_up (fd);
}

static void
assert_over (TlChannel *channel,
             TlCause    cause)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(TlFault) at_write = NULL;
      g_autoptr(TlFault) at_read = NULL;
      char byte;

      g_assert_false (tl_channel_write_sync (channel, "x", 1, tl_deadline_in_ms (LONG_MS), NULL,
                                             &at_write, NULL));
      g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (at_write)), ==,
                       tl_cause_get_nick (cause));
      g_assert_cmpint (tl_channel_read_sync (channel, &byte, 1, tl_deadline_in_ms (LONG_MS), NULL,
                                             &at_read, NULL), ==, -1);
      g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (at_read)), ==,
                       tl_cause_get_nick (cause));
    }
}

static void
test_seen_reset (void)
{
  g_autoptr(TlTestServer) server = tl_test_server_new (serve_reset, NULL);
  g_autoptr(TlChannel) channel = connect_to (tl_test_server_get_port (server), FALSE);
  g_autoptr(TlFault) fault = NULL;

  g_test_summary ("The system tells of a reset once: whoever looks keeps it for who comes next");

  g_assert_true (tl_channel_write_sync (channel, "x", 1, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                        NULL));
  g_assert_true (g_socket_condition_timed_wait (channel->socket, G_IO_IN, LONG_MS * 1000, NULL,
                                                NULL));
  g_assert_false (tl_channel_has_pending (channel));
  g_assert_null (tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL,
                                            &fault, NULL));
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==, "reset");
  g_assert_cmpstr (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_HOST), ==,
                   HOST);
  g_assert_cmpstr (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_OS_ERROR), ==,
                   "ECONNRESET");
  assert_over (channel, TL_CAUSE_RESET);
}

static void
test_seen_alert (void)
{
  g_autoptr(TlTestServer) server = tl_test_server_new (serve_certificate_wanted, NULL);
  g_autoptr(TlChannel) channel = connect_to (tl_test_server_get_port (server), TRUE);

  g_test_summary ("So is an alert that came before the first command");

  g_assert_true (g_socket_condition_timed_wait (channel->socket, G_IO_IN, LONG_MS * 1000, NULL,
                                                NULL));
  g_assert_false (tl_channel_has_pending (channel));
  assert_over (channel, TL_CAUSE_CLIENT_CERT_REQUIRED);
}

/* The alert has come and so has the reset behind it, which is what a write meets. */
static void
test_last_words (void)
{
  g_autoptr(TlTestServer) server = tl_test_server_new (serve_certificate_wanted, server_ctx);
  g_autoptr(TlChannel) channel = connect_to (tl_test_server_get_port (server), TRUE);

  g_assert_true (g_socket_condition_timed_wait (channel->socket, G_IO_HUP, LONG_MS * 1000, NULL,
                                                NULL));
  assert_over (channel, TL_CAUSE_CLIENT_CERT_REQUIRED);
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
check_cancel (TlChannel *channel)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree gint64 *cancelled_at_us = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_thread, cancellable);
  gint64 over_at_us;
  char bytes[16];

  g_assert_cmpint (tl_channel_read_sync (channel, bytes, sizeof bytes, tl_deadline_in_ms (LONG_MS),
                                         cancellable, &fault, &error), ==, -1);
  over_at_us = g_get_monotonic_time ();
  cancelled_at_us = g_thread_join (thread);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fault);
  g_assert_cmpint (over_at_us - *cancelled_at_us, <, 200 * 1000);
}

static void
test_cancel (gconstpointer data)
{
  gboolean under_tls = GPOINTER_TO_INT (data);
  TlTestPeer *peer = tl_test_peer_new (under_tls ? "TLS\nHANG" : "HANG", server_ctx);
  g_autoptr(TlChannel) channel = connect_to (tl_test_peer_start (peer), under_tls);

  check_cancel (channel);

  g_clear_pointer (&channel, tl_channel_free);
  tl_test_peer_free (peer);
}

/* Session tickets without end: records that carry nothing for the reader, and
 * never a moment in which there is nothing to read. OpenSSL does not mind when
 * nobody takes them, so the client's leaving is looked for. */
static void
serve_tickets (int      fd,
               gpointer data)
{
  SSL *ssl = tl_test_accept_tls (fd, data);
  char byte;

  while (ssl != NULL && recv (fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN &&
         SSL_new_session_ticket (ssl) == 1 && SSL_do_handshake (ssl) == 1)
    ;
  SSL_free (ssl);
}

static void
test_flood (void)
{
  g_autoptr(TlTestServer) server = tl_test_server_new (serve_tickets, server_ctx);
  g_autoptr(TlChannel) channel = connect_to (tl_test_server_get_port (server), TRUE);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began_us;
  char bytes[16];

  /* Let it fill all buffers there are. */
  g_usleep (500 * 1000);
  began_us = g_get_monotonic_time ();
  g_assert_cmpint (tl_channel_read_sync (channel, bytes, sizeof bytes, tl_deadline_in_ms (LONG_MS),
                                         NULL, &fault, &error), ==, -1);
  g_test_message ("took %" G_GINT64_FORMAT " us", g_get_monotonic_time () - began_us);
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 200 * 1000);

  g_clear_pointer (&channel, tl_channel_free);
}

/* A record of application data of 16 KiB, one byte of it every millisecond. */
static void
serve_drip (int      fd,
            gpointer data)
{
  SSL *ssl = tl_test_accept_tls (fd, data);
  gssize n = ssl != NULL ? send (fd, "\x17\x03\x03\x40\x00", 5, MSG_NOSIGNAL) : -1;

  while (n > 0)
    {
      n = send (fd, "x", 1, MSG_NOSIGNAL);
      g_usleep (1000);
    }
  SSL_free (ssl);
}

static void
test_drip (void)
{
  g_autoptr(TlTestServer) server = tl_test_server_new (serve_drip, server_ctx);
  g_autoptr(TlChannel) channel = connect_to (tl_test_server_get_port (server), TRUE);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began_us = g_get_monotonic_time ();
  char bytes[16];

  g_assert_cmpint (tl_channel_read_sync (channel, bytes, sizeof bytes, tl_deadline_in_ms (300),
                                         NULL, &fault, &error), ==, -1);
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 290 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 800 * 1000);

  g_clear_pointer (&channel, tl_channel_free);
}

/* How fast a flood comes depends on the machine; this does not: bytes are
 * there, and the time is up or somebody has cancelled. */
static void
test_late (gconstpointer data)
{
  gboolean under_tls = GPOINTER_TO_INT (data);
  TlTestPeer *peer = tl_test_peer_new (under_tls ? "TLS\nS! hello\nHANG" : "S! hello\nHANG",
                                       server_ctx);
  g_autoptr(TlChannel) channel = connect_to (tl_test_peer_start (peer), under_tls);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  TlDeadline long_ago = { g_get_monotonic_time () - G_USEC_PER_SEC };
  char bytes[16];

  g_assert_true (g_socket_condition_timed_wait (channel->socket, G_IO_IN, LONG_MS * 1000, NULL,
                                                NULL));

  g_assert_cmpint (tl_channel_read_sync (channel, bytes, sizeof bytes, long_ago, NULL, &fault,
                                         &error), ==, -1);
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TIMEOUT);
  g_clear_pointer (&fault, tl_fault_unref);

  g_cancellable_cancel (cancellable);
  g_assert_cmpint (tl_channel_read_sync (channel, bytes, sizeof bytes, tl_deadline_in_ms (LONG_MS),
                                         cancellable, &fault, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fault);

  g_clear_pointer (&channel, tl_channel_free);
  tl_test_peer_free (peer);
}

/* Rubbish in the place of a record, once the connection stands. */
static void
serve_rubbish (int      fd,
               gpointer data)
{
  SSL *ssl = tl_test_accept_tls (fd, data);

  if (ssl != NULL)
    {
      send (fd, "\x17\x03\x03\x00\x20 this is no record of this connection", 38, MSG_NOSIGNAL);
      tl_test_wait_for_hang_up (fd);
    }
  SSL_free (ssl);
}

static void
test_rubbish (void)
{
  g_autoptr(TlTestServer) server = tl_test_server_new (serve_rubbish, server_ctx);
  g_autoptr(TlChannel) channel = connect_to (tl_test_server_get_port (server), TRUE);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  char bytes[16];

  g_assert_cmpint (tl_channel_read_sync (channel, bytes, sizeof bytes, tl_deadline_in_ms (LONG_MS),
                                         NULL, &fault, &error), ==, -1);
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);
  g_assert_true (tl_evidence_is_valid (tl_fault_get_evidence (fault)));

  g_clear_pointer (&channel, tl_channel_free);
}

#define ADD_BOTH(name, func)                                                    \
  g_test_add_data_func ("/channel/" name "/clear", GINT_TO_POINTER (FALSE), func); \
  g_test_add_data_func ("/channel/" name "/tls", GINT_TO_POINTER (TRUE), func);

/* Answers each byte with two, of which the second is not sent before the first was acknowledged
 * (RFC 896), as servers do that send a line in two parts. */
static void
serve_in_parts (int      fd,
                gpointer data)
{
  char byte;

  g_assert_cmpint (setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &(int) { 0 }, sizeof (int)), ==, 0);
  while (recv (fd, &byte, 1, 0) == 1)
    {
      if (send (fd, "a", 1, MSG_NOSIGNAL) != 1 || send (fd, "b", 1, MSG_NOSIGNAL) != 1)
        return;
    }
}

static void
test_acknowledges_at_once (void)
{
  g_autoptr(TlTestServer) server = tl_test_server_new (serve_in_parts, NULL);
  g_autoptr(TlChannel) channel = connect_to (tl_test_server_get_port (server), FALSE);
  g_autoptr(TlFault) fault = NULL;
  gint64 began_us = g_get_monotonic_time ();

  g_test_summary ("Nobody waits for an ACK that is put off: 40 ms each, were it so");

  for (guint i = 0; i < 20; i++)
    {
      g_assert_true (tl_channel_write_sync (channel, "x", 1, tl_deadline_in_ms (LONG_MS), NULL,
                                            &fault, NULL));
      g_assert_true (read_all (channel, "ab"));
    }
  g_test_message ("took %" G_GINT64_FORMAT " us", g_get_monotonic_time () - began_us);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 300 * 1000);
}

/* In a process of its own: no descriptor is left to wait with. */
static void
read_without_descriptors (guint16  port,
                          gpointer data)
{
  g_autoptr(TlChannel) channel = connect_to (port, FALSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  struct rlimit limit;
  int next = dup (0);
  char byte;

  close (next);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  limit.rlim_cur = (rlim_t) next;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  g_assert_cmpint (tl_channel_read_sync (channel, &byte, 1, tl_deadline_in_ms (LONG_MS),
                                         cancellable, &fault, &error), ==, -1);
  g_assert_no_error (error);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==, "local-limit");
  g_assert_cmpstr (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_OS_ERROR), ==,
                   "EMFILE");
}

static void
test_out_of_descriptors (void)
{
  TlTestChild *client = tl_test_child_new (read_without_descriptors, NULL);
  g_autoptr(TlTestPeer) peer = tl_test_peer_new ("HANG", NULL);

  tl_test_child_finish (client, tl_test_peer_start (peer));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  authority = tl_test_ca_new ("practice.invalid");
  server_ctx = tl_test_ca_new_server (authority, HOST, TL_TEST_TLS_GOOD);
  network = tl_network_new_practice (tl_test_ca_get_pem (authority), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat ("/channel/end/", ends[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_end);
    }
  ADD_BOTH ("write", test_write)
  ADD_BOTH ("write-time-out", test_write_time_out)
  ADD_BOTH ("pending", test_pending)
  ADD_BOTH ("cancel", test_cancel)
  ADD_BOTH ("late", test_late)
  g_test_add_func ("/channel/N10/seen-reset", test_seen_reset);
  g_test_add_func ("/channel/T22/seen-alert", test_seen_alert);
  g_test_add_func ("/channel/T22/last-words", test_last_words);
  g_test_add_func ("/channel/drip", test_drip);
  g_test_add_func ("/channel/T21/tickets", test_flood);
  g_test_add_func ("/channel/acknowledges-at-once", test_acknowledges_at_once);
  g_test_add_func ("/channel/N18/out-of-descriptors", test_out_of_descriptors);
  g_test_add_func ("/channel/rubbish", test_rubbish);

  status = g_test_run ();

  tl_network_unref (network);
  SSL_CTX_free (server_ctx);
  tl_test_ca_free (authority);

  return status;
}
