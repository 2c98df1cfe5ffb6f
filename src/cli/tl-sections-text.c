/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal tells of a mailbox, a sending plan and a domain. */
#include "tl-sections-text.h"

#include <glib/gi18n-lib.h>

#include "tl-detail.h"
#include "tl-terminal.h"

static void
print_details (GListModel *details)
{
  for (guint i = 0; i < g_list_model_get_n_items (details); i++)
    {
      g_autoptr(TlDetail) detail = g_list_model_get_item (details, i);

      tl_terminal_print_detail (detail);
    }
}

static void
print_group (GListModel *details,
             const char *heading)
{
  if (g_list_model_get_n_items (details) == 0)
    return;

  tl_terminal_print ("\n%s", heading);
  print_details (details);
}

static void
print_findings (GListModel *findings)
{
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      tl_terminal_print ("%s", "");
      tl_terminal_print_finding (finding, NULL);
    }
}

static void
print_role (TlRoleRow *row)
{
  g_autofree char *label = NULL;
  g_autofree char *by = NULL;
  const char *folder = tl_role_row_get_folder (row);

  g_object_get (row, "label", &label, "by-text", &by, NULL);
  if (folder == NULL)
    /* Translators: what a folder is for: “Sent messages” */
    tl_terminal_print (_("  %s: no folder"), label);
  else
    /* Translators: what a folder is for, its name, and how that is known: “Sent messages: Sent –
     * the server says so” */
    tl_terminal_print (_("  %s: %s – %s"), label, folder, by);
}

/**
 * tl_sections_text_print_mailbox:
 * @mailbox: a mailbox that was looked at
 *
 * Prints which folder is for what, how much room there is, what may be done, and what was found.
 */
void
tl_sections_text_print_mailbox (TlMailbox *mailbox)
{
  GListModel *roles = tl_mailbox_get_roles (mailbox);
  g_autofree char *filing = NULL;

  tl_terminal_print ("%s", _("Folders"));
  for (guint i = 0; i < g_list_model_get_n_items (roles); i++)
    {
      g_autoptr(TlRoleRow) row = g_list_model_get_item (roles, i);

      print_role (row);
    }
  g_object_get (mailbox, "filing-text", &filing, NULL);
  if (filing != NULL && *filing != '\0')
    tl_terminal_print ("  %s", filing);

  print_group (tl_mailbox_get_room (mailbox), _("Room"));
  print_group (tl_mailbox_get_rights (mailbox), _("What you may do"));
  print_group (tl_mailbox_get_connections (mailbox), _("Connections"));
  print_findings (tl_mailbox_get_findings (mailbox));
}

/* Why, a sentence each, and under it on whose word. */
static void
print_reasons (GListModel *reasons)
{
  for (guint i = 0; i < g_list_model_get_n_items (reasons); i++)
    {
      g_autoptr(TlDetail) reason = g_list_model_get_item (reasons, i);
      const char *hint = tl_detail_get_hint (reason);

      tl_terminal_print ("  %u. %s", i + 1, tl_detail_get_label (reason));
      if (hint != NULL)
        tl_terminal_print ("     %s", hint);
    }
}

/* Seven days a line: a plan of a month is read at a glance. */
static void
print_days (TlSending *sending)
{
  const TlSendingPlanParts *parts = tl_sending_plan_get_parts (tl_sending_get_plan (sending));

  for (guint first = 0; first < parts->n_days; first += 7)
    {
      g_autoptr(GString) line = g_string_new (NULL);

      for (guint i = first; i < MIN (first + 7, parts->n_days); i++)
        g_string_append_printf (line, "%s%u", i == first ? "" : "  ", parts->days[i]);
      /* Translators: the number of a day, then how many messages on it and on the six after */
      tl_terminal_print (_("  Day %u on: %s"), first + 1, line->str);
    }
}

/**
 * tl_sections_text_print_sending:
 * @sending: what is to be sent
 *
 * Prints what is advised and why, the limits and whose they are, and how a mailbox gets there.
 */
