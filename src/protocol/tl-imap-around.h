/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-imap-session.h"

G_BEGIN_DECLS

/**
 * TlImapAround:
 * @subscribe: (element-type utf8): folders to subscribe to
 * @count: (element-type utf8): folders whose messages are counted
 * @rights: (element-type utf8): folders that we ask our rights on
 * @lists: whether all folders are listed anew
 * @counts_listed: whether they are counted on the way, where the server does so (LIST-STATUS)
 * @listed: (element-type TlImapMailbox): what LIST gave
 * @is_listed: whether it gave all of it
 * @xlisted: (element-type TlImapMailbox): what XLIST gave
 * @counts: (element-type TlImapCounts): what STATUS gave, as it came
 * @rights_by_wire: (element-type utf8 utf8): what MYRIGHTS gave
 * @quotas: (element-type TlImapQuota): what QUOTA gave
 * @roots: (element-type utf8): the roots that the inbox is under
 *
 * A look around a mailbox: what is asked, and what was learnt so far. Folders go by the names that
 * they have on the wire.
 */
typedef struct
{
  /* Asked */
  GPtrArray  *subscribe;
  GPtrArray  *count;
  GPtrArray  *rights;
  gboolean    lists;
  gboolean    counts_listed;

  /* Learnt */
  GPtrArray  *listed;
  gboolean    is_listed;
  GPtrArray  *xlisted;
  GPtrArray  *counts;
  GHashTable *rights_by_wire;
  GPtrArray  *quotas;
  GPtrArray  *roots;
} TlImapAround;

TlImapAround *tl_imap_around_new                  (void) G_GNUC_WARN_UNUSED_RESULT;
void          tl_imap_around_free                 (TlImapAround   *self);

gboolean      tl_imap_session_look_around_sync    (TlImapSession  *session,
                                                   TlImapAround   *around,
                                                   TlDeadline      deadline,
                                                   GCancellable   *cancellable,
                                                   TlFault       **out_fault,
                                                   GError        **error);

/* Making folders. Names are on the wire's terms, too. */
char         *tl_imap_session_encode_name         (TlImapSession  *session,
                                                   const char     *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean      tl_imap_session_create_sync         (TlImapSession  *session,
                                                   GPtrArray      *wires,
                                                   GPtrArray      *verdicts,
                                                   TlDeadline      deadline,
                                                   GCancellable   *cancellable,
                                                   TlFault       **out_fault,
                                                   GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlImapAround, tl_imap_around_free)

G_END_DECLS
