/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-judge.h"

#include <string.h>

#include "tl-dmarc-walk.h"
#include "tl-domain-remedy.h"
#include "tl-domain-spf-cover.h"
#include "tl-evidence.h"
#include "tl-nick.h"
#include "tl-site.h"

/* As many tags are there that can be wrong. */
#define MAX_FAULTY_TAGS 8

static void
add_finding (TlDomainVerdict *verdict,
             const char      *id,
             const char      *detail,
             const char      *name,
             const char      *value)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  TlDomainRemedy remedy = { name, "TXT", value };

  if (detail != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", detail);
  tl_domain_verdict_add_finding (verdict, id, g_variant_dict_end (&evidence),
                                 value == NULL ? NULL : &remedy);
}

/* Where reports of a domain go: to an address that every domain has to have (RFC 2142 §5, RFC 5321
 * §4.5.1). */
static char *
dup_first_record (const char *domain)
{
  return g_strdup_printf ("v=DMARC1; p=none; rua=mailto:postmaster@%s", domain);
}

static void
judge_missing (TlDomainVerdict   *verdict,
               const TlDmarcWalk *walk)
{
  const char *domain = tl_domain_subject_get_parts (verdict->subject)->domain;
  g_autofree char *name = g_strconcat ("_dmarc.", domain, NULL);
  g_autofree char *value = dup_first_record (domain);

  if (walk->n_several > 0)
    {
      g_autofree char *detail = g_strdup_printf ("there are %u records where there may be one",
                                                 walk->n_several);

      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DMARC, TL_STATUS_WARNING, name, NULL,
                                    detail);
      add_finding (verdict, "domain.dmarc-invalid", detail, NULL, NULL);
      return;
    }

  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DMARC, TL_STATUS_WARNING, name, NULL,
                                "none");
  add_finding (verdict, "domain.dmarc-missing", NULL, name, value);
}

/* Whether the hosts that reports go to take them. */
typedef struct
{
  guint        n_taken;
  char        *refused;  /* owned: where the first that does not would say so; NULL: none */
  const char  *refuser;  /* borrowed: whose name that is */
  char        *unknown;  /* owned: the same of the first of which nobody knows; NULL: none */
  TlRecordSet *set;      /* borrowed: what came of asking for @unknown; NULL while nobody has */
} Reports;

static void
reports_clear (Reports *self)
{
  g_clear_pointer (&self->refused, g_free);
  g_clear_pointer (&self->unknown, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reports, reports_clear)

/* A domain other than the policy's takes its reports if `DOMAIN._report._dmarc.HOST` says so
 * (RFC 9990). */
static void
look_at_reports (TlDomainVerdict   *verdict,
                 const TlDmarcWalk *walk,
                 Reports           *reports)
{
  for (gsize i = 0; walk->record->report_hosts[i] != NULL; i++)
    {
      const char *host = walk->record->report_hosts[i];
      TlDmarcAligned same = tl_dmarc_is_aligned (walk->domain, host, FALSE, verdict->facts);
      g_autofree char *name = g_strdup_printf ("%s._report._dmarc.%s", walk->domain, host);
      gboolean is_said = FALSE;
      TlRecordSet *set;

      if (same == TL_DMARC_ALIGNED_YES)
        {
          reports->n_taken++;
          continue;
        }

      set = tl_dns_facts_look (verdict->facts, name, TL_RECORD_TXT);
      for (guint j = 0; set != NULL && j < tl_record_set_get_n (set); j++)
        {
          const TlRecord *record = tl_record_set_get (set, j);

          is_said |= record->text != NULL &&
                     tl_dmarc_record_is (record->text, strlen (record->text));
        }

      if (is_said)
        {
          reports->n_taken++;
        }
      else if (same == TL_DMARC_ALIGNED_UNKNOWN || set == NULL || !tl_record_set_is_whole (set))
        {
          if (reports->unknown == NULL)
            {
              reports->unknown = g_steal_pointer (&name);
              reports->set = set;
            }
        }
      else if (reports->refused == NULL)
        {
          reports->refused = g_steal_pointer (&name);
          reports->refuser = host;
        }
    }
}

static void
judge_reports (TlDomainVerdict   *verdict,
               const TlDmarcWalk *walk)
{
  g_auto(Reports) reports = { 0 };
  g_autofree char *detail = NULL;
  gboolean is_lost;
  gboolean is_ours;

  if (!walk->record->has_rua)
    {
      g_autofree char *rua = g_strconcat ("mailto:postmaster@", walk->domain, NULL);
      g_autofree char *value = tl_domain_remedy_dup_dmarc_with (walk->text, "rua", rua);

      add_finding (verdict, "domain.dmarc-unreported", "no rua=", walk->name, value);
      return;
    }

  look_at_reports (verdict, walk, &reports);

  /* What could not be asked is not held against it, nor is it taken for a yes. */
  if (reports.n_taken == 0 && reports.unknown != NULL &&
      tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_DMARC, reports.unknown, reports.set))
    tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DMARC, TL_STATUS_NOT_TESTED,
                                  reports.unknown, NULL,
                                  "it is not known whether reports are taken");
  if (reports.refused == NULL)
    return;

  /* Nobody can publish in the zone of somebody else. */
  is_ours = tl_site_same (walk->domain, reports.refuser);
  if (is_ours)
    detail = g_strdup_printf ("%s does not say that it takes reports", reports.refused);
  else
    detail = g_strdup_printf ("%s does not say that it takes reports: whoever looks after %s has "
                              "to publish it, a TXT record “v=DMARC1”", reports.refused,
                              reports.refuser);
  is_lost = reports.n_taken == 0 && reports.unknown == NULL;
  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DMARC,
                                is_lost ? TL_STATUS_WARNING : TL_STATUS_OK, reports.refused, NULL,
                                "reports are not taken");
  if (is_lost)
    add_finding (verdict, "domain.dmarc-unreported", detail, reports.refused,
                 is_ours ? "v=DMARC1" : NULL);
}

