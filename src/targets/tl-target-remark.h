/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-catalogue.h"
#include "tl-finding.h"

G_BEGIN_DECLS

/**
 * TlTargetRemark:
 *
 * What a target can not express of a mailbox, or expresses in another way. An item of lists;
 * immutable.
 *
 * Properties, construct-only: `severity` (TlSeverity: with an error nothing is rendered), `lane`
 * (TlLaneKind), `code` (string: a word of data/schema/target.schema.json, or a rule's name), `text`
 * (string, translated).
 */
#define TL_TYPE_TARGET_REMARK (tl_target_remark_get_type ())
G_DECLARE_FINAL_TYPE (TlTargetRemark, tl_target_remark, TL, TARGET_REMARK, GObject)

TlSeverity  tl_target_remark_get_severity (TlTargetRemark *self);
TlLaneKind  tl_target_remark_get_lane     (TlTargetRemark *self);
const char *tl_target_remark_get_code     (TlTargetRemark *self);
const char *tl_target_remark_get_text     (TlTargetRemark *self);

G_END_DECLS
