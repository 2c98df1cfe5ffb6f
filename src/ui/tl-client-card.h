/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlClientCard:
 *
 * The provider wants to know as whom a program signs in, and nobody has said: what to ask of IT,
 * and where to put what they answer.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_CLIENT_CARD (tl_client_card_get_type ())
G_DECLARE_FINAL_TYPE (TlClientCard, tl_client_card, TL, CLIENT_CARD, TlSetupWidget)

G_END_DECLS
