/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <malloc.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tl-line-stream.h"
#include "tl-test-ca.h"
#include "tl-test-memory.h"
#include "tl-test-peer.h"
#include "tl-test-server.h"

#define LONG_MS 10000
#define MAX_LINE_LEN 20
#define HOST "mail.practice.invalid"
#define PASSWORD "correct horse battery"

static TlTestCa *authority;
static TlNetwork *network;
static SSL_CTX *server_ctx;

/* A stream and all that it stands on. */
typedef struct
{
  TlTestPeer    *peer;
  TlChannel     *channel;
  TlVerifiedTls *proof;
  TlTranscript  *transcript;
  TlLineStream  *stream;
} Talk;

static TlChannel *
connect_to (guint16 port)
{
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (HOST, port, TL_SECURITY_TLS, NULL);
  g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlFault) fault = NULL;
  TlChannel *channel;

  g_ptr_array_add (addresses, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
  channel = tl_channel_dial_sync (network, endpoint, addresses, tl_deadline_in_ms (LONG_MS), NULL,
                                  &fault, NULL);
  g_assert_nonnull (channel);

  return channel;
}

static Talk *
talk_new (const char *script,
          gsize       max_line_len)
{
  Talk *self = g_new0 (Talk, 1);
  g_autoptr(TlFault) fault = NULL;

  self->peer = tl_test_peer_new (script, server_ctx);
  self->channel = connect_to (tl_test_peer_start (self->peer));
  if (g_str_has_prefix (script, "TLS\n"))
    {
      self->proof = tl_channel_handshake_sync (self->channel, HOST, tl_deadline_in_ms (LONG_MS),
                                               NULL, &fault, NULL);
      g_assert_nonnull (self->proof);
    }
  self->transcript = tl_transcript_new ();
  self->stream = tl_line_stream_new (self->channel, max_line_len, self->transcript);

  return self;
}

static void
talk_free (Talk *self)
{
  tl_line_stream_free (self->stream);
  tl_transcript_unref (self->transcript);
  g_clear_pointer (&self->proof, tl_verified_tls_unref);
  tl_channel_free (self->channel);
  tl_test_peer_free (self->peer);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Talk, talk_free)

static char *
read_line (Talk *talk)
{
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  char *line = tl_line_stream_read_sync (talk->stream, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                         &error);

  g_assert_no_error (error);
  g_assert_null (fault);
  g_assert_nonnull (line);

  return line;
}

/* What is sent, the lines read from it, and what ended the reading. */
static const struct
{
  const char *name;
  const char *script;
  const char *lines;  /* separated by | */
  int         cause;
} reads[] = {
  { "crlf",           "S! one\\r\\ntwo\\r\\n\nCLOSE",        "one|two", TL_CAUSE_SERVER_CLOSED },
  { "lf",             "S! one\\ntwo\\n\nCLOSE",              "one|two", TL_CAUSE_SERVER_CLOSED },
  { "empty-lines",    "S! \\r\\n\\n\\r\\n\nCLOSE",           "||",      TL_CAUSE_SERVER_CLOSED },
  { "in-pieces",      "S! on\nSLEEP 20\nS! e\\r\nSLEEP 20\nS! \\ntw\nSLEEP 20\nS! o\\n\nCLOSE",
    "one|two", TL_CAUSE_SERVER_CLOSED },
  { "high-bytes",     "S! \\xc3\\xbc\\xff\\r\\n\nCLOSE",     "\xc3\xbc\xff",
    TL_CAUSE_SERVER_CLOSED },
  { "nothing",        "CLOSE",                               NULL,      TL_CAUSE_SERVER_CLOSED },
  { "half-a-line",    "S! one\\r\\ntwo\nCLOSE",              "one",     TL_CAUSE_TRUNCATED },
  { "no-lf-at-end",   "S! one\\r\nCLOSE",                    NULL,      TL_CAUSE_TRUNCATED },
  { "nul",            "S! a\\0b\\r\\n\nHANG",                NULL,      TL_CAUSE_PROTOCOL },
  { "nul-alone",      "S! \\0\\r\\n\nHANG",                  NULL,      TL_CAUSE_PROTOCOL },
  { "bare-cr",        "S! a\\rb\\r\\n\nHANG",                NULL,      TL_CAUSE_PROTOCOL },
  { "two-crs",        "S! a\\r\\r\\n\nHANG",                 NULL,      TL_CAUSE_PROTOCOL },
  { "longest-crlf",   "S! 12345678901234567890\\r\\n\nCLOSE", "12345678901234567890",
    TL_CAUSE_SERVER_CLOSED },
  { "longest-lf",     "S! 12345678901234567890\\n\nCLOSE",   "12345678901234567890",
    TL_CAUSE_SERVER_CLOSED },
  { "longest-in-pieces", "S! 12345678901234567890\\r\nSLEEP 30\nS! \\n\nCLOSE",
    "12345678901234567890", TL_CAUSE_SERVER_CLOSED },
  { "too-long-crlf",  "S! 123456789012345678901\\r\\n\nHANG", NULL,     TL_CAUSE_TOO_LONG },
  { "too-long-lf",    "S! 123456789012345678901\\n\nHANG",   NULL,      TL_CAUSE_TOO_LONG },
  { "too-long-no-end", "S! 1234567890123456789012\nHANG",    NULL,      TL_CAUSE_TOO_LONG },
  { "reset",          "S! one\\r\\n\nSLEEP 50\nRST",         "one",     TL_CAUSE_RESET },
  { "tls",            "TLS\nS! one\\r\\ntwo\\r\\n\nSHUTDOWN", "one|two", TL_CAUSE_SERVER_CLOSED },
  { "tls-half-a-line", "TLS\nS! one\\r\\ntw\nSHUTDOWN",      "one",     TL_CAUSE_TRUNCATED },
  { "tls-cut",        "TLS\nS! one\\r\\n\nCLOSE",            "one",     TL_CAUSE_TRUNCATED },
};

