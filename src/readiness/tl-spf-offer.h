/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-dns-facts.h"
#include "tl-domain-subject.h"

G_BEGIN_DECLS

/**
 * TlSpfOffer: the SPF record that a domain should publish in the place of what there is
 * @is_pending: not everything that it takes is known yet; then there is neither of the others
 * @value: (nullable): the record, which was evaluated and holds; %NULL where there is none to offer
 * @why: (nullable): why there is none: an English clause
 */
typedef struct
{
  gboolean  is_pending;
  char     *value;
  char     *why;
} TlSpfOffer;

TlSpfOffer *tl_spf_offer_new  (const TlDomainSubjectParts *parts,
                               const char * const         *records,
                               TlDnsFacts                 *facts) G_GNUC_WARN_UNUSED_RESULT;
void        tl_spf_offer_free (TlSpfOffer                 *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSpfOffer, tl_spf_offer_free)

G_END_DECLS
