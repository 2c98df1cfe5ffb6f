/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-target-mailbox.h"
#include "tl-target-name.h"

G_BEGIN_DECLS

/**
 * TlTargetValues:
 *
 * What the names of a mailbox stand for. Passwords stay in their TlSecret until they are written.
 * Immutable; one owner.
 */
typedef struct _TlTargetValues TlTargetValues;

TlTargetValues *tl_target_values_new        (const TlTargetMailbox *mailbox)
                                             G_GNUC_WARN_UNUSED_RESULT;
void            tl_target_values_free       (TlTargetValues        *self);

gboolean        tl_target_values_has        (const TlTargetValues  *self,
                                             TlTargetName           name);
const char     *tl_target_values_peek       (const TlTargetValues  *self,
                                             TlTargetName           name,
                                             gsize                 *out_len);
gint64          tl_target_values_get_number (const TlTargetValues  *self,
                                             TlTargetName           name);

gboolean        tl_target_host_is_private   (const char            *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTargetValues, tl_target_values_free)

G_END_DECLS
