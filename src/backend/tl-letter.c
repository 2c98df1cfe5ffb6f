/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-letter.h"

#include <string.h>

/* Mail programs fold what is longer. */
#define MAX_COLUMNS 76

/* How a fold is told from the end of a paragraph until the letter is sent or shown. */
#define FOLD_AT_SPACE '\v'
#define FOLD_IN_WORD  '\f'

static guint
measure (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;

  return g_unichar_iswide (c) ? 2 : 1;
}

/* An address of the web is copied as a whole, however long it is. */
static gboolean
is_web_address (const char *word)
{
  gsize len = strcspn (word, " ");
  const char *mark = g_strstr_len (word, (gssize) len, "://");

  return mark != NULL && mark > word;
}

/* Takes from the words what fits on a line: up to the last space, or up to the edge where there
 * is none, as in a fingerprint. Returns where the next line starts. */
static const char *
fit_line (const char *words,
          guint       columns,
          gsize      *out_len)
{
  const char *space = NULL;
  const char *p = words;

  for (guint used = 0; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (*p == ' ')
        space = p;
      used += measure (g_utf8_get_char (p));
      if (used > columns)
        break;
    }

  if (*p != '\0' && space != NULL && space > words)
    p = space;
  else if (*p != '\0' && is_web_address (words))
    p = words + strcspn (words, " ");
  *out_len = (gsize) (p - words);
  while (*p == ' ')
    p++;

  return p;
}

/**
 * tl_letter_add:
 * @letter: plain text, each line with its end
 * @first: begins the first line
 * @next: begins the others
 * @text: one paragraph; a line end in it is a space
 *
 * Adds a paragraph in lines of at most 76 columns, but for a longer web address. How these end is
 * settled by tl_letter_fold() or tl_letter_unfold().
 */
void
tl_letter_add (GString    *letter,
               const char *first,
               const char *next,
               const char *text)
{
  g_autofree char *words = g_strdelimit (g_strdup (text), "\n\r\t\v\f", ' ');
  const char *lead = first;
  const char *p = words;

  do
    {
      gsize len;
      const char *rest = fit_line (p, MAX_COLUMNS - (guint) g_utf8_strlen (lead, -1), &len);

      g_string_append (letter, lead);
      g_string_append_len (letter, p, (gssize) len);
      g_string_append_c (letter, *rest == '\0' ? '\n'
                                 : p[len] == ' ' ? FOLD_AT_SPACE : FOLD_IN_WORD);
      p = rest;
      lead = next;
    }
  while (*p != '\0');
}

/**
 * tl_letter_fold:
 * @letter: plain text with paragraphs of tl_letter_add()
 *
 * Leaves its lines as short as they are, for a mail.
 */
void
tl_letter_fold (GString *letter)
{
  g_strdelimit (letter->str, "\v\f", '\n');
}

/**
 * tl_letter_unfold:
 * @letter: plain text with paragraphs of tl_letter_add()
 *
 * Makes a line of each paragraph, for a page that wraps by itself.
 */
void
tl_letter_unfold (GString *letter)
{
  for (gsize i = 0; i < letter->len; i++)
    {
      gboolean is_at_space = letter->str[i] == FOLD_AT_SPACE;
      gsize lead;

      if (!is_at_space && letter->str[i] != FOLD_IN_WORD)
        continue;

      lead = strspn (letter->str + i + 1, " ");
      g_string_erase (letter, (gssize) i, (gssize) (lead + 1));
      if (is_at_space)
        g_string_insert_c (letter, (gssize) i, ' ');
    }
}
