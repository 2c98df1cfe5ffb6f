/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a dialogue asks before anybody signs in: servers by hand, and who signs in on which lane. */
#include "tl-journey.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "tl-journey-private.h"
#include "tl-terminal.h"

/* --- Servers ------------------------------------------------------------------------------ */

/* Returns NULL when there is nothing that an empty answer could keep: nothing
 * was found, or it was not agreed to. */
static char *
dup_kept (TlLaneDraft *draft)
{
  g_autoptr(TlLaneSettings) settings = NULL;

  if (!tl_lane_draft_is_valid (draft))
    return NULL;
  settings = tl_lane_draft_dup_settings (draft, TL_AUTH_PASSWORD);

  return tl_endpoint_to_string (tl_lane_settings_get_endpoint (settings));
}

static char *
dup_server_question (TlLaneKind  lane,
                     const char *kept)
{
  if (kept != NULL)
    return g_strdup_printf (lane == TL_LANE_INCOMING
                              /* Translators: %s is a server that stands there already */
                              ? _("Incoming server (Enter keeps %s):")
                              /* Translators: %s is a server that stands there already */
                              : _("Outgoing server (Enter keeps %s):"),
                            kept);

  return g_strdup (lane == TL_LANE_INCOMING
                     ? _("Incoming server (your IT or provider tells you; Ctrl+C stops):")
                     : _("Outgoing server (your IT or provider tells you; Ctrl+C stops):"));
}

/* A server by hand, when none was found or another is wanted. */
static gboolean
ask_server (TlJourney  *self,
            TlLaneKind  lane)
{
  TlLaneDraft *draft = tl_setup_get_draft (self->setup, lane);
  const char *spec = tl_address_get_addr_spec (tl_setup_get_address (self->setup));
  g_autofree char *kept = dup_kept (draft);
  g_autofree char *question = dup_server_question (lane, kept);

  for (;;)
    {
      g_autofree char *answer = tl_terminal_ask (question, NULL);
      g_autoptr(TlLaneSettings) settings = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *user = NULL;
      g_autofree char *url = NULL;

      if (answer == NULL)
        return FALSE;
      if (*answer == '\0' && kept != NULL)
        return TRUE;
      if (*answer == '\0')
        {
          tl_terminal_complain ("%s", lane == TL_LANE_INCOMING
                                        ? _("Please type a server name, such as imap.example.com")
                                        : _("Please type a server name, such as smtp.example.com"));
          continue;
        }

      /* A bare name is what providers give; encryption from the start is what most of them mean. */
      url = strstr (answer, "://") != NULL
        ? g_strdup (answer)
        : g_strconcat (lane == TL_LANE_INCOMING ? "imaps://" : "smtps://", answer, NULL);
      g_object_get (draft, "username", &user, NULL);
      settings = tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD,
                                                user != NULL && *user != '\0' ? user : spec,
                                                &error);
      if (settings != NULL &&
          tl_lane_settings_get_protocol (settings) == tl_protocol_for_lane (lane))
        {
          tl_lane_draft_set_settings (draft, settings, TL_SOURCE_MANUAL, TL_TRUST_MANUAL);
          return TRUE;
        }
      tl_terminal_complain ("%s", error != NULL ? error->message : _("that is for the other lane"));
    }
}

/**
 * tl_journey_ask_servers:
 * @self: the journey of a dialogue
 *
 * Asks for the server of each lane; an empty answer keeps one that is there.
 *
 * Returns: %FALSE at the end of input
 */
gboolean
tl_journey_ask_servers (TlJourney *self)
{
  return ask_server (self, TL_LANE_INCOMING) && ask_server (self, TL_LANE_OUTGOING);
}


/* --- A shared mailbox ----------------------------------------------------------------------- */

/* How it is reached where the provider has no way of its own. */
static const struct
{
  TlSharedWay  way;
  const char  *label;
} shared_ways[] = {
  { TL_SHARED_FOLDER, N_("It is a folder in the account of whoever signs in") },
  { TL_SHARED_MASTER, N_("As “mailbox*login” (a master user of Dovecot)") },
};

static gboolean
choose_shared_way (TlIdentity *identity)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();
  guint number;

  for (gsize i = 0; i < G_N_ELEMENTS (shared_ways); i++)
    g_ptr_array_add (labels, (gpointer) _(shared_ways[i].label));
  tl_terminal_print ("%s", _("How is the mailbox reached? IT knows."));
  number = tl_journey_ask_number (labels);
  if (number > 0)
    g_object_set (identity, "shared-way", shared_ways[number - 1].way, NULL);

  return number > 0;
}

