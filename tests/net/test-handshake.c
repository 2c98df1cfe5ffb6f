/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/socket.h>

#include <glib-unix.h>

#include "tl-channel-private.h"
#include "tl-test-peer.h"
#include "tl-test-server.h"
#include "world.h"

#define LONG_MS 10000
#define HOST "mail.practice.invalid"

static void
test_proof (void)
{
  SSL_CTX *ctx = tl_test_ca_new_server (world_get_authority (WORLD_PRACTICE),
                                        HOST ",b.practice.invalid", TL_TEST_TLS_GOOD);
  TlTestPeer *peer = tl_test_peer_new ("TLS\nHANG", ctx);
  guint16 port = tl_test_peer_start (peer);
  TlChannel *channels[2];
  TlVerifiedTls *proofs[2];
  g_autoptr(TlFault) fault = NULL;
  TlTlsInfo *info;

  g_test_summary ("A proof says what the connection is made of, and speaks for no other");

  for (guint i = 0; i < 2; i++)
    {
      channels[i] = world_connect (WORLD_PRACTICE, port);
      proofs[i] = tl_channel_handshake_sync (channels[i], HOST, tl_deadline_in_ms (LONG_MS), NULL,
                                             &fault, NULL);
      g_assert_nonnull (proofs[i]);
    }

  g_assert_true (tl_channel_owns (channels[0], proofs[0]));
  g_assert_false (tl_channel_owns (channels[0], proofs[1]));
  g_assert_false (tl_channel_owns (channels[1], proofs[0]));
  g_assert_false (tl_channel_owns (channels[1], NULL));

  info = tl_verified_tls_get_info (proofs[0]);
  g_assert_cmpstr (tl_tls_info_get_version (info), ==, "TLSv1.3");
  g_assert_true (g_str_has_prefix (tl_tls_info_get_cipher (info), "TLS_"));
  g_assert_cmpuint (strlen (tl_tls_info_get_fingerprint (info)), ==, 64);
  g_assert_nonnull (strstr (tl_tls_info_get_issuer (info), "Test root"));
  g_assert_true (g_strv_equal (tl_tls_info_get_names (info),
                               (const char *[]) { HOST, "b.practice.invalid", NULL }));
  g_assert_cmpint (tl_tls_info_get_not_after_s (info), >, g_get_real_time () / G_USEC_PER_SEC);

  for (guint i = 0; i < 2; i++)
    {
      tl_verified_tls_unref (proofs[i]);
      tl_channel_free (channels[i]);
    }
  tl_test_peer_free (peer);
  SSL_CTX_free (ctx);
}

static void
test_certificate_evidence (void)
{
  SSL_CTX *ctx = tl_test_ca_new_server (world_get_authority (WORLD_PRACTICE),
                                        "other.practice.invalid", TL_TEST_TLS_GOOD);
  TlTestPeer *peer = tl_test_peer_new ("TLS\nHANG", ctx);
  g_autoptr(TlChannel) channel = world_connect (WORLD_PRACTICE, tl_test_peer_start (peer));
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GVariantDict) evidence = NULL;
  g_autofree const char **names = NULL;

  g_assert_null (tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL,
                                            &fault, NULL));
  g_assert_nonnull (fault);
  evidence = g_variant_dict_new (tl_fault_get_evidence (fault));
  g_assert_cmpstr (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_HOST), ==,
                   HOST);
  g_assert_cmpuint (tl_evidence_get_uint (tl_fault_get_evidence (fault), TL_EVIDENCE_VERIFY_CODE,
                                          0), ==, X509_V_ERR_HOSTNAME_MISMATCH);
  g_assert_true (g_variant_dict_lookup (evidence, TL_EVIDENCE_NAMES, "^a&s", &names));
  g_assert_cmpstr (names[0], ==, "other.practice.invalid");
  g_assert_true (g_variant_dict_contains (evidence, TL_EVIDENCE_NOT_AFTER));
  g_assert_true (g_variant_dict_contains (evidence, TL_EVIDENCE_NOT_BEFORE));
  g_assert_true (g_variant_dict_contains (evidence, TL_EVIDENCE_FINGERPRINT));

  g_clear_pointer (&channel, tl_channel_free);
  tl_test_peer_free (peer);
  SSL_CTX_free (ctx);
}

