/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "tl-lane-kind.h"

G_BEGIN_DECLS

/**
 * TlTargetKind: what is made for a target
 * @TL_TARGET_FILE: a file that it imports, or the body of a request to it
 * @TL_TARGET_SHEET: a sheet to fill its form in by
 */
typedef enum
{
  TL_TARGET_FILE,
  TL_TARGET_SHEET,
} TlTargetKind;

#define TL_TYPE_TARGET_KIND (tl_target_kind_get_type ())
GType tl_target_kind_get_type (void) G_GNUC_CONST;

/**
 * TlTarget:
 *
 * One form in which one product takes a mailbox, read from `data/targets/ID.json`. An item of
 * lists; immutable, any thread.
 *
 * Properties, read-only: `id` (string: `instantly-csv`), `name` (string, with the form: `Instantly
 * (CSV)`), `product` (string: `Instantly`), `kind` (TlTargetKind), `is-confirmed` (bool: its names
 * were seen at the source), `checked-on` (string: `2026-01-31`), `summary` (string, translated:
 * what to do with what comes out), `incoming-use`, `outgoing-use` (string, translated: what the
 * product does with the lane), `takes-passwords` (bool: there is a place for them).
 */
#define TL_TYPE_TARGET (tl_target_get_type ())
G_DECLARE_FINAL_TYPE (TlTarget, tl_target, TL, TARGET, GObject)

TlTarget     *tl_target_parse           (const char  *json,
                                         gssize       len,
                                         GError     **error) G_GNUC_WARN_UNUSED_RESULT;

const char   *tl_target_get_id          (TlTarget    *self);
const char   *tl_target_get_name        (TlTarget    *self);
const char   *tl_target_get_product     (TlTarget    *self);
TlTargetKind  tl_target_get_kind        (TlTarget    *self);
gboolean      tl_target_is_confirmed    (TlTarget    *self);
const char   *tl_target_get_checked_on  (TlTarget    *self);
const char * const *tl_target_get_unconfirmed (TlTarget *self);
const char   *tl_target_get_summary     (TlTarget    *self);
const char   *tl_target_get_use         (TlTarget    *self,
                                         TlLaneKind   lane);
const char   *tl_target_get_link        (TlTarget    *self);
gboolean      tl_target_takes_passwords (TlTarget    *self);
guint         tl_target_get_max_rows    (TlTarget    *self);
guint         tl_target_get_daily_limit (TlTarget    *self);

/* The table: GPtrArray of TlTarget, sorted by name; kept for good. */
GPtrArray    *tl_targets_get_all        (void);
TlTarget     *tl_targets_find           (const char  *id);

G_END_DECLS
