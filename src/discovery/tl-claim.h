/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane-kind.h"
#include "tl-lane-settings.h"
#include "tl-trust.h"

G_BEGIN_DECLS

/**
 * TlClaim:
 *
 * One source's word about one lane, before it is judged: how the lane is said
 * to be reached, on whose word, and by which URLs and records that word came.
 * Immutable, atomically counted.
 */
typedef struct _TlClaim TlClaim;

#define TL_TYPE_CLAIM (tl_claim_get_type ())
GType               tl_claim_get_type     (void) G_GNUC_CONST;

TlClaim            *tl_claim_new          (TlLaneKind           lane,
                                           TlLaneSettings      *settings,
                                           TlTrust              trust,
                                           const char * const  *hops) G_GNUC_WARN_UNUSED_RESULT;
TlClaim            *tl_claim_ref          (TlClaim             *self);
void                tl_claim_unref        (TlClaim             *self);

TlLaneKind          tl_claim_get_lane     (const TlClaim       *self);
TlLaneSettings     *tl_claim_get_settings (const TlClaim       *self);
TlEndpoint         *tl_claim_get_endpoint (const TlClaim       *self);
TlTrust             tl_claim_get_trust    (const TlClaim       *self);
const char * const *tl_claim_get_hops     (const TlClaim       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlClaim, tl_claim_unref)

G_END_DECLS
