/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-measure.h"

#include "tl-provider.h"
#include "tl-site.h"

/* Whose a host is. */
typedef enum
{
  HANDS_KNOWN  = 1 << 0, /* looked up */
  HANDS_OWN    = 1 << 1, /* in the address's registrable domain, or a provider's in our table */
  HANDS_HOSTED = 1 << 2, /* at whoever takes the domain's mail in */
} Hands;

/**
 * tl_measure_init:
 * @self: the measure
 * @address: whose servers they are; outlives @self
 * @replies: (element-type TlSourceReply): what was said; outlives @self
 *
 * Sites are the provider-mx source's alone to name: that one asked where the
 * domain's mail goes.
 */
void
tl_measure_init (TlMeasure *self,
                 TlAddress *address,
                 GPtrArray *replies)
{
  self->domain = tl_address_get_domain (address);
  self->site = tl_site_dup_registrable (self->domain);
  self->replies = replies;
  self->hosted_at = g_ptr_array_new ();
  self->hands = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < replies->len; i++)
    {
      const TlSourceReply *reply = replies->pdata[i];
      const char * const *sites = tl_source_reply_get_sites (reply);

      if (!g_str_equal (tl_source_reply_get_source (reply), TL_SOURCE_PROVIDER_MX))
        continue;
      for (guint j = 0; sites[j] != NULL; j++)
        g_ptr_array_add (self->hosted_at, (gpointer) sites[j]);
    }
}

/**
 * tl_measure_clear:
 * @self: a measure that was used, or a zeroed one
 *
 * Lets go of what it found out; what it borrowed is left alone.
 */
void
tl_measure_clear (TlMeasure *self)
{
  g_clear_pointer (&self->site, g_free);
  g_clear_pointer (&self->hosted_at, g_ptr_array_unref);
  g_clear_pointer (&self->hands, g_hash_table_unref);
}

static const char *
claim_get_host (const TlClaim *claim)
{
  return tl_endpoint_get_host (tl_claim_get_endpoint (claim));
}

/* Two names under one public suffix are not in the same hands. */
static Hands
find_hands (const TlMeasure *self,
            const TlClaim   *claim)
{
  const char *host = claim_get_host (claim);
  Hands hands = GPOINTER_TO_UINT (g_hash_table_lookup (self->hands, host));
  g_autofree char *site = NULL;

  if (hands != 0)
    return hands;

  hands = HANDS_KNOWN;
  site = tl_site_dup_registrable (host);
  if (g_str_equal (host, self->domain) || (site != NULL && g_strcmp0 (site, self->site) == 0) ||
      tl_providers_find_by_host (host) != NULL)
    hands |= HANDS_OWN;
  if (site != NULL &&
      g_ptr_array_find_with_equal_func (self->hosted_at, site, g_str_equal, NULL))
    hands |= HANDS_HOSTED;

  g_hash_table_insert (self->hands, (gpointer) host, GUINT_TO_POINTER (hands));

  return hands;
}

/**
 * tl_measure_needs_confirming:
 * @self: the measure
 * @weight: what its source weighs
 * @claim: a claim among the replies
 *
 * A person confirms what is outside the address's registrable domain unless our
 * table vouches for it. That its mail goes there as well is not enough: mail
 * exchangers are named by DNS, which anybody on the way can forge.
 *
 * Returns: whether a person has to say yes before anything is sent there
 */
gboolean
tl_measure_needs_confirming (const TlMeasure *self,
                             const TlWeight  *weight,
                             const TlClaim   *claim)
{
  return weight->always_confirm ||
         (tl_claim_get_trust (claim) != TL_TRUST_CURATED &&
          (find_hands (self, claim) & HANDS_OWN) == 0);
}

/**
 * tl_measure_is_outside:
 * @self: the measure
 * @claim: a claim among the replies
 *
 * Returns: whether the host is in nobody's hands that the address, its mail exchangers or our table
 *   speak for
 */
gboolean
tl_measure_is_outside (const TlMeasure *self,
                       const TlClaim   *claim)
{
  return tl_claim_get_trust (claim) != TL_TRUST_CURATED &&
         (find_hands (self, claim) & (HANDS_OWN | HANDS_HOSTED)) == 0;
}

static gboolean
is_guess (const TlSourceReply *reply)
{
  return g_str_equal (tl_source_reply_get_source (reply), TL_SOURCE_GUESS);
}

