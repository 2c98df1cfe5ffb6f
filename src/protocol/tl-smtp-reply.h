/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-fault.h"

G_BEGIN_DECLS

#define TL_SMTP_MAX_LINE_LEN    8192
#define TL_SMTP_REPLY_MAX_LINES 128
#define TL_SMTP_REPLY_MAX_BYTES (256 * 1024)

/**
 * TlSmtpReply:
 *
 * One reply of an SMTP server, fed line by line (RFC 5321 §4.2). Not a value:
 * one thread feeds it and reads it.
 */
typedef struct _TlSmtpReply TlSmtpReply;

TlSmtpReply *tl_smtp_reply_new               (void) G_GNUC_WARN_UNUSED_RESULT;
void         tl_smtp_reply_free              (TlSmtpReply        *self);

gboolean     tl_smtp_reply_feed              (TlSmtpReply        *self,
                                              const char         *line,
                                              gboolean           *out_more,
                                              TlFault           **out_fault);

guint        tl_smtp_reply_get_code          (const TlSmtpReply  *self);
gboolean     tl_smtp_reply_is_positive       (const TlSmtpReply  *self);
const char  *tl_smtp_reply_get_enhanced_code (const TlSmtpReply  *self);
guint        tl_smtp_reply_get_n_lines       (const TlSmtpReply  *self);
const char  *tl_smtp_reply_get_line          (const TlSmtpReply  *self,
                                              guint               index);
char        *tl_smtp_reply_dup_text          (const TlSmtpReply  *self) G_GNUC_WARN_UNUSED_RESULT;
TlFault     *tl_smtp_reply_to_fault          (const TlSmtpReply  *self,
                                              TlCause             cause) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSmtpReply, tl_smtp_reply_free)

G_END_DECLS
