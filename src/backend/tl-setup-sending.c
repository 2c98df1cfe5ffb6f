/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What else than a person's wish counts for how much a set-up's mailbox is to send. */
#include "tl-setup-private.h"

#include "tl-identity-private.h"
#include "tl-sending-private.h"

/**
 * tl_setup_find_relay:
 * @self: a set-up
 *
 * Returns: (transfer none) (nullable): the sending service of the outgoing lane, where that is
 *   another than the mailbox's provider and one that we know
 */
TlProvider *
tl_setup_find_relay (TlSetup *self)
{
  g_autofree char *id = NULL;

  if (!tl_identity_is_separate (self->identity))
    return NULL;

  g_object_get (self->identity, "relay", &id, NULL);

  return id == NULL ? NULL : tl_providers_find (id);
}

/**
 * tl_setup_refresh_plan:
 * @self: a set-up
 *
 * Works out anew what limits the mailbox: its provider, its sending service, the target that it is
 * for, the policies that hold.
 */
void
tl_setup_refresh_plan (TlSetup *self)
{
  TlPolicies *policies = tl_setup_get_policies (self);
  TlTarget *target = tl_hand_over_get_target (self->hand_over);
  const TlSendingAround around = {
    .provider = self->provider,
    .relay = tl_setup_find_relay (self),
    .target = target == NULL ? NULL : tl_target_get_id (target),
    .target_per_day = target == NULL ? 0 : tl_target_get_daily_limit (target),
    .policy = policies == NULL ? NULL : tl_policies_get_name (policies),
    .policy_per_day = policies == NULL ? 0 : tl_policies_get_daily_ceiling (policies),
  };

  tl_sending_set_around (self->sending, &around);
}

TlSending *
tl_setup_get_sending (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->sending;
}
