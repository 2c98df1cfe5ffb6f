/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-exchangers.h"
#include "tl-domain-judge.h"
#include "tl-nick.h"
#include "tl-tlsa.h"

/* The first record as a zone file has it, RFC 6698 §2.2: three numbers and the data in hex. */
static char *
dup_zone_text (GBytes *data)
{
  g_autoptr(GString) text = NULL;
  gsize len = 0;
  const guint8 *tlsa = g_bytes_get_data (data, &len);

  text = g_string_new (NULL);
  g_string_printf (text, "%u %u %u ", tlsa[0], tlsa[1], tlsa[2]);
  for (gsize i = 3; i < len; i++)
    g_string_append_printf (text, "%02x", tlsa[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
has_usable (TlRecordSet *set)
{
  for (guint i = 0; i < tl_record_set_get_n (set); i++)
    {
      if (tl_tlsa_is_usable (tl_record_set_get (set, i)->data))
        return TRUE;
    }

  return FALSE;
}

/* What no DNSSEC vouches for, senders pass over as if it were not there (RFC 7672 §2.1): that is no
 * protection and no harm. Where it is vouched for and cannot be used, they ask for encryption and
 * compare nothing (§2.2). */
static void
judge (TlDomainVerdict *verdict,
       const char      *name,
       TlRecordSet     *set)
{
  TlDnssec dnssec = tl_record_set_get_dnssec (set);
  g_autofree char *value = dup_zone_text (tl_record_set_get (set, 0)->data);
  TlStatus status;
  const char *detail;

  if (!has_usable (set))
    {
      status = TL_STATUS_WARNING;
      detail = "unusable";
    }
  else if (dnssec == TL_DNSSEC_SECURE)
    {
      status = TL_STATUS_OK;
      detail = "secure";
    }
  else
    {
      status = dnssec == TL_DNSSEC_INSECURE ? TL_STATUS_NOT_NEEDED : TL_STATUS_NOT_TESTED;
      detail = tl_nick_get (TL_TYPE_DNSSEC, (int) dnssec);
    }

  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DANE, status, name, value, detail);
}

/**
 * tl_domain_dane_judge:
 * @verdict: what is added to
 *
 * Checks what is published about the certificates of the domain's mail exchangers (RFC 7672 §3):
 * that it is vouched for, and of a form that senders can use. What they show is not looked at:
 * nobody is connected to on port 25.
 */
void
tl_domain_dane_judge (TlDomainVerdict *verdict)
{
  g_autoptr(GPtrArray) hosts = tl_domain_exchangers_list (verdict);
  guint n_empty = 0;

  if (hosts == NULL || hosts->len == 0)
    return;

  for (guint i = 0; i < hosts->len; i++)
    {
      g_autofree char *name = g_strconcat ("_25._tcp.", hosts->pdata[i], NULL);
      TlRecordSet *set = tl_dns_facts_look_proven (verdict->facts, name, TL_RECORD_TLSA);

      if (!tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_DANE, name, set))
        continue;
      if (tl_record_set_get_n (set) > 0)
        judge (verdict, name, set);
      else
        n_empty++;
    }

  if (n_empty == hosts->len)
    {
      g_autofree char *name = g_strconcat ("_25._tcp.", hosts->pdata[0], NULL);

      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DANE, TL_STATUS_NOT_NEEDED, name, NULL,
                                    "none");
    }
}
