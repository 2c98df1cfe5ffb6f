/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane.h"
#include "tl-mailbox-facts.h"

G_BEGIN_DECLS

/**
 * TlLaneSurvey:
 *
 * A look around a mailbox by the session of an incoming lane, once that went through: a guest of
 * the lane. The lane's thread writes what it saw before the lane's callback; whoever made it reads
 * it after. Atomically counted.
 */
typedef struct _TlLaneSurvey TlLaneSurvey;

TlLaneSurvey   *tl_lane_survey_invite    (TlLane               *lane,
                                          const char * const   *create) G_GNUC_WARN_UNUSED_RESULT;
void            tl_lane_survey_unref     (TlLaneSurvey         *self);
TlMailboxFacts *tl_lane_survey_get_facts (TlLaneSurvey         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLaneSurvey, tl_lane_survey_unref)

G_END_DECLS
