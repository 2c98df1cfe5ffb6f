/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/**
 * TlClientWindow:
 *
 * Where the client ID is typed that IT sent, and the directory where there is one. Closes once both
 * can be meant.
 */
#define TL_TYPE_CLIENT_WINDOW (tl_client_window_get_type ())
G_DECLARE_FINAL_TYPE (TlClientWindow, tl_client_window, TL, CLIENT_WINDOW, AdwWindow)

TlClientWindow *tl_client_window_new (GtkWindow *parent,
                                      TlSetup   *setup) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
