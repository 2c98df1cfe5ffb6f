/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-claim.h"

struct _TlClaim
{
  TlLaneKind       lane;
  TlLaneSettings  *settings; /* owned */
  TlTrust          trust;
  char           **hops;     /* owned, cleaned */
};

G_DEFINE_BOXED_TYPE (TlClaim, tl_claim, tl_claim_ref, tl_claim_unref)

/**
 * tl_claim_new:
 * @lane: incoming or outgoing
 * @settings: how it is said to be reached
 * @trust: on whose word
 * @hops: (nullable) (array zero-terminated=1): URLs and records, in order, already clean
 *
 * Returns: (transfer full): the claim
 */
TlClaim *
tl_claim_new (TlLaneKind           lane,
              TlLaneSettings      *settings,
              TlTrust              trust,
              const char * const  *hops)
{
  TlClaim *self;

  g_return_val_if_fail (lane == TL_LANE_INCOMING || lane == TL_LANE_OUTGOING, NULL);
  g_return_val_if_fail (settings != NULL, NULL);

  self = g_atomic_rc_box_new0 (TlClaim);
  self->lane = lane;
  self->settings = tl_lane_settings_ref (settings);
  self->trust = trust;
  self->hops = hops != NULL ? g_strdupv ((char **) hops) : g_new0 (char *, 1);

  return self;
}

TlClaim *
tl_claim_ref (TlClaim *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_claim_clear (gpointer data)
{
  TlClaim *self = data;

  g_clear_pointer (&self->settings, tl_lane_settings_unref);
  g_clear_pointer (&self->hops, g_strfreev);
}

void
tl_claim_unref (TlClaim *self)
{
  g_atomic_rc_box_release_full (self, tl_claim_clear);
}

TlLaneKind
tl_claim_get_lane (const TlClaim *self)
{
  return self->lane;
}

TlLaneSettings *
tl_claim_get_settings (const TlClaim *self)
{
  return self->settings;
}

TlEndpoint *
tl_claim_get_endpoint (const TlClaim *self)
{
  return tl_lane_settings_get_endpoint (self->settings);
}

TlTrust
tl_claim_get_trust (const TlClaim *self)
{
  return self->trust;
}

const char * const *
tl_claim_get_hops (const TlClaim *self)
{
  return (const char * const *) self->hops;
}
