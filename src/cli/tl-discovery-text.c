/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What discovery has to say beside its proposal, for a person at a terminal. */
#include "tl-discovery-text.h"

#include <glib/gi18n-lib.h>

#include "tl-terminal.h"

/* Prints a heading once, before the first line that needs one. */
static void
head (gboolean   *is_headed,
      const char *heading)
{
  if (!*is_headed)
    tl_terminal_print ("\n%s", heading);
  *is_headed = TRUE;
}

static void
print_others (TlDiscoveryReport *report)
{
  GPtrArray *candidates = tl_discovery_report_get_candidates (report);
  gboolean is_headed = FALSE;

  for (guint i = 0; i < candidates->len; i++)
    {
      TlCandidate *candidate = g_ptr_array_index (candidates, i);
      TlEndpoint *endpoint = tl_lane_settings_get_endpoint (tl_candidate_get_settings (candidate));
      g_autofree char *place = tl_endpoint_to_string (endpoint);

      if (candidate == tl_discovery_report_get_proposal (report, tl_candidate_get_lane (candidate)))
        continue;
      head (&is_headed, _("Also found:"));
      tl_terminal_print ("  %s: %s, %s (%s)",
                         tl_lane_kind_get_label (tl_candidate_get_lane (candidate)), place,
                         tl_security_get_label (tl_endpoint_get_security (endpoint)),
                         tl_source_get_label (tl_candidate_get_source (candidate)));
    }
}

static void
print_rejections (TlDiscoveryReport *report)
{
  GPtrArray *rejections = tl_discovery_report_get_rejections (report);
  gboolean is_headed = FALSE;

  for (guint i = 0; i < rejections->len; i++)
    {
      TlRejection *rejection = g_ptr_array_index (rejections, i);
      TlLaneKind lane = tl_rejection_get_lane (rejection);
      const char *reason = tl_rejection_reason_get_label (tl_rejection_get_reason (rejection));
      const char *source = tl_source_get_label (tl_rejection_get_source (rejection));
      g_autofree char *server = tl_terminal_dup_struck (tl_rejection_get_server (rejection));

      head (&is_headed, _("Named, and not offered:"));
      if (lane == TL_LANE_NONE)
        /* Translators: a server, why it is not used, and the source that named it */
        tl_terminal_print (_("  %s – not used: %s (%s)"), server, reason, source);
      else
        /* Translators: lane, server, why it is not used, and the source that named it */
        tl_terminal_print (_("  %s: %s – not used: %s (%s)"), tl_lane_kind_get_label (lane), server,
                           reason, source);
    }
}

static void
print_hints (TlDiscoveryReport *report)
{
  GPtrArray *hints = tl_discovery_report_get_hints (report);
  gboolean is_headed = FALSE;

  for (guint i = 0; i < hints->len; i++)
    {
      TlHint *hint = g_ptr_array_index (hints, i);
      const char *kind = tl_hint_kind_get_label (tl_hint_get_kind (hint));
      const char *source = tl_source_get_label (tl_hint_get_source (hint));

      head (&is_headed, _("What settings files say besides:"));
      if (tl_hint_get_text (hint) != NULL)
        /* Translators: what it is about, a stranger’s own words, and the source they come from */
        tl_terminal_print (_("  %s: “%s” (%s)"), kind, tl_hint_get_text (hint), source);
      else
        tl_terminal_print ("  %s (%s)", kind, source);
      if (tl_hint_get_link (hint) != NULL)
        tl_terminal_print_link (tl_hint_get_link (hint), tl_hint_get_host (hint));
    }
}

static void
print_sources (TlDiscoveryReport *report)
{
  GPtrArray *sources = tl_discovery_report_get_sources (report);
  g_autoptr(GString) spared = g_string_new (NULL);
  gboolean is_headed = FALSE;

  for (guint i = 0; i < sources->len; i++)
    {
      TlSourceAnswer *answer = g_ptr_array_index (sources, i);
      const char *label = tl_source_get_label (tl_source_answer_get_source (answer));
      const char *status = tl_source_answer_get_status (answer);
      const char *detail = tl_source_answer_get_detail (answer);

      if (g_strcmp0 (status, "not-asked") == 0)
        {
          g_string_append_printf (spared, "%s%s", spared->len == 0 ? "" : " · ", label);
          continue;
        }
      head (&is_headed, _("Sources:"));
      if (detail != NULL)
        /* Translators: source such as “DNS records”, what became of it, milliseconds, a detail */
        tl_terminal_print (_("  %s: %s, %u ms (%s)"), label, status,
                           tl_source_answer_get_ms (answer), detail);
      else
        /* Translators: source such as “DNS records”, what became of it, milliseconds */
        tl_terminal_print (_("  %s: %s, %u ms"), label, status,
                           tl_source_answer_get_ms (answer));
    }

  if (spared->len > 0)
    {
      head (&is_headed, _("Sources:"));
      /* Translators: %s is a list of sources that could not have changed the result */
      tl_terminal_print (_("  Not needed: %s"), spared->str);
    }
}

static void
print_contacts (TlDiscoveryReport *report)
{
  const char *labels[TL_CONTACT_N_KINDS] = {
    /* Translators: followed by names of servers and domains */
    [TL_CONTACT_DNS]  = _("Looked up"),
    /* Translators: followed by names of web servers */
    [TL_CONTACT_WEB]  = _("Web servers asked"),
    /* Translators: followed by names of mail servers */
    [TL_CONTACT_MAIL] = _("Mail servers tried"),
  };
  gboolean is_headed = FALSE;

  for (guint kind = 0; kind < TL_CONTACT_N_KINDS; kind++)
    {
      const char * const *hosts = tl_discovery_report_get_contacts (report, (TlContactKind) kind);
      g_autofree char *line = g_strjoinv (", ", (char **) hosts);

      if (hosts[0] == NULL)
        continue;
      head (&is_headed, _("Who was asked:"));
      tl_terminal_print ("  %s: %s", labels[kind], line);
    }

  if (!is_headed)
    tl_terminal_print ("\n%s", _("Nobody had to be asked."));
}

/**
 * tl_discovery_text_print:
 * @report: what discovery says
 *
 * Prints all of it but the proposal: other servers, those not offered and why,
 * advice, what became of each source, who was asked, how soon it was clear, and
 * the findings.
 */
void
tl_discovery_text_print (TlDiscoveryReport *report)
{
  GPtrArray *findings = tl_discovery_report_get_findings (report);

  print_others (report);
  print_rejections (report);
  print_hints (report);
  print_sources (report);
  print_contacts (report);
  /* Translators: %u is a number of milliseconds */
  tl_terminal_print (_("The proposal stood after %u ms"),
                     tl_discovery_report_get_proposed_ms (report));

  for (guint i = 0; i < findings->len; i++)
    {
      tl_terminal_print ("%s", "");
      tl_terminal_print_finding (g_ptr_array_index (findings, i));
    }
}
