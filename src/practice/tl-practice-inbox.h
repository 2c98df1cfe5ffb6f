/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-practice-folders.h"

G_BEGIN_DECLS

#define TL_PRACTICE_INBOX_MAX_MESSAGES      20
#define TL_PRACTICE_INBOX_MAX_MESSAGE_BYTES 65536

/**
 * TlPracticeInbox:
 *
 * What the practice mailbox holds: its folders, and the messages that were handed in by the
 * outgoing server, in memory, until they are removed or practising ends. All
 * functions may be called on any thread. Atomically counted.
 */
typedef struct _TlPracticeInbox TlPracticeInbox;

TlPracticeInbox *tl_practice_inbox_new          (void) G_GNUC_WARN_UNUSED_RESULT;
TlPracticeInbox *tl_practice_inbox_ref          (TlPracticeInbox  *self);
void             tl_practice_inbox_unref        (TlPracticeInbox  *self);

gboolean         tl_practice_inbox_deliver      (TlPracticeInbox  *self,
                                                 const char       *message);
GArray          *tl_practice_inbox_list_uids    (TlPracticeInbox  *self) G_GNUC_WARN_UNUSED_RESULT;
guint32          tl_practice_inbox_get_next_uid (TlPracticeInbox  *self);
gsize            tl_practice_inbox_get_bytes    (TlPracticeInbox  *self);
char            *tl_practice_inbox_dup_header   (TlPracticeInbox  *self,
                                                 guint32           uid) G_GNUC_WARN_UNUSED_RESULT;
gboolean         tl_practice_inbox_set_deleted  (TlPracticeInbox  *self,
                                                 guint32           uid,
                                                 gboolean          is_deleted);
void             tl_practice_inbox_expunge      (TlPracticeInbox  *self,
                                                 guint32           uid);

TlPracticeFolders *tl_practice_inbox_get_folders (TlPracticeInbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPracticeInbox, tl_practice_inbox_unref)

G_END_DECLS
