/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-exchangers.h"

/**
 * tl_exchanger_compare:
 * @a: points at a #TlRecord
 * @b: points at another
 *
 * Lowest preference or priority first (RFC 5321 §5.1, RFC 2782); within one the
 * heaviest, which MX records do not tell apart, then by name. The RFCs have it
 * drawn by lot: here the same records have to give the same order, however a
 * name server shuffles them.
 *
 * Returns: as a #GCompareFunc
 */
int
tl_exchanger_compare (gconstpointer a,
                      gconstpointer b)
{
  const TlRecord *left = *(const TlRecord * const *) a;
  const TlRecord *right = *(const TlRecord * const *) b;

  if (left->priority != right->priority)
    return left->priority < right->priority ? -1 : 1;
  if (left->weight != right->weight)
    return left->weight > right->weight ? -1 : 1;
  if (g_strcmp0 (left->target, right->target) != 0)
    return g_strcmp0 (left->target, right->target);
  if (g_strcmp0 (left->raw_target, right->raw_target) != 0)
    return g_strcmp0 (left->raw_target, right->raw_target);

  return (int) left->port - (int) right->port;
}

/**
 * tl_exchangers_list:
 * @records: the answer to an MX look-up, or to one for SRV
 *
 * Lists a domain's mail exchangers, or the servers of a service, most preferred
 * first. What is no host name is left out, and so is the root, by which a domain
 * states that there is none (RFC 7505, RFC 2782).
 *
 * Returns: (transfer container) (element-type TlRecord): the exchangers, each with its target; they
 *   are @records's
 */
GPtrArray *
tl_exchangers_list (TlRecordSet *records)
{
  GPtrArray *exchangers = g_ptr_array_new ();

  for (guint i = 0; i < tl_record_set_get_n (records); i++)
    {
      const TlRecord *record = tl_record_set_get (records, i);

      if (record->target != NULL && !g_str_equal (record->target, "."))
        g_ptr_array_add (exchangers, (gpointer) record);
    }
  g_ptr_array_sort (exchangers, tl_exchanger_compare);

  return exchangers;
}

/**
 * tl_exchanger_dup_hop:
 * @exchanger: one of tl_exchangers_list()
 * @domain: whose it is
 *
 * Returns: (transfer full): the record as a hop of a claim
 */
char *
tl_exchanger_dup_hop (const TlRecord *exchanger,
                      const char     *domain)
{
  return g_strdup_printf ("%s MX %u %s", domain, exchanger->priority, exchanger->target);
}
