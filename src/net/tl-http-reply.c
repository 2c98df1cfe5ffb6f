/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-http-reply.h"

#include <string.h>

#include "tl-error.h"
#include "tl-http-head.h"

#define MAX_CHUNK_LINE_BYTES 256
#define MAX_SIZE_DIGITS      8
#define NO_LENGTH            TL_HTTP_HEAD_NO_LENGTH

typedef enum
{
  STATE_STATUS,
  STATE_FIELDS,
  STATE_SIZED_BODY,
  STATE_OPEN_BODY,    /* ends when the connection does */
  STATE_CHUNK_SIZE,
  STATE_CHUNK,
  STATE_CHUNK_END,
  STATE_TRAILER,
  STATE_WHOLE,
} State;

struct _TlHttpReply
{
  State       state;
  char        line[TL_HTTP_REPLY_MAX_HEAD_BYTES + 1]; /* that is under way, and a NUL when whole */
  gsize       line_len;
  gsize       head_len;    /* of the head, or of the trailers, lines before this one */
  guint       n_interim;

  TlHttpHead  head;
  gsize       left;        /* of the body, or of the chunk */
  TlSecret   *body;        /* owned; NULL before the head is whole */
};

TlHttpReply *
tl_http_reply_new (void)
{
  TlHttpReply *self = g_new0 (TlHttpReply, 1);

  tl_http_head_begin (&self->head);

  return self;
}

void
tl_http_reply_free (TlHttpReply *self)
{
  g_clear_pointer (&self->body, tl_secret_unref);
  explicit_bzero (self, sizeof *self);
  g_free (self);
}

/* What the other side said goes into no error: it may be a token. */
static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL, why);

  return FALSE;
}

static gboolean
read_field (TlHttpReply  *self,
            GError      **error)
{
  return tl_http_head_read_field (&self->head, self->line, self->line_len,
                                  self->state == STATE_TRAILER, error);
}

static void
begin_head (TlHttpReply *self)
{
  self->state = STATE_STATUS;
  self->head_len = 0;
  tl_http_head_begin (&self->head);
}

/* How long the body is, RFC 9112 §6.3. */
static gboolean
begin_body (TlHttpReply  *self,
            GError      **error)
{
  TlHttpHead *head = &self->head;

  if (head->is_chunked && head->length != NO_LENGTH)
    return refuse (error, "the length is given in two ways");
  if (head->length != NO_LENGTH && head->length > TL_HTTP_REPLY_MAX_BODY_BYTES)
    return refuse (error, "the body is too long");

  if (head->status < 200)
    {
      if (head->status == 101 || head->is_chunked || head->length != NO_LENGTH ||
          ++self->n_interim > TL_HTTP_REPLY_MAX_INTERIM)
        return refuse (error, "an answer in between is out of place");
      begin_head (self);
      return TRUE;
    }

  self->head_len = 0;
  head->n_fields = 0;
  if (head->status == 204 || head->status == 304)
    head->length = 0;
  self->body = tl_secret_new_sized (head->length != NO_LENGTH ? head->length
                                                              : TL_HTTP_REPLY_MAX_BODY_BYTES);
  self->left = head->length;
  if (head->length == 0)
    self->state = STATE_WHOLE;
  else if (head->is_chunked)
    self->state = STATE_CHUNK_SIZE;
  else
    self->state = head->length != NO_LENGTH ? STATE_SIZED_BODY : STATE_OPEN_BODY;

  return TRUE;
}

/* chunk = chunk-size [ chunk-ext ] CRLF, chunk-size = 1*HEXDIG, RFC 9112 §7.1. Extensions mean
 * nothing to us. */
static gboolean
read_chunk_size (TlHttpReply  *self,
                 GError      **error)
{
  gsize size = 0;
  gsize n = 0;

  for (; g_ascii_isxdigit (self->line[n]) && n <= MAX_SIZE_DIGITS; n++)
    size = 16 * size + (gsize) g_ascii_xdigit_value (self->line[n]);
  if (n == 0 || n > MAX_SIZE_DIGITS ||
      (self->line[n] != '\0' && strchr ("; \t", self->line[n]) == NULL))
    return refuse (error, "a piece of the body has no size");
  if (size > TL_HTTP_REPLY_MAX_BODY_BYTES - tl_secret_get_len (self->body))
    return refuse (error, "the body is too long");

  self->left = size;
  self->state = size > 0 ? STATE_CHUNK : STATE_TRAILER;

  return TRUE;
}

static gboolean
read_chunk_end (TlHttpReply  *self,
                GError      **error)
{
  if (self->line_len > 0)
    return refuse (error, "a piece of the body is longer than it says");
  self->state = STATE_CHUNK_SIZE;

  return TRUE;
}

/* A line is whole, without its end and with a NUL behind it. */
static gboolean
read_line (TlHttpReply  *self,
           GError      **error)
{
  if (memchr (self->line, '\0', self->line_len) != NULL)
    return refuse (error, "there is a NUL in the head");

  switch (self->state)
    {
    case STATE_STATUS:
      self->state = STATE_FIELDS;
      return tl_http_head_read_status (&self->head, self->line, error);

    case STATE_FIELDS:
      return self->line_len > 0 ? read_field (self, error) : begin_body (self, error);

    case STATE_CHUNK_SIZE:
      return read_chunk_size (self, error);

    case STATE_CHUNK_END:
      return read_chunk_end (self, error);

    case STATE_TRAILER:
      if (self->line_len > 0)
        return read_field (self, error);
      self->state = STATE_WHOLE;
      return TRUE;

    case STATE_SIZED_BODY:
    case STATE_OPEN_BODY:
    case STATE_CHUNK:
    case STATE_WHOLE:
    default:
      g_assert_not_reached ();
    }
}

