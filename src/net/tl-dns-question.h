/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-unbound.h"

G_BEGIN_DECLS

/**
 * TlDnsQuestion:
 *
 * One name and type, asked once for however many want to know. Its answer stays.
 * When all of them have gone before there is one, it is asked no further, and
 * anew for the next.
 */
typedef struct _TlDnsQuestion TlDnsQuestion;

TlDnsQuestion *tl_dns_question_new       (TlUnbound      *unbound,
                                          const char     *name,
                                          TlRecordType    type) G_GNUC_WARN_UNUSED_RESULT;
void           tl_dns_question_free      (TlDnsQuestion  *self);
gboolean       tl_dns_question_is_asked  (TlDnsQuestion  *self);
void           tl_dns_question_ask       (TlDnsQuestion  *self);
void           tl_dns_question_ask_proof (TlDnsQuestion  *self);
void           tl_dns_question_wait      (TlDnsQuestion  *self,
                                          gboolean        is_quick,
                                          TlDeadline      deadline,
                                          GTask          *task);
void           tl_dns_question_tell      (TlDnsQuestion  *self);
guint          tl_dns_question_hash      (gconstpointer   self);
gboolean       tl_dns_question_equal     (gconstpointer   a,
                                          gconstpointer   b);

G_END_DECLS
