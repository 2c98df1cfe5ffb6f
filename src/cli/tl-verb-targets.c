/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-nick.h"
#include "tl-target.h"
#include "tl-terminal.h"
#include "tl-text.h"

/* One that is meant exactly, else all that have @name in an id or a name. */
static GPtrArray *
find_targets (const char *name)
{
  GPtrArray *all = tl_targets_get_all ();
  GPtrArray *found = g_ptr_array_new ();
  g_autofree char *folded = g_utf8_casefold (name, -1);
  TlTarget *exact = tl_targets_find (folded);

  if (exact != NULL)
    {
      g_ptr_array_add (found, exact);
      return found;
    }

  for (guint i = 0; i < all->len; i++)
    {
      TlTarget *target = g_ptr_array_index (all, i);

      if (tl_cli_contains (tl_target_get_id (target), folded) ||
          tl_cli_contains (tl_target_get_name (target), folded))
        g_ptr_array_add (found, target);
    }

  return found;
}

static TlJson *
describe (GPtrArray *targets)
{
  TlJson *json = tl_json_new_object ();
  TlJson *list = tl_json_new_array ();

  for (guint i = 0; i < targets->len; i++)
    {
      TlTarget *target = g_ptr_array_index (targets, i);
      TlJson *row = tl_json_new_object ();

      tl_json_set_string (row, "id", tl_target_get_id (target));
      tl_json_set_string (row, "name", tl_target_get_name (target));
      tl_json_set_string (row, "product", tl_target_get_product (target));
      tl_json_set_string (row, "kind", tl_nick_get (TL_TYPE_TARGET_KIND,
                                                    (int) tl_target_get_kind (target)));
      tl_json_set_string (row, "confidence", tl_target_is_confirmed (target) ? "confirmed"
                                                                             : "unconfirmed");
      tl_json_set_string (row, "checked_on", tl_target_get_checked_on (target));
      tl_json_set_bool (row, "takes_passwords", tl_target_takes_passwords (target));
      tl_json_append_take (list, row);
    }
  tl_json_set_take (json, "targets", list);

  return json;
}

static const char *
describe_confidence (TlTarget *target)
{
  if (!tl_target_is_confirmed (target))
    return _(" (names not confirmed)");

  return *tl_target_get_unconfirmed (target) != NULL ? _(" (some names not confirmed)") : "";
}

static void
list_kind (GPtrArray    *targets,
           TlTargetKind  kind,
           const char   *heading)
{
  gsize width = 0;
  gboolean begun = FALSE;

  for (guint i = 0; i < targets->len; i++)
    width = MAX (width, strlen (tl_target_get_id (g_ptr_array_index (targets, i))));

  for (guint i = 0; i < targets->len; i++)
    {
      TlTarget *target = g_ptr_array_index (targets, i);

      if (tl_target_get_kind (target) != kind)
        continue;
      if (!begun)
        tl_terminal_print ("%s", heading);
      begun = TRUE;
      tl_terminal_print ("  %-*s  %s%s", (int) width, tl_target_get_id (target),
                         tl_target_get_name (target), describe_confidence (target));
    }
}

static void
show_target (TlTarget *target)
{
  guint n_unconfirmed = g_strv_length ((char **) tl_target_get_unconfirmed (target));

  tl_terminal_print ("%s  [%s]", tl_target_get_name (target), tl_target_get_id (target));
  tl_terminal_print ("  %s", tl_target_get_summary (target));
  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    /* Translators: a lane, then what a product does with it */
    tl_terminal_print (_("  %s: %s"), tl_lane_kind_get_label (lane),
                       tl_target_get_use (target, lane));
  if (tl_target_get_max_rows (target) > 0)
    tl_terminal_print (ngettext ("  At most %u mailbox a file",
                                 "  At most %u mailboxes a file", tl_target_get_max_rows (target)),
                       tl_target_get_max_rows (target));
  tl_terminal_print ("  %s", tl_target_takes_passwords (target)
                               ? _("Has a place for passwords; it stays blank unless they are "
                                   "asked for")
                               : _("Has no place for passwords"));
  /* Translators: %s is a day, such as 2026-01-31 */
  tl_terminal_print (!tl_target_is_confirmed (target)
                       ? _("  Names not confirmed; last compared on %s")
                       : n_unconfirmed > 0
                       ? _("  Names confirmed but for some; last compared on %s")
                       : _("  Names confirmed at the source; last compared on %s"),
                     tl_target_get_checked_on (target));
  if (tl_target_get_link (target) != NULL)
    tl_terminal_print ("  %s", tl_target_get_link (target));
}

static void
print_for_people (GPtrArray  *targets,
                  const char *name)
{
  if (name != NULL && targets->len == 1)
    {
      show_target (g_ptr_array_index (targets, 0));
      return;
    }

  list_kind (targets, TL_TARGET_FILE, _("Files to import:"));
  list_kind (targets, TL_TARGET_SHEET, _("Sheets to fill a form in by:"));
  tl_terminal_print ("\n%s", _("“twolanectl targets NAME” says more; "
                               "“twolanectl render FILE --target NAME” makes one."));
}

int
tl_verb_targets_run (int    argc,
                     char **argv)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Answer in JSON, for programs"), NULL },
    { NULL }
  };
  g_autoptr(GPtrArray) found = NULL;
  g_autofree char *name = NULL;
  int status;

  if (!tl_cli_parse ("targets", entries, NULL, &argc, &argv, 0, 1, &status))
    return status;

  /* Not every paste is UTF-8, and it may be printed again. */
  name = argc > 1 ? tl_text_clean (argv[1], -1) : NULL;
  found = name != NULL ? find_targets (name) : g_ptr_array_ref (tl_targets_get_all ());
  if (found->len == 0)
    {
      /* Translators: %s is what was typed */
      tl_terminal_complain (_("nothing is made for “%s”; “twolanectl targets” lists all, and "
                              "“custom” is a sheet for any form"), name);
      return TL_EXIT_USAGE;
    }

  if (as_json)
    {
      g_autoptr(TlJson) json = describe (found);

      tl_terminal_print_json (json);
    }
  else
    {
      print_for_people (found, name);
    }

  return TL_EXIT_OK;
}
