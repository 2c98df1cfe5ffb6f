/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlNote:
 *
 * A sentence with a link, as an item of list models: a prerequisite, a step.
 * Construct-only properties `text` (string) and `link` (https URL or NULL).
 */
#define TL_TYPE_NOTE (tl_note_get_type ())
G_DECLARE_FINAL_TYPE (TlNote, tl_note, TL, NOTE, GObject)

TlNote     *tl_note_new      (const char *text,
                              const char *link) G_GNUC_WARN_UNUSED_RESULT;
const char *tl_note_get_link (TlNote     *self);

G_END_DECLS