static void
test_read (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(Talk) talk = talk_new (reads[i].script, MAX_LINE_LEN);
  g_autoptr(GString) lines = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  char *line;

  while ((line = tl_line_stream_read_sync (talk->stream, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                           &error)) != NULL)
    {
      if (lines == NULL)
        lines = g_string_new (line);
      else
        g_string_append_printf (lines, "|%s", line);
      g_free (line);
    }

  g_assert_no_error (error);
  g_assert_cmpstr (lines != NULL ? lines->str : NULL, ==, reads[i].lines);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==,
                   tl_cause_get_nick ((TlCause) reads[i].cause));
  g_assert_true (tl_evidence_is_valid (tl_fault_get_evidence (fault)));
}

/* Counts what it could get rid of before the client hung up. */
static void
serve_endless_line (int      fd,
                    gpointer data)
{
  gsize *n_sent = data;
  char bytes[1024];
  ssize_t n;

  memset (bytes, 'x', sizeof bytes);
  while ((n = send (fd, bytes, sizeof bytes, MSG_NOSIGNAL)) > 0)
    *n_sent += (gsize) n;
}

static void
test_endless_line (void)
{
  gsize n_sent = 0;
  TlTestServer *server = tl_test_server_new (serve_endless_line, &n_sent);
  TlChannel *channel = connect_to (tl_test_server_get_port (server));
  g_autoptr(TlTranscript) transcript = tl_transcript_new ();
  g_autoptr(TlFault) fault = NULL;

  g_test_summary ("A line without end is given up at once, not when memory is full");

  {
    g_autoptr(TlLineStream) stream = tl_line_stream_new (channel, MAX_LINE_LEN, transcript);

    g_assert_null (tl_line_stream_read_sync (stream, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                             NULL));
    g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TOO_LONG);
    g_assert_cmpuint (tl_evidence_get_uint (tl_fault_get_evidence (fault), TL_EVIDENCE_LIMIT, 0),
                      ==, MAX_LINE_LEN);
  }

  tl_channel_free (channel);
  tl_test_server_free (server);
  /* No more than the sockets' own buffers hold. */
  g_assert_cmpuint (n_sent, <, 64 * 1024 * 1024);
}

static void
serve_drip (int      fd,
            gpointer data)
{
  while (send (fd, "x", 1, MSG_NOSIGNAL) == 1)
    g_usleep (10 * 1000);
}

