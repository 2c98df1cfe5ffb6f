/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-findings.h"

#include <glib/gi18n-lib.h>

#include "tl-report-markup.h"

/* What no test of this program shows, beside the finding that is in every bundle. */
static const char * const not_proven[] = {
  N_("No message was sent for this: the outgoing server was asked whether it would take one. "
     "Whether mail reaches an inbox is another matter."),
  N_("How much may be sent in a day was not looked at, nor how well the domain is set up for "
     "sending (SPF, DKIM, DMARC)."),
  N_("Servers, passwords and rules can change at any moment after the test."),
};

static void
add_remedies (GString   *out,
              TlFinding *finding)
{
  g_auto(GStrv) remedies = tl_finding_dup_remedies (finding);

  if (remedies == NULL || remedies[0] == NULL)
    return;

  /* Translators: followed by a list of things to do, in order */
  tl_markup_add (out, "<p class=\"label\">%s</p>\n<ol>\n", _("What to do:"));
  for (guint i = 0; remedies[i] != NULL; i++)
    tl_markup_add (out, "<li>%s</li>\n", remedies[i]);
  g_string_append (out, "</ol>\n");
}

static void
add_finding (GString   *out,
             TlFinding *finding)
{
  g_autofree char *title = tl_finding_dup_title (finding);
  g_autofree char *explanation = tl_finding_dup_explanation (finding);
  const char *said = tl_evidence_get_string (tl_finding_get_evidence (finding),
                                             TL_EVIDENCE_SERVER_TEXT);
  const TlCatalogueEntry *entry = tl_finding_get_entry (finding);
  TlSeverity severity = tl_finding_get_severity (finding);

  tl_markup_add (out,
                 "<article class=\"finding\">\n<h3>%s</h3>\n<p class=\"kicker\">"
                 "<span class=\"%s\">%s</span> · %s · <code>%s</code></p>\n",
                 title, tl_severity_get_nick (severity), tl_severity_get_label (severity),
                 tl_lane_kind_get_label (tl_finding_get_lane (finding)),
                 tl_finding_get_id (finding));
  tl_report_markup_text (out, explanation);
  add_remedies (out, finding);
  if (entry != NULL)
    tl_markup_add (out, "<p><span class=\"label\">%s</span> %s</p>\n",
                   /* Translators: followed by a person or an organisation */
                   _("Who can fix it:"), tl_fixer_get_label (entry->fixer));
  if (said != NULL)
    tl_markup_add (out, "<p class=\"label\">%s</p>\n<pre>%s</pre>\n",
                   _("What the server said:"), said);
  g_string_append (out, "</article>\n");
}

static gboolean
works (TlReport   *report,
       TlLaneKind  kind)
{
  TlVerdict verdict = tl_lane_report_get_verdict (tl_report_get_lane (report, kind));

  return verdict == TL_VERDICT_OK || verdict == TL_VERDICT_WARNING;
}

/**
 * tl_report_findings_add:
 * @out: the page so far
 * @report: what is handed over
 *
 * Adds the section of what was found: what, why, what to do, and who can.
 */
void
tl_report_findings_add (GString  *out,
                        TlReport *report)
{
  GPtrArray *findings = tl_report_get_findings (report);

  tl_report_markup_open (out, "findings", _("Findings"));
  if (findings->len == 0)
    tl_report_markup_text (out, works (report, TL_LANE_INCOMING) && works (report, TL_LANE_OUTGOING)
                                ? _("The tests found nothing to object to.")
                                : _("Nothing is known beyond what stands above."));
  else
    tl_report_markup_remark (out, _("In these words, “you” is the person who set the mailbox up."));
  for (guint i = 0; i < findings->len; i++)
    add_finding (out, findings->pdata[i]);
  tl_report_markup_close (out);
}

/**
 * tl_report_findings_add_not_proven:
 * @out: the page so far
 *
 * Adds the section of what the tests do not show, with the finding that every bundle has.
 */
void
tl_report_findings_add_not_proven (GString *out)
{
  g_autoptr(TlFinding) always = tl_finding_new ("export.tested-from-here", TL_LANE_NONE, NULL);

  tl_report_markup_open (out, "not-proven", _("What is not proven"));
  add_finding (out, always);
  g_string_append (out, "<ul>\n");
  for (gsize i = 0; i < G_N_ELEMENTS (not_proven); i++)
    tl_markup_add (out, "<li>%s</li>\n", _(not_proven[i]));
  g_string_append (out, "</ul>\n");
  tl_report_markup_close (out);
}
