/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-deadline.h"
#include "tl-fault.h"

G_BEGIN_DECLS

GSocket *tl_dial_sync (GPtrArray     *addresses,
                       guint16        port,
                       TlDeadline     deadline,
                       GCancellable  *cancellable,
                       char        ***out_unanswered,
                       TlFault      **out_fault,
                       GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
