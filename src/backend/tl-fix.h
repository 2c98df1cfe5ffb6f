/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-finding.h"
#include "tl-lane-settings.h"

G_BEGIN_DECLS

/**
 * TlFix:
 *
 * What the program can do at a press about a finding of a lane: other settings
 * for that lane, and its test again. An item of list models; immutable.
 * Properties (ro): `action` (TlAction: `switch-endpoint`, `retry-as-full-address`,
 * `retry-as-local-part`), `label` (string: for a button, translated: “Use TLS on port
 * 993”), `lane` (TlLaneKind), `settings` (TlLaneSettings).
 */
#define TL_TYPE_FIX (tl_fix_get_type ())
G_DECLARE_FINAL_TYPE (TlFix, tl_fix, TL, FIX, GObject)

TlFix          *tl_fix_new          (TlAction         action,
                                     TlLaneKind       lane,
                                     TlLaneSettings  *settings,
                                     const char      *label) G_GNUC_WARN_UNUSED_RESULT;
TlAction        tl_fix_get_action   (TlFix           *self);
const char     *tl_fix_get_label    (TlFix           *self);
TlLaneKind      tl_fix_get_lane     (TlFix           *self);
TlLaneSettings *tl_fix_get_settings (TlFix           *self);

G_END_DECLS
