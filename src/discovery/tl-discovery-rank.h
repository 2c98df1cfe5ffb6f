/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-candidate.h"
#include "tl-source-reply.h"

G_BEGIN_DECLS

#define TL_RANK_AGREEMENT_BONUS 10
#define TL_RANK_ABSENT_PENALTY  60

/**
 * TlProbed:
 * @lane: the lane it was tried for
 * @host: where, canonical
 * @is_there: a server of that kind greeted and proved its name
 *
 * What trying a host brought to light.
 */
typedef struct
{
  TlLaneKind  lane;
  char       *host;
  gboolean    is_there;
} TlProbed;

TlProbed  *tl_probed_new             (TlLaneKind    lane,
                                      const char   *host,
                                      gboolean      is_there) G_GNUC_WARN_UNUSED_RESULT;
void       tl_probed_free            (TlProbed     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlProbed, tl_probed_free)

GPtrArray *tl_discovery_rank         (TlAddress    *address,
                                      GPtrArray    *replies,
                                      GPtrArray    *probed) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *tl_discovery_list_contested (TlAddress  *address,
                                      GPtrArray    *replies) G_GNUC_WARN_UNUSED_RESULT;
gboolean   tl_discovery_may_matter   (TlAddress    *address,
                                      GPtrArray    *replies,
                                      const char   *source);
gboolean   tl_discovery_contradict   (const TlSourceReply *a,
                                      const TlSourceReply *b,
                                      TlLaneKind           lane);

G_END_DECLS
