/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-discovery-report.h"

G_BEGIN_DECLS

/**
 * TlSourceView:
 *
 * One discovery source: who was asked, what came of it, how long it took.
 *
 * Property: `answer` (TlSourceAnswer).
 */
#define TL_TYPE_SOURCE_VIEW (tl_source_view_get_type ())
G_DECLARE_FINAL_TYPE (TlSourceView, tl_source_view, TL, SOURCE_VIEW, GtkWidget)

G_END_DECLS
