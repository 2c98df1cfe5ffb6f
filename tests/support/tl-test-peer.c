/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How often a waiting thread looks whether the test is over. */
#define LOOK_MS 20

/* How long a client that sends ahead may take to do so. */
#define QUIET_MS 30

/* What a flood sends at once. */
#define FLOOD_BYTES 65536

#define RUBBISH "\\x7f\\xff {!} rubbish %n \" ) \\x01\\r\\n"

struct _TlTestPeer
{
  char           **script;
  SSL_CTX         *tls;           /* or NULL */
  TlTestPeerHook   hook;
  gpointer         hook_data;

  int              listener;
  GThread         *thread;
  gint             stopping;      /* atomic */

  GMutex           lock;          /* of what is below */
  GPtrArray       *threads;       /* one a connection */
  GString         *transcript;
  GPtrArray       *received;      /* lines */
  GByteArray      *in_clear;
  char            *problem;
  guint            n_connections;
  gboolean         played_all;
};

typedef struct
{
  TlTestPeer *peer;
  int         fd;
  SSL        *ssl;       /* NULL in the clear */
  GPtrArray  *tags;      /* the last one last */
  char       *last_line;
} Connection;

TlTestPeer *
tl_test_peer_new (const char *script,
                  SSL_CTX    *tls)
{
  TlTestPeer *self = g_new0 (TlTestPeer, 1);

  self->script = g_strsplit (script, "\n", -1);
  if (tls != NULL)
    {
      SSL_CTX_up_ref (tls);
      self->tls = tls;
    }
  self->listener = -1;
  g_mutex_init (&self->lock);
  self->threads = g_ptr_array_new ();
  self->transcript = g_string_new (NULL);
  self->received = g_ptr_array_new_with_free_func (g_free);
  self->in_clear = g_byte_array_new ();

  return self;
}

/**
 * tl_test_peer_set_hook:
 * @self: a peer that has not started
 * @hook: called on a thread of the peer for each `H:`; gives the line to send, or %NULL to close
 * @user_data: passed to @hook
 */
void
tl_test_peer_set_hook (TlTestPeer     *self,
                       TlTestPeerHook  hook,
                       gpointer        user_data)
{
  self->hook = hook;
  self->hook_data = user_data;
}

static void
note (TlTestPeer *self,
      const char *who,
      const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  g_mutex_lock (&self->lock);
  g_string_append_printf (self->transcript, "%s %s\n", who, escaped);
  g_mutex_unlock (&self->lock);
}

static gboolean
complain (TlTestPeer *self,
          const char *wanted,
          const char *got)
{
  g_mutex_lock (&self->lock);
  if (self->problem == NULL)
    self->problem = g_strdup_printf ("wanted “%s”, got “%s”", wanted,
                                     got == NULL ? "(nothing)" : got);
  g_mutex_unlock (&self->lock);

  return FALSE;
}

/* Waits for something to read. FALSE when the test is over and nothing is left. */
static gboolean
wait_readable (Connection *self)
{
  if (self->ssl != NULL && SSL_pending (self->ssl) > 0)
    return TRUE;

  for (;;)
    {
      /* What the client said last is still read when the test is over. */
      gboolean is_last = g_atomic_int_get (&self->peer->stopping);
      struct pollfd wait = { .fd = self->fd, .events = POLLIN };

      if (poll (&wait, 1, LOOK_MS) > 0)
        return TRUE;
      if (is_last)
        return FALSE;
    }
}

static gssize
receive (Connection *self,
         char       *buffer,
         gsize       len)
{
  gssize n;

  if (!wait_readable (self))
    return -1;
  if (self->ssl != NULL)
    return SSL_read (self->ssl, buffer, (int) len);

  n = recv (self->fd, buffer, len, 0);
  if (n > 0)
    {
      g_mutex_lock (&self->peer->lock);
      g_byte_array_append (self->peer->in_clear, (const guint8 *) buffer, (guint) n);
      g_mutex_unlock (&self->peer->lock);
    }

  return n;
}

/* One line, byte by byte: what is behind it may belong to a handshake. */
static char *
read_line (Connection *self)
{
  g_autoptr(GString) line = g_string_new (NULL);
  char byte;

  while (receive (self, &byte, 1) == 1)
    {
      if (byte == '\n')
        {
          if (line->len > 0 && line->str[line->len - 1] == '\r')
            g_string_truncate (line, line->len - 1);
          g_mutex_lock (&self->peer->lock);
          g_ptr_array_add (self->peer->received, g_strdup (line->str));
          g_mutex_unlock (&self->peer->lock);
          note (self->peer, "C:", line->str);
          return g_strdup (line->str);
        }
      g_string_append_c (line, byte);
    }

  return NULL;
}

