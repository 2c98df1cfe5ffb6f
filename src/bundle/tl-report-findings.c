/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-findings.h"

#include <glib/gi18n-lib.h>

#include "tl-receivers.h"
#include "tl-report-markup.h"

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

/* What to publish, as it is typed in wherever the domain's records are kept. */
static void
add_record (GString  *out,
            GVariant *evidence)
{
  const char *record = tl_evidence_get_string (evidence, TL_EVIDENCE_RECORD);

  if (record == NULL)
    return;

  tl_markup_add (out, "<p class=\"label\">%s</p>\n<dl>\n",
                 /* Translators: a record of the domain in DNS */
                 _("Record to publish:"));
  tl_report_markup_code (out, _("Name"),
                         tl_evidence_get_string (evidence, TL_EVIDENCE_RECORD_NAME));
  /* Translators: of a DNS record, such as TXT */
  tl_report_markup_code (out, _("Type"),
                         tl_evidence_get_string (evidence, TL_EVIDENCE_RECORD_TYPE));
  tl_markup_add (out, "</dl>\n<pre>%s</pre>\n", record);
}

/* Ids that this version does not know are shown as they are. */
static void
add_rules (GString  *out,
           GVariant *evidence)
{
  g_autofree const char **ids = NULL;

  if (!g_variant_lookup (evidence, TL_EVIDENCE_RECEIVERS, "^a&s", &ids) || ids[0] == NULL)
    return;

  tl_markup_add (out, "<p class=\"label\">%s</p>\n<ul>\n",
                 /* Translators: followed by rules of large providers that receive mail */
                 _("Whose rule it breaks:"));
  for (gsize i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *text = tl_receivers_dup_rule_text (ids[i]);

      tl_markup_add (out, "<li>%s</li>\n", text != NULL ? text : ids[i]);
    }
  g_string_append (out, "</ul>\n");
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
  add_record (out, tl_finding_get_evidence (finding));
  add_rules (out, tl_finding_get_evidence (finding));
  if (entry != NULL)
    tl_markup_add (out, "<p><span class=\"label\">%s</span> %s</p>\n",
                   /* Translators: followed by a person or an organisation */
                   _("Who can fix it:"), tl_fixer_get_label (entry->fixer));
  if (said != NULL)
    tl_markup_add (out, "<p class=\"label\">%s</p>\n<pre>%s</pre>\n",
                   _("What the server said:"), said);
  g_string_append (out, "</article>\n");
}

/**
 * tl_report_findings_add_list:
 * @out: the page so far, inside of a section
 * @findings: (element-type TlFinding): what was found
 *
 * Adds what, why, what to do, and who can.
 */
void
tl_report_findings_add_list (GString   *out,
                             GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    add_finding (out, g_ptr_array_index (findings, i));
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
  tl_report_findings_add_list (out, findings);
  tl_report_markup_close (out);
}

/* A message to oneself is sent only to see whether the provider files a copy of it. */
static const char *
get_words_on_sending (TlReport *report)
{
  TlMailboxReport *mailbox = tl_report_get_mailbox (report);

  if (mailbox != NULL &&
      tl_mailbox_report_get_parts (mailbox)->filing != TL_LOOP_FILING_UNKNOWN)
    return _("No message was sent but one to the mailbox itself. Whether mail reaches the inbox of "
             "somebody else is another matter.");

  return _("No message was sent for this: the outgoing server was asked whether it would take one. "
           "Whether mail reaches an inbox is another matter.");
}

static const char *
get_words_on_volume (TlReport *report)
{
  return tl_report_get_sending (report) == NULL
         ? _("How much may be sent in a day was not looked at.")
         : _("Limits are what providers publish, or what somebody advises. A provider may hold "
             "mail back earlier.");
}

static const char *
get_words_on_domain (TlReport *report)
{
  return tl_report_get_domain (report) == NULL
         ? _("How well the domain is set up for sending (SPF, DKIM, DMARC) was not looked at.")
         : _("Records of the domain that are right do not make receivers think well of what is "
             "sent.");
}

/**
 * tl_report_findings_add_not_proven:
 * @out: the page so far
 * @report: what is handed over
 *
 * Adds the section of what the tests do not show, with the finding that every bundle has.
 */
void
tl_report_findings_add_not_proven (GString  *out,
                                   TlReport *report)
{
  g_autoptr(TlFinding) always = tl_finding_new ("export.tested-from-here", TL_LANE_NONE, NULL);
  const char * const words[] = {
    get_words_on_sending (report),
    get_words_on_volume (report),
    get_words_on_domain (report),
    _("Servers, passwords and rules can change at any moment after the test."),
  };

  tl_report_markup_open (out, "not-proven", _("What is not proven"));
  add_finding (out, always);
  g_string_append (out, "<ul>\n");
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    tl_markup_add (out, "<li>%s</li>\n", words[i]);
  g_string_append (out, "</ul>\n");
  tl_report_markup_close (out);
}
