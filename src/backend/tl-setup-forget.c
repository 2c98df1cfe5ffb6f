/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gesture “forget this mailbox”: permissions are given back, the keyring and the memory are
 * emptied, and a list says what only the person can switch off. */
#include "tl-setup-private.h"

#include <glib/gi18n-lib.h>

#include "tl-error.h"
#include "tl-note.h"
#include "tl-provider-details.h"
#include "tl-signin-prepare.h"
#include "tl-vault-finding.h"

typedef struct
{
  /* Owned */
  TlAddress    *address;
  TlSigninKeep *kept;

  gboolean      is_unrevoked;  /* a permission stands that could not be given back */
  gboolean      was_borrowed;
} Forget;

static void
forget_free (gpointer data)
{
  Forget *self = data;

  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->kept, tl_signin_keep_free);
  g_free (self);
}

static void
append (GListStore *store,
        const char *text,
        const char *link)
{
  g_autoptr(TlNote) note = tl_note_new (text, link);

  g_list_store_append (store, note);
}

/* Whose mailbox it is: as discovery found, else as the domain says; nobody is asked. */
static TlProvider *
get_provider (TlSetup *self,
              Forget  *forget)
{
  return self->provider != NULL
           ? self->provider
           : tl_providers_find_by_domain (tl_address_get_domain (forget->address));
}

/* Who gave the permission, which may be known where the provider of the mailbox is not. */
static TlProvider *
get_issuing_provider (TlSetup *self,
                      Forget  *forget)
{
  TlProvider *provider = NULL;

  if (forget->kept != NULL)
    provider = tl_setup_find_issuing_provider (self, forget->kept->issuer);
  else if (self->signin.request != NULL)
    provider = tl_setup_find_issuing_provider (
      self, tl_oauth_client_get_issuer (self->signin.request->client));

  return provider != NULL ? provider : get_provider (self, forget);
}

static void
list_left_to_do (TlSetup  *self,
                 Forget   *forget,
                 gboolean  had_password)
{
  TlProvider *provider = get_provider (self, forget);
  TlProvider *issuing = get_issuing_provider (self, forget);
  GListStore *store = self->left_to_do;

  g_list_store_remove_all (store);
  if (provider != NULL && had_password && tl_provider_takes (provider, TL_AUTH_APP_PASSWORD))
    append (store, _("Delete the app password that you made for this program, on your account’s "
                     "security page."),
            tl_provider_get_app_password_link (provider));
  if (forget->is_unrevoked)
    append (store, _("Take this program’s permission back on the provider’s page: it could not be "
                     "given back from here."),
            issuing == NULL ? NULL : tl_provider_get_grants_link (issuing));
  if (forget->was_borrowed)
    append (store, _("The sign-in was borrowed from Online Accounts; it stays there until you "
                     "remove it in the settings of your desktop."), NULL);
  append (store, _("Disconnect the mailbox on your outreach platform, which has a sign-in of its "
                   "own."), NULL);
}

static void
end_forget (GTask         *task,
            TlVaultStatus  status)
{
  TlSetup *self = g_task_get_source_object (task);
  Forget *forget = g_task_get_task_data (task);
  TlFinding *finding = tl_vault_finding_new (status, TL_LANE_NONE);
  gboolean had_password = self->lanes[0].secret != NULL || self->lanes[1].secret != NULL ||
                          (status == TL_VAULT_OK && forget->kept == NULL);
  gboolean is_current = self->address == forget->address;

  if (is_current)
    {
      list_left_to_do (self, forget, had_password);
      tl_setup_forget_secrets (self);
      tl_setup_forget_results (self, TL_LANE_NONE);
      g_object_set (self, "remember", FALSE, NULL);
    }

  if (finding == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_task_return_new_error (task, TL_ERROR, TL_ERROR_UNREACHABLE,
                           "the keyring was not emptied: %s", tl_finding_get_id (finding));
  if (is_current)
    tl_setup_take_store_finding (self, finding);
  else
    g_object_unref (finding);
}

static void
on_vault_forgotten (GObject      *object,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlVaultStatus status = TL_VAULT_OK;
  GError *error = NULL;

  if (tl_vault_forget_account_finish (result, &status, &error))
    end_forget (task, status);
  else
    g_task_return_error (task, error);
}

static void
empty_vault (GTask *task)
{
  Forget *forget = g_task_get_task_data (task);

  tl_vault_forget_account_async (tl_address_get_addr_spec (forget->address),
                                 g_task_get_cancellable (task), on_vault_forgotten,
                                 g_object_ref (task));
}

static void
on_kept_revoked (GObject      *object,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr(GTask) task = data;
  Forget *forget = g_task_get_task_data (task);

  if (!tl_oauth_keeper_revoke_finish (TL_OAUTH_KEEPER (object), result, NULL))
    forget->is_unrevoked = TRUE;
  empty_vault (task);
}

static void
on_kept_prepared (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  Forget *forget = g_task_get_task_data (task);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlOauthKeeper) keeper = NULL;
  g_autoptr(TlOauthRequest) request = tl_signin_prepare_finish (result, &finding, NULL);

  /* Where the server cannot be reached the secrets go all the same. */
  if (request == NULL)
    {
      forget->is_unrevoked = TRUE;
      empty_vault (task);
      return;
    }

  keeper = tl_oauth_keeper_new_from_refresh (request, forget->kept->refresh);
  tl_oauth_keeper_revoke_async (keeper, g_task_get_cancellable (task), on_kept_revoked,
                                g_object_ref (task));
}

