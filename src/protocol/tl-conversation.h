/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-channel.h"
#include "tl-line-stream.h"

G_BEGIN_DECLS

/**
 * TlConversation:
 *
 * A channel with the line stream of its present security layer and, once the
 * handshake is done, the proof of it. A handshake makes a new stream: nothing
 * that was read before can be read after. Used by one thread; who makes it
 * frees it, after the sessions that talk through it.
 */
typedef struct _TlConversation TlConversation;

TlConversation *tl_conversation_new                (TlChannel       *channel,
                                                    gsize            max_line_len,
                                                    TlTranscript    *transcript)
  G_GNUC_WARN_UNUSED_RESULT;
void            tl_conversation_free               (TlConversation  *self);

gboolean        tl_conversation_handshake_sync     (TlConversation  *self,
                                                    const char      *host,
                                                    TlDeadline       deadline,
                                                    GCancellable    *cancellable,
                                                    TlFault        **out_fault,
                                                    GError         **error);
gboolean        tl_conversation_check_quiet        (TlConversation  *self,
                                                    TlCause          cause,
                                                    TlFault        **out_fault);

char           *tl_conversation_read_first_sync    (TlConversation  *self,
                                                    TlDeadline       deadline,
                                                    GCancellable    *cancellable,
                                                    TlFault        **out_fault,
                                                    GError         **error)
  G_GNUC_WARN_UNUSED_RESULT;
char           *tl_conversation_read_sync          (TlConversation  *self,
                                                    TlDeadline       deadline,
                                                    GCancellable    *cancellable,
                                                    TlFault        **out_fault,
                                                    GError         **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean        tl_conversation_write_sync         (TlConversation  *self,
                                                    const char      *line,
                                                    TlDeadline       deadline,
                                                    GCancellable    *cancellable,
                                                    TlFault        **out_fault,
                                                    GError         **error);
gboolean        tl_conversation_write_secret_sync  (TlConversation  *self,
                                                    TlSecret        *line,
                                                    TlDeadline       deadline,
                                                    GCancellable    *cancellable,
                                                    TlFault        **out_fault,
                                                    GError         **error);
gboolean        tl_conversation_write_bytes_sync   (TlConversation  *self,
                                                    GBytes          *bytes,
                                                    TlDeadline       deadline,
                                                    GCancellable    *cancellable,
                                                    TlFault        **out_fault,
                                                    GError         **error);

void            tl_conversation_guard              (TlConversation  *self,
                                                    const char      *username,
                                                    const TlSecret  *password);
gboolean        tl_conversation_has_written_secret (const TlConversation  *self);
TlLineStream   *tl_conversation_get_stream         (TlConversation  *self);
TlChannel      *tl_conversation_get_channel        (TlConversation  *self);
TlVerifiedTls  *tl_conversation_get_proof          (TlConversation  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlConversation, tl_conversation_free)

G_END_DECLS
