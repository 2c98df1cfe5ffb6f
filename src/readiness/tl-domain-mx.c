/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-exchangers.h"
#include "tl-domain-judge.h"
#include "tl-evidence.h"
#include "tl-gateway.h"

/* How one mail exchanger stands. */
typedef enum
{
  EXCHANGER_PENDING,
  EXCHANGER_UNKNOWN,
  EXCHANGER_WELL,
  EXCHANGER_ALIAS,
  EXCHANGER_NO_ADDRESS,
  EXCHANGER_ADDRESS,
  EXCHANGER_NO_HOST,
} ExchangerState;

static const struct
{
  const char *detail;
  const char *clause;    /* NULL: nothing is wrong */
  gboolean    delivers;
} states[] = {
  [EXCHANGER_WELL]       = { "found", NULL, TRUE },
  [EXCHANGER_ALIAS]      = { "alias", "an MX record has to name the host itself, and this is an "
                             "alias of another (RFC 5321 §5.1)", TRUE },
  [EXCHANGER_NO_ADDRESS] = { "no-address", "the host has no address", FALSE },
  [EXCHANGER_ADDRESS]    = { "address", "an MX record has to name a host, and this is an address",
                             FALSE },
  [EXCHANGER_NO_HOST]    = { "no-host", "this is no name of a host", FALSE },
};

/* All three are asked for at once, whatever the first of them says. One address is enough, also
 * where nobody could say whether there is one of the other family. */
static ExchangerState
examine (TlDomainVerdict *verdict,
         const char      *host)
{
  TlRecordSet *alias = tl_dns_facts_look (verdict->facts, host, TL_RECORD_CNAME);
  TlRecordSet *a = tl_dns_facts_look (verdict->facts, host, TL_RECORD_A);
  TlRecordSet *aaaa = tl_dns_facts_look (verdict->facts, host, TL_RECORD_AAAA);

  if (alias == NULL || a == NULL || aaaa == NULL)
    return EXCHANGER_PENDING;
  if (tl_record_set_get_n (a) + tl_record_set_get_n (aaaa) > 0)
    return tl_record_set_get_n (alias) > 0 ? EXCHANGER_ALIAS : EXCHANGER_WELL;

  return tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_MX, host,
                                        tl_record_set_has_failed (a) ? a : aaaa)
           ? EXCHANGER_NO_ADDRESS : EXCHANGER_UNKNOWN;
}

static ExchangerState
examine_record (TlDomainVerdict *verdict,
                const TlRecord  *record)
{
  if (record->target != NULL)
    return g_str_equal (record->target, ".") ? EXCHANGER_NO_HOST
                                             : examine (verdict, record->target);

  return g_hostname_is_ip_address (record->raw_target) ? EXCHANGER_ADDRESS : EXCHANGER_NO_HOST;
}

static GVariant *
new_evidence (const char *host,
              const char *detail)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  if (host != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", detail);

  return g_variant_dict_end (&evidence);
}

/* Nothing that is delivered to: @detail says why, as a word of the machine's. */
static void
add_nowhere (TlDomainVerdict      *verdict,
             const char           *id,
             const char           *detail,
             const char           *clause,
             const TlDomainRemedy *remedy)
{
  const char *domain = tl_domain_subject_get_parts (verdict->subject)->domain;

  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_MX, TL_STATUS_WARNING, domain, NULL,
                                detail);
  tl_domain_verdict_add_finding (verdict, id, new_evidence (NULL, clause), remedy);
}

/* Without an MX record mail goes to the host of the domain's own name, if there is one (RFC 5321
 * §5.1). The record that says the same in so many words is only suggested where that host is the
 * one the mailbox is read at: else it would make a mistake last. */
static void
check_implicit (TlDomainVerdict *verdict,
                const char      *domain)
{
  const char *incoming = tl_domain_subject_get_parts (verdict->subject)->incoming_host;
  g_autofree char *value = g_strdup_printf ("10 %s.", domain);
  TlDomainRemedy remedy = { domain, "MX", value };

  switch (examine (verdict, domain))
    {
    case EXCHANGER_PENDING:
    case EXCHANGER_UNKNOWN:
      break;

    case EXCHANGER_NO_ADDRESS:
      add_nowhere (verdict, "domain.mx-missing", "none",
                   "there is no MX record, and no address either", NULL);
      break;

    default:
      add_nowhere (verdict, "domain.mx-missing", "implicit",
                   "there is no MX record: mail goes to the host of the domain's own name",
                   g_strcmp0 (incoming, domain) == 0 ? &remedy : NULL);
      break;
    }
}

/* Whose mailbox is read; NULL when it is nobody's in the table. */
static TlProvider *
get_reader (const TlDomainSubjectParts *parts)
{
  if (parts->provider != NULL)
    return parts->provider;

  return parts->incoming_host != NULL ? tl_providers_find_by_host (parts->incoming_host) : NULL;
}

/* Providers' own words for one another: several rows of the table can share servers. */
static gboolean
is_same_provider (TlProvider                 *reader,
                  TlProvider                 *exchanger,
                  const TlDomainSubjectParts *parts)
{
  return g_str_equal (tl_provider_get_id (reader), tl_provider_get_id (exchanger)) ||
         (parts->incoming_host != NULL &&
          tl_provider_has_host (exchanger, TL_LANE_INCOMING, parts->incoming_host));
}

/* Does mail arrive where the incoming lane reads? Whoever is in no table may well pass it on, and
 * that a filter does is in its table. One exchanger of the reader's is enough. */
