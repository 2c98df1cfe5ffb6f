/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-journey.h"
#include "tl-journey-private.h"
#include "tl-terminal.h"

int
tl_verb_test_run (int    argc,
                  char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autofree GOptionEntry *shared = tl_journey_dup_entries (journey);
  const GOptionEntry entries[] = {
    { "details", 0, 0, G_OPTION_ARG_NONE, &journey->details,
      N_("Say also what was learnt of servers and mailbox"), NULL },
    { "note", 0, 0, G_OPTION_ARG_NONE, &journey->note,
      N_("Write a note to send to IT or the provider under each finding that is theirs to mend"),
      NULL },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlReport) report = NULL;
  const char *address;
  int status;

  if (!tl_cli_parse ("test", entries, shared, &argc, &argv, 0, 1, &status))
    return status;
  address = tl_journey_pick_address (journey, "test", argc, argv);
  if (address == NULL)
    return TL_EXIT_USAGE;
  journey->can_note = TRUE;
  if (!tl_journey_set_address (journey, address, &error) ||
      !tl_journey_find_servers (journey, &error))
    return tl_cli_fail (error);

  if (!journey->json)
    {
      tl_journey_print_servers (journey);
      tl_terminal_print ("%s", "");
    }
  tl_journey_confirm_servers (journey);
  if (!tl_journey_get_secrets (journey, &error) || !tl_journey_test (journey, &error))
    return tl_journey_fail (journey, "test", error);

  report = tl_setup_dup_report (journey->setup);
  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_journey_report_to_json (journey, report);

      tl_terminal_print_json (json);
    }
  else
    {
      tl_journey_print_results (journey);
    }

  return (int) tl_exit_status_for_report (report);
}
