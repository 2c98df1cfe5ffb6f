/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-evidence.h"

#include <glib/gi18n-lib.h>

#include "tl-fingerprint.h"
#include "tl-report-markup.h"

/* More than these are counted and not listed. */
#define MAX_LISTED 60

/* Where the settings of a lane came from. The labels say “you”, which is nobody who reads this. */
static void
add_source (GString          *out,
            const TlPlanLane *planned)
{
  if (planned->settings == NULL)
    return;

  if (planned->trust == TL_TRUST_MANUAL)
    {
      /* Translators: where the settings were found */
      tl_report_markup_row (out, _("Found by"), _("Entered by hand"));
      return;
    }

  /* Translators: where the settings were found */
  tl_report_markup_row (out, _("Found by"), tl_source_get_label (planned->source));
  /* Translators: on whose word the settings are believed */
  tl_report_markup_row (out, _("On the word of"), tl_trust_get_label (planned->trust));
}

static void
add_tls (GString   *out,
         TlTlsInfo *tls)
{
  g_autofree char *groups = tl_fingerprint_to_groups (tl_tls_info_get_fingerprint (tls));
  g_autofree char *not_after = tl_report_markup_moment (tl_tls_info_get_not_after_s (tls));
  g_autofree char *suite = g_strdup_printf ("%s, %s", tl_tls_info_get_version (tls),
                                            tl_tls_info_get_cipher (tls));
  g_autofree char *names = g_strjoinv (" ", (char **) tl_tls_info_get_names (tls));

  tl_report_markup_row (out, _("Connection"), suite);
  /* Translators: followed by the host names that stand in a certificate */
  tl_report_markup_row (out, _("Certificate for"), *names != '\0' ? names : NULL);
  tl_report_markup_row (out, _("Certificate from"), tl_tls_info_get_issuer (tls));
  tl_report_markup_row (out, _("Certificate until"), not_after);
  tl_report_markup_code (out, _("Its SHA-256"), groups);
}

static void
add_facts (GString     *out,
           TlLaneFacts *facts)
{
  const TlLaneFactsParts *parts = tl_lane_facts_get_parts (facts);

  /* Translators: the name and version that a mail server gives of itself */
  tl_report_markup_row (out, _("Server software"), parts->software);
  /* Translators: followed by the name of a way of signing in, such as SCRAM-SHA-256 */
  tl_report_markup_row (out, _("Sign-in mechanism"), parts->mechanism);
  if (parts->max_message_bytes > 0)
    {
      g_autofree char *size = g_format_size_full (parts->max_message_bytes,
                                                  G_FORMAT_SIZE_IEC_UNITS);

      /* Translators: followed by a size */
      tl_report_markup_row (out, _("Largest message"), size);
    }
}

static void
add_folders (GString      *out,
             TlLaneReport *lane)
{
  GPtrArray *folders = tl_lane_report_get_folders (lane);

  if (folders == NULL || folders->len == 0)
    return;

  tl_markup_add (out,
                 "<table>\n<caption>%s</caption>\n"
                 "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr>"
                 "</thead>\n<tbody>\n",
                 _("Folders"), _("Name"),
                 /* Translators: what a folder is for: inbox, sent, junk … */
                 _("Role"));
  for (guint i = 0; i < MIN (folders->len, MAX_LISTED); i++)
    {
      const TlFolder *folder = folders->pdata[i];

      tl_markup_add (out,
                     "<tr><th scope=\"row\"><bdi>%s</bdi></th>"
                     "<td class=\"role\">%s</td></tr>\n",
                     folder->name,
                     folder->role != NULL ? folder->role : "–");
    }
  g_string_append (out, "</tbody>\n</table>\n");
  if (folders->len > MAX_LISTED)
    {
      g_autofree char *more =
        g_strdup_printf (ngettext ("and %u more folder", "and %u more folders",
                                   folders->len - MAX_LISTED),
                         folders->len - MAX_LISTED);

      tl_report_markup_text (out, more);
    }
}

static void
add_lane (GString    *out,
          TlReport   *report,
          TlLaneKind  kind)
{
  TlLaneReport *lane = tl_report_get_lane (report, kind);
  const char * const *capabilities = tl_lane_report_get_capabilities (lane);
  gint64 tested_at_s = tl_lane_report_get_tested_at_s (lane);
  g_autofree char *tested_at = tested_at_s > 0 ? tl_report_markup_moment (tested_at_s) : NULL;

  tl_markup_add (out, "<div>\n<h3>%s</h3>\n<dl>\n",
                 kind == TL_LANE_INCOMING ? _("Incoming lane") : _("Outgoing lane"));
  tl_report_markup_row (out, _("Tested"), tested_at != NULL ? tested_at : _("Not tested"));
  add_source (out, tl_plan_get_lane (tl_report_get_plan (report), kind));
  /* Translators: an IP address */
  tl_report_markup_row (out, _("Address"), tl_lane_report_get_address (lane));
  tl_report_markup_row (out, _("Through a proxy"), tl_lane_report_get_proxy (lane));
  if (tl_lane_report_get_tls (lane) != NULL)
    add_tls (out, tl_lane_report_get_tls (lane));
  if (tl_lane_report_get_facts (lane) != NULL)
    add_facts (out, tl_lane_report_get_facts (lane));
  if (capabilities != NULL && capabilities[0] != NULL)
    {
      g_autofree char *joined = g_strjoinv (" ", (char **) capabilities);

      /* Translators: followed by what a mail server says that it is able to do */
      tl_report_markup_code (out, _("Offers"), joined);
    }
  g_string_append (out, "</dl>\n");
  add_folders (out, lane);
  g_string_append (out, "</div>\n");
}

/**
 * tl_report_evidence_add:
 * @out: the page so far
 * @report: what is handed over
 *
 * Adds the section of what the servers showed and said, in small print: for whoever looks closer.
 */
void
tl_report_evidence_add (GString  *out,
                        TlReport *report)
{
  tl_report_markup_open (out, "evidence", _("Technical evidence"));
  g_string_append (out, "<div class=\"pair small\">\n");
  add_lane (out, report, TL_LANE_INCOMING);
  add_lane (out, report, TL_LANE_OUTGOING);
  g_string_append (out, "</div>\n");
  tl_report_markup_close (out);
}
