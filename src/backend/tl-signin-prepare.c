/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where to sign in, and as whom: from the provider table where it knows, else from the
 * authorization server's own document, which may offer that a program registers itself. */
#include "tl-signin-prepare.h"

#include "tl-error.h"
#include "tl-https.h"
#include "tl-oauth-metadata.h"
#include "tl-oauth-register.h"
#include "tl-oauth-tenant.h"
#include "tl-provider-details.h"
#include "tl-signin-keep.h"
#include "tl-url.h"
#include "tl-vault.h"

typedef struct
{
  /* Owned */
  char          *issuer;
  char          *page;        /* @issuer with the tenant in its place */
  TlOauthClient *client;
  char         **scopes;
  char          *login_hint;
  TlNetwork     *network;
  TlContacts    *contacts;    /* nullable */
  TlOauthServer *server;
  TlHttps       *https;
  TlFinding     *finding;
} Prepare;

static void
prepare_free (gpointer data)
{
  Prepare *self = data;

  g_clear_pointer (&self->issuer, g_free);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->client, tl_oauth_client_unref);
  g_clear_pointer (&self->scopes, g_strfreev);
  g_clear_pointer (&self->login_hint, g_free);
  g_clear_pointer (&self->network, tl_network_unref);
  g_clear_pointer (&self->contacts, tl_contacts_unref);
  g_clear_pointer (&self->server, tl_oauth_server_unref);
  g_clear_object (&self->https);
  g_clear_object (&self->finding);
  g_free (self);
}

/* What a person can do about an answer that came and was no good is another thing than about one
 * that never came. */
static const struct
{
  TlError     code;
  const char *finding;
} explanations[] = {
  { TL_ERROR_PROTOCOL,      "oauth.bad-answer" },
  { TL_ERROR_INVALID_INPUT, "oauth.bad-answer" },
  { TL_ERROR_REFUSED,       "oauth.bad-answer" },
  { TL_ERROR_NOT_FOUND,     "oauth.bad-answer" },
};

static TlFinding *
explain (const char   *issuer,
         const GError *error)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *host = tl_url_dup_host (issuer);
  const char *id = "oauth.unreachable";

  for (gsize i = 0; i < G_N_ELEMENTS (explanations); i++)
    {
      if (g_error_matches (error, TL_ERROR, (int) explanations[i].code))
        id = explanations[i].finding;
    }

  if (host != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", error->message);

  return tl_finding_new (id, TL_LANE_NONE, g_variant_dict_end (&evidence));
}

/**
 * tl_signin_explain_online:
 * @error: why GNOME's Online Accounts lend no token
 *
 * Returns: (transfer full): what it means for a person
 */
TlFinding *
tl_signin_explain_online (const GError *error)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  if (g_error_matches (error, TL_ERROR, TL_ERROR_REFUSED) ||
      g_error_matches (error, TL_ERROR, TL_ERROR_NOT_FOUND))
    return tl_finding_new ("oauth.reauth-needed", TL_LANE_NONE, NULL);

  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", error->message);

  return tl_finding_new ("oauth.unreachable", TL_LANE_NONE, g_variant_dict_end (&evidence));
}

static void
end_with (GTask     *task,
          TlFinding *finding)
{
  Prepare *self = g_task_get_task_data (task);

  g_clear_object (&self->finding);
  self->finding = finding;
  g_task_return_pointer (task, NULL, NULL);
}

static void
end_prepared (GTask *task)
{
  Prepare *self = g_task_get_task_data (task);
  const TlOauthRequest request = {
    .server = self->server,
    .client = self->client,
    .scopes = (const char * const *) self->scopes,
    .login_hint = self->login_hint,
    .network = self->network,
    .contacts = self->contacts,
  };

  g_task_return_pointer (task, tl_oauth_request_copy (&request),
                         (GDestroyNotify) tl_oauth_request_free);
}

static void
on_registered (GObject      *object,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(GTask) task = data;
  Prepare *self = g_task_get_task_data (task);
  g_autoptr(TlFinding) finding = NULL;
  GError *error = NULL;

  self->client = tl_oauth_register_finish (result, &finding, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->client == NULL)
    {
      end_with (task, g_steal_pointer (&finding));
      return;
    }

  end_prepared (task);
}

