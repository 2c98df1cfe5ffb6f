/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-error.h"
#include "tl-journey.h"
#include "tl-journey-private.h"
#include "tl-terminal.h"

static void
print_json (TlJourney *journey,
            TlReport  *report,
            gboolean   kept)
{
  TlFinding *finding = tl_setup_get_store_finding (journey->setup);
  g_autoptr(TlJson) json = tl_json_new_object ();

  tl_json_set_take (json, "report", tl_journey_report_to_json (journey, report));
  tl_json_set_bool (json, "kept", kept);
  tl_json_set_take (json, "finding", finding == NULL ? NULL : tl_finding_to_json (finding));
  tl_terminal_print_json (json);
}

/* What the keyring holds now. */
static void
print_kept (TlJourney *journey,
            gboolean   ready,
            gboolean   kept)
{
  TlFinding *finding = tl_setup_get_store_finding (journey->setup);

  tl_terminal_print ("%s", "");
  if (finding != NULL)
    tl_terminal_print_finding (finding, NULL);
  else if (kept && ready)
    tl_terminal_print ("%s", _("The keyring has the new sign-in in place of any old one."));
  else if (kept)
    tl_terminal_print ("%s", _("The keyring has the new sign-in of the lane that works."));
  else if (ready)
    tl_terminal_print ("%s", _("The keyring has nothing of this sign-in: whoever gave it keeps "
                               "it, or it ends by itself."));
  else
    tl_terminal_print ("%s", _("Neither lane works, so the keyring keeps what it had."));
}

int
tl_verb_sign_in_run (int    argc,
                     char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autofree GOptionEntry *shared = tl_journey_dup_entries (journey);
  const GOptionEntry entries[] = {
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlReport) report = NULL;
  gboolean ready = FALSE;
  gboolean kept = FALSE;
  int status;

  if (!tl_cli_parse ("sign-in", entries, shared, &argc, &argv, 1, 1, &status))
    return status;
  if (journey->keyring || journey->practice || journey->token_fd >= 0)
    {
      tl_terminal_complain ("%s", _("“sign-in” makes a new sign-in and keeps it: leave out "
                                    "--keyring, --practice and --token-fd"));
      return TL_EXIT_USAGE;
    }
  if (!tl_journey_set_address (journey, argv[1], &error) ||
      !tl_journey_find_servers (journey, &error))
    return tl_cli_fail (error);

  if (!journey->json)
    {
      tl_journey_print_servers (journey);
      tl_terminal_print ("%s", "");
    }
  tl_journey_confirm_servers (journey);
  g_object_set (journey->setup, "remember", TRUE, NULL);
  if (!tl_journey_get_secrets (journey, &error) || !tl_journey_test (journey, &error))
    return tl_journey_fail (journey, "sign-in", error);

  report = tl_setup_dup_report (journey->setup);
  status = (int) tl_exit_status_for_report (report);
  g_object_get (journey->setup, "ready", &ready, "kept", &kept, NULL);
  if (journey->json)
    {
      print_json (journey, report, kept);
    }
  else
    {
      tl_journey_print_results (journey);
      print_kept (journey, ready, kept);
    }

  if (ready && tl_setup_get_store_finding (journey->setup) != NULL)
    return TL_EXIT_INTERNAL;

  return status == TL_EXIT_OK && !kept ? TL_EXIT_WARNINGS : status;
}
