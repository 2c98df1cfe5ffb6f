/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlSetupWindow:
 *
 * A window above the wizard's that shows a set-up. Its template's content is a #AdwToastOverlay;
 * the template goes when the window does.
 *
 * Properties: `setup` (TlSetup).
 *
 * The action `wizard.toast` takes a sentence, as in the wizard's own window.
 */
#define TL_TYPE_SETUP_WINDOW (tl_setup_window_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlSetupWindow, tl_setup_window, TL, SETUP_WINDOW, AdwWindow)

struct _TlSetupWindowClass
{
  AdwWindowClass parent_class;
};

TlSetup *tl_setup_window_get_setup (TlSetupWindow *self);
void     tl_setup_window_say       (TlSetupWindow *self,
                                    const char    *what);

G_END_DECLS
