/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-source-answer.h"

#include <glib/gi18n-lib.h>

#include "tl-nick.h"

G_DEFINE_ENUM_TYPE (TlSourceStatus, tl_source_status,
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_ANSWERED, "answered"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_EVIDENCE, "evidence"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_NOTHING, "nothing"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_NXDOMAIN, "nxdomain"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_SERVFAIL, "servfail"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_TRUNCATED, "truncated"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_LOOP, "loop"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_TIMEOUT, "timeout"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_BAD_DOCUMENT, "bad-document"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_BAD_CERTIFICATE, "bad-certificate"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_BOGUS, "bogus"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_NOT_ASKED, "not-asked"),
                    G_DEFINE_ENUM_VALUE (TL_SOURCE_STATUS_ASKING, "asking"))

static const char * const labels[] = {
  [TL_SOURCE_STATUS_ANSWERED]        = N_("answered"),
  /* Translators: a source named no server, but said something about who has the mailbox */
  [TL_SOURCE_STATUS_EVIDENCE]        = N_("gave a clue"),
  [TL_SOURCE_STATUS_NOTHING]         = N_("knows nothing"),
  [TL_SOURCE_STATUS_NXDOMAIN]        = N_("no such name"),
  [TL_SOURCE_STATUS_SERVFAIL]        = N_("name server failed"),
  [TL_SOURCE_STATUS_TRUNCATED]       = N_("answer cut off"),
  /* Translators: one answer refers to the next, and that one back to the first */
  [TL_SOURCE_STATUS_LOOP]            = N_("refers to itself"),
  [TL_SOURCE_STATUS_TIMEOUT]         = N_("no answer in time"),
  [TL_SOURCE_STATUS_REFUSED]         = N_("refused"),
  [TL_SOURCE_STATUS_BAD_DOCUMENT]    = N_("answer not usable"),
  [TL_SOURCE_STATUS_BAD_CERTIFICATE] = N_("could not prove who it is"),
  [TL_SOURCE_STATUS_BOGUS]           = N_("forged or damaged signature"),
  [TL_SOURCE_STATUS_NOT_ASKED]       = N_("not asked"),
  [TL_SOURCE_STATUS_ASKING]          = N_("asking…"),
};

struct _TlSourceAnswer
{
  GObject         parent_instance;

  /* Owned */
  char           *source;
  char           *detail;

  TlSourceStatus  status;
  guint           ms;
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
      g_value_set_enum (value, (int) self->status);
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
      self->status = (TlSourceStatus) g_value_get_enum (value);
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
  properties[PROP_STATUS] = g_param_spec_enum ("status", NULL, NULL, TL_TYPE_SOURCE_STATUS,
                                               TL_SOURCE_STATUS_ANSWERED, flags);
  properties[PROP_MS] = g_param_spec_uint ("ms", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_source_answer_init (TlSourceAnswer *self)
{
}

const char *
tl_source_status_get_nick (TlSourceStatus status)
{
  return tl_nick_get (TL_TYPE_SOURCE_STATUS, (int) status);
}

/**
 * tl_source_status_get_label:
 * @status: what became of a source
 *
 * Returns: (transfer none): the wording shown to people, in their language
 */
const char *
tl_source_status_get_label (TlSourceStatus status)
{
  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (labels), NULL);

  return _(labels[status]);
}

/**
 * tl_source_answer_new:
 * @source: a `TL_SOURCE_` id
 * @status: what happened
 * @ms: how long it took, milliseconds
 * @detail: (nullable): what there is to say besides: an English clause or word, without text from
 *   outside
 *
 * Returns: (transfer full): an answer
 */
TlSourceAnswer *
tl_source_answer_new (const char     *source,
                      TlSourceStatus  status,
                      guint           ms,
                      const char     *detail)
{
  g_return_val_if_fail (source != NULL, NULL);

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

TlSourceStatus
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
