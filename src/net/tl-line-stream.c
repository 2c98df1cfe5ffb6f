/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-line-stream.h"

#include <string.h>

#include "tl-text.h"

#define CHUNK_BYTES 4096

struct _TlLineStream
{
  TlChannel    *channel;      /* borrowed */
  gsize         max_line_len;
  TlTranscript *transcript;
  GByteArray   *buffer;       /* read and not yet taken */
  gsize         room;         /* of the buffer, before it has to grow */
  gsize         searched;     /* how far buffer is known to hold no line end */
  GPtrArray    *guarded;      /* of TlSecret */
};

/**
 * tl_line_stream_new:
 * @channel: a connection; borrowed, must outlive the stream
 * @max_line_len: the longest line that is taken, without its end
 * @transcript: what is said is written here
 *
 * Returns: (transfer full): a stream with nothing read
 */
TlLineStream *
tl_line_stream_new (TlChannel    *channel,
                    gsize         max_line_len,
                    TlTranscript *transcript)
{
  TlLineStream *self = g_new0 (TlLineStream, 1);

  self->channel = channel;
  self->max_line_len = max_line_len;
  self->transcript = tl_transcript_ref (transcript);
  self->room = CHUNK_BYTES;
  self->buffer = g_byte_array_sized_new ((guint) self->room);
  self->guarded = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_secret_unref);

  return self;
}

/* A server may have quoted a password back at us, so that nothing that was read stays behind. */
static void
wipe_buffer (GByteArray *buffer)
{
  explicit_bzero (buffer->data, buffer->len);
  g_byte_array_unref (buffer);
}

void
tl_line_stream_free (TlLineStream *self)
{
  g_clear_pointer (&self->transcript, tl_transcript_unref);
  g_clear_pointer (&self->buffer, wipe_buffer);
  g_clear_pointer (&self->guarded, g_ptr_array_unref);
  g_free (self);
}

/* Grows into another array, since one that grows by itself leaves its bytes where they were. */
static void
append (TlLineStream *self,
        const guint8 *bytes,
        gsize         len)
{
  if (self->buffer->len + len > self->room)
    {
      GByteArray *larger;

      self->room = 2 * (self->buffer->len + len);
      larger = g_byte_array_sized_new ((guint) self->room);
      g_byte_array_append (larger, self->buffer->data, self->buffer->len);
      wipe_buffer (g_steal_pointer (&self->buffer));
      self->buffer = larger;
    }
  g_byte_array_append (self->buffer, bytes, (guint) len);
}

/* Drops the first @len bytes, and what moving the others up leaves behind them. */
static void
drop (TlLineStream *self,
      gsize         len)
{
  gsize left = self->buffer->len - len;

  memmove (self->buffer->data, self->buffer->data + len, left);
  explicit_bzero (self->buffer->data + left, len);
  g_byte_array_set_size (self->buffer, (guint) left);
  self->searched = 0;
}

static gboolean
fill (TlLineStream  *self,
      TlDeadline     deadline,
      GCancellable  *cancellable,
      TlFault      **out_fault,
      GError       **error)
{
  guint8 chunk[CHUNK_BYTES];
  gssize n = tl_channel_read_sync (self->channel, chunk, sizeof chunk, deadline, cancellable,
                                   out_fault, error);

  if (n > 0)
    {
      append (self, chunk, (gsize) n);
      explicit_bzero (chunk, (gsize) n);
      return TRUE;
    }

  /* Half a line is never taken for a line. */
  if (*out_fault != NULL && self->buffer->len > 0 &&
      tl_fault_get_cause (*out_fault) == TL_CAUSE_SERVER_CLOSED)
    {
      g_clear_pointer (out_fault, tl_fault_unref);
      *out_fault = tl_fault_new (TL_CAUSE_TRUNCATED, NULL);
    }

  return FALSE;
}

/* A server that quotes our own words back must not get a password into a
 * report: every line is looked through before anyone sees it. */
static char *
redact (TlLineStream *self,
        char         *line)
{
  for (guint i = 0; i < self->guarded->len; i++)
    {
      char *redacted = tl_secret_redact (g_ptr_array_index (self->guarded, i), line);

      explicit_bzero (line, strlen (line));
      g_free (line);
      line = redacted;
    }

  return line;
}

/* A NUL ends no more than the piece of text it stands behind: a secret may come
 * after it. */
static GBytes *
redact_bytes (TlLineStream *self,
              const char   *bytes,
              gsize         len)
{
  g_autoptr(GString) out = g_string_new (NULL);
  gsize at = 0;

  while (at < len)
    {
      gsize piece_len = strnlen (bytes + at, len - at);
      g_autofree char *piece = redact (self, g_strndup (bytes + at, piece_len));

      g_string_append (out, piece);
      at += piece_len;
      if (at < len)
        {
          g_string_append_c (out, '\0');
          at++;
        }
    }

  return g_string_free_to_bytes (g_steal_pointer (&out));
}

