/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-client-store.h"

#include <gio/gio.h>

#include "tl-policy-store.h"
#include "tl-preferences.h"

#define CLIENTS_TYPE G_VARIANT_TYPE ("a(sss)")

struct _TlClientStore
{
  GObject        parent_instance;

  /* Owned */
  TlPolicyStore *policies;
  GSettings     *settings;   /* NULL where no schema is installed: then for this run only */
  GPtrArray     *typed;      /* of TlOauthClient */
  GPtrArray     *secretive;  /* the same, with a secret: never in the settings */
};

enum
{
  PROP_FINDING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlClientStore, tl_client_store, G_TYPE_OBJECT)

static TlOauthClient *
make_typed (const char  *issuer,
            const char  *client_id,
            const char  *tenant,
            GError     **error)
{
  const TlOauthClientParts parts = {
    .issuer = issuer,
    .client_id = client_id,
    .tenant = tenant == NULL || *tenant == '\0' ? NULL : tenant,
    .origin = TL_CLIENT_FROM_SETTINGS,
  };

  return tl_oauth_client_new (&parts, error);
}

/* What somebody wrote into the settings by hand and cannot be meant is left out. */
static void
load_typed (TlClientStore *self)
{
  g_autoptr(GVariant) value = NULL;
  GVariantIter iter;
  const char *issuer;
  const char *client_id;
  const char *tenant;

  if (self->settings == NULL)
    return;

  g_ptr_array_set_size (self->typed, 0);
  value = g_settings_get_value (self->settings, TL_PREFERENCES_CLIENTS_KEY);
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &issuer, &client_id, &tenant))
    {
      TlOauthClient *client = make_typed (issuer, client_id, tenant, NULL);

      if (client != NULL)
        g_ptr_array_add (self->typed, client);
    }
}

