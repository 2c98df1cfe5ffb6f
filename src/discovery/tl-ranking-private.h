/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ranking.h"

G_BEGIN_DECLS

#define TL_RANKING_MAX_TRIALS 8 /* servers of one lane */

/**
 * TlStanding:
 * @score: its weight and who agrees
 * @value: what the word of its weightiest source weighs
 * @is_complete: that source names both lanes
 * @security: how it is reached
 * @order: which row of the table that source has
 * @position: of the claim among that source's own
 *
 * All that the order of a lane goes by, the first that differs deciding. Between
 * two endpoints that do not differ in any of it, their names do.
 */
typedef struct
{
  guint      score;
  guint      value;
  gboolean   is_complete;
  TlSecurity security;
  guint      order;
  guint      position;
} TlStanding;

typedef enum
{
  TL_TRIED_NOT,
  TL_TRIED_THERE,
  TL_TRIED_GONE,
} TlTried;

/* Everything that is said about one endpoint of one lane. */
typedef struct
{
  TlClaim        *claim;       /* owned: the weightiest */
  const char     *source;      /* static: whose claim that is */
  const TlWeight *weight;      /* what that one weighs */
  const TlWeight *if_hosted;   /* the weightiest, should the mail turn out to go there */
  const char     *provider;    /* static: whose row of our table says so, or NULL */
  const TlWeight *vouch;       /* what the weightiest that says so weighs, or NULL */
  guint           position;    /* of the claim among its source's own */
  gboolean        is_outside;  /* as tl_weight_sum_up() means it */
  gboolean        is_complete; /* its source names both lanes */
  gboolean        is_curated;  /* our own table is among those who say so */
  gboolean        confirm;     /* a person has to say yes */
  TlWeightGroups  groups;      /* everybody who names this host for this lane */
  guint           score;
  TlTried         tried;
  gboolean        is_demoted;  /* tried in vain, and another of the lane was there */
  GHashTable     *said_by;     /* owned: set of source ids that name this very endpoint */
} TlEntry;

/* One lane. */
typedef struct
{
  TlLaneKind lane;
  guint      closed_at;     /* as tl_measure_get_closed_at() has it */
  gboolean   is_contested;  /* sources that could be tried contradict each other */
  gboolean   guess_counts;  /* nothing better than a guess was said */
  GPtrArray *by_weight;     /* owned, of borrowed TlEntry: best first before any penalty */
  guint      n_on_trial;    /* so many of those may be tried, or be what others yield to */
  GPtrArray *entries;       /* owned, of owned TlEntry: best first */
} TlRankedLane;

struct _TlRanking
{
  TlRankedLane lanes[TL_N_LANES];
};

int         tl_standing_compare   (const TlStanding *self,
                                   const TlStanding *other);

const char *tl_entry_get_host     (const TlEntry    *self);
TlStanding  tl_entry_get_standing (const TlEntry    *self);
gboolean    tl_entry_can_be_tried (const TlEntry    *self);
gboolean    tl_entry_is_there     (const TlEntry    *self);

G_END_DECLS
