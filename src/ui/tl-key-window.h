/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-window.h"

G_BEGIN_DECLS

/**
 * TlKeyWindow:
 *
 * Asks for the key that a company signs with, and for what unlocks it.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_KEY_WINDOW (tl_key_window_get_type ())
G_DECLARE_FINAL_TYPE (TlKeyWindow, tl_key_window, TL, KEY_WINDOW, TlSetupWindow)

TlKeyWindow *tl_key_window_new (GtkWindow *parent,
                                TlSetup   *setup) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
