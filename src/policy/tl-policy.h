/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane-kind.h"
#include "tl-oauth-client.h"

G_BEGIN_DECLS

/**
 * TlPolicy:
 *
 * What one document of an organisation says about set-ups, read from `policy.json`
 * (data/schema/policy.schema.json). Some of its members restrict; others grant trust: its clients,
 * its signers, its target's certificate, its directory. Whoever loads one says from where, and
 * #TlPolicies lets only some places grant. Immutable, atomically counted.
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
const char *tl_policy_get_sha256   (const TlPolicy  *self);
gint64      tl_policy_get_expires_s (const TlPolicy *self);

/* What it grants, if it comes from a place that may. */
GPtrArray          *tl_policy_get_clients     (const TlPolicy  *self);
const char * const *tl_policy_get_signers     (const TlPolicy  *self);
const char         *tl_policy_get_certificate (const TlPolicy  *self);
const char         *tl_policy_get_directory   (const TlPolicy  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPolicy, tl_policy_unref)

G_END_DECLS
