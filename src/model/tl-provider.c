/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-provider-private.h"

#include <string.h>

#include "tl-host-pattern.h"

G_DEFINE_BOXED_TYPE (TlProvider, tl_provider, tl_provider_ref, tl_provider_unref)

G_DEFINE_ENUM_TYPE (TlProviderKind, tl_provider_kind,
                    G_DEFINE_ENUM_VALUE (TL_PROVIDER_MAILBOX, "mailbox"),
                    G_DEFINE_ENUM_VALUE (TL_PROVIDER_RELAY, "relay"))

static void
server_clear (gpointer data)
{
  TlProviderServer *self = data;

  g_free ((char *) self->host);
}

static void
prerequisite_clear (gpointer data)
{
  TlPrerequisite *self = data;

  g_free ((char *) self->text);
  g_free ((char *) self->link);
  g_free ((char *) self->as_of);
}

static void
limit_clear (gpointer data)
{
  TlProviderLimit *self = data;

  g_free ((char *) self->what);
  g_free ((char *) self->when);
  g_free ((char *) self->as_of);
  g_free ((char *) self->source);
}

static GArray *
new_rows (guint          size,
          GDestroyNotify clear)
{
  GArray *rows = g_array_new (FALSE, TRUE, size);

  g_array_set_clear_func (rows, clear);

  return rows;
}

/* For tl_provider_parse(), which fills it before anybody else sees it. */
TlProvider *
tl_provider_new_empty (void)
{
  TlProvider *self = g_atomic_rc_box_new0 (TlProvider);

  for (guint lane = 0; lane < G_N_ELEMENTS (self->servers); lane++)
    self->servers[lane] = new_rows (sizeof (TlProviderServer), server_clear);
  self->prerequisites = new_rows (sizeof (TlPrerequisite), prerequisite_clear);
  self->notices = new_rows (sizeof (TlPrerequisite), prerequisite_clear);
  self->oauth_steps = new_rows (sizeof (TlPrerequisite), prerequisite_clear);
  self->oauth_switches = new_rows (sizeof (TlPrerequisite), prerequisite_clear);
  self->shared_notes = new_rows (sizeof (TlPrerequisite), prerequisite_clear);
  self->limits = new_rows (sizeof (TlProviderLimit), limit_clear);
  self->spf = g_new0 (char *, 1);
  self->autodiscover = g_new0 (char *, 1);
  self->oauth_scopes = g_new0 (char *, 1);
  self->oauth_redirects = g_new0 (char *, 1);
  self->oauth_device_pages = g_new0 (char *, 1);
  self->app_password_steps = g_new0 (char *, 1);

  return self;
}

TlProvider *
tl_provider_ref (TlProvider *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_provider_clear (gpointer data)
{
  TlProvider *self = data;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->domains, g_strfreev);
  g_clear_pointer (&self->mx, g_strfreev);
  g_clear_pointer (&self->spf, g_strfreev);
  g_clear_pointer (&self->autodiscover, g_strfreev);
  g_clear_pointer (&self->tenant, g_free);
  for (guint lane = 0; lane < G_N_ELEMENTS (self->servers); lane++)
    {
      g_clear_pointer (&self->servers[lane], g_array_unref);
      g_clear_pointer (&self->literals[lane], g_free);
    }
  g_clear_pointer (&self->secret_name, g_free);
  g_clear_pointer (&self->oauth_issuer, g_free);
  g_clear_pointer (&self->oauth_tenant, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->oauth_endpoints); i++)
    g_clear_pointer (&self->oauth_endpoints[i], g_free);
  g_clear_pointer (&self->oauth_scopes, g_strfreev);
  g_clear_pointer (&self->oauth_redirects, g_strfreev);
  g_clear_pointer (&self->oauth_device_pages, g_strfreev);
  for (guint i = 0; i < G_N_ELEMENTS (self->shared_users); i++)
    {
      for (guint lane = 0; lane < G_N_ELEMENTS (self->shared_users[i]); lane++)
        g_clear_pointer (&self->shared_users[i][lane], g_free);
    }
  g_clear_pointer (&self->prerequisites, g_array_unref);
  g_clear_pointer (&self->notices, g_array_unref);
  g_clear_pointer (&self->oauth_steps, g_array_unref);
  g_clear_pointer (&self->oauth_switches, g_array_unref);
  g_clear_pointer (&self->shared_notes, g_array_unref);
  g_clear_pointer (&self->grants_link, g_free);
  g_clear_pointer (&self->app_password_link, g_free);
  g_clear_pointer (&self->app_password_steps, g_strfreev);
  g_clear_pointer (&self->limits, g_array_unref);
  g_clear_pointer (&self->unconfirmed, g_strfreev);
  g_clear_pointer (&self->checked_on, g_free);
}

