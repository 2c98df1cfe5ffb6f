/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-candidate.h"
#include "tl-contacts.h"
#include "tl-finding.h"
#include "tl-hint.h"
#include "tl-rejection.h"
#include "tl-source-answer.h"

G_BEGIN_DECLS

/**
 * TlDiscoveryParts:
 * @candidates: (nullable) (element-type TlCandidate): what was found, best first, both lanes mixed
 * @sources: (nullable) (element-type TlSourceAnswer): what became of each source, in order
 * @findings: (nullable) (element-type TlFinding): what there is to say about it
 * @rejections: (nullable) (element-type TlRejection): servers that were named and are not offered
 * @hints: (nullable) (element-type TlHint): what settings documents say besides
 * @contacts: (nullable): whom it took
 * @provider: (nullable): id in the provider table
 * @proposed_ms: from the start to the moment from which the proposal could not change any more
 *
 * What a report is made of; all of it stays the caller's.
 */
typedef struct
{
  GPtrArray  *candidates;
  GPtrArray  *sources;
  GPtrArray  *findings;
  GPtrArray  *rejections;
  GPtrArray  *hints;
  TlContacts *contacts;
  const char *provider;
  guint       proposed_ms;
} TlDiscoveryParts;

/**
 * TlDiscoveryReport:
 *
 * Everything discovery has to say about an address. Immutable, atomically
 * counted. The proposal of a lane is its first candidate, or none. A report of
 * an offline answer names no contacts.
 */
typedef struct _TlDiscoveryReport TlDiscoveryReport;

#define TL_TYPE_DISCOVERY_REPORT (tl_discovery_report_get_type ())
GType               tl_discovery_report_get_type        (void) G_GNUC_CONST;

TlDiscoveryReport  *tl_discovery_report_new             (TlAddress               *address,
                                                         const TlDiscoveryParts  *parts)
                                                         G_GNUC_WARN_UNUSED_RESULT;
TlDiscoveryReport  *tl_discovery_report_with_finding    (const TlDiscoveryReport *self,
                                                         TlFinding               *finding)
                                                         G_GNUC_WARN_UNUSED_RESULT;
TlDiscoveryReport  *tl_discovery_report_ref             (TlDiscoveryReport       *self);
void                tl_discovery_report_unref           (TlDiscoveryReport       *self);

TlAddress          *tl_discovery_report_get_address     (const TlDiscoveryReport *self);
TlCandidate        *tl_discovery_report_get_proposal    (const TlDiscoveryReport *self,
                                                         TlLaneKind               lane);
GPtrArray          *tl_discovery_report_get_candidates  (const TlDiscoveryReport *self);
GPtrArray          *tl_discovery_report_get_sources     (const TlDiscoveryReport *self);
GPtrArray          *tl_discovery_report_get_findings    (const TlDiscoveryReport *self);
GPtrArray          *tl_discovery_report_get_rejections  (const TlDiscoveryReport *self);
GPtrArray          *tl_discovery_report_get_hints       (const TlDiscoveryReport *self);
const char * const *tl_discovery_report_get_contacts    (const TlDiscoveryReport *self,
                                                         TlContactKind            kind);
const char         *tl_discovery_report_get_provider    (const TlDiscoveryReport *self);
guint               tl_discovery_report_get_proposed_ms (const TlDiscoveryReport *self);
TlJson             *tl_discovery_report_to_json         (const TlDiscoveryReport *self)
                                                         G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlDiscoveryReport, tl_discovery_report_unref)

G_END_DECLS
