/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-judge.h"

#include <string.h>

#include "tl-domain-spf-cover.h"
#include "tl-evidence.h"
#include "tl-spf.h"
#include "tl-spf-lookup.h"
#include "tl-spf-offer.h"

/* RFC 7208 §3.4: an answer that fits 512 bytes, of which some go to other records. */
#define LONG_BYTES     450
#define TOO_LONG_BYTES 512

#define MAX_NAMED_TERMS 40

static gboolean
is_spf (const char *text)
{
  return g_ascii_strncasecmp (text, "v=spf1", 6) == 0 && (text[6] == '\0' || text[6] == ' ');
}

/* The records that stand where there may be one. */
static GPtrArray *
list_records (TlDomainVerdict *verdict,
              const char      *domain)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();
  TlRecordSet *set = tl_dns_facts_look (verdict->facts, domain, TL_RECORD_TXT);

  for (guint i = 0; set != NULL && i < tl_record_set_get_n (set); i++)
    {
      const TlRecord *record = tl_record_set_get (set, i);

      if (record->text != NULL && is_spf (record->text))
        g_ptr_array_add (texts, record->text);
    }
  g_ptr_array_add (texts, NULL);

  return g_steal_pointer (&texts);
}

/* Whether a term of the record itself begins with a word: `ptr`, `redirect=`. */
static gboolean
has_word (const char *record,
          const char *word)
{
  g_auto(GStrv) terms = g_strsplit (record, " ", -1);
  gsize len = strlen (word);

  for (guint i = 0; terms[i] != NULL; i++)
    {
      const char *term = terms[i] + (terms[i][0] != '\0' && strchr ("+-~?", terms[i][0]) != NULL);

      if (g_ascii_strncasecmp (term, word, len) == 0 &&
          (word[len - 1] == '=' || term[len] == '\0' || term[len] == ':' || term[len] == '/'))
        return TRUE;
    }

  return FALSE;
}

static void
add_finding (TlDomainVerdict *verdict,
             const char      *id,
             const char      *domain,
             GVariantDict    *evidence,
             const char      *value)
{
  TlDomainRemedy remedy = { domain, "TXT", value };

  g_variant_dict_insert (evidence, TL_EVIDENCE_DOMAIN, "s", domain);
  tl_domain_verdict_add_finding (verdict, id, g_variant_dict_end (evidence),
                                 value == NULL ? NULL : &remedy);
}

/* What there is, and what to publish in its place. */
static TlSpfOffer *
new_offer (TlDomainVerdict *verdict,
           GPtrArray       *records)
{
  return tl_spf_offer_new (tl_domain_subject_get_parts (verdict->subject),
                           (const char * const *) records->pdata, verdict->facts);
}

/* What was seen, and why there is no record to publish. */
static void
insert_detail (GVariantDict     *evidence,
               const char       *detail,
               const TlSpfOffer *offer)
{
  const char *why = offer == NULL ? NULL : offer->why;
  g_autofree char *both = detail == NULL ? g_strdup (why) :
                          why == NULL ? g_strdup (detail) : g_strconcat (detail, "; ", why, NULL);

  if (both != NULL)
    g_variant_dict_insert (evidence, TL_EVIDENCE_DETAIL, "s", both);
}

static void
judge_missing (TlDomainVerdict *verdict,
               const char      *domain,
               GPtrArray       *records)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  g_autoptr(TlSpfOffer) offer = new_offer (verdict, records);

  insert_detail (&evidence, NULL, offer);
  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_SPF, TL_STATUS_WARNING, domain, NULL,
                                "none");
  add_finding (verdict, "domain.spf-missing", domain, &evidence, offer->value);
}

/* What is wrong with the record whoever sends: its id, or NULL. */
static const char *
find_fault (const TlSpfSurvey *survey,
            guint              n_records)
{
  if (n_records > 1)
    return "domain.spf-permerror";
  if (survey->n_lookups > TL_SPF_MAX_LOOKUPS)
    return "domain.spf-too-many-lookups";
  if (survey->n_voids > TL_SPF_MAX_VOIDS)
    return "domain.spf-void-lookups";
  if (survey->result == TL_SPF_PERMERROR)
    return "domain.spf-permerror";

  return NULL;
}