void
tl_provider_unref (TlProvider *self)
{
  g_atomic_rc_box_release_full (self, tl_provider_clear);
}

const char *
tl_provider_get_id (const TlProvider *self)
{
  return self->id;
}

const char *
tl_provider_get_name (const TlProvider *self)
{
  return self->name;
}

TlProviderKind
tl_provider_get_kind (const TlProvider *self)
{
  return self->kind;
}

guint
tl_provider_get_n_endpoints (const TlProvider *self,
                             TlLaneKind        lane)
{
  g_return_val_if_fail ((guint) lane < G_N_ELEMENTS (self->servers), 0);

  return self->servers[lane]->len;
}

/* The label for which @word, such as `{region}`, stands in the pattern that
 * tells most of @mx_host. */
static char *
catch_word (const TlProvider *self,
            const char       *word,
            const char       *mx_host)
{
  g_autofree char *caught = NULL;
  gsize best = 0;

  for (guint i = 0; self->mx[i] != NULL; i++)
    {
      gsize told = tl_host_pattern_match (self->mx[i], mx_host);
      char *label = told > best ? tl_host_pattern_catch (self->mx[i], word, mx_host) : NULL;

      if (label != NULL)
        {
          g_free (caught);
          caught = label;
          best = told;
        }
    }

  return g_steal_pointer (&caught);
}

/* Whether @mx_host is one of the provider's: `{mx}` must never become the host of a stranger. */
static gboolean
has_exchanger (const TlProvider *self,
               const char       *mx_host)
{
  for (guint i = 0; self->mx[i] != NULL; i++)
    {
      if (tl_host_pattern_match (self->mx[i], mx_host) > 0)
        return TRUE;
    }

  return FALSE;
}

/* NULL when what the template asks for is not known. */
static char *
fill_host (const TlProvider *self,
           const char       *template,
           TlAddress        *address,
           const char       *mx_host)
{
  const char *start = strchr (template, '{');
  g_autofree char *folded = mx_host == NULL ? NULL : tl_host_pattern_fold (mx_host);
  g_autofree char *filling = NULL;
  g_autofree char *word = NULL;

  if (start == NULL)
    return g_strdup (template);

  word = g_strndup (start, strcspn (start, "}") + 1);
  if (g_str_equal (word, "{domain}"))
    filling = g_strdup (tl_address_get_domain (address));
  else if (folded != NULL && g_str_equal (word, "{mx}"))
    filling = has_exchanger (self, folded) ? g_strdup (folded) : NULL;
  else if (folded != NULL)
    filling = catch_word (self, word, folded);

  return filling == NULL ? NULL
                         : g_strdup_printf ("%.*s%s%s", (int) (start - template), template,
                                            filling, start + strlen (word));
}

static const char *
choose_username (const TlProvider *self,
                 TlLaneKind        lane,
                 TlAddress        *address)
{
  switch (self->usernames[lane])
    {
    case TL_USERNAME_ADDRESS:
    case TL_USERNAME_ANY:
      return tl_address_get_addr_spec (address);
    case TL_USERNAME_LOCAL_PART:
      return tl_address_get_local_part (address);
    case TL_USERNAME_LITERAL:
      return self->literals[lane];
    case TL_USERNAME_GIVEN:
    default:
      return NULL;
    }
}

