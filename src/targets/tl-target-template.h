/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-target-escape.h"
#include "tl-target-values.h"

G_BEGIN_DECLS

#define TL_TARGET_TEMPLATE_MAX_BYTES   1000
#define TL_TARGET_TEMPLATE_MAX_FILTERS 4

/**
 * TlTargetTemplate:
 *
 * Text with places for values. Immutable; one owner.
 */
typedef struct _TlTargetTemplate TlTargetTemplate;

TlTargetTemplate *tl_target_template_parse          (const char              *text,
                                                     GError                 **error)
                                                     G_GNUC_WARN_UNUSED_RESULT;
void              tl_target_template_free           (TlTargetTemplate        *self);

guint64           tl_target_template_get_names      (const TlTargetTemplate  *self);
gboolean          tl_target_template_is_number      (const TlTargetTemplate  *self);
gboolean          tl_target_template_lacks_password (const TlTargetTemplate  *self,
                                                     const TlTargetValues    *values);
gboolean          tl_target_template_append         (const TlTargetTemplate  *self,
                                                     const TlTargetValues    *values,
                                                     TlTargetMedium           medium,
                                                     GString                 *out,
                                                     TlTargetName            *out_failed);
char             *tl_target_template_fill           (const TlTargetTemplate  *self,
                                                     const TlTargetValues    *values)
                                                     G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTargetTemplate, tl_target_template_free)

G_END_DECLS
