/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows for the lanes from who signs in on them: user names, the folder of a shared mailbox,
 * the server of a sending service. */
#include "tl-setup-private.h"

#include "tl-identity-private.h"
#include "tl-provider-details.h"

typedef struct
{
  /* Owned; the user name that the identity gave a lane, and the one that it took the place of */
  char             *given_user;
  char             *usual_user;
} LaneUser;

struct _TlSetupIdentity
{
  /* Owned */
  LaneUser          users[2];
  TlLaneDraftAside *own_sending;      /* the mailbox's own server, while another is shown */
  TlLaneDraftAside *separate_sending; /* the other way round */
  char             *filled_relay;
  char             *folder;

  gboolean          sends_elsewhere;
  gboolean          is_busy;          /* the drafts change at our own hand */
};

static void
forget_drafts (TlSetupIdentity *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->users); i++)
    {
      g_clear_pointer (&self->users[i].given_user, g_free);
      g_clear_pointer (&self->users[i].usual_user, g_free);
    }
  g_clear_pointer (&self->own_sending, tl_lane_draft_aside_free);
  g_clear_pointer (&self->separate_sending, tl_lane_draft_aside_free);
  g_clear_pointer (&self->filled_relay, g_free);
  g_clear_pointer (&self->folder, g_free);
  self->sends_elsewhere = FALSE;
}

/* What our table knows of a service whose user names it hands out, or whose server is made of
 * something that only its customer knows: the rest is for that person to type. */
static void
fill_in_part (TlLaneDraft *draft,
              TlProvider  *relay)
{
  const TlProviderServer *server = tl_provider_get_server (relay, TL_LANE_OUTGOING, 0);
  const char *literal = NULL;
  TlUsername form = tl_provider_get_username (relay, TL_LANE_OUTGOING, &literal);

  g_object_set (draft,
                "host", strchr (server->host, '{') == NULL ? server->host : "",
                "security", server->security,
                "port", (guint) server->port,
                "username", form == TL_USERNAME_LITERAL ? literal : "",
                NULL);
}

static void
fill_relay (TlSetup    *self,
            const char *id)
{
  TlLaneDraft *draft = tl_setup_get_draft (self, TL_LANE_OUTGOING);
  TlProvider *relay = tl_providers_find (id);
  g_autoptr(TlLaneSettings) settings =
    tl_provider_dup_settings (relay, TL_LANE_OUTGOING, 0, self->address, NULL);

  if (settings != NULL)
    tl_lane_draft_set_settings (draft, settings, TL_SOURCE_MANUAL, TL_TRUST_CURATED);
  else
    {
      tl_lane_draft_take_back (draft, NULL);
      fill_in_part (draft, relay);
    }
}

/* A service that was known by its server wants its one user name, if it has one for everybody. */
static void
fill_literal_user (TlSetup    *self,
                   const char *id)
{
  TlLaneDraft *draft = tl_setup_get_draft (self, TL_LANE_OUTGOING);
  const char *literal = NULL;
  g_autofree char *username = NULL;

  g_object_get (draft, "username", &username, NULL);
  if (tl_provider_get_username (tl_providers_find (id), TL_LANE_OUTGOING,
                                &literal) == TL_USERNAME_LITERAL &&
      g_strcmp0 (username, tl_address_get_addr_spec (self->address)) == 0)
    g_object_set (draft, "username", literal, NULL);
}

/* Takes back the user name that the identity gave a lane, unless a person typed another over it. */
static void
take_username (TlSetup *self,
               guint    index)
{
  TlLaneDraft *draft = self->lanes[index].draft;
  LaneUser *user = &self->identity_state->users[index];
  g_autofree char *shown = NULL;

  g_object_get (draft, "username", &shown, NULL);
  if (user->given_user != NULL && g_strcmp0 (shown, user->given_user) == 0)
    g_object_set (draft, "username", user->usual_user, NULL);
  g_clear_pointer (&user->given_user, g_free);
  g_clear_pointer (&user->usual_user, g_free);
}

static void
apply_sending (TlSetup *self)
{
  TlSetupIdentity *state = self->identity_state;
  TlLaneDraft *draft = tl_setup_get_draft (self, TL_LANE_OUTGOING);
  const char *chosen = tl_identity_get_chosen_relay (self->identity);
  gboolean is_separate = tl_identity_is_separate (self->identity);
  g_autofree char *relay = NULL;

  g_object_get (self->identity, "relay", &relay, NULL);
  if (is_separate != state->sends_elsewhere)
    take_username (self, 1);
  if (is_separate && !state->sends_elsewhere && (relay == NULL || chosen != NULL))
    {
      /* Who typed the server of a service typed it over their own: that one is not kept. */
      state->own_sending = tl_lane_draft_put_aside (draft);
      if (state->separate_sending != NULL)
        tl_lane_draft_take_back (draft, state->separate_sending);
      else
        g_object_set (draft, "host", "", "username", "", NULL);
    }
  else if (!is_separate && state->sends_elsewhere)
    {
      g_clear_pointer (&state->separate_sending, tl_lane_draft_aside_free);
      state->separate_sending = tl_lane_draft_put_aside (draft);
      tl_lane_draft_take_back (draft, state->own_sending);
      g_clear_pointer (&state->own_sending, tl_lane_draft_aside_free);
    }
  state->sends_elsewhere = is_separate;

  if (chosen != NULL && g_strcmp0 (chosen, state->filled_relay) != 0)
    {
      fill_relay (self, chosen);
      g_free (state->filled_relay);
      state->filled_relay = g_strdup (chosen);
    }
  else if (relay != NULL && chosen == NULL)
    fill_literal_user (self, relay);
}

