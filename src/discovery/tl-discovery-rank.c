/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-rank.h"

#include <string.h>

#include "tl-provider.h"
#include "tl-site.h"

/* The most a candidate may score that the curated table does not know: however
 * many of a domain's own say so, a provider that its mail goes to outranks a
 * web host that was left behind. */
#define UNCURATED_MAX 89

/* Sources of one group are not independent: who writes one writes the other. */
typedef enum
{
  GROUP_TABLE    = 1 << 0,
  GROUP_DOCUMENT = 1 << 1,
  GROUP_DNS      = 1 << 2,
  GROUP_TRIED    = 1 << 3,
} Group;

/* The one table of weights. Outside: for a host that is neither in the domain's
 * own registrable domain nor a curated provider's; a person confirms it. In
 * the order that breaks ties. */
static const struct
{
  const char *source;
  Group       group;
  guint       weight;
  guint       weight_outside;
} sources[] = {
  { TL_SOURCE_PROVIDER_DOMAIN, GROUP_TABLE,    100, 100 },
  { TL_SOURCE_PROVIDER_MX,     GROUP_TABLE,     90,  90 },
  { TL_SOURCE_AUTOCONFIG,      GROUP_DOCUMENT,  80,  40 },
  { TL_SOURCE_WELL_KNOWN,      GROUP_DOCUMENT,  80,  40 },
  { TL_SOURCE_SRV,             GROUP_DNS,       70,  45 },
  { TL_SOURCE_GUESS,           GROUP_TRIED,     30,  30 },
};

static const TlLaneKind lanes[] = { TL_LANE_INCOMING, TL_LANE_OUTGOING };

/* Everything that is said about one endpoint of one lane. */
typedef struct
{
  TlClaim    *claim;       /* owned: the weightiest */
  guint       order;       /* of its source in the table above */
  guint       position;    /* among its source's own claims */
  guint       weight;
  guint       groups;
  gboolean    confirm;
  gboolean    is_complete; /* its source names both lanes */
  guint       score;
  GHashTable *said_by;     /* owned: set of source ids */
  const char *provider;    /* static, or NULL */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *self = data;

  tl_claim_unref (self->claim);
  g_hash_table_unref (self->said_by);
  g_free (self);
}

TlProbed *
tl_probed_new (TlLaneKind  lane,
               const char *host,
               gboolean    is_there)
{
  TlProbed *self = g_new (TlProbed, 1);

  self->lane = lane;
  self->host = g_strdup (host);
  self->is_there = is_there;

  return self;
}

void
tl_probed_free (TlProbed *self)
{
  g_free (self->host);
  g_free (self);
}

static guint
find_order (const char *source)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      if (g_str_equal (sources[i].source, source))
        return i;
    }

  g_return_val_if_reached (G_N_ELEMENTS (sources) - 1);
}

static gboolean
is_guess (const TlSourceReply *reply)
{
  return g_str_equal (tl_source_reply_get_source (reply), TL_SOURCE_GUESS);
}

static const char *
claim_get_host (const TlClaim *claim)
{
  return tl_endpoint_get_host (tl_claim_get_endpoint (claim));
}

static const char *
find_provider_id (const char *host)
{
  TlProvider *provider = tl_providers_find_by_host (host);

  return provider != NULL ? tl_provider_get_id (provider) : NULL;
}

/* Whether a person has to say yes to @claim: its host is in nobody's hands
 * that the address vouches for. Two names under one public suffix are not. */
static gboolean
needs_confirming (TlAddress     *address,
                  const TlClaim *claim)
{
  const char *host = claim_get_host (claim);
  const char *domain = tl_address_get_domain (address);

  return tl_claim_get_trust (claim) != TL_TRUST_CURATED && !g_str_equal (host, domain) &&
         !tl_site_same (host, domain) && tl_providers_find_by_host (host) == NULL;
}

static gboolean
is_named_safely (TlAddress           *address,
                 const TlSourceReply *reply,
                 TlLaneKind           lane)
{
  for (guint i = 0; i < tl_source_reply_get_n (reply); i++)
    {
      const TlClaim *claim = tl_source_reply_get_claim (reply, i);

      if (tl_claim_get_lane (claim) == lane && !needs_confirming (address, claim))
        return TRUE;
    }

  return FALSE;
}

