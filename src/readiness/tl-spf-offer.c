/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf-offer.h"

#include <string.h>

#include "tl-domain-remedy.h"
#include "tl-domain-spf-cover.h"
#include "tl-gateway.h"
#include "tl-provider-details.h"
#include "tl-record-parse.h"
#include "tl-record-set.h"
#include "tl-spf.h"
#include "tl-spf-lookup.h"

/* What comes of a record if it is published. */
typedef struct
{
  TlSpfSurvey *survey;
  TlSpfCover   cover;
  gboolean     is_complete;
  gboolean     breaks;    /* who goes through all terms gets an error */
} Trial;

static void
trial_clear (Trial *self)
{
  g_clear_pointer (&self->survey, tl_spf_survey_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trial, trial_clear)

static TlRecordSet *
new_answer (const char *value)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_record_free);
  TlRecord *record = g_new0 (TlRecord, 1);

  record->text = g_strdup (value);
  record->data = g_bytes_new (value, strlen (value));
  g_ptr_array_add (records, record);

  return tl_record_set_new (TL_RECORDS_ANSWERED, TL_DNSSEC_UNKNOWN, records);
}

/* What a client comes to that no record names: it goes through all terms. */
static TlSpfOutcome *
check_nobody (const TlDomainSubjectParts *parts,
              GSocketFamily               family,
              TlDnsFacts                 *facts)
{
  const char *domain = tl_spf_cover_get_domain (parts);
  g_autoptr(GInetAddress) ip = g_inet_address_new_any (family);
  g_autofree char *sender = g_strconcat ("postmaster@", domain, NULL);
  const TlSpfSubject subject = {
    .ip = ip,
    .domain = domain,
    .sender = sender,
    .helo = domain,
    .now_s = parts->now_s,
  };

  return tl_spf_check (&subject, facts);
}

/* Look-ups that find nothing depend on the kind of address that a client has. */
static void
check_strangers (Trial                      *self,
                 const TlDomainSubjectParts *parts,
                 TlDnsFacts                 *after)
{
  static const GSocketFamily families[] = { G_SOCKET_FAMILY_IPV4, G_SOCKET_FAMILY_IPV6 };

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      g_autoptr(TlSpfOutcome) outcome = check_nobody (parts, families[i], after);

      self->is_complete = self->is_complete && outcome->is_complete;
      self->breaks = self->breaks || outcome->result == TL_SPF_PERMERROR;
    }
}

static void
try (Trial                      *self,
     const TlDomainSubjectParts *parts,
     const char                 *value,
     TlDnsFacts                 *facts)
{
  const char *domain = tl_spf_cover_get_domain (parts);
  g_autoptr(TlRecordSet) answer = new_answer (value);
  g_autoptr(TlDnsFacts) after = tl_dns_facts_new_over (facts, domain, TL_RECORD_TXT, answer);
  g_autofree char *evidence = NULL;

  trial_clear (self);
  self->survey = tl_spf_survey (domain, after);
  self->cover = tl_spf_cover_judge (parts, self->survey, after, &evidence);
  self->is_complete = self->survey->is_complete && self->cover != TL_SPF_COVER_PENDING;
  self->breaks = FALSE;
  if (self->survey->result == TL_SPF_NEUTRAL)
    check_strangers (self, parts, after);
}

/* Gives why a record must not be published, or NULL. */
static char *
dup_fault (const Trial *self,
           guint        n_lookups_before,
           gboolean     is_first)
{
  const TlSpfSurvey *survey = self->survey;

  if (survey->n_lookups > TL_SPF_MAX_LOOKUPS)
    return g_strdup_printf ("there is no room: the record uses %u of %d look-ups and would need "
                            "%u; first take out a service that no longer sends", n_lookups_before,
                            TL_SPF_MAX_LOOKUPS, survey->n_lookups);
  if (survey->n_voids > TL_SPF_MAX_VOIDS || self->breaks || (is_first && survey->n_voids > 0))
    return g_strdup ("too much of what the record would name is not there; first take that out");
  if (survey->result != TL_SPF_NEUTRAL)
    return g_strdup_printf ("what it would say cannot be evaluated: %s",
                            survey->why != NULL ? survey->why : "there is no record");

  return NULL;
}

/* Nobody said what sends: a provider takes mail in and sends it alike, and so do servers of one's
 * own, at times. What stands before a mailbox to filter sends nothing. */
