/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows from the values as they stand: whose word they are, and whether they can be used. */
#include "tl-lane-draft-private.h"

#include <string.h>

/**
 * tl_lane_draft_get_baseline:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): what was found or given, which a reset goes back to
 */
TlLaneSettings *
tl_lane_draft_get_baseline (TlLaneDraft *self)
{
  if (self->given != NULL)
    return self->given;

  return self->candidate == NULL ? NULL : tl_candidate_get_settings (self->candidate);
}

/* Whether the server shown is that of some settings. */
static gboolean
is_at (TlLaneDraft    *self,
       TlLaneSettings *settings)
{
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (settings);
  g_autofree char *canonical = tl_host_canonicalize (self->host);

  return g_strcmp0 (canonical, tl_endpoint_get_host (endpoint)) == 0 &&
         self->port == tl_endpoint_get_port (endpoint) &&
         self->security == tl_endpoint_get_security (endpoint);
}

/* Whether the server is another one than the one that was found. */
static gboolean
is_moved (TlLaneDraft *self)
{
  TlLaneSettings *baseline = tl_lane_draft_get_baseline (self);

  return baseline == NULL ? *self->host != '\0' : !is_at (self, baseline);
}

static gboolean
is_chosen (TlLaneDraft *self)
{
  return self->chosen != NULL && is_at (self, tl_candidate_get_settings (self->chosen));
}

/**
 * tl_lane_draft_is_edited:
 * @self: a draft
 *
 * Returns: whether what is shown differs from what was found or given
 */
gboolean
tl_lane_draft_is_edited (TlLaneDraft *self)
{
  TlLaneSettings *baseline = tl_lane_draft_get_baseline (self);

  return is_moved (self) ||
         (baseline != NULL &&
          g_strcmp0 (self->username, tl_lane_settings_get_username (baseline)) != 0);
}

static gboolean
is_unsure_host (TlCandidate *candidate,
                const char  *canonical)
{
  TlEndpoint *endpoint;

  if (candidate == NULL || !tl_candidate_get_confirm (candidate))
    return FALSE;

  endpoint = tl_lane_settings_get_endpoint (tl_candidate_get_settings (candidate));

  return g_strcmp0 (canonical, tl_endpoint_get_host (endpoint)) == 0;
}

/**
 * tl_lane_draft_needs_confirmation:
 * @self: a draft
 *
 * A host that a person typed is that person's word; only what was found on
 * somebody else's needs a yes.
 *
 * Returns: whether it does, said or not
 */
gboolean
tl_lane_draft_needs_confirmation (TlLaneDraft *self)
{
  g_autofree char *canonical = tl_host_canonicalize (self->host);

  return (self->given == NULL && is_unsure_host (self->candidate, canonical)) ||
         is_unsure_host (self->chosen, canonical);
}

/**
 * tl_lane_draft_find_problem:
 * @self: a draft
 *
 * Returns: (transfer full) (nullable): why the host or the port cannot be meant
 */
TlFinding *
tl_lane_draft_find_problem (TlLaneDraft *self)
{
  g_autofree char *canonical = NULL;
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  if (*self->host == '\0')
    return NULL;

  canonical = tl_host_canonicalize (self->host);
  if (canonical == NULL)
    return tl_finding_new ("input.bad-host", self->lane, g_variant_dict_end (&evidence));
  if (self->port == 0)
    {
      g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", canonical);
      return tl_finding_new ("input.bad-port", self->lane, g_variant_dict_end (&evidence));
    }

  return NULL;
}

/**
 * tl_lane_draft_dup_settings:
 * @self: a draft
 * @auth: what is signed in with
 *
 * Returns: (transfer full) (nullable): the settings as they stand, or %NULL
 *   when they are not usable
 */
TlLaneSettings *
tl_lane_draft_dup_settings (TlLaneDraft *self,
                            TlAuth       auth)
{
  g_autoptr(TlEndpoint) endpoint = NULL;

  g_return_val_if_fail (TL_IS_LANE_DRAFT (self), NULL);

  if (self->port == 0 || self->security == TL_SECURITY_NONE || *self->username == '\0')
    return NULL;

  endpoint = tl_endpoint_new (self->host, (guint16) self->port, self->security, NULL);
  if (endpoint == NULL)
    return NULL;

  return tl_lane_settings_new (tl_protocol_for_lane (self->lane), endpoint, auth, self->username,
                               NULL);
}

/**
 * tl_lane_draft_is_valid:
 * @self: a draft
 *
 * Returns: whether the settings can be used and, where a yes is needed, it was said
 */
gboolean
tl_lane_draft_is_valid (TlLaneDraft *self)
{
  g_autoptr(TlLaneSettings) settings = NULL;

  g_return_val_if_fail (TL_IS_LANE_DRAFT (self), FALSE);

  if (tl_lane_draft_needs_yes (self))
    return FALSE;
  settings = tl_lane_draft_dup_settings (self, TL_AUTH_PASSWORD);

  return settings != NULL;
}

/**
 * tl_lane_draft_has_own_user:
 * @self: a draft
 * @usual: the user name that is there before anyone types one: the address
 *
 * What stands before the @ of it is another spelling of the same account.
 *
 * Returns: whether a person gave this lane its user name
 */
gboolean
tl_lane_draft_has_own_user (TlLaneDraft *self,
                            const char  *usual)
{
  TlLaneSettings *baseline;
  const char *at;

  g_return_val_if_fail (TL_IS_LANE_DRAFT (self), FALSE);

  at = usual == NULL ? NULL : strrchr (usual, '@');
  if (at != NULL && strlen (self->username) == (gsize) (at - usual) &&
      g_str_has_prefix (usual, self->username))
    return FALSE;

  baseline = is_chosen (self) ? tl_candidate_get_settings (self->chosen)
                              : tl_lane_draft_get_baseline (self);

  return g_strcmp0 (self->username, usual) != 0 &&
         (baseline == NULL || self->given != NULL ||
          g_strcmp0 (self->username, tl_lane_settings_get_username (baseline)) != 0);
}

/**
 * tl_lane_draft_needs_yes:
 * @self: a draft
 *
 * Returns: whether a person has to agree to this host and has not yet
 */
gboolean
tl_lane_draft_needs_yes (TlLaneDraft *self)
{
  g_return_val_if_fail (TL_IS_LANE_DRAFT (self), FALSE);

  return tl_lane_draft_needs_confirmation (self) && !self->confirmed;
}

const char *
tl_lane_draft_get_source (TlLaneDraft *self)
{
  g_return_val_if_fail (TL_IS_LANE_DRAFT (self), NULL);

  if (is_chosen (self))
    return tl_candidate_get_source (self->chosen);
  if (tl_lane_draft_get_baseline (self) == NULL || is_moved (self))
    return TL_SOURCE_MANUAL;

  return self->given != NULL ? self->given_source : tl_candidate_get_source (self->candidate);
}

/**
 * tl_lane_draft_get_trust:
 * @self: a draft
 *
 * Returns: on whose word the server stands: a person's when a person typed it,
 *   whoever's it was when only the user name was changed
 */
TlTrust
tl_lane_draft_get_trust (TlLaneDraft *self)
{
  g_return_val_if_fail (TL_IS_LANE_DRAFT (self), TL_TRUST_MANUAL);

  if (is_chosen (self))
    return tl_candidate_get_trust (self->chosen);
  if (tl_lane_draft_get_baseline (self) == NULL || is_moved (self))
    return TL_TRUST_MANUAL;

  return self->given != NULL ? self->given_trust : tl_candidate_get_trust (self->candidate);
}
