/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first half of a journey: whose mailbox it is, and its servers. */
#include "tl-journey.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "tl-domain.h"
#include "tl-error.h"
#include "tl-journey-private.h"
#include "tl-preferences.h"
#include "tl-terminal.h"

static gboolean
use_directory (TlJourney  *self,
               GError    **error)
{
  g_autofree char *directory = NULL;

  if (self->directory == NULL)
    return TRUE;

  directory = tl_preferences_check_directory (g_str_equal (self->directory, "none")
                                                ? "" : self->directory,
                                              error);
  if (directory == NULL)
    {
      g_prefix_error (error, "--directory: ");
      return FALSE;
    }
  g_object_set (self->setup, "directory-url", directory, NULL);

  return TRUE;
}

/**
 * tl_journey_use_policies:
 * @self: a journey whose options were read
 * @error: return location for a #GError
 *
 * Reads the policies that were given, before anything else: one may say which servers there are to
 * be.
 *
 * Returns: whether they are policies; %FALSE with an error that names the option
 */
gboolean
tl_journey_use_policies (TlJourney  *self,
                         GError    **error)
{
  TlPolicyStore *store = tl_setup_get_policy_store (self->setup);

  for (gsize i = 0; self->policy_files != NULL && self->policy_files[i] != NULL; i++)
    {
      if (!tl_policy_store_add_file_sync (store, self->policy_files[i], error))
        {
          g_prefix_error (error, "--policy: ");
          return FALSE;
        }
    }

  return TRUE;
}

/* Asked before anything is sent anywhere: the wrong domain would get to know
 * the address, and later perhaps the password. */
static void
check_spelling (TlJourney *self)
{
  TlAddress *address = tl_setup_get_address (self->setup);
  g_autofree char *suggestion = NULL;
  g_autofree char *question = NULL;

  g_object_get (self->setup, "suggestion", &suggestion, NULL);
  if (suggestion == NULL || (self->json && !self->is_dialogue))
    return;

  if (!tl_terminal_can_ask ())
    {
      /* Translators: two domains: the one that was probably meant, then the one that was typed */
      tl_terminal_complain (_("did you mean %s? Going on with %s"), suggestion,
                            tl_address_get_domain (address));
      return;
    }

  /* Translators: %s is a domain, such as gmail.com */
  question = g_strdup_printf (_("Did you mean %s?"), suggestion);
  if (tl_terminal_ask_yes (question, TRUE))
    {
      g_autofree char *corrected = g_strconcat (tl_address_get_local_part (address), "@",
                                                suggestion, NULL);

      tl_setup_set_address_text (self->setup, corrected);
    }
}

/**
 * tl_journey_set_address:
 * @self: a journey
 * @address: what was typed
 * @error: return location for a #GError
 *
 * Takes the address, asking whether a well-known domain that is spelt almost
 * alike was meant, and the options that say whom to ask for its servers.
 *
 * Returns: whether it is an address; %FALSE with %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_journey_set_address (TlJourney   *self,
                        const char  *address,
                        GError     **error)
{
  g_autoptr(TlFinding) finding = NULL;

  if (self->practice && (self->incoming != NULL || self->outgoing != NULL || self->user != NULL ||
                         self->outgoing_user != NULL || self->login != NULL ||
                         self->relay != NULL || self->sign_in != NULL || self->client_id != NULL))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "--practice has servers and a user of its own: leave out "
                           "--incoming, --outgoing, --user, --outgoing-user, --login, --relay, "
                           "--sign-in and --client-id");
      return FALSE;
    }
  if (self->practice && g_strcmp0 (address, TL_PRACTICE_ADDRESS) != 0 && *address != '\0')
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "with --practice the address is %s", TL_PRACTICE_ADDRESS);
      return FALSE;
    }
  if (!tl_journey_use_policies (self, error))
    return FALSE;
  if (self->practice)
    return tl_setup_use_practice_file (self->setup, NULL) ||
           tl_setup_practise (self->setup, TL_PRACTICE_ALL_WELL, error);

  if (!use_directory (self, error))
    return FALSE;
  tl_setup_set_address_text (self->setup, address);
  if (tl_setup_get_address (self->setup) != NULL)
    {
      check_spelling (self);
      /* Last: it is for one address, and goes with a change of it. */
      g_object_set (self->setup, "send-address", self->send_address, NULL);
      return TRUE;
    }

  g_object_get (self->setup, "address-finding", &finding, NULL);
  if (finding != NULL)
    {
      g_autofree char *title = tl_finding_dup_title (finding);
      g_autofree char *explanation = tl_finding_dup_explanation (finding);
      const char *detail = tl_evidence_get_string (tl_finding_get_evidence (finding),
                                                   TL_EVIDENCE_DETAIL);

      /* That there is no @ is what the explanation says. */
      if (detail == NULL || strchr (address, '@') == NULL)
        g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "%s. %s", title, explanation);
      else
        g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "%s. %s (%s)", title, explanation,
                     detail);
    }
  else
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, _("An address is needed"));
    }

  return FALSE;
}

