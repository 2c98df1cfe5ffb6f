/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a journey tells a person. */
#include "tl-journey.h"

#include <glib/gi18n-lib.h>

#include "tl-domain.h"
#include "tl-journey-private.h"
#include "tl-lane-details.h"
#include "tl-note.h"
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

gboolean
tl_journey_has_server (TlJourney  *self,
                       TlLaneKind  lane)
{
  g_autoptr(TlLaneSettings) settings =
    tl_lane_draft_dup_settings (tl_setup_get_draft (self->setup, lane), TL_AUTH_PASSWORD);

  return settings != NULL;
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
        tl_terminal_print (_("  Trust: %s"),
                           tl_trust_get_label (tl_lane_draft_get_trust (draft)));
      print_standing (draft);
    }
}

/**
 * tl_journey_print_rows:
 * @details: (element-type TlDetail): what was learnt
 *
 * Prints the rows that the window shows.
 */
void
tl_journey_print_rows (GPtrArray *details)
{
  for (guint i = 0; i < details->len; i++)
    tl_terminal_print_detail (g_ptr_array_index (details, i));
}

static void
print_lane_details (TlLaneReport *report)
{
  g_autoptr(GPtrArray) details = tl_lane_details_list (report);

  if (details->len == 0)
    return;
  tl_terminal_print ("\n%s", tl_lane_kind_get_label (tl_lane_report_get_lane (report)));
  tl_journey_print_rows (details);
}

void
tl_journey_hint_at_note (void)
{
  tl_terminal_print ("\n%s", _("With --note there is a note to send to whoever can mend it."));
}

/* How each lane is, with what decided it: what somebody looks for first. */
static void
print_verdicts (TlReport *report)
{
  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      TlLaneReport *lane_report = tl_report_get_lane (report, lane);
      TlFinding *primary = lane_report == NULL ? NULL : tl_lane_report_get_primary (lane_report);
      g_autofree char *title = primary == NULL ? NULL : tl_finding_dup_title (primary);
      const char *verdict;

      if (lane_report == NULL)
        continue;
      verdict = tl_verdict_get_label (tl_lane_report_get_verdict (lane_report));
      if (title == NULL)
        tl_terminal_print ("%s: %s", tl_lane_kind_get_label (lane), verdict);
      else
        /* Translators: a lane, how it is, and why: “Outgoing: Does not work: The password was
         * refused” */
        tl_terminal_print (_("%s: %s: %s"), tl_lane_kind_get_label (lane), verdict, title);
    }
}

/* The sign-in at the provider's page is one for both lanes, and so is what went wrong with it. */
static gboolean
is_of_sign_in (TlFinding *finding)
{
  return g_str_has_prefix (tl_finding_get_id (finding), "oauth.");
}

static gboolean
has_twin (GPtrArray *findings,
          guint      first,
          guint      end,
          TlFinding *finding)
{
  for (guint i = first; is_of_sign_in (finding) && i < end; i++)
    {
      TlFinding *other = g_ptr_array_index (findings, i);

      if (g_str_equal (tl_finding_get_id (other), tl_finding_get_id (finding)))
        return TRUE;
    }

  return FALSE;
}

/* What is the same on both lanes is said of neither. */
static void
print_result (TlJourney *self,
              GPtrArray *findings,
              guint      position)
{
  TlFinding *finding = g_ptr_array_index (findings, position);
  g_autoptr(TlFinding) common = NULL;

  if (has_twin (findings, position + 1, findings->len, finding))
    common = tl_finding_new (tl_finding_get_id (finding), TL_LANE_NONE,
                             tl_finding_get_evidence (finding));
  tl_journey_print_finding (self, common != NULL ? common : finding);
}

