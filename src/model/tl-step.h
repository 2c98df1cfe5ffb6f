/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-json.h"
#include "tl-stage.h"

G_BEGIN_DECLS

/**
 * TlStep:
 *
 * How one stage of a lane went: which, how it ended, how long it took.
 * Immutable, atomically counted.
 */
typedef struct _TlStep TlStep;

#define TL_TYPE_STEP (tl_step_get_type ())
GType     tl_step_get_type   (void) G_GNUC_CONST;

TlStep   *tl_step_new        (TlStage        stage,
                              TlStatus       status,
                              guint          began_ms,
                              guint          ms) G_GNUC_WARN_UNUSED_RESULT;
TlStep   *tl_step_ref        (TlStep        *self);
void      tl_step_unref      (TlStep        *self);

TlStage   tl_step_get_stage  (const TlStep  *self);
TlStatus  tl_step_get_status (const TlStep  *self);
guint     tl_step_get_began_ms (const TlStep *self);
guint     tl_step_get_ms     (const TlStep  *self);
TlJson   *tl_step_to_json    (const TlStep  *self) G_GNUC_WARN_UNUSED_RESULT;
TlStep   *tl_step_from_json  (TlJson        *json,
                              GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlStep, tl_step_unref)

G_END_DECLS
