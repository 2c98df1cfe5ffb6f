/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-capabilities.h"
#include "tl-conversation.h"
#include "tl-sasl.h"
#include "tl-smtp-reply.h"

G_BEGIN_DECLS

/**
 * TlSmtpSession:
 *
 * The client's side of one message submission connection (RFC 6409), one
 * function a stage. They block, and belong on a lane thread. After a fault or
 * an error the session is of no further use. The conversation is borrowed.
 */
typedef struct _TlSmtpSession TlSmtpSession;

TlSmtpSession  *tl_smtp_session_new               (TlConversation  *conversation)
  G_GNUC_WARN_UNUSED_RESULT;
void            tl_smtp_session_free              (TlSmtpSession   *self);

gboolean        tl_smtp_session_greet_sync        (TlSmtpSession   *self,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
gboolean        tl_smtp_session_upgrade_sync      (TlSmtpSession   *self,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
gboolean        tl_smtp_session_ehlo_sync         (TlSmtpSession   *self,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
TlFault        *tl_smtp_session_judge_offer       (TlSmtpSession   *self,
                                                   TlSaslWith       with) G_GNUC_WARN_UNUSED_RESULT;
gboolean        tl_smtp_session_authenticate_sync (TlSmtpSession   *self,
                                                   const TlSaslCredentials *who,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
gboolean        tl_smtp_session_try_sender_sync   (TlSmtpSession   *self,
                                                   TlAddress       *address,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
gboolean        tl_smtp_session_send_sync         (TlSmtpSession   *self,
                                                   TlAddress       *address,
                                                   GBytes          *message,
                                                   char           **out_answer,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
void            tl_smtp_session_quit_sync         (TlSmtpSession   *self,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable);

TlCapabilities *tl_smtp_session_get_capabilities  (TlSmtpSession   *self);
const char     *tl_smtp_session_get_mechanism     (TlSmtpSession   *self);
guint64         tl_smtp_session_get_max_message_bytes (TlSmtpSession *self);
gboolean        tl_smtp_session_took_clear_sign_in (TlSmtpSession  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSmtpSession, tl_smtp_session_free)

G_END_DECLS