/**
 * tl_provider_dup_settings:
 * @self: a provider
 * @lane: %TL_LANE_INCOMING or %TL_LANE_OUTGOING
 * @index: less than tl_provider_get_n_endpoints(); 0 is what the provider likes best
 * @address: whose mailbox
 * @mx_host: (nullable): the mail exchanger of its domain by which the provider
 *   was found, in any spelling
 *
 * Makes the settings of one lane for one address: the endpoint, the user name
 * in the form the provider wants, and tl_provider_get_preferred_auth().
 *
 * Returns: (transfer full) (nullable): the settings, or %NULL when the host is
 *   made of something that is not known, when the provider hands out the user
 *   name, or when @address has none that settings may hold
 */
TlLaneSettings *
tl_provider_dup_settings (const TlProvider *self,
                          TlLaneKind        lane,
                          guint             index,
                          TlAddress        *address,
                          const char       *mx_host)
{
  const TlProviderServer *server;
  g_autoptr(TlEndpoint) endpoint = NULL;
  g_autofree char *host = NULL;
  const char *username;

  g_return_val_if_fail (lane == TL_LANE_INCOMING || lane == TL_LANE_OUTGOING, NULL);
  g_return_val_if_fail (index < self->servers[lane]->len, NULL);

  server = &g_array_index (self->servers[lane], TlProviderServer, index);
  host = fill_host (self, server->host, address, mx_host);
  username = choose_username (self, lane, address);
  if (host == NULL || username == NULL ||
      (endpoint = tl_endpoint_new (host, server->port, server->security, NULL)) == NULL)
    return NULL;

  return tl_lane_settings_new (tl_protocol_for_lane (lane), endpoint,
                               tl_provider_get_preferred_auth (self), username, NULL);
}

/**
 * tl_provider_vouches:
 * @self: a provider
 * @lane: %TL_LANE_INCOMING or %TL_LANE_OUTGOING
 * @index: less than tl_provider_get_n_endpoints()
 *
 * A host that is the mail exchanger itself was named by DNS, which anybody on the
 * way can forge: that its name is as the provider's are proves nothing where each
 * of those names belongs to a customer, as with kasserver.com. One label of a
 * name that is otherwise the table's is another matter; a test sees to it
 * that such names are the provider's alone.
 *
 * Returns: whether the host of tl_provider_dup_settings() is the table's own word
 */
gboolean
tl_provider_vouches (const TlProvider *self,
                     TlLaneKind        lane,
                     guint             index)
{
  g_return_val_if_fail (lane == TL_LANE_INCOMING || lane == TL_LANE_OUTGOING, FALSE);
  g_return_val_if_fail (index < self->servers[lane]->len, FALSE);

  return strstr (g_array_index (self->servers[lane], TlProviderServer, index).host, "{mx}") == NULL;
}

/* Whether @template may become @host, folded. `{domain}` becomes any name. */
static gboolean
makes_host (const TlProvider *self,
            const char       *template,
            const char       *host)
{
  if (strstr (template, "{domain}") != NULL)
    return FALSE;
  if (strstr (template, "{mx}") != NULL)
    return g_str_equal (template, "{mx}") && has_exchanger (self, host);

  return tl_host_pattern_match (template, host) > 0;
}

/**
 * tl_provider_has_host:
 * @self: a provider
 * @lane: %TL_LANE_INCOMING or %TL_LANE_OUTGOING
 * @host: a server, A-labels, any case
 *
 * Returns: whether it is one of the provider's for this lane, as far as the table can tell: where a
 *   host is made of the customer's domain it cannot, and says no
 */
