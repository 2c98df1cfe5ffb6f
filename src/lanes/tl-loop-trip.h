/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-loop.h"

G_BEGIN_DECLS

/**
 * TlLoopTrip:
 *
 * One test message on its way: both lanes and what has become of it. Belongs to
 * the thread that runs it, from then on.
 */
typedef struct _TlLoopTrip TlLoopTrip;

typedef void (*TlLoopTripNews) (TlLoopStage stage,
                                guint       budget_ms,
                                gpointer    user_data);

TlLoopTrip   *tl_loop_trip_new      (const TlLoopParts  *parts) G_GNUC_WARN_UNUSED_RESULT;
void          tl_loop_trip_free     (TlLoopTrip         *self);

TlLoopReport *tl_loop_trip_run_sync (TlLoopTrip         *self,
                                     TlLoopTripNews      news,
                                     gpointer            user_data,
                                     GCancellable       *cancellable,
                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLoopTrip, tl_loop_trip_free)

G_END_DECLS
