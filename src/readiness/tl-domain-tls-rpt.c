/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-judge.h"
#include "tl-domain-text.h"
#include "tl-evidence.h"
#include "tl-sts-record.h"
#include "tl-tls-rpt.h"

/* Who asks for encryption wants to know when it fails. Whether somebody does is only looked up
 * where MTA-STS does so anyway. */
static gboolean
asks_for_encryption (TlRecordSet *set)
{
  g_autoptr(GPtrArray) records = set != NULL ? tl_domain_text_select (set, TL_STS_VERSION) : NULL;

  return records != NULL && records->len > 0;
}

/* The address is one that every domain has (RFC 5321 §4.5.1). */
static void
add_missing (TlDomainVerdict *verdict,
             const char      *domain,
             const char      *name,
             const char      *why)
{
  g_autofree char *value = g_strconcat (TL_TLS_RPT_VERSION "; rua=mailto:postmaster@", domain,
                                        NULL);
  g_autofree char *detail =
    g_strconcat (why, "; the record sends reports to postmaster, an address that every domain has "
                 "to have (RFC 5321): another will do as well", NULL);
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", detail);
  tl_domain_verdict_add_finding (verdict, "domain.tls-rpt-missing",
                                 g_variant_dict_end (&evidence),
                                 &(TlDomainRemedy) { name, "TXT", value });
}

/**
 * tl_domain_tls_rpt_judge:
 * @verdict: what is added to
 *
 * Checks where the domain wants reports about failed encryption (RFC 8460 §3). To name no place for
 * them is a fault only where it asks for encryption; to name one badly always is.
 */
void
tl_domain_tls_rpt_judge (TlDomainVerdict *verdict)
{
  const char *domain = tl_domain_subject_get_parts (verdict->subject)->domain;
  g_autofree char *name = g_strconcat ("_smtp._tls.", domain, NULL);
  TlRecordSet *set = tl_dns_facts_look (verdict->facts, name, TL_RECORD_TXT);
  g_autofree char *asking = g_strconcat ("_mta-sts.", domain, NULL);
  TlRecordSet *asked = tl_dns_facts_look (verdict->facts, asking, TL_RECORD_TXT);
  gboolean is_wanted = asks_for_encryption (asked);
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) uris = NULL;
  const TlRecord *record;

  if (!tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_TLS_RPT, name, set))
    return;

  records = tl_domain_text_select (set, TL_TLS_RPT_VERSION);
  if (records->len == 0 && !is_wanted &&
      !tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_TLS_RPT, asking, asked))
    return;
  if (records->len == 0)
    {
      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_TLS_RPT,
                                    is_wanted ? TL_STATUS_WARNING : TL_STATUS_NOT_NEEDED, name,
                                    NULL, "none");
      if (is_wanted)
        add_missing (verdict, domain, name, "there is no such record");
      return;
    }

  record = records->pdata[0];
  uris = records->len == 1 ? tl_tls_rpt_parse (record->data, &error) : NULL;
  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_TLS_RPT,
                                uris != NULL ? TL_STATUS_OK : TL_STATUS_WARNING, name, record->text,
                                uris != NULL ? uris[0] : records->len > 1 ? "several" : "broken");
  if (uris == NULL)
    add_missing (verdict, domain, name,
                 error != NULL ? error->message : "there are several records, so none counts");
}
