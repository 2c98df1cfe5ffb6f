/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TlPreferencesWindow:
 *
 * What a person wants of every set-up: so far, whether a public directory is
 * asked, and which.
 *
 * Properties: `settings` (GSettings or NULL, construct-only), `asks-directory` (bool),
 * `kept` (bool, ro: there are settings to keep it in; nothing can be changed where
 * there are none) and `refused` (bool, ro: what was applied last is no directory).
 */
#define TL_TYPE_PREFERENCES_WINDOW (tl_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (TlPreferencesWindow, tl_preferences_window, TL, PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

TlPreferencesWindow *tl_preferences_window_new (GtkWindow *parent,
                                                GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
