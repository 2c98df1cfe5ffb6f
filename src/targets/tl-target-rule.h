/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-catalogue.h"
#include "tl-json.h"
#include "tl-lane-kind.h"
#include "tl-target-condition.h"
#include "tl-target-template.h"

G_BEGIN_DECLS

#define TL_TARGET_RULES_MAX 60

/**
 * TlTargetRule:
 * @name: what it is called, the code of its remark
 * @severity: an error refuses the mailbox
 * @lane: which lane it is about, or none
 * @when: it applies where this is true
 * @text: what to say then, translated
 *
 * What a product cannot take, or takes in another way. Immutable, atomically counted.
 */
typedef struct
{
  char              *name;
  TlSeverity         severity;
  TlLaneKind         lane;
  TlTargetCondition *when;
  TlTargetTemplate  *text;
} TlTargetRule;

TlTargetRule *tl_target_rule_read   (TlJson        *json,
                                     const char    *at,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;
TlTargetRule *tl_target_rule_ref    (TlTargetRule  *self);
void          tl_target_rule_unref  (TlTargetRule  *self);

/* data/target-rules.json: what several targets share. GPtrArray of TlTargetRule. */
GPtrArray    *tl_target_rules_parse (const char    *json,
                                     gssize         len,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;
TlTargetRule *tl_target_rules_find  (const char    *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTargetRule, tl_target_rule_unref)

G_END_DECLS
