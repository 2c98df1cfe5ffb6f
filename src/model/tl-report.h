/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-domain-report.h"
#include "tl-lane-report.h"
#include "tl-mailbox-report.h"
#include "tl-plan.h"
#include "tl-policy-record.h"
#include "tl-sending-plan.h"

G_BEGIN_DECLS

/* A pair of green lanes counts for an export this long after the older of the two. */
#define TL_REPORT_FRESH_S (30 * 60)

/**
 * TlReport:
 *
 * Plan, both lanes and what was found about the pair, as data; what a bundle
 * is made of. Immutable, atomically counted.
 */
typedef struct _TlReport TlReport;

/**
 * TlReadiness: what may be made of a report
 * @TL_READINESS_DRAFT: a lane is not green, or a rule of a policy is broken
 * @TL_READINESS_STALE: both were, too long ago
 * @TL_READINESS_READY: both are green for exactly these settings, lately
 */
typedef enum
{
  TL_READINESS_DRAFT,
  TL_READINESS_STALE,
  TL_READINESS_READY,
} TlReadiness;

#define TL_TYPE_READINESS (tl_readiness_get_type ())
GType         tl_readiness_get_type   (void) G_GNUC_CONST;

#define TL_TYPE_REPORT (tl_report_get_type ())
GType         tl_report_get_type      (void) G_GNUC_CONST;

TlReport     *tl_report_new           (TlPlan          *plan,
                                       TlLaneReport    *incoming,
                                       TlLaneReport    *outgoing) G_GNUC_WARN_UNUSED_RESULT;
TlReport     *tl_report_with_policy   (const TlReport  *self,
                                       TlPolicyRecord  *policy) G_GNUC_WARN_UNUSED_RESULT;
/* Each nullable: what was not looked at has no section. */
TlReport     *tl_report_with_sections (const TlReport *self,
                                       TlMailboxReport *mailbox,
                                       TlSendingPlan   *sending,
                                       TlDomainReport  *domain) G_GNUC_WARN_UNUSED_RESULT;
TlReport     *tl_report_ref           (TlReport        *self);
void          tl_report_unref         (TlReport        *self);

TlPlan       *tl_report_get_plan      (const TlReport  *self);
TlLaneReport *tl_report_get_lane      (const TlReport  *self,
                                       TlLaneKind       lane);
GPtrArray    *tl_report_get_findings  (const TlReport  *self);
TlPolicyRecord *tl_report_get_policy  (const TlReport  *self);
TlMailboxReport *tl_report_get_mailbox (const TlReport *self);
TlSendingPlan *tl_report_get_sending  (const TlReport  *self);
TlDomainReport *tl_report_get_domain  (const TlReport  *self);
TlReadiness   tl_report_get_readiness (const TlReport  *self,
                                       gint64           now_s);
TlJson       *tl_report_to_json       (const TlReport  *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlReport, tl_report_unref)

G_END_DECLS
