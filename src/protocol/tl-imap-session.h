/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-capabilities.h"
#include "tl-conversation.h"
#include "tl-imap-response.h"

G_BEGIN_DECLS

/**
 * TlImapSession:
 *
 * The client's side of one IMAP connection (RFC 9051, RFC 3501), one function
 * a stage. They block, and belong on a lane thread. After a fault or an error
 * the session is of no further use. The conversation is borrowed.
 */
typedef struct _TlImapSession TlImapSession;

TlImapSession  *tl_imap_session_new               (TlConversation  *conversation)
  G_GNUC_WARN_UNUSED_RESULT;
void            tl_imap_session_free              (TlImapSession   *self);

gboolean        tl_imap_session_greet_sync        (TlImapSession   *self,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
gboolean        tl_imap_session_upgrade_sync      (TlImapSession   *self,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
gboolean        tl_imap_session_capability_sync   (TlImapSession   *self,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
TlFault        *tl_imap_session_judge_offer       (TlImapSession   *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean        tl_imap_session_authenticate_sync (TlImapSession   *self,
                                                   const char      *username,
                                                   TlSecret        *password,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
gboolean        tl_imap_session_list_sync         (TlImapSession   *self,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
gboolean        tl_imap_session_examine_sync      (TlImapSession   *self,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
void            tl_imap_session_logout_sync       (TlImapSession   *self,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable);

TlCapabilities *tl_imap_session_get_capabilities  (TlImapSession   *self);
GPtrArray      *tl_imap_session_get_mailboxes     (TlImapSession   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlImapSession, tl_imap_session_free)

G_END_DECLS