static gboolean
has_rule (GPtrArray *findings,
          TlFinding *broken)
{
  const char *rule = tl_evidence_get_string (tl_finding_get_evidence (broken), TL_EVIDENCE_RULE);

  for (guint i = 0; i < findings->len; i++)
    {
      TlFinding *finding = g_ptr_array_index (findings, i);
      GVariant *evidence = tl_finding_get_evidence (finding);

      if (g_str_equal (tl_finding_get_id (finding), tl_finding_get_id (broken)) &&
          g_strcmp0 (tl_evidence_get_string (evidence, TL_EVIDENCE_RULE), rule) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_id (GPtrArray  *findings,
        const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    {
      if (g_str_equal (tl_finding_get_id (findings->pdata[i]), id))
        return TRUE;
    }

  return FALSE;
}

/* What a look around the mailbox showed that somebody should mend, and the lane did not see: that a
 * mailbox is full shows both. */
static void
add_mailbox_findings (GPtrArray *findings,
                      TlReport  *report)
{
  TlMailboxReport *mailbox = tl_report_get_mailbox (report);
  GPtrArray *found = mailbox == NULL ? NULL : tl_mailbox_report_get_parts (mailbox)->findings;

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      if (tl_finding_get_severity (found->pdata[i]) != TL_SEVERITY_NOTE &&
          !has_id (tl_report_get_findings (report), tl_finding_get_id (found->pdata[i])))
        g_ptr_array_add (findings, g_object_ref (found->pdata[i]));
    }
}

/* What the test found, then what it saw of the mailbox, then the rules that it shows to be broken;
 * a rule that kept a lane from being tested is among what was found. */
static GPtrArray *
list_findings (TlJourney *self,
               TlReport  *report)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) broken = tl_setup_list_broken_rules (self->setup);

  g_ptr_array_extend (findings, tl_report_get_findings (report),
                      (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  add_mailbox_findings (findings, report);
  for (guint i = 0; i < broken->len; i++)
    {
      if (!has_rule (tl_report_get_findings (report), broken->pdata[i]))
        g_ptr_array_add (findings, g_object_ref (broken->pdata[i]));
    }

  return findings;
}

/**
 * tl_journey_report_to_json:
 * @self: a journey that has tested
 * @report: what came of it
 *
 * Returns: (transfer full): the report as data, with the policies that hold and the rules that are
 *   broken
 */
TlJson *
tl_journey_report_to_json (TlJourney *self,
                           TlReport  *report)
{
  TlJson *json = tl_report_to_json (report);
  TlPolicyRecord *record = tl_report_get_policy (report);
  g_autoptr(GPtrArray) findings = list_findings (self, report);

  tl_json_set_take (json, "findings", tl_findings_to_json (findings));
  if (record != NULL)
    tl_json_set_take (json, "policy", tl_policy_record_to_json (record));

  return json;
}

/**
 * tl_journey_print_results:
 * @self: a journey that has tested
 *
 * Prints how each lane is, then what was found, with what can be done about it.
 */
void
tl_journey_print_results (TlJourney *self)
{
  g_autoptr(TlReport) report = tl_setup_dup_report (self->setup);
  g_autoptr(GPtrArray) findings = list_findings (self, report);
  gboolean has_note = FALSE;

  tl_terminal_print ("%s", "");
  print_verdicts (report);
  for (guint i = 0; i < findings->len; i++)
    {
      TlFinding *finding = g_ptr_array_index (findings, i);

      if (has_twin (findings, 0, i, finding))
        continue;
      tl_terminal_print ("%s", "");
      print_result (self, findings, i);
      if (tl_journey_print_help (self, finding))
        has_note = TRUE;
    }
  tl_journey_print_both_fixes (self);
  if (has_note && self->can_note)
    tl_journey_hint_at_note ();

  for (TlLaneKind lane = TL_LANE_INCOMING; self->details && lane <= TL_LANE_OUTGOING; lane++)
    print_lane_details (tl_report_get_lane (report, lane));
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

/* Two documents may give the same advice. */
static gboolean
is_same_advice (GListModel *notes,
                guint       i,
                guint       j)
{
  g_autoptr(GObject) a = g_list_model_get_item (notes, i);
  g_autoptr(GObject) b = g_list_model_get_item (notes, j);
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;

  g_object_get (a, "text", &text_a, NULL);
  g_object_get (b, "text", &text_b, NULL);

  return g_str_equal (text_a, text_b) &&
         g_strcmp0 (tl_note_get_link (TL_NOTE (a)), tl_note_get_link (TL_NOTE (b))) == 0;
}

static gboolean
was_said (GListModel *notes,
          guint       position)
{
  for (guint i = 0; i < position; i++)
    {
      if (is_same_advice (notes, i, position))
        return TRUE;
    }

  return FALSE;
}

/* Whose words a note is, and who else says the same; empty for our own. */
static GString *
list_sources (GListModel *notes,
              guint       position)
{
  GString *list = g_string_new (NULL);

  for (guint i = position; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr(GObject) note = g_list_model_get_item (notes, i);
      g_autofree char *source = NULL;

      g_object_get (note, "source", &source, NULL);
      if (source != NULL && is_same_advice (notes, position, i))
        g_string_append_printf (list, "%s%s", list->len == 0 ? "" : " · ",
                                tl_source_get_label (source));
    }

  return list;
}

/* Who can do it, if not the reader, and of which day it is. */
static void
print_note_standing (GObject *note)
{
  g_autofree char *as_of = NULL;
  TlFixer fixer = TL_FIXER_YOU;

  g_object_get (note, "fixer", &fixer, "as-of", &as_of, NULL);
  if (fixer != TL_FIXER_YOU && as_of != NULL)
    /* Translators: a person or organisation, such as “your administrator”, and a day, 2026-01-31 */
    tl_terminal_print (_("     Who can do it: %s (as of %s)"), tl_fixer_get_label (fixer), as_of);
  else if (fixer != TL_FIXER_YOU)
    /* Translators: %s is a person or organisation, such as “your administrator” */
    tl_terminal_print (_("     Who can do it: %s"), tl_fixer_get_label (fixer));
  else if (as_of != NULL)
    /* Translators: %s is the day that it was true, 2026-01-31 */
    tl_terminal_print (_("     As of %s"), as_of);
}

/* Prints what there is to do, or what there is to know. A heading comes before the first. */
static void
print_notes (GListModel *notes,
             gboolean    is_notice,
             const char *heading)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr(GObject) note = g_list_model_get_item (notes, i);
      g_autoptr(GString) sources = list_sources (notes, i);
      g_autofree char *text = NULL;
      g_autofree char *link = NULL;
      g_autofree char *host = NULL;
      gboolean notice = FALSE;

      g_object_get (note, "text", &text, "link", &link, "host", &host, "notice", &notice, NULL);
      if (notice != is_notice || was_said (notes, i))
        continue;
      if (n == 0 && heading != NULL)
        tl_terminal_print ("\n%s", heading);
      tl_terminal_print ("  %u. %s", ++n, text);
      print_note_standing (note);
      if (link != NULL)
        tl_terminal_print_link (link, sources->len > 0 ? host : NULL);
      if (sources->len > 0)
        /* Translators: %s is a source, such as “The domain’s settings file”, or several */
        tl_terminal_print (_("     Says: %s"), sources->str);
    }
}

/**
 * tl_journey_print_notes:
 * @self: a journey
 * @property: a list of #TlNote of its set-up
 *
 * Prints what has to be done, with links. What is not our own word says so, and
 * its link says where it leads.
 */
void
tl_journey_print_notes (TlJourney  *self,
                        const char *property)
{
  g_autoptr(GListModel) notes = NULL;

  g_object_get (self->setup, property, &notes, NULL);
  print_notes (notes, FALSE, NULL);
}

/**
 * tl_journey_print_notices:
 * @notes: (element-type TlNote): what there is to know
 * @heading: what comes before the first
 */
void
tl_journey_print_notices (GListModel *notes,
                          const char *heading)
{
  print_notes (notes, TRUE, heading);
}

static gboolean
needs_yes (TlJourney *self)
{
  return tl_lane_draft_needs_yes (tl_setup_get_draft (self->setup, TL_LANE_INCOMING)) ||
         tl_lane_draft_needs_yes (tl_setup_get_draft (self->setup, TL_LANE_OUTGOING));
}

/**
 * tl_journey_print_ahead:
 * @self: a journey with servers
 * @first: (nullable): the one thing to do, for people
 *
 * Prints whose mailbox it is, what is to be done now, then what has to be done there before, and
 * apart from it what is good to know.
 */
void
tl_journey_print_ahead (TlJourney  *self,
                        const char *first)
{
  g_autoptr(GListModel) notes = NULL;
  g_autofree char *provider = NULL;
  g_autofree char *whose = NULL;

  g_object_get (self->setup, "provider-name", &provider, "prerequisites", &notes, NULL);
  if (provider != NULL)
    {
      /* Translators: %s is a mailbox provider */
      whose = g_strdup_printf (needs_yes (self) ? _("This seems to be a mailbox at %s.")
                                                : _("This is a mailbox at %s."),
                               provider);
      tl_terminal_print ("\n%s", whose);
    }
  if (first != NULL)
    tl_terminal_print ("\n%s", first);
  print_notes (notes, FALSE, _("Before you sign in:"));
  print_notes (notes, TRUE, _("To know before outreach:"));
}

/**
 * tl_journey_print_prerequisites:
 * @self: a journey with servers
 *
 * Prints whose mailbox it is, what has to be done there first, and apart from it
 * what is good to know.
 */
void
tl_journey_print_prerequisites (TlJourney *self)
{
  tl_journey_print_ahead (self, NULL);
}

/* An address as the end of a command. */
static char *
dup_word (const char *address)
{
  g_autofree char *word = tl_journey_dup_word (address);

  return g_strconcat (*address == '-' ? "-- " : "", word, NULL);
}

/* How whoever writes a script says yes. */
static void
print_accept (TlJourney *self)
{
  g_autofree char *said = NULL;

  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      TlLaneDraft *draft = tl_setup_get_draft (self->setup, lane);
      g_autofree char *site = NULL;
      g_autofree char *display = NULL;

      g_object_get (draft, "site", &site, NULL);
      if (!tl_lane_draft_needs_yes (draft) || g_strcmp0 (site, said) == 0)
        continue;
      display = tl_domain_dup_display (site);
      /* Translators: a domain, then the same as it is typed after an option */
      tl_terminal_print (_("It asks whether %s is right. In a script, “test” and “export” take "
                           "--accept=%s for a yes."),
                         display, site);
      g_free (said);
      said = g_steal_pointer (&site);
    }
}

