/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-http-head.h"

#include <string.h>

#include "tl-error.h"

#define MAX_RETRY_AFTER_S (24 * 60 * 60)

/**
 * tl_http_head_begin:
 * @self: a head, of whatever content
 *
 * Makes it one of which nothing has been read.
 */
void
tl_http_head_begin (TlHttpHead *self)
{
  *self = (TlHttpHead) { .length = TL_HTTP_HEAD_NO_LENGTH };
}

/* What the other side said goes into no error: it may be a token. */
static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL, why);

  return FALSE;
}

/* tchar, RFC 9110 §5.6.2 */
static gboolean
is_token_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-.^_`|~", c) != NULL);
}

static gsize
token_len (const char *text)
{
  gsize len = 0;

  while (is_token_char (text[len]))
    len++;

  return len;
}

/**
 * tl_http_head_read_status:
 * @self: a head
 * @line: its first line, without its end
 * @error: return location for a #GError
 *
 * status-line = HTTP-version SP status-code SP [ reason-phrase ], RFC 9112 §4. The second space is
 * missing from some servers that give no reason.
 *
 * Returns: whether that is one; %FALSE with %TL_ERROR_PROTOCOL
 */
gboolean
tl_http_head_read_status (TlHttpHead  *self,
                          const char  *line,
                          GError     **error)
{
  if (!g_str_has_prefix (line, "HTTP/1.") || (line[7] != '0' && line[7] != '1') || line[8] != ' ')
    return refuse (error, "what came is not HTTP/1.1");
  for (gsize i = 9; i < 12; i++)
    {
      if (!g_ascii_isdigit (line[i]))
        return refuse (error, "the status is not a number of three digits");
    }
  if (line[12] != ' ' && line[12] != '\0')
    return refuse (error, "the status is not a number of three digits");

  self->is_old = line[7] == '0';
  self->status = (guint) (100 * (line[9] - '0') + 10 * (line[10] - '0') + line[11] - '0');
  if (self->status < 100 || self->status > 599)
    return refuse (error, "there is no such status");

  return TRUE;
}

/* 1*DIGIT; @max at the most. */
static gboolean
read_number (const char *text,
             gsize       max,
             gsize      *out_number)
{
  gsize number = 0;

  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isdigit (*text))
        return FALSE;
      number = MIN (10 * number + (gsize) (*text - '0'), max);
    }
  *out_number = number;

  return TRUE;
}

/* Content-Length = 1*DIGIT, RFC 9110 §8.6; said once. */
static gboolean
read_length (TlHttpHead  *self,
             const char  *value,
             GError     **error)
{
  gsize length;

  if (self->length != TL_HTTP_HEAD_NO_LENGTH)
    return refuse (error, "the length is given twice");
  if (!read_number (value, TL_HTTP_HEAD_MAX_LENGTH, &length))
    return refuse (error, "the length is not a number");
  self->length = length;

  return TRUE;
}

/* No other coding was offered, and HTTP/1.0 has none (RFC 9112 §6.1). */
static gboolean
read_transfer_encoding (TlHttpHead  *self,
                        const char  *value,
                        GError     **error)
{
  if (self->is_chunked || self->is_old || g_ascii_strcasecmp (value, "chunked") != 0)
    return refuse (error, "the body comes in a way that was not asked for");
  self->is_chunked = TRUE;

  return TRUE;
}

static gboolean
read_content_encoding (TlHttpHead  *self,
                       const char  *value,
                       GError     **error)
{
  return g_ascii_strcasecmp (value, "identity") == 0 || refuse (error, "the body is encoded");
}

/* media-type = type "/" subtype parameters, RFC 9110 §8.3.1; what is none is not kept. */
static gboolean
read_content_type (TlHttpHead  *self,
                   const char  *value,
                   GError     **error)
{
  gsize len = token_len (value);
  gsize sub_len = len > 0 && value[len] == '/' ? token_len (value + len + 1) : 0;
  gsize whole = len + 1 + sub_len;

  if (self->content_type[0] != '\0')
    return refuse (error, "the media type is given twice");
  if (sub_len > 0 && whole <= TL_HTTP_HEAD_MAX_TYPE_LEN && strchr ("; \t", value[whole]) != NULL)
    {
      for (gsize i = 0; i < whole; i++)
        self->content_type[i] = g_ascii_tolower (value[i]);
    }

  return TRUE;
}

/* Retry-After = HTTP-date / delay-seconds, RFC 9110 §10.2.3. A date would need two clocks that
 * agree, and is left out. */
static gboolean
read_retry_after (TlHttpHead  *self,
                  const char  *value,
                  GError     **error)
{
  gsize seconds;

  if (read_number (value, MAX_RETRY_AFTER_S, &seconds))
    self->retry_after = (guint) seconds;

  return TRUE;
}

static const struct
{
  const char *name;
  gboolean  (*read) (TlHttpHead  *self,
                     const char  *value,
                     GError     **error);
} fields[] = {
  { "Content-Encoding",  read_content_encoding },
  { "Content-Length",    read_length },
  { "Content-Type",      read_content_type },
  { "Retry-After",       read_retry_after },
  { "Transfer-Encoding", read_transfer_encoding },
};

/**
 * tl_http_head_read_field:
 * @self: a head
 * @line: the next line, without its end and with a NUL behind it; it is cut up
 * @len: its length in bytes
 * @is_trailer: whether it comes behind the body, and so cannot change how that was to be read (RFC
 *   9110 §6.5.1)
 * @error: return location for a #GError
 *
 * field-line = field-name ":" OWS field-value OWS, RFC 9112 §5. A line that begins with a space
 * would go on with the one before (§5.2), and is refused: it has no name.
 *
 * Returns: whether that is one; %FALSE with %TL_ERROR_PROTOCOL, and nothing of the line in it
 */
gboolean
tl_http_head_read_field (TlHttpHead  *self,
                         char        *line,
                         gsize        len,
                         gboolean     is_trailer,
                         GError     **error)
{
  gsize name_len = token_len (line);
  char *value = line + name_len + 1;
  char *end = line + len;

  if (name_len == 0 || line[name_len] != ':')
    return refuse (error, "a header field has no name");
  if (++self->n_fields > TL_HTTP_HEAD_MAX_FIELDS)
    return refuse (error, "there are too many header fields");

  while (value < end && (*value == ' ' || *value == '\t'))
    value++;
  while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  for (const char *p = value; p < end; p++)
    {
      if (g_ascii_iscntrl (*p) && *p != '\t')
        return refuse (error, "a header field has a control character");
    }
  *end = '\0';
  line[name_len] = '\0';

  for (gsize i = 0; !is_trailer && i < G_N_ELEMENTS (fields); i++)
    {
      if (g_ascii_strcasecmp (line, fields[i].name) == 0)
        return fields[i].read (self, value, error);
    }

  return TRUE;
}
