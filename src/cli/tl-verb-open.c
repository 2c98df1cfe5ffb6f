/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-error.h"
#include "tl-inspection.h"
#include "tl-rendering.h"
#include "tl-terminal.h"

/* The form in which an importer gets what is in a bundle. */
#define TARGET "settings-json"

/* The reference importer: what is not accepted is not opened, whoever signed it. */
static gboolean
is_accepted (TlReview   *review,
             const char *path)
{
  if (tl_review_is_accepted (review))
    return TRUE;

  /* Translators: %s is a file */
  tl_terminal_complain (_("%s is not opened:"), path);
  tl_terminal_talk_aside ();
  tl_terminal_print_finding (tl_review_get_finding (review), NULL);

  return FALSE;
}

static TlJson *
describe (const TlTargetMailbox *mailbox,
          const char            *output)
{
  TlJson *json = tl_json_new_object ();
  TlPlan *plan = tl_report_get_plan (mailbox->report);

  tl_json_set_string (json, "address", tl_address_get_addr_spec (tl_plan_get_address (plan)));
  tl_json_set_bool (json, "incoming_password", mailbox->incoming != NULL);
  tl_json_set_bool (json, "outgoing_password", mailbox->outgoing != NULL);
  tl_json_set_string (json, "path", output);

  return json;
}

static void
print_for_people (const TlTargetMailbox *mailbox,
                  const char            *output)
{
  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      gboolean has = (lane == TL_LANE_INCOMING ? mailbox->incoming : mailbox->outgoing) != NULL;

      /* Translators: a lane, then whether its password is in a bundle */
      tl_terminal_print (_("%s: %s"), tl_lane_kind_get_label (lane),
                         has ? _("its password is in the bundle, and opens")
                             : _("no password in the bundle"));
    }
  if (output == NULL)
    {
      tl_terminal_print ("%s", _("With --output settings and passwords are saved."));
      return;
    }

  /* Translators: %s is a file */
  tl_terminal_print (_("Saved %s"), output);
  tl_terminal_print ("%s", _("There are passwords in it that anybody who gets the file can read: "
                             "import it, then delete it."));
}

static int
save_and_tell (const TlTargetMailbox *mailbox,
               const char            *output,
               gboolean               as_json)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) paths = NULL;
  TlTarget *target = tl_targets_find (TARGET);

  if (output != NULL)
    {
      if (!tl_rendering_check (target, mailbox, 1))
        return TL_EXIT_BUNDLE;
      paths = tl_rendering_save (target, mailbox, 1, output, &error);
      if (paths == NULL)
        return tl_cli_fail_on_file (error);
    }

  if (as_json)
    {
      g_autoptr(TlJson) json = describe (mailbox, paths == NULL ? NULL : paths[0]);

      tl_terminal_print_json (json);
    }
  else
    {
      print_for_people (mailbox, paths == NULL ? NULL : paths[0]);
    }

  return TL_EXIT_OK;
}

int
tl_verb_open_run (int    argc,
                  char **argv)
{
  g_autoptr(TlInspection) inspection = tl_inspection_new ();
  g_autofree GOptionEntry *shared = tl_inspection_dup_key_entries (inspection);
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_("Save settings and passwords here, in JSON, readable by you alone"), N_("FILE") },
    { NULL }
  };
  g_autoptr(TlReview) review = NULL;
  g_autoptr(TlSecret) incoming = NULL;
  g_autoptr(TlSecret) outgoing = NULL;
  g_autoptr(GError) error = NULL;
  TlTargetMailbox mailbox = { .now_s = g_get_real_time () / G_USEC_PER_SEC };
  int status;

  if (!tl_cli_parse ("open", entries, shared, &argc, &argv, 1, 1, &status))
    return status;
  if (inspection->key_path == NULL)
    {
      tl_terminal_complain ("%s", _("--key is missing: the private key that the passwords were "
                                    "encrypted for"));
      return TL_EXIT_USAGE;
    }
  if ((output != NULL && !tl_cli_check_folder (output, &error)) ||
      !tl_inspection_prepare (inspection, &error) ||
      (review = tl_inspection_look (inspection, argv[1], &error)) == NULL)
    return tl_cli_fail_on_file (error);
  if (!is_accepted (review, argv[1]))
    return tl_inspection_get_status (review);
  if (!tl_inspection_open (inspection, review, &incoming, &outgoing, &status))
    return status;

  mailbox.report = tl_bundle_get_report (tl_review_get_bundle (review));
  mailbox.is_verified = TRUE;
  mailbox.incoming = incoming;
  mailbox.outgoing = outgoing;

  return save_and_tell (&mailbox, output, inspection->json);
}
