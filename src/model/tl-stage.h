/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "tl-security.h"

G_BEGIN_DECLS

/**
 * TlStage:
 *
 * A station on the road; the part of a finding id before the dot. A lane runs
 * RESOLVE to USE; the others are where findings that belong to no lane come
 * from.
 */
typedef enum
{
  TL_STAGE_INPUT,
  TL_STAGE_DISCOVER,
  TL_STAGE_RESOLVE,
  TL_STAGE_CONNECT,
  TL_STAGE_TLS,
  TL_STAGE_GREET,
  TL_STAGE_UPGRADE,
  TL_STAGE_CAPS,
  TL_STAGE_AUTH,
  TL_STAGE_OAUTH,
  TL_STAGE_USE,
  TL_STAGE_DELIVER,
  TL_STAGE_PAIR,
  TL_STAGE_DOMAIN,
  TL_STAGE_STORE,
  TL_STAGE_EXPORT,
  TL_STAGE_BUNDLE,
} TlStage;

#define TL_TYPE_STAGE (tl_stage_get_type ())
GType          tl_stage_get_type    (void) G_GNUC_CONST;
const char    *tl_stage_get_nick    (TlStage     stage);
const char    *tl_stage_get_label   (TlStage     stage);

const TlStage *tl_stage_list_lane   (TlSecurity  security,
                                     gsize      *out_n);

/**
 * TlStatus: how one stage ended
 * @TL_STATUS_NOT_TESTED: not reached; never green
 * @TL_STATUS_RUNNING: under way; only ever seen live, never in a report
 * @TL_STATUS_OK: done
 * @TL_STATUS_NOT_NEEDED: nothing to do here, such as connecting to an address literal's name
 * @TL_STATUS_WARNING: done, with a remark that matters
 * @TL_STATUS_ERROR: failed
 */
typedef enum
{
  TL_STATUS_NOT_TESTED,
  TL_STATUS_RUNNING,
  TL_STATUS_OK,
  TL_STATUS_NOT_NEEDED,
  TL_STATUS_WARNING,
  TL_STATUS_ERROR,
} TlStatus;

#define TL_TYPE_STATUS (tl_status_get_type ())
GType       tl_status_get_type  (void) G_GNUC_CONST;
const char *tl_status_get_nick  (TlStatus status);
const char *tl_status_get_label (TlStatus status);

/**
 * TlVerdict: a lane's result. Ordered: NOT_TESTED < OK < WARNING < ERROR
 */
typedef enum
{
  TL_VERDICT_NOT_TESTED,
  TL_VERDICT_OK,
  TL_VERDICT_WARNING,
  TL_VERDICT_ERROR,
} TlVerdict;

#define TL_TYPE_VERDICT (tl_verdict_get_type ())
GType       tl_verdict_get_type  (void) G_GNUC_CONST;
const char *tl_verdict_get_nick  (TlVerdict verdict);
const char *tl_verdict_get_label (TlVerdict verdict);

G_END_DECLS
