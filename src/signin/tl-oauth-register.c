/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-register.h"

#include <string.h>

#include "tl-json.h"
#include "tl-oauth-exchange.h"
#include "tl-oauth-members.h"
#include "tl-oauth-outcome.h"
#include "tl-oauth-redirect.h"
#include "tl-oauth-scope.h"
#include "tl-url.h"

/* As the sign-in page shows it to people: the program's name, which is not translated. */
#define CLIENT_NAME "Twolane"

/* RFC 8252 §7.3: the port is the program's to choose, at each sign-in. */
static const char * const bases[] = { TL_OAUTH_REDIRECT_BASE_IPV4, TL_OAUTH_REDIRECT_BASE_IPV6 };

enum
{
  CLIENT_ID,
  CLIENT_SECRET,
  GRANT_TYPES,
  REDIRECT_URIS,
  REGISTRATION_ACCESS_TOKEN,
  TOKEN_ENDPOINT_AUTH_METHOD,
  N_MEMBERS
};

/* RFC 7591 §3.2.1. The registration access token is read to see that it is one, and dropped: this
 * program never changes what it registered. */
static const TlOauthMember members_wanted[N_MEMBERS] = {
  [CLIENT_ID]                  = { "client_id",                  TL_OAUTH_MEMBER_TEXT },
  [CLIENT_SECRET]              = { "client_secret",              TL_OAUTH_MEMBER_SECRET },
  [GRANT_TYPES]                = { "grant_types",                TL_OAUTH_MEMBER_LIST },
  [REDIRECT_URIS]              = { "redirect_uris",              TL_OAUTH_MEMBER_LIST },
  [REGISTRATION_ACCESS_TOKEN]  = { "registration_access_token",  TL_OAUTH_MEMBER_SECRET },
  [TOKEN_ENDPOINT_AUTH_METHOD] = { "token_endpoint_auth_method", TL_OAUTH_MEMBER_TEXT },
};

typedef struct
{
  TlOauthServer *server;  /* owned */
  char          *host;    /* owned */
} Registration;

static void
registration_free (gpointer data)
{
  Registration *self = data;

  g_clear_pointer (&self->server, tl_oauth_server_unref);
  g_clear_pointer (&self->host, g_free);
  g_free (self);
}

/* Client metadata, RFC 7591 §2: a public client (RFC 8252 §8.4), a native one (OpenID Connect
 * Registration §2). */
static TlSecret *
make_body (TlOauthServer      *server,
           const char * const *scopes)
{
  gboolean has_device = tl_oauth_server_get_device_endpoint (server) != NULL;
  const char * const grants[] = {
    "authorization_code", "refresh_token", has_device ? TL_OAUTH_DEVICE_CODE_GRANT : NULL, NULL,
  };
  const char * const responses[] = { "code", NULL };
  g_autofree char *path = tl_oauth_redirect_dup_path (tl_oauth_server_get_issuer (server));
  g_autofree char *ipv4 = g_strconcat (TL_OAUTH_REDIRECT_BASE_IPV4, path, NULL);
  g_autofree char *ipv6 = g_strconcat (TL_OAUTH_REDIRECT_BASE_IPV6, path, NULL);
  const char * const redirects[] = { ipv4, ipv6, NULL };
  g_autoptr(TlJson) json = tl_json_new_object ();
  g_autofree char *scope = tl_oauth_scope_join (scopes, tl_oauth_server_speaks_openid (server));
  g_autofree char *text = NULL;

  tl_json_set_string (json, "application_type", "native");
  tl_json_set_string (json, "client_name", CLIENT_NAME);
  tl_json_set_take (json, "grant_types", tl_json_new_strv (grants));
  tl_json_set_take (json, "redirect_uris", tl_json_new_strv (redirects));
  tl_json_set_take (json, "response_types", tl_json_new_strv (responses));
  tl_json_set_string (json, "scope", scope);
  tl_json_set_string (json, "token_endpoint_auth_method", "none");
  text = tl_json_to_canonical (json);

  return tl_secret_new (text, strlen (text));
}

/* With the port free, only that it is loopback and plain http, and the path, are to be seen. */
static gboolean
has_redirect (const char * const *uris,
              const char         *path)
{
  for (gsize i = 0; uris[i] != NULL; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (bases); j++)
      if (g_str_has_prefix (uris[i], bases[j]) && g_str_has_suffix (uris[i], path))
        return TRUE;

  return FALSE;
}

/* The server may change what it was asked for (RFC 7591 §3.2.1), as long as it can still be used:
 * the secret goes into the body of a request and never into a header. */
