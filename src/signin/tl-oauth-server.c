/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-server.h"

#include <string.h>

#include "tl-oauth-tenant.h"
#include "tl-site.h"
#include "tl-url.h"

struct _TlOauthServer
{
  char    *issuer;                /* owned */
  char    *endpoints[TL_OAUTH_SERVER_N_ENDPOINTS]; /* owned; NULL: has none */
  char    *registration_endpoint; /* owned; NULL: has none */
  char    *issuer_pattern;        /* owned: with `{tenant}`; NULL: there is but one issuer */
  char   **device_pages;          /* owned: hosts; NULL: none but its own */
  gboolean names_issuer;
  gboolean promises_pkce;
  gboolean speaks_openid;
  gboolean wants_consent;
};

G_DEFINE_BOXED_TYPE (TlOauthServer, tl_oauth_server, tl_oauth_server_ref, tl_oauth_server_unref)

TlOauthServer *
tl_oauth_server_ref (TlOauthServer *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_oauth_server_clear (gpointer data)
{
  TlOauthServer *self = data;

  g_clear_pointer (&self->issuer, g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (self->endpoints); i++)
    g_clear_pointer (&self->endpoints[i], g_free);
  g_clear_pointer (&self->registration_endpoint, g_free);
  g_clear_pointer (&self->issuer_pattern, g_free);
  g_clear_pointer (&self->device_pages, g_strfreev);
}

void
tl_oauth_server_unref (TlOauthServer *self)
{
  g_atomic_rc_box_release_full (self, tl_oauth_server_clear);
}

/**
 * tl_oauth_server_new:
 * @parts: what is known of it; copied
 *
 * Returns: (transfer full): the server
 */
TlOauthServer *
tl_oauth_server_new (const TlOauthServerParts *parts)
{
  TlOauthServer *self;

  g_return_val_if_fail (parts->issuer != NULL, NULL);
  g_return_val_if_fail (parts->endpoints[TL_OAUTH_ENDPOINT_AUTHORIZATION] != NULL, NULL);
  g_return_val_if_fail (parts->endpoints[TL_OAUTH_ENDPOINT_TOKEN] != NULL, NULL);

  self = g_atomic_rc_box_new0 (TlOauthServer);
  self->issuer = g_strdup (parts->issuer);
  self->issuer_pattern = g_strdup (parts->issuer_pattern);
  for (gsize i = 0; i < G_N_ELEMENTS (self->endpoints); i++)
    self->endpoints[i] = g_strdup (parts->endpoints[i]);
  self->registration_endpoint = g_strdup (parts->registration_endpoint);
  self->device_pages = g_strdupv ((char **) parts->device_pages);
  self->names_issuer = parts->names_issuer;
  self->promises_pkce = parts->promises_pkce;
  self->speaks_openid = parts->speaks_openid;
  self->wants_consent = parts->wants_consent;

  return self;
}

/**
 * tl_oauth_server_new_for_provider:
 * @provider: a provider
 * @tenant: (nullable): whose directory it is, where the provider has many: a directory id or a
 *   domain; %NULL: the one that stands for any
 *
 * Returns: (transfer full) (nullable): its server; %NULL when the table does not have its
 *   endpoints, so that its issuer's document is to be fetched, or when @tenant is none
 */
TlOauthServer *
tl_oauth_server_new_for_provider (const TlProvider *provider,
                                  const char       *tenant)
{
  const char *pattern = tl_provider_get_oauth_issuer (provider);
  TlOauthServerParts parts = { .promises_pkce = TRUE };
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *id = NULL;
  gboolean has_place;

  if (tenant == NULL)
    tenant = tl_provider_get_oauth_tenant (provider);
  /* As answers spell it. */
  if (tenant != NULL && g_uuid_string_is_valid (tenant))
    tenant = id = g_ascii_strdown (tenant, -1);
  has_place = pattern != NULL && strstr (pattern, TL_PROVIDER_OAUTH_TENANT) != NULL;
  if (pattern == NULL || (tenant != NULL && !tl_oauth_tenant_is_valid (tenant)) ||
      (tenant == NULL && has_place))
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (parts.endpoints); i++)
    {
      const char *endpoint = tl_provider_get_oauth_endpoint (provider, (TlOauthEndpoint) i);

      if (endpoint != NULL)
        {
          parts.endpoints[i] = tl_oauth_tenant_put (endpoint, tenant);
          g_ptr_array_add (texts, (char *) parts.endpoints[i]);
        }
    }
  if (parts.endpoints[TL_OAUTH_ENDPOINT_AUTHORIZATION] == NULL ||
      parts.endpoints[TL_OAUTH_ENDPOINT_TOKEN] == NULL)
    return NULL;

  parts.issuer = tl_oauth_tenant_put (pattern, tenant);
  g_ptr_array_add (texts, (char *) parts.issuer);
  if (has_place && !g_uuid_string_is_valid (tenant))
    parts.issuer_pattern = pattern;
  parts.device_pages = tl_provider_get_oauth_device_pages (provider);
  parts.speaks_openid = tl_provider_has_openid (provider);

  return tl_oauth_server_new (&parts);
}