/**
 * tl_journey_pick_address:
 * @self: a journey whose options were read
 * @verb: which verb it is for
 * @argc: how many words are left
 * @argv: the verb and its operands
 *
 * Returns: (transfer none) (nullable): the address on the command line, which a practice mailbox
 *   can do without; %NULL when it is missing, which was said
 */
const char *
tl_journey_pick_address (TlJourney   *self,
                         const char  *verb,
                         int          argc,
                         char       **argv)
{
  if (argc > 1)
    return argv[1];
  if (self->practice)
    return "";

  /* Translators: %s is a verb of the command line */
  tl_terminal_complain (_("ADDRESS is missing. Example: twolanectl %s ada@example.org"), verb);

  return NULL;
}

/**
 * tl_journey_discover:
 * @self: a journey with an address
 * @error: return location for a #GError
 *
 * Looks for servers, until the proposal stands.
 *
 * Returns: %FALSE with %TL_ERROR_INVALID_INPUT or %G_IO_ERROR_CANCELLED
 */
gboolean
tl_journey_discover (TlJourney  *self,
                     GError    **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };

  WAIT_FOR (wait, tl_setup_discover_async (self->setup, wait.cancellable, tl_journey_wait_ready,
                                           &wait));

  return tl_setup_discover_finish (self->setup, wait.result, error);
}

/**
 * tl_journey_settle:
 * @self: a journey with a proposal
 * @error: return location for a #GError
 *
 * Waits for the sources that cannot change the proposal any more.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_journey_settle (TlJourney  *self,
                   GError    **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };

  WAIT_WHILE (wait, (void) 0, tl_setup_is_settling (self->setup) &&
                              !g_cancellable_is_cancelled (wait.cancellable));

  return !g_cancellable_set_error_if_cancelled (wait.cancellable, error);
}

static gboolean
use_url (TlJourney   *self,
         TlLaneKind   lane,
         const char  *url,
         GError     **error)
{
  TlAddress *address = tl_setup_get_address (self->setup);
  g_autoptr(TlLaneSettings) settings = NULL;

  if (url == NULL)
    return TRUE;

  settings = tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD,
                                            tl_address_get_addr_spec (address), error);
  if (settings == NULL)
    {
      g_prefix_error (error, "--%s: ", tl_lane_kind_get_nick (lane));
      return FALSE;
    }
  if (tl_lane_settings_get_protocol (settings) != tl_protocol_for_lane (lane))
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "--%s: “%s” is for the other lane; here it is %s",
                   tl_lane_kind_get_nick (lane), url,
                   lane == TL_LANE_INCOMING ? "imaps:// or imap://" : "smtps:// or smtp://");
      return FALSE;
    }
  tl_lane_draft_set_settings (tl_setup_get_draft (self->setup, lane), settings, TL_SOURCE_MANUAL,
                              TL_TRUST_MANUAL);

  return TRUE;
}

static void
use_user (TlJourney  *self,
          TlLaneKind  lane,
          const char *user)
{
  if (user != NULL)
    g_object_set (tl_setup_get_draft (self->setup, lane), "username", user, NULL);
}

/* A sending service of its own has users of its own. */
static const char *
get_outgoing_user (TlJourney *self)
{
  return self->outgoing_user != NULL || self->relay != NULL ? self->outgoing_user : self->user;
}

/* The site of a lane that waits for a yes. Returns NULL when it waits for none. */
static char *
dup_open_site (TlJourney  *self,
               TlLaneKind  lane)
{
  TlLaneDraft *draft = tl_setup_get_draft (self->setup, lane);
  char *site = NULL;

  if (tl_lane_draft_needs_yes (draft))
    g_object_get (draft, "site", &site, NULL);

  return site;
}

/* The yes is about a registrable domain, whichever lane leads there. */
static void
confirm_site (TlJourney  *self,
              const char *site)
{
  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      g_autofree char *open_site = dup_open_site (self, lane);

      if (open_site != NULL && g_strcmp0 (open_site, site) == 0)
        g_object_set (tl_setup_get_draft (self->setup, lane), "confirmed", TRUE, NULL);
    }
}

