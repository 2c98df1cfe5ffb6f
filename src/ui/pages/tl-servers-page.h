/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-page.h"

G_BEGIN_DECLS

/**
 * TlServersPage:
 *
 * Everyone who may know the servers is asked, and what they say is shown to be
 * agreed to or edited. Servers can be typed in at any time.
 *
 * Properties: `by-hand` (bool: servers are typed in) and `remark` (TlFinding or
 * NULL, ro): the gravest warning or problem that is shown.
 */
#define TL_TYPE_SERVERS_PAGE (tl_servers_page_get_type ())
G_DECLARE_FINAL_TYPE (TlServersPage, tl_servers_page, TL, SERVERS_PAGE, TlPage)

G_END_DECLS
