/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-domain-verdict.h"

G_BEGIN_DECLS

/* One file a topic; MX, DANE, DNSSEC, MTA-STS and TLS-RPT are about mail that comes in. */
void            tl_domain_mx_judge            (TlDomainVerdict       *verdict);
void            tl_domain_mta_sts_judge       (TlDomainVerdict       *verdict);
void            tl_domain_tls_rpt_judge       (TlDomainVerdict       *verdict);
void            tl_domain_dane_judge          (TlDomainVerdict       *verdict);
void            tl_domain_dnssec_judge        (TlDomainVerdict       *verdict);
void            tl_domain_spf_judge           (TlDomainVerdict       *verdict);
void            tl_domain_dkim_judge          (TlDomainVerdict       *verdict);
void            tl_domain_dmarc_judge         (TlDomainVerdict       *verdict);
void            tl_domain_bimi_judge          (TlDomainVerdict       *verdict);
void            tl_domain_identity_judge      (TlDomainVerdict       *verdict);

/* All of them: a report of what can be said now; facts say whether anything is still wanted. */
TlDomainReport *tl_domain_judge               (TlDomainSubject       *subject,
                                               TlDnsFacts            *facts,
                                               guint                  n_trips)
                                               G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
