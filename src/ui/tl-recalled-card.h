/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlRecalledCard:
 *
 * The keyring had what signs in: use something else, or forget it.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_RECALLED_CARD (tl_recalled_card_get_type ())
G_DECLARE_FINAL_TYPE (TlRecalledCard, tl_recalled_card, TL, RECALLED_CARD, TlSetupWidget)

G_END_DECLS
