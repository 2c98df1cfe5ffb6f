/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-records.h"

G_BEGIN_DECLS

/**
 * TlSpfMechanism: RFC 7208 §5
 */
typedef enum
{
  TL_SPF_ALL,
  TL_SPF_INCLUDE,
  TL_SPF_A,
  TL_SPF_MX,
  TL_SPF_PTR,
  TL_SPF_IP4,
  TL_SPF_IP6,
  TL_SPF_EXISTS,
} TlSpfMechanism;

/**
 * TlSpfTerm: a directive
 * @mechanism: what it is about
 * @qualifier: `+`, `-`, `~` or `?`
 * @asks: it counts as a look-up (RFC 7208 §4.6.4)
 * @target: (nullable): its `domain-spec`, %NULL when it has none
 * @address: of ip4 the first 4 bytes, of ip6 all, in network order
 * @prefix4: how many bits of an IPv4 address have to agree
 * @prefix6: how many bits of an IPv6 address have to agree
 * @text: as it is in the record
 */
typedef struct
{
  TlSpfMechanism  mechanism;
  char            qualifier;
  gboolean        asks;
  char           *target;
  guint8          address[16];
  guint           prefix4;
  guint           prefix6;
  char           *text;
} TlSpfTerm;

/**
 * TlSpfRecord:
 * @terms: (element-type TlSpfTerm): directives in order
 * @redirect: (nullable): `domain-spec` of the modifier
 * @exp: (nullable): `domain-spec` of the modifier
 */
typedef struct
{
  GPtrArray *terms;
  char      *redirect;
  char      *exp;
} TlSpfRecord;

GBytes      *tl_spf_record_select (const TlRecordSet *set,
                                   guint             *out_n);
TlSpfRecord *tl_spf_record_parse  (const char        *bytes,
                                   gsize              len,
                                   GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void         tl_spf_record_free   (TlSpfRecord       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSpfRecord, tl_spf_record_free)

G_END_DECLS
