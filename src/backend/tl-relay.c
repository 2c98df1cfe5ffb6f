/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-relay.h"

#include "tl-provider-details.h"

struct _TlRelay
{
  GObject  parent_instance;

  /* Owned */
  char    *id;
  char    *name;
  char    *secret_name;
};

enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_SECRET_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlRelay, tl_relay, G_TYPE_OBJECT)

static void
tl_relay_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  TlRelay *self = TL_RELAY (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SECRET_NAME:
      g_value_set_string (value, self->secret_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_relay_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  TlRelay *self = TL_RELAY (object);

  switch (prop_id)
    {
    case PROP_ID:
      self->id = g_value_dup_string (value);
      break;
    case PROP_NAME:
      self->name = g_value_dup_string (value);
      break;
    case PROP_SECRET_NAME:
      self->secret_name = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_relay_finalize (GObject *object)
{
  TlRelay *self = TL_RELAY (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->secret_name, g_free);

  G_OBJECT_CLASS (tl_relay_parent_class)->finalize (object);
}

static void
tl_relay_class_init (TlRelayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS |
                            G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_relay_get_property;
  object_class->set_property = tl_relay_set_property;
  object_class->finalize = tl_relay_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_SECRET_NAME] = g_param_spec_string ("secret-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_relay_init (TlRelay *self)
{
}

TlRelay *
tl_relay_new (const char *id,
              const char *name,
              const char *secret_name)
{
  return g_object_new (TL_TYPE_RELAY, "id", id, "name", name, "secret-name", secret_name, NULL);
}

const char *
tl_relay_get_id (TlRelay *self)
{
  g_return_val_if_fail (TL_IS_RELAY (self), NULL);

  return self->id;
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      data)
{
  const TlRelay *relay_a = a;
  const TlRelay *relay_b = b;

  return g_utf8_collate (relay_a->name, relay_b->name);
}

/**
 * tl_relay_list_all:
 *
 * Returns: (transfer full): those of our provider table, by name
 */
GListModel *
tl_relay_list_all (void)
{
  GPtrArray *providers = tl_providers_get_all ();
  GListStore *relays = g_list_store_new (TL_TYPE_RELAY);

  for (guint i = 0; i < providers->len; i++)
    {
      const TlProvider *provider = g_ptr_array_index (providers, i);
      g_autoptr(TlRelay) relay = NULL;

      if (tl_provider_get_kind (provider) != TL_PROVIDER_RELAY)
        continue;
      relay = tl_relay_new (tl_provider_get_id (provider), tl_provider_get_name (provider),
                            tl_provider_get_secret_name (provider));
      g_list_store_insert_sorted (relays, relay, compare, NULL);
    }

  return G_LIST_MODEL (relays);
}
