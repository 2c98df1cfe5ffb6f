/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-spf-cover.h"

#include "tl-provider-details.h"

/* The most addresses of a server that are held against a record. */
#define MAX_ADDRESSES 8

/* Whoever sends: the service of the outgoing lane, which may be the mailbox's provider. */
static TlProvider *
get_sender (const TlDomainSubjectParts *parts)
{
  return parts->relay != NULL ? parts->relay : parts->provider;
}

static const char * const *
list_signals (const TlDomainSubjectParts *parts)
{
  static const char * const none[] = { NULL };
  TlProvider *sender = get_sender (parts);
  const char * const *signals = sender == NULL ? NULL : tl_provider_get_spf (sender);

  return signals == NULL ? none : signals;
}

/**
 * tl_spf_cover_get_domain:
 * @parts: what is judged
 *
 * Returns: (transfer none): the domain that SPF looks at: that of MAIL FROM (RFC 7208 §2.4)
 */
const char *
tl_spf_cover_get_domain (const TlDomainSubjectParts *parts)
{
  return parts->envelope_domain != NULL ? parts->envelope_domain : parts->domain;
}

/**
 * tl_spf_cover_get_include:
 * @parts: what is judged
 *
 * Returns: (transfer none) (nullable): what a record has to include so that the lane may send, as
 *   far as the table of providers knows
 */
const char *
tl_spf_cover_get_include (const TlDomainSubjectParts *parts)
{
  return list_signals (parts)[0];
}

/**
 * tl_spf_cover_get_sender_name:
 * @parts: what is judged
 *
 * Returns: (transfer none) (nullable): who has to be in the record, for people: the service's name,
 *   or that of a server of one's own
 */
const char *
tl_spf_cover_get_sender_name (const TlDomainSubjectParts *parts)
{
  TlProvider *sender = get_sender (parts);

  return sender != NULL ? tl_provider_get_name (sender) : parts->outgoing_host;
}

/**
 * tl_spf_cover_dup_term:
 * @parts: what is judged
 *
 * Returns: (transfer full) (nullable): what has to be in a record so that the lane may send; %NULL
 *   where nobody said how it sends, or it is a service of which it is not known
 */
char *
tl_spf_cover_dup_term (const TlDomainSubjectParts *parts)
{
  const char *include = tl_spf_cover_get_include (parts);

  if (include != NULL)
    return g_strconcat ("include:", include, NULL);
  if (get_sender (parts) != NULL || parts->outgoing_host == NULL ||
      g_hostname_is_ip_address (parts->outgoing_host))
    return NULL;

  return g_strconcat ("a:", parts->outgoing_host, NULL);
}

/* Whether one of the server's addresses passes; which is how a server of one's own is covered. */
static TlSpfCover
judge_addresses (const TlDomainSubjectParts  *parts,
                 TlRecordType                 type,
                 TlDnsFacts                  *facts,
                 char                       **out_evidence)
{
  const char *domain = tl_spf_cover_get_domain (parts);
  g_autofree char *sender = g_strconcat ("postmaster@", domain, NULL);
  TlRecordSet *set = tl_dns_facts_look (facts, parts->outgoing_host, type);
  TlSpfCover cover = TL_SPF_COVER_NO;

  if (set == NULL)
    return TL_SPF_COVER_PENDING;
  if (tl_record_set_get_status (set) != TL_RECORDS_ANSWERED)
    return tl_record_set_has_failed (set) ? TL_SPF_COVER_UNKNOWN : TL_SPF_COVER_NO;

  for (guint i = 0; i < MIN (tl_record_set_get_n (set), MAX_ADDRESSES); i++)
    {
      const TlRecord *record = tl_record_set_get (set, i);
      g_autoptr(GInetAddress) ip = NULL;
      g_autoptr(TlSpfOutcome) outcome = NULL;
      TlSpfSubject subject = { 0 };

      if (record->data == NULL)
        continue;
      ip = g_inet_address_new_from_bytes (g_bytes_get_data (record->data, NULL),
                                          type == TL_RECORD_A ? G_SOCKET_FAMILY_IPV4
                                                              : G_SOCKET_FAMILY_IPV6);
      subject.ip = ip;
      subject.domain = domain;
      subject.sender = sender;
      subject.helo = parts->outgoing_host;
      subject.now_s = parts->now_s;
      outcome = tl_spf_check (&subject, facts);

      if (!outcome->is_complete)
        {
          cover = TL_SPF_COVER_PENDING;
          continue;
        }
      if (outcome->result == TL_SPF_PASS)
        {
          g_autofree char *address = g_inet_address_to_string (ip);

          *out_evidence = g_strconcat ("address ", address, NULL);
          return TL_SPF_COVER_YES;
        }
      if (outcome->result == TL_SPF_TEMPERROR && cover == TL_SPF_COVER_NO)
        cover = TL_SPF_COVER_UNKNOWN;
    }

  return cover;
}

