/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-secret.h"

G_BEGIN_DECLS

/**
 * TlSecretText:
 *
 * A drawing of a secret: it is in no property and no label, the accessibility
 * tree has no text of it, and it can be neither selected nor dragged. What is
 * laid out to draw it is wiped.
 */
#define TL_TYPE_SECRET_TEXT (tl_secret_text_get_type ())
G_DECLARE_FINAL_TYPE (TlSecretText, tl_secret_text, TL, SECRET_TEXT, GtkWidget)

void tl_secret_text_set_secret (TlSecretText *self,
                                TlSecret     *secret);

G_END_DECLS
