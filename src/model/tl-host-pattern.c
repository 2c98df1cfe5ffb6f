/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-host-pattern.h"

#include <string.h>

/* What a pattern leaves open: between `head` and `tail`, both literal. */
typedef struct
{
  const char *head;
  gsize       head_len;
  const char *word;     /* where `{word}` begins; NULL for a star */
  const char *tail;
  gboolean    deep;     /* `*.name`: any number of labels */
} Gap;

static gboolean
find_gap (const char *pattern,
          Gap        *out_gap)
{
  const char *start = strpbrk (pattern, "*{");

  if (start == NULL)
    return FALSE;

  *out_gap = (Gap) { .head = pattern, .head_len = (gsize) (start - pattern),
                     .tail = start + 1 };
  if (*start == '{')
    {
      out_gap->word = start;
      out_gap->tail = start + strcspn (start, "}") + 1;
    }
  else
    {
      out_gap->deep = start == pattern && start[1] == '.';
    }

  return TRUE;
}

/* What of @host stands in the gap: its place and length; FALSE when the rest
 * does not agree. A star within a label may stand for nothing. */
static gboolean
fill_gap (const Gap   *gap,
          const char  *host,
          const char **out_filling,
          gsize       *out_len)
{
  gsize literal = gap->head_len + strlen (gap->tail);
  gsize len = strlen (host);

  if (len < literal || strncmp (host, gap->head, gap->head_len) != 0 ||
      !g_str_has_suffix (host, gap->tail))
    return FALSE;

  len -= literal;
  if ((gap->word != NULL || gap->deep) && len == 0)
    return FALSE;
  if (!gap->deep && memchr (host + gap->head_len, '.', len) != NULL)
    return FALSE;

  *out_filling = host + gap->head_len;
  *out_len = len;

  return TRUE;
}

/**
 * tl_host_pattern_fold:
 * @name: a host name as DNS and people write it
 *
 * Returns: (transfer full): the spelling of the tables: lower case, no final dot
 */
char *
tl_host_pattern_fold (const char *name)
{
  char *folded = g_ascii_strdown (name, -1);
  gsize len = strlen (folded);

  if (len > 0 && folded[len - 1] == '.')
    folded[len - 1] = '\0';

  return folded;
}

/**
 * tl_host_pattern_match:
 * @pattern: of the form that data/schema/provider.schema.json calls `mx_pattern`
 * @host: a host name, folded
 *
 *     pattern = name / "*." name / *(label ".") open 2*("." label)
 *     open    = label-with-one-star / "{" word "}"
 *
 * `*.example.net` takes every name below example.net, and not example.net
 * itself. `{word}` takes exactly one label, a star within a label any
 * characters of it, also none; neither takes a dot, so that a match always
 * begins and ends at a label.
 *
 * Returns: how much of @host is told by the pattern: its literal characters,
 *   and one more for a whole name, so that the most exact one wins; 0 when it
 *   does not match
 */
gsize
tl_host_pattern_match (const char *pattern,
                       const char *host)
{
  const char *filling;
  gsize len;
  Gap gap;

  if (!find_gap (pattern, &gap))
    return g_str_equal (pattern, host) && *host != '\0' ? strlen (host) + 1 : 0;

  return fill_gap (&gap, host, &filling, &len) ? strlen (host) - len : 0;
}

/**
 * tl_host_patterns_match:
 * @patterns: (array zero-terminated=1): as in tl_host_pattern_match()
 * @host: a host name, folded
 *
 * Returns: how much of @host the most exact of @patterns tells; 0 when none matches
 */
gsize
tl_host_patterns_match (const char * const *patterns,
                        const char         *host)
{
  gsize most = 0;

  for (gsize i = 0; patterns[i] != NULL; i++)
    {
      gsize told = tl_host_pattern_match (patterns[i], host);

      most = MAX (most, told);
    }

  return most;
}

/**
 * tl_host_pattern_catch:
 * @pattern: as in tl_host_pattern_match()
 * @word: `{word}`, braces included
 * @host: a host name, folded
 *
 * Returns: (transfer full) (nullable): the label of @host for which @word stands
 *   in @pattern, or %NULL when it does not match or has no such word
 */
char *
tl_host_pattern_catch (const char *pattern,
                       const char *word,
                       const char *host)
{
  const char *filling;
  gsize len;
  Gap gap;

  if (!find_gap (pattern, &gap) || gap.word == NULL || !g_str_has_prefix (gap.word, word) ||
      !fill_gap (&gap, host, &filling, &len))
    return NULL;

  return g_strndup (filling, len);
}
