/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TL_DNS_MAX_ALIASES 8

#define TL_DNS_NOERROR  0
#define TL_DNS_SERVFAIL 2
#define TL_DNS_NXDOMAIN 3
#define TL_DNS_REFUSED  5

/**
 * TlDnsReply:
 * @id: which question it answers
 * @rcode: response code, 0 to 15
 * @is_truncated: TC is set: what came is not all of it
 * @n_answers: records in the answer section
 * @n_aliases: CNAMEs from the name that was asked for to @end, at most one more
 *   than `TL_DNS_MAX_ALIASES`
 * @is_loop: the CNAMEs lead back to where they were, or are too many
 * @end: the name they end at, lower case and cleaned: that which was asked for when there are none
 *
 * What a reply shows of how a look-up went, not what was found.
 */
typedef struct
{
  guint16   id;
  guint     rcode;
  gboolean  is_truncated;
  guint     n_answers;
  guint     n_aliases;
  gboolean  is_loop;
  char     *end;
} TlDnsReply;

GBytes     *tl_dns_query_new   (guint16         id,
                                const char     *name,
                                guint16         type,
                                gboolean        unchecked) G_GNUC_WARN_UNUSED_RESULT;
TlDnsReply *tl_dns_reply_parse (const guint8   *message,
                                gsize           len) G_GNUC_WARN_UNUSED_RESULT;
void        tl_dns_reply_free  (TlDnsReply     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlDnsReply, tl_dns_reply_free)

G_END_DECLS
