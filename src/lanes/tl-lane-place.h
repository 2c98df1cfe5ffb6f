/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean      tl_lane_place_is_private   (GInetAddress  *address);
GInetAddress *tl_lane_place_find_private (GPtrArray     *addresses);

G_END_DECLS
