/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to the SMTP session: how one command and its reply go. */

#include "tl-smtp-session.h"

G_BEGIN_DECLS

struct _TlSmtpSession
{
  TlConversation *conversation;   /* borrowed */
  TlCapabilities *capabilities;   /* owned, NULL when they have to be asked for */
  gboolean        is_overwritten; /* somebody on the way changed the greeting */
  gboolean        took_clear_sign_in; /* a password would have been taken before TLS */
  const char     *mechanism;      /* that signed us in, static; NULL before */
};

gboolean     tl_smtp_talk_hush_sync      (TlSmtpSession      *self,
                                          TlDeadline          deadline,
                                          GCancellable       *cancellable,
                                          TlFault           **out_fault,
                                          GError            **error);
gboolean     tl_smtp_talk_read_rest_sync (TlSmtpSession      *self,
                                          TlSmtpReply        *reply,
                                          gboolean            more,
                                          TlDeadline          deadline,
                                          GCancellable       *cancellable,
                                          TlFault           **out_fault,
                                          GError            **error);
TlSmtpReply *tl_smtp_talk_read_sync      (TlSmtpSession      *self,
                                          TlDeadline          deadline,
                                          GCancellable       *cancellable,
                                          TlFault           **out_fault,
                                          GError            **error) G_GNUC_WARN_UNUSED_RESULT;
TlSmtpReply *tl_smtp_talk_run_sync       (TlSmtpSession      *self,
                                          const char         *command,
                                          TlDeadline          deadline,
                                          GCancellable       *cancellable,
                                          TlFault           **out_fault,
                                          GError            **error) G_GNUC_WARN_UNUSED_RESULT;
TlFault     *tl_smtp_talk_refuse         (const TlSmtpReply  *reply,
                                          TlCause             refusal) G_GNUC_WARN_UNUSED_RESULT;
TlFault     *tl_smtp_talk_check_address  (TlSmtpSession      *self,
                                          TlAddress          *address) G_GNUC_WARN_UNUSED_RESULT;
gboolean     tl_smtp_talk_judge          (const TlSmtpReply  *reply,
                                          TlCause             refusal,
                                          TlFault           **out_fault);
gboolean     tl_smtp_talk_fail           (TlFault           **out_fault,
                                          TlCause             cause,
                                          const char         *detail);

G_END_DECLS
