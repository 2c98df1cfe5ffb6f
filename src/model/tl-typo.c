/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-typo.h"

#include <string.h>

#include "tl-host-pattern.h"
#include "tl-provider-details.h"

/* Two slips are believed of long names alone: with short ones there is too
 * much else that is two letters away. */
#define MAX_SLIPS         2
#define TWO_SLIPS_MIN_LEN 8

/* Of shorter names before the dot there are too many real neighbours, as
 * line.com is of live.com: only swapped letters count, and those not in pairs
 * and alone. */
#define ANY_SLIP_MIN_LEN  5
#define SWAP_MIN_LEN      3

/* Names in the table are shorter; a longer one is no neighbour of theirs. */
#define MAX_LEN           63

/* How many slips lead from one name to the other: a letter too many, one too
 * few, one for another, two swapped. Each letter takes part in one slip at
 * most (the optimal string alignment distance). MAX_SLIPS + 1 means more. */
static guint
count_slips (const char *a,
             const char *b)
{
  guint8 rows[3][MAX_LEN + 1];
  gsize a_len = strlen (a);
  gsize b_len = strlen (b);

  if (a_len > MAX_LEN || b_len > MAX_LEN || MAX (a_len, b_len) - MIN (a_len, b_len) > MAX_SLIPS)
    return MAX_SLIPS + 1;

  for (gsize j = 0; j <= b_len; j++)
    rows[0][j] = (guint8) j;

  for (gsize i = 1; i <= a_len; i++)
    {
      guint8 *row = rows[i % 3];
      const guint8 *above = rows[(i + 2) % 3];
      const guint8 *before = rows[(i + 1) % 3];

      row[0] = (guint8) i;
      for (gsize j = 1; j <= b_len; j++)
        {
          guint8 other = above[j - 1] + (a[i - 1] != b[j - 1]);

          row[j] = MIN (MIN (above[j], row[j - 1]) + 1, other);
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
        }
    }

  return MIN (rows[a_len % 3][b_len], MAX_SLIPS + 1);
}

/* Where the two begin to differ. */
static gsize
shared_len (const char *a,
            const char *b)
{
  gsize n = 0;

  while (a[n] != '\0' && a[n] == b[n])
    n++;

  return n;
}

/* Whether they differ by two neighbours that are swapped, and nothing else. */
static gboolean
is_swap (const char *a,
         const char *b)
{
  gsize n = shared_len (a, b);

  return a[n] != '\0' && a[n + 1] != '\0' && a[n] == b[n + 1] && a[n + 1] == b[n] &&
         g_str_equal (a + n + 2, b + n + 2);
}

/* The domain of the same provider in another country is no slip: hotmail.de
 * may be real whether or not the table knows it. */
static gboolean
is_abroad (const char *domain,
           const char *known)
{
  const char *end = strrchr (domain, '.');
  const char *known_end = strrchr (known, '.');

  return end != NULL && strlen (end) == 3 && strlen (known_end) == 3 &&
         !g_str_equal (end, known_end);
}

/* Slips from @known to @domain that somebody could have made who meant @known;
 * MAX_SLIPS + 1 when it is more likely that nobody did. */
static guint
judge (const char *domain,
       const char *known)
{
  gsize name_len = strcspn (known, ".");
  guint slips = count_slips (domain, known);

  if (slips == 0 || slips > MAX_SLIPS || is_abroad (domain, known))
    return MAX_SLIPS + 1;

  /* The end alone is wrong: nobody's name is gmail.con. */
  if (shared_len (domain, known) > name_len)
    return slips == 1 ? slips : MAX_SLIPS + 1;

  /* A first letter is rarely wrong, and often somebody else's: ymail.com. */
  if (domain[0] != known[0] && !is_swap (domain, known))
    return MAX_SLIPS + 1;
  if (slips == 2)
    return name_len >= TWO_SLIPS_MIN_LEN ? slips : MAX_SLIPS + 1;
  if (name_len >= ANY_SLIP_MIN_LEN || (name_len >= SWAP_MIN_LEN && is_swap (domain, known)))
    return slips;

  return MAX_SLIPS + 1;
}

/**
 * tl_typo_suggest:
 * @domain: the domain of an address, A-labels, any case
 *
 * Compares @domain with the domains in which providers of the table hand out
 * addresses. Nothing is sent anywhere, and nothing is said about a domain that
 * is itself in the table. That a domain has a neighbour does not make it wrong:
 * worth telling only where the domain does not exist or has no mail.
 *
 * The neighbour with fewest slips is given; among equals the first in
 * alphabetical order.
 *
 * Returns: (transfer full) (nullable): the domain that was probably meant, or %NULL
 */
char *
tl_typo_suggest (const char *domain)
{
  GPtrArray *all = tl_providers_get_all ();
  g_autofree char *folded = tl_host_pattern_fold (domain);
  const char *best = NULL;
  guint best_slips = MAX_SLIPS + 1;

  if (tl_providers_find_by_domain (folded) != NULL)
    return NULL;

  for (guint i = 0; i < all->len; i++)
    {
      const char * const *known = tl_provider_get_domains (g_ptr_array_index (all, i));

      for (guint j = 0; known[j] != NULL; j++)
        {
          guint slips = judge (folded, known[j]);

          if (slips < best_slips ||
              (slips == best_slips && best != NULL && strcmp (known[j], best) < 0))
            {
              best = known[j];
              best_slips = slips;
            }
        }
    }

  return g_strdup (best);
}
