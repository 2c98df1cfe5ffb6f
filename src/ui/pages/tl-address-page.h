/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-page.h"

G_BEGIN_DECLS

/**
 * TlAddressPage:
 *
 * Whose mailbox it is, or practising first. Nothing is sent from here.
 */
#define TL_TYPE_ADDRESS_PAGE (tl_address_page_get_type ())
G_DECLARE_FINAL_TYPE (TlAddressPage, tl_address_page, TL, ADDRESS_PAGE, TlPage)

G_END_DECLS
