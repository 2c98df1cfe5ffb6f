/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-page.h"

G_BEGIN_DECLS

/**
 * TlSigninPage:
 *
 * How and as whom one signs in: at the provider's page, or with what is typed, which becomes a
 * #TlSecret on the way on. Where that is not enough, what is missing and how to get it.
 *
 * Property: `recalled` (bool): what signs in came out of the keyring.
 *
 * The action `page.cancel-sign-in` stops waiting for the provider's page; `page.change-secret` puts
 * the focus where something else can sign in.
 */
#define TL_TYPE_SIGNIN_PAGE (tl_signin_page_get_type ())
G_DECLARE_FINAL_TYPE (TlSigninPage, tl_signin_page, TL, SIGNIN_PAGE, TlPage)

G_END_DECLS
