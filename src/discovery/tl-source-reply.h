/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-claim.h"
#include "tl-hint.h"
#include "tl-rejection.h"
#include "tl-source-answer.h"

G_BEGIN_DECLS

/**
 * TlSourceRemarks:
 * @TL_SOURCE_REMARK_NO_IMAP: it states that IMAP is not offered (RFC 6186 §3.4)
 * @TL_SOURCE_REMARK_AUTHENTICATED: what it says was proven twice, by TLS and by DNS (PACC's digest)
 * @TL_SOURCE_REMARK_PLAIN_HTTP: its document is there, but only without protection
 * @TL_SOURCE_REMARK_PORTAL: something in between answers in place of everybody
 * @TL_SOURCE_REMARK_EXCHANGE: a Microsoft Exchange server or service answers for the domain
 * @TL_SOURCE_REMARK_GATEWAY: the domain's mail goes through a filter of somebody else's
 * @TL_SOURCE_REMARK_FORWARD_ONLY: the domain's mail is only handed on; there is no mailbox there
 *
 * What a source says that is no claim.
 */
typedef enum
{
  TL_SOURCE_REMARK_NONE          = 0,
  TL_SOURCE_REMARK_NO_IMAP       = 1 << 0,
  TL_SOURCE_REMARK_AUTHENTICATED = 1 << 1,
  TL_SOURCE_REMARK_PLAIN_HTTP    = 1 << 2,
  TL_SOURCE_REMARK_PORTAL        = 1 << 3,
  TL_SOURCE_REMARK_EXCHANGE      = 1 << 4,
  TL_SOURCE_REMARK_GATEWAY       = 1 << 5,
  TL_SOURCE_REMARK_FORWARD_ONLY  = 1 << 6,
} TlSourceRemarks;

/**
 * TlSourceFacts:
 * @claims: (nullable) (element-type TlClaim): servers, in the source's own order of preference
 * @rejections: (nullable) (element-type TlRejection): servers it named that are not offered
 * @hints: (nullable) (element-type TlHint): what it says besides
 * @sites: (nullable): registrable domains that its word makes the domain's own mail host: those of
 *   its mail exchangers
 * @remarks: what else it says
 * @provider: (nullable): id of the provider whose row of our table the claims are
 * @gateway: (nullable): id of the filter or forwarder that was recognised
 * @detail: (nullable): what was wrong, or what was recognised: an English clause or word without
 *   text from outside
 *
 * What a source found out. All of it stays the caller's.
 */
typedef struct
{
  GPtrArray          *claims;
  GPtrArray          *rejections;
  GPtrArray          *hints;
  const char * const *sites;
  TlSourceRemarks     remarks;
  const char         *provider;
  const char         *gateway;
  const char         *detail;
} TlSourceFacts;

/**
 * TlSourceReply:
 *
 * Everything one source had to say: what became of it, and what it found out.
 * Immutable, atomically counted.
 */
typedef struct _TlSourceReply TlSourceReply;

#define TL_TYPE_SOURCE_REPLY (tl_source_reply_get_type ())
GType               tl_source_reply_get_type       (void) G_GNUC_CONST;

TlSourceReply      *tl_source_reply_new            (const char           *source,
                                                    TlSourceStatus        status,
                                                    const TlSourceFacts  *facts)
                                                    G_GNUC_WARN_UNUSED_RESULT;
TlSourceReply      *tl_source_reply_new_status     (const char           *source,
                                                    TlSourceStatus        status)
                                                    G_GNUC_WARN_UNUSED_RESULT;
TlSourceReply      *tl_source_reply_ref            (TlSourceReply        *self);
void                tl_source_reply_unref          (TlSourceReply        *self);

const char         *tl_source_reply_get_source     (const TlSourceReply  *self);
TlSourceStatus      tl_source_reply_get_status     (const TlSourceReply  *self);
guint               tl_source_reply_get_n          (const TlSourceReply  *self);
TlClaim            *tl_source_reply_get_claim      (const TlSourceReply  *self,
                                                    guint                 index);
gboolean            tl_source_reply_names          (const TlSourceReply  *self,
                                                    TlLaneKind            lane);
GPtrArray          *tl_source_reply_get_rejections (const TlSourceReply  *self);
GPtrArray          *tl_source_reply_get_hints      (const TlSourceReply  *self);
const char * const *tl_source_reply_get_sites      (const TlSourceReply  *self);
TlSourceRemarks     tl_source_reply_get_remarks    (const TlSourceReply  *self);
const char         *tl_source_reply_get_provider   (const TlSourceReply  *self);
const char         *tl_source_reply_get_gateway    (const TlSourceReply  *self);
const char         *tl_source_reply_get_detail     (const TlSourceReply  *self);
gboolean            tl_source_reply_contradicts    (const TlSourceReply  *self,
                                                    const TlSourceReply  *other,
                                                    TlLaneKind            lane);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSourceReply, tl_source_reply_unref)

G_END_DECLS
