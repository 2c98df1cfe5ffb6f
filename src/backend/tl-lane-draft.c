/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-draft.h"

#include "tl-lane-draft-private.h"
#include "tl-site.h"

enum
{
  PROP_LANE = 1,
  PROP_HOST,
  PROP_PORT,
  PROP_SECURITY,
  PROP_USERNAME,
  PROP_FOUND,
  PROP_EDITED,
  PROP_CANDIDATE,
  PROP_CONFIRM_NEEDED,
  PROP_CONFIRMED,
  PROP_SITE,
  PROP_VALID,
  PROP_PROBLEM,
  PROP_SOURCE,
  PROP_TRUST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* What is worked out from the values, and so may change with any of them. */
static const guint derived[] = {
  PROP_FOUND, PROP_EDITED, PROP_CONFIRM_NEEDED, PROP_SITE, PROP_VALID, PROP_PROBLEM, PROP_SOURCE,
  PROP_TRUST,
};

G_DEFINE_FINAL_TYPE (TlLaneDraft, tl_lane_draft, G_TYPE_OBJECT)

static void
notify_derived (TlLaneDraft *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (derived); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[derived[i]]);
}

static void
set_host (TlLaneDraft *self,
          const char  *host)
{
  if (g_strcmp0 (self->host, host == NULL ? "" : host) == 0)
    return;
  g_free (self->host);
  self->host = g_strdup (host == NULL ? "" : host);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOST]);
  notify_derived (self);
}

static void
set_port (TlLaneDraft *self,
          guint        port)
{
  if (self->port == port)
    return;
  self->port = port;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PORT]);
  notify_derived (self);
}

/* The port that goes with a kind of encryption (RFC 8314 §7): following it
 * when the old port was the usual one saves a newcomer the second mistake. */
static guint16
get_usual_port (TlLaneDraft *self,
                TlSecurity   security)
{
  if (self->lane == TL_LANE_INCOMING)
    return security == TL_SECURITY_TLS ? 993 : 143;

  return security == TL_SECURITY_TLS ? 465 : 587;
}

static void
set_security (TlLaneDraft *self,
              TlSecurity   security)
{
  gboolean usual;

  if (self->security == security)
    return;

  usual = self->port == 0 || self->port == get_usual_port (self, self->security);
  self->security = security;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECURITY]);
  if (usual)
    set_port (self, get_usual_port (self, security));
  notify_derived (self);
}

static void
set_username (TlLaneDraft *self,
              const char  *username)
{
  if (g_strcmp0 (self->username, username == NULL ? "" : username) == 0)
    return;
  g_free (self->username);
  self->username = g_strdup (username == NULL ? "" : username);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USERNAME]);
  notify_derived (self);
}

static void
set_confirmed (TlLaneDraft *self,
               gboolean     confirmed)
{
  if (self->confirmed == confirmed)
    return;
  self->confirmed = confirmed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONFIRMED]);
  notify_derived (self);
}

