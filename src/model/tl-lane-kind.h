/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlLaneKind:
 * @TL_LANE_NONE: no lane: a finding about the whole mailbox
 * @TL_LANE_INCOMING: replies come in: IMAP
 * @TL_LANE_OUTGOING: messages go out: submission (SMTP)
 */
typedef enum
{
  TL_LANE_NONE,
  TL_LANE_INCOMING,
  TL_LANE_OUTGOING,
} TlLaneKind;

/* Both lanes, in the order they are shown. */
#define TL_N_LANES 2
extern const TlLaneKind tl_lanes[TL_N_LANES];

#define TL_TYPE_LANE_KIND (tl_lane_kind_get_type ())
GType       tl_lane_kind_get_type  (void) G_GNUC_CONST;
const char *tl_lane_kind_get_nick  (TlLaneKind kind);
const char *tl_lane_kind_get_label (TlLaneKind kind);

G_END_DECLS