static gboolean
names_safely (const TlMeasure     *self,
              const TlSourceReply *reply,
              TlLaneKind           lane)
{
  const TlWeight *weight = tl_weight_of_reply (reply);

  for (guint i = 0; i < tl_source_reply_get_n (reply); i++)
    {
      const TlClaim *claim = tl_source_reply_get_claim (reply, i);

      if (tl_claim_get_lane (claim) == lane && !tl_measure_needs_confirming (self, weight, claim))
        return TRUE;
    }

  return FALSE;
}

/* Whether @reply is our table's, and says that this provider lets no mail
 * program in on @lane. */
static gboolean
closes (const TlSourceReply *reply,
        TlLaneKind           lane)
{
  TlSourceRemarks remarks = tl_source_reply_get_remarks (reply);

  return tl_weight_of_reply (reply)->group == TL_WEIGHT_TABLE &&
         (remarks & TL_SOURCE_REMARK_NO_IMAP) != 0 &&
         (lane == TL_LANE_INCOMING ? !tl_source_reply_names (reply, lane)
                                   : tl_source_reply_get_n (reply) == 0);
}

/* What is only concluded about whoever may be behind a filter rules nothing out. */
static gboolean
rules_out_imap (const TlSourceReply *reply)
{
  return (tl_source_reply_get_remarks (reply) & TL_SOURCE_REMARK_NO_IMAP) != 0 &&
         !tl_weight_of_reply (reply)->always_confirm;
}

/**
 * tl_measure_get_closed_at:
 * @self: the measure
 * @lane: incoming or outgoing
 *
 * Our table knows of providers that let no mail program in on a lane. Nobody
 * less trusted opens it.
 *
 * Returns: the weight up to which nobody's word counts for @lane; 0: the lane is open
 */
guint
tl_measure_get_closed_at (const TlMeasure *self,
                          TlLaneKind       lane)
{
  guint closed_at = 0;

  for (guint i = 0; i < self->replies->len; i++)
    {
      if (closes (self->replies->pdata[i], lane))
        closed_at = MAX (closed_at, tl_weight_of_reply (self->replies->pdata[i])->inside);
    }

  return closed_at;
}

/**
 * tl_measure_lets_guess:
 * @self: the measure
 * @lane: incoming or outgoing
 *
 * A guess is for a lane of which nothing better is known: not where the domain
 * says that there is nothing to be found, and not under a wrong signature,
 * since it rests on the addresses of names alone.
 *
 * Returns: whether guesses count for @lane
 */
gboolean
tl_measure_lets_guess (const TlMeasure *self,
                       TlLaneKind       lane)
{
  for (guint i = 0; i < self->replies->len; i++)
    {
      const TlSourceReply *reply = self->replies->pdata[i];

      if (tl_source_reply_get_status (reply) == TL_SOURCE_STATUS_BOGUS || closes (reply, lane) ||
          (lane == TL_LANE_INCOMING && rules_out_imap (reply)))
        return FALSE;
      if (!is_guess (reply) && names_safely (self, reply, lane))
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_measure_counts:
 * @self: the measure
 * @reply: one of the replies
 * @lane: incoming or outgoing
 *
 * Returns: whether what @reply names for @lane is to be weighed at all
 */
gboolean
tl_measure_counts (const TlMeasure     *self,
                   const TlSourceReply *reply,
                   TlLaneKind           lane)
{
  return tl_source_reply_names (reply, lane) &&
         tl_weight_of_reply (reply)->inside > tl_measure_get_closed_at (self, lane) &&
         (!is_guess (reply) || tl_measure_lets_guess (self, lane));
}

/**
 * tl_measure_is_contested:
 * @self: the measure
 * @lane: incoming or outgoing
 *
 * What a person would have to confirm first contests nothing: it cannot be
 * tried.
 *
 * Returns: whether sources contradict each other about @lane
 */
gboolean
tl_measure_is_contested (const TlMeasure *self,
                         TlLaneKind       lane)
{
  g_autoptr(GPtrArray) safe = g_ptr_array_new ();

  for (guint i = 0; i < self->replies->len; i++)
    {
      if (tl_measure_counts (self, self->replies->pdata[i], lane) &&
          names_safely (self, self->replies->pdata[i], lane))
        g_ptr_array_add (safe, self->replies->pdata[i]);
    }

  for (guint i = 0; i < safe->len; i++)
    {
      for (guint j = i + 1; j < safe->len; j++)
        {
          if (tl_source_reply_contradicts (safe->pdata[i], safe->pdata[j], lane))
            return TRUE;
        }
    }

  return FALSE;
}
