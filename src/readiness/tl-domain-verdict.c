/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-verdict.h"

#include "tl-evidence.h"
#include "tl-nick.h"
#include "tl-text.h"

/* The longest that is kept of what a record says, in characters; an SPF or DKIM record that is
 * longer than this is shown cut. */
#define MAX_VALUE  1000
#define MAX_DETAIL 300

/* What was cleaned when it came is not cleaned once more: backslashes would be doubled. */
static char *
clean (const char *text,
       gsize       max_chars)
{
  g_autofree char *cut = NULL;

  if (text == NULL)
    return NULL;
  if (!tl_text_is_clean (text))
    return tl_text_clean_capped (text, -1, max_chars);
  if ((gsize) g_utf8_strlen (text, -1) <= max_chars)
    return g_strdup (text);

  cut = g_utf8_substring (text, 0, (glong) max_chars);

  return g_strconcat (cut, "…", NULL);
}

/**
 * tl_domain_verdict_add_record:
 * @self: a verdict
 * @topic: what it is about
 * @status: how good that is
 * @name: (nullable): where it was looked for, a DNS name or a URL
 * @value: (nullable): what was found there
 * @detail: (nullable): what it comes to, an English clause
 *
 * Adds what was looked at. Text may be as it came: it is cleaned where it has to be, and cut.
 *
 * Returns: (transfer none): what was added
 */
TlDomainRecord *
tl_domain_verdict_add_record (TlDomainVerdict *self,
                              TlDomainTopic    topic,
                              TlStatus         status,
                              const char      *name,
                              const char      *value,
                              const char      *detail)
{
  g_autofree char *clean_name = clean (name, MAX_DETAIL);
  g_autofree char *clean_value = clean (value, MAX_VALUE);
  g_autofree char *clean_detail = clean (detail, MAX_DETAIL);

  TlDomainRecord *record = tl_domain_record_new (topic, status, clean_name, clean_value,
                                                 clean_detail);

  g_ptr_array_add (self->records, record);

  return record;
}

/**
 * tl_domain_verdict_add_finding:
 * @self: a verdict
 * @id: `domain.cause`
 * @evidence: (nullable): what was seen; consumed if floating
 * @remedy: (nullable): the record that mends it
 *
 * Adds what is wrong, with the domain that is judged and the remedy in its evidence; a domain that
 * is in @evidence already stays. tl_domain_judge() adds whose rules it breaks, which takes all that
 * was found.
 */
void
tl_domain_verdict_add_finding (TlDomainVerdict      *self,
                               const char           *id,
                               GVariant             *evidence,
                               const TlDomainRemedy *remedy)
{
  g_autoptr(GVariant) given = evidence == NULL ? NULL : g_variant_ref_sink (evidence);
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (given);
  g_autoptr(GVariant) all = NULL;

  if (!g_variant_dict_contains (&dict, TL_EVIDENCE_DOMAIN))
    g_variant_dict_insert (&dict, TL_EVIDENCE_DOMAIN, "s",
                           tl_domain_subject_get_parts (self->subject)->domain);
  if (remedy != NULL)
    {
      g_variant_dict_insert (&dict, TL_EVIDENCE_RECORD_NAME, "s", remedy->name);
      g_variant_dict_insert (&dict, TL_EVIDENCE_RECORD_TYPE, "s", remedy->type);
      g_variant_dict_insert (&dict, TL_EVIDENCE_RECORD, "s", remedy->value);
    }
  all = g_variant_ref_sink (g_variant_dict_end (&dict));
  g_ptr_array_add (self->findings, tl_finding_new (id, TL_LANE_NONE, all));
}

/**
 * tl_domain_verdict_knows_sender:
 * @self: a verdict
 *
 * Returns: whether it is known by what messages are sent. Where it is not, a domain is looked at by
 *   itself, and there is nothing that it could be held against: that is no gap in what was seen
 */
gboolean
tl_domain_verdict_knows_sender (const TlDomainVerdict *self)
{
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (self->subject);

  return parts->outgoing_host != NULL || parts->provider != NULL || parts->relay != NULL ||
         parts->loop != NULL;
}

/**
 * tl_domain_verdict_is_answered:
 * @self: a verdict
 * @topic: what the look-up is for
 * @name: what was looked up
 * @set: (nullable): what came of it
 *
 * Looks whether there is an answer that a check can go by, be it that there is nothing. Where name
 * servers failed, or there was more than is kept, the topic gets a record that says so and is not
 * tested; tl_domain_judge() makes `domain.unanswered` of these.
 *
 * Returns: whether there is; %FALSE too while nobody has asked
 */
gboolean
tl_domain_verdict_is_answered (TlDomainVerdict *self,
                               TlDomainTopic    topic,
                               const char      *name,
                               TlRecordSet     *set)
{
  TlRecordsStatus status;

  if (set == NULL)
    return FALSE;
  if (tl_record_set_is_whole (set))
    return TRUE;

  status = tl_record_set_is_cut (set) ? TL_RECORDS_TRUNCATED : tl_record_set_get_status (set);
  tl_domain_verdict_add_record (self, topic, TL_STATUS_NOT_TESTED, name, NULL,
                                tl_nick_get (TL_TYPE_RECORDS_STATUS, (int) status));

  return FALSE;
}
