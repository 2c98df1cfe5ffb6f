/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-page.h"

G_BEGIN_DECLS

/**
 * TlHandoverPage:
 *
 * What was proven, who signs for it, and the one file to hand over.
 */
#define TL_TYPE_HANDOVER_PAGE (tl_handover_page_get_type ())
G_DECLARE_FINAL_TYPE (TlHandoverPage, tl_handover_page, TL, HANDOVER_PAGE, TlPage)

G_END_DECLS
