/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-error.h"
#include "tl-journey.h"
#include "tl-journey-private.h"
#include "tl-terminal.h"

/* What is typed at the first question by who wants to practise; a word that no address is. */
#define PRACTICE_WORD "practice"

static gboolean
ask_address (TlJourney *journey)
{
  /* Translators: %s is the word to type; it is not translated */
  tl_terminal_print (_("New here? Type “%s” for a pretend mailbox on this computer."),
                     PRACTICE_WORD);
  for (;;)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *answer = NULL;

      answer = tl_terminal_ask (_("Which mailbox is it? Its address:"), NULL);
      if (answer == NULL)
        return FALSE;
      journey->practice = g_ascii_strcasecmp (answer, PRACTICE_WORD) == 0;
      if (tl_journey_set_address (journey, journey->practice ? "" : answer, &error))
        return TRUE;
      tl_terminal_complain ("%s", error->message);
    }
}

/* Whether the servers that were just shown are to be used. */
static gboolean
agree_to_servers (TlJourney *journey)
{
  gboolean confirmed = tl_journey_confirm_servers (journey);
  gboolean valid = FALSE;

  g_object_get (journey->setup, "servers-valid", &valid, NULL);

  return valid && (confirmed || tl_terminal_ask_yes (_("Use these?"), TRUE));
}

static gboolean
find_and_settle_servers (TlJourney  *journey,
                         GError    **error)
{
  if (!tl_journey_find_servers (journey, error))
    return FALSE;
  tl_terminal_print ("%s", "");
  if (!tl_journey_show_found (journey, error))
    return FALSE;
  tl_terminal_print ("%s", "");

  return (agree_to_servers (journey) || tl_journey_ask_servers (journey)) &&
         tl_journey_ask_identity (journey);
}

static gboolean
change_servers (TlJourney *journey)
{
  tl_terminal_print ("%s", "");
  tl_journey_print_servers (journey);

  return agree_to_servers (journey) || tl_journey_ask_servers (journey);
}

/* Whether a server is one that discovery knows. What a provider asks for is of
 * no use to whoever said that the mailbox is not there. */
static gboolean
uses_found (TlJourney *journey)
{
  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      TlLaneDraft *draft = tl_setup_get_draft (journey->setup, lane);

      if (g_strcmp0 (tl_lane_draft_get_source (draft), TL_SOURCE_MANUAL) != 0)
        return TRUE;
    }

  return FALSE;
}

/* The one thing to do, of all that there is to read. NULL where nobody has to be told. */
static char *
dup_first_thing (TlJourney *journey)
{
  g_autofree char *provider = NULL;
  gboolean needed = FALSE;

  g_object_get (journey->setup, "provider-name", &provider, "request-needed", &needed, NULL);
  if (provider == NULL)
    return NULL;
  if (needed && !tl_journey_can_request (journey))
    /* Translators: %s is a mailbox provider */
    return g_strdup_printf (_("The one thing to do: get a client id. The page of %s lets people "
                              "sign in only for programs that it knows by one."), provider);
  if (needed)
    /* Translators: %s is a mailbox provider */
    return g_strdup_printf (_("The one thing to do: let IT register this program at %s. The "
                              "request for it is written for you: it is the first thing to choose "
                              "below the notes."), provider);

  switch (tl_setup_get_auth (journey->setup))
    {
    case TL_AUTH_OAUTH2:
      /* Translators: %s is a mailbox provider */
      return g_strdup_printf (_("The one thing to do: sign in on the page of %s. Twolane never "
                                "sees the password that you type there."), provider);
    case TL_AUTH_APP_PASSWORD:
      /* Translators: %s is a mailbox provider */
      return g_strdup_printf (_("The one thing to do: make an app password on the page of %s, and "
                                "type it here. The steps are below the notes."), provider);
    case TL_AUTH_PASSWORD:
    default:
      return NULL;
    }
}

/* What has to be done at the provider first, before a password is asked for. */
static void
explain_sign_in (TlJourney *journey)
{
  g_autofree char *first = NULL;

  if (!uses_found (journey))
    return;

  first = dup_first_thing (journey);
  tl_journey_print_ahead (journey, first);
}

typedef enum
{
  STOP,
  TEST_AGAIN,
  LOOK_AGAIN, /* a fix has been applied, and its lane tested */
} Next;

/* The first thing that can be done at one press about each lane. */
static GPtrArray *
list_fixes (TlJourney *journey)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlReport) report = tl_setup_dup_report (journey->setup);
  GPtrArray *findings = tl_report_get_findings (report);

  for (guint i = 0; i < findings->len && all->len < 6; i++)
    {
      g_autoptr(GPtrArray) fixes = tl_setup_list_fixes (journey->setup,
                                                        g_ptr_array_index (findings, i));

      if (fixes->len > 0)
        g_ptr_array_add (all, g_object_ref (g_ptr_array_index (fixes, 0)));
    }

  return all;
}