/* Takes out what says nothing that counts, a tag at a time, and leaves the rest as it is: what is
 * asked of receivers stays what it was. NULL where that cannot be told from the record. */
static char *
dup_mended (const TlDmarcWalk *walk)
{
  g_autofree char *text = g_strdup (walk->text);
  g_autofree char *rua = g_strconcat ("mailto:postmaster@", walk->domain, NULL);

  for (guint i = 0; i < MAX_FAULTY_TAGS; i++)
    {
      g_autoptr(TlDmarcRecord) record = tl_dmarc_record_new (text, strlen (text));
      gboolean is_rua = g_strcmp0 (record->faulty_tag, "rua") == 0;
      char *next;

      if (record->why == NULL)
        return g_steal_pointer (&text);
      if (record->faulty_tag == NULL || g_str_equal (record->faulty_tag, "p") ||
          (is_rua && record->has_rua))
        return NULL;
      next = tl_domain_remedy_dup_dmarc_with (text, record->faulty_tag, is_rua ? rua : NULL);
      g_free (text);
      text = next;
    }

  return NULL;
}

static void
judge_policy (TlDomainVerdict   *verdict,
              const TlDmarcWalk *walk)
{
  TlDmarcPolicy policy = tl_dmarc_walk_get_policy (walk);
  g_autofree char *value = NULL;
  g_autoptr(GString) detail = g_string_new (tl_nick_get (TL_TYPE_DMARC_POLICY, (int) policy));
  gboolean is_good = walk->record->why == NULL && policy > TL_DMARC_NONE;

  if (!walk->is_own)
    g_string_append_printf (detail, ", from %s", walk->domain);
  if (walk->record->is_test)
    g_string_append (detail, ", being tried out (t=y)");
  if (walk->record->old != NULL)
    g_string_append_printf (detail, ", %s= no longer counts", walk->record->old);
  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DMARC,
                                is_good ? TL_STATUS_OK : TL_STATUS_WARNING, walk->name, walk->text,
                                detail->str);

  if (walk->record->why != NULL)
    {
      g_autofree char *mended = dup_mended (walk);

      add_finding (verdict, "domain.dmarc-invalid", walk->record->why, walk->name, mended);
      return;
    }
  if (policy == TL_DMARC_NONE)
    {
      const char *tag = walk->is_own ? "p" : "sp";

      if (walk->record->is_test && (walk->is_own ? walk->record->p : walk->record->sp) != policy)
        value = tl_domain_remedy_dup_dmarc_with (walk->text, "t", "n");
      else
        value = tl_domain_remedy_dup_dmarc_with (walk->text, tag, "quarantine");
      add_finding (verdict, "domain.dmarc-none", detail->str, walk->name, value);
    }
  judge_reports (verdict, walk);
}

