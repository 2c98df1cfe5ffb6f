/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-practice-inbox.h"
#include "tl-practice-link.h"

G_BEGIN_DECLS

/**
 * TlPracticeFolder:
 *
 * The folder that a client of the practice IMAP server has open, as the client
 * has been told it is (RFC 9051 §7.4). Only the inbox holds anything. Used by
 * one thread; the link is borrowed.
 */
typedef struct _TlPracticeFolder TlPracticeFolder;

TlPracticeFolder *tl_practice_folder_open   (TlPracticeLink    *link,
                                             TlPracticeInbox   *inbox,
                                             gboolean           is_writable)
  G_GNUC_WARN_UNUSED_RESULT;
void              tl_practice_folder_close  (TlPracticeFolder  *self);

void              tl_practice_folder_tell   (TlPracticeFolder  *self);
void              tl_practice_folder_search (TlPracticeFolder  *self,
                                             const char        *tag,
                                             const char        *message_id,
                                             const char        *field,
                                             const char        *value);
void              tl_practice_folder_fetch  (TlPracticeFolder  *self,
                                             const char        *tag,
                                             guint32            uid);
void              tl_practice_folder_mark   (TlPracticeFolder  *self,
                                             const char        *tag,
                                             guint32            uid,
                                             gboolean           is_deleted);
void              tl_practice_folder_expunge (TlPracticeFolder *self,
                                             const char        *tag,
                                             guint32            uid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPracticeFolder, tl_practice_folder_close)

G_END_DECLS
