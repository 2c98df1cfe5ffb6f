/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-source-reply.h"
#include "tl-weight.h"

G_BEGIN_DECLS

/**
 * TlMeasure:
 * @domain: (transfer none): the address's domain
 * @site: (nullable): its registrable domain
 * @replies: (transfer none) (element-type TlSourceReply): all that was said
 * @hosted_at: (element-type utf8): registrable domains of whoever takes the domain's mail in
 * @hands: host name to what is known of whose it is, found out once
 *
 * What every claim is measured by: whose servers they are, and what else was
 * said. Borrows from both; for as long as a ranking takes, on one thread.
 */
typedef struct
{
  const char *domain;
  char       *site;
  GPtrArray  *replies;
  GPtrArray  *hosted_at;
  GHashTable *hands;
} TlMeasure;

void     tl_measure_init             (TlMeasure            *self,
                                      TlAddress            *address,
                                      GPtrArray            *replies);
void     tl_measure_clear            (TlMeasure            *self);

gboolean tl_measure_needs_confirming (const TlMeasure      *self,
                                      const TlWeight       *weight,
                                      const TlClaim        *claim);
gboolean tl_measure_is_outside       (const TlMeasure      *self,
                                      const TlClaim        *claim);
gboolean tl_measure_counts           (const TlMeasure      *self,
                                      const TlSourceReply  *reply,
                                      TlLaneKind            lane);
gboolean tl_measure_lets_guess       (const TlMeasure      *self,
                                      TlLaneKind            lane);
guint    tl_measure_get_closed_at    (const TlMeasure      *self,
                                      TlLaneKind            lane);
gboolean tl_measure_is_contested     (const TlMeasure      *self,
                                      TlLaneKind            lane);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlMeasure, tl_measure_clear)

G_END_DECLS