static gboolean
send_bytes (Connection *self,
            const char *bytes,
            gsize       len)
{
  while (len > 0)
    {
      gssize n = self->ssl != NULL ? SSL_write (self->ssl, bytes, (int) len)
                                   : send (self->fd, bytes, len, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      bytes += n;
      len -= (gsize) n;
    }

  return TRUE;
}

/* The tag that came @before the last one. */
static const char *
get_tag (Connection *self,
         guint       before)
{
  return before < self->tags->len ? self->tags->pdata[self->tags->len - 1 - before] : "";
}

/* Puts the tags and the escapes in. */
static GString *
expand (Connection *self,
        const char *text)
{
  GString *bytes = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (p[0] == '%' && (p[1] == 'T' || (p[1] >= '1' && p[1] <= '9')))
        {
          g_string_append (bytes, get_tag (self, p[1] == 'T' ? 0 : (guint) (p[1] - '0')));
          p++;
        }
      else if (*p == '\\' && p[1] == 'x' && g_ascii_isxdigit (p[2]) && g_ascii_isxdigit (p[3]))
        {
          g_string_append_c (bytes, (char) (g_ascii_xdigit_value (p[2]) * 16 +
                                            g_ascii_xdigit_value (p[3])));
          p += 3;
        }
      else if (*p == '\\' && p[1] != '\0')
        {
          p++;
          g_string_append_c (bytes, *p == 'r' ? '\r' : *p == 'n' ? '\n' : *p == '0' ? '\0' : *p);
        }
      else
        {
          g_string_append_c (bytes, *p);
        }
    }

  return bytes;
}

static gboolean
send_text (Connection *self,
           const char *text,
           gboolean    is_line)
{
  g_autoptr(GString) bytes = expand (self, text);

  note (self->peer, "S:", text);
  if (is_line)
    g_string_append (bytes, "\r\n");

  return send_bytes (self, bytes->str, bytes->len);
}

static gboolean
expect (Connection *self,
        const char *glob)
{
  g_autofree char *line = read_line (self);
  const char *rest = line;

  if (line == NULL)
    return complain (self->peer, glob, NULL);

  g_free (self->last_line);
  self->last_line = g_strdup (line);
  if (g_str_has_prefix (glob, "%T "))
    {
      const char *space = strchr (line, ' ');

      if (space == NULL)
        return complain (self->peer, glob, line);
      g_ptr_array_add (self->tags, g_strndup (line, (gsize) (space - line)));
      rest = space + 1;
      glob += strlen ("%T ");
    }

  return g_pattern_match_simple (glob, rest) || complain (self->peer, glob, line);
}

/* A client that goes on in the clear where a handshake is due. */
static void
keep_what_is_no_handshake (Connection *self)
{
  guint8 bytes[4096];
  gssize n = recv (self->fd, bytes, sizeof bytes, MSG_PEEK);

  if (n <= 0 || bytes[0] == SSL3_RT_HANDSHAKE)
    return;

  g_mutex_lock (&self->peer->lock);
  g_byte_array_append (self->peer->in_clear, bytes, (guint) n);
  g_mutex_unlock (&self->peer->lock);
}

static gboolean
start_tls (Connection *self)
{
  g_assert (self->peer->tls != NULL);

  if (!wait_readable (self))
    return FALSE;
  keep_what_is_no_handshake (self);
  self->ssl = SSL_new (self->peer->tls);
  SSL_set_fd (self->ssl, self->fd);
  if (SSL_accept (self->ssl) != 1)
    {
      ERR_clear_error ();
      return complain (self->peer, "TLS", "a failed handshake");
    }
  note (self->peer, "·", "TLS");

  return TRUE;
}

static gboolean
run_hook (Connection *self,
          const char *argument)
{
  g_autofree char *line = self->peer->hook (argument, self->last_line, self->peer->hook_data);

  return line != NULL && send_text (self, line, TRUE);
}

/* Sends the same again and again, until the client has left. */
static gboolean
flood (Connection *self,
       const char *text)
{
  g_autoptr(GString) bytes = expand (self, text);
  g_autoptr(GString) block = g_string_new (NULL);

  note (self->peer, "S:", "a flood");
  while (block->len < FLOOD_BYTES)
    g_string_append_len (block, bytes->str, (gssize) bytes->len);
  while (!g_atomic_int_get (&self->peer->stopping) && send_bytes (self, block->str, block->len))
    ;

  return FALSE;
}

/* Sends byte after byte, each by itself. */
static gboolean
drip (Connection *self,
      const char *text)
{
  g_autoptr(GString) bytes = expand (self, text);
  gboolean is_open = TRUE;

  note (self->peer, "S:", "a drip");
  for (gsize i = 0; i < bytes->len && is_open; i++)
    is_open = send_bytes (self, bytes->str + i, 1);

  return is_open;
}

