/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean tl_route_leads_out (void);
gboolean tl_route_leads_to  (GInetAddress *address);

G_END_DECLS
