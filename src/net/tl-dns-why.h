/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-deadline.h"
#include "tl-records.h"

G_BEGIN_DECLS

char            *tl_dns_why_dup_server (void) G_GNUC_WARN_UNUSED_RESULT;
TlRecordsStatus  tl_dns_why_sync       (const char    *server,
                                        const char    *name,
                                        guint16        type,
                                        TlDeadline     deadline,
                                        GCancellable  *cancellable);

G_END_DECLS
