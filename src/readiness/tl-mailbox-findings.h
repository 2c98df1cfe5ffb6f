/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-mailbox-judge.h"
#include "tl-mailbox-roles.h"

G_BEGIN_DECLS

/* How many connections a tool opens to one mailbox, at most: what HubSpot says of itself. */
#define TL_MAILBOX_CONNECTIONS_PER_TOOL 5

/**
 * TlMailboxCase: what findings are looked for in; all borrowed
 * @folders: (element-type TlMailboxFolder): as the report has them
 * @can_create: whether folders may be made, as far as rights say
 * @max_connections: 0 when not known
 * @is_default: that number is only what the server's software does by itself
 */
typedef struct
{
  const TlMailboxFactsParts *facts;
  const TlMailboxSubject    *subject;
  const TlMailboxRoles      *roles;
  GPtrArray                 *folders;
  gboolean                   can_create;
  guint                      max_connections;
  gboolean                   is_default;
} TlMailboxCase;

GPtrArray *tl_mailbox_findings_list         (const TlMailboxCase *self) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *tl_mailbox_findings_list_largest (GPtrArray           *folders,
                                             guint                max_n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
