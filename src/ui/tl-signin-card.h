/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlSigninCard:
 *
 * Signing in at the provider's page: the offer, the wait, who signed in. It shows; the page it is
 * on does.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_SIGNIN_CARD (tl_signin_card_get_type ())
G_DECLARE_FINAL_TYPE (TlSigninCard, tl_signin_card, TL, SIGNIN_CARD, TlSetupWidget)

G_END_DECLS
