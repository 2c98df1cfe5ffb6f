/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to the IMAP session: how one command and its answers go. */

#include "tl-imap-command.h"
#include "tl-imap-session.h"

G_BEGIN_DECLS

/* What a server may say before it completes a command. A mailbox may have
 * thousands of folders, one response each. */
#define TL_IMAP_TALK_MAX_RESPONSES       128
#define TL_IMAP_TALK_MAX_RESPONSE_BYTES  (256 * 1024)
#define TL_IMAP_TALK_MAX_FOLDERS         10000
#define TL_IMAP_TALK_MAX_FOLDER_BYTES    (2 * 1024 * 1024)

struct _TlImapSession
{
  TlConversation *conversation;  /* borrowed */

  /* What the server said, owned */
  TlCapabilities *capabilities;  /* NULL when they have to be asked for */
  GPtrArray      *mailboxes;     /* of TlImapMailbox */
  gboolean        is_preauth;
  gboolean        has_n_messages;

  /* The command under way */
  char           *tag;           /* owned */
  guint           max_responses;
  gsize           max_bytes;
  guint           n_responses;
  gsize           n_bytes;
};

TlImapCommand  *tl_imap_talk_begin             (TlImapSession         *self,
                                                const char            *name)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean        tl_imap_talk_hush_sync         (TlImapSession         *self,
                                                TlDeadline             deadline,
                                                GCancellable          *cancellable,
                                                TlFault              **out_fault,
                                                GError               **error);
gboolean        tl_imap_talk_write_sync        (TlImapSession         *self,
                                                const TlImapCommand   *command,
                                                guint                  index,
                                                TlDeadline             deadline,
                                                GCancellable          *cancellable,
                                                TlFault              **out_fault,
                                                GError               **error);
TlImapResponse *tl_imap_talk_read_sync         (TlImapSession         *self,
                                                TlDeadline             deadline,
                                                GCancellable          *cancellable,
                                                TlFault              **out_fault,
                                                GError               **error)
  G_GNUC_WARN_UNUSED_RESULT;
TlImapResponse *tl_imap_talk_run_sync          (TlImapSession         *self,
                                                const TlImapCommand   *command,
                                                TlDeadline             deadline,
                                                GCancellable          *cancellable,
                                                TlFault              **out_fault,
                                                GError               **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean        tl_imap_talk_take_capabilities (TlImapSession         *self,
                                                const TlImapResponse  *response,
                                                TlFault              **out_fault);
gboolean        tl_imap_talk_judge             (const TlImapResponse  *response,
                                                TlCause                refusal,
                                                TlFault              **out_fault);
gboolean        tl_imap_talk_fail              (TlFault              **out_fault,
                                                TlCause                cause,
                                                const char            *detail);

G_END_DECLS
