/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sign-in at the provider's page gave: taken over, used from then on, and let go of. */
#include "tl-setup-private.h"

#include "tl-provider-details.h"
#include "tl-signin-private.h"

/**
 * tl_setup_drop_tokens:
 * @self: a set-up
 *
 * Lets go of what a sign-in gave. What is in the keyring stays there.
 */
void
tl_setup_drop_tokens (TlSetup *self)
{
  self->signin.keeping = NULL;
  g_clear_object (&self->signin.keeper);
  g_clear_pointer (&self->signin.request, tl_oauth_request_free);
  g_clear_pointer (&self->signin.kept, tl_signin_keep_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    g_clear_pointer (&self->lanes[i].token, tl_secret_unref);
  self->signin.is_borrowed = FALSE;
  tl_setup_refresh_revocation (self);
}

/**
 * tl_setup_refresh_revocation:
 * @self: a set-up
 *
 * Works out anew whether the provider takes a permission back from here (RFC 7009), as far as its
 * table row or its own document says.
 */
void
tl_setup_refresh_revocation (TlSetup *self)
{
  gboolean can_revoke = self->signin.request != NULL
    ? tl_oauth_server_get_revocation_endpoint (self->signin.request->server) != NULL
    : self->provider != NULL &&
      tl_provider_get_oauth_endpoint (self->provider, TL_OAUTH_ENDPOINT_REVOCATION) != NULL;

  tl_signin_set_can_revoke (self->signin.shown, can_revoke);
}

/**
 * tl_setup_forget_signin:
 * @self: a set-up
 *
 * For another address: stops what is under way, and nothing of it comes back.
 */
void
tl_setup_forget_signin (TlSetup *self)
{
  tl_cancellable_stop (&self->signin.cancellable);
  tl_cancellable_stop (&self->signin.token_cancellable);
  tl_setup_stop_seeking (self);
  if (self->signin.client_cancellable != NULL)
    g_clear_pointer (&self->signin.recalled_issuer, g_free);
  tl_cancellable_stop (&self->signin.client_cancellable);
  tl_setup_drop_tokens (self);
  g_clear_pointer (&self->signin.online, tl_online_account_unref);
  g_clear_pointer (&self->signin.contacts, tl_contacts_unref);
  self->signin.contacts = tl_contacts_new ();
  self->signin.was_refused = FALSE;
  tl_signin_set_online_account (self->signin.shown, NULL);
  tl_signin_end (self->signin.shown, NULL);
}

/**
 * tl_setup_drop_signin:
 * @self: a set-up that ends
 */
void
tl_setup_drop_signin (TlSetup *self)
{
  if (self->signin.shown != NULL)
    tl_setup_forget_signin (self);
  g_clear_object (&self->signin.shown);
  g_clear_pointer (&self->signin.registered, tl_oauth_client_unref);
  g_clear_pointer (&self->signin.contacts, tl_contacts_unref);
  g_clear_pointer (&self->signin.recalled_issuer, g_free);
  g_clear_object (&self->signin.clients);
}

/**
 * tl_setup_take_keeper:
 * @self: a set-up
 * @request: what the tokens were got with
 * @keeper: what keeps them usable
 *
 * Takes over a sign-in, in place of any there was.
 */
void
tl_setup_take_keeper (TlSetup        *self,
                      TlOauthRequest *request,
                      TlOauthKeeper  *keeper)
{
  g_autoptr(TlSigninKeep) kept = g_steal_pointer (&self->signin.kept);

  tl_setup_drop_tokens (self);
  self->signin.kept = g_steal_pointer (&kept);
  self->signin.request = tl_oauth_request_copy (request);
  self->signin.keeper = g_object_ref (keeper);
  self->signin.keeping = tl_setup_watch_keeper (self, request, keeper);
  tl_setup_refresh_revocation (self);
}

/**
 * tl_setup_show_signed_in:
 * @self: a set-up
 * @way: how somebody has signed in
 * @account: (nullable): who, where that is known
 *
 * Says so, and has it used: a token that was given by hand gives way; a lane that has a sign-in of
 * its own keeps it.
 */
void
tl_setup_show_signed_in (TlSetup     *self,
                         TlSigninWay  way,
                         const char  *account)
{
  self->signin.way = way;
  tl_signin_succeed (self->signin.shown, way, account);
  tl_setup_choose_auth (self, TL_AUTH_OAUTH2);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      TlLaneKind lane = tl_lane_run_get_lane (self->lanes[i].run);

      if (self->lanes[i].has_token)
        {
          g_clear_pointer (&self->lanes[i].secret, tl_secret_unref);
          self->lanes[i].has_token = FALSE;
        }
      if (tl_setup_needs_token (self, lane))
        tl_setup_forget_results (self, lane);
    }
  tl_setup_refresh_secrets (self);
}

/**
 * tl_setup_take_kept:
 * @self: a set-up
 * @secret: what the keyring had as its sign-in
 *
 * Is signed in with that from now on, where it can be read and is for a server of the mailbox; who
 * that was is known when it is used.
 */
void
tl_setup_take_kept (TlSetup  *self,
                    TlSecret *secret)
{
  g_autoptr(TlSigninKeep) kept = tl_signin_keep_decode (secret, NULL);

  if (kept == NULL || kept->refresh == NULL || !tl_setup_has_place_for (self, kept->issuer))
    return;

  tl_setup_drop_tokens (self);
  self->signin.kept = g_steal_pointer (&kept);
  tl_setup_show_signed_in (self, TL_SIGNIN_BY_BROWSER, NULL);
}

/**
 * tl_setup_find_issuing_provider:
 * @self: a set-up
 * @issuer: an authorization server as the provider table names it, or another
 *
 * Returns: (transfer none) (nullable): the provider whose table row has @issuer
 */
TlProvider *
tl_setup_find_issuing_provider (TlSetup    *self,
                                const char *issuer)
{
  GPtrArray *all = tl_providers_get_all ();

  if (self->provider != NULL &&
      g_strcmp0 (tl_provider_get_oauth_issuer (self->provider), issuer) == 0)
    return self->provider;

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);

      if (g_strcmp0 (tl_provider_get_oauth_issuer (provider), issuer) == 0)
        return provider;
    }

  return NULL;
}

/**
 * tl_setup_dup_kept_client:
 * @self: a set-up
 * @kept: what the keyring had
 *
 * A refresh token is good for the client that it was given to alone (RFC 6749 §10.4).
 *
 * Returns: (transfer full) (nullable): that client; %NULL where what was kept cannot be meant
 */
TlOauthClient *
tl_setup_dup_kept_client (TlSetup            *self,
                          const TlSigninKeep *kept)
{
  TlOauthClient *known = tl_client_store_find (self->signin.clients, kept->issuer);

  if (known != NULL && g_str_equal (tl_oauth_client_get_id (known), kept->client_id))
    return tl_oauth_client_ref (known);

  return tl_signin_keep_dup_client (kept, TL_CLIENT_REGISTERED);
}
