/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-candidate.h"
#include "tl-probed.h"
#include "tl-source-reply.h"
#include "tl-weight.h"

G_BEGIN_DECLS

#define TL_RANKING_ABSENT_PENALTY 60

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
                                       GPtrArray            *outstanding,
                                       const TlWeight       *one);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlRanking, tl_ranking_free)

G_END_DECLS
