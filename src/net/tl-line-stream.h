/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-channel.h"
#include "tl-secret.h"
#include "tl-transcript.h"

G_BEGIN_DECLS

/**
 * TlLineStream:
 *
 * Lines over a channel, with a bound on their length, and the only place that
 * writes the transcript. A new one is made for each security layer, so that
 * nothing read before a handshake can be read after it. The channel is
 * borrowed and must outlive the stream.
 */
typedef struct _TlLineStream TlLineStream;

TlLineStream *tl_line_stream_new               (TlChannel            *channel,
                                                gsize                 max_line_len,
                                                TlTranscript         *transcript)
                                                G_GNUC_WARN_UNUSED_RESULT;
void          tl_line_stream_free              (TlLineStream         *self);

char         *tl_line_stream_read_sync         (TlLineStream         *self,
                                                TlDeadline            deadline,
                                                GCancellable         *cancellable,
                                                TlFault             **out_fault,
                                                GError              **error)
                                                G_GNUC_WARN_UNUSED_RESULT;
GBytes       *tl_line_stream_read_bytes_sync   (TlLineStream         *self,
                                                gsize                 len,
                                                TlDeadline            deadline,
                                                GCancellable         *cancellable,
                                                TlFault             **out_fault,
                                                GError              **error)
                                                G_GNUC_WARN_UNUSED_RESULT;
gboolean      tl_line_stream_write_sync        (TlLineStream         *self,
                                                const char           *line,
                                                TlDeadline            deadline,
                                                GCancellable         *cancellable,
                                                TlFault             **out_fault,
                                                GError              **error);
gboolean      tl_line_stream_write_lines_sync  (TlLineStream         *self,
                                                const char * const   *lines,
                                                TlDeadline            deadline,
                                                GCancellable         *cancellable,
                                                TlFault             **out_fault,
                                                GError              **error);
gboolean      tl_line_stream_write_secret_sync (TlLineStream         *self,
                                                const TlVerifiedTls  *proof,
                                                TlSecret             *line,
                                                TlDeadline            deadline,
                                                GCancellable         *cancellable,
                                                TlFault             **out_fault,
                                                GError              **error);
void          tl_line_stream_guard             (TlLineStream         *self,
                                                TlSecret             *secret);
gboolean      tl_line_stream_has_pending       (TlLineStream         *self);
char         *tl_line_stream_dup_pending       (TlLineStream         *self)
                                                G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLineStream, tl_line_stream_free)

G_END_DECLS