static const char *
find_flaw (const TlOauthMembers *members,
           const char           *path)
{
  const char *method = tl_oauth_members_get_text (members, TOKEN_ENDPOINT_AUTH_METHOD);
  const char * const *grants = tl_oauth_members_get_list (members, GRANT_TYPES);
  const char * const *uris = tl_oauth_members_get_list (members, REDIRECT_URIS);
  gboolean has_secret = tl_oauth_members_has (members, CLIENT_SECRET);

  if (tl_oauth_members_get_text (members, CLIENT_ID) == NULL)
    return "there is no client id in it";
  if (method != NULL && !g_str_equal (method, "none") &&
      !g_str_equal (method, "client_secret_post"))
    return "it wants a way of proving who the program is that the program does not have";
  if (g_strcmp0 (method, "client_secret_post") == 0 && !has_secret)
    return "it wants a client secret and gives none";
  if (grants != NULL && !g_strv_contains (grants, "authorization_code"))
    return "it leaves out the authorization code";
  if (uris != NULL && !has_redirect (uris, path))
    return "it leaves out the redirects within this computer";

  return NULL;
}

static TlOauthClient *
make_client (const Registration    *self,
             const TlOauthMembers  *members,
             GError               **error)
{
  gboolean is_public =
    g_strcmp0 (tl_oauth_members_get_text (members, TOKEN_ENDPOINT_AUTH_METHOD), "none") == 0;
  const TlOauthClientParts parts = {
    .issuer = tl_oauth_server_get_issuer (self->server),
    .client_id = tl_oauth_members_get_text (members, CLIENT_ID),
    .secret = is_public ? NULL : tl_oauth_members_get_secret (members, CLIENT_SECRET),
    .origin = TL_CLIENT_REGISTERED,
  };

  return tl_oauth_client_new (&parts, error);
}

static TlOauthClient *
read_client (const Registration       *self,
             const TlHttpsPostAnswer  *answer,
             TlOauthRefusal          **out_refusal)
{
  const TlOauthAsked asked = { .host = self->host };
  g_autofree char *path = tl_oauth_redirect_dup_path (tl_oauth_server_get_issuer (self->server));
  TlOauthRefusal *refusal = tl_oauth_refusal_read (answer, &asked);
  g_autoptr(TlOauthMembers) members = NULL;
  g_autoptr(GError) error = NULL;
  TlOauthClient *client = NULL;
  const char *flaw;
  const char *bytes;
  gsize len;

  if (refusal == NULL)
    {
      bytes = tl_secret_peek (answer->body, &len);
      members = tl_oauth_members_parse (bytes, len, members_wanted, N_MEMBERS, &error);
      flaw = members != NULL ? find_flaw (members, path) : error->message;
      if (flaw == NULL && (client = make_client (self, members, &error)) == NULL)
        flaw = error->message;
      if (flaw != NULL)
        refusal = tl_oauth_refusal_new_bad_answer (self->host, flaw);
    }
  if (client == NULL)
    *out_refusal = refusal;

  return client;
}

static void
on_registered (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(GTask) task = data;
  Registration *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlHttpsPostAnswer) answer = tl_https_post_finish (result, &error);
  TlOauthRefusal *refusal = NULL;
  TlOauthClient *client;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (answer == NULL)
    {
      tl_oauth_outcome_return_refusal (task, tl_oauth_refusal_new_for_error (self->host, error));
      return;
    }

  client = read_client (self, answer, &refusal);
  if (client != NULL)
    tl_oauth_outcome_return_value (task, client, (GDestroyNotify) tl_oauth_client_unref);
  else
    tl_oauth_outcome_return_refusal (task, refusal);
}

/**
 * tl_oauth_register_async:
 * @server: a server with a registration endpoint
 * @scopes: (array zero-terminated=1): what for
 * @network: the world
 * @contacts: (nullable): where it is noted whom this took
 * @cancellable: (nullable): cancels
 * @callback: called on the thread-default context
 * @user_data: for @callback
 *
 * Registers this program as a public client whose redirects are on loopback, of any port and with a
 * path of their own (tl_oauth_redirect_dup_path()), and which asks for a device code where the
 * server has those.
 */
void
tl_oauth_register_async (TlOauthServer       *server,
                         const char * const  *scopes,
                         TlNetwork           *network,
                         TlContacts          *contacts,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  const char *endpoint = tl_oauth_server_get_registration_endpoint (server);
  g_autoptr(TlSecret) body = NULL;
  Registration *self;

  g_return_if_fail (endpoint != NULL);

  g_task_set_source_tag (task, tl_oauth_register_async);
  self = g_new0 (Registration, 1);
  self->server = tl_oauth_server_ref (server);
  self->host = tl_url_dup_host (endpoint);
  g_task_set_task_data (task, self, registration_free);

  body = make_body (server, scopes);
  tl_https_post_async (&(const TlHttpsPost) { endpoint, "application/json", body }, network,
                       contacts, tl_deadline_in_ms (TL_OAUTH_EXCHANGE_BUDGET_MS), cancellable,
                       on_registered, g_steal_pointer (&task));
}

/**
 * tl_oauth_register_finish:
 * @result: the result handed to the callback
 * @out_finding: (out): why there is no client: `oauth.no-client` where the server wants none
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the client; or %NULL with @out_finding; or %NULL with
 *   %G_IO_ERROR_CANCELLED
 */
TlOauthClient *
tl_oauth_register_finish (GAsyncResult  *result,
                          TlFinding    **out_finding,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return tl_oauth_outcome_propagate (result, out_finding, error);
}