/* The terms that ask the DNS, each once, without the domain that they stand in. */
static GVariant *
new_terms (const TlSpfSurvey *survey)
{
  g_autoptr(GPtrArray) terms = g_ptr_array_new ();

  for (gsize i = 0; survey->lookup_terms[i] != NULL && terms->len < MAX_NAMED_TERMS; i++)
    {
      const char *space = strchr (survey->lookup_terms[i], ' ');
      char *term = space == NULL ? survey->lookup_terms[i] : (char *) space + 1;

      if (!g_ptr_array_find_with_equal_func (terms, term, g_str_equal, NULL))
        g_ptr_array_add (terms, term);
    }

  return g_variant_new_strv ((const char * const *) terms->pdata, (gssize) terms->len);
}

static void
add_fault (TlDomainVerdict   *verdict,
           const char        *id,
           const char        *domain,
           const TlSpfSurvey *survey,
           GPtrArray         *records)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  g_autoptr(TlSpfOffer) offer = records->len > 2 ? new_offer (verdict, records) : NULL;
  g_autofree char *detail = NULL;

  if (g_str_equal (id, "domain.spf-too-many-lookups"))
    {
      g_variant_dict_insert_value (&evidence, TL_EVIDENCE_NAMES, new_terms (survey));
      g_variant_dict_insert (&evidence, TL_EVIDENCE_LIMIT, "u", TL_SPF_MAX_LOOKUPS);
      detail = g_strdup_printf ("%u look-ups", survey->n_lookups);
    }
  else if (g_str_equal (id, "domain.spf-void-lookups"))
    {
      g_variant_dict_insert (&evidence, TL_EVIDENCE_LIMIT, "u", TL_SPF_MAX_VOIDS);
      detail = g_strdup_printf ("%u look-ups find nothing", survey->n_voids);
    }
  else if (offer != NULL)
    {
      detail = g_strdup_printf ("there are %u records where there may be one", records->len - 1);
    }
  else
    {
      detail = g_strdup (survey->why);
    }

  insert_detail (&evidence, detail, offer);
  add_finding (verdict, id, domain, &evidence, offer == NULL ? NULL : offer->value);
}

static char *
describe (const TlSpfSurvey *survey)
{
  g_autoptr(GString) out = g_string_new (NULL);

  g_string_append_printf (out, "%u look-ups", survey->n_lookups);
  if (survey->n_voids > 0)
    g_string_append_printf (out, ", %u of them find nothing", survey->n_voids);
  if (survey->n_bytes > TOO_LONG_BYTES)
    g_string_append_printf (out, ", %" G_GSIZE_FORMAT " bytes: too long for one answer",
                            survey->n_bytes);
  else if (survey->n_bytes > LONG_BYTES)
    g_string_append_printf (out, ", %" G_GSIZE_FORMAT " bytes: nearly too long", survey->n_bytes);
  if (has_word (survey->record, "ptr"))
    g_string_append (out, ", ptr is no longer to be used");

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_excluded (TlDomainVerdict  *verdict,
              const char       *domain,
              const char       *why,
              const TlSpfOffer *offer)
{
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (verdict->subject);
  const char *names[] = { tl_spf_cover_get_sender_name (parts), NULL };
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  insert_detail (&evidence, why, offer);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_NAMES, "^as", names);
  if (parts->outgoing_host != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", parts->outgoing_host);
  add_finding (verdict, "domain.spf-excludes-lane", domain, &evidence, offer->value);
}

/* Both that everybody is let in and that the lane is not named is mended by one and the same
 * record. */
static void
judge_use (TlDomainVerdict   *verdict,
           const char        *domain,
           const TlSpfSurvey *survey,
           GPtrArray         *records,
           gboolean           is_open)
{
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (verdict->subject);
  g_autoptr(TlSpfOffer) offer = NULL;
  g_autofree char *why = NULL;
  TlSpfCover cover = tl_spf_cover_judge (parts, survey, verdict->facts, &why);
  const char *name = parts->outgoing_host != NULL ? parts->outgoing_host :
                     tl_spf_cover_get_include (parts);

  if (is_open || cover == TL_SPF_COVER_NO)
    offer = new_offer (verdict, records);
  if (is_open)
    {
      g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

      insert_detail (&evidence, NULL, offer);
      add_finding (verdict, "domain.spf-all-open", domain, &evidence, offer->value);
    }
  if (cover == TL_SPF_COVER_YES)
    tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_SPF, TL_STATUS_OK, name, NULL, why);
  if (cover == TL_SPF_COVER_UNKNOWN)
    tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_SPF,
                                  tl_domain_verdict_knows_sender (verdict) ? TL_STATUS_NOT_TESTED
                                                                           : TL_STATUS_NOT_NEEDED,
                                  parts->outgoing_host != NULL ? name : domain, NULL,
                                  parts->outgoing_host != NULL
                                    ? "it is not known from which servers it sends"
                                    : "it is not known by what is sent");
  if (cover == TL_SPF_COVER_NO)
    {
      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_SPF, TL_STATUS_WARNING, name, NULL,
                                    why);
      add_excluded (verdict, domain, why, offer);
    }
}

