/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-candidate.h"
#include "tl-finding.h"

G_BEGIN_DECLS

/**
 * TlSourceAnswer:
 *
 * What became of one discovery source: its id, a stable word for what happened
 * (`answered`, `nothing`, `nxdomain`, `servfail`, `timeout`, `refused`,
 * `bad-document`, `bad-certificate`, `bogus`, `not-asked`, `asking`), and
 * how long it took. An item of list models; construct-only.
 */
#define TL_TYPE_SOURCE_ANSWER (tl_source_answer_get_type ())
G_DECLARE_FINAL_TYPE (TlSourceAnswer, tl_source_answer, TL, SOURCE_ANSWER, GObject)

TlSourceAnswer *tl_source_answer_new        (const char      *source,
                                             const char      *status,
                                             guint            ms) G_GNUC_WARN_UNUSED_RESULT;
const char     *tl_source_answer_get_source (TlSourceAnswer  *self);
const char     *tl_source_answer_get_status (TlSourceAnswer  *self);
guint           tl_source_answer_get_ms     (TlSourceAnswer  *self);

/**
 * TlDiscoveryReport:
 *
 * Everything discovery has to say about an address. Immutable, atomically
 * counted. Candidates are in order of preference, best first, both lanes
 * mixed; the proposal of a lane is its first candidate, or none.
 */
typedef struct _TlDiscoveryReport TlDiscoveryReport;

#define TL_TYPE_DISCOVERY_REPORT (tl_discovery_report_get_type ())
GType              tl_discovery_report_get_type       (void) G_GNUC_CONST;

TlDiscoveryReport *tl_discovery_report_new            (TlAddress          *address,
                                                       GPtrArray          *candidates,
                                                       GPtrArray          *sources,
                                                       GPtrArray          *findings,
                                                       const char         *provider)
                                                       G_GNUC_WARN_UNUSED_RESULT;
TlDiscoveryReport *tl_discovery_report_ref            (TlDiscoveryReport  *self);
void               tl_discovery_report_unref          (TlDiscoveryReport  *self);

TlAddress         *tl_discovery_report_get_address    (const TlDiscoveryReport *self);
TlCandidate       *tl_discovery_report_get_proposal   (const TlDiscoveryReport *self,
                                                       TlLaneKind               lane);
GPtrArray         *tl_discovery_report_get_candidates (const TlDiscoveryReport *self);
GPtrArray         *tl_discovery_report_get_sources    (const TlDiscoveryReport *self);
GPtrArray         *tl_discovery_report_get_findings   (const TlDiscoveryReport *self);
const char        *tl_discovery_report_get_provider   (const TlDiscoveryReport *self);
TlJson            *tl_discovery_report_to_json        (const TlDiscoveryReport *self)
                                                       G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlDiscoveryReport, tl_discovery_report_unref)

G_END_DECLS
