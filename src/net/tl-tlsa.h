/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-records.h"

G_BEGIN_DECLS

/**
 * TlTlsaVerdict:
 * @TL_TLSA_NONE: nothing is said that could be held against a certificate
 * @TL_TLSA_MATCHES: one record at least is about what the server shows
 * @TL_TLSA_DIFFERS: none of them is
 */
typedef enum
{
  TL_TLSA_NONE,
  TL_TLSA_MATCHES,
  TL_TLSA_DIFFERS,
} TlTlsaVerdict;

TlTlsaVerdict tl_tlsa_judge     (const TlRecordSet *records,
                                 GPtrArray         *chain);
gboolean      tl_tlsa_is_usable (GBytes            *data);

G_END_DECLS
