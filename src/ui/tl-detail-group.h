/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TlDetailGroup:
 *
 * What was learnt about one thing, under a heading: not there as long as there is nothing.
 *
 * Properties: `title` (string), `description` (string or NULL), `details` (GListModel of TlDetail).
 */
#define TL_TYPE_DETAIL_GROUP (tl_detail_group_get_type ())
G_DECLARE_FINAL_TYPE (TlDetailGroup, tl_detail_group, TL, DETAIL_GROUP, GtkWidget)

G_END_DECLS
