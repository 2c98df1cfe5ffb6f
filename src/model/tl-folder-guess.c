/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-folder-guess.h"

#include <string.h>

#include "tl-folder-names.h"

typedef struct
{
  gboolean is_top;
  guint    n_chars;
} Match;

static gboolean
is_bracketed (const char *part)
{
  gsize len = strlen (part);

  return len > 2 && part[0] == '[' && part[len - 1] == ']';
}

/* A name's parts below what all personal folders are in: the namespace's prefix (RFC 2342), INBOX
 * on servers of Courier's kind, and the bracketed folder that Gmail has for its own. */
static char **
split_name (const TlFolderCandidate *candidate,
            const char              *prefix)
{
  const char delimiter[] = { candidate->delimiter, '\0' };
  const char *rest = candidate->name;
  g_auto(GStrv) parts = NULL;
  gsize skip = 0;

  if (candidate->delimiter == '\0')
    return g_strsplit (rest, "\n", 1);

  if (prefix != NULL && *prefix != '\0' && g_str_has_prefix (rest, prefix) &&
      rest[strlen (prefix)] != '\0')
    rest += strlen (prefix);

  parts = g_strsplit (rest, delimiter, -1);
  if (parts[0] != NULL && parts[1] != NULL &&
      (g_ascii_strcasecmp (parts[0], "INBOX") == 0 || is_bracketed (parts[0])))
    skip = 1;

  return g_strdupv (parts + skip);
}

/* Whether a folder lies in one that is for something, as what is thrown away, or unwanted, does. */
static gboolean
lies_aside (char **parts)
{
  for (gsize i = 0; parts[i] != NULL && parts[i + 1] != NULL; i++)
    {
      if (tl_folder_names_find_role (parts[i], NULL) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
matches (const TlFolderCandidate *candidate,
         const char              *prefix,
         const char              *role,
         Match                   *out_match)
{
  g_auto(GStrv) parts = NULL;
  guint n;

  if (!candidate->is_free)
    return FALSE;

  parts = split_name (candidate, prefix);
  n = g_strv_length (parts);
  out_match->is_top = n == 1;

  return n > 0 && !lies_aside (parts) &&
         g_strcmp0 (tl_folder_names_find_role (parts[n - 1], &out_match->n_chars), role) == 0;
}

/* A folder of the mailbox's own before one that somebody made inside of another; then the longer
 * name, which tells more. Of equals the first is the better. */
static gboolean
is_better (const Match *match,
           const Match *than)
{
  return match->is_top != than->is_top ? match->is_top : match->n_chars > than->n_chars;
}

/**
 * tl_folder_guess_find:
 * @candidates: (array length=n_candidates): all folders, in the server's order
 * @n_candidates: how many
 * @prefix: (nullable): what the names of personal folders begin with (RFC 2342)
 * @role: what a folder is looked for, any but `inbox`
 * @out_rival: (out) (optional): the best of those that could be it as well, or -1: a “Sent” inside
 *   of a folder of somebody's own is no rival of the one beside the inbox
 *
 * Pure. Any thread. A folder inside of one that is itself for something, such as the trash, is for
 * nothing.
 *
 * Returns: the index of the folder that is called like that in a language that providers use, or -1
 */
int
tl_folder_guess_find (const TlFolderCandidate *candidates,
                      guint                    n_candidates,
                      const char              *prefix,
                      const char              *role,
                      int                     *out_rival)
{
  Match best_match = { FALSE, 0 };
  Match rival_match = { FALSE, 0 };
  int best = -1;
  int rival = -1;

  g_return_val_if_fail (role != NULL, -1);

  for (guint i = 0; i < n_candidates; i++)
    {
      Match match = { FALSE, 0 };

      if (!matches (&candidates[i], prefix, role, &match))
        continue;

      if (best < 0 || is_better (&match, &best_match))
        {
          rival = best;
          rival_match = best_match;
          best = (int) i;
          best_match = match;
        }
      else if (rival < 0 || is_better (&match, &rival_match))
        {
          rival = (int) i;
          rival_match = match;
        }
    }

  if (out_rival != NULL)
    *out_rival = rival >= 0 && rival_match.is_top == best_match.is_top ? rival : -1;

  return best;
}
