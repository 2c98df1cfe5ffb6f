/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define TL_TRANSCRIPT_MAX_LINES 400

/**
 * TlTranscriptDirection:
 * @TL_TRANSCRIPT_SENT: from this program
 * @TL_TRANSCRIPT_RECEIVED: from the server
 * @TL_TRANSCRIPT_NOTE: something that happened, such as a finished handshake
 */
typedef enum
{
  TL_TRANSCRIPT_SENT,
  TL_TRANSCRIPT_RECEIVED,
  TL_TRANSCRIPT_NOTE,
} TlTranscriptDirection;

/**
 * TlTranscript:
 *
 * What was said on one connection, with a clock. The line stream writes it, so
 * no caller has to remember to; of a secret it holds only the length. Text has
 * been through tl_text_clean(). Not locked: one thread writes it, and hands it
 * over when the conversation has ended.
 */
typedef struct _TlTranscript TlTranscript;

#define TL_TYPE_TRANSCRIPT (tl_transcript_get_type ())
GType                  tl_transcript_get_type      (void) G_GNUC_CONST;

TlTranscript          *tl_transcript_new           (void) G_GNUC_WARN_UNUSED_RESULT;
TlTranscript          *tl_transcript_ref           (TlTranscript           *self);
void                   tl_transcript_unref         (TlTranscript           *self);

void                   tl_transcript_add           (TlTranscript           *self,
                                                    TlTranscriptDirection   direction,
                                                    const char             *bytes,
                                                    gssize                  len);
void                   tl_transcript_add_secret    (TlTranscript           *self,
                                                    gsize                   len);

guint                  tl_transcript_get_n_lines   (const TlTranscript     *self);
TlTranscriptDirection  tl_transcript_get_direction (const TlTranscript     *self,
                                                    guint                   line);
guint                  tl_transcript_get_ms        (const TlTranscript     *self,
                                                    guint                   line);
const char            *tl_transcript_get_text      (const TlTranscript     *self,
                                                    guint                   line);
char                  *tl_transcript_to_string     (const TlTranscript     *self)
                                                    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTranscript, tl_transcript_unref)

G_END_DECLS
