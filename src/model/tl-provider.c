/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-provider-private.h"

G_DEFINE_BOXED_TYPE (TlProvider, tl_provider, tl_provider_ref, tl_provider_unref)

G_DEFINE_ENUM_TYPE (TlUsername, tl_username,
                    G_DEFINE_ENUM_VALUE (TL_USERNAME_ADDRESS, "address"),
                    G_DEFINE_ENUM_VALUE (TL_USERNAME_LOCAL_PART, "local-part"))

static void
prerequisite_clear (gpointer data)
{
  TlPrerequisite *self = data;

  g_free ((char *) self->text);
  g_free ((char *) self->link);
}

/* For tl_provider_parse(), which fills it before anybody else sees it. */
TlProvider *
tl_provider_new_empty (void)
{
  TlProvider *self = g_atomic_rc_box_new0 (TlProvider);

  for (guint lane = 0; lane < G_N_ELEMENTS (self->endpoints); lane++)
    self->endpoints[lane] = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_endpoint_unref);
  self->prerequisites = g_array_new (FALSE, TRUE, sizeof (TlPrerequisite));
  g_array_set_clear_func (self->prerequisites, prerequisite_clear);
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
  for (guint lane = 0; lane < G_N_ELEMENTS (self->endpoints); lane++)
    g_clear_pointer (&self->endpoints[lane], g_ptr_array_unref);
  g_clear_pointer (&self->prerequisites, g_array_unref);
  g_clear_pointer (&self->app_password_link, g_free);
  g_clear_pointer (&self->app_password_steps, g_strfreev);
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

guint
tl_provider_get_n_endpoints (const TlProvider *self,
                             TlLaneKind        lane)
{
  g_return_val_if_fail ((guint) lane < G_N_ELEMENTS (self->endpoints), 0);

  return self->endpoints[lane]->len;
}

/**
 * tl_provider_dup_settings:
 * @self: a provider
 * @lane: %TL_LANE_INCOMING or %TL_LANE_OUTGOING
 * @index: less than tl_provider_get_n_endpoints(); 0 is what the provider likes best
 * @address: whose mailbox
 *
 * Makes the settings of one lane for one address: the endpoint, the user name
 * in the form the provider wants, and tl_provider_get_preferred_auth().
 *
 * Returns: (transfer full) (nullable): the settings, or %NULL when @address has
 *   no user name that settings may hold
 */
TlLaneSettings *
tl_provider_dup_settings (const TlProvider *self,
                          TlLaneKind        lane,
                          guint             index,
                          TlAddress        *address)
{
  const char *username;

  g_return_val_if_fail (lane == TL_LANE_INCOMING || lane == TL_LANE_OUTGOING, NULL);
  g_return_val_if_fail (index < self->endpoints[lane]->len, NULL);

  username = self->usernames[lane] == TL_USERNAME_ADDRESS
           ? tl_address_get_addr_spec (address)
           : tl_address_get_local_part (address);

  return tl_lane_settings_new (tl_protocol_for_lane (lane),
                               g_ptr_array_index (self->endpoints[lane], index),
                               tl_provider_get_preferred_auth (self), username, NULL);
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
 * What to ask for. The table gives the ways of signing in as the provider
 * prefers them; this program signs in with a password or an app password, so
 * the first of those is taken, and the provider's own page only where nothing
 * else is left. What the provider takes at all is tl_provider_takes().
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
 *   https, or %NULL when there are none
 */
const char *
tl_provider_get_app_password_link (const TlProvider *self)
{
  return self->app_password_link;
}
