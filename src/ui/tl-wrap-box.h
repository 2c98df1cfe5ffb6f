/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TlWrapBox:
 *
 * Puts its children side by side at their natural width, like words: what does
 * not fit goes to the next line.
 */
#define TL_TYPE_WRAP_BOX (tl_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (TlWrapBox, tl_wrap_box, TL, WRAP_BOX, GtkWidget)

G_END_DECLS