static gsize
get_line_bound (const TlHttpReply *self)
{
  if (self->state == STATE_CHUNK_SIZE || self->state == STATE_CHUNK_END)
    return MAX_CHUNK_LINE_BYTES;

  return TL_HTTP_REPLY_MAX_HEAD_BYTES - self->head_len;
}

/* One byte of a line. It ends in CRLF; a CR or LF on its own is what two readers of one head may
 * disagree about (RFC 9112 §2.2), and is refused. */
static gboolean
take_line_byte (TlHttpReply  *self,
                char          c,
                GError      **error)
{
  gboolean is_after_cr = self->line_len > 0 && self->line[self->line_len - 1] == '\r';

  if (is_after_cr != (c == '\n'))
    return refuse (error, "a line does not end in CR and LF");
  if (self->line_len + 1 > get_line_bound (self))
    return refuse (error, "the head is too long");

  if (c != '\n')
    {
      self->line[self->line_len++] = c;
      return TRUE;
    }

  if (self->state == STATE_STATUS || self->state == STATE_FIELDS || self->state == STATE_TRAILER)
    self->head_len += self->line_len + 1;
  self->line[--self->line_len] = '\0';
  if (!read_line (self, error))
    return FALSE;
  self->line_len = 0;

  return TRUE;
}

/* Takes what is there of the body; returns how much that was. */
static gsize
take_body (TlHttpReply  *self,
           const char   *bytes,
           gsize         len)
{
  gsize n = MIN (len, self->left);

  tl_secret_append (self->body, bytes, n);
  self->left -= n;
  if (self->left == 0)
    self->state = self->state == STATE_CHUNK ? STATE_CHUNK_END : STATE_WHOLE;

  return n;
}

/**
 * tl_http_reply_feed:
 * @self: a reply that is not whole and has not failed
 * @bytes: what came; the caller wipes its own copy
 * @len: how much
 * @error: return location for a #GError
 *
 * Reads on. What comes behind the end of the reply is not looked at: one reply is all that the
 * connection was for.
 *
 * Fails with %TL_ERROR_PROTOCOL for what is no HTTP/1.1 (RFC 9112), is encoded, or is past the
 * bounds above; the message repeats nothing of it.
 *
 * Returns: whether the reply is good so far
 */
gboolean
tl_http_reply_feed (TlHttpReply  *self,
                    const void   *bytes,
                    gsize         len,
                    GError      **error)
{
  const char *at = bytes;
  const char *end = at + len;

  while (at < end && self->state != STATE_WHOLE)
    {
      if (self->state == STATE_SIZED_BODY || self->state == STATE_CHUNK)
        {
          at += take_body (self, at, (gsize) (end - at));
          continue;
        }
      if (self->state == STATE_OPEN_BODY)
        {
          if ((gsize) (end - at) > TL_HTTP_REPLY_MAX_BODY_BYTES - tl_secret_get_len (self->body))
            return refuse (error, "the body is too long");
          tl_secret_append (self->body, at, (gsize) (end - at));
          return TRUE;
        }
      if (!take_line_byte (self, *at++, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_http_reply_end:
 * @self: a reply that has not failed
 * @error: return location for a #GError
 *
 * Says that nothing more will come: that the connection was closed, under TLS with a close_notify.
 *
 * Returns: whether the reply is whole; %FALSE with %TL_ERROR_PROTOCOL
 */
gboolean
tl_http_reply_end (TlHttpReply  *self,
                   GError      **error)
{
  if (self->state == STATE_OPEN_BODY)
    self->state = STATE_WHOLE;

  return self->state == STATE_WHOLE || refuse (error, "the answer was cut short");
}

gboolean
tl_http_reply_is_whole (const TlHttpReply *self)
{
  return self->state == STATE_WHOLE;
}

/**
 * tl_http_reply_get_status:
 * @self: a reply
 *
 * Returns: its status, 200 to 599 once it is whole
 */
guint
tl_http_reply_get_status (const TlHttpReply *self)
{
  return self->head.status;
}

/**
 * tl_http_reply_get_content_type:
 * @self: a reply
 *
 * Returns: (transfer none) (nullable): its media type without parameters, lower case
 */
const char *
tl_http_reply_get_content_type (const TlHttpReply *self)
{
  return self->head.content_type[0] != '\0' ? self->head.content_type : NULL;
}

/**
 * tl_http_reply_get_retry_after:
 * @self: a reply
 *
 * Returns: seconds to wait, as it says; 0 when it does not, a day at most
 */
guint
tl_http_reply_get_retry_after (const TlHttpReply *self)
{
  return self->head.retry_after;
}

/**
 * tl_http_reply_dup_body:
 * @self: a reply that is whole
 *
 * Returns: (transfer full): its body, in no more pages than it needs
 */
TlSecret *
tl_http_reply_dup_body (const TlHttpReply *self)
{
  const char *bytes;
  gsize len;

  g_return_val_if_fail (self->state == STATE_WHOLE, NULL);

  bytes = tl_secret_peek (self->body, &len);

  return tl_secret_new (bytes, len);
}
