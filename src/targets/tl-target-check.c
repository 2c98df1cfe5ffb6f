/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-target-private.h"
#include "tl-target-remark-private.h"
#include "tl-target-render.h"

static void
add (GPtrArray  *remarks,
     TlSeverity  severity,
     TlLaneKind  lane,
     const char *code,
     const char *text)
{
  g_ptr_array_add (remarks, tl_target_remark_new (severity, lane, code, text));
}

/* What no target takes. Without both lanes there is nothing more to ask. */
static gboolean
check_report (const TlTargetMailbox *mailbox,
              GPtrArray             *remarks)
{
  TlPlan *plan = tl_report_get_plan (mailbox->report);
  gboolean has_both = TRUE;

  if (tl_plan_get_purpose (plan) == TL_PURPOSE_PRACTICE)
    add (remarks, TL_SEVERITY_ERROR, TL_LANE_NONE, "practice",
         _("This was made with the practice mailbox and describes no real one."));
  for (guint i = 0; i < TL_N_LANES; i++)
    {
      if (tl_plan_get_lane (plan, tl_lanes[i])->settings != NULL)
        continue;
      add (remarks, TL_SEVERITY_ERROR, tl_lanes[i], "lane-missing",
           tl_lanes[i] == TL_LANE_INCOMING ? _("No server is known for the incoming lane.")
                                           : _("No server is known for the outgoing lane."));
      has_both = FALSE;
    }
  if (!mailbox->is_verified ||
      tl_report_get_readiness (mailbox->report, mailbox->now_s) == TL_READINESS_DRAFT)
    add (remarks, TL_SEVERITY_ERROR, TL_LANE_NONE, "draft",
         _("This is a draft: both lanes have to work, with exactly these settings, and the file "
           "has to be checked."));

  return has_both;
}

static void
check_required (TlTarget             *self,
                const TlTargetValues *values,
                GPtrArray            *remarks)
{
  for (guint i = 0; i < self->required->len; i++)
    {
      TlTargetName name = g_array_index (self->required, TlTargetName, i);
      g_autofree char *text = NULL;

      if (tl_target_values_has (values, name))
        continue;
      /* Translators: %1$s is a product, %2$s what the mailbox lacks: “last name” */
      text = g_strdup_printf (_("%1$s asks for something that this mailbox does not have: %2$s."),
                              self->product, tl_target_name_get_label (name));
      add (remarks, TL_SEVERITY_ERROR, tl_target_name_get_lane (name), "required", text);
    }
}

static void
check_rules (TlTarget             *self,
             const TlTargetValues *values,
             GPtrArray            *remarks)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const TlTargetRule *rule = g_ptr_array_index (self->rules, i);
      g_autofree char *text = NULL;

      if (!tl_target_condition_test (rule->when, values))
        continue;
      text = tl_target_template_fill (rule->text, values);
      add (remarks, rule->severity, rule->lane, rule->name, text);
    }
}

static void
add_cannot_escape (TlTarget     *self,
                   TlTargetName  name,
                   GPtrArray    *remarks)
{
  TlLaneKind lane = tl_target_name_get_lane (name);
  g_autofree char *text = NULL;

  if (tl_target_name_get_type (name) == TL_TARGET_TYPE_SECRET)
    text = g_strdup (lane == TL_LANE_INCOMING
      ? _("The incoming lane’s password has a character that this file cannot hold.")
      : _("The outgoing lane’s password has a character that this file cannot hold."));
  else
    /* Translators: %s is the name of a value in our documentation: “incoming.user” */
    text = g_strdup_printf (_("A value has a character that this file cannot hold: %s."),
                            tl_target_name_get_word (name));
  add (remarks, TL_SEVERITY_ERROR, lane, "cannot-escape", text);
}

