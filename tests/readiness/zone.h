/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-domain-judge.h"

G_BEGIN_DECLS

/**
 * ZoneRow:
 * @name: the owner
 * @type: of the record; 0 for a document, whose URL is @name
 * @status: %TL_RECORDS_ANSWERED, or how the look-up fails; so may that of a document whose HTTP
 *   status is 0
 * @dnssec: what validation says
 * @priority: of an MX; of a document the HTTP status
 * @text: a target, a TXT, a document's body; NULL: nothing of the kind is there
 * @hex: in place of that the data of a TLSA or an address
 * @media: of a document
 *
 * What is published in a test. Rows of the same name and type are one answer. What is in no row
 * does not exist, nor does what is at the name with another type.
 */
typedef struct
{
  const char      *name;
  TlRecordType     type;
  TlRecordsStatus  status;
  TlDnssec         dnssec;
  guint16          priority;
  const char      *text;
  const char      *hex;
  const char      *media;
} ZoneRow;

/**
 * Zone: answers from a table whatever a check wants, until it wants no more
 * @n_rounds: how many rounds it took
 */
typedef struct
{
  TlDomainVerdict  verdict;
  guint            n_rounds;
} Zone;

Zone *zone_run             (const ZoneRow               *rows,
                            const TlDomainSubjectParts  *parts,
                            void                       (*check) (TlDomainVerdict *verdict))
                            G_GNUC_WARN_UNUSED_RESULT;
void  zone_free            (Zone                        *self);
char *zone_dup_records     (const Zone                  *self) G_GNUC_WARN_UNUSED_RESULT;
char *zone_dup_findings    (const Zone                  *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Zone, zone_free)

G_END_DECLS
