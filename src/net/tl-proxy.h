/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-deadline.h"
#include "tl-endpoint.h"
#include "tl-fault.h"
#include "tl-network.h"

G_BEGIN_DECLS

GUri    *tl_proxy_find_sync (TlNetwork         *network,
                             const TlEndpoint  *endpoint,
                             TlDeadline         deadline,
                             GCancellable      *cancellable,
                             GError           **error) G_GNUC_WARN_UNUSED_RESULT;
GUri    *tl_proxy_find_web_sync (TlNetwork     *network,
                             const char        *host,
                             TlDeadline         deadline,
                             GCancellable      *cancellable,
                             GError           **error) G_GNUC_WARN_UNUSED_RESULT;
char    *tl_proxy_describe  (GUri              *uri) G_GNUC_WARN_UNUSED_RESULT;
GSocket *tl_proxy_dial_sync (GUri              *uri,
                             TlNetwork         *network,
                             const TlEndpoint  *endpoint,
                             TlDeadline         deadline,
                             GCancellable      *cancellable,
                             TlFault          **out_fault,
                             GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
