/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-deadline.h"
#include "tl-fault.h"
#include "tl-network.h"

G_BEGIN_DECLS

GPtrArray *tl_resolver_lookup_sync (TlNetwork     *network,
                                    const char    *host,
                                    TlDeadline     deadline,
                                    GCancellable  *cancellable,
                                    TlFault      **out_fault,
                                    GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void       tl_resolver_forget      (const char    *host);

G_END_DECLS
