/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-imap-response.h"

G_BEGIN_DECLS

/**
 * TlImapMailbox:
 * @name: as the server means it, in UTF-8, not cleaned
 * @wire: as it came: what the server is asked about it by
 * @attributes: (array zero-terminated=1): all that it said of it, without the backslash
 * @role: (nullable): `inbox`, `sent`, `drafts`, `junk`, `trash`, `archive`, `all` or `flagged`
 * @delimiter: what parts of the name are told apart by, 0 when the names are flat
 * @selectable: whether it can be opened
 *
 * One folder, out of a LIST response (RFC 9051 §7.3.1, RFC 6154), or an XLIST one, which looks
 * the same.
 */
typedef struct
{
  char       *name;
  char       *wire;
  char      **attributes;
  const char *role;
  char        delimiter;
  gboolean    selectable;
} TlImapMailbox;

/* The most that is kept of what a server says of one folder. */
#define TL_IMAP_MAILBOX_MAX_ATTRIBUTES 32

TlImapMailbox *tl_imap_mailbox_new_from_list   (const TlImapResponse  *response,
                                                gboolean               is_utf8,
                                                TlFault              **out_fault)
  G_GNUC_WARN_UNUSED_RESULT;
void           tl_imap_mailbox_free            (TlImapMailbox         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlImapMailbox, tl_imap_mailbox_free)

G_END_DECLS
