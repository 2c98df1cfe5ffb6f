/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The bindings that an expression in a template cannot make: two-way ones, and
 * lists that are not there when they are empty.
 */
void       tl_bind_text           (GObject       *source,
                                   const char    *property,
                                   GtkEditable   *editable);
void       tl_bind_list           (GtkListBox    *list,
                                   GListModel    *model,
                                   GType          widget_type,
                                   const char    *item_property);
GtkWidget *tl_row_new             (GtkWidget     *view);

gboolean   tl_text_from_null      (GBinding      *binding,
                                   const GValue  *from,
                                   GValue        *to,
                                   gpointer       user_data);
gboolean   tl_port_to_text        (GBinding      *binding,
                                   const GValue  *from,
                                   GValue        *to,
                                   gpointer       user_data);
gboolean   tl_port_from_text      (GBinding      *binding,
                                   const GValue  *from,
                                   GValue        *to,
                                   gpointer       user_data);
gboolean   tl_security_to_index   (GBinding      *binding,
                                   const GValue  *from,
                                   GValue        *to,
                                   gpointer       user_data);
gboolean   tl_security_from_index (GBinding      *binding,
                                   const GValue  *from,
                                   GValue        *to,
                                   gpointer       user_data);

G_END_DECLS
