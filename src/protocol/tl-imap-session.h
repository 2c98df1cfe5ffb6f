/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-capabilities.h"
#include "tl-conversation.h"
#include "tl-imap-facts.h"
#include "tl-imap-response.h"
#include "tl-sasl.h"

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
TlFault        *tl_imap_session_judge_offer       (TlImapSession   *self,
                                                   TlSaslWith       with) G_GNUC_WARN_UNUSED_RESULT;
gboolean        tl_imap_session_authenticate_sync (TlImapSession   *self,
                                                   const TlSaslCredentials *who,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
gboolean        tl_imap_session_use_sync          (TlImapSession   *self,
                                                   const char      *folder,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);

/* For the loop test, once signed in. Folder names are UTF-8. */
gboolean        tl_imap_session_open_sync         (TlImapSession   *self,
                                                   const char      *folder,
                                                   gboolean         for_changes,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
GArray         *tl_imap_session_find_sync         (TlImapSession   *self,
                                                   const char      *message_id,
                                                   const char      *field,
                                                   const char      *value,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error)
  G_GNUC_WARN_UNUSED_RESULT;
GBytes         *tl_imap_session_fetch_header_sync (TlImapSession   *self,
                                                   guint32          uid,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean        tl_imap_session_remove_sync       (TlImapSession   *self,
                                                   guint32          uid,
                                                   gboolean        *out_gone,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
gboolean        tl_imap_session_wait_sync         (TlImapSession   *self,
                                                   TlDeadline       patience,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable,
                                                   TlFault        **out_fault,
                                                   GError         **error);
void            tl_imap_session_logout_sync       (TlImapSession   *self,
                                                   TlDeadline       deadline,
                                                   GCancellable    *cancellable);

TlCapabilities *tl_imap_session_get_capabilities  (TlImapSession   *self);
const char     *tl_imap_session_get_host          (TlImapSession   *self);
const char     *tl_imap_session_get_mechanism     (TlImapSession   *self);
GPtrArray      *tl_imap_session_get_mailboxes     (TlImapSession   *self);
const TlImapFacts *tl_imap_session_get_facts      (TlImapSession   *self);
gboolean        tl_imap_session_took_clear_sign_in (TlImapSession  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlImapSession, tl_imap_session_free)

G_END_DECLS
