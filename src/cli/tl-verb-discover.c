/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-discovery-text.h"
#include "tl-journey.h"
#include "tl-terminal.h"

int
tl_verb_discover_run (int    argc,
                      char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autofree GOptionEntry *search = tl_journey_dup_search_entries (journey);
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &journey->json, N_("Answer in JSON, for programs"), NULL },
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

  if (!journey->json)
    {
      tl_journey_print_servers (journey);
      tl_journey_print_prerequisites (journey);
    }
  if (!tl_journey_settle (journey, &error))
    return tl_cli_fail (error);

  report = tl_setup_get_discovery (journey->setup);
  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_discovery_report_to_json (report);

      tl_terminal_print_json (json);
    }
  else
    {
      tl_discovery_text_print (report);
    }

  return (int) tl_exit_status_for_discovery (report);
}
