/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-imap-response.h"

G_BEGIN_DECLS

/**
 * TlImapCounts:
 * @wire: the folder, as the server names it
 * @n_messages: how many are in it, -1 when not told
 * @n_unseen: how many of them were not read, -1 when not told
 * @n_bytes: of all of them together (RFC 8438), -1 when not told
 *
 * What a STATUS response says of one folder (RFC 9051 §7.3.4).
 */
typedef struct
{
  char   *wire;
  gint64  n_messages;
  gint64  n_unseen;
  gint64  n_bytes;
} TlImapCounts;

TlImapCounts *tl_imap_counts_new_from_status (const TlImapResponse *response)
                                              G_GNUC_WARN_UNUSED_RESULT;
void          tl_imap_counts_free            (TlImapCounts         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlImapCounts, tl_imap_counts_free)

G_END_DECLS
