/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-json.h"
#include "tl-stage.h"

G_BEGIN_DECLS

/**
 * TlPolicyDocument:
 * @name: (nullable): whose policy it is
 * @origin: a word: `system`, `signer`, `user` or `file`
 * @sha256: of its bytes, 64 lower-case hex digits
 */
typedef struct
{
  const char *name;
  const char *origin;
  const char *sha256;
} TlPolicyDocument;

/**
 * TlPolicyRule:
 * @rule: the member of policy.json
 * @document: which document it stands in, counted from 0
 * @verdict: ok, error, or not-tested
 */
typedef struct
{
  const char *rule;
  guint       document;
  TlVerdict   verdict;
} TlPolicyRule;

/**
 * TlPolicyRecord:
 *
 * Which policies held when something was tested, and how it stood to their rules: what a bundle
 * says of policy. At least one document. Its verdict follows from the rules: error if one is, else
 * ok; rules that nothing has looked at yet change nothing. Immutable, atomically counted.
 */
typedef struct _TlPolicyRecord TlPolicyRecord;

#define TL_TYPE_POLICY_RECORD (tl_policy_record_get_type ())
GType                   tl_policy_record_get_type     (void) G_GNUC_CONST;

TlPolicyRecord         *tl_policy_record_new          (const TlPolicyDocument  *documents,
                                                       guint                    n_documents,
                                                       const TlPolicyRule      *rules,
                                                       guint                    n_rules)
                                                       G_GNUC_WARN_UNUSED_RESULT;
TlPolicyRecord         *tl_policy_record_ref          (TlPolicyRecord          *self);
void                    tl_policy_record_unref        (TlPolicyRecord          *self);

const TlPolicyDocument *tl_policy_record_get_documents (const TlPolicyRecord   *self,
                                                       guint                   *out_n);
const TlPolicyRule     *tl_policy_record_get_rules    (const TlPolicyRecord    *self,
                                                       guint                   *out_n);
TlVerdict               tl_policy_record_get_verdict  (const TlPolicyRecord    *self);
TlJson                 *tl_policy_record_to_json      (const TlPolicyRecord    *self)
                                                       G_GNUC_WARN_UNUSED_RESULT;
TlPolicyRecord         *tl_policy_record_from_json    (TlJson                  *json,
                                                       GError                 **error)
                                                       G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPolicyRecord, tl_policy_record_unref)

G_END_DECLS