/* What a peer may do in the place of a handshake. */
static const struct
{
  const char *name;
  const char *script;
  TlCause     cause;
  const char *first_bytes; /* part of the evidence */
} oddities[] = {
  { "T18/imap-greeting",  "S: * OK hello\nHANG",               TL_CAUSE_PLAINTEXT_PEER,
    "* OK hello" },
  { "T18/smtp-greeting",  "S: 220 mx.a.test ESMTP\nHANG",      TL_CAUSE_PLAINTEXT_PEER,
    "220 mx.a.test" },
  { "T18/pop-greeting",   "S: +OK ready\nHANG",                TL_CAUSE_PLAINTEXT_PEER,
    "+OK ready" },
  { "T18/ssh-greeting",   "S: SSH-2.0-x\nHANG",                TL_CAUSE_PLAINTEXT_PEER,
    "SSH-2.0-x" },
  { "T18/http-answer",    "S: HTTP/1.1 400 Bad Request\nHANG", TL_CAUSE_PLAINTEXT_PEER,
    "HTTP/1.1 400" },
  { "T18/escape",         "S! * OK \\x1b[2J.\\r\\nHANG",       TL_CAUSE_PLAINTEXT_PEER,
    "* OK \\x1b[2J" },
  { "T18/greets-and-closes", "S: * BYE too many connections\nCLOSE", TL_CAUSE_PLAINTEXT_PEER,
    "* BYE" },
  { "T18/greets-and-resets", "S: * BYE too many connections\nSLEEP 50\nRST",
    TL_CAUSE_PLAINTEXT_PEER, "* BYE" },
  { "resets",         "SLEEP 30\nRST",                     TL_CAUSE_RESET },
  { "alert",          "S! \\x15\\x03\\x03\\x00\\x02\\x02\\x28\nHANG", TL_CAUSE_HANDSHAKE },
  { "version-alert",  "S! \\x15\\x03\\x03\\x00\\x02\\x02\\x46\nHANG", TL_CAUSE_VERSION },
  { "rubbish-records", "S! \\x17\\x03\\x03\\x00\\x04abcd\nHANG", TL_CAUSE_HANDSHAKE },
};

static void
test_oddity (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  TlTestPeer *peer = tl_test_peer_new (oddities[i].script, NULL);
  g_autoptr(TlChannel) channel = world_connect (WORLD_PRACTICE, tl_test_peer_start (peer));
  g_autoptr(TlVerifiedTls) proof = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  proof = tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                     &error);
  g_assert_no_error (error);
  g_assert_null (proof);
  g_assert_nonnull (fault);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==,
                   tl_cause_get_nick (oddities[i].cause));
  g_assert_true (tl_evidence_is_valid (tl_fault_get_evidence (fault)));
  if (oddities[i].first_bytes != NULL)
    g_assert_nonnull (strstr (tl_evidence_get_string (tl_fault_get_evidence (fault),
                                                      TL_EVIDENCE_FIRST_BYTES),
                              oddities[i].first_bytes));

  g_clear_pointer (&channel, tl_channel_free);
  tl_test_peer_free (peer);
}

/* Says its part of the handshake and is gone, with a reset, before the client
 * can complain. */
static void
serve_and_vanish (int      fd,
                  gpointer data)
{
  SSL *ssl = SSL_new (data);
  char byte;

  /* Not before the hello is there: then SSL_accept() goes as far as it can. */
  g_assert_cmpint (recv (fd, &byte, 1, MSG_PEEK), ==, 1);
  g_assert_true (g_unix_set_fd_nonblocking (fd, TRUE, NULL));
  SSL_set_fd (ssl, fd);
  g_assert_cmpint (SSL_accept (ssl), ==, -1);
  SSL_free (ssl);
  tl_test_reset_on_close (fd);
}

