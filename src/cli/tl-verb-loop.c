/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-error.h"
#include "tl-journey.h"
#include "tl-journey-private.h"
#include "tl-terminal.h"

static void
print_json (TlJourney    *journey,
            TlReport     *report,
            TlLoopReport *loop)
{
  g_autoptr(TlJson) json = tl_json_new_object ();

  tl_json_set_take (json, "report", tl_journey_report_to_json (journey, report));
  tl_json_set_take (json, "loop", loop == NULL ? NULL : tl_loop_report_to_json (loop));
  tl_terminal_print_json (json);
}

static gboolean
is_green (TlReport   *report,
          TlLaneKind  lane)
{
  TlVerdict verdict = tl_lane_report_get_verdict (tl_report_get_lane (report, lane));

  return verdict == TL_VERDICT_OK || verdict == TL_VERDICT_WARNING;
}

/* The way to two lanes that were tested. */
static gboolean
test_first (TlJourney   *journey,
            const char  *address,
            GError     **error)
{
  if (!tl_journey_set_address (journey, address, error) ||
      !tl_journey_find_servers (journey, error))
    return FALSE;

  if (!journey->json)
    {
      tl_journey_print_servers (journey);
      tl_terminal_print ("%s", "");
    }
  tl_journey_confirm_servers (journey);

  return tl_journey_get_secrets (journey, error) && tl_journey_test (journey, error);
}

int
tl_verb_loop_run (int    argc,
                  char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autofree GOptionEntry *shared = tl_journey_dup_entries (journey);
  guint usual_patience = 0;
  int patience;
  const GOptionEntry entries[] = {
    { "patience", 0, 0, G_OPTION_ARG_INT, &patience,
      N_("Wait so many seconds for the message, 120 unless told"), N_("SECONDS") },
    { "note", 0, 0, G_OPTION_ARG_NONE, &journey->note,
      N_("Write a note to send to IT or the provider under each finding that is theirs to mend"),
      NULL },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlReport) report = NULL;
  g_autoptr(TlLoopReport) loop = NULL;
  const char *address;
  int status;

  g_object_get (journey->setup, "loop-patience", &usual_patience, NULL);
  patience = (int) usual_patience;
  if (!tl_cli_parse ("loop", entries, shared, &argc, &argv, 0, 1, &status))
    return status;
  address = tl_journey_pick_address (journey, "loop", argc, argv);
  if (address == NULL)
    return TL_EXIT_USAGE;
  if (patience < 1 || patience > TL_SETUP_MAX_LOOP_PATIENCE_S)
    {
      /* Translators: %d is a number of seconds */
      tl_terminal_complain (_("--patience is 1 to %d seconds"), TL_SETUP_MAX_LOOP_PATIENCE_S);
      return TL_EXIT_USAGE;
    }

  journey->can_note = TRUE;
  g_object_set (journey->setup, "loop-patience", (guint) patience, NULL);
  if (!test_first (journey, address, &error))
    return tl_journey_fail (journey, "loop", error);

  report = tl_setup_dup_report (journey->setup);
  if (is_green (report, TL_LANE_INCOMING) && is_green (report, TL_LANE_OUTGOING))
    {
      if (!journey->json)
        {
          tl_journey_print_results (journey);
          tl_terminal_print ("%s", "");
        }
      loop = tl_journey_loop (journey, &error);
      if (loop == NULL)
        return tl_cli_fail (error);
    }

  if (journey->json)
    print_json (journey, report, loop);
  else if (loop != NULL)
    tl_journey_print_loop (journey, loop);
  else
    tl_journey_print_results (journey);
  if (loop == NULL)
    tl_terminal_complain ("%s", _("no message was sent: a lane is not green"));

  return (int) tl_exit_status_for_loop (report, loop);
}