/**
 * tl_line_stream_read_sync:
 * @self: a stream
 * @deadline: the moment by which the whole line must be in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why there is no line
 * @error: return location for a #GError
 *
 * Reads one line. It ends in CRLF; a bare LF, which some servers send, is taken
 * too. A NUL or a CR within the line is against every grammar we speak
 * (RFC 5321 §2.3.8, RFC 9051 §9) and ends the conversation.
 *
 * Returns: (transfer full): the line without its end, any bytes but NUL, CR and
 *   LF; or %NULL with @out_fault (`too-long`, `protocol`, `truncated`,
 *   `timeout`, or as of tl_channel_read_sync()) or with %G_IO_ERROR_CANCELLED
 */
char *
tl_line_stream_read_sync (TlLineStream  *self,
                          TlDeadline     deadline,
                          GCancellable  *cancellable,
                          TlFault      **out_fault,
                          GError       **error)
{
  g_autofree char *line = NULL;
  const guint8 *end;
  gsize len;

  while ((end = self->buffer->len == self->searched ? NULL
                : memchr (self->buffer->data + self->searched, '\n',
                          self->buffer->len - self->searched)) == NULL)
    {
      self->searched = self->buffer->len;
      if (self->buffer->len > self->max_line_len + 1)
        break;
      if (!fill (self, deadline, cancellable, out_fault, error))
        return NULL;
    }

  len = end == NULL ? self->buffer->len : (gsize) (end - self->buffer->data);
  if (end != NULL && len > 0 && self->buffer->data[len - 1] == '\r')
    len--;
  if (end == NULL || len > self->max_line_len)
    {
      g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

      g_variant_dict_insert (&evidence, TL_EVIDENCE_LIMIT, "u", (guint32) self->max_line_len);
      *out_fault = tl_fault_new (TL_CAUSE_TOO_LONG, g_variant_dict_end (&evidence));
      return NULL;
    }

  line = g_strndup ((const char *) self->buffer->data, len);
  if (memchr (self->buffer->data, '\0', len) != NULL ||
      memchr (self->buffer->data, '\r', len) != NULL)
    {
      g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
      g_autofree char *shown = NULL;

      line = redact (self, g_steal_pointer (&line));
      shown = tl_text_clean (line, -1);
      g_variant_dict_insert (&evidence, TL_EVIDENCE_FIRST_BYTES, "s", shown);
      *out_fault = tl_fault_new (TL_CAUSE_PROTOCOL, g_variant_dict_end (&evidence));
      return NULL;
    }

  drop (self, (gsize) (end - self->buffer->data) + 1);
  line = redact (self, g_steal_pointer (&line));
  tl_transcript_add (self->transcript, TL_TRANSCRIPT_RECEIVED, line, -1);

  return g_steal_pointer (&line);
}

/**
 * tl_line_stream_read_bytes_sync:
 * @self: a stream
 * @len: how many bytes, as the caller has bounded it
 * @deadline: the moment by which all must be in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why they are not
 * @error: return location for a #GError
 *
 * Reads exactly @len bytes, such as those of a literal (RFC 9051 §4.3). What is
 * given back is shorter or longer only where a secret was taken out.
 *
 * Returns: (transfer full): the bytes, or %NULL as tl_line_stream_read_sync()
 */
GBytes *
tl_line_stream_read_bytes_sync (TlLineStream  *self,
                                gsize          len,
                                TlDeadline     deadline,
                                GCancellable  *cancellable,
                                TlFault      **out_fault,
                                GError       **error)
{
  g_autofree char *note = NULL;
  g_autoptr(GBytes) bytes = NULL;

  while (self->buffer->len < len)
    {
      if (!fill (self, deadline, cancellable, out_fault, error))
        return NULL;
    }

  note = g_strdup_printf ("(%" G_GSIZE_FORMAT " bytes)", len);
  tl_transcript_add (self->transcript, TL_TRANSCRIPT_RECEIVED, note, -1);
  bytes = redact_bytes (self, (const char *) self->buffer->data, len);
  drop (self, len);

  return g_steal_pointer (&bytes);
}

/**
 * tl_line_stream_write_sync:
 * @self: a stream
 * @line: what to say, without a line end; holds no secret
 * @deadline: the moment by which it must be on its way
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it is not
 * @error: return location for a #GError
 *
 * Writes one line. A line end inside would smuggle a second command; whoever
 * builds the line sees to it that there is none.
 *
 * Returns: whether it was written
 */