/* Asks until there is an answer. Returns NULL at the end of input. */
static char *
ask_word (const char *question,
          const char *fallback)
{
  for (;;)
    {
      g_autofree char *answer = tl_terminal_ask (question, fallback);

      if (answer == NULL || *answer != '\0')
        return g_steal_pointer (&answer);
    }
}

static gboolean
ask_folder (TlIdentity *identity)
{
  for (;;)
    {
      g_autofree char *folder = ask_word (_("Which folder is it? Its whole name, as IT tells it:"),
                                          NULL);

      if (folder == NULL)
        return FALSE;
      g_object_set (identity, "shared-folder", folder, NULL);
      if (tl_lane_settings_can_open (folder))
        return TRUE;
      tl_terminal_complain ("%s", _("that is no name of a folder"));
    }
}

static gboolean
ask_login (TlIdentity *identity)
{
  gboolean is_master = tl_identity_get_shared_way (identity) == TL_SHARED_MASTER;

  for (;;)
    {
      g_autofree char *login = ask_word (is_master ? _("Who signs in? The master user’s name:")
                                                   : _("Who signs in? Their own address:"), NULL);

      if (login == NULL)
        return FALSE;
      g_object_set (identity, "login", login, NULL);
      if (tl_identity_is_valid (identity))
        return TRUE;
      /* Translators: %s is what was typed */
      tl_terminal_complain (_("“%s” is nobody who could sign in to this mailbox"), login);
    }
}

static gboolean
ask_shared (TlJourney *self)
{
  TlIdentity *identity = tl_setup_get_identity (self->setup);
  g_autoptr(GListModel) notes = NULL;
  gboolean can = FALSE;

  if (!tl_terminal_ask_yes (_("Do several people share it, each with a sign-in of their own?"),
                            FALSE))
    return TRUE;

  g_object_get (identity, "shared-notes", &notes, "can-share-by-provider", &can, NULL);
  tl_journey_print_notices (notes, _("To know about shared mailboxes here:"));
  if (can)
    g_object_set (identity, "shared-way", TL_SHARED_BY_PROVIDER, NULL);
  else if (!choose_shared_way (identity))
    return FALSE;

  return (tl_identity_get_shared_way (identity) != TL_SHARED_FOLDER || ask_folder (identity)) &&
         ask_login (identity);
}

/* --- A sending service ---------------------------------------------------------------------- */

/* One by name comes with its server; one that we do not know, and one whose server only its
 * customer knows, is asked for it. */
static gboolean
choose_service (TlJourney *self)
{
  TlIdentity *identity = tl_setup_get_identity (self->setup);
  TlLaneDraft *draft = tl_setup_get_draft (self->setup, TL_LANE_OUTGOING);
  g_autofree char *id = NULL;
  g_autofree char *text = ask_word (_("Which one? Its name, such as SendGrid, or “other”:"), NULL);
  g_autofree char *host = NULL;

  if (text == NULL)
    return FALSE;

  id = tl_journey_dup_relay (self, text);
  if (id != NULL)
    tl_identity_choose_relay (identity, id);
  else
    g_object_set (identity, "separate-sending", TRUE, NULL);
  g_object_get (draft, "host", &host, NULL);
  if (host != NULL && *host != '\0')
    return TRUE;

  return ask_server (self, TL_LANE_OUTGOING);
}

static gboolean
ask_sending (TlJourney *self)
{
  TlLaneDraft *draft = tl_setup_get_draft (self->setup, TL_LANE_OUTGOING);
  g_autofree char *known = NULL;
  g_autofree char *user = NULL;

  if (!tl_terminal_ask_yes (_("Does sending go through a service with a sign-in of its own?"),
                            FALSE))
    return TRUE;
  if (!choose_service (self))
    return FALSE;

  g_object_get (draft, "username", &known, NULL);
  user = ask_word (_("User name there:"), known);
  g_object_set (draft, "username", user, NULL);

  return user != NULL;
}

/**
 * tl_journey_ask_identity:
 * @self: the journey of a dialogue, with servers
 *
 * Asks who signs in on which lane, where the options say nothing about it: most people answer one
 * question, with Enter.
 *
 * Returns: %FALSE at the end of input
 */
gboolean
tl_journey_ask_identity (TlJourney *self)
{
  if (self->practice || self->login != NULL || self->relay != NULL)
    return TRUE;

  if (!tl_terminal_ask_yes (_("Is this a mailbox that several people share, or does sending go "
                              "through another service?"), FALSE))
    return TRUE;
  if (!ask_shared (self) || !ask_sending (self))
    return FALSE;

  tl_terminal_print ("%s", "");
  tl_journey_print_servers (self);

  return TRUE;
}
