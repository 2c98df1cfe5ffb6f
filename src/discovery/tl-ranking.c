/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-ranking-private.h"

#include <string.h>

#include "tl-measure.h"
#include "tl-provider.h"

static void
entry_free (gpointer data)
{
  TlEntry *self = data;

  tl_claim_unref (self->claim);
  g_hash_table_unref (self->said_by);
  g_free (self);
}

/**
 * tl_standing_compare:
 * @self: what one endpoint has come to, or could come to
 * @other: another endpoint of the same lane
 *
 * Returns: negative when @self goes first, positive when @other does, 0 when only their names tell
 *   them apart
 */
int
tl_standing_compare (const TlStanding *self,
                     const TlStanding *other)
{
  const gint64 differences[] = {
    (gint64) other->score - self->score,
    (gint64) other->value - self->value,
    other->is_complete - self->is_complete,
    (gint64) other->security - self->security,
    (gint64) self->order - other->order,
    (gint64) self->position - other->position,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (differences); i++)
    {
      if (differences[i] != 0)
        return differences[i] < 0 ? -1 : 1;
    }

  return 0;
}

const char *
tl_entry_get_host (const TlEntry *self)
{
  return tl_endpoint_get_host (tl_claim_get_endpoint (self->claim));
}

/**
 * tl_entry_get_standing:
 * @self: an endpoint that somebody named
 *
 * Returns: what it has come to
 */
TlStanding
tl_entry_get_standing (const TlEntry *self)
{
  return (TlStanding) {
    .score = self->score,
    .value = tl_weight_get_value (self->weight, self->is_outside),
    .is_complete = self->is_complete,
    .security = tl_endpoint_get_security (tl_claim_get_endpoint (self->claim)),
    .order = tl_weight_get_order (self->weight),
    .position = self->position,
  };
}

/**
 * tl_entry_can_be_tried:
 * @self: an endpoint that somebody named
 *
 * What has to be confirmed is not contacted; what our table says needs no proof;
 * and a guess was tried before it was one.
 *
 * Returns: whether it is of the kind that is tried
 */
gboolean
tl_entry_can_be_tried (const TlEntry *self)
{
  return !self->confirm && !self->is_curated && self->weight->group != TL_WEIGHT_TRIED;
}

/**
 * tl_entry_is_there:
 * @self: an endpoint that somebody named
 *
 * Returns: whether it was tried and is there, or needs no trying
 */
gboolean
tl_entry_is_there (const TlEntry *self)
{
  return self->is_curated || (tl_entry_can_be_tried (self) && self->tried == TL_TRIED_THERE);
}

static TlEntry *
find_entry (GPtrArray     *entries,
            const TlClaim *claim)
{
  for (guint i = 0; i < entries->len; i++)
    {
      TlEntry *entry = entries->pdata[i];

      if (tl_endpoint_equal (tl_claim_get_endpoint (entry->claim), tl_claim_get_endpoint (claim)))
        return entry;
    }

  return NULL;
}

static TlEntry *
entry_new (TlClaim *claim)
{
  TlEntry *self = g_new0 (TlEntry, 1);

  self->claim = tl_claim_ref (claim);
  self->confirm = TRUE;
  self->said_by = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

static gboolean
is_weightier (const TlWeight *weight,
              const TlWeight *than)
{
  return tl_weight_get_order (weight) < tl_weight_get_order (than);
}

/* Which claim speaks for an endpoint that several sources name. */
static gboolean
takes_over (const TlEntry  *self,
            guint           value,
            const TlWeight *weight)
{
  guint own_value = self->weight != NULL ? tl_weight_get_value (self->weight, self->is_outside) : 0;

  if (self->weight == NULL || value != own_value)
    return self->weight == NULL || value > own_value;

  return is_weightier (weight, self->weight);
}

/* Some providers share hosts: who named the host knows whose row it is. */
static void
entry_take_provider (TlEntry             *self,
                     const TlSourceReply *reply,
                     const TlWeight      *weight)
{
  if (tl_source_reply_get_provider (reply) == NULL ||
      (self->vouch != NULL && !is_weightier (weight, self->vouch)))
    return;

  self->provider = tl_source_reply_get_provider (reply);
  self->vouch = weight;
}

static void
entry_add (TlEntry             *self,
           const TlMeasure     *measure,
           const TlSourceReply *reply,
           guint                position)
{
  TlClaim *claim = tl_source_reply_get_claim (reply, position);
  const TlWeight *weight = tl_weight_of_reply (reply);
  gboolean outside = tl_measure_is_outside (measure, claim);
  guint value = tl_weight_get_value (weight, outside);

  g_hash_table_add (self->said_by, (gpointer) tl_source_reply_get_source (reply));
  self->confirm &= tl_measure_needs_confirming (measure, weight, claim);
  self->is_curated |= weight->group == TL_WEIGHT_TABLE;
  if (self->if_hosted == NULL || is_weightier (weight, self->if_hosted))
    self->if_hosted = weight;
  entry_take_provider (self, reply, weight);

  if (takes_over (self, value, weight))
    {
      tl_claim_unref (self->claim);
      self->claim = tl_claim_ref (claim);
      self->source = tl_source_reply_get_source (reply);
      self->weight = weight;
      self->position = position;
      self->is_outside = outside;
      self->is_complete = tl_source_reply_names (reply, TL_LANE_INCOMING) &&
                          tl_source_reply_names (reply, TL_LANE_OUTGOING);
    }
}

/* Best first. The names tell any two entries of a lane apart, so that the order
 * they came in never matters. */
static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const TlEntry *left = *(const TlEntry * const *) a;
  const TlEntry *right = *(const TlEntry * const *) b;
  const TlEndpoint *left_endpoint = tl_claim_get_endpoint (left->claim);
  const TlEndpoint *right_endpoint = tl_claim_get_endpoint (right->claim);
  const TlStanding left_standing = tl_entry_get_standing (left);
  const TlStanding right_standing = tl_entry_get_standing (right);
  const int differences[] = {
    tl_standing_compare (&left_standing, &right_standing),
    strcmp (tl_endpoint_get_host (left_endpoint), tl_endpoint_get_host (right_endpoint)),
    tl_endpoint_get_port (left_endpoint) - tl_endpoint_get_port (right_endpoint),
    (int) tl_claim_get_lane (left->claim) - (int) tl_claim_get_lane (right->claim),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (differences); i++)
    {
      if (differences[i] != 0)
        return differences[i];
    }

  return 0;
}

