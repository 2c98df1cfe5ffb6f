/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-lane-draft.h"

G_BEGIN_DECLS

/**
 * TlCandidateView:
 *
 * A server that was found besides the proposal, as a row, with a button that
 * puts it into the draft and takes it out again.
 *
 * Properties: `candidate` (TlCandidate), `draft` (TlLaneDraft: that of its lane).
 */
#define TL_TYPE_CANDIDATE_VIEW (tl_candidate_view_get_type ())
G_DECLARE_FINAL_TYPE (TlCandidateView, tl_candidate_view, TL, CANDIDATE_VIEW, GtkWidget)

G_END_DECLS
