/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-rejection.h"

G_BEGIN_DECLS

/**
 * TlRejectionView:
 *
 * A server that was named and is not offered, as a row, with the reason in words.
 *
 * Properties: `rejection` (TlRejection).
 */
#define TL_TYPE_REJECTION_VIEW (tl_rejection_view_get_type ())
G_DECLARE_FINAL_TYPE (TlRejectionView, tl_rejection_view, TL, REJECTION_VIEW, GtkWidget)

G_END_DECLS
