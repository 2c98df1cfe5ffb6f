/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "tl-cause.h"
#include "tl-evidence.h"

G_BEGIN_DECLS

/**
 * TlFault:
 *
 * Why a step of a lane failed: a cause and the evidence for it. It carries no
 * sentence. Immutable, atomically counted.
 */
typedef struct _TlFault TlFault;

#define TL_TYPE_FAULT (tl_fault_get_type ())
GType     tl_fault_get_type     (void) G_GNUC_CONST;

TlFault  *tl_fault_new          (TlCause        cause,
                                 GVariant      *evidence) G_GNUC_WARN_UNUSED_RESULT;
TlFault  *tl_fault_new_detail   (TlCause        cause,
                                 const char    *format,
                                 ...) G_GNUC_PRINTF (2, 3) G_GNUC_WARN_UNUSED_RESULT;
TlFault  *tl_fault_ref          (TlFault       *self);
void      tl_fault_unref        (TlFault       *self);

TlCause   tl_fault_get_cause    (const TlFault *self);
GVariant *tl_fault_get_evidence (const TlFault *self);
TlFault  *tl_fault_with         (const TlFault *self,
                                 GVariant      *more) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFault, tl_fault_unref)

G_END_DECLS
