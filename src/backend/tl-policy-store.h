/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

#include "tl-finding.h"
#include "tl-policies.h"

G_BEGIN_DECLS

/**
 * TlPolicyStore:
 *
 * The policies that hold on this computer: read from the system's place and the user's, and from
 * files that were given, and watched. One that is signed (`policy.json.p7s` beside it) by somebody
 * who may sign policies (`policy-signers`), and says until when, may grant. Everything on the
 * #GMainContext it was made in.
 *
 * Properties, read-only: `policies` (TlPolicies: with nothing in it where there is none), `finding`
 * (TlFinding or NULL: `store.policy`: one is there and cannot be read: until it can, nothing is
 * exported).
 *
 * Signal `changed`: what holds is not what it was.
 */
#define TL_TYPE_POLICY_STORE (tl_policy_store_get_type ())
G_DECLARE_FINAL_TYPE (TlPolicyStore, tl_policy_store, TL, POLICY_STORE, GObject)

TlPolicyStore *tl_policy_store_get_default  (void);
TlPolicyStore *tl_policy_store_new          (const char           *system_folder,
                                             const char           *user_folder)
                                             G_GNUC_WARN_UNUSED_RESULT;
gboolean       tl_policy_store_add_file_sync (TlPolicyStore       *self,
                                             const char           *path,
                                             GError              **error);

TlPolicies    *tl_policy_store_get_policies (TlPolicyStore        *self);
TlFinding     *tl_policy_store_get_finding  (TlPolicyStore        *self);

/* Whose bundles count here: the `signers` files, and the policies that may grant. */
char         **tl_policy_store_list_signers (TlPolicyStore        *self,
                                             GError              **error)
                                             G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
