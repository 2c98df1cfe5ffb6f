/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-duration.h"

#include <glib/gi18n-lib.h>

/**
 * tl_duration_dup_label:
 * @ms: milliseconds
 *
 * Returns: (transfer full): how long something took
 */
char *
tl_duration_dup_label (guint ms)
{
  if (ms == 0)
    /* Translators: how long something took, as short as the language allows */
    return g_strdup (_("under 1 ms"));

  /* Translators: how long something took, in milliseconds, as short as the language allows */
  return ms < 1000 ? g_strdup_printf (_("%u ms"), ms)
                   /* Translators: the same in seconds */
                   : g_strdup_printf (_("%.1f s"), ms / 1000.0);
}

/**
 * tl_duration_dup_clock:
 * @seconds: how long is left
 *
 * Returns: (transfer full): that as a clock shows it
 */
char *
tl_duration_dup_clock (guint seconds)
{
  guint minutes = seconds / 60;

  if (minutes < 60)
    /* Translators: minutes and seconds that are left, as a clock shows them */
    return g_strdup_printf (_("%u:%02u"), minutes, seconds % 60);

  /* Translators: hours, minutes and seconds that are left, as a clock shows them */
  return g_strdup_printf (_("%u:%02u:%02u"), minutes / 60, minutes % 60, seconds % 60);
}
