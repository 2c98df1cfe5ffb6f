/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-journey.h"
#include "tl-journey-private.h"
#include "tl-note.h"
#include "tl-terminal.h"

/* What could not be taken out of the keyring is said with what there is to do, and is no error
 * here. */
static gboolean
forget (TlJourney  *journey,
        GError    **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };
  g_autoptr(GError) why = NULL;

  WAIT_FOR (wait, tl_setup_forget_async (journey->setup, wait.cancellable, tl_journey_wait_ready,
                                         &wait));

  if (tl_setup_forget_finish (journey->setup, wait.result, &why) ||
      tl_setup_get_store_finding (journey->setup) != NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));

  return FALSE;
}

static void
print_json (TlJourney *journey)
{
  g_autoptr(TlJson) json = tl_json_new_object ();
  TlJson *left = tl_json_new_array ();
  TlFinding *finding = tl_setup_get_store_finding (journey->setup);
  g_autoptr(GListModel) notes = NULL;

  g_object_get (journey->setup, "left-to-do", &notes, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr(TlNote) note = g_list_model_get_item (notes, i);
      TlJson *item = tl_json_new_object ();
      g_autofree char *text = NULL;

      g_object_get (note, "text", &text, NULL);
      tl_json_set_string (item, "text", text);
      tl_json_set_string (item, "link", tl_note_get_link (note));
      tl_json_append_take (left, item);
    }

  tl_json_set_string (json, "address",
                      tl_address_get_addr_spec (tl_setup_get_address (journey->setup)));
  tl_json_set_bool (json, "forgotten", finding == NULL);
  tl_json_set_take (json, "left_to_do", left);
  tl_json_set_take (json, "finding", finding == NULL ? NULL : tl_finding_to_json (finding));
  tl_terminal_print_json (json);
}

/* What helps with keeping a password is no help with getting rid of one. */
static void
print_failure (TlFinding  *finding,
               const char *address)
{
  g_autofree char *word = tl_journey_dup_word (address);
  const char *dashes = *address == '-' ? "-- " : "";
  g_autofree char *remedy =
    g_str_equal (tl_finding_get_id (finding), "store.no-service")
      /* Translators: the end of a command line with an address */
      ? g_strdup_printf (_("If a sign-in was ever kept on this computer, it is still in its "
                           "keyring: start that, and run again:  "
                           "twolanectl forget %s%s"), dashes, word)
      /* Translators: the end of a command line with an address */
      : g_strdup_printf (_("What the keyring has is still there: unlock it, and run again:  "
                           "twolanectl forget %s%s"), dashes, word);
  char *remedies[] = { remedy, NULL };

  tl_terminal_print_finding (finding, remedies);
}

static void
print_for_people (TlJourney *journey)
{
  TlFinding *finding = tl_setup_get_store_finding (journey->setup);
  const char *address = tl_address_get_addr_spec (tl_setup_get_address (journey->setup));
  g_autoptr(GListModel) notes = NULL;

  if (finding != NULL)
    print_failure (finding, address);
  else
    /* Translators: %s is an address */
    tl_terminal_print (_("This computer has no password and no permission for %s any more."),
                       address);

  g_object_get (journey->setup, "left-to-do", &notes, NULL);
  if (g_list_model_get_n_items (notes) > 0)
    {
      tl_terminal_print ("\n%s", _("What you have to switch off elsewhere:"));
      tl_journey_print_notes (journey, "left-to-do");
    }
}

int
tl_verb_forget_run (int    argc,
                    char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &journey->json, N_("Answer in JSON, for programs"), NULL },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  int status;

  if (!tl_cli_parse ("forget", entries, NULL, &argc, &argv, 1, 1, &status))
    return status;
  if (!tl_journey_set_address (journey, argv[1], &error) || !forget (journey, &error))
    return tl_cli_fail (error);

  if (journey->json)
    print_json (journey);
  else
    print_for_people (journey);

  return tl_setup_get_store_finding (journey->setup) == NULL ? TL_EXIT_OK : TL_EXIT_INTERNAL;
}