/* Shows settings, or the emptiness of a draft that has none. */
static void
show (TlLaneDraft    *self,
      TlLaneSettings *settings)
{
  TlEndpoint *endpoint = settings == NULL ? NULL : tl_lane_settings_get_endpoint (settings);

  g_object_freeze_notify (G_OBJECT (self));
  set_host (self, endpoint == NULL ? "" : tl_endpoint_get_host (endpoint));
  set_security (self, endpoint == NULL ? TL_SECURITY_TLS : tl_endpoint_get_security (endpoint));
  set_port (self, endpoint == NULL ? get_usual_port (self, TL_SECURITY_TLS)
                                   : tl_endpoint_get_port (endpoint));
  if (settings != NULL)
    set_username (self, tl_lane_settings_get_username (settings));
  set_confirmed (self, FALSE);
  notify_derived (self);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
show_baseline (TlLaneDraft *self)
{
  g_clear_object (&self->chosen);
  show (self, tl_lane_draft_get_baseline (self));
}

static void
tl_lane_draft_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlLaneDraft *self = TL_LANE_DRAFT (object);

  switch (prop_id)
    {
    case PROP_LANE:
      g_value_set_enum (value, (int) self->lane);
      break;
    case PROP_HOST:
      g_value_set_string (value, self->host);
      break;
    case PROP_PORT:
      g_value_set_uint (value, self->port);
      break;
    case PROP_SECURITY:
      g_value_set_enum (value, (int) self->security);
      break;
    case PROP_USERNAME:
      g_value_set_string (value, self->username);
      break;
    case PROP_FOUND:
      g_value_set_boolean (value, tl_lane_draft_get_baseline (self) != NULL);
      break;
    case PROP_EDITED:
      g_value_set_boolean (value, tl_lane_draft_is_edited (self));
      break;
    case PROP_CANDIDATE:
      g_value_set_object (value, self->candidate);
      break;
    case PROP_CONFIRM_NEEDED:
      g_value_set_boolean (value, tl_lane_draft_needs_confirmation (self));
      break;
    case PROP_CONFIRMED:
      g_value_set_boolean (value, self->confirmed);
      break;
    case PROP_SITE:
      {
        g_autofree char *canonical = tl_host_canonicalize (self->host);
        char *site = canonical == NULL ? NULL : tl_site_dup_registrable (canonical);

        g_value_take_string (value, site == NULL ? g_steal_pointer (&canonical) : site);
        break;
      }
    case PROP_VALID:
      g_value_set_boolean (value, tl_lane_draft_is_valid (self));
      break;
    case PROP_PROBLEM:
      g_value_take_object (value, tl_lane_draft_find_problem (self));
      break;
    case PROP_SOURCE:
      g_value_set_string (value, tl_lane_draft_get_source (self));
      break;
    case PROP_TRUST:
      g_value_set_enum (value, (int) tl_lane_draft_get_trust (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_lane_draft_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlLaneDraft *self = TL_LANE_DRAFT (object);

  switch (prop_id)
    {
    case PROP_LANE:
      self->lane = (TlLaneKind) g_value_get_enum (value);
      break;
    case PROP_HOST:
      set_host (self, g_value_get_string (value));
      break;
    case PROP_PORT:
      set_port (self, g_value_get_uint (value));
      break;
    case PROP_SECURITY:
      set_security (self, (TlSecurity) g_value_get_enum (value));
      break;
    case PROP_USERNAME:
      set_username (self, g_value_get_string (value));
      break;
    case PROP_CONFIRMED:
      set_confirmed (self, g_value_get_boolean (value));
      break;
    case PROP_CANDIDATE:
      tl_lane_draft_propose (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_lane_draft_constructed (GObject *object)
{
  TlLaneDraft *self = TL_LANE_DRAFT (object);

  G_OBJECT_CLASS (tl_lane_draft_parent_class)->constructed (object);

  self->security = TL_SECURITY_TLS;
  self->port = get_usual_port (self, TL_SECURITY_TLS);
}

static void
tl_lane_draft_finalize (GObject *object)
{
  TlLaneDraft *self = TL_LANE_DRAFT (object);

  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->username, g_free);
  g_clear_object (&self->candidate);
  g_clear_object (&self->chosen);
  g_clear_pointer (&self->given, tl_lane_settings_unref);
  g_clear_pointer (&self->given_source, g_free);

  G_OBJECT_CLASS (tl_lane_draft_parent_class)->finalize (object);
}

static void
tl_lane_draft_class_init (TlLaneDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_lane_draft_get_property;
  object_class->set_property = tl_lane_draft_set_property;
  object_class->constructed = tl_lane_draft_constructed;
  object_class->finalize = tl_lane_draft_finalize;

  properties[PROP_LANE] =
    g_param_spec_enum ("lane", NULL, NULL, TL_TYPE_LANE_KIND, TL_LANE_INCOMING,
                       rw | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, "", rw);
  properties[PROP_PORT] = g_param_spec_uint ("port", NULL, NULL, 0, 65535, 0, rw);
  properties[PROP_SECURITY] =
    g_param_spec_enum ("security", NULL, NULL, TL_TYPE_SECURITY, TL_SECURITY_TLS, rw);
  properties[PROP_USERNAME] = g_param_spec_string ("username", NULL, NULL, "", rw);
  properties[PROP_FOUND] = g_param_spec_boolean ("found", NULL, NULL, FALSE, ro);
  properties[PROP_EDITED] = g_param_spec_boolean ("edited", NULL, NULL, FALSE, ro);
  properties[PROP_CANDIDATE] =
    g_param_spec_object ("candidate", NULL, NULL, TL_TYPE_CANDIDATE, rw);
  properties[PROP_CONFIRM_NEEDED] =
    g_param_spec_boolean ("confirm-needed", NULL, NULL, FALSE, ro);
  properties[PROP_CONFIRMED] = g_param_spec_boolean ("confirmed", NULL, NULL, FALSE, rw);
  properties[PROP_SITE] = g_param_spec_string ("site", NULL, NULL, NULL, ro);
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE, ro);
  properties[PROP_PROBLEM] = g_param_spec_object ("problem", NULL, NULL, TL_TYPE_FINDING, ro);
  properties[PROP_SOURCE] = g_param_spec_string ("source", NULL, NULL, NULL, ro);
  properties[PROP_TRUST] =
    g_param_spec_enum ("trust", NULL, NULL, TL_TYPE_TRUST, TL_TRUST_MANUAL, ro);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_lane_draft_init (TlLaneDraft *self)
{
  self->host = g_strdup ("");
  self->username = g_strdup ("");
}

TlLaneDraft *
tl_lane_draft_new (TlLaneKind lane)
{
  return g_object_new (TL_TYPE_LANE_DRAFT, "lane", lane, NULL);
}

TlLaneKind
tl_lane_draft_get_lane (TlLaneDraft *self)
{
  g_return_val_if_fail (TL_IS_LANE_DRAFT (self), TL_LANE_NONE);

  return self->lane;
}

/**
 * tl_lane_draft_propose:
 * @self: a draft
 * @candidate: (nullable): what discovery says, or %NULL for nothing
 *
 * Shows a proposal in place of whatever was there, edits included.
 */
void
tl_lane_draft_propose (TlLaneDraft *self,
                       TlCandidate *candidate)
{
  g_return_if_fail (TL_IS_LANE_DRAFT (self));

  g_clear_pointer (&self->given, tl_lane_settings_unref);
  g_clear_pointer (&self->given_source, g_free);
  g_set_object (&self->candidate, candidate);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CANDIDATE]);
  show_baseline (self);
}

/**
 * tl_lane_draft_set_found:
 * @self: a draft
 * @candidate: what discovery says
 *
 * Makes a proposal what a reset goes back to, and leaves the values shown alone.
 * Where it is the same settings as before, as when a late source has agreed, all
 * that a person did since stays too: a yes, another choice, a server by hand.
 */
void
tl_lane_draft_set_found (TlLaneDraft *self,
                         TlCandidate *candidate)
{
  g_autoptr(TlCandidate) previous = NULL;
  gboolean was_valid;

  g_return_if_fail (TL_IS_LANE_DRAFT (self));

  was_valid = tl_lane_draft_is_valid (self);
  previous = g_steal_pointer (&self->candidate);
  self->candidate = g_object_ref (candidate);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CANDIDATE]);

  if (previous == NULL ||
      !tl_lane_settings_equal (tl_candidate_get_settings (previous),
                               tl_candidate_get_settings (candidate)))
    {
      g_clear_pointer (&self->given, tl_lane_settings_unref);
      g_clear_pointer (&self->given_source, g_free);
      set_confirmed (self, FALSE);
      notify_derived (self);
      return;
    }

  /* Whoever watches `valid` forgets test results, which are as true as before. */
  for (gsize i = 0; i < G_N_ELEMENTS (derived); i++)
    {
      if (derived[i] != PROP_VALID || tl_lane_draft_is_valid (self) != was_valid)
        g_object_notify_by_pspec (G_OBJECT (self), properties[derived[i]]);
    }
}

/**
 * tl_lane_draft_choose:
 * @self: a draft
 * @candidate: one that was found besides the proposal
 *
 * Shows another candidate, with its own source, trust and need for a yes. A
 * reset goes back to the proposal.
 */
void
tl_lane_draft_choose (TlLaneDraft *self,
                      TlCandidate *candidate)
{
  g_return_if_fail (TL_IS_LANE_DRAFT (self));
  g_return_if_fail (TL_IS_CANDIDATE (candidate));

  g_set_object (&self->chosen, candidate);
  show (self, tl_candidate_get_settings (candidate));
}

/**
 * tl_lane_draft_reset:
 * @self: a draft
 *
 * Back to what was found.
 */
void
tl_lane_draft_reset (TlLaneDraft *self)
{
  g_return_if_fail (TL_IS_LANE_DRAFT (self));

  show_baseline (self);
}

/**
 * tl_lane_draft_set_settings:
 * @self: a draft
 * @settings: settings that did not come from discovery
 * @source: a `TL_SOURCE_` id
 * @trust: on whose word
 *
 * Shows these settings in place of whatever was there.
 */
void
tl_lane_draft_set_settings (TlLaneDraft    *self,
                            TlLaneSettings *settings,
                            const char     *source,
                            TlTrust         trust)
{
  g_autoptr(TlLaneSettings) previous = NULL;

  g_return_if_fail (TL_IS_LANE_DRAFT (self));

  previous = g_steal_pointer (&self->given);
  self->given = tl_lane_settings_ref (settings);
  g_free (self->given_source);
  self->given_source = g_strdup (source);
  self->given_trust = trust;
  show_baseline (self);
}