static void
add_unwritten (TlTarget          *self,
               const TlTargetRun *run,
               GPtrArray         *remarks)
{
  g_autofree char *text = NULL;

  if (!run->is_too_long)
    {
      add_cannot_escape (self, run->failed, remarks);
      return;
    }

  /* Translators: %s is a product */
  text = g_strdup_printf (_("A user name, password or address is longer than %s reads on a line of "
                            "its file."), self->product);
  add (remarks, TL_SEVERITY_ERROR, tl_target_name_get_lane (run->failed), "line-too-long", text);
}

static void
check_formulas (TlTarget             *self,
                const TlTargetValues *values,
                GPtrArray            *remarks)
{
  TlTargetName name;

  if (tl_target_csv_find_formula (self, values, TRUE, &name))
    add (remarks, TL_SEVERITY_WARNING, tl_target_name_get_lane (name), "spreadsheet",
         _("A password begins with a character that a spreadsheet takes for a formula. Import the "
           "file as it is: a spreadsheet that opens and saves it may change the password."));
  if (tl_target_csv_find_formula (self, values, FALSE, &name))
    add (remarks, TL_SEVERITY_WARNING, tl_target_name_get_lane (name), "spreadsheet",
         _("A value begins with a character that a spreadsheet takes for a formula, so an "
           "apostrophe was put in front of it. Look at it once it is imported."));
}

/* Writes it for nobody: what a file cannot hold shows then. */
static void
check_writing (TlTarget       *self,
               TlTargetValues *values,
               GPtrArray      *remarks)
{
  TlTargetValues * const mailboxes[] = { values };
  TlTargetRun run = { .mailboxes = mailboxes, .n_mailboxes = 1 };
  g_autoptr(GString) out = g_string_new (NULL);

  if (self->kind != TL_TARGET_FILE)
    return;

  if (!tl_target_write (self, &run, out))
    add_unwritten (self, &run, remarks);
  if (self->medium == TL_TARGET_CSV)
    check_formulas (self, values, remarks);
}

/* The worst first; otherwise in the order in which they were found. */
static GPtrArray *
sort_remarks (GPtrArray *found)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (int severity = TL_SEVERITY_ERROR; severity >= TL_SEVERITY_NOTE; severity--)
    {
      for (guint i = 0; i < found->len; i++)
        {
          TlTargetRemark *remark = g_ptr_array_index (found, i);

          if ((int) tl_target_remark_get_severity (remark) == severity)
            g_ptr_array_add (sorted, g_object_ref (remark));
        }
    }

  return sorted;
}

/**
 * tl_target_check:
 * @self: a target
 * @mailbox: a mailbox
 *
 * Says what the target cannot express of the mailbox, or expresses in another way. With an error
 * among it nothing is rendered. Pure; any thread.
 *
 * Returns: (transfer full) (element-type TlTargetRemark): the remarks, the worst first
 */
GPtrArray *
tl_target_check (TlTarget              *self,
                 const TlTargetMailbox *mailbox)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlTargetValues) values = tl_target_values_new (mailbox);

  if (check_report (mailbox, found))
    {
      check_required (self, values, found);
      check_rules (self, values, found);
      check_writing (self, values, found);
    }

  return sort_remarks (found);
}

/**
 * tl_target_refuse:
 * @self: a target
 * @mailbox: a mailbox
 *
 * Returns: (transfer full) (nullable): the first error of tl_target_check() as a finding,
 *   `export.target-cannot-express`; %NULL when there is none
 */
TlFinding *
tl_target_refuse (TlTarget              *self,
                  const TlTargetMailbox *mailbox)
{
  g_autoptr(GPtrArray) remarks = tl_target_check (self, mailbox);
  TlTargetRemark *first = remarks->len > 0 ? g_ptr_array_index (remarks, 0) : NULL;
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  if (first == NULL || tl_target_remark_get_severity (first) < TL_SEVERITY_ERROR)
    return NULL;

  g_variant_dict_insert (&evidence, TL_EVIDENCE_TARGET, "s", self->name);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", tl_target_remark_get_text (first));

  return tl_finding_new ("export.target-cannot-express", tl_target_remark_get_lane (first),
                         g_variant_dict_end (&evidence));
}
