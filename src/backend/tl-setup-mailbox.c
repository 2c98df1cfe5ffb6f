/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the last test of the incoming lane saw of the mailbox, held against what else a set-up
 * knows. */
#include "tl-setup-private.h"

#include "tl-identity-private.h"
#include "tl-lane-run-private.h"
#include "tl-mailbox-private.h"

static const char *
get_software (TlSetup *self)
{
  TlLaneReport *report = tl_lane_run_get_report (self->lanes[0].run);
  TlLaneFacts *facts = report == NULL ? NULL : tl_lane_report_get_facts (report);

  return facts == NULL ? NULL : tl_lane_facts_get_parts (facts)->software;
}

/**
 * tl_setup_refresh_mailbox:
 * @self: a set-up
 *
 * Judges the mailbox again where something that counts has changed: the last test of the incoming
 * lane, the message to oneself, the provider, who signs in, what policy asks. Nothing is asked of
 * a server for it.
 */
void
tl_setup_refresh_mailbox (TlSetup *self)
{
  TlPolicies *policies = tl_setup_get_policies (self);
  g_auto(GStrv) roles = policies == NULL ? NULL : tl_policies_list_folder_roles (policies);
  g_auto(GStrv) folders = policies == NULL ? NULL : tl_policies_list_outreach_folders (policies);
  const TlMailboxAround around = {
    .provider = self->provider,
    .software = get_software (self),
    .filing = self->loop_report == NULL ? TL_LOOP_FILING_UNKNOWN
                                        : tl_loop_report_get_parts (self->loop_report)->filing,
    .is_shared = tl_identity_get_shared_way (self->identity) != TL_SHARED_NOT,
    .roles = (const char * const *) roles,
    .folders = (const char * const *) folders,
    .policy = policies == NULL ? NULL : tl_policies_get_name (policies),
  };

  tl_mailbox_set_around (self->mailbox, &around);
  tl_mailbox_set_facts (self->mailbox, tl_lane_run_get_facts (self->lanes[0].run));
}

TlMailbox *
tl_setup_get_mailbox (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->mailbox;
}