static void
lane_add_reply (TlRankedLane        *self,
                const TlMeasure     *measure,
                const TlSourceReply *reply)
{
  if (!tl_measure_counts (measure, reply, self->lane))
    return;

  for (guint i = 0; i < tl_source_reply_get_n (reply); i++)
    {
      TlClaim *claim = tl_source_reply_get_claim (reply, i);
      TlEntry *entry;

      if (tl_claim_get_lane (claim) != self->lane)
        continue;

      entry = find_entry (self->entries, claim);
      if (entry == NULL)
        {
          entry = entry_new (claim);
          g_ptr_array_add (self->entries, entry);
        }
      entry_add (entry, measure, reply, i);
    }
}

/* A host is agreed on, not a port: which port and encryption of it go first is
 * for the weightiest source to say, so that agreement cannot turn that round. A
 * guess agrees with nobody: it may still cease to count. */
static void
lane_add_groups (TlRankedLane        *self,
                 const TlMeasure     *measure,
                 const TlSourceReply *reply)
{
  TlWeightGroups group = tl_weight_of_reply (reply)->group;

  if (group == TL_WEIGHT_TRIED || !tl_measure_counts (measure, reply, self->lane))
    return;

  for (guint i = 0; i < tl_source_reply_get_n (reply); i++)
    {
      const TlClaim *claim = tl_source_reply_get_claim (reply, i);

      for (guint j = 0; tl_claim_get_lane (claim) == self->lane && j < self->entries->len; j++)
        {
          TlEntry *entry = self->entries->pdata[j];

          if (g_str_equal (tl_entry_get_host (entry),
                           tl_endpoint_get_host (tl_claim_get_endpoint (claim))))
            entry->groups |= group;
        }
    }
}

static TlTried
find_tried (GPtrArray     *probed,
            const TlClaim *claim)
{
  for (guint i = 0; probed != NULL && i < probed->len; i++)
    {
      const TlProbed *probe = probed->pdata[i];

      if (probe->lane == tl_claim_get_lane (claim) &&
          tl_endpoint_equal (probe->endpoint, tl_claim_get_endpoint (claim)))
        return probe->is_there ? TL_TRIED_THERE : TL_TRIED_GONE;
    }

  return TL_TRIED_NOT;
}

static guint
count_on_trial (GPtrArray *by_weight)
{
  guint n_triable = 0;
  guint n = 0;

  while (n < by_weight->len && n_triable < TL_RANKING_MAX_TRIALS)
    n_triable += tl_entry_can_be_tried (by_weight->pdata[n++]) ? 1 : 0;

  return n;
}

/* Where sources contradict each other, the lane goes to the first that is
 * there, and whoever stood before it and was tried in vain stands behind. Where
 * none is there, nothing is known by trying: it might be this network. */
