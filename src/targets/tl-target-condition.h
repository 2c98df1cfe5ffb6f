/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-target-values.h"

G_BEGIN_DECLS

#define TL_TARGET_CONDITION_MAX_BYTES  1000
#define TL_TARGET_CONDITION_MAX_LEVELS 16

/**
 * TlTargetCondition:
 *
 * A question about a mailbox. Immutable; one owner.
 */
typedef struct _TlTargetCondition TlTargetCondition;

TlTargetCondition *tl_target_condition_parse     (const char               *text,
                                                  GError                  **error)
                                                  G_GNUC_WARN_UNUSED_RESULT;
void               tl_target_condition_free      (TlTargetCondition        *self);

guint64            tl_target_condition_get_names (const TlTargetCondition  *self);
gboolean           tl_target_condition_test      (const TlTargetCondition  *self,
                                                  const TlTargetValues     *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTargetCondition, tl_target_condition_free)

G_END_DECLS
