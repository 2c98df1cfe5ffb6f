/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What discovery has to say beside its proposal, for a person at a terminal. */
#include "tl-discovery-text.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "tl-duration.h"
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

static gboolean
is_same_advice (TlHint *a,
                TlHint *b)
{
  return tl_hint_get_kind (a) == tl_hint_get_kind (b) &&
         g_strcmp0 (tl_hint_get_text (a), tl_hint_get_text (b)) == 0 &&
         g_strcmp0 (tl_hint_get_link (a), tl_hint_get_link (b)) == 0;
}

/* Whether it stands among the prerequisites, or another source said so before. */
static gboolean
was_said (GPtrArray  *hints,
          guint       position,
          GListModel *prerequisites)
{
  TlHint *hint = g_ptr_array_index (hints, position);

  for (guint i = 0; i < position; i++)
    {
      if (is_same_advice (g_ptr_array_index (hints, i), hint))
        return TRUE;
    }
  if (prerequisites == NULL || tl_hint_get_kind (hint) != TL_HINT_ENABLE)
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (prerequisites); i++)
    {
      g_autoptr(TlNote) said = g_list_model_get_item (prerequisites, i);
      g_autoptr(TlNote) note = tl_note_new_from_hint (hint);
      g_autofree char *said_text = NULL;
      g_autofree char *text = NULL;

      g_object_get (said, "text", &said_text, NULL);
      g_object_get (note, "text", &text, NULL);
      if (g_strcmp0 (said_text, text) == 0 &&
          g_strcmp0 (tl_note_get_link (said), tl_note_get_link (note)) == 0)
        return TRUE;
    }

  return FALSE;
}

static char *
list_sources (GPtrArray *hints,
              guint      position)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (guint i = position; i < hints->len; i++)
    {
      TlHint *hint = g_ptr_array_index (hints, i);

      if (is_same_advice (g_ptr_array_index (hints, position), hint))
        g_string_append_printf (list, "%s%s", list->len == 0 ? "" : " · ",
                                tl_source_get_label (tl_hint_get_source (hint)));
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
print_hints (TlDiscoveryReport *report,
             GListModel        *prerequisites)
{
  GPtrArray *hints = tl_discovery_report_get_hints (report);
  gboolean is_headed = FALSE;

  for (guint i = 0; i < hints->len; i++)
    {
      TlHint *hint = g_ptr_array_index (hints, i);
      const char *kind = tl_hint_kind_get_label (tl_hint_get_kind (hint));
      g_autofree char *sources = list_sources (hints, i);

      if (was_said (hints, i, prerequisites))
        continue;
      head (&is_headed, _("What settings files say besides:"));
      if (tl_hint_get_text (hint) != NULL)
        /* Translators: what it is about, a stranger’s own words, and the sources they come from */
        tl_terminal_print (_("  %s: “%s” (%s)"), kind, tl_hint_get_text (hint), sources);
      else
        tl_terminal_print ("  %s (%s)", kind, sources);
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
      TlSourceStatus status = tl_source_answer_get_status (answer);
      const char *became = tl_source_status_get_label (status);
      const char *detail = tl_source_answer_get_detail (answer);
      g_autofree char *took = tl_duration_dup_label (tl_source_answer_get_ms (answer));

      if (status == TL_SOURCE_STATUS_NOT_ASKED)
        {
          g_string_append_printf (spared, "%s%s", spared->len == 0 ? "" : " · ", label);
          continue;
        }
      head (&is_headed, _("Sources:"));
      if (detail != NULL)
        /* Translators: source such as “DNS records”, what became of it, how long, a detail */
        tl_terminal_print (_("  %s: %s, %s (%s)"), label, became, took, detail);
      else
        /* Translators: source such as “DNS records”, what became of it, how long it took */
        tl_terminal_print (_("  %s: %s, %s"), label, became, took);
    }

  if (spared->len > 0)
    {
      head (&is_headed, _("Sources:"));
      /* Translators: %s is a list of sources that could not have changed the result */
      tl_terminal_print (_("  Not needed: %s"), spared->str);
    }
}

/* A name that discovery made up (`x`, sixteen hexadecimal digits), so that an
 * answer to it gives away a domain that answers to any name. */
static gboolean
is_made_up (const char *host)
{
  gsize n = *host == 'x' ? strspn (host + 1, "0123456789abcdef") : 0;

  return n == 16 && host[1 + n] == '.';
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
      g_autoptr(GString) line = g_string_new (NULL);

      for (gsize i = 0; hosts[i] != NULL; i++)
        {
          g_string_append_printf (line, "%s%s", i == 0 ? "" : ", ", hosts[i]);
          if (is_made_up (hosts[i]))
            /* Translators: stands behind a name of random letters that was looked up in DNS */
            g_string_append (line, _(" (a made-up name, to see whether every name exists)"));
        }
      if (line->len == 0)
        continue;
      head (&is_headed, _("Who was asked:"));
      tl_terminal_print ("  %s: %s", labels[kind], line->str);
    }
}

/**
 * tl_discovery_text_print:
 * @report: what discovery says
 * @prerequisites: (nullable) (element-type TlNote): what was said already
 *
 * Prints what was found beside the proposal: other servers, those not offered and
 * why, and advice.
 */
void
tl_discovery_text_print (TlDiscoveryReport *report,
                         GListModel        *prerequisites)
{
  print_others (report);
  print_rejections (report);
  print_hints (report, prerequisites);
}

/**
 * tl_discovery_text_print_details:
 * @report: what discovery says
 *
 * Prints how it came about: what became of each source, who was asked, and how
 * soon it was clear.
 */
void
tl_discovery_text_print_details (TlDiscoveryReport *report)
{
  print_sources (report);
  print_contacts (report);
  /* Translators: %u is a number of milliseconds */
  tl_terminal_print (_("The proposal stood after %u ms"),
                     tl_discovery_report_get_proposed_ms (report));
}

/**
 * tl_discovery_text_print_summary:
 * @report: what discovery says
 *
 * Prints in one line how many were asked: each name counts once, in whatever way
 * it was asked.
 */
void
tl_discovery_text_print_summary (TlDiscoveryReport *report)
{
  g_autoptr(GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  guint n;

  for (guint kind = 0; kind < TL_CONTACT_N_KINDS; kind++)
    {
      const char * const *hosts = tl_discovery_report_get_contacts (report, (TlContactKind) kind);

      for (gsize i = 0; hosts[i] != NULL; i++)
        g_hash_table_add (places, (gpointer) hosts[i]);
    }

  n = g_hash_table_size (places);
  if (n == 0)
    tl_terminal_print ("%s", _("Nobody had to be asked."));
  else
    /* Translators: %u is a number of names on the internet; --details is typed as it stands */
    tl_terminal_print (ngettext ("%u place was asked; --details names it.",
                                 "%u places were asked; --details lists them.", n),
                       n);
}
