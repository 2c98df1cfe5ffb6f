/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-domain-topic.h"
#include "tl-finding.h"
#include "tl-json.h"
#include "tl-stage.h"

G_BEGIN_DECLS

#define TL_DOMAIN_REPORT_MAX_RECORDS  32
#define TL_DOMAIN_REPORT_MAX_FINDINGS 50
#define TL_DOMAIN_REPORT_MAX_LOOKUPS  30

/**
 * TlDomainRecord:
 * @topic: what it is about
 * @status: how good that is; not-tested where nobody could look (a name server that does not
 *   answer, a selector that nobody knows), not-needed where it is optional and not there
 * @name: (nullable): where it was looked for, a DNS name or a URL
 * @value: (nullable): what was found there, cleaned
 * @detail: (nullable): what it comes to, an English clause for the details drawer that nobody reads
 *   back: `pass`, `7 look-ups`
 * @n_lookups: of an SPF record how many look-ups it takes, at most `TL_DOMAIN_REPORT_MAX_LOOKUPS`;
 *   −1 where none were counted, which is what tl_domain_record_new() makes of it
 *
 * One record or document that was looked at. A topic can have several.
 */
typedef struct
{
  TlDomainTopic  topic;
  TlStatus       status;
  char          *name;
  char          *value;
  char          *detail;
  int            n_lookups;
} TlDomainRecord;

TlDomainRecord *tl_domain_record_new  (TlDomainTopic         topic,
                                       TlStatus              status,
                                       const char           *name,
                                       const char           *value,
                                       const char           *detail) G_GNUC_WARN_UNUSED_RESULT;
void            tl_domain_record_free (TlDomainRecord       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlDomainRecord, tl_domain_record_free)

/**
 * TlDomainReportParts:
 * @domain: whose health it is, A-labels
 * @checked_at_s: when, seconds since the epoch, UTC
 * @n_trips: how many rounds of questions it took, those of one round asked side by side
 * @n_questions: how many questions in all
 * @records: (element-type TlDomainRecord): by topic
 * @findings: (element-type TlFinding) (nullable): what was found, the worst first; where a record
 *   mends it, with the evidence `record`, `record_name`, `record_type`; whose rule it breaks in
 *   `receivers`
 *
 * What a domain report is made of; tl_domain_report_new() copies.
 */
typedef struct
{
  const char *domain;
  gint64      checked_at_s;
  guint       n_trips;
  guint       n_questions;
  GPtrArray  *records;
  GPtrArray  *findings;
} TlDomainReportParts;

/**
 * TlDomainReport:
 *
 * Whether receivers will trust what comes from a domain. The section `domain` of a bundle.
 * Immutable, atomically counted.
 */
typedef struct _TlDomainReport TlDomainReport;

#define TL_TYPE_DOMAIN_REPORT (tl_domain_report_get_type ())
GType                      tl_domain_report_get_type    (void) G_GNUC_CONST;

TlDomainReport            *tl_domain_report_new         (const TlDomainReportParts *parts)
                                                         G_GNUC_WARN_UNUSED_RESULT;
TlDomainReport            *tl_domain_report_ref         (TlDomainReport            *self);
void                       tl_domain_report_unref       (TlDomainReport            *self);

const TlDomainReportParts *tl_domain_report_get_parts   (const TlDomainReport      *self);
TlStatus                   tl_domain_report_get_status  (const TlDomainReport      *self,
                                                         TlDomainTopic              topic);
TlVerdict                  tl_domain_report_get_verdict (const TlDomainReport      *self);
TlJson                    *tl_domain_report_to_json     (const TlDomainReport      *self)
                                                         G_GNUC_WARN_UNUSED_RESULT;
TlDomainReport            *tl_domain_report_from_json   (TlJson                    *json,
                                                         GError                   **error)
                                                         G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlDomainReport, tl_domain_report_unref)

G_END_DECLS
