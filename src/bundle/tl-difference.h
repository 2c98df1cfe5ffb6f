/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle.h"

G_BEGIN_DECLS

/**
 * TlDifferenceKind: how much a difference matters
 * @TL_DIFFERENCE_SETTINGS: whoever imports the one gets something else than from the other
 * @TL_DIFFERENCE_EVIDENCE: what was seen at the test
 * @TL_DIFFERENCE_BUNDLE: who signed, when, for how long
 */
typedef enum
{
  TL_DIFFERENCE_SETTINGS,
  TL_DIFFERENCE_EVIDENCE,
  TL_DIFFERENCE_BUNDLE,
} TlDifferenceKind;

#define TL_TYPE_DIFFERENCE_KIND (tl_difference_kind_get_type ())
GType tl_difference_kind_get_type (void) G_GNUC_CONST;

/**
 * TlDifference:
 *
 * Something that two bundles do not have alike. An item of lists; immutable.
 *
 * Properties, construct-only: `kind` (TlDifferenceKind), `lane` (TlLaneKind), `member` (string:
 * where in bundle.json, such as `plan.incoming.host`), `label` (string, for people), `before`,
 * `after` (string or NULL: there is none).
 */
#define TL_TYPE_DIFFERENCE (tl_difference_get_type ())
G_DECLARE_FINAL_TYPE (TlDifference, tl_difference, TL, DIFFERENCE, GObject)

GPtrArray        *tl_bundle_diff             (const TlBundle  *before,
                                              const TlBundle  *after) G_GNUC_WARN_UNUSED_RESULT;

TlDifferenceKind  tl_difference_get_kind     (TlDifference    *self);
TlLaneKind        tl_difference_get_lane     (TlDifference    *self);
const char       *tl_difference_get_member   (TlDifference    *self);
const char       *tl_difference_get_label    (TlDifference    *self);
const char       *tl_difference_get_before   (TlDifference    *self);
const char       *tl_difference_get_after    (TlDifference    *self);

G_END_DECLS