static void
test_drip (void)
{
  TlTestServer *server = tl_test_server_new (serve_drip, NULL);
  TlChannel *channel = connect_to (tl_test_server_get_port (server));
  g_autoptr(TlTranscript) transcript = tl_transcript_new ();
  TlLineStream *stream = tl_line_stream_new (channel, 1000, transcript);
  g_autoptr(TlFault) fault = NULL;
  gint64 began_us = g_get_monotonic_time ();

  g_test_summary ("Each byte comes in time; the line does not");

  g_assert_null (tl_line_stream_read_sync (stream, tl_deadline_in_ms (300), NULL, &fault, NULL));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 290 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 800 * 1000);

  tl_line_stream_free (stream);
  tl_channel_free (channel);
  tl_test_server_free (server);
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
  g_autoptr(Talk) talk = talk_new ("S! half\nHANG", MAX_LINE_LEN);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree gint64 *cancelled_at_us = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_thread, cancellable);
  gint64 over_at_us;

  g_assert_null (tl_line_stream_read_sync (talk->stream, tl_deadline_in_ms (LONG_MS), cancellable,
                                           &fault, &error));
  over_at_us = g_get_monotonic_time ();
  cancelled_at_us = g_thread_join (thread);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fault);
  g_assert_cmpint (over_at_us - *cancelled_at_us, <, 200 * 1000);
}

static void
test_bytes (void)
{
  g_autoptr(Talk) talk = talk_new ("S! {10}\\r\\na\\0b\\r\\nSLEEP\nSLEEP 20\nS! z)\\r\\n\nHANG",
                                   MAX_LINE_LEN);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GBytes) none = NULL;
  g_autofree char *head = read_line (talk);
  g_autofree char *tail = NULL;
  g_autoptr(TlFault) fault = NULL;

  g_assert_cmpstr (head, ==, "{10}");
  bytes = tl_line_stream_read_bytes_sync (talk->stream, 10, tl_deadline_in_ms (LONG_MS), NULL,
                                          &fault, NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "a\0b\r\nSLEEP", 10);
  none = tl_line_stream_read_bytes_sync (talk->stream, 0, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                         NULL);
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
  tail = read_line (talk);
  g_assert_cmpstr (tail, ==, "z)");
}

static void
test_bytes_cut (void)
{
  g_autoptr(Talk) talk = talk_new ("S! abc\nCLOSE", MAX_LINE_LEN);
  g_autoptr(TlFault) fault = NULL;

  g_assert_null (tl_line_stream_read_bytes_sync (talk->stream, 4, tl_deadline_in_ms (LONG_MS), NULL,
                                                 &fault, NULL));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TRUNCATED);
}

static void
test_pending (void)
{
  g_autoptr(Talk) talk = talk_new ("C: go\nS! one\\r\\n\\x1btwo\nHANG", MAX_LINE_LEN);
  g_autoptr(TlFault) fault = NULL;
  g_autofree char *line = NULL;
  g_autofree char *pending = NULL;

  g_assert_false (tl_line_stream_has_pending (talk->stream));
  g_assert_true (tl_line_stream_write_sync (talk->stream, "go", tl_deadline_in_ms (LONG_MS), NULL,
                                            &fault, NULL));
  line = read_line (talk);
  g_assert_cmpstr (line, ==, "one");
  g_assert_true (tl_line_stream_has_pending (talk->stream));
  pending = tl_line_stream_dup_pending (talk->stream);
  g_assert_cmpstr (pending, ==, "\\x1btwo");
}

/* What lies in the kernel and not yet in our buffer counts as well. */
static void
test_pending_in_socket (void)
{
  g_autoptr(Talk) talk = talk_new ("S: one\nC: go\nS! injected\nHANG", MAX_LINE_LEN);
  g_autofree char *line = read_line (talk);
  g_autoptr(TlFault) fault = NULL;

  g_assert_false (tl_line_stream_has_pending (talk->stream));
  g_assert_true (tl_line_stream_write_sync (talk->stream, "go", tl_deadline_in_ms (LONG_MS), NULL,
                                            &fault, NULL));
  for (guint i = 0; i < 1000 && !tl_line_stream_has_pending (talk->stream); i++)
    g_usleep (1000);
  g_assert_true (tl_line_stream_has_pending (talk->stream));
}

