/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As whom this program presents itself where the mailbox is signed in to, as a person was told.
 * What comes with a secret is kept in the keyring; the rest is in the settings. */
#include "tl-setup-private.h"

#include "tl-error.h"
#include "tl-provider-details.h"

static gboolean
wants_secret (TlSetup *self)
{
  return self->provider != NULL && tl_provider_wants_client_secret (self->provider);
}

static void
on_recalled (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  const char *issuer = g_task_get_task_data (task);
  TlVaultStatus status = TL_VAULT_OK;
  g_autoptr(TlSecret) secret = tl_vault_lookup_finish (result, &status, NULL);
  g_autoptr(TlSigninKeep) keep = secret == NULL ? NULL : tl_signin_keep_decode (secret, NULL);
  g_autoptr(TlOauthClient) client = NULL;

  if (keep != NULL && g_str_equal (keep->issuer, issuer))
    client = tl_signin_keep_dup_client (keep, TL_CLIENT_FROM_SETTINGS);
  /* One that was typed meanwhile is newer. */
  if (client != NULL && tl_client_store_find (self->signin.clients, issuer) == NULL)
    tl_client_store_add (self->signin.clients, client);

  if (self->signin.client_cancellable == g_task_get_cancellable (task))
    {
      g_clear_object (&self->signin.client_cancellable);
      g_object_notify (G_OBJECT (self), "seeking-account");
    }
  g_task_return_boolean (task, TRUE);
}

/**
 * tl_setup_recall_client:
 * @self: a set-up
 * @issuer: where it needs a client id
 *
 * Looks once for one in the keyring, where those are that come with a secret. Nobody waits for it,
 * and nobody is asked to unlock it who did not put one there.
 */
void
tl_setup_recall_client (TlSetup    *self,
                        const char *issuer)
{
  g_autoptr(GTask) task = NULL;

  if (!wants_secret (self) || g_strcmp0 (self->signin.recalled_issuer, issuer) == 0)
    return;

  g_free (self->signin.recalled_issuer);
  self->signin.recalled_issuer = g_strdup (issuer);
  tl_cancellable_stop (&self->signin.client_cancellable);
  self->signin.client_cancellable = g_cancellable_new ();
  task = g_task_new (self, self->signin.client_cancellable, NULL, NULL);
  g_task_set_task_data (task, g_strdup (issuer), g_free);
  tl_vault_lookup_async (TL_VAULT_CLIENT, issuer, NULL, self->signin.client_cancellable,
                         on_recalled, g_object_ref (task));
  g_object_notify (G_OBJECT (self), "seeking-account");
}

static void
set_secret_client (TlSetup       *self,
                   TlOauthClient *client)
{
  g_autoptr(TlSigninKeep) keep = tl_signin_keep_new (client, NULL, NULL);
  g_autoptr(TlSecret) kept = tl_signin_keep_encode (keep);

  tl_setup_take_store_finding (self, NULL);
  tl_client_store_add (self->signin.clients, client);
  tl_setup_keep_client (self, tl_oauth_client_get_issuer (client), kept);
}

/**
 * tl_setup_take_registration:
 * @self: a set-up
 * @client: as whom somebody is about to sign in
 *
 * Remembers one that this program registered itself, for as long as the set-up is there: a server
 * need not be asked for another each time. It goes into the keyring along with what is kept of a
 * sign-in.
 */
void
tl_setup_take_registration (TlSetup       *self,
                            TlOauthClient *client)
{
  if (tl_oauth_client_get_origin (client) != TL_CLIENT_REGISTERED)
    return;

  g_clear_pointer (&self->signin.registered, tl_oauth_client_unref);
  self->signin.registered = tl_oauth_client_ref (client);
}

/**
 * tl_setup_drop_registration:
 * @self: a set-up
 * @client: as whom somebody has tried to get a token
 * @finding: (nullable): why there is none
 *
 * A server may forget whom it has registered: the next sign-in registers anew. What a person or the
 * organisation said stays.
 */
void
tl_setup_drop_registration (TlSetup       *self,
                            TlOauthClient *client,
                            TlFinding     *finding)
{
  const char *issuer = tl_oauth_client_get_issuer (client);

  if (finding == NULL || !g_str_equal (tl_finding_get_id (finding), "oauth.no-client") ||
      tl_oauth_client_get_origin (client) != TL_CLIENT_REGISTERED ||
      tl_client_store_find (self->signin.clients, issuer) != NULL)
    return;

  g_clear_pointer (&self->signin.registered, tl_oauth_client_unref);
  tl_vault_forget_async (TL_VAULT_CLIENT, issuer, NULL, NULL, NULL);
}

/**
 * tl_setup_set_client:
 * @self: a set-up whose sign-in needs a client id
 * @client_id: as whom to sign in at the mailbox's provider, as IT told it
 * @tenant: (nullable): a directory id or domain
 * @secret: (nullable): a client secret, where the provider wants one
 * @error: return location for a #GError
 *
 * Keeps it for every mailbox of that provider in place of any other: in the settings, or, with a
 * secret, in the keyring.
 * Where there is no keyring it is good for this time only, and `store-finding` says why.
 *
 * Returns: whether that can be meant; %FALSE with %TL_ERROR_INVALID_INPUT, or with
 *   %TL_ERROR_NOT_FOUND where nobody knows where to sign in
 */
gboolean
tl_setup_set_client (TlSetup     *self,
                     const char  *client_id,
                     const char  *tenant,
                     TlSecret    *secret,
                     GError     **error)
{
  TlOauthClientParts parts = { .client_id = client_id, .secret = secret,
                               .origin = TL_CLIENT_FROM_SETTINGS };
  g_autoptr(TlOauthClient) client = NULL;
  g_autofree char *issuer = NULL;

  g_return_val_if_fail (TL_IS_SETUP (self), FALSE);
  g_return_val_if_fail (client_id != NULL, FALSE);

  issuer = tl_setup_dup_issuer (self);
  if (issuer == NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_NOT_FOUND,
                           "nobody says where this mailbox is signed in to");
      return FALSE;
    }
  if (secret == NULL)
    {
      if (!tl_client_store_set (self->signin.clients, issuer, client_id, tenant, error))
        return FALSE;
      tl_setup_drop_client (self, issuer);

      return TRUE;
    }

  parts.issuer = issuer;
  parts.tenant = tenant == NULL || *tenant == '\0' ? NULL : tenant;
  client = tl_oauth_client_new (&parts, error);
  if (client == NULL)
    return FALSE;
  set_secret_client (self, client);

  return TRUE;
}
