/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-client.h"

#include <string.h>

#include "tl-error.h"
#include "tl-provider-details.h"
#include "tl-url.h"

#define MAX_ISSUER 500
#define MAX_ID     255
#define MAX_TENANT 253

struct _TlOauthClient
{
  char           *issuer;
  char           *id;
  TlSecret       *secret;
  char           *tenant;
  TlClientOrigin  origin;
};

G_DEFINE_BOXED_TYPE (TlOauthClient, tl_oauth_client, tl_oauth_client_ref, tl_oauth_client_unref)

G_DEFINE_ENUM_TYPE (TlClientOrigin, tl_client_origin,
                    G_DEFINE_ENUM_VALUE (TL_CLIENT_FROM_POLICY, "policy"),
                    G_DEFINE_ENUM_VALUE (TL_CLIENT_FROM_SETTINGS, "settings"),
                    G_DEFINE_ENUM_VALUE (TL_CLIENT_REGISTERED, "registered"))

/* RFC 8414 §2: https, without query and fragment. `{tenant}`, as our provider table writes it, is
 * the one thing in an issuer that no URL may hold. */
static gboolean
is_issuer (const char *issuer)
{
  g_autoptr(GString) filled = g_string_new (issuer);
  g_autoptr(GUri) url = NULL;

  if (filled->len > MAX_ISSUER)
    return FALSE;

  g_string_replace (filled, TL_PROVIDER_OAUTH_TENANT, "tenant", 1);
  url = tl_url_parse_https (filled->str);

  return url != NULL && g_uri_get_query (url) == NULL && g_uri_get_fragment (url) == NULL;
}

/* client-id = client-secret = *VSCHAR, VSCHAR = %x20-7E (RFC 6749 appendix A.1, A.2); neither may
 * be empty here. */
static gboolean
is_visible (const char *text,
            gsize       len)
{
  for (gsize i = 0; i < len; i++)
    {
      if (text[i] < 0x20 || text[i] > 0x7e)
        return FALSE;
    }

  return len > 0 && len <= MAX_ID;
}

static gboolean
is_secret (const TlSecret *secret)
{
  gsize len;
  const char *text = tl_secret_peek (secret, &len);

  return is_visible (text, len);
}

/* It becomes one segment of a path, so dots must not be all of it. */
static gboolean
is_tenant (const char *tenant)
{
  gsize len = strlen (tenant);

  return len > 0 && len <= MAX_TENANT &&
         g_ascii_isalnum (tenant[0]) && g_ascii_isalnum (tenant[len - 1]) &&
         strspn (tenant, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-") == len;
}

/**
 * tl_oauth_client_new:
 * @parts: what it is made of; copied
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the client, or %NULL with %TL_ERROR_INVALID_INPUT, whose message names
 *   the part that is wrong and none of what it holds
 */
TlOauthClient *
tl_oauth_client_new (const TlOauthClientParts  *parts,
                     GError                   **error)
{
  const char *wrong = NULL;
  TlOauthClient *self;

  if (!is_issuer (parts->issuer))
    wrong = "the issuer is not an https URL of an authorization server";
  else if (!is_visible (parts->client_id, strlen (parts->client_id)))
    wrong = "the client id is not 1 to 255 printable ASCII characters";
  else if (parts->secret != NULL && !is_secret (parts->secret))
    wrong = "the client secret is not 1 to 255 printable ASCII characters";
  else if (parts->tenant != NULL && !is_tenant (parts->tenant))
    wrong = "the tenant is not a directory id or a domain";
  if (wrong != NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, wrong);
      return NULL;
    }

  self = g_atomic_rc_box_new0 (TlOauthClient);
  self->issuer = g_strdup (parts->issuer);
  self->id = g_strdup (parts->client_id);
  self->secret = parts->secret != NULL ? tl_secret_ref (parts->secret) : NULL;
  self->tenant = g_strdup (parts->tenant);
  self->origin = parts->origin;

  return self;
}

TlOauthClient *
tl_oauth_client_ref (TlOauthClient *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_oauth_client_clear (gpointer data)
{
  TlOauthClient *self = data;

  g_clear_pointer (&self->issuer, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->secret, tl_secret_unref);
  g_clear_pointer (&self->tenant, g_free);
}

void
tl_oauth_client_unref (TlOauthClient *self)
{
  g_atomic_rc_box_release_full (self, tl_oauth_client_clear);
}

const char *
tl_oauth_client_get_issuer (const TlOauthClient *self)
{
  return self->issuer;
}

const char *
tl_oauth_client_get_id (const TlOauthClient *self)
{
  return self->id;
}

/**
 * tl_oauth_client_get_secret:
 * @self: a client
 *
 * Returns: (transfer none) (nullable): what the server wants to be told beside the id; not
 *   confidential in a program that people install (RFC 8252 §8.5), and treated as if it were
 */
TlSecret *
tl_oauth_client_get_secret (const TlOauthClient *self)
{
  return self->secret;
}

const char *
tl_oauth_client_get_tenant (const TlOauthClient *self)
{
  return self->tenant;
}

TlClientOrigin
tl_oauth_client_get_origin (const TlOauthClient *self)
{
  return self->origin;
}