/* The password is asked for anew before each test of both lanes; a fix takes the one that is
 * there. */
static Next
change_something (TlJourney  *journey,
                  GError    **error)
{
  for (;;)
    {
      g_autoptr(GPtrArray) fixes = list_fixes (journey);
      g_autofree char *answer = NULL;

      tl_terminal_print ("%s", _("What now?"));
      tl_terminal_print ("%s", _("  1  Sign in again"));
      tl_terminal_print ("%s", _("  2  Change the servers"));
      tl_terminal_print ("%s", _("  3  Stop"));
      for (guint i = 0; i < fixes->len; i++)
        {
          TlFix *fix = g_ptr_array_index (fixes, i);

          /* Translators: a number to type, a lane, what is done, such as “Use TLS on port 993” */
          tl_terminal_print (_("  %u  %s: %s"), 4 + i,
                             tl_lane_kind_get_label (tl_fix_get_lane (fix)),
                             tl_fix_get_label (fix));
        }
      answer = tl_terminal_ask (_("Which number?"), NULL);

      if (answer == NULL || g_str_equal (answer, "3"))
        return STOP;
      if (g_str_equal (answer, "1"))
        return TEST_AGAIN;
      if (g_str_equal (answer, "2"))
        return change_servers (journey) ? TEST_AGAIN : STOP;
      /* One digit, of those that were shown. */
      if (answer[0] >= '4' && answer[1] == '\0' && (guint) (answer[0] - '4') < fixes->len)
        return tl_journey_apply_fix (journey, g_ptr_array_index (fixes, answer[0] - '4'), error)
                 ? LOOK_AGAIN : STOP;
    }
}

/* Returns FALSE when there is nothing more to try. */
static gboolean
test_until_green (TlJourney  *journey,
                  GError    **error)
{
  Next next = TEST_AGAIN;

  for (;;)
    {
      gboolean ready = FALSE;

      tl_terminal_print ("%s", "");
      if (next == TEST_AGAIN &&
          (!tl_journey_get_secrets (journey, error) || !tl_journey_test (journey, error)))
        return FALSE;

      tl_journey_print_results (journey);
      g_object_get (journey->setup, "ready", &ready, NULL);
      if (ready)
        return TRUE;

      tl_terminal_print ("%s", "");
      if (journey->practice)
        {
          tl_terminal_print ("%s", _("This exercise goes wrong on purpose. To see it succeed, "
                                     "close the practice mailbox and run: "
                                     "twolanectl setup --practice"));
          return FALSE;
        }
      next = change_something (journey, error);
      if (next == STOP)
        return FALSE;
    }
}

/* Asks until the file is somewhere: what was tested is not thrown away for a
 * mistyped folder. Returns NULL at the end of input, or with @error when
 * another place would not help. */
static char *
save_somewhere (TlJourney   *journey,
                const char  *name,
                GError     **error)
{
  for (;;)
    {
      g_autofree char *path = NULL;
      g_autofree char *question = NULL;
      g_autoptr(GError) why = NULL;

      path = tl_terminal_ask (_("Both lanes work. Save the signed bundle as:"), name);
      if (path == NULL)
        return NULL;
      /* Translators: %s is a file */
      question = g_strdup_printf (_("%s is there already. Replace it?"), path);
      if (g_file_test (path, G_FILE_TEST_EXISTS) && !tl_terminal_ask_yes (question, FALSE))
        continue;
      if (tl_cli_check_folder (path, &why) && tl_journey_export (journey, path, &why))
        return g_steal_pointer (&path);

      if (why->domain != G_FILE_ERROR && why->domain != TL_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&why));
          return NULL;
        }
      tl_terminal_complain ("%s", why->message);
    }
}

/* It is never sent unless asked for. How it fares does not stand in the way of the hand-over. */
static gboolean
offer_loop (TlJourney  *journey,
            GError    **error)
{
  g_autoptr(TlLoopReport) loop = NULL;

  tl_terminal_print ("%s", "");
  if (!tl_terminal_ask_yes (_("Send a test message to yourself and see it come back?"), FALSE))
    return TRUE;

  loop = tl_journey_loop (journey, error);
  if (loop == NULL)
    return FALSE;
  tl_journey_print_loop (journey, loop);

  return TRUE;
}

