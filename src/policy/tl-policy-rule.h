/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-policy-check.h"

G_BEGIN_DECLS

/**
 * TlPolicyKind: what a member of #TlPolicyLimits is
 */
typedef enum
{
  TL_POLICY_WORDS,
  TL_POLICY_WORD,
  TL_POLICY_NUMBER,
  TL_POLICY_FLAG,
} TlPolicyKind;

/**
 * TlPolicyMember:
 * @rule: the member of policy.json, with dots between
 * @label: for people, untranslated
 * @kind: what stands in the limits
 * @offset: where
 * @prefix: (nullable): what stands before a word where it stands alone, in evidence
 * @suffix: (nullable): and what behind it
 * @dup_word: (nullable): the words for people, translated, of what stands there; %NULL: itself
 * @names_found: what is found is such a word, too
 * @forbids: the words are what may not be found, and about the domain
 * @finding: (nullable): what is found where it is broken; %NULL: `export.policy`
 * @check: looks whether a set-up keeps it
 *
 * One rule that a policy may have.
 */
typedef struct
{
  const char     *rule;
  const char     *label;
  TlPolicyKind    kind;
  gsize           offset;
  const char     *prefix;
  const char     *suffix;
  char         *(*dup_word) (const char *word);
  gboolean        names_found;
  gboolean        forbids;
  const char     *finding;
  TlPolicyCheck   check;
} TlPolicyMember;

const TlPolicyMember *tl_policy_member_list       (guint                 *out_n);
const TlPolicyMember *tl_policy_member_find       (const char            *rule);
gboolean              tl_policy_member_is_set     (const TlPolicyMember  *self,
                                                   const TlPolicyLimits  *limits);
char                **tl_policy_member_dup_words  (const TlPolicyMember  *self,
                                                   const TlPolicyLimits  *limits)
                                                   G_GNUC_WARN_UNUSED_RESULT;
char                **tl_policy_member_dup_wanted (const TlPolicyMember  *self,
                                                   const TlPolicyLimits  *limits)
                                                   G_GNUC_WARN_UNUSED_RESULT;
char                 *tl_policy_member_dup_text   (const TlPolicyMember  *self,
                                                   char                 **allowed)
                                                   G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
