/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What check-dkim-keys compares with other programs: a key record on each line, `STATE ALGORITHM
 * BITS` for each. */
#include "tl-dkim-key.h"

#include <stdio.h>
#include <string.h>

int
main (void)
{
  char line[8192];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      TlDkimKey key;

      tl_dkim_key_parse (line, strcspn (line, "\n"), &key);
      g_print ("%d %s %u\n", key.state, key.algorithm == NULL ? "-" : key.algorithm, key.n_bits);
    }

  return 0;
}
