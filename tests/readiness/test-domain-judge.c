/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-judge.h"

#include "dkim-keys.h"
#include "tl-evidence.h"
#include "tl-json.h"
#include "tl-provider.h"
#include "zone.h"

static TlDomainReport *judged;

static void
judge (TlDomainVerdict *verdict)
{
  g_clear_pointer (&judged, tl_domain_report_unref);
  judged = tl_domain_judge (verdict->subject, verdict->facts, 1);
}

static char *
to_text (TlDomainReport *report)
{
  g_autoptr(TlJson) json = tl_domain_report_to_json (report);

  return tl_json_to_canonical (json);
}

/* `SEVERITY ID [RULES]; …` */
static char *
list_findings (TlDomainReport *report)
{
  g_autoptr(GString) out = g_string_new (NULL);
  GPtrArray *findings = tl_domain_report_get_parts (report)->findings;

  for (guint i = 0; i < findings->len; i++)
    {
      TlFinding *finding = findings->pdata[i];
      g_autoptr(GVariant) receivers = NULL;

      g_string_append_printf (out, "%s%s %s", i > 0 ? "; " : "",
                              tl_severity_get_nick (tl_finding_get_severity (finding)),
                              tl_finding_get_id (finding));
      receivers = g_variant_lookup_value (tl_finding_get_evidence (finding), TL_EVIDENCE_RECEIVERS,
                                          G_VARIANT_TYPE_STRING_ARRAY);
      if (receivers != NULL)
        {
          g_autofree const char **rules = g_variant_get_strv (receivers, NULL);
          g_autofree char *joined = g_strjoinv (" ", (char **) rules);

          g_string_append_printf (out, " [%s]", joined);
        }
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

#define TXT(owner, text_) { owner, TL_RECORD_TXT, .dnssec = TL_DNSSEC_SECURE, .text = text_ }
#define MX(host) { "a.test", TL_RECORD_MX, .dnssec = TL_DNSSEC_SECURE, .priority = 1, .text = host }
#define A(host) { host, TL_RECORD_A, .dnssec = TL_DNSSEC_SECURE, .hex = "c0000201" }

typedef struct
{
  const char *name;
  guint       volume;
  const char *selector;
  const char *findings;
  const char *loop;      /* what the receiving side said of SPF */
  ZoneRow     rows[10];
} JudgeCase;

/* What MTA-STS and the like say is none of this table: their notes come last. */
#define OTHERS "note domain.mta-sts-missing"

static const JudgeCase cases[] = {
  { "well", .volume = 100, .selector = "x", .findings = OTHERS,
    .rows = { MX ("mx.a.test"), A ("mx.a.test"), TXT ("a.test", "v=spf1 mx -all"),
              TXT ("x._domainkey.a.test", "v=DKIM1; p=" KEY_RSA_2048),
              TXT ("_dmarc.a.test", "v=DMARC1; p=reject; rua=mailto:r@a.test") } },
  { "nothing-few", .volume = 100, .selector = "x",
    .findings = "warning domain.spf-missing [google.spf-or-dkim yahoo.spf-or-dkim]; "
                "warning domain.dkim-not-found [google.spf-or-dkim yahoo.spf-or-dkim]; "
                "warning domain.dmarc-missing; " OTHERS,
    .rows = { MX ("mx.a.test"), A ("mx.a.test") } },
  { "one-of-both-few", .volume = 4999, .selector = "x",
    .findings = "warning domain.dkim-not-found; warning domain.dmarc-missing; " OTHERS,
    .rows = { MX ("mx.a.test"), A ("mx.a.test"), TXT ("a.test", "v=spf1 mx -all") } },
  { "one-of-both-many", .volume = 5000, .selector = "x",
    .findings = "warning domain.dkim-not-found [google.dkim yahoo.dkim microsoft.dkim]; "
                "warning domain.dmarc-missing [google.dmarc yahoo.dmarc microsoft.dmarc]; " OTHERS,
    .rows = { MX ("mx.a.test"), A ("mx.a.test"), TXT ("a.test", "v=spf1 mx -all") } },
  { "nobody-said-how-many", .selector = "x",
    .findings = "warning domain.dkim-not-found [google.dkim yahoo.dkim microsoft.dkim]; "
                "warning domain.dmarc-missing [google.dmarc yahoo.dmarc microsoft.dmarc]; " OTHERS,
    .rows = { MX ("mx.a.test"), A ("mx.a.test"), TXT ("a.test", "v=spf1 mx -all") } },
  { "notes-last", .volume = 100, .selector = "x",
    .findings = "warning domain.dkim-weak; warning domain.dmarc-none; note domain.dkim-test-mode; "
                "note domain.dmarc-unreported; " OTHERS,
    .rows = { MX ("mx.a.test"), A ("mx.a.test"), TXT ("a.test", "v=spf1 mx -all"),
              TXT ("x._domainkey.a.test", "v=DKIM1; t=y; p=" KEY_RSA_512),
              TXT ("_dmarc.a.test", "v=DMARC1; p=none") } },
  { "no-domain", .findings = "warning domain.nxdomain",
    .rows = { TXT ("_dmarc.a.test", "v=DMARC1; p=none") } },
  { "no-mail", .volume = 100, .selector = "x",
    .findings = "warning domain.mx-null; warning domain.dkim-not-found; "
                "warning domain.dmarc-missing",
    .rows = { MX ("."), TXT ("a.test", "v=spf1 -all") } },
  { "bogus-below", .volume = 100, .selector = "x", .findings = "warning domain.unanswered; " OTHERS,
    .rows = { MX ("mx.a.test"), A ("mx.a.test"), TXT ("a.test", "v=spf1 mx -all"),
              TXT ("x._domainkey.a.test", "v=DKIM1; p=" KEY_RSA_2048),
              { "_dmarc.a.test", TL_RECORD_TXT, TL_RECORDS_BOGUS } } },
  { "unanswered-once", .volume = 100, .selector = "x",
    .findings = "warning domain.unanswered; " OTHERS,
    .rows = { MX ("mx.a.test"), A ("mx.a.test"), TXT ("a.test", "v=spf1 mx -all"),
              { "x._domainkey.a.test", TL_RECORD_TXT, TL_RECORDS_TIMEOUT },
              { "_dmarc.a.test", TL_RECORD_TXT, TL_RECORDS_SERVFAIL } } },
  /* What the receiving side said rests on the loop, whose name is that of a failure, too. */
  { "loop-is-no-silence", .volume = 100, .selector = "x", .loop = "pass", .findings = OTHERS,
    .rows = { MX ("mx.a.test"), A ("mx.a.test"), TXT ("a.test", "v=spf1 mx -all"),
              TXT ("x._domainkey.a.test", "v=DKIM1; p=" KEY_RSA_2048),
              TXT ("_dmarc.a.test", "v=DMARC1; p=reject; rua=mailto:r@a.test") } },
};

static TlDomainSubjectParts
get_parts (const JudgeCase    *c,
           const char * const *selectors,
           TlLoopReport       *loop)
{
  return (TlDomainSubjectParts) {
    .domain = "a.test",
    .selectors = selectors,
    .volume = c->volume,
    .outgoing_host = loop == NULL ? NULL : "smtp.a.test",
    .loop = loop,
    .now_s = 1000,
  };
}

static TlLoopReport *
new_loop (const JudgeCase *c)
{
  TlLoopReportParts parts = { .is_sent = TRUE, .is_back = TRUE, .n_copies = 1,
                              .judge = "mx.b.test", .spf = c->loop };

  return c->loop == NULL ? NULL : tl_loop_report_new (&parts);
}

static void
test_judge (gconstpointer data)
{
  const JudgeCase *c = data;
  const char * const selectors[] = { c->selector, NULL };
  g_autoptr(TlLoopReport) loop = new_loop (c);
  TlDomainSubjectParts parts = get_parts (c, selectors, loop);
  g_autoptr(Zone) zone = zone_run (c->rows, &parts, judge);
  g_autoptr(TlDomainReport) report = g_steal_pointer (&judged);
  g_autofree char *findings = list_findings (report);
  GPtrArray *records = tl_domain_report_get_parts (report)->records;

  g_assert_cmpstr (findings, ==, c->findings);
  g_assert_cmpuint (zone->n_rounds, <=, 4);
  for (guint i = 1; i < records->len; i++)
    g_assert_cmpint (((TlDomainRecord *) records->pdata[i - 1])->topic, <=,
                     ((TlDomainRecord *) records->pdata[i])->topic);
}

/* Judging is pure, and what was judged on complete facts stays whatever else comes to be known. */
static void
test_stays (gconstpointer data)
{
  const JudgeCase *c = data;
  const char * const selectors[] = { c->selector, NULL };
  g_autoptr(TlLoopReport) loop = new_loop (c);
  TlDomainSubjectParts parts = get_parts (c, selectors, loop);
  g_autoptr(Zone) zone = zone_run (c->rows, &parts, judge);
  g_autoptr(TlDomainReport) first = g_steal_pointer (&judged);
  g_autoptr(TlDomainReport) again = NULL;
  g_autoptr(TlDomainReport) more = NULL;
  g_autoptr(TlJson) json = NULL;
  g_autoptr(TlDomainReport) read = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *first_text = to_text (first);
  g_autofree char *again_text = NULL;
  g_autofree char *read_text = NULL;
  g_autofree char *first_findings = list_findings (first);
  g_autofree char *more_findings = NULL;
  g_autoptr(TlRecordSet) answer = NULL;

  again = tl_domain_judge (zone->verdict.subject, zone->verdict.facts, 1);
  again_text = to_text (again);
  g_assert_cmpstr (again_text, ==, first_text);

  json = tl_json_parse (first_text, -1, &error);
  g_assert_no_error (error);
  read = tl_domain_report_from_json (json, &error);
  g_assert_no_error (error);
  read_text = to_text (read);
  g_assert_cmpstr (read_text, ==, first_text);

  answer = tl_record_set_ref (tl_dns_facts_look (zone->verdict.facts, "a.test", TL_RECORD_MX));
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u.a.test", i);

      tl_dns_facts_put (zone->verdict.facts, name, TL_RECORD_MX, answer);
    }
  more = tl_domain_judge (zone->verdict.subject, zone->verdict.facts, 1);
  more_findings = list_findings (more);
  g_assert_cmpstr (more_findings, ==, first_findings);
  g_assert_cmpuint (tl_domain_report_get_parts (more)->records->len, ==,
                    tl_domain_report_get_parts (first)->records->len);
}

/* What a stranger publishes is cleaned before it is shown, and once. */
static void
test_clean (void)
{
  const ZoneRow rows[] = { { 0 } };
  g_autoptr(Zone) zone = zone_run (rows, &(TlDomainSubjectParts) { .domain = "a.test" },
                                   tl_domain_bimi_judge);
  g_autofree char *long_one = g_strnfill (1500, 'x');
  const TlDomainRecord *record;

  tl_domain_verdict_add_record (&zone->verdict, TL_DOMAIN_TOPIC_SPF, TL_STATUS_OK, "a\x1b[1m",
                                "back\\\\slash", long_one);
  record = zone->verdict.records->pdata[zone->verdict.records->len - 1];
  g_assert_cmpstr (record->name, ==, "a\\x1b[1m");
  g_assert_cmpstr (record->value, ==, "back\\\\slash");
  g_assert_cmpint (g_utf8_strlen (record->detail, -1), ==, 301);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-judge/", cases[i].name, NULL);
      g_autofree char *stays = g_strconcat ("/domain-judge/stays/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_judge);
      g_test_add_data_func (stays, &cases[i], test_stays);
    }
  g_test_add_func ("/domain-judge/clean", test_clean);

  return g_test_run ();
}
