/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a journey tells a person. */
#include "tl-journey.h"

#include <glib/gi18n-lib.h>

#include "tl-domain.h"
#include "tl-terminal.h"

/* Who else says so, and whether that is enough. */
static void
print_standing (TlLaneDraft *draft)
{
  g_autoptr(TlCandidate) candidate = NULL;
  g_autoptr(GString) agreed = g_string_new (NULL);
  const char * const *agrees;
  gboolean edited = FALSE;

  g_object_get (draft, "candidate", &candidate, "edited", &edited, NULL);
  if (candidate == NULL || edited)
    return;

  agrees = tl_candidate_get_agrees (candidate);
  for (gsize i = 0; agrees[i] != NULL; i++)
    g_string_append_printf (agreed, "%s%s", i == 0 ? "" : " · ", tl_source_get_label (agrees[i]));
  if (agreed->len > 0)
    /* Translators: %s is a list of sources that named the same server */
    tl_terminal_print (_("  The same is said by: %s"), agreed->str);

  if (tl_lane_draft_needs_yes (draft))
    {
      g_autofree char *site = NULL;
      g_autofree char *display = NULL;

      g_object_get (draft, "site", &site, NULL);
      display = tl_domain_dup_display (site);
      /* Translators: %s is the domain that a server belongs to */
      tl_terminal_print (_("  Has to be confirmed: %s"), display);
    }
}

/**
 * tl_journey_print_servers:
 * @self: a journey
 *
 * Prints the server of each lane as it stands, and on whose word.
 */
void
tl_journey_print_servers (TlJourney *self)
{
  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      TlLaneDraft *draft = tl_setup_get_draft (self->setup, lane);
      g_autoptr(TlLaneSettings) settings = tl_lane_draft_dup_settings (draft, TL_AUTH_PASSWORD);
      TlEndpoint *endpoint;
      g_autofree char *place = NULL;

      if (settings == NULL)
        {
          /* Translators: %s is a lane */
          tl_terminal_print (_("%s: no server found"), tl_lane_kind_get_label (lane));
          continue;
        }

      endpoint = tl_lane_settings_get_endpoint (settings);
      place = tl_endpoint_to_string (endpoint);
      tl_terminal_print ("%s: %s, %s", tl_lane_kind_get_label (lane), place,
                         tl_security_get_label (tl_endpoint_get_security (endpoint)));
      tl_terminal_print (_("  User name: %s"), tl_lane_settings_get_username (settings));
      /* Translators: %s is a source, such as “The domain’s service records (SRV)” */
      tl_terminal_print (_("  Found by: %s"),
                         tl_source_get_label (tl_lane_draft_get_source (draft)));
      if (g_strcmp0 (tl_source_get_label (tl_lane_draft_get_source (draft)),
                     tl_trust_get_label (tl_lane_draft_get_trust (draft))) != 0)
        /* Translators: %s is who vouches for it, such as “The domain itself” */
        tl_terminal_print (_("  On the word of: %s"),
                           tl_trust_get_label (tl_lane_draft_get_trust (draft)));
      print_standing (draft);
    }
}

void
tl_journey_print_results (TlJourney *self)
{
  g_autoptr(TlReport) report = tl_setup_dup_report (self->setup);
  GPtrArray *findings = tl_report_get_findings (report);

  for (guint i = 0; i < findings->len; i++)
    {
      tl_terminal_print ("%s", "");
      tl_terminal_print_finding (g_ptr_array_index (findings, i));
    }

  tl_terminal_print ("%s", "");
  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      TlLaneReport *lane_report = tl_report_get_lane (report, lane);

      if (lane_report != NULL)
        tl_terminal_print ("%s: %s", tl_lane_kind_get_label (lane),
                           tl_verdict_get_label (tl_lane_report_get_verdict (lane_report)));
    }
}

/**
 * tl_journey_describe_export:
 * @self: a journey that has exported
 * @path: the file
 * @ready: whether it is more than a draft
 *
 * Returns: (transfer full): what `export --json` prints
 */
TlJson *
tl_journey_describe_export (TlJourney  *self,
                            const char *path,
                            gboolean    ready)
{
  TlSigning *signing = tl_setup_get_signing (self->setup);
  GListModel *findings = tl_setup_get_hand_over_findings (self->setup);
  TlJson *json = tl_json_new_object ();
  TlJson *list = tl_json_new_array ();

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      tl_json_append_take (list, tl_finding_to_json (finding));
    }

  tl_json_set_string (json, "path", path);
  tl_json_set_bool (json, "draft", !ready);
  tl_json_set_string (json, "signer", tl_signer_get_fingerprint (tl_signing_get_signer (signing)));
  tl_json_set_bool (json, "signer_kept", tl_signing_is_kept (signing));
  tl_json_set_take (json, "findings", list);

  return json;
}

/**
 * tl_journey_print_notes:
 * @self: a journey
 * @property: a list of #TlNote of its set-up
 *
 * Prints sentences with their links. What is not our own word says so, and its
 * link says where it leads.
 */
void
tl_journey_print_notes (TlJourney  *self,
                        const char *property)
{
  g_autoptr(GListModel) notes = NULL;

  g_object_get (self->setup, property, &notes, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr(GObject) note = g_list_model_get_item (notes, i);
      g_autofree char *text = NULL;
      g_autofree char *link = NULL;
      g_autofree char *source = NULL;
      g_autofree char *host = NULL;

      g_object_get (note, "text", &text, "link", &link, "source", &source, "host", &host, NULL);
      tl_terminal_print ("  %u. %s", i + 1, text);
      if (link != NULL)
        tl_terminal_print_link (link, source != NULL ? host : NULL);
      if (source != NULL)
        /* Translators: %s is a source, such as “The domain’s settings file” */
        tl_terminal_print (_("     Says: %s"), tl_source_get_label (source));
    }
}

/**
 * tl_journey_print_prerequisites:
 * @self: a journey with servers
 *
 * Prints whose mailbox it is and what has to be done there first, if anything.
 */
void
tl_journey_print_prerequisites (TlJourney *self)
{
  g_autoptr(GListModel) notes = NULL;
  g_autofree char *provider = NULL;
  gboolean has_notes;

  g_object_get (self->setup, "provider-name", &provider, "prerequisites", &notes, NULL);
  has_notes = g_list_model_get_n_items (notes) > 0;
  if (provider == NULL && !has_notes)
    return;

  tl_terminal_print ("%s", "");
  if (provider == NULL)
    tl_terminal_print ("%s", _("Before you sign in:"));
  else if (has_notes)
    /* Translators: %s is a mailbox provider */
    tl_terminal_print (_("This is a mailbox at %s. First:"), provider);
  else
    /* Translators: %s is a mailbox provider */
    tl_terminal_print (_("This is a mailbox at %s."), provider);
  tl_journey_print_notes (self, "prerequisites");
}
