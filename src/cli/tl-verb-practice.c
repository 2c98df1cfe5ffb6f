/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-practice-file.h"
#include "tl-terminal.h"

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_CONTINUE;
}

/* The file of one that was killed stays behind; nothing answers at its port. */
static gboolean
is_open_already (void)
{
  g_autoptr(TlPracticeFile) file = tl_practice_file_read (NULL);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;

  if (file == NULL)
    return FALSE;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1",
                                                tl_practice_file_get_incoming_port (file), NULL,
                                                NULL);

  return connection != NULL;
}

static gboolean
find_scenario (const char         *nick,
               TlPracticeScenario *out_scenario)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_PRACTICE_SCENARIO);
  GEnumValue *value = nick == NULL ? g_enum_get_value (klass, TL_PRACTICE_ALL_WELL)
                                   : g_enum_get_value_by_nick (klass, nick);

  if (value != NULL)
    {
      *out_scenario = (TlPracticeScenario) value->value;
      return TRUE;
    }

  tl_terminal_complain (_("there is no scenario “%s”; there are:"), nick);
  for (guint i = 0; i < klass->n_values; i++)
    {
      TlPracticeScenario scenario = (TlPracticeScenario) klass->values[i].value;

      tl_terminal_complain ("  %s – %s", klass->values[i].value_nick,
                            tl_practice_scenario_get_label (scenario));
    }

  return FALSE;
}

static void
say_what_to_type (TlPractice         *practice,
                  TlPracticeScenario  scenario)
{
  tl_terminal_print (_("The practice mailbox is open: %s"),
                     tl_practice_scenario_get_label (scenario));
  tl_terminal_print ("  %s", tl_practice_scenario_get_explanation (scenario));
  tl_terminal_print ("%s", "");
  tl_terminal_print (_("  Address   %s"), TL_PRACTICE_ADDRESS);
  tl_terminal_print (_("  Password  %s"), TL_PRACTICE_PASSWORD);
  tl_terminal_print (_("  Incoming  imaps://%s:%u"), TL_PRACTICE_INCOMING_HOST,
                     tl_practice_get_incoming_port (practice));
  tl_terminal_print (_("  Outgoing  smtp://%s:%u"), TL_PRACTICE_OUTGOING_HOST,
                     tl_practice_get_outgoing_port (practice));
  tl_terminal_print ("%s", "");
  tl_terminal_print ("%s", _("In another terminal, try:"));
  tl_terminal_print ("  twolanectl test --practice %s", TL_PRACTICE_ADDRESS);
  tl_terminal_print ("%s", _("Ctrl+C closes it."));
}

static void
say_in_json (TlPractice         *practice,
             TlPracticeScenario  scenario)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_PRACTICE_SCENARIO);
  g_autoptr(TlJson) json = tl_json_new_object ();

  tl_json_set_string (json, "address", TL_PRACTICE_ADDRESS);
  tl_json_set_string (json, "scenario", g_enum_get_value (klass, (int) scenario)->value_nick);
  tl_json_set_int (json, "incoming_port", tl_practice_get_incoming_port (practice));
  tl_json_set_int (json, "outgoing_port", tl_practice_get_outgoing_port (practice));
  tl_terminal_print_json (json);
}

int
tl_verb_practice_run (int    argc,
                      char **argv)
{
  gboolean as_json = FALSE;
  g_autofree char *nick = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Answer in JSON, for programs"), NULL },
    { "scenario", 0, 0, G_OPTION_ARG_STRING, &nick,
      N_("What shall happen: all-well, wrong-password, app-password, port-blocked, "
         "wrong-certificate"),
      N_("NAME") },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPractice) practice = NULL;
  g_autoptr(GMainLoop) loop = NULL;
  TlPracticeScenario scenario;
  int status;

  if (!tl_cli_parse ("practice", entries, NULL, &argc, &argv, 0, 0, &status))
    return status;
  if (!find_scenario (nick, &scenario))
    return TL_EXIT_USAGE;

  if (is_open_already ())
    {
      tl_terminal_complain ("%s", _("a practice mailbox is open already; close that one first"));
      return TL_EXIT_USAGE;
    }

  practice = tl_practice_start (scenario, &error);
  if (practice == NULL || !tl_practice_file_write (practice, &error))
    return tl_cli_fail (error);

  if (as_json)
    say_in_json (practice, scenario);
  else
    say_what_to_type (practice, scenario);

  loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGHUP, on_signal, loop);
  g_main_loop_run (loop);

  tl_practice_file_remove (practice);
  tl_practice_stop (practice);

  return TL_EXIT_OK;
}
