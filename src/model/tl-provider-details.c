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

G_DEFINE_ENUM_TYPE (TlOauthEndpoint, tl_oauth_endpoint,
                    G_DEFINE_ENUM_VALUE (TL_OAUTH_ENDPOINT_AUTHORIZATION, "authorization"),
                    G_DEFINE_ENUM_VALUE (TL_OAUTH_ENDPOINT_TOKEN, "token"),
                    G_DEFINE_ENUM_VALUE (TL_OAUTH_ENDPOINT_DEVICE, "device"),
                    G_DEFINE_ENUM_VALUE (TL_OAUTH_ENDPOINT_REVOCATION, "revocation"))

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

/**
 * tl_provider_get_oauth_endpoint:
 * @self: a provider
 * @which: which endpoint of its authorization server
 *
 * Returns: (transfer none) (nullable): its https URL, in which `{tenant}` may stand, or %NULL where
 *   the table does not say
 */
const char *
tl_provider_get_oauth_endpoint (const TlProvider *self,
                                TlOauthEndpoint   which)
{
  g_return_val_if_fail ((guint) which < G_N_ELEMENTS (self->oauth_endpoints), NULL);

  return self->oauth_endpoints[which];
}

/**
 * tl_provider_get_oauth_tenant:
 * @self: a provider
 *
 * Returns: (transfer none) (nullable): what stands for `{tenant}` in issuer and endpoints where
 *   nobody names another: `organizations`; %NULL where they have none
 */
const char *
tl_provider_get_oauth_tenant (const TlProvider *self)
{
  return self->oauth_tenant;
}

/**
 * tl_provider_dup_issuer_of:
 * @self: a provider
 * @tenant: (nullable): a directory id or domain
 *
 * Returns: (transfer full) (nullable): its issuer with @tenant in its place, or what stands there
 *   where nobody names one
 */
char *
tl_provider_dup_issuer_of (const TlProvider *self,
                           const char       *tenant)
{
  g_autoptr(GString) issuer = NULL;

  if (self->oauth_issuer == NULL)
    return NULL;

  issuer = g_string_new (self->oauth_issuer);
  if (self->oauth_tenant != NULL)
    g_string_replace (issuer, TL_PROVIDER_OAUTH_TENANT,
                      tenant != NULL ? tenant : self->oauth_tenant, 0);

  return g_string_free (g_steal_pointer (&issuer), FALSE);
}

/**
 * tl_providers_dup_issuer:
 * @issuer: an authorization server, as somebody wrote it down
 * @tenant: (nullable): the directory id or domain that goes with it
 *
 * People write what they see, which has a tenant where the table has a place for one.
 *
 * Returns: (transfer full): the same as the provider table has it, or @issuer where it has none
 */
char *
tl_providers_dup_issuer (const char *issuer,
                         const char *tenant)
{
  GPtrArray *all = tl_providers_get_all ();

  for (guint i = 0; i < all->len; i++)
    {
      const TlProvider *self = g_ptr_array_index (all, i);
      g_autofree char *usual = tl_provider_dup_issuer_of (self, NULL);
      g_autofree char *own = tl_provider_dup_issuer_of (self, tenant);

      if (usual != NULL && self->oauth_tenant != NULL &&
          (g_str_equal (usual, issuer) || g_str_equal (own, issuer)))
        return g_strdup (self->oauth_issuer);
    }

  return g_strdup (issuer);
}

gboolean
tl_provider_has_openid (const TlProvider *self)
{
  return self->oauth_openid;
}

guint
tl_provider_get_n_oauth_steps (const TlProvider *self)
{
  return self->oauth_steps->len;
}

/**
 * tl_provider_get_oauth_step:
 * @self: a provider
 * @index: less than tl_provider_get_n_oauth_steps()
 *
 * Returns: (transfer none): what whoever administers has to do there, in order, before people can
 *   sign in on the provider's page for this program
 */
const TlPrerequisite *
tl_provider_get_oauth_step (const TlProvider *self,
                            guint             index)
{
  g_return_val_if_fail (index < self->oauth_steps->len, NULL);

  return &g_array_index (self->oauth_steps, TlPrerequisite, index);
}

/**
 * tl_provider_can_register:
 * @self: a provider
 *
 * Returns: whether a program can be registered at its sign-in page; some have it done by partners
 *   alone
 */
