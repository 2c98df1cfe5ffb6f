/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bundle says, for people and for programs. */
#include "tl-inspection.h"

#include <glib/gi18n-lib.h>

#include "tl-fingerprint.h"
#include "tl-nick.h"
#include "tl-sections-text.h"
#include "tl-stage-row.h"
#include "tl-terminal.h"

static char *
describe_moment (gint64 moment_s)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc (moment_s);

  return g_date_time_format_iso8601 (moment);
}

static GListModel *
dup_list (TlReview   *review,
          const char *property)
{
  GListModel *list = NULL;

  g_object_get (review, property, &list, NULL);

  return list;
}

static TlJson *
describe_policy (TlReview *review)
{
  g_autoptr(GListModel) results = dup_list (review, "policy");
  TlJson *json = tl_json_new_array ();

  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr(TlPolicyResult) result = g_list_model_get_item (results, i);
      TlJson *row = tl_json_new_object ();

      tl_json_set_string (row, "rule", tl_policy_result_get_rule (result));
      tl_json_set_string (row, "policy", tl_policy_result_get_policy_name (result));
      tl_json_set_string (row, "origin",
                          tl_policy_origin_get_nick (tl_policy_result_get_origin (result)));
      tl_json_set_string (row, "verdict",
                          tl_nick_get (TL_TYPE_VERDICT,
                                       (int) tl_policy_result_get_verdict (result)));
      tl_json_append_take (json, row);
    }

  return json;
}

/* What this computer could not keep or know of bundles before, which is no word about this one. */
static GPtrArray *
list_store_findings (TlReview *review)
{
  g_autoptr(GListModel) findings = dup_list (review, "findings");
  GPtrArray *of_store = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      if (tl_finding_get_stage (finding) == TL_STAGE_STORE)
        g_ptr_array_add (of_store, g_steal_pointer (&finding));
    }

  return of_store;
}

/**
 * tl_inspection_describe:
 * @review: a bundle that was looked at
 *
 * Returns: (transfer full): what `verify --json` prints, by data/schema/verify.schema.json
 */
TlJson *
tl_inspection_describe (TlReview *review)
{
  TlFinding *finding = tl_review_get_finding (review);
  TlBundle *bundle = tl_review_get_bundle (review);
  TlJson *json = tl_json_new_object ();

  tl_json_set_take (json, "finding", finding == NULL ? tl_json_new_string (NULL)
                                                     : tl_finding_to_json (finding));
  tl_json_set_bool (json, "accepted", tl_review_is_accepted (review));
  tl_json_set_bool (json, "vouched_for", bundle != NULL && tl_bundle_is_vouched_for (bundle));
  if (bundle != NULL)
    {
      TlReport *report = tl_bundle_get_report (bundle);
      TlAddress *address = tl_plan_get_address (tl_report_get_plan (report));
      g_autofree char *made = describe_moment (tl_bundle_get_made_s (bundle));
      g_autofree char *expires = describe_moment (tl_bundle_get_expires_s (bundle));
      g_autoptr(GPtrArray) notes = list_store_findings (review);

      tl_json_set_bool (json, "own", tl_review_is_own (review));
      tl_json_set_string (json, "address", tl_address_get_addr_spec (address));
      tl_json_set_string (json, "signer", tl_bundle_get_fingerprint (bundle));
      tl_json_set_string (json, "signer_name", tl_bundle_get_signer_name (bundle));
      tl_json_set_string (json, "made", made);
      tl_json_set_string (json, "expires", expires);
      tl_json_set_int (json, "serial", (gint64) tl_bundle_get_serial (bundle));
      tl_json_set_bool (json, "draft", tl_bundle_is_draft (bundle));
      tl_json_set_string (json, "recipient", tl_bundle_get_recipient (bundle));
      tl_json_set_take (json, "policy", describe_policy (review));
      tl_json_set_take (json, "notes", tl_findings_to_json (notes));
    }

  return json;
}

static void
print_details (TlReview   *review,
               const char *property)
{
  g_autoptr(GListModel) details = dup_list (review, property);

  for (guint i = 0; i < g_list_model_get_n_items (details); i++)
    {
      g_autoptr(TlDetail) detail = g_list_model_get_item (details, i);

      tl_terminal_print_detail (detail);
    }
}

/* In one sentence what the file is worth, before anything it says. */
static void
print_worth (TlReview *review)
{
  if (tl_review_is_accepted (review))
    tl_terminal_print ("%s", _("Accepted: unchanged, and signed by someone you trust."));
  else if (tl_inspection_may_use (review))
    tl_terminal_print ("%s", _("Unchanged, and signed with your own key."));
  else if (tl_bundle_is_vouched_for (tl_review_get_bundle (review)))
    tl_terminal_print ("%s", _("Not accepted. What it says, unchanged since someone you trust "
                               "signed it:"));
  else
    tl_terminal_print ("%s", _("Not accepted. What it says, and nobody you trust vouches for it:"));
}

