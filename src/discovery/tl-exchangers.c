/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-exchangers.h"

#include <string.h>

/* Lowest preference first (RFC 5321 §5.1). Equal ones, which the RFC has drawn
 * by lot, stand by name: the same records have to give the same order, however
 * a name server shuffles them. */
static int
compare_exchangers (gconstpointer a,
                    gconstpointer b)
{
  const TlRecord *left = *(const TlRecord * const *) a;
  const TlRecord *right = *(const TlRecord * const *) b;

  if (left->priority != right->priority)
    return left->priority < right->priority ? -1 : 1;

  return strcmp (left->target, right->target);
}

/**
 * tl_exchangers_list:
 * @records: the answer to an MX look-up
 *
 * Lists a domain's mail exchangers, most preferred first. What is no host name
 * is left out, and so is the root, by which a domain states that it takes no
 * mail (RFC 7505).
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
  g_ptr_array_sort (exchangers, compare_exchangers);

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
