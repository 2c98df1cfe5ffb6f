/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-page.h"

G_BEGIN_DECLS

/**
 * TlLanesPage:
 *
 * Both lanes tested at once, side by side, live. Starts by itself for what was
 * not tested with these settings.
 */
#define TL_TYPE_LANES_PAGE (tl_lanes_page_get_type ())
G_DECLARE_FINAL_TYPE (TlLanesPage, tl_lanes_page, TL, LANES_PAGE, TlPage)

G_END_DECLS
