/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlRequestWindow:
 *
 * The whole text of what to ask of IT, ready to copy, mail or save.
 */
#define TL_TYPE_REQUEST_WINDOW (tl_request_window_get_type ())
G_DECLARE_FINAL_TYPE (TlRequestWindow, tl_request_window, TL, REQUEST_WINDOW, AdwWindow)

TlRequestWindow *tl_request_window_new (GtkWindow *parent,
                                        TlSetup   *setup) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