static gboolean
lane_is_filled (TlAddress  *address,
                GPtrArray  *replies,
                TlLaneKind  lane)
{
  for (guint i = 0; i < replies->len; i++)
    {
      if (!is_guess (replies->pdata[i]) && is_named_safely (address, replies->pdata[i], lane))
        return TRUE;
    }

  return FALSE;
}

static gboolean
lane_is_curated (GPtrArray  *replies,
                 TlLaneKind  lane)
{
  for (guint i = 0; i < replies->len; i++)
    {
      guint order = find_order (tl_source_reply_get_source (replies->pdata[i]));

      if (sources[order].group == GROUP_TABLE && tl_source_reply_names (replies->pdata[i], lane))
        return TRUE;
    }

  return FALSE;
}

/* A guess rests on the addresses of names alone, so where the domain's records
 * carry a wrong signature there is nothing to guess by. */
static gboolean
names_are_bogus (GPtrArray *replies)
{
  for (guint i = 0; i < replies->len; i++)
    {
      if (tl_source_reply_get_status (replies->pdata[i]) == TL_SOURCE_STATUS_BOGUS)
        return TRUE;
    }

  return FALSE;
}

static gboolean
guess_counts (TlAddress  *address,
              GPtrArray  *replies,
              TlLaneKind  lane)
{
  return !names_are_bogus (replies) && !lane_is_filled (address, replies, lane);
}

static Entry *
find_entry (GPtrArray     *entries,
            const TlClaim *claim)
{
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = entries->pdata[i];

      if (tl_claim_get_lane (entry->claim) == tl_claim_get_lane (claim) &&
          tl_endpoint_equal (tl_claim_get_endpoint (entry->claim), tl_claim_get_endpoint (claim)))
        return entry;
    }

  return NULL;
}

static Entry *
entry_new (TlAddress *address,
           TlClaim   *claim)
{
  Entry *self = g_new0 (Entry, 1);

  self->claim = tl_claim_ref (claim);
  self->order = G_N_ELEMENTS (sources);
  self->confirm = needs_confirming (address, claim);
  self->said_by = g_hash_table_new (g_str_hash, g_str_equal);
  self->provider = find_provider_id (claim_get_host (claim));

  return self;
}

static void
entry_add (Entry               *self,
           TlAddress           *address,
           const TlSourceReply *reply,
           guint                position)
{
  TlClaim *claim = tl_source_reply_get_claim (reply, position);
  guint order = find_order (tl_source_reply_get_source (reply));
  guint weight = needs_confirming (address, claim) ? sources[order].weight_outside
                                                   : sources[order].weight;

  g_hash_table_add (self->said_by, (gpointer) sources[order].source);
  self->groups |= sources[order].group;
  self->confirm &= needs_confirming (address, claim);

  if (self->order == G_N_ELEMENTS (sources) || weight > self->weight ||
      (weight == self->weight && order < self->order))
    {
      tl_claim_unref (self->claim);
      self->claim = tl_claim_ref (claim);
      self->order = order;
      self->position = position;
      self->weight = weight;
      self->is_complete = tl_source_reply_names (reply, TL_LANE_INCOMING) &&
                          tl_source_reply_names (reply, TL_LANE_OUTGOING);
    }
}

static gboolean
was_absent (GPtrArray   *probed,
            const Entry *entry)
{
  gboolean is_absent = FALSE;
  gboolean other_is_there = FALSE;

  for (guint i = 0; probed != NULL && i < probed->len; i++)
    {
      const TlProbed *probe = probed->pdata[i];

      if (probe->lane != tl_claim_get_lane (entry->claim))
        continue;
      if (probe->is_there)
        other_is_there = TRUE;
      else if (g_str_equal (probe->host, claim_get_host (entry->claim)))
        is_absent = TRUE;
    }

  return is_absent && other_is_there;
}

static void
entry_score (Entry     *self,
             GPtrArray *probed)
{
  guint score = self->weight;

  for (guint group = GROUP_TABLE; group <= GROUP_TRIED; group <<= 1)
    {
      if ((self->groups & group) != 0 && group != sources[self->order].group)
        score += TL_RANK_AGREEMENT_BONUS;
    }

  if (sources[self->order].group != GROUP_TABLE)
    {
      score = MIN (score, UNCURATED_MAX);
      if (was_absent (probed, self))
        score -= MIN (score, TL_RANK_ABSENT_PENALTY);
    }

  self->score = score;
}

