/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice-words.h"

#include <string.h>

/**
 * tl_practice_words_take_astring:
 * @at: (inout): where it begins; moved behind it and one space
 *
 * astring without literals (RFC 9051 §9): an atom, or a quoted string with its
 * two escapes.
 *
 * Returns: (transfer full) (nullable): the word, %NULL when there is none
 */
char *
tl_practice_words_take_astring (const char **at)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *p = *at;

  if (*p == '"')
    {
      for (p++; *p != '"'; p++)
        {
          if (*p == '\\')
            p++;
          if (*p == '\0')
            return NULL;
          g_string_append_c (out, *p);
        }
      p++;
    }
  else
    {
      for (; *p != '\0' && *p != ' '; p++)
        g_string_append_c (out, *p);
      if (out->len == 0)
        return NULL;
    }

  if (*p != '\0' && *p != ' ')
    return NULL;
  *at = *p == ' ' ? p + 1 : p;

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* astring, RFC 9051 §9: an atom where it can be one, else quoted. */
char *
tl_practice_words_to_astring (const char *text)
{
  g_autoptr(GString) out = NULL;

  if (*text != '\0' && text[strcspn (text, " (){%*\"\\")] == '\0')
    return g_strdup (text);

  out = g_string_new ("\"");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');

  return g_string_free (g_steal_pointer (&out), FALSE);
}
