/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-source-reply.h"

G_BEGIN_DECLS

/**
 * TlWeightGroups:
 * @TL_WEIGHT_TABLE: our own table of providers
 * @TL_WEIGHT_OWN: the documents of the domain itself
 * @TL_WEIGHT_DNS: its records, and what they lead to: exchangers' documents, and what TXT names
 * @TL_WEIGHT_DIRECTORY: a public directory
 * @TL_WEIGHT_EXCHANGE: a Microsoft Exchange server
 * @TL_WEIGHT_GATEWAY: what was concluded from second signals
 * @TL_WEIGHT_TRIED: a server that answered
 *
 * Who is behind a source. Sources of one group are not independent: who writes
 * one writes the other, so that they cannot agree with each other.
 */
typedef enum
{
  TL_WEIGHT_TABLE     = 1 << 0,
  TL_WEIGHT_OWN       = 1 << 1,
  TL_WEIGHT_DNS       = 1 << 2,
  TL_WEIGHT_DIRECTORY = 1 << 3,
  TL_WEIGHT_EXCHANGE  = 1 << 4,
  TL_WEIGHT_GATEWAY   = 1 << 5,
  TL_WEIGHT_TRIED     = 1 << 6,
} TlWeightGroups;

#define TL_WEIGHT_AGREEMENT 10

/**
 * TlWeight:
 * @source: a `TL_SOURCE_` id
 * @group: who is behind it
 * @inside: what its word weighs, 0 to 100
 * @outside: what it weighs about a host that is neither in the domain's own registrable domain nor
 *   its mail host's nor a known provider's
 * @most: what it may come to weigh when others agree
 * @always_confirm: whether a person has to confirm even a known provider's host
 *
 * A row of the one table of weights.
 */
typedef struct
{
  const char     *source;
  TlWeightGroups  group;
  guint           inside;
  guint           outside;
  guint           most;
  gboolean        always_confirm;
} TlWeight;

const TlWeight *tl_weight_of_reply  (const TlSourceReply *reply);
const TlWeight *tl_weight_at_best   (const char          *source,
                                     gboolean             may_be_proven);
guint           tl_weight_get_order (const TlWeight      *self);
guint           tl_weight_get_value (const TlWeight      *self,
                                     gboolean             is_outside);
guint           tl_weight_sum_up    (const TlWeight      *self,
                                     gboolean             is_outside,
                                     TlWeightGroups       groups);

G_END_DECLS