/* Best first. The last two keys tell any two entries of a lane apart, so that
 * the order they came in never matters. */
static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *left = *(const Entry * const *) a;
  const Entry *right = *(const Entry * const *) b;
  const TlEndpoint *left_endpoint = tl_claim_get_endpoint (left->claim);
  const TlEndpoint *right_endpoint = tl_claim_get_endpoint (right->claim);
  const gint64 differences[] = {
    (gint64) right->score - left->score,
    right->is_complete - left->is_complete,
    (gint64) tl_endpoint_get_security (right_endpoint) - tl_endpoint_get_security (left_endpoint),
    (gint64) left->order - right->order,
    (gint64) left->position - right->position,
    strcmp (tl_endpoint_get_host (left_endpoint), tl_endpoint_get_host (right_endpoint)),
    tl_endpoint_get_port (left_endpoint) - tl_endpoint_get_port (right_endpoint),
    (gint64) tl_claim_get_lane (left->claim) - tl_claim_get_lane (right->claim),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (differences); i++)
    {
      if (differences[i] != 0)
        return differences[i] < 0 ? -1 : 1;
    }

  return 0;
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static TlCandidate *
entry_to_candidate (const Entry *self)
{
  g_autoptr(GPtrArray) agrees = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer source;

  g_hash_table_iter_init (&iter, self->said_by);
  while (g_hash_table_iter_next (&iter, &source, NULL))
    {
      if (!g_str_equal (source, sources[self->order].source))
        g_ptr_array_add (agrees, source);
    }
  g_ptr_array_sort (agrees, compare_strings);
  g_ptr_array_add (agrees, NULL);

  return tl_candidate_new (tl_claim_get_lane (self->claim), tl_claim_get_settings (self->claim),
                           sources[self->order].source, tl_claim_get_trust (self->claim),
                           self->score, self->confirm, (const char * const *) agrees->pdata,
                           tl_claim_get_hops (self->claim), self->provider);
}

/**
 * tl_discovery_rank:
 * @address: whose servers they are
 * @replies: (element-type TlSourceReply): what the sources said, in any order
 * @probed: (nullable) (element-type TlProbed): hosts that were tried because sources contradict
 *   each other
 *
 * Weighs what was said: each endpoint counts once, on the word of its weightiest
 * source, with `TL_RANK_AGREEMENT_BONUS` for every independent other that names
 * it too. Guesses count only in a lane for which nothing better was said. A host
 * that was tried in vain while another of its lane was there loses
 * `TL_RANK_ABSENT_PENALTY`.
 *
 * The same replies give the same candidates, whatever their order.
 *
 * Returns: (transfer full) (element-type TlCandidate): the candidates, best first, both lanes mixed
 */
GPtrArray *
tl_discovery_rank (TlAddress *address,
                   GPtrArray *replies,
                   GPtrArray *probed)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < replies->len; i++)
    {
      const TlSourceReply *reply = replies->pdata[i];

      for (guint j = 0; j < tl_source_reply_get_n (reply); j++)
        {
          TlClaim *claim = tl_source_reply_get_claim (reply, j);
          Entry *entry = find_entry (entries, claim);

          if (is_guess (reply) && !guess_counts (address, replies, tl_claim_get_lane (claim)))
            continue;

          if (entry == NULL)
            {
              entry = entry_new (address, claim);
              g_ptr_array_add (entries, entry);
            }
          entry_add (entry, address, reply, j);
        }
    }

  for (guint i = 0; i < entries->len; i++)
    entry_score (entries->pdata[i], probed);
  g_ptr_array_sort (entries, compare_entries);

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (candidates, entry_to_candidate (entries->pdata[i]));

  return g_steal_pointer (&candidates);
}

