/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-loop-header.h"

G_BEGIN_DECLS

/**
 * TlAuthTrust:
 * @sites: (element-type utf8): who the receiving side is, ended by %NULL; owned
 * @last_host: (nullable): the host that took the message last; owned
 * @may_be_nameless: whether its Authentication-Results may name nobody
 * @is_handed_over: whether what comes next is the other side's
 *
 * Whose word about a message counts (RFC 8601 §5), on the way down its header.
 */
typedef struct
{
  GPtrArray *sites;
  char      *last_host;
  gboolean   may_be_nameless;
  gboolean   is_handed_over;
} TlAuthTrust;

void     tl_auth_trust_init    (TlAuthTrust        *trust,
                                const char         *header,
                                gsize               len,
                                const char         *incoming_host);
void     tl_auth_trust_clear   (TlAuthTrust        *self);
gboolean tl_auth_trust_has     (const TlAuthTrust  *trust,
                                const char         *site);
gboolean tl_auth_trust_ends_at (TlAuthTrust        *trust,
                                const TlLoopField  *field);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlAuthTrust, tl_auth_trust_clear)

G_END_DECLS
