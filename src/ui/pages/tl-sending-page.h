/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-page.h"

G_BEGIN_DECLS

/**
 * TlSendingPage:
 *
 * How much is to be sent, and whether receivers will trust the domain.
 */
#define TL_TYPE_SENDING_PAGE (tl_sending_page_get_type ())
G_DECLARE_FINAL_TYPE (TlSendingPage, tl_sending_page, TL, SENDING_PAGE, TlPage)

G_END_DECLS
