/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-deadline.h"
#include "tl-discovery-report.h"
#include "tl-network.h"

G_BEGIN_DECLS

#define TL_DISCOVERY_BUDGET_MS 8000

/* The directory that is asked when nobody says otherwise. */
#define TL_DISCOVERY_DIRECTORY "https://v1.ispdb.net/"

/**
 * TlDiscoveryOptions:
 * @budget_ms: the most it may take; 0 for `TL_DISCOVERY_BUDGET_MS`
 * @directory: (nullable): base URL of the directory (ISPDB), https, to which a domain is appended;
 *   %NULL for `TL_DISCOVERY_DIRECTORY`, the empty string for asking none
 * @send_address: whether hosts under the address's own registrable domain may be told the whole
 *   address: only after a person said yes. Nobody else ever is.
 *
 * What a person or policy wants of a discovery. Zeroed: the defaults.
 */
typedef struct _TlDiscoveryOptions TlDiscoveryOptions;
struct _TlDiscoveryOptions
{
  guint       budget_ms;
  const char *directory;
  gboolean    send_address;
};

/**
 * TlDiscovery:
 *
 * Asks every source about an address at once, on one named thread
 * (`tl-discovery`) with its own #GMainContext, and ranks what they say by
 * evidence: the same answers give the same order, whoever was first. Signal and
 * callback come on the #GMainContext that was the thread default when
 * tl_discovery_run_async() was called. Runs once.
 *
 * Signal: `source-changed (TlSourceAnswer *answer)`, first with the status
 * `asking` for each source, then with what became of it.
 *
 * Signal: `proposed (TlDiscoveryReport *report)`, at most once: from now on
 * nothing that is outstanding could change what is proposed. The report at the
 * end has the same proposal and may have more to say about it.
 */
#define TL_TYPE_DISCOVERY (tl_discovery_get_type ())
G_DECLARE_FINAL_TYPE (TlDiscovery, tl_discovery, TL, DISCOVERY, GObject)

TlDiscovery       *tl_discovery_new        (TlAddress                 *address,
                                            TlNetwork                 *network,
                                            const TlDiscoveryOptions  *options)
                                            G_GNUC_WARN_UNUSED_RESULT;
void               tl_discovery_run_async  (TlDiscovery               *self,
                                            GCancellable              *cancellable,
                                            GAsyncReadyCallback        callback,
                                            gpointer                   user_data);
TlDiscoveryReport *tl_discovery_run_finish (TlDiscovery               *self,
                                            GAsyncResult              *result,
                                            GError                   **error)
                                            G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
