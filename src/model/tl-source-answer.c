/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-report.h"

struct _TlSourceAnswer
{
  GObject  parent_instance;

  /* Owned */
  char    *source;
  char    *status;
  char    *detail;

  guint    ms;
};

enum
{
  PROP_0,
  PROP_SOURCE,
  PROP_STATUS,
  PROP_MS,
  PROP_DETAIL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSourceAnswer, tl_source_answer, G_TYPE_OBJECT)

static void
tl_source_answer_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlSourceAnswer *self = TL_SOURCE_ANSWER (object);

  switch (property_id)
    {
    case PROP_SOURCE:
      g_value_set_string (value, self->source);
      break;
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    case PROP_MS:
      g_value_set_uint (value, self->ms);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_source_answer_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TlSourceAnswer *self = TL_SOURCE_ANSWER (object);

  switch (property_id)
    {
    case PROP_SOURCE:
      self->source = g_value_dup_string (value);
      break;
    case PROP_STATUS:
      self->status = g_value_dup_string (value);
      break;
    case PROP_MS:
      self->ms = g_value_get_uint (value);
      break;
    case PROP_DETAIL:
      self->detail = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_source_answer_finalize (GObject *object)
{
  TlSourceAnswer *self = TL_SOURCE_ANSWER (object);

  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->detail, g_free);

  G_OBJECT_CLASS (tl_source_answer_parent_class)->finalize (object);
}

static void
tl_source_answer_class_init (TlSourceAnswerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_source_answer_get_property;
  object_class->set_property = tl_source_answer_set_property;
  object_class->finalize = tl_source_answer_finalize;

  properties[PROP_SOURCE] = g_param_spec_string ("source", NULL, NULL, NULL, flags);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, flags);
  properties[PROP_MS] = g_param_spec_uint ("ms", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_source_answer_init (TlSourceAnswer *self)
{
}

/**
 * tl_source_answer_new:
 * @source: a `TL_SOURCE_` id
 * @status: a stable word for what happened
 * @ms: how long it took, milliseconds
 * @detail: (nullable): what there is to say besides: an English clause or word, without text from
 *   outside
 *
 * Returns: (transfer full): an answer
 */
TlSourceAnswer *
tl_source_answer_new (const char *source,
                      const char *status,
                      guint       ms,
                      const char *detail)
{
  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (status != NULL, NULL);

  return g_object_new (TL_TYPE_SOURCE_ANSWER,
                       "source", source,
                       "status", status,
                       "ms", ms,
                       "detail", detail,
                       NULL);
}

const char *
tl_source_answer_get_source (TlSourceAnswer *self)
{
  return self->source;
}

const char *
tl_source_answer_get_status (TlSourceAnswer *self)
{
  return self->status;
}

guint
tl_source_answer_get_ms (TlSourceAnswer *self)
{
  return self->ms;
}

const char *
tl_source_answer_get_detail (TlSourceAnswer *self)
{
  return self->detail;
}
