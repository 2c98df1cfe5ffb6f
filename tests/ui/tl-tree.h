/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What tests of pages find in them, and whether it can be seen. */
GtkWidget *tl_tree_find           (GtkWidget  *widget,
                                   GType       type,
                                   guint       nth);
GtkLabel  *tl_tree_find_label     (GtkWidget  *widget,
                                   const char *part);
GtkWidget *tl_tree_find_button    (GtkWidget  *widget,
                                   const char *label);
gboolean   tl_tree_is_shown       (GtkWidget  *widget,
                                   GtkWidget  *page);
guint      tl_tree_count_shown    (GtkWidget  *page,
                                   GType       type);
void       tl_tree_open_expanders (GtkWidget  *page);
void       tl_tree_check_mnemonics (GtkWidget *page);
gboolean   tl_tree_comes_before   (GtkWidget  *page,
                                   GtkWidget  *first,
                                   GtkWidget  *second);

G_END_DECLS
