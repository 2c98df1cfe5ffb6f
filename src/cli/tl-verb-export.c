/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-journey.h"
#include "tl-journey-private.h"
#include "tl-terminal.h"

static void
print_for_people (TlJourney  *journey,
                  const char *path,
                  gboolean    ready)
{
  TlSigning *signing = tl_setup_get_signing (journey->setup);
  GListModel *findings = tl_setup_get_hand_over_findings (journey->setup);
  g_autofree char *fingerprint = tl_signing_dup_fingerprint (signing);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      tl_terminal_print ("%s", "");
      tl_terminal_print_finding (finding, NULL);
    }

  tl_terminal_print ("%s", "");
  /* Translators: %s is a file */
  tl_terminal_print (ready ? _("Saved %s") : _("Saved a draft: %s"), path);
  /* Translators: %s is a fingerprint, to be read out over the phone */
  tl_terminal_print (_("Signed by %s"), fingerprint);
}

int
tl_verb_export_run (int    argc,
                    char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autofree GOptionEntry *shared = tl_journey_dup_entries (journey);
  g_autofree char *output = NULL;
  g_autofree char *name = NULL;
  gboolean draft = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_("Save the bundle here instead of ADDRESS.twolane in this folder"), N_("FILE") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name,
      N_("Who the messages come from"), N_("NAME") },
    { "draft", 0, 0, G_OPTION_ARG_NONE, &draft,
      N_("Save even if a lane is not green; the bundle says that it is a draft"), NULL },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlReport) report = NULL;
  const char *address;
  gboolean ready = FALSE;
  int status;

  if (!tl_cli_parse ("export", entries, shared, &argc, &argv, 0, 1, &status))
    return status;
  address = tl_journey_pick_address (journey, "export", argc, argv);
  if (address == NULL)
    return TL_EXIT_USAGE;
  if ((output != NULL && !tl_cli_check_folder (output, &error)) ||
      !tl_journey_set_address (journey, address, &error) ||
      !tl_journey_find_servers (journey, &error))
    return tl_cli_fail (error);

  if (!journey->json)
    {
      tl_journey_print_servers (journey);
      tl_terminal_print ("%s", "");
    }
  tl_journey_confirm_servers (journey);
  tl_setup_set_display_name (journey->setup, name);
  if (!tl_journey_get_secrets (journey, &error) || !tl_journey_test (journey, &error))
    return tl_journey_fail (journey, "export", error);

  report = tl_setup_dup_report (journey->setup);
  status = (int) tl_exit_status_for_report (report);
  g_object_get (journey->setup, "ready", &ready, NULL);
  if (!ready && !draft)
    {
      if (journey->json)
        {
          g_autoptr(TlJson) json = tl_report_to_json (report);

          tl_terminal_print_json (json);
        }
      else
        {
          tl_journey_print_results (journey);
        }
      tl_terminal_complain ("%s", _("nothing was saved: a lane is not green; "
                                    "--draft saves all the same"));
      return status;
    }

  if (output == NULL)
    output = tl_setup_dup_file_name (journey->setup);
  if (!tl_journey_export (journey, output, &error))
    return tl_cli_fail (error) == TL_EXIT_INTERRUPTED ? TL_EXIT_INTERRUPTED : TL_EXIT_BUNDLE;

  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_journey_describe_export (journey, output, ready);

      tl_terminal_print_json (json);
    }
  else
    {
      tl_journey_print_results (journey);
      print_for_people (journey, output, ready);
    }

  return status;
}
