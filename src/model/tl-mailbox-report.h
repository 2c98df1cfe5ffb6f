/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-finding.h"
#include "tl-json.h"
#include "tl-loop-report.h"

G_BEGIN_DECLS

/* What a report holds at most; the rest is left out. */
#define TL_MAILBOX_REPORT_MAX_FOLDERS  1000
#define TL_MAILBOX_REPORT_MAX_QUOTAS   8
#define TL_MAILBOX_REPORT_MAX_FINDINGS 50
#define TL_MAILBOX_REPORT_MAX_RIGHTS   64
/* The most programs that a person can say are to use a mailbox. */
#define TL_MAILBOX_REPORT_MAX_TOOLS    100

/* From here on room is short. */
#define TL_MAILBOX_FULL_PERCENT 80

/**
 * TlRoleBy: on whose word a folder has its role
 * @TL_ROLE_BY_NOBODY: it has none
 * @TL_ROLE_BY_STANDARD: the server's, by SPECIAL-USE (RFC 6154), or it is INBOX
 * @TL_ROLE_BY_XLIST: the server's, by what came before it
 * @TL_ROLE_BY_NAME: it is called like that in one of the languages that providers use
 * @TL_ROLE_BY_PERSON: whoever sets the mailbox up said so
 */
typedef enum
{
  TL_ROLE_BY_NOBODY,
  TL_ROLE_BY_STANDARD,
  TL_ROLE_BY_XLIST,
  TL_ROLE_BY_NAME,
  TL_ROLE_BY_PERSON,
} TlRoleBy;

#define TL_TYPE_ROLE_BY (tl_role_by_get_type ())
GType       tl_role_by_get_type (void) G_GNUC_CONST;
const char *tl_role_by_get_nick (TlRoleBy by);

/**
 * TlMailboxFolder:
 * @name: in UTF-8 as the server means it, cleaned; the whole path
 * @role: (nullable): `inbox`, `sent`, `drafts`, `junk`, `trash`, `archive`, `all` or `flagged`; of
 *   each at most one, but for those that the server itself names twice
 * @by: on whose word; nobody's when, and only when, there is no @role
 * @is_selectable: whether it holds messages
 * @is_new: Twolane made it, because it was asked to
 * @n_messages: -1 when not known
 * @n_bytes: of all messages together, -1 when not known (STATUS=SIZE, RFC 8438)
 * @rights: (nullable): ours on it, as letters (RFC 4314 §2.1)
 * @is_changed: @name had to be cleaned, and is not what the server calls it: for people alone
 */
typedef struct
{
  char     *name;
  char     *role;
  TlRoleBy  by;
  gboolean  is_selectable;
  gboolean  is_new;
  gint64    n_messages;
  gint64    n_bytes;
  char     *rights;
  gboolean  is_changed;
} TlMailboxFolder;

TlMailboxFolder *tl_mailbox_folder_copy (const TlMailboxFolder *self) G_GNUC_WARN_UNUSED_RESULT;
void             tl_mailbox_folder_free (TlMailboxFolder       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlMailboxFolder, tl_mailbox_folder_free)

/**
 * TlMailboxQuota:
 * @root: the quota root's name, cleaned; may be empty (RFC 9208 §3.1)
 * @resource: `storage` (in KiB) or `message` (in messages)
 * @used: how much of it is taken
 * @limit: how much there is; 0: no limit
 */
typedef struct
{
  char    *root;
  char    *resource;
  guint64  used;
  guint64  limit;
} TlMailboxQuota;

TlMailboxQuota *tl_mailbox_quota_new  (const char           *root,
                                       const char           *resource,
                                       guint64               used,
                                       guint64               limit) G_GNUC_WARN_UNUSED_RESULT;
void            tl_mailbox_quota_free (TlMailboxQuota       *self);
guint           tl_mailbox_quota_get_percent (const TlMailboxQuota *self);
const TlMailboxQuota *tl_mailbox_quotas_find_fullest (GPtrArray    *quotas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlMailboxQuota, tl_mailbox_quota_free)

/**
 * TlMailboxReportParts:
 * @surveyed_at_s: when, seconds since the epoch, UTC
 * @prefix: (nullable): what the names of personal folders begin with (RFC 2342), cleaned
 * @delimiter: what parts of names are told apart by, 0 when names are flat
 * @can_create: whether the server would let us create folders, as far as its rights say
 * @filing: who files what is sent, as the message to oneself showed: the provider, or the client
 * @max_connections: how many connections a user may have open at once, 0 when not known
 * @n_tools: how many programs are to use the mailbox at once, 0 when nobody said
 * @folders: (element-type TlMailboxFolder): in the server's order, the inbox first
 * @quotas: (element-type TlMailboxQuota) (nullable): as the server gave them
 * @findings: (element-type TlFinding) (nullable): what was found, the worst first
 *
 * What a mailbox report is made of; tl_mailbox_report_new() copies.
 */
typedef struct
{
  gint64        surveyed_at_s;
  const char   *prefix;
  char          delimiter;
  gboolean      can_create;
  TlLoopFiling  filing;
  guint         max_connections;
  guint         n_tools;
  GPtrArray    *folders;
  GPtrArray    *quotas;
  GPtrArray    *findings;
} TlMailboxReportParts;

/**
 * TlMailboxReport:
 *
 * What a mailbox is like to work in: which folder is for what, how much room there is, what may be
 * done. The section `folders` of a bundle. Immutable, atomically counted.
 */
typedef struct _TlMailboxReport TlMailboxReport;

#define TL_TYPE_MAILBOX_REPORT (tl_mailbox_report_get_type ())
GType                       tl_mailbox_report_get_type  (void) G_GNUC_CONST;

TlMailboxReport            *tl_mailbox_report_new       (const TlMailboxReportParts *parts)
                                                         G_GNUC_WARN_UNUSED_RESULT;
TlMailboxReport            *tl_mailbox_report_ref       (TlMailboxReport            *self);
void                        tl_mailbox_report_unref     (TlMailboxReport            *self);

const TlMailboxReportParts *tl_mailbox_report_get_parts (const TlMailboxReport      *self);
const TlMailboxFolder      *tl_mailbox_report_find_role (const TlMailboxReport      *self,
                                                         const char                 *role);
const TlMailboxFolder      *tl_mailbox_report_find      (const TlMailboxReport      *self,
                                                         const char                 *name);
const TlMailboxQuota       *tl_mailbox_report_find_fullest (const TlMailboxReport   *self);
TlVerdict                   tl_mailbox_report_get_verdict (const TlMailboxReport    *self);
TlJson                     *tl_mailbox_report_to_json   (const TlMailboxReport      *self)
                                                         G_GNUC_WARN_UNUSED_RESULT;
TlMailboxReport            *tl_mailbox_report_from_json (TlJson                     *json,
                                                         GError                    **error)
                                                         G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlMailboxReport, tl_mailbox_report_unref)

G_END_DECLS