static gboolean
names_host (const TlSourceReply *reply,
            TlLaneKind           lane,
            const char          *host)
{
  for (guint i = 0; i < tl_source_reply_get_n (reply); i++)
    {
      const TlClaim *claim = tl_source_reply_get_claim (reply, i);

      if (tl_claim_get_lane (claim) == lane && g_str_equal (claim_get_host (claim), host))
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_discovery_contradict:
 * @a: what one source said
 * @b: what another said
 * @lane: incoming or outgoing
 *
 * Returns: %TRUE when both name servers for @lane and have no host in common; another port or
 *   another security of the same host is no contradiction, and neither is a guess
 */
gboolean
tl_discovery_contradict (const TlSourceReply *a,
                         const TlSourceReply *b,
                         TlLaneKind           lane)
{
  if (is_guess (a) || is_guess (b) || !tl_source_reply_names (a, lane) ||
      !tl_source_reply_names (b, lane))
    return FALSE;

  for (guint i = 0; i < tl_source_reply_get_n (a); i++)
    {
      const TlClaim *claim = tl_source_reply_get_claim (a, i);

      if (tl_claim_get_lane (claim) == lane && names_host (b, lane, claim_get_host (claim)))
        return FALSE;
    }

  return TRUE;
}

/* The claim of @reply that would be proposed for @lane if nobody else had said
 * anything, or NULL when a person would have to confirm it first. */
static TlClaim *
find_first_claim (TlAddress     *address,
                  TlSourceReply *reply,
                  TlLaneKind     lane)
{
  TlClaim *best = NULL;

  for (guint i = 0; i < tl_source_reply_get_n (reply); i++)
    {
      TlClaim *claim = tl_source_reply_get_claim (reply, i);

      if (tl_claim_get_lane (claim) != lane || needs_confirming (address, claim))
        continue;
      if (best == NULL || tl_endpoint_get_security (tl_claim_get_endpoint (claim)) >
                            tl_endpoint_get_security (tl_claim_get_endpoint (best)))
        best = claim;
    }

  return best;
}

static gboolean
is_contradicted (GPtrArray           *replies,
                 const TlSourceReply *reply,
                 TlLaneKind           lane)
{
  for (guint i = 0; i < replies->len; i++)
    {
      if (replies->pdata[i] != reply && tl_discovery_contradict (reply, replies->pdata[i], lane))
        return TRUE;
    }

  return FALSE;
}

static int
compare_claims (gconstpointer a,
                gconstpointer b)
{
  return strcmp (claim_get_host (*(const TlClaim * const *) a),
                 claim_get_host (*(const TlClaim * const *) b));
}

static gboolean
have_same_host (gconstpointer a,
                gconstpointer b)
{
  return compare_claims (&a, &b) == 0;
}

static GPtrArray *
list_contested (TlAddress  *address,
                GPtrArray  *replies,
                TlLaneKind  lane)
{
  GPtrArray *contested = g_ptr_array_new ();

  for (guint i = 0; i < replies->len; i++)
    {
      TlClaim *claim = find_first_claim (address, replies->pdata[i], lane);

      if (claim != NULL && is_contradicted (replies, replies->pdata[i], lane) &&
          !g_ptr_array_find_with_equal_func (contested, claim, have_same_host, NULL))
        g_ptr_array_add (contested, claim);
    }

  return contested;
}

/**
 * tl_discovery_list_contested:
 * @address: whose servers they are
 * @replies: (element-type TlSourceReply): what the sources said so far
 *
 * Lists what is worth trying because sources contradict each other: the first
 * claim of each, one a host. A lane that the curated table knows is not
 * contested, and what needs confirming is not contacted.
 *
 * Returns: (transfer full) (element-type TlClaim): what to try; empty when all agree
 */
GPtrArray *
tl_discovery_list_contested (TlAddress *address,
                             GPtrArray *replies)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (lanes); i++)
    {
      g_autoptr(GPtrArray) contested = list_contested (address, replies, lanes[i]);

      if (contested->len < 2 || lane_is_curated (replies, lanes[i]))
        continue;

      g_ptr_array_sort (contested, compare_claims);
      for (guint j = 0; j < contested->len; j++)
        g_ptr_array_add (all, tl_claim_ref (contested->pdata[j]));
    }

  return all;
}

/**
 * tl_discovery_may_matter:
 * @address: whose servers they are
 * @replies: (element-type TlSourceReply): what the sources said so far
 * @source: a source that has not answered yet
 *
 * Returns: %TRUE when what @source may still say could change what is proposed
 */
gboolean
tl_discovery_may_matter (TlAddress  *address,
                         GPtrArray  *replies,
                         const char *source)
{
  guint order = find_order (source);

  for (gsize i = 0; i < G_N_ELEMENTS (lanes); i++)
    {
      if (sources[order].group == GROUP_TRIED ? guess_counts (address, replies, lanes[i])
                                              : !lane_is_curated (replies, lanes[i]))
        return TRUE;
    }

  return FALSE;
}
