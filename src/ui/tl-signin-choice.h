/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlSigninChoice:
 *
 * The ways to sign in that the provider takes, where there are several.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_SIGNIN_CHOICE (tl_signin_choice_get_type ())
G_DECLARE_FINAL_TYPE (TlSigninChoice, tl_signin_choice, TL, SIGNIN_CHOICE, TlSetupWidget)

G_END_DECLS
