/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-spf.h"

G_BEGIN_DECLS

/**
 * TlSpfZone: what the DNS would say: lines of `NAME TYPE VALUE`
 *
 * Types: A, AAAA, PTR, CNAME; MX with `PREFERENCE HOST`; TXT, in which a backslash is followed
 * by three octal digits; NONE for a name without records; TIMEOUT and SERVFAIL for all that is not
 * there, or, with a type behind it, for that.
 */
typedef struct _TlSpfZone TlSpfZone;

TlSpfZone    *tl_spf_zone_new    (const char          *lines) G_GNUC_WARN_UNUSED_RESULT;
void          tl_spf_zone_free   (TlSpfZone           *self);
void          tl_spf_zone_add    (TlSpfZone           *self,
                                  const char          *line);
TlRecordSet  *tl_spf_zone_lookup (TlSpfZone           *self,
                                  const char          *name,
                                  TlRecordType         type) G_GNUC_WARN_UNUSED_RESULT;

/* Puts in what is wanted; with a @rand only some of it, in any order. */
guint         tl_spf_zone_answer (TlSpfZone           *self,
                                  TlDnsFacts          *facts,
                                  GRand               *rand);
TlSpfOutcome *tl_spf_zone_check  (TlSpfZone           *self,
                                  const TlSpfSubject  *subject,
                                  GRand               *rand,
                                  guint               *out_rounds) G_GNUC_WARN_UNUSED_RESULT;
TlSpfSurvey  *tl_spf_zone_survey (TlSpfZone           *self,
                                  const char          *domain,
                                  guint               *out_rounds) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSpfZone, tl_spf_zone_free)

G_END_DECLS
