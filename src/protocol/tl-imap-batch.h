/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to the IMAP session: many commands that do not depend on each other. */

#include "tl-imap-session.h"

G_BEGIN_DECLS

/* What travels in one flight: less than what both ends buffer anyway, so that neither waits for
 * the other to read. */
#define TL_IMAP_BATCH_MAX_COMMANDS 256
#define TL_IMAP_BATCH_MAX_BYTES    24576

/* What all of one flight may be answered with: two responses a folder, and more than a few. */
#define TL_IMAP_BATCH_MAX_RESPONSES      20000
#define TL_IMAP_BATCH_MAX_RESPONSE_BYTES (4 * 1024 * 1024)

/**
 * TlImapBatchCommand:
 * @name: static, an atom
 * @before: (nullable): words of our own
 * @mailbox: (nullable): a word from outside, a folder as the server names it
 * @after: (nullable): words of our own
 * @data: (nullable) (array zero-terminated=1): static: which untagged data it is answered with
 *
 * One of them; all is borrowed.
 */
typedef struct
{
  const char         *name;
  const char         *before;
  const char         *mailbox;
  const char         *after;
  const char * const *data;
} TlImapBatchCommand;

/**
 * TlImapBatchTake:
 * @index: the command that was completed, -1 for data that one of them asked for
 * @response: the completion, or the data
 * @user_data: passed on
 */
typedef void (*TlImapBatchTake) (int                    index,
                                 const TlImapResponse  *response,
                                 gpointer               user_data);

gboolean tl_imap_batch_run_sync (TlImapSession             *session,
                                 const TlImapBatchCommand  *commands,
                                 guint                      n_commands,
                                 TlImapBatchTake            take,
                                 gpointer                   user_data,
                                 TlDeadline                 deadline,
                                 GCancellable              *cancellable,
                                 TlFault                  **out_fault,
                                 GError                   **error);

G_END_DECLS
