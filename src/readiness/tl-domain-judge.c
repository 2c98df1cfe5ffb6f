/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-judge.h"

#include <stdlib.h>

#include "tl-evidence.h"
#include "tl-receivers.h"

/* In the order of TlDomainTopic, in which all of it is shown. */
static void (* const checks[]) (TlDomainVerdict *verdict) = {
  tl_domain_mx_judge,
  tl_domain_spf_judge,
  tl_domain_dkim_judge,
  tl_domain_dmarc_judge,
  tl_domain_identity_judge,
  tl_domain_mta_sts_judge,
  tl_domain_tls_rpt_judge,
  tl_domain_dane_judge,
  tl_domain_dnssec_judge,
  tl_domain_bimi_judge,
};

/* What a record's detail says where name servers failed: nicks of TlRecordsStatus, and of
 * TlSpfResult; and where a document could not be had from here. */
static const char * const failures[] = {
  "servfail", "timeout", "refused", "truncated", "loop", "bogus", "temperror",
  "unreached", NULL
};

/* The worst first, then as they were found, which is by topic. */
typedef struct
{
  TlFinding *finding;
  guint      place;
} Placed;

static int
compare_placed (gconstpointer a,
                gconstpointer b)
{
  const Placed *one = a;
  const Placed *two = b;
  int by = (int) tl_finding_get_severity (two->finding) -
           (int) tl_finding_get_severity (one->finding);

  if (by == 0)
    by = one->place < two->place ? -1 : 1;

  return by;
}

static void
sort_findings (GPtrArray *findings)
{
  g_autofree Placed *placed = g_new0 (Placed, findings->len + 1);

  for (guint i = 0; i < findings->len; i++)
    {
      placed[i].finding = findings->pdata[i];
      placed[i].place = i;
    }
  if (findings->len > 1)
    qsort (placed, findings->len, sizeof (Placed), compare_placed);
  for (guint i = 0; i < findings->len; i++)
    findings->pdata[i] = placed[i].finding;
}

/* Checks run in the order of topics, but may add to another one's. */
static GPtrArray *
sort_records (GPtrArray *records)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();

  for (guint topic = 0; topic < TL_N_DOMAIN_TOPICS; topic++)
    {
      for (guint i = 0; i < records->len && sorted->len < TL_DOMAIN_REPORT_MAX_RECORDS; i++)
        {
          TlDomainRecord *record = records->pdata[i];

          if (record->topic == topic)
            g_ptr_array_add (sorted, record);
        }
    }

  return g_steal_pointer (&sorted);
}

/* Says once that name servers did not answer, with what they were asked. */
static void
add_unanswered (TlDomainVerdict *verdict)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  for (guint i = 0; i < verdict->records->len; i++)
    {
      TlDomainRecord *record = verdict->records->pdata[i];

      if (record->status == TL_STATUS_NOT_TESTED && record->detail != NULL &&
          g_strv_contains (failures, record->detail) && record->name != NULL &&
          !g_ptr_array_find_with_equal_func (names, record->name, g_str_equal, NULL))
        g_ptr_array_add (names, record->name);
    }
  if (names->len == 0)
    return;

  g_variant_dict_insert_value (&evidence, TL_EVIDENCE_NAMES,
                               g_variant_new_strv ((const char * const *) names->pdata,
                                                   (gssize) names->len));
  tl_domain_verdict_add_finding (verdict, "domain.unanswered", g_variant_dict_end (&evidence),
                                 NULL);
}

/* Whose rules a finding breaks depends on what else was found. */
static void
add_receivers (TlDomainVerdict *verdict)
{
  guint volume = tl_domain_subject_get_parts (verdict->subject)->volume;
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < verdict->findings->len; i++)
    g_ptr_array_add (ids, (gpointer) tl_finding_get_id (verdict->findings->pdata[i]));
  g_ptr_array_add (ids, NULL);

  for (guint i = 0; i < verdict->findings->len; i++)
    {
      g_autoptr(TlFinding) finding = verdict->findings->pdata[i];
      const char *id = tl_finding_get_id (finding);
      g_auto(GStrv) broken = tl_receivers_list_broken (id, (const char * const *) ids->pdata,
                                                       volume);
      g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (tl_finding_get_evidence (finding));
      g_autoptr(GVariant) all = NULL;

      if (broken[0] != NULL)
        g_variant_dict_insert (&evidence, TL_EVIDENCE_RECEIVERS, "^as", broken);
      all = g_variant_ref_sink (g_variant_dict_end (&evidence));
      verdict->findings->pdata[i] = tl_finding_new (id, tl_finding_get_lane (finding), all);
      ids->pdata[i] = (gpointer) tl_finding_get_id (verdict->findings->pdata[i]);
    }
}

/* Two kinds of records say it, as there are name servers that mean only the kind. */
static gboolean
is_no_domain (TlDomainVerdict *verdict)
{
  static const TlRecordType types[] = { TL_RECORD_MX, TL_RECORD_TXT };
  const char *domain = tl_domain_subject_get_parts (verdict->subject)->domain;
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      TlRecordSet *set = tl_dns_facts_look (verdict->facts, domain, types[i]);

      n += set != NULL && tl_record_set_get_status (set) == TL_RECORDS_NXDOMAIN;
    }

  return n == G_N_ELEMENTS (types);
}

static void
add_no_domain (TlDomainVerdict *verdict)
{
  const char *domain = tl_domain_subject_get_parts (verdict->subject)->domain;

  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_MX, TL_STATUS_WARNING, domain, NULL,
                                "nxdomain");
  tl_domain_verdict_add_finding (verdict, "domain.nxdomain", NULL, NULL);
}

/**
 * tl_domain_judge:
 * @subject: which domain, and for what set-up
 * @facts: what is known; takes note of what else is wanted
 * @n_trips: how many rounds of questions it took
 *
 * Runs every check; of a domain that does not exist there is nothing more to say. Pure but for what
 * is wanted: same subject and facts, same report; and what was judged on complete facts does not
 * change when more are put in.
 *
 * Returns: (transfer full): what can be said now
 */
TlDomainReport *
tl_domain_judge (TlDomainSubject *subject,
                 TlDnsFacts      *facts,
                 guint            n_trips)
{
  const TlDomainSubjectParts *wanted = tl_domain_subject_get_parts (subject);
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GPtrArray) sorted = NULL;
  TlDomainVerdict verdict;
  TlDomainReportParts parts;

  records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_domain_record_free);
  findings = g_ptr_array_new_with_free_func (g_object_unref);
  verdict = (TlDomainVerdict) { subject, facts, records, findings };

  if (is_no_domain (&verdict))
    {
      tl_dns_facts_forget_wanted (facts);
      add_no_domain (&verdict);
    }
  else
    {
      for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
        checks[i] (&verdict);
    }

  add_unanswered (&verdict);
  add_receivers (&verdict);
  sort_findings (findings);
  if (findings->len > TL_DOMAIN_REPORT_MAX_FINDINGS)
    g_ptr_array_set_size (findings, TL_DOMAIN_REPORT_MAX_FINDINGS);
  sorted = sort_records (records);

  parts = (TlDomainReportParts) {
    .domain = wanted->domain,
    .checked_at_s = wanted->now_s,
    .n_trips = n_trips,
    .n_questions = tl_dns_facts_get_n (facts),
    .records = sorted,
    .findings = findings,
  };

  return tl_domain_report_new (&parts);
}
