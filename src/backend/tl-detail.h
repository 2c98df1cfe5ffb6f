/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "tl-stage.h"

G_BEGIN_DECLS

/**
 * TlDetail:
 *
 * Something that was learnt: what it is and how it is, for a row of a list.
 * Immutable.
 *
 * Properties, construct-only: `label` (string), `value` (string), `hint` (string
 * or NULL: a few words more), `status` (TlStatus: how good that is; not-tested
 * where it is neither good nor bad), `id` (string or NULL: what it is, the same in
 * every language), `group` (string or NULL: the heading that it stands under).
 */
#define TL_TYPE_DETAIL (tl_detail_get_type ())
G_DECLARE_FINAL_TYPE (TlDetail, tl_detail, TL, DETAIL, GObject)

TlDetail   *tl_detail_new        (TlStatus     status,
                                  const char  *label,
                                  const char  *hint,
                                  const char  *value) G_GNUC_WARN_UNUSED_RESULT;
TlStatus    tl_detail_get_status (TlDetail    *self);
const char *tl_detail_get_label  (TlDetail    *self);
const char *tl_detail_get_hint   (TlDetail    *self);
const char *tl_detail_get_value  (TlDetail    *self);
const char *tl_detail_get_id     (TlDetail    *self);
const char *tl_detail_get_group  (TlDetail    *self);

G_END_DECLS