void
tl_sections_text_print_sending (TlSending *sending)
{
  g_autofree char *title = NULL;
  g_autofree char *ceiling = NULL;
  g_autofree char *source = NULL;

  g_object_get (sending, "service-title", &title, "ceiling-line", &ceiling,
                "preset-source", &source, NULL);
  tl_terminal_print ("%s", title);
  print_reasons (tl_sending_get_reasons (sending));
  print_group (tl_sending_get_limits (sending), _("Limits"));
  tl_terminal_print ("\n%s", ceiling);
  if (g_list_model_get_n_items (tl_sending_get_days (sending)) == 0)
    return;

  tl_terminal_print ("\n%s", _("Getting there, in messages a day"));
  print_days (sending);
  if (source != NULL)
    tl_terminal_print ("  %s", source);
}

static void
print_fix (TlRecordFix *fix)
{
  const char * const *rules = tl_record_fix_get_rules (fix);

  tl_terminal_print ("%s", _("     Record to publish:"));
  /* As it is: this line is copied. */
  tl_terminal_print ("     %s", tl_record_fix_get_zone_line (fix));
  for (gsize i = 0; rules[i] != NULL; i++)
    tl_terminal_print ("     %s", rules[i]);
}

static gboolean
has_warnings (GListModel *findings)
{
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      if (tl_finding_get_severity (finding) != TL_SEVERITY_NOTE)
        return TRUE;
    }

  return FALSE;
}

/* What is wrong is said by what was found, and not twice. */
static void
print_title (TlDomainRow *row)
{
  if (has_warnings (tl_domain_row_get_findings (row)))
    /* Translators: what of a domain was looked at: “Who may send (SPF)” */
    tl_terminal_print (_("%s: needs work"), tl_domain_row_get_title (row));
  else
    /* Translators: what of a domain was looked at, how that is, and in a sentence: “Who may send
     * (SPF): Passed – Google may send for this domain” */
    tl_terminal_print (_("%s: %s – %s"), tl_domain_row_get_title (row),
                       tl_status_get_label (tl_domain_row_get_status (row)),
                       tl_domain_row_get_summary (row));
}

static void
print_row (TlDomainRow *row,
           gboolean     with_records)
{
  GListModel *findings = tl_domain_row_get_findings (row);
  GListModel *fixes = tl_domain_row_get_fixes (row);

  print_title (row);
  if (with_records)
    print_details (tl_domain_row_get_records (row));
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      if (tl_finding_get_severity (finding) != TL_SEVERITY_NOTE || with_records)
        tl_terminal_print_finding (finding, NULL);
    }
  for (guint i = 0; i < g_list_model_get_n_items (fixes); i++)
    {
      g_autoptr(TlRecordFix) fix = g_list_model_get_item (fixes, i);

      print_fix (fix);
    }
}

static gboolean
has_finding (TlDomainRow *row,
             TlFinding   *finding)
{
  GListModel *findings = tl_domain_row_get_findings (row);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) other = g_list_model_get_item (findings, i);

      if (g_str_equal (tl_finding_get_id (other), tl_finding_get_id (finding)))
        return TRUE;
    }

  return FALSE;
}

/* What is about the whole domain stands under no topic. */
static void
print_common_findings (TlDomainHealth *health)
{
  GListModel *findings = tl_domain_health_get_findings (health);
  GListModel *rows = tl_domain_health_get_rows (health);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);
      gboolean is_common = TRUE;

      for (guint j = 0; j < g_list_model_get_n_items (rows); j++)
        {
          g_autoptr(TlDomainRow) row = g_list_model_get_item (rows, j);

          is_common = is_common && !has_finding (row, finding);
        }
      if (is_common)
        tl_terminal_print_finding (finding, NULL);
    }
}

/**
 * tl_sections_text_print_domain:
 * @health: a domain that was looked up
 * @with_records: also what was found where, and notes
 *
 * Prints topic by topic how the domain is, and the records that would mend it.
 */
void
tl_sections_text_print_domain (TlDomainHealth *health,
                           gboolean        with_records)
{
  GListModel *rows = tl_domain_health_get_rows (health);
  g_autofree char *domain = NULL;

  g_object_get (health, "domain", &domain, NULL);
  /* Translators: %s is a domain */
  tl_terminal_print (_("The domain %s"), domain);
  print_common_findings (health);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(TlDomainRow) row = g_list_model_get_item (rows, i);

      tl_terminal_print ("%s", "");
      print_row (row, with_records);
    }
}