static void
test_expired_and_gone (void)
{
  SSL_CTX *ctx = tl_test_ca_new_server (world_get_authority (WORLD_PRACTICE), HOST,
                                        TL_TEST_TLS_EXPIRED);
  TlTestServer *server = tl_test_server_new (serve_and_vanish, ctx);
  g_autoptr(TlChannel) channel = world_connect (WORLD_PRACTICE,
                                                tl_test_server_get_port (server));
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("That the alert cannot be sent any more is not what went wrong");

  g_assert_null (tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL,
                                            &fault, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==, "expired");

  g_clear_pointer (&channel, tl_channel_free);
  tl_test_server_free (server);
  SSL_CTX_free (ctx);
}

/* Reads what the client says first: closing over unread bytes would be a reset. */
static void
serve_and_close (int      fd,
                 gpointer data)
{
  GBytes *bytes = data;
  char hello[4096];

  if (recv (fd, hello, sizeof hello, 0) > 0)
    send (fd, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), MSG_NOSIGNAL);
}

static void
test_closes (void)
{
  static const guint8 record[] = { 0x16, 0x03, 0x03, 0x00, 0x7a, 0x02 };

  for (gsize len = 0; len <= sizeof record; len++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (record, len);
      g_autoptr(TlTestServer) server = tl_test_server_new (serve_and_close, bytes);
      g_autoptr(TlChannel) channel = world_connect (WORLD_PRACTICE,
                                                    tl_test_server_get_port (server));
      g_autoptr(TlFault) fault = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_null (tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL,
                                                &fault, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==,
                       len == 0 ? "server-closed" : "truncated");
    }
}

/* TLS 1.3 lets the client finish before the server has looked: the refusal
 * comes with the first read. */
static void
test_client_certificate_1_3 (void)
{
  SSL_CTX *ctx = tl_test_ca_new_server (world_get_authority (WORLD_PRACTICE), HOST,
                                        TL_TEST_TLS_WANTS_CLIENT);
  TlTestPeer *peer = tl_test_peer_new ("TLS\nS: * OK hello\nHANG", ctx);
  g_autoptr(TlChannel) channel = world_connect (WORLD_PRACTICE, tl_test_peer_start (peer));
  g_autoptr(TlVerifiedTls) proof = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  char bytes[64];

  proof = tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                     &error);
  g_assert_nonnull (proof);
  g_assert_cmpint (tl_channel_read_sync (channel, bytes, sizeof bytes, tl_deadline_in_ms (LONG_MS),
                                         NULL, &fault, &error), ==, -1);
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_CLIENT_CERT_REQUIRED);

  g_clear_pointer (&channel, tl_channel_free);
  tl_test_peer_free (peer);
  SSL_CTX_free (ctx);
}

static void
test_time_out (void)
{
  TlTestPeer *peer = tl_test_peer_new ("HANG", NULL);
  g_autoptr(TlChannel) channel = world_connect (WORLD_PRACTICE, tl_test_peer_start (peer));
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began_us = g_get_monotonic_time ();

  g_assert_null (tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (300), NULL, &fault,
                                            &error));
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TIMEOUT);
  g_assert_cmpuint (tl_evidence_get_uint (tl_fault_get_evidence (fault), TL_EVIDENCE_BYTES, 99), ==,
                    0);
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 290 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 800 * 1000);

  g_clear_pointer (&channel, tl_channel_free);
  tl_test_peer_free (peer);
}

/* A record that is announced as 16 000 bytes long and comes one byte at a time. */
static void
serve_drip (int      fd,
            gpointer data)
{
  static const guint8 header[] = { 0x16, 0x03, 0x03, 0x3e, 0x80 };

  if (send (fd, header, sizeof header, 0) < 0)
    return;
  while (send (fd, "\x02", 1, MSG_NOSIGNAL) == 1)
    g_usleep (5000);
}

