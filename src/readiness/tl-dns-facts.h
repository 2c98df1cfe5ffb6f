/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-records.h"

G_BEGIN_DECLS

/**
 * TlDnsFacts:
 *
 * What is known of the DNS so far, and what somebody would like to know. Whoever judges a domain
 * looks things up here: what is not known yet is noted as wanted and judged as if nobody could say;
 * then all that is wanted is asked side by side, put in, and everything is judged anew. So judging
 * is pure, and each round of questions is one round trip. Names are compared without regard to
 * case or a dot at the end. Not thread-safe.
 */
typedef struct _TlDnsFacts TlDnsFacts;

/**
 * TlDnsWant:
 * @name: what is asked for; for a document its https URL
 * @type: which records; 0 for a document
 * @needs_proof: whether it matters what DNSSEC says
 * @is_waited: whether a judge could not go on without it
 */
typedef struct
{
  const char   *name;
  TlRecordType  type;
  gboolean      needs_proof;
  gboolean      is_waited;
} TlDnsWant;

/**
 * TlDnsDocumentCause: whom it is due to that there is a document, or none
 * @TL_DNS_DOCUMENT_ANSWERED: somebody answered, whatever it was
 * @TL_DNS_DOCUMENT_TIMEOUT: the time was over
 * @TL_DNS_DOCUMENT_UNREACHED: nobody was reached from here: name service, network, proxy
 * @TL_DNS_DOCUMENT_NO_HOST: the system's name service says that there is no such host
 * @TL_DNS_DOCUMENT_FAULT: the server's own fault: its certificate, or what it spoke was no HTTP
 */
typedef enum
{
  TL_DNS_DOCUMENT_ANSWERED,
  TL_DNS_DOCUMENT_TIMEOUT,
  TL_DNS_DOCUMENT_UNREACHED,
  TL_DNS_DOCUMENT_NO_HOST,
  TL_DNS_DOCUMENT_FAULT,
} TlDnsDocumentCause;

/**
 * TlDnsDocument:
 * @cause: whether there was an answer, else why not
 * @status: HTTP status, 0 when there was no answer
 * @content_type: (nullable): its media type, lower case, without parameters
 * @body: (nullable): what it says
 * @why: (nullable): why there is no answer: an English clause
 *
 * A document that a record leads to: the policy of MTA-STS (RFC 8461 §3.2).
 */
typedef struct
{
  TlDnsDocumentCause  cause;
  guint               status;
  char               *content_type;
  GBytes             *body;
  char               *why;
} TlDnsDocument;

TlDnsDocument *tl_dns_document_new        (guint               status,
                                           const char         *content_type,
                                           GBytes             *body,
                                           const char         *why) G_GNUC_WARN_UNUSED_RESULT;
TlDnsDocument *tl_dns_document_new_failed (TlDnsDocumentCause  cause,
                                           const char         *why) G_GNUC_WARN_UNUSED_RESULT;
void           tl_dns_document_free       (TlDnsDocument      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlDnsDocument, tl_dns_document_free)

/* What a facts holds at most; what is wanted beyond is answered as TL_RECORDS_REFUSED. */
#define TL_DNS_FACTS_MAX 400

TlDnsFacts          *tl_dns_facts_new          (void) G_GNUC_WARN_UNUSED_RESULT;
TlDnsFacts          *tl_dns_facts_new_over     (TlDnsFacts           *base,
                                                const char           *name,
                                                TlRecordType          type,
                                                TlRecordSet          *set)
                                                G_GNUC_WARN_UNUSED_RESULT;
void                 tl_dns_facts_free         (TlDnsFacts           *self);

/* For judges: NULL is “not known yet, wanted”. */
TlRecordSet         *tl_dns_facts_look         (TlDnsFacts           *self,
                                                const char           *name,
                                                TlRecordType          type);
TlRecordSet         *tl_dns_facts_look_proven  (TlDnsFacts           *self,
                                                const char           *name,
                                                TlRecordType          type);
const TlDnsDocument *tl_dns_facts_look_at      (TlDnsFacts           *self,
                                                const char           *url);
/* Would be good to know already, should it be needed: wanted, and nobody waits for it. */
void                 tl_dns_facts_scout        (TlDnsFacts           *self,
                                                const char           *name,
                                                TlRecordType          type);

/* For whoever asks: what is wanted, %NULL once nothing is; and the answers. */
GPtrArray           *tl_dns_facts_list_wanted  (TlDnsFacts           *self)
                                                G_GNUC_WARN_UNUSED_RESULT;
guint                tl_dns_facts_get_n_waited (TlDnsFacts           *self);
void                 tl_dns_facts_forget_wanted (TlDnsFacts          *self);
void                 tl_dns_facts_put          (TlDnsFacts           *self,
                                                const char           *name,
                                                TlRecordType          type,
                                                TlRecordSet          *set);
void                 tl_dns_facts_put_early    (TlDnsFacts           *self,
                                                const char           *name,
                                                TlRecordType          type,
                                                TlRecordSet          *set);
void                 tl_dns_facts_put_document (TlDnsFacts           *self,
                                                const char           *url,
                                                TlDnsDocument        *document);
guint                tl_dns_facts_get_n        (TlDnsFacts           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlDnsFacts, tl_dns_facts_free)

G_END_DECLS
