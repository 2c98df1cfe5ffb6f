/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane-settings.h"
#include "tl-loop-report.h"
#include "tl-provider.h"

G_BEGIN_DECLS

/**
 * TlDomainSubjectParts:
 * @domain: the domain in From, A-labels or Unicode
 * @registered: (nullable): the domain that was registered to send, when somebody said which
 * @reply_domain: (nullable): of Reply-To, when there is one
 * @envelope_domain: (nullable): of MAIL FROM; %NULL: @domain
 * @incoming_host: (nullable): where the mailbox is read
 * @outgoing_host: (nullable): where messages are handed in
 * @provider: (nullable): whose mailbox it is
 * @relay: (nullable): the sending service of the outgoing lane, where it is another
 * @selectors: (nullable) (array zero-terminated=1): DKIM selectors that are known to be used
 * @loop: (nullable): how the message to oneself fared: its DKIM signature, and what the receiving
 *   side thought
 * @volume: how many messages a day are planned, 0 when nobody said
 * @now_s: what time it is, seconds since the epoch
 *
 * Which domain is looked at, and for what set-up; all but @domain and @now_s may be missing: then
 * only the domain itself is judged, and not whether this set-up suits it.
 */
typedef struct
{
  const char          *domain;
  const char          *registered;
  const char          *reply_domain;
  const char          *envelope_domain;
  const char          *incoming_host;
  const char          *outgoing_host;
  TlProvider          *provider;
  TlProvider          *relay;
  const char * const  *selectors;
  TlLoopReport        *loop;
  guint                volume;
  gint64               now_s;
} TlDomainSubjectParts;

/**
 * TlDomainSubject: the same as a value; host names canonical. Immutable, atomically counted.
 */
typedef struct _TlDomainSubject TlDomainSubject;

#define TL_TYPE_DOMAIN_SUBJECT (tl_domain_subject_get_type ())
GType                       tl_domain_subject_get_type  (void) G_GNUC_CONST;

TlDomainSubject            *tl_domain_subject_new       (const TlDomainSubjectParts *parts,
                                                         GError                    **error)
                                                         G_GNUC_WARN_UNUSED_RESULT;
TlDomainSubject            *tl_domain_subject_ref       (TlDomainSubject            *self);
void                        tl_domain_subject_unref     (TlDomainSubject            *self);
const TlDomainSubjectParts *tl_domain_subject_get_parts (const TlDomainSubject      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlDomainSubject, tl_domain_subject_unref)

G_END_DECLS
