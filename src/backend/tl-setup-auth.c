/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mailbox is signed in to with: what it takes, what a person chose among that, and whether
 * it is there. */
#include "tl-setup-private.h"

#include "tl-domain.h"
#include "tl-oauth-tenant.h"
#include "tl-provider-details.h"
#include "tl-signin-private.h"
#include "tl-site.h"
#include "tl-url.h"

/* What servers ask for that follow draft-ietf-mailmaint-oauth-public. */
static const char * const usual_scopes[] = {
  "urn:ietf:params:oauth:scope:mail", "offline_access", NULL,
};

static TlCandidate *
get_proposal (TlSetup *self)
{
  return self->discovery == NULL
           ? NULL : tl_discovery_report_get_proposal (self->discovery, TL_LANE_INCOMING);
}

/* A stranger may name a page to sign in at, within the house of the mailbox or of a server that a
 * person agreed to: elsewhere it would be a place to lure people to. */
static gboolean
is_trusted_host (TlSetup    *self,
                 const char *host)
{
  if (tl_site_same (host, tl_address_get_domain (self->address)))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      g_autoptr(TlLaneSettings) settings = NULL;

      if (!tl_lane_draft_is_valid (self->lanes[i].draft))
        continue;
      settings = tl_lane_draft_dup_settings (self->lanes[i].draft, TL_AUTH_OAUTH2);
      if (settings != NULL &&
          tl_site_same (host, tl_endpoint_get_host (tl_lane_settings_get_endpoint (settings))))
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_setup_dup_issuer:
 * @self: a set-up
 *
 * Returns: (transfer full) (nullable): the authorization server of the mailbox, as the provider
 *   table names it, which may be with `{tenant}`, or else a hint of discovery's that may be
 *   followed
 */
char *
tl_setup_dup_issuer (TlSetup *self)
{
  GPtrArray *hints;

  if (self->address == NULL || self->purpose == TL_PURPOSE_PRACTICE)
    return NULL;
  if (self->provider != NULL && tl_provider_takes (self->provider, TL_AUTH_OAUTH2))
    return g_strdup (tl_provider_get_oauth_issuer (self->provider));
  if (self->provider != NULL || self->discovery == NULL)
    return NULL;

  hints = tl_discovery_report_get_hints (self->discovery);
  for (guint i = 0; i < hints->len; i++)
    {
      TlHint *hint = g_ptr_array_index (hints, i);
      g_autofree char *host = NULL;

      if (tl_hint_get_kind (hint) != TL_HINT_OAUTH || tl_hint_get_link (hint) == NULL)
        continue;
      host = tl_url_dup_host (tl_hint_get_link (hint));
      if (host != NULL && is_trusted_host (self, host))
        return g_strdup (tl_hint_get_link (hint));
    }

  return NULL;
}

/**
 * tl_setup_dup_scopes:
 * @self: a set-up
 *
 * Returns: (transfer full) (array zero-terminated=1): what is asked for at the authorization server
 */
char **
tl_setup_dup_scopes (TlSetup *self)
{
  const char * const *scopes = self->provider == NULL
                                 ? NULL : tl_provider_get_oauth_scopes (self->provider);

  return g_strdupv ((char **) (scopes == NULL || *scopes == NULL ? usual_scopes : scopes));
}

static gboolean
is_own_host (TlProvider *provider,
             const char *host)
{
  guint n = tl_provider_get_n_endpoints (provider, TL_LANE_INCOMING);

  if (tl_providers_find_by_host (host) == provider)
    return TRUE;

  /* Two providers of one house share servers. */
  for (guint i = 0; i < n; i++)
    {
      if (g_ascii_strcasecmp (tl_provider_get_server (provider, TL_LANE_INCOMING, i)->host,
                              host) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Whoever types a server that is not the provider's says that the mailbox is elsewhere, or that
 * something stands between: what the provider takes is no rule there. */
static gboolean
is_elsewhere (TlSetup *self)
{
  TlLaneDraft *draft = self->lanes[0].draft;
  g_autofree char *host = NULL;

  if (self->provider == NULL || !tl_lane_draft_is_valid (draft) ||
      g_strcmp0 (tl_lane_draft_get_source (draft), TL_SOURCE_MANUAL) != 0)
    return FALSE;

  g_object_get (draft, "host", &host, NULL);

  return host != NULL && !is_own_host (self->provider, host);
}

static gboolean
is_signed_in (TlSetup *self)
{
  return tl_signin_get_state (self->signin.shown) == TL_SIGNIN_DONE;
}

/* Whether the sign-in at the provider's page needs nobody else. */
static gboolean
can_sign_in_at_once (TlSetup *self)
{
  g_autofree char *issuer = tl_setup_dup_issuer (self);

  return self->signin.online != NULL || is_signed_in (self) ||
         (issuer != NULL && tl_client_store_find (self->signin.clients, issuer) != NULL);
}

/* Behind an address in a domain of the provider's own stands no organisation. */
static gboolean
is_personal (TlSetup *self)
{
  return self->provider != NULL && self->address != NULL &&
         tl_providers_find_by_domain (tl_address_get_domain (self->address)) == self->provider;
}

/**
 * tl_setup_can_register:
 * @self: a set-up
 *
 * Returns: whether IT could have this program registered where the mailbox is signed in to: some
 *   providers let their partners in alone, and a personal mailbox has no IT
 */
gboolean
tl_setup_can_register (TlSetup *self)
{
  return !is_personal (self) &&
         (self->provider == NULL || !tl_provider_takes (self->provider, TL_AUTH_OAUTH2) ||
          tl_provider_can_register (self->provider));
}

static gboolean
takes_nothing_else (TlProvider *provider)
{
  const TlAuth *kinds = NULL;

  return tl_provider_get_sign_in (provider, &kinds) == 1;
}

/* A client id that is there or that IT can get leads to the provider's page. Where nothing else
 * leads into the mailbox, a person may have one from elsewhere. */
static gboolean
leads_to_page (TlSetup *self)
{
  return tl_setup_can_register (self) || can_sign_in_at_once (self) ||
         takes_nothing_else (self->provider);
}

/**
 * tl_setup_takes:
 * @self: a set-up
 * @auth: what one may sign in with
 *
 * Returns: whether the mailbox takes it, as far as is known; of a server that nobody knows a
 *   password is believed to be taken
 */
gboolean
tl_setup_takes (TlSetup *self,
                TlAuth   auth)
{
  g_autofree char *issuer = NULL;
  TlCandidate *proposal = get_proposal (self);

  if (self->provider != NULL && !is_elsewhere (self))
    return tl_provider_takes (self->provider, auth) &&
           (auth != TL_AUTH_OAUTH2 || leads_to_page (self));

  switch (auth)
    {
    case TL_AUTH_OAUTH2:
      issuer = tl_setup_dup_issuer (self);
      return issuer != NULL ||
             (proposal != NULL &&
              tl_lane_settings_get_auth (tl_candidate_get_settings (proposal)) == TL_AUTH_OAUTH2);
    case TL_AUTH_PASSWORD:
      return TRUE;
    case TL_AUTH_APP_PASSWORD:
      return FALSE;
    default:
      g_assert_not_reached ();
    }
}

/**
 * tl_setup_get_auth:
 * @self: a set-up
 *
 * Returns: what this mailbox is signed in to with
 */
TlAuth
tl_setup_get_auth (TlSetup *self)
{
  TlCandidate *proposal;
  const TlAuth *kinds = NULL;

  g_return_val_if_fail (TL_IS_SETUP (self), TL_AUTH_PASSWORD);

  /* A choice waits while discovery looks again. */
  if (self->is_auth_chosen &&
      (tl_setup_takes (self, self->chosen_auth) ||
       (self->chosen_auth == TL_AUTH_OAUTH2 && is_signed_in (self))))
    return self->chosen_auth;

  if (is_elsewhere (self))
    return TL_AUTH_PASSWORD;

  proposal = get_proposal (self);
  if (self->provider == NULL)
    return proposal == NULL ? TL_AUTH_PASSWORD
                            : tl_lane_settings_get_auth (tl_candidate_get_settings (proposal));

  /* The provider's page lets nobody in for a program that it does not know, and somebody
   * else has to register one; an app password people make themselves. */
  if (tl_provider_get_sign_in (self->provider, &kinds) > 0 && kinds[0] == TL_AUTH_OAUTH2 &&
      can_sign_in_at_once (self))
    return TL_AUTH_OAUTH2;

  return tl_provider_get_preferred_auth (self->provider);
}

/**
 * tl_setup_get_lane_auth:
 * @self: a set-up
 * @lane: which lane
 *
 * Returns: what this lane is signed in to with: a token where one was given, a password where
 *   sending goes through a service of its own, else what the mailbox takes
 */
TlAuth
tl_setup_get_lane_auth (TlSetup    *self,
                        TlLaneKind  lane)
{
  if (self->lanes[lane - TL_LANE_INCOMING].has_token)
    return TL_AUTH_OAUTH2;
  if (lane == TL_LANE_OUTGOING && tl_identity_is_separate (self->identity))
    return TL_AUTH_PASSWORD;

  return tl_setup_get_auth (self);
}

/**
 * tl_setup_has_lane_secret:
 * @self: a set-up
 * @lane: which lane
 *
 * Returns: whether there is something to sign in with on this lane
 */
gboolean
tl_setup_has_lane_secret (TlSetup    *self,
                          TlLaneKind  lane)
{
  guint index = lane - TL_LANE_INCOMING;

  if (tl_setup_get_lane_auth (self, lane) == TL_AUTH_OAUTH2)
    return self->lanes[index].has_token || is_signed_in (self);

  return self->lanes[index].secret != NULL;
}

gboolean
tl_setup_is_request_needed (TlSetup *self)
{
  return tl_setup_get_auth (self) == TL_AUTH_OAUTH2 && self->signin.online == NULL &&
         tl_signin_needs_client (self->signin.shown) &&
         (tl_setup_can_register (self) || takes_nothing_else (self->provider));
}

static void
notify_auth (TlSetup *self)
{
  static const char * const names[] = {
    "auth", "takes-oauth", "takes-app-password", "takes-password", "request-needed",
    "can-request",
  };

  tl_setup_identify (self);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_notify (G_OBJECT (self), names[i]);
  tl_setup_refresh_secrets (self);
}

/**
 * tl_setup_choose_auth:
 * @self: a set-up
 * @auth: what it is signed in to with from now on
 *
 * What a lane signs in with is part of what was tested.
 */
void
tl_setup_choose_auth (TlSetup *self,
                      TlAuth   auth)
{
  TlAuth before = tl_setup_get_auth (self);

  self->is_auth_chosen = TRUE;
  self->chosen_auth = auth;
  if (before == auth)
    return;

  tl_setup_forget_results (self, tl_identity_is_separate (self->identity) ? TL_LANE_INCOMING
                                                                          : TL_LANE_NONE);
  notify_auth (self);
}

/**
 * tl_setup_set_auth:
 * @self: a set-up
 * @auth: what to sign in with
 *
 * Chooses among what the mailbox takes; anything else changes nothing. A sign-in that is under way
 * is stopped where a password is preferred, and a token that was given by hand is let go of.
 */
void
tl_setup_set_auth (TlSetup *self,
                   TlAuth   auth)
{
  g_return_if_fail (TL_IS_SETUP (self));

  if (!tl_setup_takes (self, auth))
    return;

  if (auth != TL_AUTH_OAUTH2)
    {
      g_cancellable_cancel (self->signin.cancellable);
      for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
        {
          if (!self->lanes[i].has_token)
            continue;
          g_clear_pointer (&self->lanes[i].secret, tl_secret_unref);
          self->lanes[i].has_token = FALSE;
          tl_setup_forget_results (self, tl_lane_run_get_lane (self->lanes[i].run));
        }
    }
  tl_setup_choose_auth (self, auth);
}

/* Issuers of the table may have a place for the tenant, which is not in the host. */
static char *
dup_issuer_host (const char *issuer)
{
  g_autofree char *url = issuer == NULL ? NULL : tl_oauth_tenant_put (issuer, "tenant");
  g_autofree char *host = url == NULL ? NULL : tl_url_dup_host (url);

  return host == NULL ? NULL : tl_domain_dup_display (host);
}

static gboolean
has_table_endpoint (TlSetup         *self,
                    TlOauthEndpoint  which)
{
  return self->provider != NULL &&
         tl_provider_get_oauth_endpoint (self->provider, which) != NULL;
}

/**
 * tl_setup_refresh_signin:
 * @self: a set-up
 *
 * Works out anew whether and how a person can sign in at the provider's page. A client id that has
 * arrived takes “nobody knows this program” away.
 */
void
tl_setup_refresh_signin (TlSetup *self)
{
  TlSignin *shown = self->signin.shown;
  g_autofree char *issuer = tl_setup_dup_issuer (self);
  g_autofree char *host = dup_issuer_host (issuer);
  TlOauthClient *client = issuer == NULL ? NULL
                                         : tl_client_store_find (self->signin.clients, issuer);
  gboolean has_client = client != NULL;
  /* Whether the others register a program by themselves is known when they were asked. */
  gboolean is_in_table = has_table_endpoint (self, TL_OAUTH_ENDPOINT_TOKEN);
  gboolean needs_client = issuer != NULL && !has_client &&
                          (is_in_table || self->signin.was_refused);
  gboolean can_device = !is_in_table || has_table_endpoint (self, TL_OAUTH_ENDPOINT_DEVICE);
  TlFinding *finding = tl_signin_get_finding (shown);

  tl_signin_set_issuer_host (shown, host);
  tl_signin_set_needs_client (shown, needs_client);
  tl_signin_set_client_from_settings (shown, has_client && tl_oauth_client_get_origin (client) ==
                                                             TL_CLIENT_FROM_SETTINGS);
  tl_signin_set_can (shown, issuer != NULL && !needs_client,
                     issuer != NULL && !needs_client && can_device);
  if (has_client && finding != NULL &&
      g_str_equal (tl_finding_get_id (finding), "oauth.no-client"))
    tl_signin_end (shown, NULL);
  tl_signin_set_wants_client_secret (shown, self->provider != NULL &&
                                     tl_provider_wants_client_secret (self->provider));
  tl_setup_refresh_revocation (self);
  notify_auth (self);
  if (needs_client)
    tl_setup_recall_client (self, issuer);
}

static void
on_clients_changed (TlSetup *self)
{
  self->signin.was_refused = FALSE;
  tl_setup_refresh_signin (self);
}

/**
 * tl_setup_set_client_store:
 * @self: a set-up
 * @clients: as whom to sign in
 *
 * In place of the one of this computer, for tests.
 */
void
tl_setup_set_client_store (TlSetup       *self,
                           TlClientStore *clients)
{
  if (self->signin.clients != NULL)
    g_signal_handlers_disconnect_by_func (self->signin.clients, on_clients_changed, self);
  g_set_object (&self->signin.clients, clients);
  g_signal_connect_object (clients, "changed", G_CALLBACK (on_clients_changed), self,
                           G_CONNECT_SWAPPED);
  tl_setup_refresh_signin (self);
}

TlSignin *
tl_setup_get_signin (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->signin.shown;
}