/* Whether SPF proves a domain that counts: the envelope's is aligned, and the lane covered. */
static TlDmarcAligned
judge_spf (TlDomainVerdict   *verdict,
           const TlDmarcWalk *walk)
{
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (verdict->subject);
  const char *envelope = tl_spf_cover_get_domain (parts);
  TlDmarcAligned aligned = tl_dmarc_is_aligned (parts->domain, envelope,
                                                walk->record->is_spf_strict, verdict->facts);
  g_autoptr(TlSpfSurvey) survey = NULL;
  g_autofree char *why = NULL;
  TlSpfCover cover;

  if (aligned == TL_DMARC_ALIGNED_NO)
    return aligned;

  survey = tl_spf_survey (envelope, verdict->facts);
  cover = tl_spf_cover_judge (parts, survey, verdict->facts, &why);
  if (cover == TL_SPF_COVER_NO ||
      (cover != TL_SPF_COVER_YES && survey->is_complete &&
       (survey->result == TL_SPF_NONE || survey->result == TL_SPF_PERMERROR)))
    return TL_DMARC_ALIGNED_NO;

  return cover == TL_SPF_COVER_YES ? aligned : TL_DMARC_ALIGNED_UNKNOWN;
}

/* Whether DKIM does: known only when a message came back, and somebody said what was on it. */
static TlDmarcAligned
judge_dkim (TlDomainVerdict   *verdict,
            const TlDmarcWalk *walk)
{
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (verdict->subject);
  const TlLoopReportParts *loop = parts->loop == NULL ? NULL :
                                  tl_loop_report_get_parts (parts->loop);

  if (loop == NULL || loop->dkim == NULL)
    return TL_DMARC_ALIGNED_UNKNOWN;
  if (!g_str_equal (loop->dkim, "pass"))
    return g_str_equal (loop->dkim, "temperror") ? TL_DMARC_ALIGNED_UNKNOWN : TL_DMARC_ALIGNED_NO;
  if (loop->dkim_domain == NULL)
    return TL_DMARC_ALIGNED_UNKNOWN;

  return tl_dmarc_is_aligned (parts->domain, loop->dkim_domain, walk->record->is_dkim_strict,
                              verdict->facts);
}

static const char *
name_aligned (TlDmarcAligned aligned)
{
  return aligned == TL_DMARC_ALIGNED_YES ? "yes" :
         aligned == TL_DMARC_ALIGNED_NO ? "no" : "not known";
}

/* Whether this very set-up passes: one of the two is enough. */
static void
judge_alignment (TlDomainVerdict   *verdict,
                 const TlDmarcWalk *walk)
{
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (verdict->subject);
  const TlLoopReportParts *loop = parts->loop == NULL ? NULL :
                                  tl_loop_report_get_parts (parts->loop);
  TlDmarcAligned spf = judge_spf (verdict, walk);
  TlDmarcAligned dkim = judge_dkim (verdict, walk);
  g_autofree char *detail = NULL;

  if (loop != NULL && g_strcmp0 (loop->dmarc, "pass") == 0)
    {
      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DMARC, TL_STATUS_OK, parts->domain,
                                    NULL, "aligned: the message that came back passed");
      return;
    }

  detail = g_strdup_printf ("aligned: spf %s, dkim %s", name_aligned (spf), name_aligned (dkim));
  if (spf == TL_DMARC_ALIGNED_YES || dkim == TL_DMARC_ALIGNED_YES)
    {
      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DMARC, TL_STATUS_OK, parts->domain,
                                    NULL, detail);
      return;
    }
  if (spf == TL_DMARC_ALIGNED_NO && dkim == TL_DMARC_ALIGNED_NO)
    {
      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DMARC, TL_STATUS_WARNING,
                                    parts->domain, NULL, detail);
      add_finding (verdict, "domain.dmarc-unaligned", detail, NULL, NULL);
      return;
    }

  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_DMARC,
                                tl_domain_verdict_knows_sender (verdict) ? TL_STATUS_NOT_TESTED
                                                                         : TL_STATUS_NOT_NEEDED,
                                parts->domain, NULL, detail);
}

/**
 * tl_domain_dmarc_judge:
 * @verdict: the verdict
 *
 * DMARC (RFC 9989) of the domain in From: the record that applies to it, where reports go, and
 * whether what this set-up sends is aligned with it: whether SPF, for the domain of the envelope,
 * or DKIM, for the one that signs, speaks for the domain in From.
 */
void
tl_domain_dmarc_judge (TlDomainVerdict *verdict)
{
  const char *domain = tl_domain_subject_get_parts (verdict->subject)->domain;
  g_autoptr(TlDmarcWalk) walk = tl_dmarc_walk (domain, verdict->facts);

  if (!walk->is_complete)
    return;
  if (walk->failed_set != NULL && !walk->is_own &&
      !tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_DMARC, walk->failed_name,
                                      walk->failed_set))
    return;
  if (walk->record == NULL || walk->n_several > 0)
    {
      judge_missing (verdict, walk);
      return;
    }

  judge_policy (verdict, walk);
  judge_alignment (verdict, walk);
}
