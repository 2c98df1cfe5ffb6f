/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TlAdaptiveBox:
 *
 * Puts its children side by side in columns of equal width or, when it is
 * narrower than `threshold`, one below the other.
 *
 * Properties: `threshold` (int, px), `spacing` (int, px).
 */
#define TL_TYPE_ADAPTIVE_BOX (tl_adaptive_box_get_type ())
G_DECLARE_FINAL_TYPE (TlAdaptiveBox, tl_adaptive_box, TL, ADAPTIVE_BOX, GtkWidget)

G_END_DECLS