/**
 * tl_journey_print_next:
 * @self: a journey that has shown what was found
 *
 * Prints the command that goes on from there.
 */
void
tl_journey_print_next (TlJourney *self)
{
  TlAddress *address = tl_setup_get_address (self->setup);
  g_autofree char *word = dup_word (tl_address_get_addr_spec (address));
  g_autofree char *suggestion = NULL;

  g_object_get (self->setup, "suggestion", &suggestion, NULL);
  if (tl_journey_has_server (self, TL_LANE_INCOMING) &&
      tl_journey_has_server (self, TL_LANE_OUTGOING))
    {
      /* Translators: %s is an address, the end of a command line */
      tl_terminal_print (_("Next, to test both lanes:  twolanectl setup %s"), word);
      print_accept (self);
      return;
    }

  if (suggestion != NULL)
    {
      g_autofree char *meant = g_strconcat (tl_address_get_local_part (address), "@", suggestion,
                                            NULL);
      g_autofree char *meant_word = dup_word (meant);

      /* Translators: a domain such as gmail.com, then an address, the end of a command line */
      tl_terminal_print (_("Did you mean %s? Then:  twolanectl discover %s"), suggestion,
                         meant_word);
    }
  /* Translators: %s is an address, the end of a command line */
  tl_terminal_print (_("Next, to enter what is missing by hand:  twolanectl setup %s"), word);
  print_accept (self);
}
