/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice-link.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <string.h>

#define WAIT_S     60
#define CHUNK_SIZE 4096

struct _TlPracticeLink
{
  GSocket      *socket;      /* owned */
  SSL_CTX      *context;     /* owned */
  GCancellable *cancellable; /* owned */
  SSL          *ssl;         /* owned; NULL in the clear */
  BIO          *from_peer;   /* borrowed from @ssl: cipher text that came */
  BIO          *to_peer;     /* borrowed from @ssl: cipher text to send */
  GByteArray   *input;       /* owned: plain text that was not asked for yet */
};

/**
 * tl_practice_link_new:
 * @socket: a connected socket
 * @context: what a TLS server needs
 * @cancellable: ends every wait
 *
 * Returns: (transfer full): a link, in the clear
 */
TlPracticeLink *
tl_practice_link_new (GSocket      *socket,
                      SSL_CTX      *context,
                      GCancellable *cancellable)
{
  TlPracticeLink *self = g_new0 (TlPracticeLink, 1);

  SSL_CTX_up_ref (context);
  self->socket = g_object_ref (socket);
  self->context = context;
  self->cancellable = g_object_ref (cancellable);
  self->input = g_byte_array_new ();
  g_socket_set_blocking (socket, TRUE);
  g_socket_set_timeout (socket, WAIT_S);

  return self;
}

/* A person may practise with a real password: nothing that was typed stays
 * behind in memory. */
static void
forget_input (TlPracticeLink *self,
              gsize           len)
{
  gsize rest = self->input->len - len;

  /* An array that never held anything has no bytes to point at. */
  if (len == 0)
    return;

  memmove (self->input->data, self->input->data + len, rest);
  OPENSSL_cleanse (self->input->data + rest, len);
  g_byte_array_set_size (self->input, (guint) rest);
}