/* A client that may not send ahead has nothing more on the wire. */
static gboolean
expect_quiet (Connection *self)
{
  struct pollfd wait = { .fd = self->fd, .events = POLLIN };

  return ((self->ssl == NULL || SSL_pending (self->ssl) == 0) && poll (&wait, 1, QUIET_MS) == 0) ||
         complain (self->peer, "QUIET", "more");
}

static gboolean
hang (Connection *self)
{
  char buffer[256];

  while (receive (self, buffer, sizeof buffer) > 0)
    ;

  return FALSE;
}

/* One act. FALSE: the connection is to be closed. */
static gboolean
act (Connection *self,
     const char *line)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  int is_corked = g_str_equal (line, "CORK");

  if (*line == '\0' || *line == '#')
    return TRUE;
  if (g_str_has_prefix (line, "C: "))
    return expect (self, line + 3);
  if (g_str_has_prefix (line, "S: ") || g_str_has_prefix (line, "S! "))
    return send_text (self, line + 3, line[1] == ':');
  if (g_str_has_prefix (line, "H: "))
    return run_hook (self, line + 3);
  if (g_str_has_prefix (line, "FLOOD "))
    return flood (self, line + 6);
  if (g_str_has_prefix (line, "DRIP "))
    return drip (self, line + 5);
  if (g_str_has_prefix (line, "SLEEP "))
    {
      g_usleep ((gulong) g_ascii_strtoull (line + 6, NULL, 10) * 1000);
      return TRUE;
    }
  if (is_corked || g_str_equal (line, "UNCORK"))
    {
      setsockopt (self->fd, IPPROTO_TCP, TCP_CORK, &is_corked, sizeof is_corked);
      return TRUE;
    }
  if (g_str_equal (line, "TLS"))
    return start_tls (self);
  if (g_str_equal (line, "AWAIT"))
    return wait_readable (self);
  if (g_str_equal (line, "QUIET"))
    return expect_quiet (self);
  if (g_str_equal (line, "HANG"))
    return hang (self);
  if (g_str_equal (line, "SHUTDOWN") && self->ssl == NULL)
    {
      /* What arrives later has to be read, lest it is answered with a reset. */
      shutdown (self->fd, SHUT_WR);
      return hang (self);
    }
  if (g_str_equal (line, "SHUTDOWN"))
    SSL_shutdown (self->ssl);
  else if (g_str_equal (line, "RST"))
    setsockopt (self->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  else
    g_assert_cmpstr (line, ==, "CLOSE");

  return FALSE;
}

static gpointer
connection_thread (gpointer data)
{
  Connection *self = data;
  TlTestPeer *peer = self->peer;
  gboolean is_open = TRUE;

  for (gsize i = 0; peer->script[i] != NULL && is_open; i++)
    is_open = act (self, peer->script[i]);

  if (is_open)
    {
      g_mutex_lock (&peer->lock);
      peer->played_all = TRUE;
      g_mutex_unlock (&peer->lock);
      hang (self);
    }

  g_clear_pointer (&self->ssl, SSL_free);
  ERR_clear_error ();
  close (self->fd);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_free (self->last_line);
  g_free (self);

  return NULL;
}

static gpointer
listen_thread (gpointer data)
{
  TlTestPeer *self = data;

  while (!g_atomic_int_get (&self->stopping))
    {
      struct pollfd wait = { .fd = self->listener, .events = POLLIN };
      Connection *connection;

      if (poll (&wait, 1, LOOK_MS) <= 0)
        continue;

      connection = g_new0 (Connection, 1);
      connection->peer = self;
      connection->tags = g_ptr_array_new_with_free_func (g_free);
      connection->fd = accept4 (self->listener, NULL, NULL, SOCK_CLOEXEC);
      if (connection->fd < 0)
        {
          g_clear_pointer (&connection->tags, g_ptr_array_unref);
          g_free (connection);
          continue;
        }
      g_mutex_lock (&self->lock);
      self->n_connections++;
      g_ptr_array_add (self->threads,
                       g_thread_new ("peer-connection", connection_thread, connection));
      g_mutex_unlock (&self->lock);
    }

  return NULL;
}

/**
 * tl_test_peer_start:
 * @self: a peer
 *
 * Returns: the port it listens on, 127.0.0.1
 */
guint16
tl_test_peer_start (TlTestPeer *self)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t len = sizeof address;

  /* OpenSSL writes to sockets in the plain way. */
  signal (SIGPIPE, SIG_IGN);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (self->listener, >=, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, len), ==, 0);
  g_assert_cmpint (listen (self->listener, 16), ==, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *) &address, &len), ==, 0);
  self->thread = g_thread_new ("peer", listen_thread, self);

  return ntohs (address.sin_port);
}

