/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-oauth-client.h"

G_BEGIN_DECLS

/**
 * TlPolicy:
 *
 * What an organisation says about set-ups, read from `policy.json`
 * (data/schema/policy.schema.json). Its clients grant trust: whoever loads one says from
 * where, and only the system's place counts. Immutable, atomically counted.
 */
typedef struct _TlPolicy TlPolicy;

#define TL_TYPE_POLICY (tl_policy_get_type ())
GType       tl_policy_get_type     (void) G_GNUC_CONST;

TlPolicy   *tl_policy_parse        (const char      *json,
                                    gssize           len,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;
TlPolicy   *tl_policy_ref          (TlPolicy        *self);
void        tl_policy_unref        (TlPolicy        *self);

const char *tl_policy_get_name     (const TlPolicy  *self);
const char *tl_policy_get_contact  (const TlPolicy  *self);
GPtrArray  *tl_policy_get_clients  (const TlPolicy  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPolicy, tl_policy_unref)

G_END_DECLS
