/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-window.h"

G_BEGIN_DECLS

/**
 * TlTargetWindow:
 *
 * The products there is a form for, to choose one.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_TARGET_WINDOW (tl_target_window_get_type ())
G_DECLARE_FINAL_TYPE (TlTargetWindow, tl_target_window, TL, TARGET_WINDOW, TlSetupWindow)

TlTargetWindow *tl_target_window_new (GtkWindow *parent,
                                      TlSetup   *setup) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
