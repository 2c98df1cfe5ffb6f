/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-hint.h"
#include "tl-provider.h"

G_BEGIN_DECLS

/**
 * TlNote:
 *
 * A sentence with a link, as an item of list models: a prerequisite, a step.
 * Construct-only properties `text` (string), `link` (https URL or NULL),
 * `source` (a `TL_SOURCE_` id, or NULL for our own words): who says so, `host`
 * (string or NULL): the link's, in A-labels, `notice` (bool): something to
 * know, with nothing to be done, `fixer` (TlFixer): who can do it, `as-of` (string or NULL): the
 * day that it was true, `2026-01-31`, and `lane` (TlLaneKind): which lane it is about, NONE for
 * both. What a source says is a stranger's text: never
 * markup, and its link is shown with its host.
 */
#define TL_TYPE_NOTE (tl_note_get_type ())
G_DECLARE_FINAL_TYPE (TlNote, tl_note, TL, NOTE, GObject)

TlNote     *tl_note_new           (const char *text,
                                   const char *link) G_GNUC_WARN_UNUSED_RESULT;
TlNote     *tl_note_new_notice    (const char *text,
                                   const char *link) G_GNUC_WARN_UNUSED_RESULT;
TlNote     *tl_note_new_for_prerequisite (const TlPrerequisite *prerequisite,
                                   gboolean    is_notice) G_GNUC_WARN_UNUSED_RESULT;
TlNote     *tl_note_new_from_hint (TlHint     *hint) G_GNUC_WARN_UNUSED_RESULT;
const char *tl_note_get_link      (TlNote     *self);
gboolean    tl_note_equal         (TlNote     *a,
                                   TlNote     *b);

G_END_DECLS
