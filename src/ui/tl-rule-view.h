/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-item-view.h"

G_BEGIN_DECLS

/**
 * TlRuleView:
 *
 * A row: a rule of a policy, what it wants, and how things stand to it. The item is a
 * #TlPolicyResult.
 */
#define TL_TYPE_RULE_VIEW (tl_rule_view_get_type ())
G_DECLARE_FINAL_TYPE (TlRuleView, tl_rule_view, TL, RULE_VIEW, TlItemView)

G_END_DECLS