static char *
dup_question (TlJourney  *self,
              TlLaneKind  lane,
              const char *site)
{
  TlTrust trust = tl_lane_draft_get_trust (tl_setup_get_draft (self->setup, lane));
  g_autofree char *display = tl_domain_dup_display (site);
  g_autofree char *provider = NULL;

  g_object_get (self->setup, "provider-name", &provider, NULL);
  if (provider != NULL && trust == TL_TRUST_CURATED)
    /* Translators: a mailbox provider, then the domain that its servers belong to */
    return g_strdup_printf (_("Your mailbox seems to be at %s (%s). Is that right? "
                              "Ask IT if unsure."),
                            provider, display);

  /* Translators: %s is the domain that servers belong to */
  return g_strdup_printf (_("Your mailbox seems to be at %s, and nobody vouches for that. "
                            "Is it there, and may your password go there? Ask IT if unsure."),
                          display);
}

/**
 * tl_journey_confirm_servers:
 * @self: a journey whose servers were shown
 *
 * Asks who is at the terminal about servers that nobody else vouches for, once
 * for each registrable domain. Asks nothing when there is nobody to ask.
 *
 * Returns: whether a yes was said that was needed
 */
gboolean
tl_journey_confirm_servers (TlJourney *self)
{
  g_autofree char *refused = NULL;
  gboolean confirmed = FALSE;

  if (!tl_terminal_can_ask () || (self->json && !self->is_dialogue))
    return FALSE;

  for (TlLaneKind lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      g_autofree char *site = dup_open_site (self, lane);
      g_autofree char *question = NULL;

      if (site == NULL || g_strcmp0 (site, refused) == 0)
        continue;
      question = dup_question (self, lane, site);
      if (tl_terminal_ask_yes (question, FALSE))
        {
          confirm_site (self, site);
          confirmed = TRUE;
        }
      else
        {
          g_free (refused);
          refused = g_steal_pointer (&site);
        }
    }

  return confirmed;
}

/**
 * tl_journey_find_servers:
 * @self: a journey with an address
 * @error: return location for a #GError
 *
 * Takes the servers from the command line and looks for those that are not there.
 * Whoever wrote `--accept` into a script has said yes to one domain.
 *
 * Returns: %FALSE with %TL_ERROR_INVALID_INPUT or %G_IO_ERROR_CANCELLED; a
 *   server that was not found is no error here, but the result of its lane
 */
gboolean
tl_journey_find_servers (TlJourney  *self,
                         GError    **error)
{
  gboolean has_both = self->incoming != NULL && self->outgoing != NULL;

  if (!tl_journey_check_sign_in (self, error))
    return FALSE;
  /* Where to sign in on a page is part of what is found, whoever names the servers. */
  if (!self->practice && (!has_both || self->sign_in != NULL || self->client_id != NULL ||
                          self->login != NULL) &&
      !tl_journey_discover (self, error))
    return FALSE;

  /* A sending service has a server, which is not the mailbox's. Who signs in has a say in the user
   * names, and what was told in so many words the last one. */
  tl_journey_use_sending (self);
  if (!use_url (self, TL_LANE_INCOMING, self->incoming, error) ||
      !use_url (self, TL_LANE_OUTGOING, self->outgoing, error) ||
      !tl_journey_use_identity (self, error))
    return FALSE;
  use_user (self, TL_LANE_INCOMING, self->user);
  use_user (self, TL_LANE_OUTGOING, get_outgoing_user (self));

  confirm_site (self, self->accept);

  return TRUE;
}

/**
 * tl_journey_show_found:
 * @self: a journey that has looked for servers
 * @error: return location for a #GError
 *
 * Prints the servers as soon as they stand, and then what there is to say about
 * them: the source that contradicts them may be the last to answer. Where there
 * are none, what is wrong says so.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_journey_show_found (TlJourney  *self,
                       GError    **error)
{
  gboolean has_servers = tl_journey_has_server (self, TL_LANE_INCOMING) ||
                         tl_journey_has_server (self, TL_LANE_OUTGOING);
  g_autoptr(GListModel) findings = NULL;

  if (has_servers)
    tl_journey_print_servers (self);
  if (!tl_journey_settle (self, error))
    return FALSE;

  g_object_get (self->setup, "discovery-findings", &findings, NULL);
  if (!has_servers && g_list_model_get_n_items (findings) == 0)
    tl_journey_print_servers (self);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      if (has_servers || i > 0)
        tl_terminal_print ("%s", "");
      tl_terminal_print_finding (finding, NULL);
    }

  return TRUE;
}
