/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-request.h"

#include "tl-oauth-redirect.h"

/**
 * tl_oauth_request_copy:
 * @self: a request
 *
 * Returns: (transfer full): the same, which keeps all that it names
 */
TlOauthRequest *
tl_oauth_request_copy (const TlOauthRequest *self)
{
  TlOauthRequest *copy = g_new0 (TlOauthRequest, 1);

  copy->server = tl_oauth_server_ref (self->server);
  copy->client = tl_oauth_client_ref (self->client);
  copy->scopes = (const char * const *) g_strdupv ((char **) self->scopes);
  copy->login_hint = g_strdup (self->login_hint);
  copy->network = tl_network_ref (self->network);
  copy->contacts = self->contacts != NULL ? tl_contacts_ref (self->contacts) : NULL;

  return copy;
}

/**
 * tl_oauth_request_free:
 * @self: what tl_oauth_request_copy() made
 */
void
tl_oauth_request_free (TlOauthRequest *self)
{
  g_clear_pointer (&self->server, tl_oauth_server_unref);
  g_clear_pointer (&self->client, tl_oauth_client_unref);
  g_strfreev ((char **) self->scopes);
  g_free ((char *) self->login_hint);
  g_clear_pointer (&self->network, tl_network_unref);
  g_clear_pointer (&self->contacts, tl_contacts_unref);
  g_free (self);
}

/**
 * tl_oauth_request_dup_redirect_path:
 * @self: a request
 *
 * Returns: (transfer full): the path of the redirect that is registered for its client: one of its
 *   own at each server where the program did that itself, else the one that IT is asked for
 */
char *
tl_oauth_request_dup_redirect_path (const TlOauthRequest *self)
{
  return tl_oauth_client_get_origin (self->client) == TL_CLIENT_REGISTERED
    ? tl_oauth_redirect_dup_path (tl_oauth_server_get_issuer (self->server))
    : g_strdup (TL_OAUTH_REDIRECT_PATH);
}
