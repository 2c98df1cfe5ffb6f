/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-header-cursor.h"

#include <string.h>

#define MAX_COMMENT_DEPTH 16
#define MAX_WORD_LEN      1000

/* comment, RFC 5322 §3.2.2:
 *
 *   comment = "(" *([FWS] ccontent) [FWS] ")"
 *
 * @cursor is at the parenthesis; comments nest, to a depth of ours. */
static gboolean
skip_comment (TlHeaderCursor *cursor)
{
  guint depth = 0;

  for (; cursor->at < cursor->end; cursor->at++)
    {
      if (*cursor->at == '\\' && cursor->at + 1 < cursor->end)
        cursor->at++;
      else if (*cursor->at == '(' && ++depth > MAX_COMMENT_DEPTH)
        return FALSE;
      else if (*cursor->at == ')' && --depth == 0)
        {
          cursor->at++;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * tl_header_cursor_skip_cfws:
 * @cursor: a walk
 *
 * CFWS, RFC 5322 §3.2.2. A line end inside a field's value is folding.
 *
 * Returns: %FALSE in a comment that does not end, or that nests too deep
 */
gboolean
tl_header_cursor_skip_cfws (TlHeaderCursor *cursor)
{
  while (cursor->at < cursor->end)
    {
      if (*cursor->at == '(')
        {
          if (!skip_comment (cursor))
            return FALSE;
        }
      else if (strchr (" \t\r\n", *cursor->at) != NULL && *cursor->at != '\0')
        {
          cursor->at++;
        }
      else
        {
          break;
        }
    }

  return TRUE;
}

/**
 * tl_header_cursor_read_quoted:
 * @cursor: a walk, at a quote
 *
 * quoted-string, RFC 5322 §3.2.4.
 *
 * Returns: (transfer full) (nullable): what is in it, %NULL when it is too long or does not end
 */
char *
tl_header_cursor_read_quoted (TlHeaderCursor *cursor)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (cursor->at++; cursor->at < cursor->end && text->len < MAX_WORD_LEN; cursor->at++)
    {
      if (*cursor->at == '"')
        {
          cursor->at++;
          return g_string_free (g_steal_pointer (&text), FALSE);
        }
      if (*cursor->at == '\\' && cursor->at + 1 < cursor->end)
        cursor->at++;
      if (*cursor->at != '\0')
        g_string_append_c (text, *cursor->at);
    }

  return NULL;
}

/**
 * tl_header_cursor_read_bare:
 * @cursor: a walk
 * @stops: what ends a word as well
 *
 * A word of bytes up to white space, a comment, a quote, a semicolon or one of
 * @stops.
 *
 * Returns: (transfer full) (nullable): the word, %NULL when there is none
 */
char *
tl_header_cursor_read_bare (TlHeaderCursor *cursor,
                            const char     *stops)
{
  const char *start = cursor->at;

  while (cursor->at < cursor->end && (guchar) *cursor->at > ' ' && *cursor->at != 0x7f &&
         strchr ("();\"", *cursor->at) == NULL && strchr (stops, *cursor->at) == NULL)
    cursor->at++;

  if (cursor->at == start || cursor->at - start > MAX_WORD_LEN)
    return NULL;

  return g_strndup (start, (gsize) (cursor->at - start));
}

/**
 * tl_header_cursor_read_value:
 * @cursor: a walk
 * @stops: what ends a word as well
 *
 * value, RFC 2045 §5.1: token / quoted-string.
 *
 * Returns: (transfer full) (nullable): the value, %NULL when there is none
 */
char *
tl_header_cursor_read_value (TlHeaderCursor *cursor,
                             const char     *stops)
{
  if (cursor->at < cursor->end && *cursor->at == '"')
    return tl_header_cursor_read_quoted (cursor);

  return tl_header_cursor_read_bare (cursor, stops);
}

/**
 * tl_header_cursor_take:
 * @cursor: a walk
 * @c: a byte
 *
 * Returns: whether it came next, behind white space and comments, and is passed
 */
gboolean
tl_header_cursor_take (TlHeaderCursor *cursor,
                       char            c)
{
  if (!tl_header_cursor_skip_cfws (cursor) || cursor->at == cursor->end || *cursor->at != c)
    return FALSE;

  cursor->at++;

  return TRUE;
}
