/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-page.h"

G_BEGIN_DECLS

/**
 * TlSigninPage:
 *
 * What this provider takes to sign in with, and where to get it. What is typed
 * becomes a #TlSecret on the way on.
 */
#define TL_TYPE_SIGNIN_PAGE (tl_signin_page_get_type ())
G_DECLARE_FINAL_TYPE (TlSigninPage, tl_signin_page, TL, SIGNIN_PAGE, TlPage)

G_END_DECLS
