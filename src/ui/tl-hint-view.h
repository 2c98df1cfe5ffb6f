/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-hint.h"

G_BEGIN_DECLS

/**
 * TlHintView:
 *
 * A stranger’s advice as a row: whose, and where its link leads, before it is
 * opened.
 *
 * Properties: `hint` (TlHint).
 */
#define TL_TYPE_HINT_VIEW (tl_hint_view_get_type ())
G_DECLARE_FINAL_TYPE (TlHintView, tl_hint_view, TL, HINT_VIEW, GtkWidget)

G_END_DECLS