static char *
dup_guess (const char *domain,
           TlDnsFacts *facts)
{
  TlRecordSet *set = tl_dns_facts_look (facts, domain, TL_RECORD_MX);
  gboolean has_host = FALSE;

  for (guint i = 0; set != NULL && i < tl_record_set_get_n (set); i++)
    {
      const char *host = tl_record_set_get (set, i)->target;
      TlProvider *provider = host == NULL ? NULL : tl_providers_find_by_mx (host);
      const char * const *signals = provider == NULL ? NULL : tl_provider_get_spf (provider);

      if (host == NULL || g_str_equal (host, "."))
        continue;
      if (signals != NULL && signals[0] != NULL)
        return g_strconcat ("include:", signals[0], NULL);
      if (provider != NULL || tl_gateways_find_by_mx (host) != NULL)
        return NULL;
      has_host = TRUE;
    }

  return has_host ? g_strdup ("mx") : NULL;
}

static char *
dup_term (const TlDomainSubjectParts *parts,
          gboolean                    is_first,
          TlDnsFacts                 *facts)
{
  if (is_first && parts->outgoing_host == NULL && parts->relay == NULL && parts->provider == NULL)
    return dup_guess (tl_spf_cover_get_domain (parts), facts);

  return tl_spf_cover_dup_term (parts);
}

/* Text that was cleaned on its way in is not what is published: it must not be published either. */
static gboolean
is_as_published (const char * const *records)
{
  for (gsize i = 0; records[i] != NULL; i++)
    {
      if (strchr (records[i], '\\') != NULL || strlen (records[i]) >= TL_RECORD_MAX_TEXT)
        return FALSE;
    }

  return TRUE;
}

/* Gives NULL where there is one to offer, else why not. */
static char *
find (TlSpfOffer                 *self,
      const TlDomainSubjectParts *parts,
      const char * const         *records,
      TlDnsFacts                 *facts)
{
  g_autoptr(TlSpfSurvey) before = tl_spf_survey (tl_spf_cover_get_domain (parts), facts);
  gboolean is_first = records[0] == NULL;
  g_autofree char *term = dup_term (parts, is_first, facts);
  g_autofree char *value = NULL;
  g_auto(Trial) trial = { 0 };
  guint n_lookups = before->n_lookups;

  if (is_first && term == NULL)
    return g_strdup ("it is not known what sends for the domain: the record has to name that");
  if (!is_as_published (records))
    return g_strdup ("what there is has characters that do not belong into such a record");

  value = tl_domain_remedy_dup_spf (records, is_first ? term : NULL, before->all);
  if (value == NULL)
    return g_strdup ("the records contradict one another; whoever knows what sends has to write "
                     "one");

  try (&trial, parts, value, facts);
  if (records[0] != NULL && records[1] != NULL)
    n_lookups = trial.survey->n_lookups;
  if (trial.is_complete && !is_first && trial.cover == TL_SPF_COVER_NO && term != NULL)
    {
      g_free (value);
      value = tl_domain_remedy_dup_spf (records, term, before->all);
      try (&trial, parts, value, facts);
    }

  self->is_pending = !trial.is_complete || !before->is_complete;
  if (self->is_pending)
    return NULL;
  if (trial.survey->result == TL_SPF_TEMPERROR)
    return g_strdup ("name servers did not answer for what it would name");
  if (trial.survey->result == TL_SPF_NEUTRAL && trial.cover == TL_SPF_COVER_NO)
    return g_strdup ("another part of the record shuts the sender out; take that out first");

  if (trial.survey->result == TL_SPF_NEUTRAL && trial.survey->is_open)
    return g_strdup ("something that it names or includes lets everybody in; take that out first");
  if (!is_first && records[1] == NULL && g_ascii_strcasecmp (records[0], value) == 0)
    return g_strdup ("the record has all that can be put in");

  self->value = g_steal_pointer (&value);

  return dup_fault (&trial, n_lookups, is_first);
}

/**
 * tl_spf_offer_new:
 * @parts: which domain, and who is to send for it
 * @records: (array zero-terminated=1): the SPF records there are, none or more
 * @facts: what is known; takes note of what else is wanted
 *
 * Makes the one record that mends everything: of several one, with the outgoing lane in it where it
 * is not, and with an end that keeps others out. It is evaluated before it is offered, in the place
 * of what there is: who passed before still does, and nothing is past the limits (RFC 7208 §4.6.4).
 *
 * Returns: (transfer full): the record, or why there is none
 */
TlSpfOffer *
tl_spf_offer_new (const TlDomainSubjectParts *parts,
                  const char * const         *records,
                  TlDnsFacts                 *facts)
{
  TlSpfOffer *self = g_new0 (TlSpfOffer, 1);

  self->why = find (self, parts, records, facts);
  if (self->why != NULL)
    g_clear_pointer (&self->value, g_free);

  return self;
}

void
tl_spf_offer_free (TlSpfOffer *self)
{
  g_free (self->value);
  g_free (self->why);
  g_free (self);
}
