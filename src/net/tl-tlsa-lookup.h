/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-deadline.h"
#include "tl-network.h"
#include "tl-records.h"

G_BEGIN_DECLS

/**
 * TlTlsaLookup:
 *
 * The TLSA records of one server, looked up beside whatever else is done: on a
 * thread of its own, whose late answer is dropped.
 */
typedef struct _TlTlsaLookup TlTlsaLookup;

TlTlsaLookup *tl_tlsa_lookup_new       (TlNetwork     *network,
                                        const char    *host,
                                        guint16        port) G_GNUC_WARN_UNUSED_RESULT;
void          tl_tlsa_lookup_free      (TlTlsaLookup  *self);
TlRecordSet  *tl_tlsa_lookup_wait_sync (TlTlsaLookup  *self,
                                        TlDeadline     deadline,
                                        GCancellable  *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTlsaLookup, tl_tlsa_lookup_free)

G_END_DECLS