void
tl_practice_link_free (TlPracticeLink *self)
{
  forget_input (self, self->input->len);
  g_clear_pointer (&self->input, g_byte_array_unref);
  g_clear_pointer (&self->ssl, SSL_free);
  g_clear_pointer (&self->context, SSL_CTX_free);
  g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static gboolean
send_all (TlPracticeLink *self,
          const char     *bytes,
          gsize           len)
{
  while (len > 0)
    {
      gssize n = g_socket_send (self->socket, bytes, len, self->cancellable, NULL);

      if (n <= 0)
        return FALSE;
      bytes += n;
      len -= (gsize) n;
    }

  return TRUE;
}

static gboolean
flush (TlPracticeLink *self)
{
  char *bytes;
  long len = BIO_get_mem_data (self->to_peer, &bytes);
  gboolean is_sent = send_all (self, bytes, (gsize) len);

  (void) BIO_reset (self->to_peer);

  return is_sent;
}

/* What TLS wants after a call that gave @result: more from the peer, or it is
 * over. */
static gboolean
go_on (TlPracticeLink *self,
       int             result)
{
  int reason = SSL_get_error (self->ssl, result);
  char chunk[CHUNK_SIZE];
  gssize n;

  ERR_clear_error ();
  if (!flush (self) || reason != SSL_ERROR_WANT_READ)
    return FALSE;

  n = g_socket_receive (self->socket, chunk, sizeof chunk, self->cancellable, NULL);

  return n > 0 && BIO_write (self->from_peer, chunk, (int) n) == n;
}

/**
 * tl_practice_link_secure:
 * @self: a link in the clear
 *
 * Does the server's side of a TLS handshake. What was sent ahead in the clear
 * ends the link.
 *
 * Returns: %FALSE when there is no link any more
 */
gboolean
tl_practice_link_secure (TlPracticeLink *self)
{
  int result;

  g_return_val_if_fail (self->ssl == NULL, FALSE);

  if (self->input->len > 0 || (self->ssl = SSL_new (self->context)) == NULL)
    return FALSE;

  self->from_peer = BIO_new (BIO_s_mem ());
  self->to_peer = BIO_new (BIO_s_mem ());
  SSL_set_bio (self->ssl, self->from_peer, self->to_peer);

  while ((result = SSL_accept (self->ssl)) != 1)
    {
      if (!go_on (self, result))
        return FALSE;
    }

  return flush (self);
}

gboolean
tl_practice_link_is_secure (TlPracticeLink *self)
{
  return self->ssl != NULL;
}

static gboolean
read_some (TlPracticeLink *self)
{
  char chunk[CHUNK_SIZE];
  gssize n;

  if (self->ssl == NULL)
    n = g_socket_receive (self->socket, chunk, sizeof chunk, self->cancellable, NULL);
  else
    while ((n = SSL_read (self->ssl, chunk, sizeof chunk)) <= 0)
      {
        if (!go_on (self, (int) n))
          return FALSE;
      }

  if (n > 0)
    g_byte_array_append (self->input, (guint8 *) chunk, (guint) n);
  OPENSSL_cleanse (chunk, sizeof chunk);

  return n > 0;
}

/**
 * tl_practice_link_wait:
 * @self: a link
 * @ms: for how long
 *
 * Returns: whether reading a line will not find nothing: the peer has said something, or is gone
 */
gboolean
tl_practice_link_wait (TlPracticeLink *self,
                       guint           ms)
{
  g_autoptr(GError) error = NULL;

  if (self->input->len > 0 ||
      (self->ssl != NULL && (SSL_pending (self->ssl) > 0 || BIO_pending (self->from_peer) > 0)))
    return TRUE;

  return g_socket_condition_timed_wait (self->socket, G_IO_IN, (gint64) ms * 1000,
                                        self->cancellable, &error) ||
         !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/**
 * tl_practice_link_read_line:
 * @self: a link
 *
 * Returns: (transfer full) (nullable): the next line without its end, to be freed with
 *   tl_practice_line_free(); or %NULL when the peer is gone, was silent for too long, sent a NUL or
 *   went on for more than `TL_PRACTICE_LINE_MAX_LEN` bytes
 */
char *
tl_practice_link_read_line (TlPracticeLink *self)
{
  const guint8 *end = NULL;
  gsize len;
  char *line;

  while (self->input->len == 0 ||
         (end = memchr (self->input->data, '\n', self->input->len)) == NULL)
    {
      if (self->input->len > TL_PRACTICE_LINE_MAX_LEN || !read_some (self))
        return NULL;
    }

  len = (gsize) (end - self->input->data);
  if (len > TL_PRACTICE_LINE_MAX_LEN || memchr (self->input->data, '\0', len) != NULL)
    return NULL;

  line = g_strndup ((const char *) self->input->data, len);
  if (len > 0 && line[len - 1] == '\r')
    line[len - 1] = '\0';
  forget_input (self, len + 1);

  return line;
}

/**
 * tl_practice_link_say:
 * @self: a link
 * @format: a line without its end, as for printf()
 * @...: its parameters
 *
 * Returns: %FALSE when the peer is gone
 */
gboolean
tl_practice_link_say (TlPracticeLink *self,
                      const char     *format,
                      ...)
{
  g_autoptr(GString) line = g_string_new (NULL);
  va_list parameters;

  va_start (parameters, format);
  g_string_append_vprintf (line, format, parameters);
  va_end (parameters);
  g_string_append (line, "\r\n");

  if (self->ssl == NULL)
    return send_all (self, line->str, line->len);

  /* A memory BIO takes everything at once. */
  return SSL_write (self->ssl, line->str, (int) line->len) > 0 && flush (self);
}

/**
 * tl_practice_line_free:
 * @line: (nullable) (transfer full): from tl_practice_link_read_line()
 *
 * Wipes and frees a line.
 */
void
tl_practice_line_free (char *line)
{
  if (line != NULL)
    OPENSSL_cleanse (line, strlen (line));
  g_free (line);
}
