/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-finding.h"
#include "tl-lane-draft.h"

G_BEGIN_DECLS

/* What the two files that make up TlLaneDraft share: tl-lane-draft.c has the values and
 * changes them, -word says what follows from them. */
struct _TlLaneDraft
{
  GObject      parent_instance;

  TlLaneKind   lane;

  /* Owned: what is shown, and may be edited */
  char        *host;
  guint        port;
  TlSecurity   security;
  char        *username;
  gboolean     confirmed;

  /* Owned: what it is measured against */
  TlCandidate *candidate;     /* what discovery proposed, or NULL */
  TlCandidate *chosen;        /* another one that a person preferred, or NULL */
  TlLaneSettings *given;      /* settings set from elsewhere, or NULL */
  char        *given_source;
  TlTrust      given_trust;
};

TlLaneSettings *tl_lane_draft_get_baseline       (TlLaneDraft *self);
gboolean        tl_lane_draft_is_edited          (TlLaneDraft *self);
gboolean        tl_lane_draft_needs_confirmation (TlLaneDraft *self);
TlFinding      *tl_lane_draft_find_problem       (TlLaneDraft *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
