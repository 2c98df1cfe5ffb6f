/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to the IMAP session: how one command and its answers go. */

#include "tl-imap-command.h"
#include "tl-imap-flight.h"
#include "tl-imap-session.h"

G_BEGIN_DECLS

/* What a server may say before it completes a command. A mailbox may have
 * thousands of folders, one response each. */
#define TL_IMAP_TALK_MAX_RESPONSES       128
#define TL_IMAP_TALK_MAX_RESPONSE_BYTES  (256 * 1024)
#define TL_IMAP_TALK_MAX_FOLDERS         10000
#define TL_IMAP_TALK_MAX_FOLDER_BYTES    (2 * 1024 * 1024)

/* How many texts for people are kept. */
#define TL_IMAP_TALK_MAX_ALERTS          4

/* What commands are called in the flight: the one that is run by itself, the
 * ones that travel together, and IDLE, whose completion may come late. */
typedef enum
{
  TL_IMAP_TALK_RUN,
  TL_IMAP_TALK_ENABLE,
  TL_IMAP_TALK_ID,
  TL_IMAP_TALK_NAMESPACE,
  TL_IMAP_TALK_LIST,
  TL_IMAP_TALK_MYRIGHTS,
  TL_IMAP_TALK_QUOTA,
  TL_IMAP_TALK_EXAMINE,
  TL_IMAP_TALK_IDLE,
  /* Of a batch; the last: the rest of them follow it. */
  TL_IMAP_TALK_BATCH,
} TlImapTalkId;

struct _TlImapSession
{
  TlConversation *conversation;  /* borrowed */

  /* What the server said, owned */
  TlCapabilities *capabilities;  /* NULL when they have to be asked for */
  GPtrArray      *mailboxes;     /* of TlImapMailbox */
  TlImapFacts     facts;
  char           *host;          /* that we signed in to, NULL before */
  const char     *mechanism;     /* that signed us in, static; NULL before */
  gboolean        is_preauth;
  gboolean        took_clear_sign_in;
  gboolean        is_signing_in; /* the command under way does it */
  gboolean        is_signed_in;
  gboolean        is_utf8;       /* names go as UTF-8, and not as modified UTF-7 */
  gboolean        finds_simply;  /* a search has room for one thing to look for */
  gboolean        has_arrivals;  /* EXISTS came since the folder was opened or last waited for */

  /* What is under way */
  TlImapFlight   *flight;        /* owned */
  GPtrArray      *answers;       /* of TlImapResponse: data the command run by itself asked for */
  guint           max_responses;
  gsize           max_bytes;
  guint           n_responses;
  gsize           n_bytes;
};

TlImapCommand  *tl_imap_talk_make              (TlImapSession         *self,
                                                TlImapTalkId           id,
                                                const char            *name,
                                                const char * const    *data,
                                                TlImapFlightFlags      flags)
  G_GNUC_WARN_UNUSED_RESULT;
void            tl_imap_talk_reset_bounds      (TlImapSession         *self,
                                                guint                  max_responses,
                                                gsize                  max_bytes);
TlImapCommand  *tl_imap_talk_begin_for         (TlImapSession         *self,
                                                const char            *name,
                                                const char * const    *data)
  G_GNUC_WARN_UNUSED_RESULT;
TlImapCommand  *tl_imap_talk_begin             (TlImapSession         *self,
                                                const char            *name)
  G_GNUC_WARN_UNUSED_RESULT;
char           *tl_imap_talk_encode_name       (TlImapSession         *self,
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
TlImapResponse *tl_imap_talk_next_sync         (TlImapSession         *self,
                                                int                   *out_id,
                                                TlDeadline             patience,
                                                TlDeadline             deadline,
                                                GCancellable          *cancellable,
                                                TlFault              **out_fault,
                                                GError               **error)
  G_GNUC_WARN_UNUSED_RESULT;
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
gboolean        tl_imap_talk_judge_opening     (const TlImapResponse  *response,
                                                const char            *folder,
                                                TlFault              **out_fault);
gboolean        tl_imap_talk_fail              (TlFault              **out_fault,
                                                TlCause                cause,
                                                const char            *detail);

G_END_DECLS