const char *
tl_oauth_server_get_issuer (const TlOauthServer *self)
{
  return self->issuer;
}

const char *
tl_oauth_server_get_authorization_endpoint (const TlOauthServer *self)
{
  return self->endpoints[TL_OAUTH_ENDPOINT_AUTHORIZATION];
}

const char *
tl_oauth_server_get_token_endpoint (const TlOauthServer *self)
{
  return self->endpoints[TL_OAUTH_ENDPOINT_TOKEN];
}

/**
 * tl_oauth_server_get_device_endpoint:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): where a device code is asked for (RFC 8628 §3.1)
 */
const char *
tl_oauth_server_get_device_endpoint (const TlOauthServer *self)
{
  return self->endpoints[TL_OAUTH_ENDPOINT_DEVICE];
}

/**
 * tl_oauth_server_get_registration_endpoint:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): where a client registers itself (RFC 7591 §3)
 */
const char *
tl_oauth_server_get_registration_endpoint (const TlOauthServer *self)
{
  return self->registration_endpoint;
}

/**
 * tl_oauth_server_get_revocation_endpoint:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): where a token is given back (RFC 7009 §2)
 */
const char *
tl_oauth_server_get_revocation_endpoint (const TlOauthServer *self)
{
  return self->endpoints[TL_OAUTH_ENDPOINT_REVOCATION];
}

/**
 * tl_oauth_server_names_issuer:
 * @self: a server
 *
 * Returns: whether it promises to name itself in every answer that comes by the browser (RFC 9207
 *   §3)
 */
gboolean
tl_oauth_server_names_issuer (const TlOauthServer *self)
{
  return self->names_issuer;
}

/**
 * tl_oauth_server_promises_pkce:
 * @self: a server
 *
 * Returns: whether it says that it takes S256 (RFC 7636 §4.2), which is used in any case
 */
gboolean
tl_oauth_server_promises_pkce (const TlOauthServer *self)
{
  return self->promises_pkce;
}

/**
 * tl_oauth_server_speaks_openid:
 * @self: a server
 *
 * Returns: whether it is an OpenID Provider too, so that `openid` and `email` may be asked of it
 */
gboolean
tl_oauth_server_speaks_openid (const TlOauthServer *self)
{
  return self->speaks_openid;
}

/**
 * tl_oauth_server_wants_consent:
 * @self: a server
 *
 * An OpenID Provider passes over `offline_access` unless consent is asked for along with it (OpenID
 * Connect Core §11), save for those with rules of their own. Our table has such: at Microsoft it
 * would ask each person for what their administrator has granted to all.
 *
 * Returns: whether who wants a refresh token has to ask for consent
 */
gboolean
tl_oauth_server_wants_consent (const TlOauthServer *self)
{
  return self->wants_consent;
}

/**
 * tl_oauth_server_has_device_page:
 * @self: a server
 * @host: where a page for codes of other devices is said to be, as the wire has it
 *
 * Returns: whether that is within the registrable domain of the issuer, or a host that our table
 *   says the server has such a page at
 */
gboolean
tl_oauth_server_has_device_page (const TlOauthServer *self,
                                 const char          *host)
{
  g_autofree char *own = tl_url_dup_host (self->issuer);

  if (own != NULL && tl_site_same (host, own))
    return TRUE;

  return self->device_pages != NULL &&
         g_strv_contains ((const char * const *) self->device_pages, host);
}

/**
 * tl_oauth_server_is_issuer:
 * @self: a server
 * @iss: whom an answer says that it is from; text from outside
 *
 * Compares to the letter (RFC 9207 §2.4). Where our table's issuer stands for many directories, the
 * answer names the very one, by its id. A sign-in for the directory with one id takes that alone.
 * One for a directory by its domain takes any: which id belongs to the domain is not known before
 * the first answer, and that answer is the one to be judged.
 *
 * Returns: whether that is this server
 */
gboolean
tl_oauth_server_is_issuer (const TlOauthServer *self,
                           const char          *iss)
{
  if (g_str_equal (iss, self->issuer))
    return TRUE;

  return self->issuer_pattern != NULL && tl_oauth_tenant_matches (self->issuer_pattern, iss);
}
