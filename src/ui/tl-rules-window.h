/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-window.h"

G_BEGIN_DECLS

/**
 * TlRulesWindow:
 *
 * The rules that hold here, and how the set-up stands to each.
 *
 * Properties: `setup` (TlSetup).
 */
#define TL_TYPE_RULES_WINDOW (tl_rules_window_get_type ())
G_DECLARE_FINAL_TYPE (TlRulesWindow, tl_rules_window, TL, RULES_WINDOW, TlSetupWindow)

TlRulesWindow *tl_rules_window_new (GtkWindow *parent,
                                    TlSetup   *setup) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
