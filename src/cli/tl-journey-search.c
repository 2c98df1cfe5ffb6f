/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first half of a journey: whose mailbox it is, and its servers. */
#include "tl-journey.h"

#include <glib/gi18n-lib.h>

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
                         self->outgoing_user != NULL))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "--practice has servers and a user of its own: leave out "
                           "--incoming, --outgoing, --user and --outgoing-user");
      return FALSE;
    }
  if (self->practice && g_strcmp0 (address, TL_PRACTICE_ADDRESS) != 0 && *address != '\0')
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "with --practice the address is %s", TL_PRACTICE_ADDRESS);
      return FALSE;
    }
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

      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "%s. %s (%s)", title, explanation,
                   tl_evidence_get_string (tl_finding_get_evidence (finding), TL_EVIDENCE_DETAIL));
    }
  else
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, _("An address is needed"));
    }

  return FALSE;
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
         const char  *user,
         GError     **error)
{
  TlLaneDraft *draft = tl_setup_get_draft (self->setup, lane);
  g_autoptr(TlLaneSettings) settings = NULL;
  TlProtocol protocol = tl_protocol_for_lane (lane);

  if (url != NULL)
    {
      TlAddress *address = tl_setup_get_address (self->setup);

      settings = tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD,
                                                user != NULL ? user
                                                             : tl_address_get_addr_spec (address),
                                                error);
      if (settings == NULL)
        {
          g_prefix_error (error, "--%s: ", tl_lane_kind_get_nick (lane));
          return FALSE;
        }
      if (tl_lane_settings_get_protocol (settings) != protocol)
        {
          g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                       "--%s: “%s” is for the other lane; here it is %s",
                       tl_lane_kind_get_nick (lane), url,
                       lane == TL_LANE_INCOMING ? "imaps:// or imap://"
                                                : "smtps:// or smtp://");
          return FALSE;
        }
      tl_lane_draft_set_settings (draft, settings, TL_SOURCE_MANUAL, TL_TRUST_MANUAL);
    }
  else if (user != NULL)
    {
      g_object_set (draft, "username", user, NULL);
    }

  return TRUE;
}

/* Somebody has to vouch for a host outside the address's domain: the person at
 * the terminal, or whoever wrote --accept into a script. */
static void
agree (TlJourney  *self,
       TlLaneKind  lane)
{
  TlLaneDraft *draft = tl_setup_get_draft (self->setup, lane);
  g_autofree char *site = NULL;
  g_autofree char *host = NULL;
  g_autofree char *question = NULL;

  if (!tl_lane_draft_needs_yes (draft))
    return;

  g_object_get (draft, "site", &site, "host", &host, NULL);
  if (g_strcmp0 (self->accept, site) == 0)
    {
      g_object_set (draft, "confirmed", TRUE, NULL);
      return;
    }
  if (!tl_terminal_can_ask () || self->json)
    return;

  /* Translators: server name, then the domain it belongs to */
  question = g_strdup_printf (_("%s belongs to %s, and nobody vouches for that. "
                                "Send your password there?"),
                              host, site);
  if (tl_terminal_ask_yes (question, FALSE))
    g_object_set (draft, "confirmed", TRUE, NULL);
}

/**
 * tl_journey_find_servers:
 * @self: a journey with an address
 * @error: return location for a #GError
 *
 * Takes the servers from the command line and looks for those that are not there.
 *
 * Returns: %FALSE with %TL_ERROR_INVALID_INPUT or %G_IO_ERROR_CANCELLED; a
 *   server that was not found is no error here, but the result of its lane
 */
gboolean
tl_journey_find_servers (TlJourney  *self,
                         GError    **error)
{
  if (!self->practice && (self->incoming == NULL || self->outgoing == NULL) &&
      !tl_journey_discover (self, error))
    return FALSE;

  if (!use_url (self, TL_LANE_INCOMING, self->incoming, self->user, error) ||
      !use_url (self, TL_LANE_OUTGOING, self->outgoing,
                self->outgoing_user != NULL ? self->outgoing_user : self->user, error))
    return FALSE;

  agree (self, TL_LANE_INCOMING);
  agree (self, TL_LANE_OUTGOING);

  return TRUE;
}
