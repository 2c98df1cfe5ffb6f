/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-contact.h"

struct _TlContact
{
  GObject        parent_instance;

  char          *host; /* owned */
  TlContactKind  kind;
};

enum
{
  PROP_KIND = 1,
  PROP_HOST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlContact, tl_contact, G_TYPE_OBJECT)

static void
tl_contact_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TlContact *self = TL_CONTACT (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, (int) self->kind);
      break;
    case PROP_HOST:
      g_value_set_string (value, self->host);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_contact_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  TlContact *self = TL_CONTACT (object);

  switch (prop_id)
    {
    case PROP_KIND:
      self->kind = (TlContactKind) g_value_get_enum (value);
      break;
    case PROP_HOST:
      self->host = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_contact_finalize (GObject *object)
{
  TlContact *self = TL_CONTACT (object);

  g_clear_pointer (&self->host, g_free);

  G_OBJECT_CLASS (tl_contact_parent_class)->finalize (object);
}

static void
tl_contact_class_init (TlContactClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS |
                            G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_contact_get_property;
  object_class->set_property = tl_contact_set_property;
  object_class->finalize = tl_contact_finalize;

  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, TL_TYPE_CONTACT_KIND, TL_CONTACT_DNS, flags);
  properties[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_contact_init (TlContact *self)
{
}

TlContact *
tl_contact_new (TlContactKind  kind,
                const char    *host)
{
  return g_object_new (TL_TYPE_CONTACT, "kind", kind, "host", host, NULL);
}

TlContactKind
tl_contact_get_kind (TlContact *self)
{
  g_return_val_if_fail (TL_IS_CONTACT (self), TL_CONTACT_DNS);

  return self->kind;
}

const char *
tl_contact_get_host (TlContact *self)
{
  g_return_val_if_fail (TL_IS_CONTACT (self), NULL);

  return self->host;
}