static void
apply_username (TlSetup *self,
                guint    index)
{
  TlLaneDraft *draft = self->lanes[index].draft;
  LaneUser *user = &self->identity_state->users[index];
  g_autofree char *shown = NULL;
  g_autofree char *name = tl_identity_dup_username (self->identity, tl_lane_draft_get_lane (draft));

  if (name == NULL)
    {
      take_username (self, index);
      return;
    }

  g_object_get (draft, "username", &shown, NULL);
  /* What a person typed over the name that was given stays until another one is given; what
   * discovery brought anew gives way. */
  if (g_strcmp0 (name, user->given_user) == 0 && g_strcmp0 (shown, user->usual_user) != 0)
    return;

  if (g_strcmp0 (shown, user->given_user) != 0)
    {
      g_free (user->usual_user);
      user->usual_user = g_steal_pointer (&shown);
    }
  g_free (user->given_user);
  user->given_user = g_steal_pointer (&name);
  g_object_set (draft, "username", user->given_user, NULL);
}

static void
apply_folder (TlSetup *self)
{
  g_autofree char *folder = tl_identity_dup_folder (self->identity);

  if (g_strcmp0 (folder, self->identity_state->folder) == 0)
    return;

  g_free (self->identity_state->folder);
  self->identity_state->folder = g_steal_pointer (&folder);
  tl_setup_forget_results (self, TL_LANE_INCOMING);
}

/**
 * tl_setup_apply_identity:
 * @self: a set-up
 *
 * Puts what its identity means into the drafts, where that was not done yet.
 */
void
tl_setup_apply_identity (TlSetup *self)
{
  TlSetupIdentity *state = self->identity_state;

  /* While the address changes, the drafts are the new one's before the identity is. */
  if (self->address == NULL || state->is_busy ||
      !tl_identity_is_of (self->identity, self->address))
    return;

  state->is_busy = TRUE;
  apply_sending (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    apply_username (self, i);
  apply_folder (self);
  state->is_busy = FALSE;
}

static void
on_host_changed (TlSetup *self)
{
  TlLaneDraft *draft = tl_setup_get_draft (self, TL_LANE_OUTGOING);
  g_autofree char *host = NULL;

  if (self->identity_state->is_busy)
    return;

  g_object_get (draft, "host", &host, NULL);
  tl_identity_see_server (self->identity,
                          g_strcmp0 (tl_lane_draft_get_source (draft), TL_SOURCE_MANUAL) == 0
                          ? host : NULL);
}

/**
 * tl_setup_start_identity:
 * @self: a set-up that has its drafts
 *
 * Makes the identity of a set-up. The set-up stops it when it ends.
 */
void
tl_setup_start_identity (TlSetup *self)
{
  self->identity = tl_identity_new ();
  self->identity_state = g_new0 (TlSetupIdentity, 1);
  g_signal_connect_object (self->identity, "changed", G_CALLBACK (tl_setup_apply_identity),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lanes[1].draft, "notify::host", G_CALLBACK (on_host_changed), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    g_signal_connect_object (self->lanes[i].draft, "notify::candidate",
                             G_CALLBACK (tl_setup_apply_identity), self, G_CONNECT_SWAPPED);
}

/**
 * tl_setup_stop_identity:
 * @self: a set-up that ends
 */
void
tl_setup_stop_identity (TlSetup *self)
{
  if (self->identity_state == NULL)
    return;

  forget_drafts (self->identity_state);
  g_clear_pointer (&self->identity_state, g_free);
  g_clear_object (&self->identity);
}

/**
 * tl_setup_get_identity:
 * @self: a set-up
 *
 * Returns: (transfer none): who signs in on which lane
 */
TlIdentity *
tl_setup_get_identity (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->identity;
}

/**
 * tl_setup_identify:
 * @self: a set-up
 *
 * For a change of the address, the provider, or what is signed in with: the identity follows.
 */
void
tl_setup_identify (TlSetup *self)
{
  if (!tl_identity_is_of (self->identity, self->address))
    {
      /* Before the identity says that it changed: the drafts are another mailbox's by now. */
      forget_drafts (self->identity_state);
      tl_identity_set_mailbox (self->identity, self->address);
    }
  tl_identity_set_provider (self->identity, self->provider);
  tl_identity_set_auth (self->identity, tl_setup_get_lane_auth (self, TL_LANE_INCOMING));
  tl_setup_refresh_readiness (self);
}

/**
 * tl_setup_dup_settings:
 * @self: a set-up
 * @lane: %TL_LANE_INCOMING or %TL_LANE_OUTGOING
 *
 * Returns: (transfer full) (nullable): what the lane would be tested with, or %NULL when its draft
 *   is not usable
 */
TlLaneSettings *
tl_setup_dup_settings (TlSetup    *self,
                       TlLaneKind  lane)
{
  g_autoptr(TlLaneSettings) settings = NULL;
  g_autofree char *folder = NULL;

  settings = tl_lane_draft_dup_settings (tl_setup_get_draft (self, lane),
                                         tl_setup_get_lane_auth (self, lane));
  if (lane == TL_LANE_INCOMING)
    folder = tl_identity_dup_folder (self->identity);
  if (settings == NULL || folder == NULL)
    return g_steal_pointer (&settings);

  return tl_lane_settings_with_folder (settings, folder);
}
