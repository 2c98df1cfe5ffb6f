/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-imap-response.h"

G_BEGIN_DECLS

/**
 * TlImapFacts:
 * @software: (nullable): the server's name and version (ID, RFC 2971), cleaned
 * @prefix: (nullable): of the personal folders, in UTF-8 (NAMESPACE, RFC 2342), cleaned
 * @delimiter: what parts of their names are told apart by, 0 when not known
 * @rights: (nullable): ours on the inbox, as letters (MYRIGHTS, RFC 4314 §2.1)
 * @has_quota: whether @quota_used and @quota_limit are known (RFC 9208), in KiB
 * @n_messages: how many are in the inbox
 * @idles: whether IDLE was entered: the server said `+` (RFC 2177)
 * @alerts: (nullable): what people have to be shown (RFC 9051 §7.1), under TLS and signed in only;
 *   cleaned, four at most
 *
 * What a signed-in session learnt of its mailbox.
 */
typedef struct
{
  char     *software;
  char     *prefix;
  char      delimiter;
  char     *rights;
  gboolean  has_quota;
  guint64   quota_used;
  guint64   quota_limit;
  guint     n_messages;
  gboolean  idles;
  char    **alerts;
} TlImapFacts;

void tl_imap_facts_take  (TlImapFacts           *self,
                          const TlImapResponse  *response);
void tl_imap_facts_clear (TlImapFacts           *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlImapFacts, tl_imap_facts_clear)

G_END_DECLS
