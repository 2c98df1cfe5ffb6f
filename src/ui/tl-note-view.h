/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-note.h"

G_BEGIN_DECLS

/**
 * TlNoteView:
 *
 * A sentence, with a link to the provider's own page where there is one.
 *
 * Properties: `note` (TlNote), `number` (uint: its place in the list, from 1; 0
 * for none).
 */
#define TL_TYPE_NOTE_VIEW (tl_note_view_get_type ())
G_DECLARE_FINAL_TYPE (TlNoteView, tl_note_view, TL, NOTE_VIEW, GtkWidget)

G_END_DECLS