gboolean
tl_provider_has_host (const TlProvider *self,
                      TlLaneKind        lane,
                      const char       *host)
{
  g_autofree char *folded = tl_host_pattern_fold (host);

  g_return_val_if_fail (lane == TL_LANE_INCOMING || lane == TL_LANE_OUTGOING, FALSE);

  for (guint i = 0; i < self->servers[lane]->len; i++)
    {
      if (makes_host (self, g_array_index (self->servers[lane], TlProviderServer, i).host, folded))
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_provider_takes:
 * @self: a provider
 * @auth: a way of signing in
 *
 * Returns: whether the provider is known to take it
 */
gboolean
tl_provider_takes (const TlProvider *self,
                   TlAuth            auth)
{
  for (guint i = 0; i < self->n_sign_in; i++)
    {
      if (self->sign_in[i] == auth)
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_provider_get_preferred_auth:
 * @self: a provider
 *
 * What to ask for where nobody has said. The table gives the ways of signing in
 * as the provider prefers them; its own page asks for a client id, which most
 * people have none of, so the first of the others is taken, and the page only
 * where nothing else is left. What the provider takes at all is tl_provider_takes().
 *
 * Returns: a way of signing in that the provider takes
 */
TlAuth
tl_provider_get_preferred_auth (const TlProvider *self)
{
  for (guint i = 0; i < self->n_sign_in; i++)
    {
      if (self->sign_in[i] != TL_AUTH_OAUTH2)
        return self->sign_in[i];
    }

  return TL_AUTH_OAUTH2;
}

/**
 * tl_provider_get_secret_name:
 * @self: a provider
 *
 * Returns: (transfer none) (nullable): what the secret is called there, in the
 *   user's language: `SMTP key`; %NULL where it is a password or an app password
 */
const char *
tl_provider_get_secret_name (const TlProvider *self)
{
  return self->secret_name;
}

guint
tl_provider_get_n_prerequisites (const TlProvider *self)
{
  return self->prerequisites->len;
}

const TlPrerequisite *
tl_provider_get_prerequisite (const TlProvider *self,
                              guint             index)
{
  g_return_val_if_fail (index < self->prerequisites->len, NULL);

  return &g_array_index (self->prerequisites, TlPrerequisite, index);
}

guint
tl_provider_get_n_notices (const TlProvider *self)
{
  return self->notices->len;
}

/**
 * tl_provider_get_notice:
 * @self: a provider
 * @index: less than tl_provider_get_n_notices()
 *
 * Returns: (transfer none): what somebody who wants to do outreach from there has to know
 */
const TlPrerequisite *
tl_provider_get_notice (const TlProvider *self,
                        guint             index)
{
  g_return_val_if_fail (index < self->notices->len, NULL);

  return &g_array_index (self->notices, TlPrerequisite, index);
}

/**
 * tl_provider_get_app_password_steps:
 * @self: a provider
 *
 * Returns: (transfer none) (array zero-terminated=1): how an app password is
 *   made there, in order, in the user's language; none when there are no app passwords
 */
const char * const *
tl_provider_get_app_password_steps (const TlProvider *self)
{
  return (const char * const *) self->app_password_steps;
}

/**
 * tl_provider_get_app_password_link:
 * @self: a provider
 *
 * Returns: (transfer none) (nullable): the provider's page for app passwords,
 *   https, or %NULL when there are none or their page is not known
 */
const char *
tl_provider_get_app_password_link (const TlProvider *self)
{
  return self->app_password_link;
}

/**
 * tl_provider_get_app_password_form:
 * @self: a provider
 *
 * What does not have this form is not sent, so it has to be certain: a form that
 * was not seen at the source is none.
 *
 * Returns: (transfer none) (nullable): what its app passwords look like, or %NULL
 *   where that is not known for sure
 */
const TlAppPasswordForm *
tl_provider_get_app_password_form (const TlProvider *self)
{
  return self->app_password_form.len > 0 && self->confirmed &&
         tl_provider_is_confirmed (self, "/app_password/form") ? &self->app_password_form : NULL;
}
