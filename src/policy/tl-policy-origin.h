/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlPolicyOrigin: where a policy came from, the most trusted first
 * @TL_POLICY_FROM_SYSTEM: the system's place, which an administrator alone can write to
 * @TL_POLICY_FROM_SIGNER: signed by somebody whose key is pinned on this computer
 * @TL_POLICY_FROM_USER: the user's own configuration
 * @TL_POLICY_FROM_FILE: a file that was given for this time
 */
typedef enum
{
  TL_POLICY_FROM_SYSTEM,
  TL_POLICY_FROM_SIGNER,
  TL_POLICY_FROM_USER,
  TL_POLICY_FROM_FILE,
} TlPolicyOrigin;

#define TL_TYPE_POLICY_ORIGIN (tl_policy_origin_get_type ())
GType       tl_policy_origin_get_type  (void) G_GNUC_CONST;

const char *tl_policy_origin_get_nick  (TlPolicyOrigin origin);
const char *tl_policy_origin_get_label (TlPolicyOrigin origin);
gboolean    tl_policy_origin_grants    (TlPolicyOrigin origin);

G_END_DECLS