/**
 * tl_test_peer_stop:
 * @self: a peer
 *
 * Closes every connection and waits for the threads. From then on what was
 * seen may be asked for.
 */
void
tl_test_peer_stop (TlTestPeer *self)
{
  if (self->thread == NULL)
    return;

  g_atomic_int_set (&self->stopping, TRUE);
  g_thread_join (g_steal_pointer (&self->thread));
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (self->threads->pdata[i]);
  g_ptr_array_set_size (self->threads, 0);
  close (self->listener);
}

void
tl_test_peer_free (TlTestPeer *self)
{
  tl_test_peer_stop (self);

  g_clear_pointer (&self->script, g_strfreev);
  g_clear_pointer (&self->tls, SSL_CTX_free);
  g_clear_pointer (&self->threads, g_ptr_array_unref);
  g_string_free (g_steal_pointer (&self->transcript), TRUE);
  g_clear_pointer (&self->received, g_ptr_array_unref);
  g_clear_pointer (&self->in_clear, g_byte_array_unref);
  g_clear_pointer (&self->problem, g_free);
  g_mutex_clear (&self->lock);
  g_free (self);
}

const char *
tl_test_peer_get_transcript (TlTestPeer *self)
{
  return self->transcript->str;
}

/**
 * tl_test_peer_get_problem:
 * @self: a peer that has stopped
 *
 * Returns: (transfer none) (nullable): the first thing that did not go by the script
 */
const char *
tl_test_peer_get_problem (TlTestPeer *self)
{
  return self->problem;
}

guint
tl_test_peer_get_n_connections (TlTestPeer *self)
{
  return self->n_connections;
}

gboolean
tl_test_peer_played_all (TlTestPeer *self)
{
  return self->played_all;
}

/**
 * tl_test_peer_count:
 * @self: a peer that has stopped
 * @glob: a pattern
 *
 * Returns: how many of the lines that were read by a `C:` fit @glob, on all connections
 */
guint
tl_test_peer_count (TlTestPeer *self,
                    const char *glob)
{
  guint n = 0;

  for (guint i = 0; i < self->received->len; i++)
    n += g_pattern_match_simple (glob, self->received->pdata[i]);

  return n;
}

/**
 * tl_test_peer_dup_clear:
 * @self: a peer that has stopped
 *
 * Returns: (transfer full): all that came outside of TLS, any NUL replaced by a dot
 */
char *
tl_test_peer_dup_clear (TlTestPeer *self)
{
  char *text = g_strndup ("", self->in_clear->len);

  for (guint i = 0; i < self->in_clear->len; i++)
    text[i] = self->in_clear->data[i] == 0 ? '.' : (char) self->in_clear->data[i];

  return text;
}

/**
 * tl_test_peer_dup_clear_bytes:
 * @self: a peer that has stopped
 *
 * Returns: (transfer full): all that came outside of TLS, as it came
 */
GBytes *
tl_test_peer_dup_clear_bytes (TlTestPeer *self)
{
  return g_bytes_new (self->in_clear->data, self->in_clear->len);
}

static gboolean
is_server_act (const char *line)
{
  return g_str_has_prefix (line, "S: ") || g_str_has_prefix (line, "S! ") ||
         g_str_has_prefix (line, "H: ") || g_str_equal (line, "TLS");
}

/**
 * tl_test_script_count:
 * @script: a script
 *
 * Returns: how many acts of the server it has that can be sabotaged
 */
guint
tl_test_script_count (const char *script)
{
  g_auto(GStrv) lines = g_strsplit (script, "\n", -1);
  guint n = 0;

  for (gsize i = 0; lines[i] != NULL; i++)
    n += is_server_act (lines[i]);

  return n;
}

/**
 * tl_test_script_sabotage:
 * @script: a script
 * @index: which act of the server, from 0
 * @sabotage: what happens in its place
 *
 * Returns: (transfer full): the script with that act replaced
 */
char *
tl_test_script_sabotage (const char     *script,
                         guint           index,
                         TlTestSabotage  sabotage)
{
  static const char * const acts[TL_TEST_N_SABOTAGES] = {
    [TL_TEST_SABOTAGE_CUT]    = "CLOSE",
    [TL_TEST_SABOTAGE_RESET]  = "RST",
    [TL_TEST_SABOTAGE_STALL]  = "HANG",
    [TL_TEST_SABOTAGE_GARBLE] = "S! " RUBBISH,
  };
  g_auto(GStrv) lines = g_strsplit (script, "\n", -1);
  guint n = 0;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (is_server_act (lines[i]) && n++ == index)
        {
          g_free (lines[i]);
          lines[i] = g_strdup (acts[sabotage]);
        }
    }

  return g_strjoinv ("\n", lines);
}
