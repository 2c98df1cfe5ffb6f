/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-discovery-text.h"
#include "tl-journey.h"
#include "tl-terminal.h"

static void
print_for_people (TlJourney *journey,
                  gboolean   details)
{
  TlDiscoveryReport *report = tl_setup_get_discovery (journey->setup);
  g_autoptr(GListModel) prerequisites = NULL;

  g_object_get (journey->setup, "prerequisites", &prerequisites, NULL);
  tl_journey_print_prerequisites (journey);
  tl_discovery_text_print (report, prerequisites);
  if (details)
    tl_discovery_text_print_details (report);
  tl_terminal_print ("%s", "");
  if (!details)
    tl_discovery_text_print_summary (report);
  tl_journey_print_next (journey);
}

int
tl_verb_discover_run (int    argc,
                      char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autofree GOptionEntry *search = tl_journey_dup_search_entries (journey);
  gboolean details = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &journey->json, N_("Answer in JSON, for programs"), NULL },
    { "details", 0, 0, G_OPTION_ARG_NONE, &details,
      N_("Say also who was asked, what became of it and how long it took"), NULL },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  TlDiscoveryReport *report;
  int status;

  if (!tl_cli_parse ("discover", entries, search, &argc, &argv, 1, 1, &status))
    return status;
  if (!tl_journey_set_address (journey, argv[1], &error) ||
      !tl_journey_discover (journey, &error))
    return tl_cli_fail (error);
  if (!(journey->json ? tl_journey_settle (journey, &error)
                      : tl_journey_show_found (journey, &error)))
    return tl_cli_fail (error);

  report = tl_setup_get_discovery (journey->setup);
  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_discovery_report_to_json (report);

      tl_terminal_print_json (json);
    }
  else
    {
      print_for_people (journey, details);
    }

  return (int) tl_exit_status_for_discovery (report);
}
