/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-policy-limits.h"
#include "tl-policy.h"

G_BEGIN_DECLS

const TlPolicyLimits *tl_policy_get_limits (const TlPolicy *self);

G_END_DECLS
