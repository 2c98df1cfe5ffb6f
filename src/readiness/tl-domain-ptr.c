/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-ptr.h"

#include "tl-evidence.h"
#include "tl-record-parse.h"

/* The most addresses of a server, and names of an address, that are looked at. */
#define MAX_ADDRESSES 4
#define MAX_NAMES     4

/* What is known of an address and its name. */
typedef enum
{
  REVERSE_PENDING,
  REVERSE_UNKNOWN,
  REVERSE_NO,
  REVERSE_YES,
} Reverse;

static gboolean
has_address (TlRecordSet *set,
             GBytes      *address)
{
  for (guint i = 0; i < tl_record_set_get_n (set); i++)
    {
      const TlRecord *record = tl_record_set_get (set, i);

      if (record->data != NULL && g_bytes_equal (record->data, address))
        return TRUE;
    }

  return FALSE;
}

/* Whether the address has a name that has the address: forward-confirmed reverse DNS. What nobody
 * answered leaves a record of its own. */
static Reverse
judge_address (TlDomainVerdict *verdict,
               GBytes          *address,
               TlRecordType     type)
{
  TlDnsFacts *facts = verdict->facts;
  g_autofree char *name = tl_record_dup_reverse_name (g_bytes_get_data (address, NULL),
                                                      g_bytes_get_size (address));
  TlRecordSet *names = tl_dns_facts_look (facts, name, TL_RECORD_PTR);
  Reverse reverse = REVERSE_NO;
  const char *failed_name = NULL;
  TlRecordSet *failed = NULL;

  if (names == NULL)
    return REVERSE_PENDING;
  if (!tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_IDENTITY, name, names))
    return REVERSE_UNKNOWN;

  for (guint i = 0; i < MIN (tl_record_set_get_n (names), MAX_NAMES); i++)
    {
      const char *target = tl_record_set_get (names, i)->target;
      TlRecordSet *back = target == NULL ? NULL : tl_dns_facts_look (facts, target, type);

      if (target == NULL)
        continue;
      if (back != NULL && has_address (back, address))
        return REVERSE_YES;
      if (back == NULL)
        reverse = REVERSE_PENDING;
      else if (tl_record_set_has_failed (back) && failed == NULL)
        {
          failed_name = target;
          failed = back;
        }
    }
  if (reverse == REVERSE_NO && failed != NULL &&
      !tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_IDENTITY, failed_name, failed))
    return REVERSE_UNKNOWN;

  return reverse;
}

static void
judge_addresses (TlDomainVerdict *verdict,
                 const char      *host,
                 TlRecordType     type)
{
  TlRecordSet *addresses = tl_dns_facts_look (verdict->facts, host, type);

  if (!tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_IDENTITY, host, addresses))
    return;

  for (guint i = 0; i < MIN (tl_record_set_get_n (addresses), MAX_ADDRESSES); i++)
    {
      GBytes *address = tl_record_set_get (addresses, i)->data;
      g_autoptr(GInetAddress) ip = NULL;
      g_autofree char *text = NULL;
      Reverse reverse;

      if (address == NULL)
        continue;
      reverse = judge_address (verdict, address, type);
      if (reverse == REVERSE_PENDING || reverse == REVERSE_UNKNOWN)
        continue;
      ip = g_inet_address_new_from_bytes (g_bytes_get_data (address, NULL),
                                          type == TL_RECORD_A ? G_SOCKET_FAMILY_IPV4
                                                              : G_SOCKET_FAMILY_IPV6);
      text = g_inet_address_to_string (ip);
      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_IDENTITY,
                                    reverse == REVERSE_YES ? TL_STATUS_OK : TL_STATUS_WARNING,
                                    host, text,
                                    reverse == REVERSE_YES ? "leads back" : "does not lead back");
      if (reverse == REVERSE_NO)
        {
          g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

          g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
          g_variant_dict_insert (&evidence, TL_EVIDENCE_ADDRESS, "s", text);
          tl_domain_verdict_add_finding (verdict, "domain.ptr-missing",
                                         g_variant_dict_end (&evidence), NULL);
        }
    }
}

/**
 * tl_domain_ptr_judge:
 * @verdict: the verdict
 *
 * Whether the address of the sending server has a name that has the address. Only of a server that
 * takes the domain's mail in, too: of such a one it is likely that messages leave from it. Where a
 * provider's leave from says nobody.
 */
void
tl_domain_ptr_judge (TlDomainVerdict *verdict)
{
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (verdict->subject);
  TlRecordSet *exchangers;

  if (parts->outgoing_host == NULL || parts->relay != NULL)
    return;

  exchangers = tl_dns_facts_look (verdict->facts, parts->domain, TL_RECORD_MX);
  for (guint i = 0; exchangers != NULL && i < tl_record_set_get_n (exchangers); i++)
    {
      if (g_strcmp0 (tl_record_set_get (exchangers, i)->target, parts->outgoing_host) == 0)
        {
          judge_addresses (verdict, parts->outgoing_host, TL_RECORD_A);
          judge_addresses (verdict, parts->outgoing_host, TL_RECORD_AAAA);
          return;
        }
    }
}
