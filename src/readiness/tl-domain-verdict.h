/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-dns-facts.h"
#include "tl-domain-report.h"
#include "tl-domain-subject.h"

G_BEGIN_DECLS

/**
 * TlDomainVerdict:
 * @subject: what is judged
 * @facts: what is known, and takes note of what else is wanted
 * @records: (element-type TlDomainRecord): what was looked at
 * @findings: (element-type TlFinding): what is wrong
 *
 * What every topic's check is given, and adds to. A check is pure: same subject and facts, same
 * words. Where it needs what is not known yet it leaves out its record: the round after will tell.
 */
typedef struct
{
  TlDomainSubject *subject;
  TlDnsFacts      *facts;
  GPtrArray       *records;
  GPtrArray       *findings;
} TlDomainVerdict;

/**
 * TlDomainRemedy: the record that mends a finding
 * @name: where to publish it
 * @type: `TXT`, `CNAME`, `MX` or `TLSA`
 * @value: what it says
 */
typedef struct
{
  const char *name;
  const char *type;
  const char *value;
} TlDomainRemedy;

TlDomainRecord *tl_domain_verdict_add_record  (TlDomainVerdict       *self,
                                               TlDomainTopic          topic,
                                               TlStatus               status,
                                               const char            *name,
                                               const char            *value,
                                               const char            *detail);
/* Puts `domain` and the remedy into the evidence; tl_domain_judge() adds whose rules it breaks. */
void            tl_domain_verdict_add_finding (TlDomainVerdict       *self,
                                               const char            *id,
                                               GVariant              *evidence,
                                               const TlDomainRemedy  *remedy);

gboolean        tl_domain_verdict_knows_sender (const TlDomainVerdict *self);
/* Whether a check can go by an answer; where name servers failed, adds a record that says so. */
gboolean        tl_domain_verdict_is_answered (TlDomainVerdict       *self,
                                               TlDomainTopic          topic,
                                               const char            *name,
                                               TlRecordSet           *set)
                                               G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
