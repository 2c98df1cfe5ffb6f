/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-sending-plan.h"

G_BEGIN_DECLS

/**
 * TlSendingRule: a row of `data/sending-rules.json`: when it holds, what is advised
 * @id: what a plan's reasons name
 * @text: why, one sentence, untranslated, `{volume}`, `{per_mailbox}`, `{limit}`, `{provider}`
 *   filled by tl_sending_rule_dup_text()
 * @service: what it advises
 * @source: who says so
 * @as_of: when
 * @is_opinion: somebody's advice and nobody's rule
 */
typedef struct
{
  const char       *id;
  const char       *text;
  TlSendingService  service;
  const char       *source;
  const char       *as_of;
  gboolean          is_opinion;
} TlSendingRule;

const TlSendingRule *tl_sending_rule_find     (const char          *id);
char                *tl_sending_rule_dup_text (const TlSendingRule *self,
                                               TlSendingPlan       *plan)
                                               G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
