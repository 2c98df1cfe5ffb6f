/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-conversation.h"
#include "tl-sasl.h"

G_BEGIN_DECLS

/* Challenges a server may send before the exchange is given up. */
#define TL_SASL_MAX_ROUNDS 8

/**
 * TlSaslAnswer: what the server said to our last message
 * @TL_SASL_ANSWER_MORE: it wants more
 * @TL_SASL_ANSWER_DONE: it let us in
 * @TL_SASL_ANSWER_NOT_THIS_MECHANISM: it does not know the mechanism, and was not shown the
 *   password or a proof of it: tl_sasl_has_shown_secret(). Only then is there a second try
 */
typedef enum
{
  TL_SASL_ANSWER_MORE,
  TL_SASL_ANSWER_DONE,
  TL_SASL_ANSWER_NOT_THIS_MECHANISM,
} TlSaslAnswer;

/**
 * TlSaslLink:
 * @get_max_initial_line_len: how long the command may be with the first message on it, with its
 *   line end; 0 when none may ride on it
 * @make_command: the command that names the mechanism, without a message
 * @hush_sync: lets go of what may come unasked; anything else that is there is a fault
 * @read_sync: reads one answer; a refusal is a fault. The challenge is in base64
 *
 * How a protocol carries SASL: IMAP and SMTP each supply one.
 */
typedef struct
{
  gsize    (*get_max_initial_line_len) (gpointer    session,
                                        TlSaslWith  with);
  char    *(*make_command)  (gpointer       session,
                             const char    *mechanism);
  gboolean (*hush_sync)     (gpointer       session,
                             TlDeadline     deadline,
                             GCancellable  *cancellable,
                             TlFault      **out_fault,
                             GError       **error);
  gboolean (*read_sync)     (gpointer       session,
                             const TlSasl  *sasl,
                             TlSaslAnswer  *out_answer,
                             char         **out_challenge,
                             TlDeadline     deadline,
                             GCancellable  *cancellable,
                             TlFault      **out_fault,
                             GError       **error);
} TlSaslLink;

gboolean tl_sasl_talk_can_bind (TlConversation  *conversation);
gboolean tl_sasl_talk_sync (const TlSaslLink    *link,
                            gpointer             session,
                            TlConversation      *conversation,
                            const char * const  *offered,
                            const TlSaslCredentials *who,
                            const char         **out_mechanism,
                            TlDeadline           deadline,
                            GCancellable        *cancellable,
                            TlFault            **out_fault,
                            GError             **error);

G_END_DECLS
