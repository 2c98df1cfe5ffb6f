/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-finding.h"
#include "tl-policy-origin.h"
#include "tl-stage.h"

G_BEGIN_DECLS

/**
 * TlPolicyResult:
 *
 * How a set-up stands to one rule of one policy. An item of lists; immutable.
 *
 * Properties, construct-only: `rule` (string: the member of policy.json, such as `hosts.incoming`),
 * `origin` (TlPolicyOrigin), `policy-name` (string or NULL), `wanted` (string: what the rule
 * allows, for people), `found` (string or NULL: what the set-up has), `verdict` (TlVerdict: ok,
 * error, or not-tested where nothing has looked yet), `finding` (TlFinding or NULL:
 * `export.policy`, with an error). Read-only: `label` (string: the rule, for people),
 * `verdict-label` (string: the verdict, for people).
 */
#define TL_TYPE_POLICY_RESULT (tl_policy_result_get_type ())
G_DECLARE_FINAL_TYPE (TlPolicyResult, tl_policy_result, TL, POLICY_RESULT, GObject)

const char     *tl_policy_result_get_rule        (TlPolicyResult *self);
const char     *tl_policy_result_get_label       (TlPolicyResult *self);
TlPolicyOrigin  tl_policy_result_get_origin      (TlPolicyResult *self);
const char     *tl_policy_result_get_policy_name (TlPolicyResult *self);
const char     *tl_policy_result_get_wanted      (TlPolicyResult *self);
const char     *tl_policy_result_get_found       (TlPolicyResult *self);
TlVerdict       tl_policy_result_get_verdict     (TlPolicyResult *self);
const char     *tl_policy_result_get_verdict_label (TlPolicyResult *self);
TlFinding      *tl_policy_result_get_finding     (TlPolicyResult *self);

/* @results: GPtrArray of TlPolicyResult. */
TlFinding      *tl_policy_results_find_broken    (GPtrArray      *results);

G_END_DECLS