static int
hand_over (TlJourney *journey)
{
  g_autofree char *name = tl_setup_dup_file_name (journey->setup);
  g_autofree char *path = NULL;
  g_autofree char *fingerprint = NULL;
  g_autoptr(GError) error = NULL;
  GListModel *findings;

  tl_terminal_print ("%s", "");
  if (!tl_journey_check_sealing (journey, &error))
    return tl_cli_fail (error);
  path = save_somewhere (journey, name, &error);
  if (error != NULL)
    return tl_cli_fail (error) == TL_EXIT_INTERRUPTED ? TL_EXIT_INTERRUPTED : TL_EXIT_BUNDLE;
  if (path == NULL)
    return (int) tl_journey_stop (journey, "setup");

  findings = tl_setup_get_hand_over_findings (journey->setup);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      tl_terminal_print ("%s", "");
      tl_terminal_print_finding (finding, NULL);
    }
  fingerprint = tl_signing_dup_fingerprint (tl_setup_get_signing (journey->setup));
  tl_terminal_print ("%s", "");
  tl_terminal_print (_("Saved %s"), path);
  tl_terminal_print (_("Signed by %s"), fingerprint);
  if (!journey->practice)
    /* Translators: %s is a file */
    tl_terminal_print (_("For a platform: “twolanectl targets” lists what it can be turned into, "
                         "and “twolanectl render %s --target NAME” does it"),
                       path);
  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_journey_describe_export (journey, path, TRUE);

      tl_terminal_print_json (json);
    }

  return TL_EXIT_OK;
}

int
tl_verb_setup_run (int    argc,
                   char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autofree GOptionEntry *dialogue = tl_journey_dup_dialogue_entries (journey);
  g_autofree GOptionEntry *handing = tl_journey_dup_hand_over_entries (journey);
  g_autofree GOptionEntry *mailbox = tl_journey_dup_mailbox_entries (journey);
  g_autofree GOptionEntry *sending = tl_journey_dup_sending_entries (journey);
  g_autofree GOptionEntry *domain = tl_journey_dup_domain_entries (journey);
  g_autofree GOptionEntry *planned = tl_cli_join_entries (sending, domain);
  g_autofree GOptionEntry *readiness = tl_cli_join_entries (mailbox, planned);
  g_autofree GOptionEntry *basics = tl_cli_join_entries (handing, dialogue);
  g_autofree GOptionEntry *shared = tl_cli_join_entries (readiness, basics);
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &journey->json,
      N_("Ask on standard error, and end with one document of JSON on standard output"), NULL },
    { "practice", 0, 0, G_OPTION_ARG_NONE, &journey->practice,
      N_("Use the practice mailbox; nothing leaves this computer"), NULL },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlReport) report = NULL;
  g_autofree char *name = NULL;
  int status;

  if (!tl_cli_parse ("setup", entries, shared, &argc, &argv, 0, 1, &status))
    return status;
  journey->is_dialogue = TRUE;
  if (journey->json)
    tl_terminal_talk_aside ();
  if (!tl_terminal_can_ask ())
    {
      tl_terminal_complain ("%s", _("“setup” asks questions and needs a terminal; "
                                    "in a script use “export”"));
      return TL_EXIT_USAGE;
    }

  if (!tl_journey_check_sign_in (journey, &error) ||
      !tl_journey_check_readiness (journey, &error))
    return tl_cli_fail (error);

  if (journey->practice || argc > 1)
    {
      if (!tl_journey_set_address (journey, argc > 1 ? argv[1] : "", &error))
        return tl_cli_fail (error);
    }
  else if (!ask_address (journey))
    {
      return TL_EXIT_INTERRUPTED;
    }
  /* Once more: another address forgets what was said of the one before. */
  if (!tl_journey_check_readiness (journey, &error))
    return tl_cli_fail (error);
  if (!tl_journey_prepare_hand_over (journey, &error))
    return tl_cli_fail_on_file (error);

  name = tl_terminal_ask (_("Who do the messages come from? A name, or Enter for none:"), NULL);
  tl_setup_set_display_name (journey->setup, name);
  if (!find_and_settle_servers (journey, &error))
    return error != NULL ? tl_journey_fail (journey, "setup", error)
                         : (int) tl_journey_stop (journey, "setup");

  explain_sign_in (journey);
  if (test_until_green (journey, &error) && offer_loop (journey, &error) &&
      tl_journey_ask_readiness (journey, &error))
    return hand_over (journey);
  if (error != NULL)
    return tl_journey_fail (journey, "setup", error);

  report = tl_setup_dup_report (journey->setup);
  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_journey_report_to_json (journey, report);

      tl_terminal_print_json (json);
    }

  return (int) tl_exit_status_for_report (report);
}