gboolean
tl_line_stream_write_sync (TlLineStream  *self,
                           const char    *line,
                           TlDeadline     deadline,
                           GCancellable  *cancellable,
                           TlFault      **out_fault,
                           GError       **error)
{
  g_autofree char *bytes = NULL;

  g_return_val_if_fail (strpbrk (line, "\r\n") == NULL, FALSE);

  bytes = g_strconcat (line, "\r\n", NULL);
  tl_transcript_add (self->transcript, TL_TRANSCRIPT_SENT, line, -1);

  return tl_channel_write_sync (self->channel, bytes, strlen (bytes), deadline, cancellable,
                                out_fault, error);
}

/**
 * tl_line_stream_write_lines_sync:
 * @self: a stream
 * @lines: (array zero-terminated=1): what to say, as tl_line_stream_write_sync() takes it
 * @deadline: the moment by which all must be on its way
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it is not
 * @error: return location for a #GError
 *
 * Writes several lines at once, so that they share a packet and a round trip.
 *
 * Returns: whether they were written
 */
gboolean
tl_line_stream_write_lines_sync (TlLineStream        *self,
                                 const char * const  *lines,
                                 TlDeadline           deadline,
                                 GCancellable        *cancellable,
                                 TlFault            **out_fault,
                                 GError             **error)
{
  g_autoptr(GString) bytes = g_string_new (NULL);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_return_val_if_fail (strpbrk (lines[i], "\r\n") == NULL, FALSE);

      g_string_append (bytes, lines[i]);
      g_string_append (bytes, "\r\n");
      tl_transcript_add (self->transcript, TL_TRANSCRIPT_SENT, lines[i], -1);
    }

  return tl_channel_write_sync (self->channel, bytes->str, bytes->len, deadline, cancellable,
                                out_fault, error);
}

/**
 * tl_line_stream_write_secret_sync:
 * @self: a stream
 * @proof: that this connection is under verified TLS
 * @line: what to say, without a line end
 * @deadline: the moment by which it must be on its way
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it is not
 * @error: return location for a #GError
 *
 * Writes one line that holds a secret: the transcript gets its length, and what
 * the server quotes of it is taken out again.
 *
 * Returns: whether it was written
 */
gboolean
tl_line_stream_write_secret_sync (TlLineStream         *self,
                                  const TlVerifiedTls  *proof,
                                  TlSecret             *line,
                                  TlDeadline            deadline,
                                  GCancellable         *cancellable,
                                  TlFault             **out_fault,
                                  GError              **error)
{
  g_autoptr(TlSecret) bytes = NULL;
  const char *text;
  const char *last_space;
  gsize len;

  text = tl_secret_peek (line, &len);
  g_return_val_if_fail (memchr (text, '\n', len) == NULL && memchr (text, '\r', len) == NULL,
                        FALSE);

  tl_line_stream_guard (self, line);
  last_space = memrchr (text, ' ', len);
  if (last_space != NULL)
    {
      g_autoptr(TlSecret) tail = tl_secret_new (last_space + 1,
                                                len - (gsize) (last_space + 1 - text));

      tl_line_stream_guard (self, tail);
    }

  bytes = tl_secret_new_sized (len + 2);
  tl_secret_append (bytes, text, len);
  tl_secret_append (bytes, "\r\n", 2);
  tl_transcript_add_secret (self->transcript, len);

  return tl_channel_write_secret_sync (self->channel, proof, bytes, deadline, cancellable,
                                       out_fault, error);
}

/**
 * tl_line_stream_guard:
 * @self: a stream
 * @secret: what must not come back
 *
 * From now on @secret is taken out of every line before anyone sees it.
 */
void
tl_line_stream_guard (TlLineStream *self,
                      TlSecret     *secret)
{
  g_ptr_array_add (self->guarded, tl_secret_ref (secret));
}

/**
 * tl_line_stream_has_pending:
 * @self: a stream
 *
 * Looks without waiting.
 *
 * Returns: whether the peer has sent more than was read: after the answer to
 *   STARTTLS nothing may be (RFC 3207 §4.2, RFC 9051 §6.2.1)
 */
gboolean
tl_line_stream_has_pending (TlLineStream *self)
{
  return self->buffer->len > 0 || tl_channel_has_pending (self->channel);
}

/**
 * tl_line_stream_dup_pending:
 * @self: a stream
 *
 * Returns: (transfer full): what is buffered, cleaned, for evidence
 */
char *
tl_line_stream_dup_pending (TlLineStream *self)
{
  return self->buffer->len == 0
    ? g_strdup ("") : tl_text_clean ((const char *) self->buffer->data, (gssize) self->buffer->len);
}
