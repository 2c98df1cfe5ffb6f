/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-journey.h"
#include "tl-terminal.h"

static void
print_for_people (TlJourney         *journey,
                  TlDiscoveryReport *report)
{
  GPtrArray *sources = tl_discovery_report_get_sources (report);
  GPtrArray *candidates = tl_discovery_report_get_candidates (report);
  GPtrArray *findings = tl_discovery_report_get_findings (report);

  for (guint i = 0; i < sources->len; i++)
    {
      TlSourceAnswer *answer = g_ptr_array_index (sources, i);

      /* Translators: source such as “DNS records”, what became of it, milliseconds */
      tl_terminal_print (_("%s: %s, %u ms"),
                         tl_source_get_label (tl_source_answer_get_source (answer)),
                         tl_source_answer_get_status (answer), tl_source_answer_get_ms (answer));
    }

  tl_terminal_print ("%s", "");
  tl_journey_print_servers (journey);

  if (candidates->len > 2)
    tl_terminal_print ("\n%s", _("Also found:"));
  for (guint i = 0; i < candidates->len; i++)
    {
      TlCandidate *candidate = g_ptr_array_index (candidates, i);
      TlEndpoint *endpoint = tl_lane_settings_get_endpoint (tl_candidate_get_settings (candidate));
      g_autofree char *place = tl_endpoint_to_string (endpoint);

      if (candidate == tl_discovery_report_get_proposal (report, tl_candidate_get_lane (candidate)))
        continue;
      tl_terminal_print ("  %s: %s, %s (%s)",
                         tl_lane_kind_get_label (tl_candidate_get_lane (candidate)), place,
                         tl_security_get_label (tl_endpoint_get_security (endpoint)),
                         tl_source_get_label (tl_candidate_get_source (candidate)));
    }

  for (guint i = 0; i < findings->len; i++)
    {
      tl_terminal_print ("%s", "");
      tl_terminal_print_finding (g_ptr_array_index (findings, i));
    }
}

/* A lane without a proposal is a failure of the verb, whatever else was found. */
static int
get_status (TlDiscoveryReport *report)
{
  GPtrArray *findings = tl_discovery_report_get_findings (report);
  gboolean warned = FALSE;

  for (guint i = 0; i < findings->len; i++)
    {
      TlFinding *finding = g_ptr_array_index (findings, i);

      if (tl_finding_get_severity (finding) == TL_SEVERITY_ERROR)
        return (int) tl_exit_status_for_finding (tl_finding_get_id (finding), TL_LANE_NONE);
      warned = warned || tl_finding_get_severity (finding) == TL_SEVERITY_WARNING;
    }
  if (tl_discovery_report_get_proposal (report, TL_LANE_INCOMING) == NULL ||
      tl_discovery_report_get_proposal (report, TL_LANE_OUTGOING) == NULL)
    return TL_EXIT_DISCOVER;

  return warned ? TL_EXIT_WARNINGS : TL_EXIT_OK;
}

int
tl_verb_discover_run (int    argc,
                      char **argv)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &journey->json, N_("Answer in JSON, for programs"), NULL },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  TlDiscoveryReport *report;
  int status;

  if (!tl_cli_parse ("discover", entries, NULL, &argc, &argv, 1, 1, &status))
    return status;
  if (!tl_journey_set_address (journey, argv[1], &error) ||
      !tl_journey_discover (journey, &error))
    return tl_cli_fail (error);

  report = tl_setup_get_discovery (journey->setup);
  if (journey->json)
    {
      g_autoptr(TlJson) json = tl_discovery_report_to_json (report);

      tl_terminal_print_json (json);
    }
  else
    {
      print_for_people (journey, report);
    }

  return get_status (report);
}