/* What will be needed if the record is as most are: asked for with the record. */
static void
scout (const TlDomainSubjectParts *parts,
       TlDnsFacts                 *facts)
{
  const char *include = tl_spf_cover_get_include (parts);

  if (include != NULL)
    tl_dns_facts_scout (facts, include, TL_RECORD_TXT);
  if (parts->outgoing_host != NULL && !g_hostname_is_ip_address (parts->outgoing_host))
    {
      tl_dns_facts_scout (facts, parts->outgoing_host, TL_RECORD_A);
      tl_dns_facts_scout (facts, parts->outgoing_host, TL_RECORD_AAAA);
    }
}

/**
 * tl_domain_spf_judge:
 * @verdict: the verdict
 *
 * SPF (RFC 7208) of the domain that it looks at: that of MAIL FROM, which need not be the one in
 * From. What that means for DMARC says tl_domain_dmarc_judge(). First the record, whoever sends;
 * then whether it lets the outgoing lane send.
 */
void
tl_domain_spf_judge (TlDomainVerdict *verdict)
{
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (verdict->subject);
  const char *domain = tl_spf_cover_get_domain (parts);
  g_autoptr(TlSpfSurvey) survey = tl_spf_survey (domain, verdict->facts);
  TlRecordSet *set = tl_dns_facts_look (verdict->facts, domain, TL_RECORD_TXT);
  g_autoptr(GPtrArray) records = list_records (verdict, domain);
  g_autofree char *detail = NULL;
  TlDomainRecord *record;
  const char *fault;
  gboolean open;

  scout (parts, verdict->facts);
  if (!tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_SPF, domain, set))
    return;
  if (records->len == 1)
    {
      judge_missing (verdict, domain, records);
      return;
    }
  if (records->len > 2)
    {
      g_autofree char *all = g_strjoinv (" | ", (char **) records->pdata);

      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_SPF, TL_STATUS_WARNING, domain, all,
                                    "permerror");
      add_fault (verdict, find_fault (survey, records->len - 1), domain, survey, records);
      return;
    }
  if (!survey->is_complete || survey->record == NULL)
    return;
  if (survey->result == TL_SPF_TEMPERROR)
    {
      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_SPF, TL_STATUS_NOT_TESTED, domain,
                                    survey->record, "temperror");
      return;
    }

  fault = find_fault (survey, records->len - 1);
  open = fault == NULL && survey->is_open;
  detail = describe (survey);
  record = tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_SPF,
                                         fault != NULL || open ? TL_STATUS_WARNING : TL_STATUS_OK,
                                         domain, survey->record, detail);
  record->n_lookups = (int) survey->n_lookups;
  if (fault != NULL)
    {
      add_fault (verdict, fault, domain, survey, records);
      return;
    }
  judge_use (verdict, domain, survey, records, open);
}
