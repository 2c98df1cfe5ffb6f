/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-page.h"
#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlWindow:
 *
 * The wizard: a table of pages, the strip that shows where one is, and one
 * #TlSetup that all pages look at. It knows no page by name.
 *
 * Property: `setup` (TlSetup, read-only).
 *
 * Actions: `wizard.next`, `wizard.back`, `wizard.go-to` (a page's phase),
 * `wizard.test-again`, `wizard.start-over`, `wizard.open-link` (an https URL),
 * `wizard.toast` (text).
 */
#define TL_TYPE_WINDOW (tl_window_get_type ())
G_DECLARE_FINAL_TYPE (TlWindow, tl_window, TL, WINDOW, AdwApplicationWindow)

TlWindow *tl_window_new       (GtkApplication *application) G_GNUC_WARN_UNUSED_RESULT;
TlSetup  *tl_window_get_setup (TlWindow       *self);
TlPage   *tl_window_get_page  (TlWindow       *self);

G_END_DECLS
