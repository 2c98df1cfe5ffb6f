/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-candidate.h"

struct _TlCandidate
{
  GObject          parent_instance;

  /* Owned */
  TlLaneSettings  *settings;
  char            *source;
  char           **agrees;
  char           **hops;
  char            *provider;

  TlLaneKind       lane;
  TlTrust          trust;
  guint            score;
  gboolean         confirm;
};

enum
{
  PROP_0,
  PROP_LANE,
  PROP_SETTINGS,
  PROP_SOURCE,
  PROP_TRUST,
  PROP_SCORE,
  PROP_CONFIRM,
  PROP_AGREES,
  PROP_HOPS,
  PROP_PROVIDER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlCandidate, tl_candidate, G_TYPE_OBJECT)

static void
tl_candidate_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlCandidate *self = TL_CANDIDATE (object);

  switch (property_id)
    {
    case PROP_LANE:
      g_value_set_enum (value, (int) self->lane);
      break;
    case PROP_SETTINGS:
      g_value_set_boxed (value, self->settings);
      break;
    case PROP_SOURCE:
      g_value_set_string (value, self->source);
      break;
    case PROP_TRUST:
      g_value_set_enum (value, (int) self->trust);
      break;
    case PROP_SCORE:
      g_value_set_uint (value, self->score);
      break;
    case PROP_CONFIRM:
      g_value_set_boolean (value, self->confirm);
      break;
    case PROP_AGREES:
      g_value_set_boxed (value, self->agrees);
      break;
    case PROP_HOPS:
      g_value_set_boxed (value, self->hops);
      break;
    case PROP_PROVIDER:
      g_value_set_string (value, self->provider);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_candidate_set_property (GObject      *object,
                           guint         property_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlCandidate *self = TL_CANDIDATE (object);

  switch (property_id)
    {
    case PROP_LANE:
      self->lane = (TlLaneKind) g_value_get_enum (value);
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_boxed (value);
      break;
    case PROP_SOURCE:
      self->source = g_value_dup_string (value);
      break;
    case PROP_TRUST:
      self->trust = (TlTrust) g_value_get_enum (value);
      break;
    case PROP_SCORE:
      self->score = g_value_get_uint (value);
      break;
    case PROP_CONFIRM:
      self->confirm = g_value_get_boolean (value);
      break;
    case PROP_AGREES:
      self->agrees = g_value_dup_boxed (value);
      break;
    case PROP_HOPS:
      self->hops = g_value_dup_boxed (value);
      break;
    case PROP_PROVIDER:
      self->provider = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_candidate_finalize (GObject *object)
{
  TlCandidate *self = TL_CANDIDATE (object);

  g_clear_pointer (&self->settings, tl_lane_settings_unref);
  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->agrees, g_strfreev);
  g_clear_pointer (&self->hops, g_strfreev);
  g_clear_pointer (&self->provider, g_free);

  G_OBJECT_CLASS (tl_candidate_parent_class)->finalize (object);
}

static void
tl_candidate_class_init (TlCandidateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_candidate_get_property;
  object_class->set_property = tl_candidate_set_property;
  object_class->finalize = tl_candidate_finalize;

  properties[PROP_LANE] =
    g_param_spec_enum ("lane", NULL, NULL, TL_TYPE_LANE_KIND, TL_LANE_NONE, flags);
  properties[PROP_SETTINGS] =
    g_param_spec_boxed ("settings", NULL, NULL, TL_TYPE_LANE_SETTINGS, flags);
  properties[PROP_SOURCE] =
    g_param_spec_string ("source", NULL, NULL, NULL, flags);
  properties[PROP_TRUST] =
    g_param_spec_enum ("trust", NULL, NULL, TL_TYPE_TRUST, TL_TRUST_GUESSED, flags);
  properties[PROP_SCORE] =
    g_param_spec_uint ("score", NULL, NULL, 0, TL_CANDIDATE_MAX_SCORE, 0, flags);
  properties[PROP_CONFIRM] =
    g_param_spec_boolean ("confirm", NULL, NULL, FALSE, flags);
  properties[PROP_AGREES] =
    g_param_spec_boxed ("agrees", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_HOPS] =
    g_param_spec_boxed ("hops", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_PROVIDER] =
    g_param_spec_string ("provider", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_candidate_init (TlCandidate *self)
{
}

/**
 * tl_candidate_new:
 * @lane: which lane it is for
 * @settings: how the lane would be reached
 * @source: the `TL_SOURCE_` id that named it
 * @trust: how far that is believed
 * @score: the evidence for it, 0 to `TL_CANDIDATE_MAX_SCORE`
 * @confirm: whether a person has to say yes before anything is sent there
 * @agrees: (nullable): ids of the other sources that named the same endpoint, sorted
 * @hops: (nullable): URLs and records it came by, in order
 * @provider: (nullable): id in the provider table
 *
 * Returns: (transfer full): a candidate
 */
TlCandidate *
tl_candidate_new (TlLaneKind          lane,
                  TlLaneSettings     *settings,
                  const char         *source,
                  TlTrust             trust,
                  guint               score,
                  gboolean            confirm,
                  const char * const *agrees,
                  const char * const *hops,
                  const char         *provider)
{
  static const char * const none[] = { NULL };

  g_return_val_if_fail (lane != TL_LANE_NONE, NULL);
  g_return_val_if_fail (settings != NULL, NULL);
  g_return_val_if_fail (tl_source_get_label (source) != NULL, NULL);
  g_return_val_if_fail (score <= TL_CANDIDATE_MAX_SCORE, NULL);

  return g_object_new (TL_TYPE_CANDIDATE,
                       "lane", lane,
                       "settings", settings,
                       "source", source,
                       "trust", trust,
                       "score", score,
                       "confirm", confirm,
                       "agrees", agrees != NULL ? agrees : none,
                       "hops", hops != NULL ? hops : none,
                       "provider", provider,
                       NULL);
}

TlLaneKind
tl_candidate_get_lane (TlCandidate *self)
{
  return self->lane;
}

TlLaneSettings *
tl_candidate_get_settings (TlCandidate *self)
{
  return self->settings;
}

const char *
tl_candidate_get_source (TlCandidate *self)
{
  return self->source;
}

TlTrust
tl_candidate_get_trust (TlCandidate *self)
{
  return self->trust;
}

guint
tl_candidate_get_score (TlCandidate *self)
{
  return self->score;
}

gboolean
tl_candidate_get_confirm (TlCandidate *self)
{
  return self->confirm;
}

const char * const *
tl_candidate_get_agrees (TlCandidate *self)
{
  return (const char * const *) self->agrees;
}

const char * const *
tl_candidate_get_hops (TlCandidate *self)
{
  return (const char * const *) self->hops;
}

const char *
tl_candidate_get_provider (TlCandidate *self)
{
  return self->provider;
}

/**
 * tl_candidate_to_json:
 * @self: a candidate
 *
 * Returns: (transfer full): the members of its settings, and lane, source,
 *   trust, score, confirm, agrees, hops and provider
 */
TlJson *
tl_candidate_to_json (TlCandidate *self)
{
  TlJson *json = tl_lane_settings_to_json (self->settings);

  tl_json_set_string (json, "lane", tl_lane_kind_get_nick (self->lane));
  tl_json_set_string (json, "source", self->source);
  tl_json_set_string (json, "trust", tl_trust_get_nick (self->trust));
  tl_json_set_int (json, "score", self->score);
  tl_json_set_bool (json, "confirm", self->confirm);
  tl_json_set_take (json, "agrees", tl_json_new_strv ((const char * const *) self->agrees));
  tl_json_set_take (json, "hops", tl_json_new_strv ((const char * const *) self->hops));
  tl_json_set_string (json, "provider", self->provider);

  return json;
}
