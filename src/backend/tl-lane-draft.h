/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-candidate.h"
#include "tl-plan.h"

G_BEGIN_DECLS

/**
 * TlLaneDraft:
 *
 * The settings of one lane while they can still be edited: what was found, what
 * a person made of it, and whether that can be used.
 *
 * Properties: `lane` (construct-only), `host` (string), `port` (uint, 0 to
 * 65535; 0 is "none yet"), `security` (TlSecurity), `username` (string),
 * `found` (bool, read-only: discovery proposed something), `edited` (bool,
 * read-only: differs from what was found), `candidate` (TlCandidate or NULL),
 * `confirm-needed` (bool, read-only: a person has to say yes first),
 * `confirmed` (bool), `site` (string, read-only: the registrable domain of the
 * host, what the yes is about), `valid` (bool, read-only), `problem` (TlFinding
 * or NULL, read-only: what is wrong with the values), `source` (string,
 * read-only: a `TL_SOURCE_` id), `trust` (TlTrust, read-only).
 */
#define TL_TYPE_LANE_DRAFT (tl_lane_draft_get_type ())
G_DECLARE_FINAL_TYPE (TlLaneDraft, tl_lane_draft, TL, LANE_DRAFT, GObject)

TlLaneDraft    *tl_lane_draft_new            (TlLaneKind        lane) G_GNUC_WARN_UNUSED_RESULT;
TlLaneKind      tl_lane_draft_get_lane       (TlLaneDraft      *self);

void            tl_lane_draft_propose        (TlLaneDraft      *self,
                                              TlCandidate      *candidate);
void            tl_lane_draft_set_found      (TlLaneDraft      *self,
                                              TlCandidate      *candidate);
void            tl_lane_draft_choose         (TlLaneDraft      *self,
                                              TlCandidate      *candidate);
void            tl_lane_draft_reset          (TlLaneDraft      *self);
void            tl_lane_draft_set_settings   (TlLaneDraft      *self,
                                              TlLaneSettings   *settings,
                                              const char       *source,
                                              TlTrust           trust);

TlLaneSettings *tl_lane_draft_dup_settings   (TlLaneDraft      *self,
                                              TlAuth            auth) G_GNUC_WARN_UNUSED_RESULT;
gboolean        tl_lane_draft_is_valid       (TlLaneDraft      *self);
const char     *tl_lane_draft_get_source     (TlLaneDraft      *self);
TlTrust         tl_lane_draft_get_trust      (TlLaneDraft      *self);
gboolean        tl_lane_draft_has_own_user   (TlLaneDraft      *self,
                                              const char       *usual);
gboolean        tl_lane_draft_needs_yes      (TlLaneDraft      *self);

G_END_DECLS
