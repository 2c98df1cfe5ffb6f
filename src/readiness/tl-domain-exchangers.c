/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-exchangers.h"

/**
 * tl_domain_exchangers_list:
 * @verdict: whose subject it is about
 *
 * Lists where mail for the domain is delivered (RFC 5321 §5.1): the hosts of its MX records, else
 * the domain itself. A null MX (RFC 7505) and what is no host name are left out.
 *
 * Returns: (transfer full) (element-type utf8) (nullable): names, those that are preferred first;
 *   %NULL while nobody knows
 */
GPtrArray *
tl_domain_exchangers_list (TlDomainVerdict *verdict)
{
  const char *domain = tl_domain_subject_get_parts (verdict->subject)->domain;
  TlRecordSet *set = tl_dns_facts_look (verdict->facts, domain, TL_RECORD_MX);
  g_autoptr(GPtrArray) hosts = NULL;

  if (set == NULL || !tl_record_set_is_whole (set))
    return NULL;

  hosts = g_ptr_array_new_with_free_func (g_free);
  if (tl_record_set_get_status (set) == TL_RECORDS_NOTHING)
    g_ptr_array_add (hosts, g_strdup (domain));

  for (guint i = 0; i < tl_record_set_get_n (set) && hosts->len < TL_DOMAIN_MAX_EXCHANGERS; i++)
    {
      const char *target = tl_record_set_get (set, i)->target;

      if (target != NULL && !g_str_equal (target, ".") &&
          !g_ptr_array_find_with_equal_func (hosts, target, g_str_equal, NULL))
        g_ptr_array_add (hosts, g_strdup (target));
    }

  return g_steal_pointer (&hosts);
}
