/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane-draft.h"

G_BEGIN_DECLS

/**
 * TlLaneDraftAside:
 *
 * All that a person made of a draft, put aside while other settings take its place. What discovery
 * proposes is not part of it: that may change meanwhile.
 */
typedef struct _TlLaneDraftAside TlLaneDraftAside;

TlLaneDraftAside *tl_lane_draft_put_aside  (TlLaneDraft            *draft)
                                            G_GNUC_WARN_UNUSED_RESULT;
void              tl_lane_draft_take_back  (TlLaneDraft            *draft,
                                            const TlLaneDraftAside *aside);
void              tl_lane_draft_aside_free (TlLaneDraftAside       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLaneDraftAside, tl_lane_draft_aside_free)

G_END_DECLS
