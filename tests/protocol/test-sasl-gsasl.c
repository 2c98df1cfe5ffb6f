/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tl-sasl.h"

/* GNU SASL's own tool plays the server: it was written by others from the same
 * RFCs. It prints the mechanism, then a line of base64 whenever it wants one.
 * It has no EXTERNAL and nothing with a token, and no way to be told what a
 * -PLUS mechanism is bound to. */

#define USERNAME "ada=lovelace,x"
#define PASSWORD "correct horse \"battery\" \\{5}"

typedef struct
{
  const char *mechanism;
  guint       n_messages; /* ours */
  guint       n_lines;    /* of the tool: it may want an empty one at the end */
} PeerCase;

static const PeerCase peer_cases[] = {
  { "PLAIN",         1, 2 },
  { "LOGIN",         2, 3 },
  { "CRAM-MD5",      1, 2 },
  { "SCRAM-SHA-1",   3, 3 },
  { "SCRAM-SHA-256", 3, 3 },
};

static GBytes *
decode (const char *base64)
{
  gsize len;
  guchar *bytes = *base64 == '\0' ? NULL : g_base64_decode (base64, &len);

  return bytes == NULL ? g_bytes_new (NULL, 0) : g_bytes_new_take (bytes, len);
}

static GSubprocess *
start_server (const char *mechanism)
{
  g_autofree char *option = g_strconcat ("--mechanism=", mechanism, NULL);
  g_autoptr(GError) error = NULL;
  GSubprocess *server;

  server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                             G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                             "gsasl", "--server", "--quiet", option, "-a", USERNAME,
                             "-p", PASSWORD, "--service=imap", "--hostname=mail.example.org",
                             "-r", "mail.example.org", NULL);
  g_assert_no_error (error);

  return server;
}

/* Gives with what status the server has left: whether it trusts us in the end. */
static int
sign_in (const PeerCase *c,
         TlSasl         *sasl,
         TlFault       **out_fault)
{
  g_autoptr(GSubprocess) server = start_server (c->mechanism);
  GOutputStream *to = g_subprocess_get_stdin_pipe (server);
  g_autoptr(GDataInputStream) from = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  g_autofree char *name = g_data_input_stream_read_line (from, NULL, NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (name, ==, c->mechanism);
  for (guint n = 0; n < c->n_lines; n++)
    {
      g_autofree char *line = g_data_input_stream_read_line (from, NULL, NULL, NULL);
      g_autoptr(TlSecret) base64 = NULL;

      if (line == NULL)
        break;
      if (n < c->n_messages)
        {
          g_autoptr(GBytes) challenge = decode (line);
          g_autoptr(TlSecret) message = tl_sasl_step (sasl, challenge, NULL, out_fault, &error);

          g_assert_no_error (error);
          if (message == NULL)
            break;
          tl_sasl_note_written (sasl);
          base64 = tl_secret_new_base64 (message);
          g_output_stream_write_all (to, tl_secret_peek (base64, NULL), tl_secret_get_len (base64),
                                     NULL, NULL, NULL);
        }
      g_output_stream_write_all (to, "\n", 1, NULL, NULL, NULL);
    }

  g_output_stream_close (to, NULL, NULL);
  g_subprocess_wait (server, NULL, &error);
  g_assert_no_error (error);

  g_assert_true (g_subprocess_get_if_exited (server));

  return g_subprocess_get_exit_status (server);
}

static TlSasl *
start (const char *mechanism,
       const char *password)
{
  static const TlSaslBinding none = { 0 };
  const char * const offered[] = { mechanism, NULL };
  g_autoptr(TlSecret) secret = tl_secret_new (password, strlen (password));
  const TlSaslCredentials who = {
    .with = TL_SASL_WITH_PASSWORD,
    .username = USERNAME,
    .secret = secret,
  };

  return tl_sasl_new (tl_sasl_choose (who.with, FALSE, offered, NULL), &who, &none);
}

static gboolean
skip_without_tool (void)
{
  g_autofree char *path = g_find_program_in_path ("gsasl");

  if (path == NULL)
    g_test_skip ("gsasl is not installed");

  return path == NULL;
}

static void
test_right (gconstpointer data)
{
  const PeerCase *c = data;
  g_autoptr(TlSasl) sasl = start (c->mechanism, PASSWORD);
  g_autoptr(TlFault) fault = NULL;

  if (skip_without_tool ())
    return;

  g_assert_cmpint (sign_in (c, sasl, &fault), ==, EXIT_SUCCESS);
  g_assert_null (fault);
  g_assert_true (tl_sasl_accept (sasl, &fault));
}

static void
test_wrong (gconstpointer data)
{
  const PeerCase *c = data;
  g_autoptr(TlSasl) sasl = start (c->mechanism, "correct horse \"battery\" \\{6}");
  g_autoptr(TlFault) fault = NULL;

  if (skip_without_tool ())
    return;

  g_assert_cmpint (sign_in (c, sasl, &fault), ==, EXIT_FAILURE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* A tool that refused us is gone before our last word. */
  signal (SIGPIPE, SIG_IGN);
  /* A tool that waits for what nobody sends ends the test. */
  alarm (50);

  for (gsize i = 0; i < G_N_ELEMENTS (peer_cases); i++)
    {
      g_autofree char *right = g_strconcat ("/sasl-gsasl/X21/", peer_cases[i].mechanism, NULL);
      g_autofree char *wrong = g_strconcat ("/sasl-gsasl/wrong/", peer_cases[i].mechanism, NULL);

      g_test_add_data_func (right, &peer_cases[i], test_right);
      g_test_add_data_func (wrong, &peer_cases[i], test_wrong);
    }

  return g_test_run ();
}
