/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-journey.h"
#include "tl-journey-private.h"
#include "tl-sections-text.h"
#include "tl-terminal.h"

/* The names of those that are there because they were asked for, or are not although they were. */
static TlJson *
list_wishes (TlMailbox *mailbox,
             gboolean   is_new)
{
  GListModel *wishes = tl_mailbox_get_wishes (mailbox);
  TlMailboxReport *report = tl_mailbox_get_report (mailbox);
  TlJson *list = tl_json_new_array ();

  for (guint i = 0; i < g_list_model_get_n_items (wishes); i++)
    {
      g_autoptr(TlFolderWish) wish = g_list_model_get_item (wishes, i);
      g_autoptr(TlFinding) finding = NULL;

      g_object_get (wish, "finding", &finding, NULL);
      if (!is_new && finding != NULL)
        tl_json_append_take (list, tl_json_new_string (tl_folder_wish_get_name (wish)));
    }
  for (guint i = 0; is_new && i < tl_mailbox_report_get_parts (report)->folders->len; i++)
    {
      const TlMailboxFolder *folder = tl_mailbox_report_get_parts (report)->folders->pdata[i];

      if (folder->is_new)
        tl_json_append_take (list, tl_json_new_string (folder->name));
    }

  return list;
}

static TlJson *
describe (TlMailbox *mailbox)
{
  TlMailboxReport *report = tl_mailbox_get_report (mailbox);
  GListModel *findings = tl_mailbox_get_findings (mailbox);
  TlJson *json = tl_json_new_object ();
  TlJson *list = tl_json_new_array ();

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      tl_json_append_take (list, tl_finding_to_json (finding));
    }
  tl_json_set_take (json, "folders", tl_mailbox_report_to_json (report));
  tl_json_set_take (json, "created", list_wishes (mailbox, TRUE));
  tl_json_set_take (json, "failed", list_wishes (mailbox, FALSE));
  tl_json_set_take (json, "findings", list);

  return json;
}

static void
print_created (TlMailbox *mailbox)
{
  GPtrArray *folders = tl_mailbox_report_get_parts (tl_mailbox_get_report (mailbox))->folders;
  guint n_created = 0;

  for (guint i = 0; i < folders->len; i++)
    {
      const TlMailboxFolder *folder = folders->pdata[i];

      if (!folder->is_new)
        continue;
      /* Translators: %s is a folder of the mailbox */
      tl_terminal_print (_("Made the folder %s"), folder->name);
      n_created++;
    }
  if (n_created > 0)
    tl_terminal_print ("%s", "");
}

/* A lane that does not work says why; one that does and shows nothing has no folders to tell of. */
static int
fail_without_report (TlJourney *journey)
{
  g_autoptr(TlReport) report = tl_setup_dup_report (journey->setup);

  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_journey_report_to_json (journey, report);

      tl_terminal_print_json (json);
    }
  else
    {
      tl_journey_print_results (journey);
    }
  tl_terminal_complain ("%s", _("the folders cannot be seen: the incoming lane does not work"));

  return (int) tl_exit_status_for_report (report);
}

int
tl_verb_mailbox_run (int    argc,
                     char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autofree GOptionEntry *shared = tl_journey_dup_entries (journey);
  g_autofree GOptionEntry *readiness = tl_journey_dup_mailbox_entries (journey);
  g_autofree GOptionEntry *all = tl_cli_join_entries (readiness, shared);
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlReport) report = NULL;
  TlMailbox *mailbox = tl_setup_get_mailbox (journey->setup);
  const char *address;
  int status;

  if (!tl_cli_parse ("mailbox", entries, all, &argc, &argv, 0, 1, &status))
    return status;
  address = tl_journey_pick_address (journey, "mailbox", argc, argv);
  if (address == NULL)
    return TL_EXIT_USAGE;
  if (!tl_journey_set_address (journey, address, &error) ||
      !tl_journey_check_readiness (journey, &error) ||
      !tl_journey_find_servers (journey, &error))
    return tl_cli_fail (error);
  tl_journey_confirm_servers (journey);
  if (!tl_journey_get_secrets (journey, &error) || !tl_journey_test_incoming (journey, &error))
    return tl_journey_fail (journey, "mailbox", error);
  if (tl_mailbox_get_report (mailbox) == NULL)
    return fail_without_report (journey);
  if (!tl_journey_use_mailbox (journey, &error))
    return tl_journey_fail (journey, "mailbox", error);

  if (journey->json)
    {
      g_autoptr(TlJson) json = describe (mailbox);

      tl_terminal_print_json (json);
    }
  else
    {
      tl_terminal_print ("%s", "");
      print_created (mailbox);
      tl_sections_text_print_mailbox (mailbox);
    }

  report = tl_setup_dup_report (journey->setup);

  return (int) tl_exit_status_for_report (report);
}
