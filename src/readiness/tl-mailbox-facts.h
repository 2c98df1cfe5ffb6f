/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-mailbox-report.h"

G_BEGIN_DECLS

/**
 * TlMailboxEntry:
 * @name: in UTF-8, as the server means it, cleaned and without secrets
 * @attributes: (array zero-terminated=1): of LIST, lower case, without the backslash
 * @xlist: (nullable) (array zero-terminated=1): of XLIST, likewise; %NULL where that was not asked
 * @delimiter: 0 when names are flat
 * @n_messages: STATUS MESSAGES, -1 when not known
 * @n_unseen: STATUS UNSEEN, -1 when not known
 * @n_bytes: STATUS SIZE (RFC 8438), -1 when not known
 * @rights: (nullable): MYRIGHTS, as letters (RFC 4314)
 * @is_new: it was made in this very session, because somebody asked for it
 * @is_changed: @name had to be cleaned, and is not what the server calls it
 */
typedef struct
{
  char    *name;
  char   **attributes;
  char   **xlist;
  char     delimiter;
  gint64   n_messages;
  gint64   n_unseen;
  gint64   n_bytes;
  char    *rights;
  gboolean is_new;
  gboolean is_changed;
} TlMailboxEntry;

TlMailboxEntry *tl_mailbox_entry_copy (const TlMailboxEntry *self) G_GNUC_WARN_UNUSED_RESULT;
void            tl_mailbox_entry_free (TlMailboxEntry       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlMailboxEntry, tl_mailbox_entry_free)

/**
 * TlMailboxFailure:
 * @name: the folder that was to be made
 * @server_text: (nullable): why it was not, in the server's words, cleaned and without secrets
 * @imap_code: (nullable): its response code, `NOPERM`, `OVERQUOTA` (RFC 5530)
 */
typedef struct
{
  char *name;
  char *server_text;
  char *imap_code;
} TlMailboxFailure;

TlMailboxFailure *tl_mailbox_failure_new  (const char       *name,
                                           const char       *server_text,
                                           const char       *imap_code) G_GNUC_WARN_UNUSED_RESULT;
void              tl_mailbox_failure_free (TlMailboxFailure *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlMailboxFailure, tl_mailbox_failure_free)

/**
 * TlMailboxFactsParts:
 * @surveyed_at_s: when, seconds since the epoch
 * @host: the server
 * @capabilities: (array zero-terminated=1): what it says it can, signed in
 * @prefix: (nullable): of personal folders, cleaned
 * @delimiter: theirs
 * @entries: (element-type TlMailboxEntry): every folder that LIST gave, in its order
 * @quotas: (element-type TlMailboxQuota): each root once
 * @failures: (element-type TlMailboxFailure): what could not be made
 * @is_cut: there were more folders, or not all that was asked was answered in time
 */
typedef struct
{
  gint64               surveyed_at_s;
  const char          *host;
  const char * const  *capabilities;
  const char          *prefix;
  char                 delimiter;
  GPtrArray           *entries;
  GPtrArray           *quotas;
  GPtrArray           *failures;
  gboolean             is_cut;
} TlMailboxFactsParts;

/**
 * TlMailboxFacts: what a look around a mailbox showed, not judged. Immutable, atomically counted.
 */
typedef struct _TlMailboxFacts TlMailboxFacts;

#define TL_TYPE_MAILBOX_FACTS (tl_mailbox_facts_get_type ())
GType                      tl_mailbox_facts_get_type  (void) G_GNUC_CONST;

TlMailboxFacts            *tl_mailbox_facts_new       (const TlMailboxFactsParts *parts)
                                                       G_GNUC_WARN_UNUSED_RESULT;
TlMailboxFacts            *tl_mailbox_facts_ref       (TlMailboxFacts            *self);
void                       tl_mailbox_facts_unref     (TlMailboxFacts            *self);
const TlMailboxFactsParts *tl_mailbox_facts_get_parts (const TlMailboxFacts      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlMailboxFacts, tl_mailbox_facts_unref)

G_END_DECLS