static void
test_drip (void)
{
  g_autoptr(TlTestServer) server = tl_test_server_new (serve_drip, NULL);
  g_autoptr(TlChannel) channel = world_connect (WORLD_PRACTICE,
                                                tl_test_server_get_port (server));
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began_us = g_get_monotonic_time ();

  g_assert_null (tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (300), NULL, &fault,
                                            &error));
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TIMEOUT);
  g_assert_cmpuint (tl_evidence_get_uint (tl_fault_get_evidence (fault), TL_EVIDENCE_BYTES, 0), >,
                    5);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 800 * 1000);

  g_clear_pointer (&channel, tl_channel_free);
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
  TlTestPeer *peer = tl_test_peer_new ("HANG", NULL);
  g_autoptr(TlChannel) channel = world_connect (WORLD_PRACTICE, tl_test_peer_start (peer));
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree gint64 *cancelled_at_us = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_thread, cancellable);
  gint64 over_at_us;

  g_assert_null (tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), cancellable,
                                            &fault, &error));
  over_at_us = g_get_monotonic_time ();
  cancelled_at_us = g_thread_join (thread);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fault);
  g_assert_cmpint (over_at_us - *cancelled_at_us, <, 200 * 1000);

  g_clear_pointer (&channel, tl_channel_free);
  tl_test_peer_free (peer);
}

/* The same good peer, as if it had been reached at another address. */
static const struct
{
  const char *name;
  const char *address; /* or NULL */
  gboolean    counts;
} reached_at[] = {
  { "loopback",       "127.0.0.1",   TRUE },
  { "loopback-other", "127.8.8.8",   TRUE },
  { "loopback-6",     "::1",         TRUE },
  { "private",        "192.168.0.1", FALSE },
  { "public",         "192.0.2.1",   FALSE },
  { "public-6",       "2001:db8::1", FALSE },
  { "not-known",      NULL,          FALSE },
};

static void
test_reached_at (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  SSL_CTX *ctx = tl_test_ca_new_server (world_get_authority (WORLD_PRACTICE), HOST,
                                        TL_TEST_TLS_GOOD);
  TlTestPeer *peer = tl_test_peer_new ("TLS\nHANG", ctx);
  g_autoptr(TlChannel) channel = world_connect (WORLD_PRACTICE, tl_test_peer_start (peer));
  g_autoptr(TlVerifiedTls) proof = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("The practice authority vouches for nobody but this computer");

  g_free (channel->address);
  channel->address = g_strdup (reached_at[i].address);
  proof = tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                     &error);
  g_assert_no_error (error);
  g_assert_cmpint (proof != NULL, ==, reached_at[i].counts);
  g_assert_cmpint (fault == NULL, ==, reached_at[i].counts);
  if (fault != NULL)
    g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==, "untrusted-root");

  g_clear_pointer (&channel, tl_channel_free);
  tl_test_peer_free (peer);
  SSL_CTX_free (ctx);
}

static void
test_no_name (void)
{
  TlTestPeer *peer = tl_test_peer_new ("HANG", NULL);
  g_autoptr(TlChannel) channel = world_connect (WORLD_SYSTEM, tl_test_peer_start (peer));
  g_autoptr(TlFault) fault = NULL;

  g_test_summary ("OpenSSL checks no name at all when it is given an empty one");

  g_assert_null (tl_channel_handshake_sync (channel, "", tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                            NULL));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_HOSTNAME);

  g_clear_pointer (&channel, tl_channel_free);
  tl_test_peer_free (peer);
}

#define ADD_CASES(prefix, cases, func)                                          \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                              \
    {                                                                           \
      g_autofree char *path = g_strconcat ("/handshake/" prefix "/", cases[i].name, NULL); \
                                                                                \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), func);                  \
    }

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  world_begin ();

  ADD_CASES ("oddity", oddities, test_oddity)
  ADD_CASES ("reached-at", reached_at, test_reached_at)
  g_test_add_func ("/handshake/closes", test_closes);
  g_test_add_func ("/handshake/expired-and-gone", test_expired_and_gone);
  g_test_add_func ("/handshake/proof", test_proof);
  g_test_add_func ("/handshake/certificate-evidence", test_certificate_evidence);
  g_test_add_func ("/handshake/T22/client-certificate-1.3", test_client_certificate_1_3);
  g_test_add_func ("/handshake/time-out", test_time_out);
  g_test_add_func ("/handshake/drip", test_drip);
  g_test_add_func ("/handshake/cancel", test_cancel);
  g_test_add_func ("/handshake/no-name", test_no_name);

  status = g_test_run ();
  world_end ();

  return status;
}
