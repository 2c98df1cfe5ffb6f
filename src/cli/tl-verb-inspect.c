/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-file-save.h"
#include "tl-inspection.h"
#include "tl-terminal.h"

/* What `verify` says, with all that is in the bundle. */
static TlJson *
describe (TlReview *review)
{
  TlBundle *bundle = tl_review_get_bundle (review);
  TlJson *json = tl_inspection_describe (review);

  if (bundle != NULL)
    tl_json_set_take (json, "bundle", tl_json_parse (tl_bundle_get_json (bundle), -1, NULL));

  return json;
}

/* Made of the verified data: the page in the file is somebody else's. */
static gboolean
save_page (TlReview    *review,
           const char  *path,
           GError     **error)
{
  char *page = tl_review_dup_page (review);
  g_autoptr(GBytes) bytes = g_bytes_new_take (page, strlen (page));

  return tl_file_save_sync (bytes, path, error);
}

int
tl_verb_inspect_run (int    argc,
                     char **argv)
{
  g_autoptr(TlInspection) inspection = tl_inspection_new ();
  g_autofree GOptionEntry *shared = tl_inspection_dup_entries (inspection);
  g_autofree char *page = NULL;
  const GOptionEntry entries[] = {
    { "page", 0, 0, G_OPTION_ARG_FILENAME, &page,
      N_("Save a page to read or print, made of the verified data"), N_("FILE") },
    { NULL }
  };
  g_autoptr(TlReview) review = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  if (!tl_cli_parse ("inspect", entries, shared, &argc, &argv, 1, 1, &status))
    return status;
  if (!tl_inspection_prepare (inspection, &error) ||
      (review = tl_inspection_look (inspection, argv[1], &error)) == NULL)
    return tl_cli_fail_on_file (error);

  if (page != NULL && tl_review_get_bundle (review) != NULL && !save_page (review, page, &error))
    return tl_cli_fail_on_file (error);

  if (inspection->json)
    {
      g_autoptr(TlJson) json = describe (review);

      tl_terminal_print_json (json);
    }
  else
    {
      tl_inspection_print_all (review);
      if (page != NULL && tl_review_get_bundle (review) != NULL)
        /* Translators: %s is a file */
        tl_terminal_print (_("\nSaved %s"), page);
    }

  return tl_inspection_get_status (review);
}
