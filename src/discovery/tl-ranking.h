/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-candidate.h"
#include "tl-source-reply.h"
#include "tl-weight.h"

G_BEGIN_DECLS

#define TL_RANKING_ABSENT_PENALTY 60

/**
 * TlProbed:
 * @lane: the lane it was tried for
 * @endpoint: where
 * @is_there: a server of that kind greeted and proved its name
 *
 * What trying a server brought to light.
 */
typedef struct
{
  TlLaneKind  lane;
  TlEndpoint *endpoint;
  gboolean    is_there;
} TlProbed;

TlProbed *tl_probed_new  (TlLaneKind   lane,
                          TlEndpoint  *endpoint,
                          gboolean     is_there) G_GNUC_WARN_UNUSED_RESULT;
void      tl_probed_free (TlProbed    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlProbed, tl_probed_free)

/**
 * TlRanking:
 *
 * What several sources said about both lanes, weighed: a pure function of the
 * replies and of what was tried, whatever order they came in. One thread.
 */
typedef struct _TlRanking TlRanking;

TlRanking *tl_ranking_new             (TlAddress            *address,
                                       GPtrArray            *replies,
                                       GPtrArray            *probed) G_GNUC_WARN_UNUSED_RESULT;
void       tl_ranking_free            (TlRanking            *self);
GPtrArray *tl_ranking_list_candidates (const TlRanking      *self) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *tl_ranking_list_trials     (const TlRanking      *self,
                                       gboolean              more_to_come)
                                       G_GNUC_WARN_UNUSED_RESULT;
gboolean   tl_ranking_may_change      (const TlRanking      *self,
                                       const char * const   *outstanding,
                                       const char           *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlRanking, tl_ranking_free)

G_END_DECLS
