/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-kind.h"

#include <glib/gi18n-lib.h>

#include "tl-nick.h"

G_DEFINE_ENUM_TYPE (TlLaneKind, tl_lane_kind,
                    G_DEFINE_ENUM_VALUE (TL_LANE_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TL_LANE_INCOMING, "incoming"),
                    G_DEFINE_ENUM_VALUE (TL_LANE_OUTGOING, "outgoing"))

const TlLaneKind tl_lanes[TL_N_LANES] = { TL_LANE_INCOMING, TL_LANE_OUTGOING };

static const char * const labels[] = {
  /* Translators: what a finding is about when it is about neither lane alone */
  [TL_LANE_NONE]     = N_("Mailbox"),
  /* Translators: the lane that replies come in by */
  [TL_LANE_INCOMING] = N_("Incoming"),
  /* Translators: the lane that messages go out by */
  [TL_LANE_OUTGOING] = N_("Outgoing"),
};

const char *
tl_lane_kind_get_nick (TlLaneKind kind)
{
  return tl_nick_get (TL_TYPE_LANE_KIND, (int) kind);
}

/**
 * tl_lane_kind_get_label:
 * @kind: a lane
 *
 * Returns: (transfer none): the wording shown to people, in their language
 */
const char *
tl_lane_kind_get_label (TlLaneKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (labels), NULL);

  return _(labels[kind]);
}
