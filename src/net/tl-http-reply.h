/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-secret.h"

G_BEGIN_DECLS

#define TL_HTTP_REPLY_MAX_HEAD_BYTES (16 * 1024)
#define TL_HTTP_REPLY_MAX_BODY_BYTES (64 * 1024)
#define TL_HTTP_REPLY_MAX_INTERIM    8

/**
 * TlHttpReply:
 *
 * One answer to an HTTP/1.1 request (RFC 9112), read as it comes in, whose body is a secret. What
 * it has seen is wiped with it. Pure: it is fed. Used by one thread at a time.
 */
typedef struct _TlHttpReply TlHttpReply;

TlHttpReply *tl_http_reply_new              (void) G_GNUC_WARN_UNUSED_RESULT;
void         tl_http_reply_free             (TlHttpReply        *self);

gboolean     tl_http_reply_feed             (TlHttpReply        *self,
                                             const void         *bytes,
                                             gsize               len,
                                             GError            **error);
gboolean     tl_http_reply_end              (TlHttpReply        *self,
                                             GError            **error);

gboolean     tl_http_reply_is_whole         (const TlHttpReply  *self);
guint        tl_http_reply_get_status       (const TlHttpReply  *self);
const char  *tl_http_reply_get_content_type (const TlHttpReply  *self);
guint        tl_http_reply_get_retry_after  (const TlHttpReply  *self);
TlSecret    *tl_http_reply_dup_body         (const TlHttpReply  *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlHttpReply, tl_http_reply_free)

G_END_DECLS
