/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-authorization.h"

#include <string.h>

#include "tl-oauth-random.h"
#include "tl-oauth-scope.h"

/**
 * tl_oauth_authorization_new:
 * @with_nonce: whether there will be an ID token
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a new one, or %NULL where tl_oauth_random_new() fails
 */
TlOauthAuthorization *
tl_oauth_authorization_new (gboolean   with_nonce,
                            GError   **error)
{
  g_autoptr(TlOauthAuthorization) self = g_new0 (TlOauthAuthorization, 1);

  self->state = tl_oauth_random_new (error);
  if (self->state == NULL)
    return NULL;
  self->verifier = tl_oauth_random_new (error);
  if (self->verifier == NULL)
    return NULL;
  self->nonce = with_nonce ? tl_oauth_random_new (error) : NULL;
  if (with_nonce && self->nonce == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

void
tl_oauth_authorization_free (TlOauthAuthorization *self)
{
  g_clear_pointer (&self->state, tl_secret_unref);
  g_clear_pointer (&self->verifier, tl_secret_unref);
  g_clear_pointer (&self->nonce, tl_secret_unref);
  g_free (self);
}

static void
add (GString    *url,
     const char *name,
     const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  g_string_append_printf (url, "%c%s=%s", strchr (url->str, '?') != NULL ? '&' : '?', name,
                          escaped);
}

/**
 * tl_oauth_authorization_dup_url:
 * @self: what binds it
 * @request: at which server, as whom, what for
 * @redirect_uri: where the browser brings the answer
 *
 * The authorization request: RFC 6749 §4.1.1, RFC 7636 §4.3, OpenID Connect Core §3.1.2.1. No
 * `prompt=select_account`: with one account there is nothing to select, and who has several is led
 * to theirs by the hint. Who signed in is told by the ID token, where there is such a thing. Pure.
 *
 * Returns: (transfer full): the URL to open in the browser
 */
char *
tl_oauth_authorization_dup_url (const TlOauthAuthorization *self,
                                const TlOauthRequest       *request,
                                const char                 *redirect_uri)
{
  TlOauthServer *server = request->server;
  g_autoptr(GString) url = g_string_new (tl_oauth_server_get_authorization_endpoint (server));
  g_autofree char *challenge = tl_oauth_random_challenge (self->verifier);
  g_autofree char *scope = tl_oauth_scope_join (request->scopes, self->nonce != NULL);

  add (url, "response_type", "code");
  add (url, "client_id", tl_oauth_client_get_id (request->client));
  add (url, "redirect_uri", redirect_uri);
  add (url, "scope", scope);
  add (url, "state", tl_secret_peek (self->state, NULL));
  add (url, "code_challenge", challenge);
  add (url, "code_challenge_method", "S256");
  if (self->nonce != NULL)
    add (url, "nonce", tl_secret_peek (self->nonce, NULL));
  if (request->login_hint != NULL)
    add (url, "login_hint", request->login_hint);
  if (tl_oauth_server_wants_consent (server) &&
      g_strv_contains (request->scopes, "offline_access"))
    add (url, "prompt", "consent");

  return g_string_free (g_steal_pointer (&url), FALSE);
}