static void
revoke_kept (GTask *task)
{
  TlSetup *self = g_task_get_source_object (task);
  Forget *forget = g_task_get_task_data (task);
  g_autoptr(TlOauthClient) client = NULL;
  TlSigninWish wish = { .network = self->network, .contacts = self->signin.contacts };

  if (forget->kept == NULL || forget->kept->refresh == NULL)
    {
      empty_vault (task);
      return;
    }

  client = tl_setup_dup_kept_client (self, forget->kept);
  if (client == NULL)
    {
      forget->is_unrevoked = TRUE;
      empty_vault (task);
      return;
    }

  wish.issuer = forget->kept->issuer;
  wish.provider = tl_setup_find_issuing_provider (self, forget->kept->issuer);
  wish.client = client;
  wish.scopes = (const char * const *) forget->kept->scopes;
  tl_signin_prepare_async (&wish, g_task_get_cancellable (task), on_kept_prepared,
                           g_object_ref (task));
}

static void
on_keeper_revoked (GObject      *object,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr(GTask) task = data;
  Forget *forget = g_task_get_task_data (task);

  if (!tl_oauth_keeper_revoke_finish (TL_OAUTH_KEEPER (object), result, NULL))
    forget->is_unrevoked = TRUE;
  revoke_kept (task);
}

/* Whether the keyring has the very token that the set-up uses. */
static gboolean
is_same_refresh (TlSetup *self,
                 Forget  *forget)
{
  TlSecret *refresh = self->signin.keeper == NULL
                        ? NULL : tl_oauth_keeper_get_refresh (self->signin.keeper);

  return refresh != NULL && forget->kept != NULL && forget->kept->refresh != NULL &&
         tl_secret_equal (refresh, forget->kept->refresh);
}

static void
on_kept_looked_up (GObject      *object,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  Forget *forget = g_task_get_task_data (task);
  TlVaultStatus status = TL_VAULT_OK;
  GError *error = NULL;
  g_autoptr(TlSecret) secret = tl_vault_lookup_finish (result, &status, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* What a refresh that is under way brings is not to be put back. */
  tl_setup_set_in_keyring (self, FALSE);
  if (secret != NULL)
    forget->kept = tl_signin_keep_decode (secret, NULL);
  if (is_same_refresh (self, forget))
    g_clear_pointer (&forget->kept->refresh, tl_secret_unref);

  if (self->address == forget->address && self->signin.keeper != NULL)
    tl_oauth_keeper_revoke_async (self->signin.keeper, g_task_get_cancellable (task),
                                  on_keeper_revoked, g_object_ref (task));
  else
    revoke_kept (task);
}

/**
 * tl_setup_forget_async:
 * @self: a set-up with a valid address; nothing of it needs to have been found or tested
 * @cancellable: (nullable): stops it; what is done by then is done
 * @callback: called when the mailbox is forgotten
 * @user_data: for @callback
 *
 * Gives back the permissions that a sign-in gave (RFC 7009), those in the keyring too; takes the
 * passwords and the sign-in of this address out of the keyring; lets go of them in memory. What
 * could not be done from here is in `left-to-do` then. What was registered for the program itself
 * stays.
 */
void
tl_setup_forget_async (TlSetup             *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Forget *forget;

  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (self->address != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  forget = g_new0 (Forget, 1);
  forget->address = tl_address_ref (self->address);
  forget->was_borrowed = self->signin.is_borrowed;
  g_task_set_source_tag (task, tl_setup_forget_async);
  g_task_set_task_data (task, forget, forget_free);

  g_cancellable_cancel (self->signin.cancellable);
  g_cancellable_cancel (self->recall_cancellable);
  /* Whatever is to be kept would come after this. */
  g_object_set (self, "remember", FALSE, NULL);
  tl_vault_lookup_async (TL_VAULT_REFRESH_TOKEN, tl_address_get_addr_spec (forget->address), NULL,
                         cancellable, on_kept_looked_up, g_object_ref (task));
}

/**
 * tl_setup_forget_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether nothing is left in the keyring; %FALSE with %TL_ERROR_UNREACHABLE, for the
 *   reason that is `store-finding`, or with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_setup_forget_finish (TlSetup       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
