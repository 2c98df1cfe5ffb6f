/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-provider-details.h"

#include <string.h>

#include "tl-provider-private.h"

G_DEFINE_ENUM_TYPE (TlUsername, tl_username,
                    G_DEFINE_ENUM_VALUE (TL_USERNAME_ADDRESS, "address"),
                    G_DEFINE_ENUM_VALUE (TL_USERNAME_LOCAL_PART, "local-part"),
                    G_DEFINE_ENUM_VALUE (TL_USERNAME_ANY, "any"),
                    G_DEFINE_ENUM_VALUE (TL_USERNAME_GIVEN, "given"),
                    G_DEFINE_ENUM_VALUE (TL_USERNAME_LITERAL, "literal"))

const char * const *
tl_provider_get_domains (const TlProvider *self)
{
  return (const char * const *) self->domains;
}

/**
 * tl_provider_get_mx:
 * @self: a provider
 *
 * Returns: (transfer none) (array zero-terminated=1): patterns of its mail
 *   exchangers, as tl_host_pattern_match() takes them
 */
const char * const *
tl_provider_get_mx (const TlProvider *self)
{
  return (const char * const *) self->mx;
}

const char * const *
tl_provider_get_spf (const TlProvider *self)
{
  return (const char * const *) self->spf;
}

const char * const *
tl_provider_get_autodiscover (const TlProvider *self)
{
  return (const char * const *) self->autodiscover;
}

/**
 * tl_provider_get_tenant:
 * @self: a provider
 *
 * Returns: (transfer none) (nullable): whose tenant look-up tells that a domain
 *   is there: `microsoft`, or %NULL
 */
const char *
tl_provider_get_tenant (const TlProvider *self)
{
  return self->tenant;
}

const TlProviderServer *
tl_provider_get_server (const TlProvider *self,
                        TlLaneKind        lane,
                        guint             index)
{
  g_return_val_if_fail ((guint) lane < G_N_ELEMENTS (self->servers), NULL);
  g_return_val_if_fail (index < self->servers[lane]->len, NULL);

  return &g_array_index (self->servers[lane], TlProviderServer, index);
}

/**
 * tl_provider_get_username:
 * @self: a provider
 * @lane: %TL_LANE_INCOMING or %TL_LANE_OUTGOING
 * @out_literal: (out) (optional) (nullable) (transfer none): the word, with
 *   %TL_USERNAME_LITERAL; %NULL otherwise
 *
 * Returns: how the user name is made
 */
TlUsername
tl_provider_get_username (const TlProvider  *self,
                          TlLaneKind         lane,
                          const char       **out_literal)
{
  g_return_val_if_fail ((guint) lane < G_N_ELEMENTS (self->usernames), TL_USERNAME_ADDRESS);

  if (out_literal != NULL)
    *out_literal = self->literals[lane];

  return self->usernames[lane];
}

/**
 * tl_provider_get_sign_in:
 * @self: a provider
 * @out_kinds: (out) (transfer none): the ways of signing in, the provider's favourite first
 *
 * Returns: how many there are, at least one
 */
guint
tl_provider_get_sign_in (const TlProvider  *self,
                         const TlAuth     **out_kinds)
{
  *out_kinds = self->sign_in;

  return self->n_sign_in;
}

const char *
tl_provider_get_oauth_issuer (const TlProvider *self)
{
  return self->oauth_issuer;
}

const char * const *
tl_provider_get_oauth_scopes (const TlProvider *self)
{
  return (const char * const *) self->oauth_scopes;
}

guint
tl_provider_get_n_limits (const TlProvider *self)
{
  return self->limits->len;
}

const TlProviderLimit *
tl_provider_get_limit (const TlProvider *self,
                       guint             index)
{
  g_return_val_if_fail (index < self->limits->len, NULL);

  return &g_array_index (self->limits, TlProviderLimit, index);
}

/* Whether @inner is @outer or a place below it (RFC 6901). */
static gboolean
is_within (const char *inner,
           const char *outer)
{
  gsize len = strlen (outer);

  return strncmp (inner, outer, len) == 0 && (inner[len] == '\0' || inner[len] == '/');
}

/**
 * tl_provider_is_confirmed:
 * @self: a provider
 * @pointer: (nullable): a place in its file (RFC 6901): `/incoming/0`; %NULL for the whole
 *
 * Returns: for the whole, whether the provider as such was seen at the source;
 *   for a place, whether neither it, nor what holds it, nor anything in it is
 *   listed as known less well
 */
gboolean
tl_provider_is_confirmed (const TlProvider *self,
                          const char       *pointer)
{
  if (pointer == NULL)
    return self->confirmed;

  for (guint i = 0; self->unconfirmed[i] != NULL; i++)
    {
      if (is_within (pointer, self->unconfirmed[i]) || is_within (self->unconfirmed[i], pointer))
        return FALSE;
    }

  return TRUE;
}

const char * const *
tl_provider_get_unconfirmed (const TlProvider *self)
{
  return (const char * const *) self->unconfirmed;
}

const char *
tl_provider_get_checked_on (const TlProvider *self)
{
  return self->checked_on;
}