/**
 * tl_spf_cover_judge:
 * @parts: what is judged
 * @survey: of the domain that tl_spf_cover_get_domain() gives
 * @facts: what is known
 * @out_evidence: (transfer full) (out): what it rests on, set when it may or may not: `loop`,
 *   `include _spf.a.example`, `address 192.0.2.1`, `not included _spf.a.example`, `addresses`
 *
 * Judges by the strongest evidence there is: what a receiver said of a message; the sending
 * service's own record among those that are reached by includes; the addresses of the server that
 * messages are handed in at, which need not be those that they leave from.
 *
 * Returns: whether the outgoing lane is covered
 */
TlSpfCover
tl_spf_cover_judge (const TlDomainSubjectParts  *parts,
                    const TlSpfSurvey           *survey,
                    TlDnsFacts                  *facts,
                    char                       **out_evidence)
{
  const TlLoopReportParts *loop = parts->loop == NULL ? NULL :
                                  tl_loop_report_get_parts (parts->loop);
  const char * const *signals = list_signals (parts);
  TlSpfCover by_v4;
  TlSpfCover by_v6;

  if (loop != NULL && g_strcmp0 (loop->spf, "pass") == 0)
    {
      *out_evidence = g_strdup ("loop");
      return TL_SPF_COVER_YES;
    }
  if (!survey->is_complete)
    return TL_SPF_COVER_PENDING;
  if (survey->result == TL_SPF_TEMPERROR)
    return TL_SPF_COVER_UNKNOWN;

  for (gsize i = 0; signals[i] != NULL; i++)
    {
      if (g_strv_contains ((const char * const *) survey->includes, signals[i]))
        {
          *out_evidence = g_strconcat ("include ", signals[i], NULL);
          return TL_SPF_COVER_YES;
        }
    }

  if (parts->outgoing_host == NULL || g_hostname_is_ip_address (parts->outgoing_host))
    {
      if (signals[0] == NULL)
        return TL_SPF_COVER_UNKNOWN;
      *out_evidence = g_strconcat ("not included ", signals[0], NULL);
      return TL_SPF_COVER_NO;
    }

  by_v4 = judge_addresses (parts, TL_RECORD_A, facts, out_evidence);
  if (by_v4 == TL_SPF_COVER_YES)
    return by_v4;
  by_v6 = judge_addresses (parts, TL_RECORD_AAAA, facts, out_evidence);
  if (by_v6 == TL_SPF_COVER_YES)
    return by_v6;
  if (by_v4 == TL_SPF_COVER_PENDING || by_v6 == TL_SPF_COVER_PENDING)
    return TL_SPF_COVER_PENDING;
  if (by_v4 == TL_SPF_COVER_UNKNOWN || by_v6 == TL_SPF_COVER_UNKNOWN)
    return TL_SPF_COVER_UNKNOWN;

  /* A service sends from other servers than those that it takes messages at. */
  if (signals[0] == NULL && get_sender (parts) != NULL)
    return TL_SPF_COVER_UNKNOWN;

  *out_evidence = signals[0] != NULL ? g_strconcat ("not included ", signals[0], NULL) :
                                       g_strdup ("addresses");

  return TL_SPF_COVER_NO;
}