/* With a server, and maybe a client. */
static void
find_client (GTask *task)
{
  Prepare *self = g_task_get_task_data (task);

  if (self->client != NULL)
    end_prepared (task);
  else if (tl_oauth_server_get_registration_endpoint (self->server) == NULL)
    end_with (task, tl_finding_new ("oauth.no-client", TL_LANE_NONE, NULL));
  else
    tl_oauth_register_async (self->server, (const char * const *) self->scopes, self->network,
                             self->contacts, g_task_get_cancellable (task), on_registered,
                             g_object_ref (task));
}

static void
on_fetched (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  Prepare *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->server = tl_oauth_metadata_fetch_finish (result, &error);
  if (self->server != NULL)
    {
      find_client (task);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }

  end_with (task, explain (self->page, error));
  g_error_free (error);
}

static void
fetch_server (GTask *task)
{
  Prepare *self = g_task_get_task_data (task);

  self->https = tl_https_new (self->contacts);
  tl_oauth_metadata_fetch_async (self->https, self->page,
                                 tl_deadline_in_ms (TL_SIGNIN_PREPARE_BUDGET_MS),
                                 g_task_get_cancellable (task), on_fetched, g_object_ref (task));
}

static void
on_client_recalled (GObject      *object,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr(GTask) task = data;
  Prepare *self = g_task_get_task_data (task);
  TlVaultStatus status = TL_VAULT_OK;
  GError *error = NULL;
  g_autoptr(TlSecret) secret = tl_vault_lookup_finish (result, &status, &error);
  g_autoptr(TlSigninKeep) keep = secret == NULL ? NULL : tl_signin_keep_decode (secret, NULL);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (keep != NULL && g_str_equal (keep->issuer, self->issuer))
    self->client = tl_signin_keep_dup_client (keep, TL_CLIENT_REGISTERED);
  fetch_server (task);
}

static char *
dup_page (const TlSigninWish *wish)
{
  const char *tenant = wish->client == NULL ? NULL : tl_oauth_client_get_tenant (wish->client);

  if (tenant == NULL && wish->provider != NULL)
    tenant = tl_provider_get_oauth_tenant (wish->provider);

  return tl_oauth_tenant_put (wish->issuer, tenant);
}

/**
 * tl_signin_prepare_async:
 * @wish: what is known
 * @cancellable: (nullable): stops it
 * @callback: called on the thread-default context
 * @user_data: for @callback
 *
 * Finds the authorization server's endpoints and as whom to sign in there: as @wish says, as it was
 * registered earlier, or by registering now where the server offers that. What is registered now is
 * the caller's to keep.
 */
void
tl_signin_prepare_async (const TlSigninWish  *wish,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Prepare *self = g_new0 (Prepare, 1);

  g_task_set_source_tag (task, tl_signin_prepare_async);
  g_task_set_task_data (task, self, prepare_free);
  self->issuer = g_strdup (wish->issuer);
  self->page = dup_page (wish);
  self->client = wish->client == NULL ? NULL : tl_oauth_client_ref (wish->client);
  self->scopes = g_strdupv ((char **) wish->scopes);
  self->login_hint = g_strdup (wish->login_hint);
  self->network = tl_network_ref (wish->network);
  self->contacts = wish->contacts == NULL ? NULL : tl_contacts_ref (wish->contacts);
  if (wish->provider != NULL)
    self->server = tl_oauth_server_new_for_provider (wish->provider, wish->client == NULL
                                                     ? NULL
                                                     : tl_oauth_client_get_tenant (wish->client));

  if (self->server != NULL)
    find_client (task);
  else if (self->client != NULL)
    fetch_server (task);
  else
    tl_vault_lookup_async (TL_VAULT_CLIENT, self->issuer, NULL, cancellable, on_client_recalled,
                           g_object_ref (task));
}

/**
 * tl_signin_prepare_finish:
 * @result: what the callback was given
 * @out_finding: (out) (transfer full): why nobody can sign in there
 * @error: return location for a #GError
 *
 * Returns: (transfer full): what to sign in with; or %NULL with @out_finding, or with
 *   %G_IO_ERROR_CANCELLED
 */
TlOauthRequest *
tl_signin_prepare_finish (GAsyncResult  *result,
                          TlFinding    **out_finding,
                          GError       **error)
{
  Prepare *self = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) local_error = NULL;
  TlOauthRequest *request = g_task_propagate_pointer (G_TASK (result), &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (request == NULL)
    *out_finding = g_steal_pointer (&self->finding);

  return request;
}
