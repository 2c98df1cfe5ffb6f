/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-inspection.h"
#include "tl-terminal.h"

int
tl_verb_verify_run (int    argc,
                    char **argv)
{
  g_autoptr(TlInspection) inspection = tl_inspection_new ();
  g_autofree GOptionEntry *entries = tl_inspection_dup_entries (inspection);
  g_autoptr(TlReview) review = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  if (!tl_cli_parse ("verify", entries, NULL, &argc, &argv, 1, 1, &status))
    return status;
  if (!tl_inspection_prepare (inspection, &error) ||
      (review = tl_inspection_look (inspection, argv[1], &error)) == NULL)
    return tl_cli_fail_on_file (error);

  if (inspection->json)
    {
      g_autoptr(TlJson) json = tl_inspection_describe (review);

      tl_terminal_print_json (json);
    }
  else
    {
      tl_inspection_print_summary (review);
    }

  return tl_inspection_get_status (review);
}
