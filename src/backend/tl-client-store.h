/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-oauth-client.h"
#include "tl-policies.h"

G_BEGIN_DECLS

/**
 * TlClientStore:
 *
 * As whom this program may present itself, by issuer: from the policies of #TlPolicyStore that may
 * grant, then from what a person was told by IT and typed in, now or earlier. One that arrives
 * while a set-up waits for it is seen at once. One #GMainContext.
 *
 * Signal: `changed ()`. Property (ro): `finding` (TlFinding or NULL: the policy cannot be read).
 */
#define TL_TYPE_CLIENT_STORE (tl_client_store_get_type ())
G_DECLARE_FINAL_TYPE (TlClientStore, tl_client_store, TL, CLIENT_STORE, GObject)

TlClientStore *tl_client_store_new        (const char     *policy_path) G_GNUC_WARN_UNUSED_RESULT;
TlClientStore *tl_client_store_get_default (void);
TlOauthClient *tl_client_store_find       (TlClientStore  *self,
                                           const char     *issuer);
TlPolicies    *tl_client_store_get_policies (TlClientStore *self);
gboolean       tl_client_store_set        (TlClientStore  *self,
                                           const char     *issuer,
                                           const char     *client_id,
                                           const char     *tenant,
                                           GError        **error);
void           tl_client_store_add        (TlClientStore  *self,
                                           TlOauthClient  *client);

G_END_DECLS