/* All of them: whoever mends one wants to know the rest. */
static void
print_broken_rules (TlReview *review)
{
  g_autoptr(GListModel) results = dup_list (review, "policy");
  g_autoptr(GPtrArray) broken = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr(TlPolicyResult) result = g_list_model_get_item (results, i);

      if (tl_policy_result_get_verdict (result) == TL_VERDICT_ERROR)
        g_ptr_array_add (broken, g_steal_pointer (&result));
    }
  if (broken->len < 2)
    return;

  /* Translators: of a policy; %u is at least 2 */
  tl_terminal_print (ngettext ("It breaks %u rule:", "It breaks %u rules:", broken->len),
                     broken->len);
  for (guint i = 0; i < broken->len; i++)
    {
      TlPolicyResult *result = g_ptr_array_index (broken, i);

      /* Translators: a rule, then what it asks for */
      tl_terminal_print (_("  %s: %s"), tl_policy_result_get_label (result),
                         tl_policy_result_get_wanted (result));
    }
}

static void
print_first_finding (TlReview *review)
{
  TlFinding *finding = tl_review_get_finding (review);

  if (finding != NULL)
    tl_terminal_print_finding (finding, NULL);
}

static void
print_store_findings (TlReview *review)
{
  g_autoptr(GPtrArray) notes = list_store_findings (review);

  for (guint i = 0; i < notes->len; i++)
    tl_terminal_print_finding (g_ptr_array_index (notes, i), NULL);
}

/**
 * tl_inspection_print_summary:
 * @review: a bundle that was looked at
 *
 * Says what the file is worth, whose it is, how fresh, and the settings in it. Of a file that did
 * not pass, why, and nothing else.
 */
void
tl_inspection_print_summary (TlReview *review)
{
  print_first_finding (review);
  if (tl_review_get_bundle (review) == NULL)
    return;

  print_broken_rules (review);
  print_store_findings (review);
  print_worth (review);
  print_details (review, "facts");
  print_details (review, "settings");
}

static void
print_stages (TlReview   *review,
              TlLaneKind  lane)
{
  g_autoptr(GListModel) rows = dup_list (review, lane == TL_LANE_INCOMING ? "incoming"
                                                                          : "outgoing");

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(TlStageRow) row = g_list_model_get_item (rows, i);
      g_autoptr(TlStep) step = tl_step_new (tl_stage_row_get_stage (row),
                                            tl_stage_row_get_status (row), 0,
                                            tl_stage_row_get_ms (row));

      tl_terminal_print_step (lane, step);
    }
}

static void
print_policy (TlReview *review)
{
  g_autoptr(GListModel) results = dup_list (review, "policy");

  if (g_list_model_get_n_items (results) == 0)
    return;

  tl_terminal_print ("\n%s", _("Policy"));
  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr(TlPolicyResult) result = g_list_model_get_item (results, i);

      /* Translators: a rule, what it allows, how the set-up stands to it */
      tl_terminal_print (_("  %s (%s): %s"), tl_policy_result_get_label (result),
                         tl_policy_result_get_wanted (result),
                         tl_policy_result_get_verdict_label (result));
    }
}

static void
print_findings (TlReview *review)
{
  g_autoptr(GListModel) findings = dup_list (review, "findings");

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      /* What is wrong with the domain stands there, with the record that mends it. */
      if (tl_finding_get_stage (finding) == TL_STAGE_STORE ||
          tl_finding_get_stage (finding) == TL_STAGE_DOMAIN)
        continue;
      tl_terminal_print ("%s", "");
      tl_terminal_print_finding (finding, NULL);
    }
}

static void
print_section (TlReview   *review,
               const char *property,
               const char *heading)
{
  g_autoptr(GListModel) details = dup_list (review, property);

  if (g_list_model_get_n_items (details) == 0)
    return;

  tl_terminal_print ("\n%s", heading);
  print_details (review, property);
}

static void
print_domain (TlReview *review)
{
  TlDomainReport *report = tl_report_get_domain (tl_bundle_get_report (
    tl_review_get_bundle (review)));
  g_autoptr(TlDomainHealth) health = NULL;

  if (report == NULL)
    return;

  health = tl_domain_health_new ();
  tl_domain_health_show (health, report);
  tl_terminal_print ("%s", "");
  tl_sections_text_print_domain (health, FALSE);
}

/**
 * tl_inspection_print_all:
 * @review: a bundle that was looked at
 *
 * Says all that is in it: settings, evidence stage by stage, the mailbox, the sending plan, the
 * domain, findings, policy. Of a file that did not pass, why, and nothing else.
 */
void
tl_inspection_print_all (TlReview *review)
{
  tl_inspection_print_summary (review);
  if (tl_review_get_bundle (review) == NULL)
    return;

  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      tl_terminal_print ("%s", "");
      print_stages (review, lane);
      print_details (review, lane == TL_LANE_INCOMING ? "incoming-evidence"
                                                      : "outgoing-evidence");
    }
  print_section (review, "folders", _("Mailbox"));
  print_section (review, "sending", _("Sending plan"));
  print_domain (review);
  print_policy (review);
  print_findings (review);
}
