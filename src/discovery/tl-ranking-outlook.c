/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-ranking-private.h"

/* What may still become of a ranking: what is worth trying, and whether anybody
 * who has not answered yet could change what is proposed. */

/* Who has not answered yet. */
typedef struct
{
  const TlWeight *weight;    /* the most that the one in question may come to weigh */
  TlWeightGroups  groups;    /* of all of them */
  gboolean        may_host;  /* hosts may yet turn out to be where the domain's mail goes */
} Outstanding;

static void
add_trials (const TlRankedLane *self,
            gboolean            more_to_come,
            GPtrArray          *trials)
{
  guint n = self->is_contested ? self->n_on_trial : MIN (self->n_on_trial, more_to_come ? 1 : 0);

  for (guint i = 0; i < n && !tl_entry_is_there (self->by_weight->pdata[i]); i++)
    {
      const TlEntry *entry = self->by_weight->pdata[i];

      if (tl_entry_can_be_tried (entry) && entry->tried == TL_TRIED_NOT)
        g_ptr_array_add (trials, tl_claim_ref (entry->claim));
    }
}

/**
 * tl_ranking_list_trials:
 * @self: a ranking
 * @more_to_come: whether sources are outstanding that could contradict
 *
 * Lists what is worth trying now. Where sources contradict each other, that is
 * everything before the first that is known to be there. Where they do not,
 * nothing is, unless more is to come: then the first candidate, so that nobody
 * has to wait for slow sources to know whether they could do it harm.
 *
 * What our table says needs no proof, and what needs confirming is not contacted.
 *
 * Returns: (transfer full) (element-type TlClaim): what to try, by lane, best first
 */
GPtrArray *
tl_ranking_list_trials (const TlRanking *self,
                        gboolean         more_to_come)
{
  GPtrArray *trials = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);

  for (guint i = 0; i < TL_N_LANES; i++)
    add_trials (&self->lanes[i], more_to_come, trials);

  return trials;
}

/* TRUE too where only names would tell them apart. */
static gboolean
may_go_before (const TlStanding *self,
               const TlEntry    *first)
{
  const TlStanding standing = tl_entry_get_standing (first);

  return tl_standing_compare (self, &standing) <= 0;
}

/* An endpoint that nobody has named yet, at best with all who are outstanding
 * agreeing. On the first candidate's own host, whoever agrees does so with the
 * first as well, and the weight alone decides; on that host, too, the same
 * endpoint with other settings would be another proposal. */
static gboolean
newcomer_may_beat (const Outstanding *outstanding,
                   const TlEntry     *first)
{
  const TlWeight *weight = outstanding->weight;
  TlStanding elsewhere = {
    .score = tl_weight_sum_up (weight, FALSE, outstanding->groups),
    .value = weight->inside,
    .is_complete = TRUE,
    .security = TL_SECURITY_TLS,
    .order = tl_weight_get_order (weight),
  };
  TlStanding at_same_host = elsewhere;

  at_same_host.score = first->score;
  at_same_host.value = tl_weight_get_value (weight, first->is_outside);

  return may_go_before (&elsewhere, first) || may_go_before (&at_same_host, first);
}

/* An endpoint of another host that is behind and could gain weight or agreement;
 * or its host, another endpoint of which could be named, with all who agree on
 * that host already. One that was tried in vain comes back when our table turns
 * out to vouch for it, and only then. */
static gboolean
rival_may_beat (const Outstanding *outstanding,
                const TlEntry     *rival,
                const TlEntry     *first)
{
  gboolean is_out = rival->is_demoted && outstanding->weight->group != TL_WEIGHT_TABLE;
  gboolean is_lifted = rival->is_outside && outstanding->may_host;
  gboolean is_outside = rival->is_outside && !outstanding->may_host;
  const TlWeight *weight = is_lifted ? rival->if_hosted : rival->weight;
  TlWeightGroups groups = rival->groups | outstanding->groups;
  const TlStanding as_it_is = {
    .score = tl_weight_sum_up (weight, is_outside, groups),
    .value = tl_weight_get_value (weight, is_outside),
    .is_complete = rival->is_complete || is_lifted,
    .security = tl_endpoint_get_security (tl_claim_get_endpoint (rival->claim)),
    .order = tl_weight_get_order (weight),
    .position = is_lifted ? 0 : rival->position,
  };
  const TlStanding named_anew = {
    .score = tl_weight_sum_up (outstanding->weight, is_outside, groups),
    .value = tl_weight_get_value (outstanding->weight, is_outside),
    .is_complete = TRUE,
    .security = TL_SECURITY_TLS,
    .order = tl_weight_get_order (outstanding->weight),
  };

  return (!is_out && may_go_before (&as_it_is, first)) || may_go_before (&named_anew, first);
}

static gboolean
lane_may_change (const TlRankedLane *self,
                 const Outstanding  *outstanding)
{
  const TlEntry *first;

  if (outstanding->weight->inside <= self->closed_at)
    return FALSE;
  if (outstanding->weight->group == TL_WEIGHT_TRIED)
    return self->guess_counts;
  if (self->entries->len == 0)
    return TRUE;

  first = self->entries->pdata[0];

  /* Who is not known to be there may be demoted by whoever contradicts it and
   * is. What has to be confirmed is not tried, so it does nobody that harm. */
  if (tl_entry_can_be_tried (first) && first->tried != TL_TRIED_THERE &&
      !outstanding->weight->always_confirm)
    return TRUE;

  if (newcomer_may_beat (outstanding, first))
    return TRUE;

  for (guint i = 1; i < self->entries->len; i++)
    {
      const TlEntry *rival = self->entries->pdata[i];

      if (!g_str_equal (tl_entry_get_host (rival), tl_entry_get_host (first)) &&
          rival_may_beat (outstanding, rival, first))
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_ranking_may_change:
 * @self: a ranking
 * @outstanding: (element-type TlWeight): of each source that has not answered yet, the most that
 *   its word may come to weigh
 * @one: one of them
 *
 * An upper bound: what the source of @one could still bring about if it said the
 * worst for the first candidate of a lane, if every other outstanding source
 * agreed with it, and if whatever it names were there. The first candidate is out
 * of its reach when it outranks all that, and it cannot be demoted: either it was
 * tried and is there, or it is not of the kind that is tried.
 *
 * What the exchangers of a known provider say (90) is thereby final as soon as it
 * is known of PACC, the one source that could prove more (95), that it will not:
 * its TXT record is asked for in the first round trip like the exchangers.
 *
 * Returns: %TRUE when what that source may still say could change what is proposed
 */
gboolean
tl_ranking_may_change (const TlRanking *self,
                       GPtrArray       *outstanding,
                       const TlWeight  *one)
{
  Outstanding all = { .weight = one };

  for (guint i = 0; i < outstanding->len; i++)
    {
      const TlWeight *weight = outstanding->pdata[i];

      if (weight->group != TL_WEIGHT_TRIED)
        all.groups |= weight->group;
      all.may_host |= g_str_equal (weight->source, TL_SOURCE_PROVIDER_MX);
    }

  for (guint i = 0; i < TL_N_LANES; i++)
    {
      if (lane_may_change (&self->lanes[i], &all))
        return TRUE;
    }

  return FALSE;
}
