/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-dmarc-record.h"
#include "tl-dns-facts.h"

G_BEGIN_DECLS

/* The most questions of one walk (RFC 9989). */
#define TL_DMARC_WALK_MAX 8

/**
 * TlDmarcWalk: a DNS tree walk: up from a domain, looking for DMARC records
 * @is_complete: everything that it takes was known
 * @failed_name: (nullable): the first name that name servers failed at
 * @failed_set: (nullable): how
 * @organizational: the organizational domain of where the walk began
 * @name: (nullable): where the record that applies stands, `_dmarc.acme.example`
 * @domain: (nullable): for which domain it is
 * @is_own: it is that of the domain itself, so that `p` applies, and not `sp`
 * @text: (nullable): the record, cleaned
 * @record: (nullable): the same, read
 * @n_several: how many records stand where there may be one: none of them counts; 0 otherwise
 *
 * The public suffix list plays no part.
 */
typedef struct
{
  gboolean       is_complete;
  char          *failed_name;
  TlRecordSet   *failed_set;
  char          *organizational;
  char          *name;
  char          *domain;
  gboolean       is_own;
  char          *text;
  TlDmarcRecord *record;
  guint          n_several;
} TlDmarcWalk;

TlDmarcWalk *tl_dmarc_walk       (const char  *domain,
                                  TlDnsFacts  *facts) G_GNUC_WARN_UNUSED_RESULT;
void         tl_dmarc_walk_free  (TlDmarcWalk *self);
/* What applies to the domain, `t` taken into account; only where there is a record. */
TlDmarcPolicy tl_dmarc_walk_get_policy (const TlDmarcWalk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlDmarcWalk, tl_dmarc_walk_free)

/**
 * TlDmarcAligned:
 */
typedef enum
{
  TL_DMARC_ALIGNED_UNKNOWN,
  TL_DMARC_ALIGNED_NO,
  TL_DMARC_ALIGNED_YES,
} TlDmarcAligned;

/* Whether a domain that was proven speaks for the one in From. */
TlDmarcAligned tl_dmarc_is_aligned (const char *from,
                                    const char *proven,
                                    gboolean    is_strict,
                                    TlDnsFacts *facts);

G_END_DECLS
