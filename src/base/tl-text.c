/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-text.h"

#include <string.h>

/* Characters that change how the text around them is shown, and are invisible
 * themselves: bidirectional controls, zero-width marks, tags, separators. */
static gboolean
is_invisible (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * tl_text_clean_capped:
 * @bytes: text from outside: a server, a document, a file
 * @len: its length in bytes, or -1 when it ends in a NUL
 * @max_chars: the most characters to keep
 *
 * Makes text from outside fit to be shown, logged or stored: valid UTF-8 with
 * no control, bidirectional or zero-width character left, those being spelt
 * out as `\\x1b` or `\\u202e`; a backslash is doubled so that the spelling
 * is unambiguous. More than one combining mark in a row is spelt out too. What
 * is cut ends in an ellipsis. Such text is data: it is never used as markup,
 * as a format or as a path.
 *
 * Returns: (transfer full): the text, at most about @max_chars characters
 */
char *
tl_text_clean_capped (const char *bytes,
                      gssize      len,
                      gsize       max_chars)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *p = bytes;
  const char *end;
  gsize n_chars = 0;
  guint n_marks = 0;

  g_return_val_if_fail (bytes != NULL, NULL);

  end = bytes + (len < 0 ? strlen (bytes) : (gsize) len);
  while (p < end && n_chars < max_chars)
    {
      gunichar c = g_utf8_get_char_validated (p, end - p);
      gsize before = out->len;

      if (c == (gunichar) -1 || c == (gunichar) -2 || c == 0)
        {
          g_string_append_printf (out, "\\x%02x", (guint) (guchar) *p);
          p++;
          n_chars += out->len - before;
          continue;
        }

      n_marks = g_unichar_ismark (c) ? n_marks + 1 : 0;
      if (c == '\\')
        g_string_append (out, "\\\\");
      else if (c < 0x100 && is_invisible (c))
        g_string_append_printf (out, "\\x%02x", c);
      else if (is_invisible (c) || n_marks > 1)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_unichar (out, c);

      n_chars += (gsize) g_utf8_strlen (out->str + before, -1);
      p = g_utf8_next_char (p);
    }

  if (p < end)
    g_string_append (out, "…");

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * tl_text_clean:
 * @bytes: text from outside
 * @len: its length in bytes, or -1 when it ends in a NUL
 *
 * Like tl_text_clean_capped() with `TL_TEXT_MAX_CHARS`.
 *
 * Returns: (transfer full): the text
 */
char *
tl_text_clean (const char *bytes,
               gssize      len)
{
  return tl_text_clean_capped (bytes, len, TL_TEXT_MAX_CHARS);
}

/**
 * tl_text_is_clean:
 * @text: text from a file
 *
 * Returns: whether @text is valid UTF-8 without any character that
 *   tl_text_clean() spells out; backslashes are taken as they are
 */
gboolean
tl_text_is_clean (const char *text)
{
  guint n_marks = 0;

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      n_marks = g_unichar_ismark (c) ? n_marks + 1 : 0;
      if (is_invisible (c) || n_marks > 1)
        return FALSE;
    }

  return TRUE;
}