static void
test_transcript (void)
{
  g_autoptr(Talk) talk = talk_new ("S: * OK \\x1b hello\nC: a NOOP\nS: a OK\nHANG", MAX_LINE_LEN);
  g_autofree char *first = read_line (talk);
  g_autofree char *second = NULL;
  g_autoptr(TlFault) fault = NULL;

  g_assert_true (tl_line_stream_write_sync (talk->stream, "a NOOP", tl_deadline_in_ms (LONG_MS),
                                            NULL, &fault, NULL));
  second = read_line (talk);

  g_assert_cmpuint (tl_transcript_get_n_lines (talk->transcript), ==, 3);
  g_assert_cmpint (tl_transcript_get_direction (talk->transcript, 0), ==, TL_TRANSCRIPT_RECEIVED);
  g_assert_cmpstr (tl_transcript_get_text (talk->transcript, 0), ==, "* OK \\x1b hello");
  g_assert_cmpint (tl_transcript_get_direction (talk->transcript, 1), ==, TL_TRANSCRIPT_SENT);
  g_assert_cmpstr (tl_transcript_get_text (talk->transcript, 1), ==, "a NOOP");
  g_assert_cmpstr (tl_transcript_get_text (talk->transcript, 2), ==, "a OK");
}

static void
test_secret (void)
{
  g_autoptr(Talk) talk = talk_new ("TLS\nC: a LOGIN ada " PASSWORD "\n"
                                   "S: a NO no ada " PASSWORD " here\n"
                                   "S: * BAD battery\nHANG", 200);
  g_autoptr(TlSecret) password = tl_secret_new (PASSWORD, strlen (PASSWORD));
  g_autoptr(TlSecret) line = tl_secret_new ("a LOGIN ada " PASSWORD,
                                            strlen ("a LOGIN ada " PASSWORD));
  g_autofree char *answer = NULL;
  g_autofree char *tail = NULL;
  g_autofree char *said = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("A secret reaches the server whole, and nobody else ever again");

  tl_line_stream_guard (talk->stream, password);
  g_assert_true (tl_line_stream_write_secret_sync (talk->stream, talk->proof, line,
                                                   tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                                   &error));
  answer = read_line (talk);
  tail = read_line (talk);
  said = tl_transcript_to_string (talk->transcript);

  g_assert_null (strstr (answer, "horse"));
  g_assert_nonnull (strstr (answer, "ada"));
  g_assert_null (strstr (tail, "battery"));
  g_assert_null (strstr (said, "horse"));
  g_assert_null (strstr (said, "battery"));
  g_assert_null (strstr (said, "LOGIN"));
  g_assert_nonnull (strstr (said, "33"));
  g_assert_null (tl_test_peer_get_problem (talk->peer));
}

static void
test_secret_needs_proof (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(Talk) talk = talk_new ("HANG", MAX_LINE_LEN);
      g_autoptr(Talk) other = talk_new ("TLS\nHANG", MAX_LINE_LEN);
      g_autoptr(TlSecret) line = tl_secret_new ("x", 1);
      g_autoptr(TlFault) fault = NULL;

      tl_line_stream_write_secret_sync (talk->stream, other->proof, line,
                                        tl_deadline_in_ms (LONG_MS), NULL, &fault, NULL);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*tl_channel_owns*");
}

/* Redaction is not fooled by where the secret stands in what was read. */
static const struct
{
  const char *name;
  const char *script;
} echoes[] = {
  { "line",      "S: x" PASSWORD "y\nHANG" },
  { "twice",     "S: " PASSWORD PASSWORD "\nHANG" },
  { "in-pieces", "S! x correct ho\nSLEEP 20\nS! rse battery\\r\\n\nHANG" },
};

static void
test_echo (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(Talk) talk = talk_new (echoes[i].script, 200);
  g_autoptr(TlSecret) password = tl_secret_new (PASSWORD, strlen (PASSWORD));
  g_autofree char *line = NULL;
  g_autofree char *said = NULL;

  tl_line_stream_guard (talk->stream, password);
  line = read_line (talk);
  said = tl_transcript_to_string (talk->transcript);
  g_assert_null (strstr (line, "horse"));
  g_assert_null (strstr (said, "horse"));
}

static void
test_echo_in_bytes (void)
{
  g_autoptr(Talk) talk = talk_new ("S! <\\0" PASSWORD "\\0>\nHANG", 200);
  g_autoptr(TlSecret) password = tl_secret_new (PASSWORD, strlen (PASSWORD));
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GBytes) bytes = NULL;

  tl_line_stream_guard (talk->stream, password);
  bytes = tl_line_stream_read_bytes_sync (talk->stream, strlen (PASSWORD) + 4,
                                          tl_deadline_in_ms (LONG_MS), NULL, &fault, NULL);
  g_assert_null (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "horse", 5));
  g_assert_nonnull (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "\0>", 2));
}

