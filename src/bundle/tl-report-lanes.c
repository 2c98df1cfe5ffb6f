/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-lanes.h"

#include <glib/gi18n-lib.h>

#include "tl-report-markup.h"

static const struct
{
  const char *class;
  const char *arrow;
  const char *title;
  const char *why;
} lanes[] = {
  [TL_LANE_INCOMING] = { "incoming", "↓", N_("Incoming lane"),
                         N_("Replies, folders, read state: what lets the platform see.") },
  [TL_LANE_OUTGOING] = { "outgoing", "↑", N_("Outgoing lane"),
                         N_("Sending every step of a sequence: what lets the platform act.") },
};

static void
add_settings (GString          *out,
              const TlPlanLane *planned)
{
  TlLaneSettings *settings = planned->settings;
  TlEndpoint *endpoint;
  g_autofree char *port = NULL;

  if (settings == NULL)
    {
      tl_report_markup_text (out, _("No server was found for this lane."));
      return;
    }

  endpoint = tl_lane_settings_get_endpoint (settings);
  port = g_strdup_printf ("%u", tl_endpoint_get_port (endpoint));
  g_string_append (out, "<dl>\n");
  tl_report_markup_row (out, _("Protocol"),
                        tl_lane_settings_get_protocol (settings) == TL_PROTOCOL_IMAP ? "IMAP"
                                                                                     : "SMTP");
  tl_report_markup_row (out, _("Server"), tl_endpoint_get_host (endpoint));
  tl_report_markup_row (out, _("Port"), port);
  tl_report_markup_row (out, _("Encryption"),
                        tl_security_get_label (tl_endpoint_get_security (endpoint)));
  tl_report_markup_row (out, _("User name"), tl_lane_settings_get_username (settings));
  /* Translators: what is opened in place of the inbox: a shared mailbox among one's own folders */
  tl_report_markup_row (out, _("Opens the folder"), tl_lane_settings_get_folder (settings));
  tl_report_markup_row (out, _("Signs in with"),
                        tl_auth_get_label (tl_lane_settings_get_auth (settings)));
  g_string_append (out, "</dl>\n");
}

/**
 * tl_report_lanes_add_settings:
 * @out: the page so far
 * @report: what is handed over
 *
 * Adds the section of both lanes side by side: the verdict of each, and what would be typed into
 * a mail program.
 */
void
tl_report_lanes_add_settings (GString  *out,
                              TlReport *report)
{
  tl_report_markup_open (out, "lanes", _("Both lanes and their settings"));
  g_string_append (out, "<div class=\"pair\">\n");
  for (TlLaneKind kind = TL_LANE_INCOMING; kind <= TL_LANE_OUTGOING; kind++)
    {
      TlVerdict verdict = tl_lane_report_get_verdict (tl_report_get_lane (report, kind));

      tl_markup_add (out,
                     "<article class=\"lane %s\">\n<h3><span>"
                     "<span aria-hidden=\"true\">%s</span> %s</span> "
                     "<span class=\"pill %s\">%s</span></h3>\n",
                     lanes[kind].class, lanes[kind].arrow, _(lanes[kind].title),
                     tl_verdict_get_nick (verdict), tl_verdict_get_label (verdict));
      tl_report_markup_remark (out, _(lanes[kind].why));
      add_settings (out, tl_plan_get_lane (tl_report_get_plan (report), kind));
      g_string_append (out, "</article>\n");
    }
  g_string_append (out, "</div>\n");
  tl_report_markup_close (out);
}

static void
add_stages (GString    *out,
            TlReport   *report,
            TlLaneKind  kind)
{
  GPtrArray *steps = tl_lane_report_get_steps (tl_report_get_lane (report, kind));

  tl_markup_add (out,
                 "<table class=\"stages %s\">\n<caption>%s</caption>\n"
                 "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
                 "<th scope=\"col\" class=\"ms\">%s</th></tr></thead>\n<tbody>\n",
                 lanes[kind].class, _(lanes[kind].title), _("Stage"), _("Result"),
                 _("Time"));
  for (guint i = 0; i < steps->len; i++)
    {
      TlStep *step = steps->pdata[i];
      TlStatus status = tl_step_get_status (step);
      g_autofree char *ms = NULL;

      if (status != TL_STATUS_NOT_TESTED && status != TL_STATUS_NOT_NEEDED)
        /* Translators: milliseconds */
        ms = g_strdup_printf (_("%u ms"), tl_step_get_ms (step));
      tl_markup_add (out,
                     "<tr><th scope=\"row\">%s</th><td class=\"%s\">%s</td>"
                     "<td class=\"ms\">%s</td></tr>\n",
                     tl_stage_get_label (tl_step_get_stage (step)),
                     tl_status_get_nick (status), tl_status_get_label (status),
                     ms != NULL ? ms : "–");
    }
  g_string_append (out, "</tbody>\n</table>\n");
}

/**
 * tl_report_lanes_add_tests:
 * @out: the page so far
 * @report: what is handed over
 *
 * Adds the section that says how each stage of each lane did, and how long it took.
 */
void
tl_report_lanes_add_tests (GString  *out,
                           TlReport *report)
{
  tl_report_markup_open (out, "tests", _("What was tested"));
  tl_report_markup_text (out,
                         _("Each lane was tried step by step with the settings above. Once a step "
                           "fails, those after it are not tested."));
  g_string_append (out, "<div class=\"pair\">\n");
  for (TlLaneKind kind = TL_LANE_INCOMING; kind <= TL_LANE_OUTGOING; kind++)
    add_stages (out, report, kind);
  g_string_append (out, "</div>\n");
  tl_report_markup_close (out);
}
