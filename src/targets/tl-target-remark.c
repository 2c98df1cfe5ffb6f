/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-remark.h"

#include "tl-target-remark-private.h"

struct _TlTargetRemark
{
  GObject     parent_instance;

  /* Owned */
  char       *code;
  char       *text;

  TlSeverity  severity;
  TlLaneKind  lane;
};

enum
{
  PROP_0,
  PROP_SEVERITY,
  PROP_LANE,
  PROP_CODE,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlTargetRemark, tl_target_remark, G_TYPE_OBJECT)

static void
tl_target_remark_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlTargetRemark *self = TL_TARGET_REMARK (object);

  switch (property_id)
    {
    case PROP_SEVERITY:
      g_value_set_enum (value, (int) self->severity);
      break;
    case PROP_LANE:
      g_value_set_enum (value, (int) self->lane);
      break;
    case PROP_CODE:
      g_value_set_string (value, self->code);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_target_remark_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TlTargetRemark *self = TL_TARGET_REMARK (object);

  switch (property_id)
    {
    case PROP_SEVERITY:
      self->severity = (TlSeverity) g_value_get_enum (value);
      break;
    case PROP_LANE:
      self->lane = (TlLaneKind) g_value_get_enum (value);
      break;
    case PROP_CODE:
      self->code = g_value_dup_string (value);
      break;
    case PROP_TEXT:
      self->text = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_target_remark_finalize (GObject *object)
{
  TlTargetRemark *self = TL_TARGET_REMARK (object);

  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (tl_target_remark_parent_class)->finalize (object);
}

static void
tl_target_remark_class_init (TlTargetRemarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_target_remark_get_property;
  object_class->set_property = tl_target_remark_set_property;
  object_class->finalize = tl_target_remark_finalize;

  properties[PROP_SEVERITY] =
    g_param_spec_enum ("severity", NULL, NULL, TL_TYPE_SEVERITY, TL_SEVERITY_NOTE, flags);
  properties[PROP_LANE] =
    g_param_spec_enum ("lane", NULL, NULL, TL_TYPE_LANE_KIND, TL_LANE_NONE, flags);
  properties[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_target_remark_init (TlTargetRemark *self)
{
}

/**
 * tl_target_remark_new:
 * @severity: with an error nothing is rendered
 * @lane: which lane it is about, or none
 * @code: a word for programs
 * @text: a sentence for people, translated
 *
 * Returns: (transfer full): the remark
 */
TlTargetRemark *
tl_target_remark_new (TlSeverity  severity,
                      TlLaneKind  lane,
                      const char *code,
                      const char *text)
{
  return g_object_new (TL_TYPE_TARGET_REMARK, "severity", severity, "lane", lane, "code", code,
                       "text", text, NULL);
}

TlSeverity
tl_target_remark_get_severity (TlTargetRemark *self)
{
  return self->severity;
}

TlLaneKind
tl_target_remark_get_lane (TlTargetRemark *self)
{
  return self->lane;
}

const char *
tl_target_remark_get_code (TlTargetRemark *self)
{
  return self->code;
}

const char *
tl_target_remark_get_text (TlTargetRemark *self)
{
  return self->text;
}
