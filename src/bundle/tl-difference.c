/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-difference.h"


struct _TlDifference
{
  GObject           parent_instance;

  char             *member;
  char             *label;
  char             *before;
  char             *after;
  TlDifferenceKind  kind;
  TlLaneKind        lane;
};

enum
{
  PROP_KIND = 1,
  PROP_LANE,
  PROP_MEMBER,
  PROP_LABEL,
  PROP_BEFORE,
  PROP_AFTER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (TlDifferenceKind, tl_difference_kind,
                    G_DEFINE_ENUM_VALUE (TL_DIFFERENCE_SETTINGS, "settings"),
                    G_DEFINE_ENUM_VALUE (TL_DIFFERENCE_EVIDENCE, "evidence"),
                    G_DEFINE_ENUM_VALUE (TL_DIFFERENCE_BUNDLE, "bundle"))

G_DEFINE_FINAL_TYPE (TlDifference, tl_difference, G_TYPE_OBJECT)

static void
tl_difference_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlDifference *self = TL_DIFFERENCE (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, (int) self->kind);
      break;
    case PROP_LANE:
      g_value_set_enum (value, (int) self->lane);
      break;
    case PROP_MEMBER:
      g_value_set_string (value, self->member);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_BEFORE:
      g_value_set_string (value, self->before);
      break;
    case PROP_AFTER:
      g_value_set_string (value, self->after);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_difference_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlDifference *self = TL_DIFFERENCE (object);

  switch (prop_id)
    {
    case PROP_KIND:
      self->kind = (TlDifferenceKind) g_value_get_enum (value);
      break;
    case PROP_LANE:
      self->lane = (TlLaneKind) g_value_get_enum (value);
      break;
    case PROP_MEMBER:
      self->member = g_value_dup_string (value);
      break;
    case PROP_LABEL:
      self->label = g_value_dup_string (value);
      break;
    case PROP_BEFORE:
      self->before = g_value_dup_string (value);
      break;
    case PROP_AFTER:
      self->after = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_difference_finalize (GObject *object)
{
  TlDifference *self = TL_DIFFERENCE (object);

  g_free (self->member);
  g_free (self->label);
  g_free (self->before);
  g_free (self->after);

  G_OBJECT_CLASS (tl_difference_parent_class)->finalize (object);
}

static void
tl_difference_class_init (TlDifferenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY;

  object_class->get_property = tl_difference_get_property;
  object_class->set_property = tl_difference_set_property;
  object_class->finalize = tl_difference_finalize;

  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, TL_TYPE_DIFFERENCE_KIND,
                                             TL_DIFFERENCE_SETTINGS, flags);
  properties[PROP_LANE] = g_param_spec_enum ("lane", NULL, NULL, TL_TYPE_LANE_KIND, TL_LANE_NONE,
                                             flags);
  properties[PROP_MEMBER] = g_param_spec_string ("member", NULL, NULL, NULL, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_BEFORE] = g_param_spec_string ("before", NULL, NULL, NULL, flags);
  properties[PROP_AFTER] = g_param_spec_string ("after", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_difference_init (TlDifference *self)
{
}

TlDifferenceKind
tl_difference_get_kind (TlDifference *self)
{
  g_return_val_if_fail (TL_IS_DIFFERENCE (self), TL_DIFFERENCE_SETTINGS);

  return self->kind;
}

TlLaneKind
tl_difference_get_lane (TlDifference *self)
{
  g_return_val_if_fail (TL_IS_DIFFERENCE (self), TL_LANE_NONE);

  return self->lane;
}

const char *
tl_difference_get_member (TlDifference *self)
{
  g_return_val_if_fail (TL_IS_DIFFERENCE (self), NULL);

  return self->member;
}

const char *
tl_difference_get_label (TlDifference *self)
{
  g_return_val_if_fail (TL_IS_DIFFERENCE (self), NULL);

  return self->label;
}

const char *
tl_difference_get_before (TlDifference *self)
{
  g_return_val_if_fail (TL_IS_DIFFERENCE (self), NULL);

  return self->before;
}

const char *
tl_difference_get_after (TlDifference *self)
{
  g_return_val_if_fail (TL_IS_DIFFERENCE (self), NULL);

  return self->after;
}
