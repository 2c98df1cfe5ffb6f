/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tl_lane_roles_give (GPtrArray  *mailboxes,
                         const char *prefix);

G_END_DECLS
