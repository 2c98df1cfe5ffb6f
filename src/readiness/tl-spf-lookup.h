/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-dns-facts.h"
#include "tl-spf.h"
#include "tl-spf-record.h"

G_BEGIN_DECLS

/* RFC 7208 §4.6.4: terms that ask, terms whose questions found nothing, and names for each mx,
 * ptr and `p`. */
#define TL_SPF_MAX_LOOKUPS 10
#define TL_SPF_MAX_VOIDS 2
#define TL_SPF_MAX_NAMES 10

/**
 * TlSpfAnswer:
 * @TL_SPF_ANSWER_OPEN: not known yet; it is wanted now
 * @TL_SPF_ANSWER_FOUND: there are records
 * @TL_SPF_ANSWER_VOID: the DNS says that there are none (RFC 7208 §4.6.4)
 * @TL_SPF_ANSWER_UNASKABLE: there can be none: the DNS cannot be asked for such a name
 * @TL_SPF_ANSWER_ERROR: the DNS did not say
 */
typedef enum
{
  TL_SPF_ANSWER_OPEN,
  TL_SPF_ANSWER_FOUND,
  TL_SPF_ANSWER_VOID,
  TL_SPF_ANSWER_UNASKABLE,
  TL_SPF_ANSWER_ERROR,
} TlSpfAnswer;

gboolean     tl_spf_name_is_askable (const char    *name);
gboolean     tl_spf_name_is_domain  (const char    *name);

TlSpfAnswer  tl_spf_lookup          (TlDnsFacts    *facts,
                                     const char    *name,
                                     TlRecordType   type,
                                     TlRecordSet  **out_set);
TlSpfAnswer  tl_spf_lookup_record   (TlDnsFacts    *facts,
                                     const char    *domain,
                                     GBytes       **out_bytes,
                                     guint         *out_n);
const char  *tl_spf_get_host        (const TlRecord *record);

G_END_DECLS
