/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-json.h"
#include "tl-lane-kind.h"
#include "tl-lane-settings.h"
#include "tl-trust.h"

G_BEGIN_DECLS

#define TL_CANDIDATE_MAX_SCORE 200

/**
 * TlCandidate:
 *
 * One way a lane might be reached, and on whose word. An item of list models;
 * every property is construct-only, so any thread may hold one.
 *
 * @lane, @settings, @source (a `TL_SOURCE_` id), @trust, @score (0 to 200),
 * @confirm (a person has to say yes before anything is sent there),
 * @agrees (source ids that named the same endpoint, sorted), @hops (URLs and
 * records it came by, in order), @provider (id in the provider table, or NULL).
 */
#define TL_TYPE_CANDIDATE (tl_candidate_get_type ())
G_DECLARE_FINAL_TYPE (TlCandidate, tl_candidate, TL, CANDIDATE, GObject)

TlCandidate        *tl_candidate_new          (TlLaneKind           lane,
                                               TlLaneSettings      *settings,
                                               const char          *source,
                                               TlTrust              trust,
                                               guint                score,
                                               gboolean             confirm,
                                               const char * const  *agrees,
                                               const char * const  *hops,
                                               const char          *provider)
                                               G_GNUC_WARN_UNUSED_RESULT;
TlLaneKind          tl_candidate_get_lane     (TlCandidate         *self);
TlLaneSettings     *tl_candidate_get_settings (TlCandidate         *self);
const char         *tl_candidate_get_source   (TlCandidate         *self);
TlTrust             tl_candidate_get_trust    (TlCandidate         *self);
guint               tl_candidate_get_score    (TlCandidate         *self);
gboolean            tl_candidate_get_confirm  (TlCandidate         *self);
const char * const *tl_candidate_get_agrees   (TlCandidate         *self);
const char * const *tl_candidate_get_hops     (TlCandidate         *self);
const char         *tl_candidate_get_provider (TlCandidate         *self);
TlJson             *tl_candidate_to_json      (TlCandidate         *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
