/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-difference.h"
#include "tl-inspection.h"
#include "tl-nick.h"
#include "tl-terminal.h"

/* Settings that differ are what somebody has to look at. */
static gboolean
has_settings (GPtrArray *differences)
{
  return differences->len > 0 &&
         tl_difference_get_kind (g_ptr_array_index (differences, 0)) == TL_DIFFERENCE_SETTINGS;
}

static TlJson *
describe (GPtrArray *differences)
{
  TlJson *json = tl_json_new_object ();
  TlJson *list = tl_json_new_array ();

  for (guint i = 0; i < differences->len; i++)
    {
      TlDifference *difference = g_ptr_array_index (differences, i);
      TlJson *row = tl_json_new_object ();

      tl_json_set_string (row, "member", tl_difference_get_member (difference));
      tl_json_set_string (row, "kind", tl_nick_get (TL_TYPE_DIFFERENCE_KIND,
                                                    (int) tl_difference_get_kind (difference)));
      tl_json_set_string (row, "before", tl_difference_get_before (difference));
      tl_json_set_string (row, "after", tl_difference_get_after (difference));
      tl_json_append_take (list, row);
    }
  tl_json_set_bool (json, "same_settings", !has_settings (differences));
  tl_json_set_take (json, "differences", list);

  return json;
}

static void
print_difference (TlDifference *difference)
{
  const char *before = tl_difference_get_before (difference);
  const char *after = tl_difference_get_after (difference);
  TlLaneKind lane = tl_difference_get_lane (difference);

  if (lane == TL_LANE_NONE)
    tl_terminal_print ("  %s", tl_difference_get_label (difference));
  else
    /* Translators: a lane, then what of it is another */
    tl_terminal_print (_("  %s, %s"), tl_lane_kind_get_label (lane),
                       tl_difference_get_label (difference));
  tl_terminal_print ("    − %s", before != NULL ? before : _("(none)"));
  tl_terminal_print ("    + %s", after != NULL ? after : _("(none)"));
}

static void
print_for_people (GPtrArray *differences)
{
  static const char * const headings[] = {
    [TL_DIFFERENCE_SETTINGS] = N_("The settings are not the same:"),
    [TL_DIFFERENCE_EVIDENCE] = N_("What was seen at the test:"),
    [TL_DIFFERENCE_BUNDLE]   = N_("The bundles:"),
  };
  int shown = -1;

  if (!has_settings (differences))
    tl_terminal_print ("%s", _("The settings are the same."));
  for (guint i = 0; i < differences->len; i++)
    {
      TlDifference *difference = g_ptr_array_index (differences, i);
      TlDifferenceKind kind = tl_difference_get_kind (difference);

      if ((int) kind != shown)
        tl_terminal_print ("%s", _(headings[kind]));
      shown = (int) kind;
      print_difference (difference);
    }
}

/* Says why a file can not be compared; standard output is for differences. */
static gboolean
can_compare (TlReview   *review,
             const char *path)
{
  if (tl_review_get_bundle (review) != NULL)
    return TRUE;

  /* Translators: %s is a file */
  tl_terminal_complain (_("%s cannot be compared:"), path);
  tl_terminal_talk_aside ();
  tl_terminal_print_finding (tl_review_get_finding (review), NULL);

  return FALSE;
}

/* That nobody vouches for one of them is said, and compared all the same: whoever looks at
 * differences has not yet trusted either. */
static void
warn_about (TlReview   *review,
            const char *path)
{
  TlFinding *finding = tl_review_get_finding (review);
  g_autofree char *title = finding == NULL ? NULL : tl_finding_dup_title (finding);

  if (title != NULL)
    tl_terminal_complain ("%s: %s  [%s]", path, title, tl_finding_get_id (finding));
}

int
tl_verb_diff_run (int    argc,
                  char **argv)
{
  g_autoptr(TlInspection) inspection = tl_inspection_new ();
  g_autofree GOptionEntry *entries = tl_inspection_dup_entries (inspection);
  g_autoptr(TlReview) before = NULL;
  g_autoptr(TlReview) after = NULL;
  g_autoptr(GPtrArray) differences = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  if (!tl_cli_parse ("diff", entries, NULL, &argc, &argv, 2, 2, &status))
    return status;
  /* Older against newer is what this is for. */
  inspection->is_glance = TRUE;
  if (!tl_inspection_prepare (inspection, &error) ||
      (before = tl_inspection_look (inspection, argv[1], &error)) == NULL ||
      (after = tl_inspection_look (inspection, argv[2], &error)) == NULL)
    return tl_cli_fail_on_file (error);
  if (!can_compare (before, argv[1]) || !can_compare (after, argv[2]))
    return TL_EXIT_BUNDLE;

  warn_about (before, argv[1]);
  warn_about (after, argv[2]);
  differences = tl_bundle_diff (tl_review_get_bundle (before), tl_review_get_bundle (after));
  if (inspection->json)
    {
      g_autoptr(TlJson) json = describe (differences);

      tl_terminal_print_json (json);
    }
  else
    {
      print_for_people (differences);
    }

  return has_settings (differences) ? TL_EXIT_WARNINGS : TL_EXIT_OK;
}
