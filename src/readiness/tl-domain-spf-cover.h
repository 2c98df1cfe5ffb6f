/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-dns-facts.h"
#include "tl-domain-subject.h"
#include "tl-spf.h"

G_BEGIN_DECLS

/**
 * TlSpfCover: whether the outgoing lane may send for a domain, as its SPF record says
 * @TL_SPF_COVER_PENDING: not known yet
 * @TL_SPF_COVER_UNKNOWN: cannot be told: nobody said by what is sent, or name servers failed
 * @TL_SPF_COVER_NO: it may not
 * @TL_SPF_COVER_YES: it may
 */
typedef enum
{
  TL_SPF_COVER_PENDING,
  TL_SPF_COVER_UNKNOWN,
  TL_SPF_COVER_NO,
  TL_SPF_COVER_YES,
} TlSpfCover;

TlSpfCover  tl_spf_cover_judge       (const TlDomainSubjectParts  *parts,
                                      const TlSpfSurvey           *survey,
                                      TlDnsFacts                  *facts,
                                      char                       **out_evidence);
const char *tl_spf_cover_get_domain  (const TlDomainSubjectParts  *parts);
const char *tl_spf_cover_get_include (const TlDomainSubjectParts  *parts);
const char *tl_spf_cover_get_sender_name (const TlDomainSubjectParts *parts);
char       *tl_spf_cover_dup_term    (const TlDomainSubjectParts  *parts)
                                      G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
