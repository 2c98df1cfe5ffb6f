/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-imap-response.h"

G_BEGIN_DECLS

/**
 * TlImapQuota:
 * @root: the quota root's name as the server gave it; may be empty
 * @resource: `STORAGE` (in units of 1024 bytes) or `MESSAGE`
 * @used: how much of it is taken
 * @limit: how much there is
 *
 * One resource of one quota root (RFC 9208 §3).
 */
typedef struct
{
  char       *root;
  const char *resource;
  guint64     used;
  guint64     limit;
} TlImapQuota;

void tl_imap_quota_read       (const TlImapResponse  *response,
                               GPtrArray             *quotas);
void tl_imap_quota_read_roots (const TlImapResponse  *response,
                               GPtrArray             *roots);
void tl_imap_quota_free       (TlImapQuota           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlImapQuota, tl_imap_quota_free)

G_END_DECLS
