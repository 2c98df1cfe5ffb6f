/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-judge.h"
#include "tl-nick.h"

/* What validation said, and what that is worth. That a domain is not signed is no fault; that
 * nobody could tell is no verdict. */
static const struct
{
  TlStatus    status;
  const char *finding; /* NULL: none */
} verdicts[] = {
  [TL_DNSSEC_BOGUS]    = { TL_STATUS_WARNING,    "domain.dnssec-bogus" },
  [TL_DNSSEC_UNKNOWN]  = { TL_STATUS_NOT_TESTED, NULL },
  [TL_DNSSEC_INSECURE] = { TL_STATUS_NOT_NEEDED, "domain.not-signed" },
  [TL_DNSSEC_SECURE]   = { TL_STATUS_OK,         NULL },
};

/**
 * tl_domain_dnssec_judge:
 * @verdict: what is added to
 *
 * Checks whether the domain is signed and its signatures hold (RFC 4035 §4.3), by the answer about
 * where its mail goes, which is as well an answer when there is none.
 */
void
tl_domain_dnssec_judge (TlDomainVerdict *verdict)
{
  const char *domain = tl_domain_subject_get_parts (verdict->subject)->domain;
  TlRecordSet *set = tl_dns_facts_look_proven (verdict->facts, domain, TL_RECORD_MX);
  TlDnssec dnssec = set != NULL ? tl_record_set_get_dnssec (set) : TL_DNSSEC_UNKNOWN;

  /* A bogus answer is one of the failures, and the very one that is looked for. */
  if (dnssec != TL_DNSSEC_BOGUS &&
      !tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_DNSSEC, domain, set))
    return;

  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DNSSEC, verdicts[dnssec].status, domain,
                                NULL, tl_nick_get (TL_TYPE_DNSSEC, (int) dnssec));
  if (verdicts[dnssec].finding != NULL)
    tl_domain_verdict_add_finding (verdict, verdicts[dnssec].finding, NULL, NULL);
}