gboolean
tl_provider_can_register (const TlProvider *self)
{
  for (guint i = 0; i < self->oauth_steps->len; i++)
    {
      if (g_array_index (self->oauth_steps, TlPrerequisite, i).fixer == TL_FIXER_THE_PROVIDER)
        return FALSE;
    }

  return self->oauth_issuer != NULL;
}

guint
tl_provider_get_n_oauth_switches (const TlProvider *self)
{
  return self->oauth_switches->len;
}

/**
 * tl_provider_get_oauth_switch:
 * @self: a provider
 * @index: less than tl_provider_get_n_oauth_switches()
 *
 * Returns: (transfer none): what whoever administers has to switch on for a mailbox, without which
 *   a token opens nothing
 */
const TlPrerequisite *
tl_provider_get_oauth_switch (const TlProvider *self,
                              guint             index)
{
  g_return_val_if_fail (index < self->oauth_switches->len, NULL);

  return &g_array_index (self->oauth_switches, TlPrerequisite, index);
}

gboolean
tl_provider_wants_client_secret (const TlProvider *self)
{
  return self->oauth_secret;
}

const char * const *
tl_provider_get_oauth_redirects (const TlProvider *self)
{
  return (const char * const *) self->oauth_redirects;
}

const char * const *
tl_provider_get_oauth_device_pages (const TlProvider *self)
{
  return (const char * const *) self->oauth_device_pages;
}

const char *
tl_provider_get_grants_link (const TlProvider *self)
{
  return self->grants_link;
}

/* The words that a user name of a shared mailbox may be made of. */
static const char *
find_shared_word (const char *word,
                  gsize       len,
                  TlAddress  *mailbox,
                  TlAddress  *login)
{
  const struct
  {
    const char *word;
    const char *value;
  } words[] = {
    { "{mailbox}",      tl_address_get_addr_spec (mailbox) },
    { "{mailbox_name}", tl_address_get_local_part (mailbox) },
    { "{login}",        tl_address_get_addr_spec (login) },
    { "{login_name}",   tl_address_get_local_part (login) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strlen (words[i].word) == len && strncmp (words[i].word, word, len) == 0)
        return words[i].value;
    }

  g_return_val_if_reached ("");
}

/**
 * tl_provider_dup_shared_user:
 * @self: a provider
 * @auth: how is signed in
 * @lane: %TL_LANE_INCOMING or %TL_LANE_OUTGOING
 * @mailbox: the mailbox that several people use
 * @login: who of them signs in
 *
 * Returns: (transfer full) (nullable): the user name for that lane, or %NULL where the provider has
 *   no such way with @auth
 */
char *
tl_provider_dup_shared_user (const TlProvider *self,
                             TlAuth            auth,
                             TlLaneKind        lane,
                             TlAddress        *mailbox,
                             TlAddress        *login)
{
  g_autoptr(GString) user = g_string_new (NULL);
  const char *p;

  g_return_val_if_fail ((guint) auth < G_N_ELEMENTS (self->shared_users), NULL);
  g_return_val_if_fail (lane == TL_LANE_INCOMING || lane == TL_LANE_OUTGOING, NULL);

  p = self->shared_users[auth][lane];
  if (p == NULL)
    return NULL;

  while (*p != '\0')
    {
      gsize plain = strcspn (p, "{");
      gsize word = strcspn (p + plain, "}");

      g_string_append_len (user, p, (gssize) plain);
      p += plain;
      if (*p == '\0')
        break;
      g_string_append (user, find_shared_word (p, word + 1, mailbox, login));
      p += word + 1;
    }

  return g_string_free (g_steal_pointer (&user), FALSE);
}

guint
tl_provider_get_n_shared_notes (const TlProvider *self)
{
  return self->shared_notes->len;
}

/**
 * tl_provider_get_shared_note:
 * @self: a provider
 * @index: less than tl_provider_get_n_shared_notes()
 *
 * Returns: (transfer none): what there is to know or to do about a mailbox that several people use
 */
const TlPrerequisite *
tl_provider_get_shared_note (const TlProvider *self,
                             guint             index)
{
  g_return_val_if_fail (index < self->shared_notes->len, NULL);

  return &g_array_index (self->shared_notes, TlPrerequisite, index);
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
