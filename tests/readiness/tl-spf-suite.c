/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-spf-zone.h"

/* Reads zones and questions from standard input, a line each, tabs between fields:
 *
 *   zone
 *   rr    LINE-OF-A-ZONE
 *   case  ADDRESS  DOMAIN  SENDER  HELO
 *
 * and writes a line for each case, escaped as in C:
 *
 *   RESULT  LOOKUPS  VOIDS  ROUNDS  EXPLANATION  WHY
 *
 * Whoever asks knows the right answers. */
#define N_CASE_FIELDS 5

static void
answer (TlSpfZone  *zone,
        char      **fields)
{
  g_autoptr(GInetAddress) ip = g_inet_address_new_from_string (fields[1]);
  g_autofree char *domain = g_strcompress (fields[2]);
  g_autofree char *sender = g_strcompress (fields[3]);
  g_autofree char *helo = g_strcompress (fields[4]);
  TlSpfSubject subject = { ip, domain, sender, helo, NULL, 1700000000 };
  g_autoptr(TlSpfOutcome) outcome = NULL;
  g_autofree char *explanation = NULL;
  g_autofree char *why = NULL;
  guint rounds = 0;

  g_assert_nonnull (ip);
  outcome = tl_spf_zone_check (zone, &subject, NULL, &rounds);
  explanation = g_strescape (outcome->explanation == NULL ? "" : outcome->explanation, NULL);
  why = g_strescape (outcome->why == NULL ? "" : outcome->why, NULL);
  g_print ("%s\t%u\t%u\t%u\t%s\t%s\n", tl_spf_result_get_nick (outcome->result),
           outcome->n_lookups, outcome->n_voids, rounds, explanation, why);
}

int
main (void)
{
  g_autoptr(GIOChannel) input = g_io_channel_unix_new (0);
  g_autoptr(TlSpfZone) zone = tl_spf_zone_new ("");
  char *read = NULL;
  gsize end = 0;

  g_io_channel_set_encoding (input, NULL, NULL);
  while (g_io_channel_read_line (input, &read, NULL, &end, NULL) == G_IO_STATUS_NORMAL)
    {
      g_autofree char *line = g_steal_pointer (&read);
      g_auto(GStrv) fields = NULL;

      line[end] = '\0';
      fields = g_strsplit (line, "\t", -1);
      if (g_str_equal (fields[0], "zone"))
        {
          tl_spf_zone_free (zone);
          zone = tl_spf_zone_new ("");
        }
      else if (g_str_equal (fields[0], "rr"))
        {
          tl_spf_zone_add (zone, fields[1]);
        }
      else
        {
          g_assert_cmpuint (g_strv_length (fields), ==, N_CASE_FIELDS);
          answer (zone, fields);
        }
    }

  return 0;
}
