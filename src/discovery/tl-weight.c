/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-weight.h"

#include "tl-trust.h"

/* The most a candidate may score that neither the curated table knows nor a
 * digest proves: however many of a domain's own say so, a provider that its
 * mail goes to outranks a web host that was left behind. */
#define UNPROVEN_MOST 89

/* The one table of weights, in the order that breaks ties. A row of the curated
 * table weighs what it weighs: nobody's agreement changes the order in which a
 * provider names its servers.
 *
 * Whatever records lead to is of one group, service records and what TXT or the
 * exchangers point at: who forges one answer of the name servers forges them
 * all, and would otherwise agree with himself until he outranked what the
 * domain's own web server says under a verified certificate. Alone, that group
 * comes to no more than its weightiest row. */
static const TlWeight weights[] = {
  { TL_SOURCE_PROVIDER_DOMAIN, TL_WEIGHT_TABLE,     100, 100, 100 },
  /* PACC whose digest in DNS is that of the document: proven twice. It alone
   * outranks the exchangers of a known provider. */
  { TL_SOURCE_PACC,            TL_WEIGHT_OWN,        95,  60,  99 },
  { TL_SOURCE_PROVIDER_MX,     TL_WEIGHT_TABLE,      90,  90,  90 },
  { TL_SOURCE_AUTOCONFIG,      TL_WEIGHT_OWN,        80,  40,  UNPROVEN_MOST },
  { TL_SOURCE_WELL_KNOWN,      TL_WEIGHT_OWN,        80,  40,  UNPROVEN_MOST },
  { TL_SOURCE_SRV,             TL_WEIGHT_DNS,        70,  45,  UNPROVEN_MOST },
  { TL_SOURCE_DIRECTORY,       TL_WEIGHT_DIRECTORY,  65,  65,  UNPROVEN_MOST },
  { TL_SOURCE_MX_AUTOCONFIG,   TL_WEIGHT_DNS,        65,  65,  UNPROVEN_MOST },
  { TL_SOURCE_PACC,            TL_WEIGHT_OWN,        60,  35,  UNPROVEN_MOST },
  { TL_SOURCE_MAILCONF,        TL_WEIGHT_DNS,        60,  35,  UNPROVEN_MOST },
  { TL_SOURCE_MX_DIRECTORY,    TL_WEIGHT_DNS,        55,  55,  UNPROVEN_MOST },
  { TL_SOURCE_AUTODISCOVER,    TL_WEIGHT_EXCHANGE,   50,  50,  UNPROVEN_MOST },
  { TL_SOURCE_GATEWAY,         TL_WEIGHT_GATEWAY,    50,  50,  UNPROVEN_MOST, TRUE },
  { TL_SOURCE_GUESS,           TL_WEIGHT_TRIED,      30,  30,  UNPROVEN_MOST },
};

static const TlWeight *
find_first (const char *source)
{
  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      if (g_str_equal (weights[i].source, source))
        return &weights[i];
    }

  g_return_val_if_reached (&weights[G_N_ELEMENTS (weights) - 1]);
}

static const TlWeight *
find_last (const char *source)
{
  const TlWeight *last = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      if (g_str_equal (weights[i].source, source))
        last = &weights[i];
    }

  g_return_val_if_fail (last != NULL, &weights[G_N_ELEMENTS (weights) - 1]);

  return last;
}

/**
 * tl_weight_of_reply:
 * @reply: what a source said
 *
 * Of a source with two rows, the upper is for a reply that was proven.
 *
 * Returns: (transfer none): what its word weighs
 */
const TlWeight *
tl_weight_of_reply (const TlSourceReply *reply)
{
  TlSourceRemarks remarks = tl_source_reply_get_remarks (reply);

  return tl_weight_at_best (tl_source_reply_get_source (reply),
                            (remarks & TL_SOURCE_REMARK_AUTHENTICATED) != 0);
}

/**
 * tl_weight_at_best:
 * @source: a `TL_SOURCE_` id
 * @may_be_proven: whether its word may still turn out to be proven
 *
 * Returns: (transfer none): the most that its word may turn out to weigh
 */
const TlWeight *
tl_weight_at_best (const char *source,
                   gboolean    may_be_proven)
{
  return may_be_proven ? find_first (source) : find_last (source);
}

/**
 * tl_weight_get_order:
 * @self: a row of the table
 *
 * Returns: which row it is: of two that weigh the same, the lower goes first
 */
guint
tl_weight_get_order (const TlWeight *self)
{
  return (guint) (self - weights);
}

/**
 * tl_weight_get_value:
 * @self: a row of the table
 * @is_outside: whether it is about a host outside
 *
 * Returns: what the word weighs about such a host
 */
guint
tl_weight_get_value (const TlWeight *self,
                     gboolean        is_outside)
{
  return is_outside ? self->outside : self->inside;
}

static guint
count_groups (TlWeightGroups groups)
{
  guint n = 0;

  for (guint rest = groups; rest != 0; rest &= rest - 1)
    n++;

  return n;
}

/**
 * tl_weight_sum_up:
 * @self: what the weightiest source weighs
 * @is_outside: whether it is about a host outside
 * @groups: everybody who names the host, @self's own group among them
 *
 * Returns: the score: the weight, and `TL_WEIGHT_AGREEMENT` for each other group, up to a limit
 */
guint
tl_weight_sum_up (const TlWeight *self,
                  gboolean        is_outside,
                  TlWeightGroups  groups)
{
  guint others = count_groups (groups & ~self->group);
  guint most = is_outside ? MIN (self->most, UNPROVEN_MOST) : self->most;

  return MIN (tl_weight_get_value (self, is_outside) + others * TL_WEIGHT_AGREEMENT, most);
}