static void
lane_demote_absent (TlRankedLane *self)
{
  guint first_there = 0;

  while (first_there < self->n_on_trial &&
         !tl_entry_is_there (self->by_weight->pdata[first_there]))
    first_there++;

  if (!self->is_contested || first_there == self->n_on_trial)
    return;

  for (guint i = 0; i < first_there; i++)
    {
      TlEntry *entry = self->by_weight->pdata[i];

      if (tl_entry_can_be_tried (entry) && entry->tried == TL_TRIED_GONE)
        {
          entry->is_demoted = TRUE;
          entry->score -= MIN (entry->score, TL_RANKING_ABSENT_PENALTY);
        }
    }
}

static void
lane_init (TlRankedLane    *self,
           const TlMeasure *measure,
           TlLaneKind       lane,
           GPtrArray       *probed)
{
  self->lane = lane;
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->by_weight = g_ptr_array_new ();
  self->guess_counts = tl_measure_lets_guess (measure, lane);
  self->is_contested = tl_measure_is_contested (measure, lane);
  self->closed_at = tl_measure_get_closed_at (measure, lane);

  for (guint i = 0; i < measure->replies->len; i++)
    lane_add_reply (self, measure, measure->replies->pdata[i]);
  for (guint i = 0; i < measure->replies->len; i++)
    lane_add_groups (self, measure, measure->replies->pdata[i]);

  for (guint i = 0; i < self->entries->len; i++)
    {
      TlEntry *entry = self->entries->pdata[i];

      entry->score = tl_weight_sum_up (entry->weight, entry->is_outside, entry->groups);
      entry->tried = find_tried (probed, entry->claim);
      g_ptr_array_add (self->by_weight, entry);
    }

  g_ptr_array_sort (self->by_weight, compare_entries);
  self->n_on_trial = count_on_trial (self->by_weight);
  lane_demote_absent (self);
  g_ptr_array_sort (self->entries, compare_entries);
}

/**
 * tl_ranking_new:
 * @address: whose servers they are
 * @replies: (element-type TlSourceReply): what the sources said, in any order
 * @probed: (nullable) (element-type TlProbed): what was tried
 *
 * Weighs what was said. Each endpoint counts once, on the word of its weightiest
 * source; every other group of sources that names the same host for the same
 * lane adds `TL_WEIGHT_AGREEMENT`. Guesses count only in a lane for which
 * nothing better was said.
 *
 * Trying matters only where sources contradict each other: there the first
 * candidate that is there wins over those before it that were tried in vain,
 * which lose `TL_RANKING_ABSENT_PENALTY`. What was tried besides changes nothing,
 * so that trying early cannot either.
 *
 * Returns: (transfer full): the ranking
 */
TlRanking *
tl_ranking_new (TlAddress *address,
                GPtrArray *replies,
                GPtrArray *probed)
{
  TlRanking *self = g_new0 (TlRanking, 1);
  g_auto(TlMeasure) measure = { NULL };

  tl_measure_init (&measure, address, replies);
  for (guint i = 0; i < TL_N_LANES; i++)
    lane_init (&self->lanes[i], &measure, tl_lanes[i], probed);

  return self;
}

void
tl_ranking_free (TlRanking *self)
{
  for (guint i = 0; i < TL_N_LANES; i++)
    {
      g_ptr_array_unref (self->lanes[i].by_weight);
      g_ptr_array_unref (self->lanes[i].entries);
    }
  g_free (self);
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static TlCandidate *
entry_to_candidate (const TlEntry *self)
{
  TlProvider *hoster = tl_providers_find_by_host (tl_entry_get_host (self));
  const char *provider = self->provider;
  g_autoptr(GPtrArray) agrees = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer source;

  if (provider == NULL && hoster != NULL)
    provider = tl_provider_get_id (hoster);

  g_hash_table_iter_init (&iter, self->said_by);
  while (g_hash_table_iter_next (&iter, &source, NULL))
    {
      if (!g_str_equal (source, self->source))
        g_ptr_array_add (agrees, source);
    }
  g_ptr_array_sort (agrees, compare_strings);
  g_ptr_array_add (agrees, NULL);

  return tl_candidate_new (tl_claim_get_lane (self->claim), tl_claim_get_settings (self->claim),
                           self->source, tl_claim_get_trust (self->claim), self->score,
                           self->confirm, (const char * const *) agrees->pdata,
                           tl_claim_get_hops (self->claim), provider);
}

/**
 * tl_ranking_list_candidates:
 * @self: a ranking
 *
 * Returns: (transfer full) (element-type TlCandidate): the candidates, best first, both lanes mixed
 */
GPtrArray *
tl_ranking_list_candidates (const TlRanking *self)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new ();
  GPtrArray *candidates = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < TL_N_LANES; i++)
    g_ptr_array_extend (entries, self->lanes[i].entries, NULL, NULL);
  g_ptr_array_sort (entries, compare_entries);

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (candidates, entry_to_candidate (entries->pdata[i]));

  return candidates;
}