#define ADD_CASES(prefix, cases, func)                                          \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                              \
    {                                                                           \
      g_autofree char *path = g_strconcat ("/line-stream/" prefix "/", cases[i].name, NULL); \
                                                                                \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), func);                  \
    }

static void
test_lines (void)
{
  static const char * const lines[] = { "one", "two", "three", NULL };
  Talk *talk = talk_new ("C: one\nC: two\nC: three\nS: done\n", MAX_LINE_LEN);
  g_autoptr(TlFault) fault = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *transcript = NULL;

  g_test_summary ("What goes out in one packet is as many lines in the transcript");

  g_assert_true (tl_line_stream_write_lines_sync (talk->stream, lines, tl_deadline_in_ms (LONG_MS),
                                                  NULL, &fault, NULL));
  answer = tl_line_stream_read_sync (talk->stream, tl_deadline_in_ms (LONG_MS), NULL, &fault, NULL);
  g_assert_cmpstr (answer, ==, "done");
  transcript = tl_transcript_to_string (talk->transcript);
  for (gsize i = 0; lines[i] != NULL; i++)
    g_assert_nonnull (strstr (transcript, lines[i]));
  talk_free (talk);
}

static void
test_memory (void)
{
  g_autoptr(TlTestMemory) canary = tl_test_memory_new ();
  const char *text = tl_test_memory_peek (canary);
  g_autoptr(TlSecret) secret = tl_secret_new (text, strlen (text));
  g_autoptr(TlTranscript) transcript = tl_transcript_new ();
  g_autofree char *filler = g_strnfill (6000, 'x');
  g_autofree char *found = NULL;
  TlLineStream *stream;
  TlChannel *channel;
  GSocket *socket;
  int fds[2];

  g_test_summary ("What a server quotes of a password stays nowhere, however the buffer moves");

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  socket = g_socket_new_from_fd (fds[0], NULL);
  channel = tl_channel_new_for_socket (network, socket);
  stream = tl_line_stream_new (channel, 8192, transcript);
  tl_line_stream_guard (stream, secret);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(TlFault) fault = NULL;
      g_autofree char *line = NULL;

      g_assert_cmpint (write (fds[1], "NO ", 3), ==, 3);
      g_assert_cmpint (write (fds[1], text, strlen (text)), ==, strlen (text));
      g_assert_cmpint (write (fds[1], filler, i * strlen (filler)), ==, i * strlen (filler));
      g_assert_cmpint (write (fds[1], "\r\n", 2), ==, 2);
      line = tl_line_stream_read_sync (stream, tl_deadline_in_ms (LONG_MS), NULL, &fault, NULL);
      g_assert_true (g_str_has_prefix (line, "NO •••"));
    }
  tl_line_stream_free (stream);
  tl_channel_free (channel);
  g_object_unref (socket);
  close (fds[1]);

  found = tl_test_memory_find (canary);
  g_assert_cmpstr (found, ==, NULL);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  /* What is freed and not wiped must be found. */
  mallopt (M_PERTURB, 0);
  authority = tl_test_ca_new ("practice.invalid");
  server_ctx = tl_test_ca_new_server (authority, HOST, TL_TEST_TLS_GOOD);
  network = tl_network_new_practice (tl_test_ca_get_pem (authority), NULL);

  ADD_CASES ("read", reads, test_read)
  ADD_CASES ("echo", echoes, test_echo)
  g_test_add_func ("/line-stream/P9/memory", test_memory);
  g_test_add_func ("/line-stream/echo/bytes", test_echo_in_bytes);
  g_test_add_func ("/line-stream/endless-line", test_endless_line);
  g_test_add_func ("/line-stream/drip", test_drip);
  g_test_add_func ("/line-stream/cancel", test_cancel);
  g_test_add_func ("/line-stream/bytes", test_bytes);
  g_test_add_func ("/line-stream/bytes-cut", test_bytes_cut);
  g_test_add_func ("/line-stream/pending", test_pending);
  g_test_add_func ("/line-stream/pending-in-socket", test_pending_in_socket);
  g_test_add_func ("/line-stream/transcript", test_transcript);
  g_test_add_func ("/line-stream/lines", test_lines);
  g_test_add_func ("/line-stream/secret", test_secret);
  g_test_add_func ("/line-stream/secret-needs-proof", test_secret_needs_proof);

  status = g_test_run ();

  tl_network_unref (network);
  SSL_CTX_free (server_ctx);
  tl_test_ca_free (authority);

  return status;
}
