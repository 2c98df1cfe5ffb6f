/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-policy-limits.h"
#include "tl-report.h"

G_BEGIN_DECLS

/**
 * TlPolicyOutcome:
 * @verdict: ok, error or not-tested
 * @lane: the lane that breaks the rule, where it is one alone
 * @found: (nullable): what the set-up has, clean: a word, or several with `, ` between
 * @broken_by: (nullable) (array zero-terminated=1): of the words of the rule, those that it is
 *   broken by; %NULL where that is none of them more than another
 *
 * How a set-up stands to one rule.
 */
typedef struct
{
  TlVerdict   verdict;
  TlLaneKind  lane;
  char       *found;
  char      **broken_by;
} TlPolicyOutcome;

/**
 * TlPolicySubject:
 * @plan: what is to be handed over
 * @report: (nullable): how it was tested
 * @is_bundle: it is a bundle, and what is below is known
 * @made_s: when that was made, seconds since the epoch
 * @now_s: what time it is
 * @has_passwords: there are passwords in it
 *
 * What is held against a rule.
 */
typedef struct
{
  TlPlan    *plan;
  TlReport  *report;
  gboolean   is_bundle;
  gint64     made_s;
  gint64     now_s;
  gboolean   has_passwords;
} TlPolicySubject;

/**
 * TlPolicyCheck: looks at one rule that @limits has
 * @out_outcome: not-tested; what the check could see is put there
 */
typedef void (*TlPolicyCheck) (const TlPolicyLimits  *limits,
                               const TlPolicySubject *subject,
                               TlPolicyOutcome       *out_outcome);

void tl_policy_check_provider         (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_incoming_host    (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_outgoing_host    (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_domain           (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_tls              (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_sign_in          (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_user_name        (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_separate_sending (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_folder_roles     (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_outreach_folders (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_daily_ceiling    (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_domain_health    (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_age              (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_passwords        (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);
void tl_policy_check_nothing          (const TlPolicyLimits  *limits,
                                       const TlPolicySubject *subject,
                                       TlPolicyOutcome       *out_outcome);

G_END_DECLS
