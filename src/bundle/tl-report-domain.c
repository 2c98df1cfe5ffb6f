/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-domain.h"

#include <glib/gi18n-lib.h>

#include "tl-report-findings.h"
#include "tl-report-markup.h"

static void
add_records (GString       *out,
             GPtrArray     *records,
             TlDomainTopic  topic)
{
  for (guint i = 0; i < records->len; i++)
    {
      const TlDomainRecord *record = g_ptr_array_index (records, i);

      if (record->topic != topic || (record->name == NULL && record->value == NULL &&
                                     record->detail == NULL))
        continue;

      g_string_append (out, "<div>");
      if (record->name != NULL)
        tl_markup_add (out, "<code>%s</code> ", record->name);
      if (record->detail != NULL)
        tl_markup_add (out, "<bdi>%s</bdi>", record->detail);
      if (record->value != NULL)
        tl_markup_add (out, "<p><code class=\"small\">%s</code></p>", record->value);
      g_string_append (out, "</div>");
    }
}

static void
add_topics (GString        *out,
            TlDomainReport *domain)
{
  GPtrArray *records = tl_domain_report_get_parts (domain)->records;

  tl_markup_add (out,
                 "<table class=\"topics\">\n<caption>%s</caption>\n"
                 "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
                 "<th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
                 _("What the domain publishes"),
                 /* Translators: what of a domain was looked at */
                 _("About"), _("Result"),
                 /* Translators: the DNS records that were found */
                 _("Found"));
  for (int i = 0; i < TL_N_DOMAIN_TOPICS; i++)
    {
      TlDomainTopic topic = (TlDomainTopic) i;
      TlStatus status = tl_domain_report_get_status (domain, topic);

      tl_markup_add (out, "<tr><th scope=\"row\">%s</th><td class=\"%s\">%s</td><td>",
                     tl_domain_topic_get_label (topic), tl_status_get_nick (status),
                     tl_status_get_label (status));
      add_records (out, records, topic);
      g_string_append (out, "</td></tr>\n");
    }
  g_string_append (out, "</tbody>\n</table>\n");
}

/**
 * tl_report_domain_add:
 * @out: the page so far
 * @domain: (nullable): the health of the domain; without it there is no section
 *
 * Adds the section of what the domain publishes, how good that is, and what to publish instead.
 */
void
tl_report_domain_add (GString        *out,
                      TlDomainReport *domain)
{
  const TlDomainReportParts *parts;
  g_autofree char *checked = NULL;

  if (domain == NULL)
    return;

  parts = tl_domain_report_get_parts (domain);
  checked = tl_report_markup_moment (parts->checked_at_s);
  tl_report_markup_open (out, "domain", _("The sending domain"));
  g_string_append (out, "<dl>\n");
  tl_report_markup_code (out, _("Domain"), parts->domain);
  tl_report_markup_row (out, _("Looked at"), checked);
  g_string_append (out, "</dl>\n");
  add_topics (out, domain);
  tl_report_findings_add_list (out, parts->findings);
  tl_report_markup_close (out);
}