static void
check_elsewhere (TlDomainVerdict *verdict,
                 GPtrArray       *hosts)
{
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (verdict->subject);
  TlProvider *reader = get_reader (parts);
  TlProvider *other = NULL;
  const char *other_host = NULL;
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  if (hosts->len > 0 && parts->provider == NULL && parts->incoming_host == NULL)
    {
      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_MX, TL_STATUS_NOT_NEEDED,
                                    parts->domain, NULL, "it is not known where the mailbox is");
      return;
    }

  for (guint i = 0; reader != NULL && i < hosts->len; i++)
    {
      TlProvider *exchanger = tl_providers_find_by_mx (hosts->pdata[i]);

      if (exchanger == NULL || is_same_provider (reader, exchanger, parts))
        return;
      if (other == NULL)
        {
          other = exchanger;
          other_host = hosts->pdata[i];
        }
    }
  if (other == NULL)
    return;

  g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", other_host);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_PROVIDER, "s", tl_provider_get_name (other));
  tl_domain_verdict_add_finding (verdict, "domain.mx-elsewhere", g_variant_dict_end (&evidence),
                                 NULL);
}

static void
add_exchanger (TlDomainVerdict *verdict,
               const TlRecord  *record,
               ExchangerState   state)
{
  const char *domain = tl_domain_subject_get_parts (verdict->subject)->domain;
  const char *host = record->target != NULL ? record->target : record->raw_target;
  g_autofree char *value = g_strdup_printf ("%u %s", record->priority, host);
  TlGateway *gateway = record->target != NULL ? tl_gateways_find_by_mx (host) : NULL;

  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_MX,
                                states[state].clause == NULL ? TL_STATUS_OK : TL_STATUS_WARNING,
                                domain, value,
                                states[state].clause == NULL && gateway != NULL
                                  ? tl_gateway_get_id (gateway) : states[state].detail);
}

/* One that leads nowhere is broken where another still delivers; where none does, mail has nowhere
 * to go. */
static void
check_exchangers (TlDomainVerdict *verdict,
                  TlRecordSet     *set)
{
  g_autoptr(GPtrArray) hosts = tl_domain_exchangers_list (verdict);
  ExchangerState found[TL_DOMAIN_MAX_EXCHANGERS];
  guint n = MIN (tl_record_set_get_n (set), TL_DOMAIN_MAX_EXCHANGERS);
  gboolean is_settled = TRUE;
  gboolean delivers = FALSE;

  for (guint i = 0; i < n; i++)
    {
      found[i] = examine_record (verdict, tl_record_set_get (set, i));
      is_settled = is_settled && found[i] > EXCHANGER_UNKNOWN;
      delivers = delivers || states[found[i]].delivers;
      if (found[i] > EXCHANGER_UNKNOWN)
        add_exchanger (verdict, tl_record_set_get (set, i), found[i]);
    }

  /* Those that were not looked into may deliver. */
  if (is_settled && !delivers && n < tl_record_set_get_n (set))
    tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_MX, TL_STATUS_NOT_TESTED,
                                  tl_domain_subject_get_parts (verdict->subject)->domain, NULL,
                                  "more mail exchangers than are looked into");
  else if (is_settled && !delivers)
    add_nowhere (verdict, "domain.mx-missing", "unreachable",
                 "none of the MX records leads to a host that there is", NULL);
  for (guint i = 0; i < n && delivers; i++)
    {
      const TlRecord *record = tl_record_set_get (set, i);

      if (states[found[i]].clause != NULL)
        tl_domain_verdict_add_finding (verdict, "domain.mx-broken",
                                       new_evidence (record->target != NULL ? record->target
                                                                            : record->raw_target,
                                                     states[found[i]].clause), NULL);
    }
  check_elsewhere (verdict, hosts);
}

/* RFC 7505 §3: one record whose host is the root. Beside others it is damage like any other. */
static gboolean
is_null_mx (TlRecordSet *set)
{
  return tl_record_set_get_n (set) == 1 &&
         g_strcmp0 (tl_record_set_get (set, 0)->target, ".") == 0;
}

/**
 * tl_domain_mx_judge:
 * @verdict: what is added to
 *
 * Checks where mail for the domain goes (RFC 5321 §5.1): whether it takes any, whether the hosts
 * are there, and whether they are those of the mailbox that is read.
 */
void
tl_domain_mx_judge (TlDomainVerdict *verdict)
{
  const char *domain = tl_domain_subject_get_parts (verdict->subject)->domain;
  TlRecordSet *set = tl_dns_facts_look (verdict->facts, domain, TL_RECORD_MX);

  /* Only needed where there is no MX record; asked along with it, they cost no time. */
  tl_dns_facts_scout (verdict->facts, domain, TL_RECORD_CNAME);
  tl_dns_facts_scout (verdict->facts, domain, TL_RECORD_A);
  tl_dns_facts_scout (verdict->facts, domain, TL_RECORD_AAAA);
  if (!tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_MX, domain, set))
    return;

  if (tl_record_set_get_status (set) == TL_RECORDS_NXDOMAIN)
    add_nowhere (verdict, "domain.mx-missing", "nxdomain", "there is no such domain", NULL);
  else if (tl_record_set_get_status (set) == TL_RECORDS_NOTHING)
    check_implicit (verdict, domain);
  else if (is_null_mx (set))
    add_nowhere (verdict, "domain.mx-null", "null", "a null MX (RFC 7505)", NULL);
  else
    check_exchangers (verdict, set);
}
