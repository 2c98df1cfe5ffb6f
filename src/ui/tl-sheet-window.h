/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-window.h"

G_BEGIN_DECLS

/**
 * TlSheetWindow:
 *
 * The fields of a product's form in its own words and order, each to be copied. It holds no
 * password.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_SHEET_WINDOW (tl_sheet_window_get_type ())
G_DECLARE_FINAL_TYPE (TlSheetWindow, tl_sheet_window, TL, SHEET_WINDOW, TlSetupWindow)

TlSheetWindow *tl_sheet_window_new (GtkWindow *parent,
                                    TlSetup   *setup) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
