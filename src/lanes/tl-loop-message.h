/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"

G_BEGIN_DECLS

/* The field with the token in it. */
#define TL_LOOP_MESSAGE_FIELD "X-Twolane-Loop"

/**
 * TlLoopMessage:
 * @token: 128 random bits in hexadecimal, which tell this message from any other
 * @message_id: its Message-ID, with the angle brackets
 * @bytes: all of it (RFC 5322), lines ended by CRLF, 2 KiB at most
 *
 * The test message.
 */
typedef struct
{
  char   *token;
  char   *message_id;
  GBytes *bytes;
} TlLoopMessage;

TlLoopMessage *tl_loop_message_new  (TlAddress            *address,
                                     gint64                now_s) G_GNUC_WARN_UNUSED_RESULT;
void           tl_loop_message_free (TlLoopMessage        *self);
gboolean       tl_loop_message_owns (const TlLoopMessage  *self,
                                     GBytes               *header);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLoopMessage, tl_loop_message_free)

G_END_DECLS
