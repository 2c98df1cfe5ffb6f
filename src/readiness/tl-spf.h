/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-dns-facts.h"

G_BEGIN_DECLS

/**
 * TlSpfResult: RFC 7208 §2.6
 */
typedef enum
{
  TL_SPF_NONE,
  TL_SPF_NEUTRAL,
  TL_SPF_PASS,
  TL_SPF_FAIL,
  TL_SPF_SOFTFAIL,
  TL_SPF_TEMPERROR,
  TL_SPF_PERMERROR,
} TlSpfResult;

#define TL_TYPE_SPF_RESULT (tl_spf_result_get_type ())
GType       tl_spf_result_get_type (void) G_GNUC_CONST;
const char *tl_spf_result_get_nick (TlSpfResult result);

/**
 * TlSpfSubject: what check_host() is asked (RFC 7208 §4.1)
 * @ip: the address of the client that sends
 * @domain: the domain of MAIL FROM, or of HELO
 * @sender: MAIL FROM, or `postmaster@` and the HELO name; may be empty
 * @helo: the HELO name
 * @receiver: (nullable): what stands for the macro `r` in explanations
 * @now_s: what stands for the macro `t`
 */
typedef struct
{
  GInetAddress *ip;
  const char   *domain;
  const char   *sender;
  const char   *helo;
  const char   *receiver;
  gint64        now_s;
} TlSpfSubject;

/**
 * TlSpfOutcome:
 * @result: what it comes to; meaningless while @is_complete is %FALSE
 * @is_complete: everything that it takes was known
 * @explanation: (nullable): of a fail, what the domain says about it (RFC 7208 §6.2), cleaned
 * @matched: (nullable): the term that decided, cleaned
 * @n_lookups: terms that ask the DNS, so far (§4.6.4: 10)
 * @n_voids: look-ups that found nothing (§4.6.4: 2)
 * @why: (nullable): of an error, why: an English clause
 */
typedef struct
{
  TlSpfResult  result;
  gboolean     is_complete;
  char        *explanation;
  char        *matched;
  guint        n_lookups;
  guint        n_voids;
  char        *why;
} TlSpfOutcome;

void     tl_spf_outcome_free (TlSpfOutcome        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSpfOutcome, tl_spf_outcome_free)

/* check_host() over what is known; what is missing is wanted then, and what will be missing
 * next as far as it can be told, so that a record's terms are asked for side by side. */
TlSpfOutcome *tl_spf_check   (const TlSpfSubject  *subject,
                              TlDnsFacts          *facts) G_GNUC_WARN_UNUSED_RESULT;

/**
 * TlSpfSurvey: what a domain's record is like, whoever sends
 * @is_complete: everything that it takes was known
 * @n_records: how many there are (§4.5: more than one is an error)
 * @record: (nullable): the one there is, cleaned
 * @n_bytes: of the record
 * @result: %TL_SPF_NEUTRAL when it can be evaluated to its end; else the error, or none
 * @why: (nullable): of an error, why
 * @n_lookups: terms that ask the DNS when none matches before, all included records' too
 * @n_voids: look-ups that found nothing
 * @all: the qualifier of the record's `all`, `+`, `-`, `~`, `?`; 0 when there is none
 * @is_open: it lets everybody in, or does not say that it does not: by its own end, or by what it
 *   includes
 * @includes: (array zero-terminated=1): every domain that is reached by include or redirect and may
 *   let senders pass, in order and lower case: by `+` alone, and not behind what matches everybody
 * @lookup_terms: (array zero-terminated=1): the terms that ask the DNS, in order, each with the
 *   domain it stands in: `acme.example include:_spf.a.example`
 */
typedef struct
{
  gboolean     is_complete;
  guint        n_records;
  char        *record;
  gsize        n_bytes;
  TlSpfResult  result;
  char        *why;
  guint        n_lookups;
  guint        n_voids;
  char         all;
  gboolean     is_open;
  char       **includes;
  char       **lookup_terms;
} TlSpfSurvey;

void         tl_spf_survey_free (TlSpfSurvey        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSpfSurvey, tl_spf_survey_free)

TlSpfSurvey *tl_spf_survey      (const char         *domain,
                                 TlDnsFacts         *facts) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
