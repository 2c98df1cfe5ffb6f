/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-contacts.h"
#include "tl-deadline.h"
#include "tl-endpoint.h"
#include "tl-lane-kind.h"
#include "tl-network.h"

G_BEGIN_DECLS

#define TL_PROBER_MAX_THREADS 6
#define TL_PROBER_PROBE_MS    3500

/**
 * TlProberFunc:
 *
 * Blocks until it is known whether the server is there; see
 * tl_probe_run_sync(). Runs on a thread named `tl-probe`.
 */
typedef gboolean (*TlProberFunc) (TlNetwork         *network,
                                  TlLaneKind         lane,
                                  const TlEndpoint  *endpoint,
                                  TlDeadline         deadline,
                                  GCancellable      *cancellable);

/**
 * TlProber:
 *
 * Every name it looks up and every server it tries is set down in its contacts.
 * Tries servers side by side, at most `TL_PROBER_MAX_THREADS` at a time, on
 * threads of its own that end when there is nothing left to try. A probe takes
 * at most `TL_PROBER_PROBE_MS`. Calls back on the thread-default #GMainContext
 * of the caller.
 */
#define TL_TYPE_PROBER (tl_prober_get_type ())
G_DECLARE_FINAL_TYPE (TlProber, tl_prober, TL, PROBER, GObject)

TlProber  *tl_prober_new          (TlNetwork            *network,
                                   TlContacts           *contacts,
                                   TlProberFunc          func) G_GNUC_WARN_UNUSED_RESULT;

void       tl_prober_try_async    (TlProber             *self,
                                   TlLaneKind            lane,
                                   TlEndpoint           *endpoint,
                                   TlDeadline            deadline,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gboolean   tl_prober_try_finish   (TlProber             *self,
                                   GAsyncResult         *result,
                                   GError              **error);

void       tl_prober_resolve_async  (TlProber            *self,
                                     const char          *host,
                                     TlDeadline           deadline,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GPtrArray *tl_prober_resolve_finish (TlProber            *self,
                                     GAsyncResult        *result,
                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