static void
on_policies_changed (TlClientStore *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINDING]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_settings_changed (TlClientStore *self)
{
  load_typed (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
tl_client_store_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TlClientStore *self = TL_CLIENT_STORE (object);

  switch (prop_id)
    {
    case PROP_FINDING:
      g_value_set_object (value, tl_policy_store_get_finding (self->policies));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_client_store_dispose (GObject *object)
{
  TlClientStore *self = TL_CLIENT_STORE (object);

  g_clear_object (&self->policies);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->typed, g_ptr_array_unref);
  g_clear_pointer (&self->secretive, g_ptr_array_unref);

  G_OBJECT_CLASS (tl_client_store_parent_class)->dispose (object);
}

static void
tl_client_store_class_init (TlClientStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_client_store_get_property;
  object_class->dispose = tl_client_store_dispose;

  properties[PROP_FINDING] =
    g_param_spec_object ("finding", NULL, NULL, TL_TYPE_FINDING,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
tl_client_store_init (TlClientStore *self)
{
  self->typed = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_oauth_client_unref);
  self->secretive = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_oauth_client_unref);
}

/* @policies: (transfer full) */
static TlClientStore *
open_store (TlPolicyStore *policies)
{
  TlClientStore *self = g_object_new (TL_TYPE_CLIENT_STORE, NULL);

  self->policies = policies;
  g_signal_connect_object (self->policies, "changed", G_CALLBACK (on_policies_changed), self,
                           G_CONNECT_SWAPPED);

  self->settings = tl_preferences_dup_settings_with (TL_PREFERENCES_CLIENTS_KEY);
  load_typed (self);
  if (self->settings != NULL)
    g_signal_connect_object (self->settings, "changed::" TL_PREFERENCES_CLIENTS_KEY,
                             G_CALLBACK (on_settings_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * tl_client_store_new:
 * @policy_path: where the policy is, or may appear: its folder counts as the system's place
 *
 * For tests: another place than the system's, where a policy may be its own user's, and no other
 * policy than that.
 *
 * Returns: (transfer full): a store
 */
TlClientStore *
tl_client_store_new (const char *policy_path)
{
  g_autofree char *folder = g_path_get_dirname (policy_path);

  return open_store (tl_policy_store_new (folder, NULL));
}

/**
 * tl_client_store_get_default:
 *
 * The one of this computer.
 *
 * Returns: (transfer none): made at the first use and never freed
 */
TlClientStore *
tl_client_store_get_default (void)
{
  static TlClientStore *store = NULL;

  if (store == NULL)
    store = open_store (g_object_ref (tl_policy_store_get_default ()));

  return store;
}

static TlOauthClient *
find_in (GPtrArray  *clients,
         const char *issuer)
{
  for (guint i = 0; i < clients->len; i++)
    {
      TlOauthClient *client = g_ptr_array_index (clients, i);

      if (g_str_equal (tl_oauth_client_get_issuer (client), issuer))
        return client;
    }

  return NULL;
}

/**
 * tl_client_store_find:
 * @self: a store
 * @issuer: an authorization server, as the provider table or discovery names it
 *
 * The organisation's word goes before a person's.
 *
 * Returns: (transfer none) (nullable): as whom to sign in there
 */
TlOauthClient *
tl_client_store_find (TlClientStore *self,
                      const char    *issuer)
{
  TlOauthClient *client;

  g_return_val_if_fail (TL_IS_CLIENT_STORE (self), NULL);
  g_return_val_if_fail (issuer != NULL, NULL);

  client = tl_policies_find_client (tl_policy_store_get_policies (self->policies), issuer);
  if (client == NULL)
    client = find_in (self->secretive, issuer);

  return client != NULL ? client : find_in (self->typed, issuer);
}

/**
 * tl_client_store_get_policies:
 * @self: a store
 *
 * Returns: (transfer none): the policies that it takes clients from, as they were read last
 */
TlPolicies *
tl_client_store_get_policies (TlClientStore *self)
{
  g_return_val_if_fail (TL_IS_CLIENT_STORE (self), NULL);

  return tl_policy_store_get_policies (self->policies);
}

static GVariant *
list_typed (TlClientStore *self)
{
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (CLIENTS_TYPE);

  for (guint i = 0; i < self->typed->len; i++)
    {
      TlOauthClient *client = g_ptr_array_index (self->typed, i);
      const char *tenant = tl_oauth_client_get_tenant (client);

      g_variant_builder_add (&builder, "(sss)", tl_oauth_client_get_issuer (client),
                             tl_oauth_client_get_id (client), tenant == NULL ? "" : tenant);
    }

  return g_variant_builder_end (&builder);
}

static void
remove_from (GPtrArray  *clients,
             const char *issuer)
{
  TlOauthClient *old = find_in (clients, issuer);

  if (old != NULL)
    g_ptr_array_remove (clients, old);
}

static void
write_typed (TlClientStore *self)
{
  /* The settings tell about their change themselves, unless it is none or they are locked. */
  if (self->settings != NULL)
    {
      g_signal_handlers_block_by_func (self->settings, on_settings_changed, self);
      g_settings_set_value (self->settings, TL_PREFERENCES_CLIENTS_KEY, list_typed (self));
      g_signal_handlers_unblock_by_func (self->settings, on_settings_changed, self);
    }
}

/**
 * tl_client_store_set:
 * @self: a store
 * @issuer: an authorization server
 * @client_id: as whom to sign in there, as IT told it
 * @tenant: (nullable): a directory id or domain
 * @error: return location for a #GError
 *
 * Keeps it in the settings, in place of what was there for @issuer; where no settings are
 * installed, for this run.
 *
 * Returns: whether that can be meant; %FALSE with %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_client_store_set (TlClientStore  *self,
                     const char     *issuer,
                     const char     *client_id,
                     const char     *tenant,
                     GError        **error)
{
  g_autoptr(TlOauthClient) client = NULL;

  g_return_val_if_fail (TL_IS_CLIENT_STORE (self), FALSE);
  g_return_val_if_fail (issuer != NULL && client_id != NULL, FALSE);

  client = make_typed (issuer, client_id, tenant, error);
  if (client == NULL)
    return FALSE;

  remove_from (self->secretive, issuer);
  remove_from (self->typed, issuer);
  g_ptr_array_add (self->typed, g_steal_pointer (&client));

  write_typed (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  return TRUE;
}

/**
 * tl_client_store_add:
 * @self: a store
 * @client: as whom to sign in at its issuer, with a secret
 *
 * Uses it for this run, in place of what was there for that issuer. A secret is nothing for the
 * settings: whoever adds it sees to a keyring.
 */
void
tl_client_store_add (TlClientStore *self,
                     TlOauthClient *client)
{
  g_return_if_fail (TL_IS_CLIENT_STORE (self));
  g_return_if_fail (client != NULL);

  if (find_in (self->typed, tl_oauth_client_get_issuer (client)) != NULL)
    {
      remove_from (self->typed, tl_oauth_client_get_issuer (client));
      write_typed (self);
    }
  remove_from (self->secretive, tl_oauth_client_get_issuer (client));
  g_ptr_array_add (self->secretive, tl_oauth_client_ref (client));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
