/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-discovery-source.h"
#include "tl-test-dns.h"
#include "tl-test-pages.h"

G_BEGIN_DECLS

/* The local part of every address: nobody may ever hear it (C14). */
#define TRIAL_WHO "rosalind"

#define TRIAL_MAX_ASKED 5

#define TRIAL_AUTOCONFIG(domain, host) "<clientConfig version=\"1.1\"><emailProvider id=\"x\"><domain>" \
  domain "</domain><incomingServer type=\"imap\"><hostname>imap." host "</hostname>" \
  "<port>993</port><socketType>SSL</socketType><authentication>password-cleartext" \
  "</authentication><username>%EMAILADDRESS%</username></incomingServer>" \
  "<outgoingServer type=\"smtp\"><hostname>smtp." host "</hostname><port>465</port>" \
  "<socketType>SSL</socketType><authentication>password-cleartext</authentication>" \
  "<username>%EMAILADDRESS%</username></outgoingServer></emailProvider></clientConfig>"

/**
 * TrialCase:
 * @name: the test is `/source/NAME`
 * @source: who is asked
 * @domain: about whom
 * @status: what becomes of it
 * @incoming: (nullable): the first server of the lane, `host:port`
 * @outgoing: (nullable): likewise
 * @trust: on whose word, both
 * @remarks: what else it says
 * @detail: (nullable): what it says was wrong or recognised; `*` for anything
 * @asked: what the web is asked, sorted: `METHOD URL`; nothing else may be
 *
 * What one source makes of a scripted name service and a scripted web.
 */
typedef struct
{
  const char              *name;
  const TlDiscoverySource *source;
  const char              *domain;
  TlSourceStatus           status;
  const char              *incoming;
  const char              *outgoing;
  TlTrust                  trust;
  TlSourceRemarks          remarks;
  const char              *detail;
  const char              *asked[TRIAL_MAX_ASKED + 1];
} TrialCase;

/**
 * Trial:
 *
 * One source asked about one domain. Zeroed, but for @records, @probe and @options
 * where the usual ones will not do.
 */
typedef struct
{
  TlAddress          *address;
  TlContacts         *contacts;
  TlNetwork          *network;
  TlRecords          *records;
  TlHttps            *https;
  TlProber           *prober;
  GCancellable       *cancellable;
  TlProberFunc        probe;
  TlDiscoveryOptions  options;
  TlSourceReply      *reply;
  guint               n_unproven; /* how often it told that it will not be proven */
} Trial;

void         trial_begin        (const TlTestDnsRow       *rows,
                                 gsize                     n_rows,
                                 const TlTestPage         *pages,
                                 gsize                     n_pages,
                                 const char               *unproven);
void         trial_end          (void);
TlTestPages *trial_get_web      (void);
void         trial_add_cases    (const TrialCase          *cases,
                                 gsize                     n_cases);

void         trial_run          (Trial                    *self,
                                 const TlDiscoverySource  *source,
                                 const char               *domain,
                                 guint                     n_asked);
void         trial_clear        (Trial                    *self);
void         trial_assert_claim (TlSourceReply            *reply,
                                 TlLaneKind                lane,
                                 const char               *server,
                                 TlTrust                   its_trust);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trial, trial_clear)

G_END_DECLS
