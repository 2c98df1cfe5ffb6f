/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-json.h"

G_BEGIN_DECLS

/**
 * TlPolicyLimits:
 * @providers: (nullable): ids of data/providers that are allowed
 * @incoming_hosts: (nullable): host patterns of incoming servers that are allowed
 * @outgoing_hosts: (nullable): likewise of outgoing ones
 * @domains: (nullable): host patterns of domains that an address may have
 * @min_tls: (nullable): `1.2` or `1.3`
 * @sign_in: (nullable): nicks of #TlAuth that are allowed
 * @user_name: (nullable): `address` or `local-part`
 * @one_sign_in: the outgoing lane may have no sign-in of its own
 * @folder_roles: (nullable): roles that a folder has to have
 * @outreach_folders: (nullable): names of folders that have to be there, `/` between their parts
 * @domain_health: (nullable): ids of findings that must not be there
 * @daily_ceiling: the most messages a day that a mailbox may send; 0: no rule
 * @max_age_days: how old a bundle may be at the most; 0: no rule
 * @target: (nullable): the id of the one target that is allowed
 * @passwords: (nullable): `typed`, `sealed` or `any`
 *
 * What one policy restricts. %NULL and 0 restrict nothing. Private to this layer.
 */
typedef struct
{
  char     **providers;
  char     **incoming_hosts;
  char     **outgoing_hosts;
  char     **domains;
  char      *min_tls;
  char     **sign_in;
  char      *user_name;
  gboolean   one_sign_in;
  char     **folder_roles;
  char     **outreach_folders;
  char     **domain_health;
  gint64     daily_ceiling;
  gint64     max_age_days;
  char      *target;
  char      *passwords;
} TlPolicyLimits;

void tl_policy_limits_read  (TlPolicyLimits  *self,
                             TlJsonReader    *reader);
void tl_policy_limits_clear (TlPolicyLimits  *self);

G_END_DECLS
