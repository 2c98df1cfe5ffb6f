/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-deadline.h"
#include "tl-endpoint.h"
#include "tl-fault.h"
#include "tl-lane-kind.h"
#include "tl-network.h"

G_BEGIN_DECLS

gboolean tl_probe_run_sync (TlNetwork         *network,
                            TlLaneKind         lane,
                            const TlEndpoint  *endpoint,
                            TlDeadline         deadline,
                            GCancellable      *cancellable,
                            TlFault          **out_fault,
                            GError           **error);

G_END_DECLS
