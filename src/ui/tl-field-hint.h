/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TlFieldHint:
 *
 * A row under a field: what is wrong with what was typed there. It is the row that describes its
 * field to those who hear it.
 *
 * Properties: `text` (string).
 */
#define TL_TYPE_FIELD_HINT (tl_field_hint_get_type ())
G_DECLARE_FINAL_TYPE (TlFieldHint, tl_field_hint, TL, FIELD_HINT, GtkListBoxRow)

void tl_field_hint_mark (GtkWidget *field,
                         gboolean   wrong);

G_END_DECLS
