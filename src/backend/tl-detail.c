/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-detail.h"

struct _TlDetail
{
  GObject   parent_instance;

  TlStatus  status;

  /* Owned */
  char     *label;
  char     *hint;
  char     *value;
  char     *id;
  char     *group;
};

enum
{
  PROP_STATUS = 1,
  PROP_LABEL,
  PROP_HINT,
  PROP_VALUE,
  PROP_ID,
  PROP_GROUP,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlDetail, tl_detail, G_TYPE_OBJECT)

static void
tl_detail_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  TlDetail *self = TL_DETAIL (object);

  switch (prop_id)
    {
    case PROP_STATUS:
      g_value_set_enum (value, (int) self->status);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;
    case PROP_VALUE:
      g_value_set_string (value, self->value);
      break;
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_GROUP:
      g_value_set_string (value, self->group);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_detail_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  TlDetail *self = TL_DETAIL (object);

  switch (prop_id)
    {
    case PROP_STATUS:
      self->status = (TlStatus) g_value_get_enum (value);
      break;
    case PROP_LABEL:
      self->label = g_value_dup_string (value);
      break;
    case PROP_HINT:
      self->hint = g_value_dup_string (value);
      break;
    case PROP_VALUE:
      self->value = g_value_dup_string (value);
      break;
    case PROP_ID:
      self->id = g_value_dup_string (value);
      break;
    case PROP_GROUP:
      self->group = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_detail_finalize (GObject *object)
{
  TlDetail *self = TL_DETAIL (object);

  g_free (self->label);
  g_free (self->hint);
  g_free (self->value);
  g_free (self->id);
  g_free (self->group);

  G_OBJECT_CLASS (tl_detail_parent_class)->finalize (object);
}

static void
tl_detail_class_init (TlDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS |
                            G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_detail_get_property;
  object_class->set_property = tl_detail_set_property;
  object_class->finalize = tl_detail_finalize;

  properties[PROP_STATUS] =
    g_param_spec_enum ("status", NULL, NULL, TL_TYPE_STATUS, TL_STATUS_NOT_TESTED, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, flags);
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_GROUP] = g_param_spec_string ("group", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_detail_init (TlDetail *self)
{
}

/**
 * tl_detail_new:
 * @status: how good it is
 * @label: what it is
 * @hint: (nullable): a few words more
 * @value: how it is
 *
 * Returns: (transfer full): a detail
 */
TlDetail *
tl_detail_new (TlStatus    status,
               const char *label,
               const char *hint,
               const char *value)
{
  return g_object_new (TL_TYPE_DETAIL, "status", status, "label", label, "hint", hint,
                       "value", value, NULL);
}

TlStatus
tl_detail_get_status (TlDetail *self)
{
  g_return_val_if_fail (TL_IS_DETAIL (self), TL_STATUS_NOT_TESTED);

  return self->status;
}

const char *
tl_detail_get_label (TlDetail *self)
{
  g_return_val_if_fail (TL_IS_DETAIL (self), NULL);

  return self->label;
}

const char *
tl_detail_get_hint (TlDetail *self)
{
  g_return_val_if_fail (TL_IS_DETAIL (self), NULL);

  return self->hint;
}

const char *
tl_detail_get_value (TlDetail *self)
{
  g_return_val_if_fail (TL_IS_DETAIL (self), NULL);

  return self->value;
}

const char *
tl_detail_get_id (TlDetail *self)
{
  g_return_val_if_fail (TL_IS_DETAIL (self), NULL);

  return self->id;
}

const char *
tl_detail_get_group (TlDetail *self)
{
  g_return_val_if_fail (TL_IS_DETAIL (self), NULL);

  return self->group;
}
