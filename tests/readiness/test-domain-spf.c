/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-remedy.h"
#include "tl-domain-spf-cover.h"
#include "tl-evidence.h"
#include "tl-provider.h"
#include "zone.h"

#define SPF(text_) { "a.test", TL_RECORD_TXT, .text = text_ }
#define A(host) { host, TL_RECORD_A, .hex = "c0000201" }

#define GOOGLE { "_spf.google.com", TL_RECORD_TXT, .text = "v=spf1 ip4:192.0.2.0/24 ~all" }
#define FASTMAIL { "spf.messagingengine.com", TL_RECORD_TXT, .text = "v=spf1 ip4:192.0.2.0/24 ?all" }

#define NO_LANE "; not-needed it is not known by what is sent"
#define UNKNOWN "it is not known from which servers it sends"

typedef struct
{
  const char *name;
  const char *envelope;
  const char *host;      /* where messages are handed in */
  const char *provider;
  const char *relay;
  const char *loop;      /* what the receiving side said of SPF */
  const char *records;
  const char *findings;
  guint       n_rounds;  /* 0: four or less */
  ZoneRow     rows[20];
} SpfCase;

static const SpfCase cases[] = {
  { "missing", .records = "warning none",
    .findings = "spf-missing", .rows = { { 0 } } },
  { "missing-mx", .records = "warning none",
    .findings = "spf-missing → a.test TXT v=spf1 mx ~all",
    .rows = { { "a.test", TL_RECORD_MX, .text = "mx.a.test" }, A ("mx.a.test") } },
  { "missing-mx-nowhere", .records = "warning none", .findings = "spf-missing",
    .rows = { { "a.test", TL_RECORD_MX, .text = "mx.a.test" } } },
  { "missing-mx-provider", .records = "warning none",
    .findings = "spf-missing → a.test TXT v=spf1 include:_spf.google.com ~all",
    .rows = { { "a.test", TL_RECORD_MX, .text = "aspmx.l.google.com" }, GOOGLE } },
  { "missing-mx-gateway", .records = "warning none", .findings = "spf-missing",
    .rows = { { "a.test", TL_RECORD_MX, .text = "mx1-us1.ppe-hosted.com" },
              A ("mx1-us1.ppe-hosted.com") } },
  { "missing-null-mx", .records = "warning none", .findings = "spf-missing",
    .rows = { { "a.test", TL_RECORD_MX, .text = "." } } },
  { "missing-host", .host = "smtp.a.test", .records = "warning none",
    .findings = "spf-missing → a.test TXT v=spf1 a:smtp.a.test ~all",
    .rows = { A ("smtp.a.test") } },
  { "missing-host-nowhere", .host = "smtp.a.test", .records = "warning none",
    .findings = "spf-missing", .rows = { { 0 } } },
  { "missing-provider", .host = "smtp.gmail.com", .provider = "google", .records = "warning none",
    .findings = "spf-missing → a.test TXT v=spf1 include:_spf.google.com ~all",
    .rows = { SPF ("google-site-verification=x"), SPF ("v=spf10 -all"), GOOGLE } },
  { "missing-provider-nowhere", .host = "smtp.gmail.com", .provider = "google",
    .records = "warning none", .findings = "spf-missing", .rows = { { 0 } } },
  { "nobody-said", .records = "ok 0 look-ups" NO_LANE, .findings = "",
    .rows = { SPF ("v=spf1 ip4:192.0.2.1 -all") } },
  { "several", .records = "warning permerror",
    .findings = "spf-permerror → a.test TXT v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all",
    .rows = { SPF ("v=spf1 ip4:192.0.2.1 ~all"), SPF ("v=spf1 ip4:192.0.2.2 -all") } },
  { "several-ends", .records = "warning permerror",
    .findings = "spf-permerror → a.test TXT v=spf1 include:b.test ip4:192.0.2.1 ~all exp=f.test",
    .rows = { SPF ("v=spf1 ip4:192.0.2.1 exp=e.test -all"), SPF ("v=spf1 exp=f.test redirect=b.test"),
              { "b.test", TL_RECORD_TXT, .text = "v=spf1 ip4:192.0.2.2 -all" } } },
  { "several-refuse", .records = "warning permerror", .findings = "spf-permerror",
    .rows = { SPF ("v=spf1 -ip4:192.0.2.1 ~all"), SPF ("v=spf1 ip4:192.0.2.0/24 -all") } },
  { "several-too-much", .records = "warning permerror", .findings = "spf-permerror",
    .rows = { SPF ("v=spf1 a:h1.test a:h2.test a:h3.test a:h4.test a:h5.test a:h6.test -all"),
              SPF ("v=spf1 a:h7.test a:h8.test a:h9.test a:h10.test a:h11.test -all"),
              A ("h1.test"), A ("h2.test"), A ("h3.test"), A ("h4.test"), A ("h5.test"),
              A ("h6.test"), A ("h7.test"), A ("h8.test"), A ("h9.test"), A ("h10.test"),
              A ("h11.test") } },
  { "several-strange", .records = "warning permerror", .findings = "spf-permerror",
    .rows = { SPF ("v=spf1 exists:a\\b.test -all"), SPF ("v=spf1 ip4:192.0.2.0/24 -all") } },
  { "no-room", .host = "smtp.a.test", .records = "ok 10 look-ups; warning addresses",
    .findings = "spf-excludes-lane at smtp.a.test",
    .rows = { SPF ("v=spf1 a:h.test a:h.test/24 a:h.test/25 a:h.test/26 a:h.test/27 a:h.test/28 "
                   "a:h.test/29 a:h.test/30 a:h.test/31 a:h.test/23 -all"), A ("h.test"),
              { "h.test", TL_RECORD_AAAA, .hex = "20010db8000000000000000000000001" },
              { "smtp.a.test", TL_RECORD_A, .hex = "c6336401" } } },
  { "shut-out", .host = "smtp.a.test", .records = "ok 0 look-ups; warning addresses",
    .findings = "spf-excludes-lane at smtp.a.test",
    .rows = { SPF ("v=spf1 -ip4:192.0.2.1 -all"), A ("smtp.a.test") } },
  { "one-record", .host = "smtp.a.test", .records = "warning 0 look-ups; warning addresses",
    .findings = "spf-all-open → a.test TXT v=spf1 ip4:198.51.100.1 a:smtp.a.test ~all; "
                "spf-excludes-lane at smtp.a.test → a.test TXT "
                "v=spf1 ip4:198.51.100.1 a:smtp.a.test ~all",
    .rows = { SPF ("v=spf1 ip4:198.51.100.1 ?all"), A ("smtp.a.test") } },
  { "redirect-and-lane", .host = "smtp.a.test", .records = "ok 1 look-ups; warning addresses",
    .findings = "spf-excludes-lane at smtp.a.test → a.test TXT "
                "v=spf1 include:b.test a:smtp.a.test -all",
    .rows = { SPF ("v=spf1 redirect=b.test"), A ("smtp.a.test"),
              { "b.test", TL_RECORD_TXT, .text = "v=spf1 ip4:198.51.100.1 -all" } } },
  { "redirect-open", .records = "warning 1 look-ups" NO_LANE, .findings = "spf-all-open",
    .rows = { SPF ("v=spf1 redirect=b.test"),
              { "b.test", TL_RECORD_TXT, .text = "v=spf1 +all" } } },
  { "redirect-neutral", .records = "warning 1 look-ups" NO_LANE,
    .findings = "spf-all-open → a.test TXT v=spf1 include:b.test ~all",
    .rows = { SPF ("v=spf1 redirect=b.test"),
              { "b.test", TL_RECORD_TXT, .text = "v=spf1 ip4:198.51.100.1 ?all" } } },
  { "voids-of-v6", .host = "smtp.a.test", .records = "ok 2 look-ups; warning addresses",
    .findings = "spf-excludes-lane at smtp.a.test",
    .rows = { SPF ("v=spf1 a:h1.test a:h2.test -all"), { "h1.test", TL_RECORD_A, .hex = "c6336401" },
              { "h2.test", TL_RECORD_A, .hex = "c6336401" }, A ("smtp.a.test") } },
  { "open-inside", .records = "warning 1 look-ups" NO_LANE, .findings = "spf-all-open",
    .rows = { SPF ("v=spf1 include:b.test -all"),
              { "b.test", TL_RECORD_TXT, .text = "v=spf1 +all" } } },
  { "open-by-prefix", .records = "warning 0 look-ups" NO_LANE, .findings = "spf-all-open",
    .rows = { SPF ("v=spf1 ip4:0.0.0.0/0 -all") } },
  { "open-by-redirect", .records = "warning 1 look-ups" NO_LANE,
    .findings = "spf-all-open → a.test TXT v=spf1 include:b.test ~all",
    .rows = { SPF ("v=spf1 redirect=b.test"),
              { "b.test", TL_RECORD_TXT, .text = "v=spf1 ip4:192.0.2.1" } } },
  { "included-in-vain", .host = "smtp.gmail.com", .provider = "google",
    .records = "ok 1 look-ups; warning not included _spf.google.com",
    .findings = "spf-excludes-lane at smtp.gmail.com",
    .rows = { SPF ("v=spf1 ?include:_spf.google.com -all"), GOOGLE,
              { "smtp.gmail.com", TL_RECORD_A, .hex = "c6336401" } } },
  { "included-behind-everybody", .host = "smtp.gmail.com", .provider = "google",
    .records = "ok 1 look-ups; warning not included _spf.google.com",
    .findings = "spf-excludes-lane at smtp.gmail.com",
    .rows = { SPF ("v=spf1 -ip4:0.0.0.0/0 include:_spf.google.com -all"), GOOGLE,
              { "smtp.gmail.com", TL_RECORD_A, .hex = "c6336401" } } },
  { "included-in-capitals", .host = "smtp.gmail.com", .provider = "google",
    .records = "ok 1 look-ups; ok include _spf.google.com", .findings = "",
    .rows = { SPF ("v=spf1 include:_SPF.Google.com -all"), GOOGLE } },
  { "syntax", .records = "warning 0 look-ups", .findings = "spf-permerror",
    .rows = { SPF ("v=spf1 ip4:192.0.2.1.1 -all") } },
  { "include-nowhere", .records = "warning 1 look-ups", .findings = "spf-permerror",
    .rows = { SPF ("v=spf1 include:b.test -all") } },
  { "eleven", .records = "warning 11 look-ups", .findings = "spf-too-many-lookups",
    .rows = { SPF ("v=spf1 a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test "
                   "a:h.test a:h.test a:h.test -all"), A ("h.test") } },
  { "ten", .records = "ok 10 look-ups" NO_LANE, .findings = "",
    .rows = { SPF ("v=spf1 a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test a:h.test "
                   "a:h.test a:h.test -all"), A ("h.test") } },
  { "voids", .records = "warning 3 look-ups, 3 of them find nothing", .findings = "spf-void-lookups",
    .rows = { SPF ("v=spf1 a:h1.test a:h2.test a:h3.test -all") } },
  { "two-voids", .records = "ok 2 look-ups, 2 of them find nothing" NO_LANE, .findings = "",
    .rows = { SPF ("v=spf1 a:h1.test a:h2.test -all") } },
  { "plus-all", .records = "warning 0 look-ups" NO_LANE,
    .findings = "spf-all-open → a.test TXT v=spf1 ip4:192.0.2.1 ~all",
    .rows = { SPF ("v=spf1 ip4:192.0.2.1 +all") } },
  { "bare-all", .records = "warning 0 look-ups" NO_LANE,
    .findings = "spf-all-open → a.test TXT v=spf1 ~all", .rows = { SPF ("v=spf1 all") } },
  { "neutral-all", .records = "warning 0 look-ups" NO_LANE,
    .findings = "spf-all-open → a.test TXT v=spf1 ip4:192.0.2.1 ~all",
    .rows = { SPF ("v=spf1 ip4:192.0.2.1 ?all") } },
  { "no-all", .records = "warning 0 look-ups" NO_LANE,
    .findings = "spf-all-open → a.test TXT v=spf1 ip4:192.0.2.1 ~all",
    .rows = { SPF ("v=spf1 ip4:192.0.2.1") } },
  { "redirect", .records = "ok 1 look-ups" NO_LANE, .findings = "",
    .rows = { SPF ("v=spf1 redirect=b.test"),
              { "b.test", TL_RECORD_TXT, .text = "v=spf1 ip4:192.0.2.1 -all" } } },
  { "ptr", .records = "ok 1 look-ups, ptr is no longer to be used" NO_LANE, .findings = "",
    .rows = { SPF ("v=spf1 ptr -all") } },
  { "included", .host = "smtp.gmail.com", .provider = "google",
    .records = "ok 1 look-ups; ok include _spf.google.com", .findings = "",
    .rows = { SPF ("v=spf1 include:_spf.google.com ~all"),
              GOOGLE } },
  { "included-below", .host = "smtp.gmail.com", .provider = "google",
    .records = "ok 2 look-ups; ok include _spf.google.com", .findings = "",
    .rows = { SPF ("v=spf1 include:b.test ~all"),
              { "b.test", TL_RECORD_TXT, .text = "v=spf1 include:_spf.google.com -all" },
              GOOGLE } },
  { "not-included", .host = "smtp.gmail.com", .provider = "google",
    .records = "ok 1 look-ups; warning not included _spf.google.com",
    .findings = "spf-excludes-lane at smtp.gmail.com → a.test TXT "
                "v=spf1 a:b.test include:_spf.google.com -all",
    .rows = { SPF ("v=spf1 a:b.test -all"), A ("b.test"), GOOGLE,
              { "smtp.gmail.com", TL_RECORD_A, .hex = "c6336401" } } },
  { "loop-says-pass", .host = "smtp.gmail.com", .provider = "google", .loop = "pass",
    .records = "ok 1 look-ups; ok loop", .findings = "",
    .rows = { SPF ("v=spf1 a:b.test -all"), A ("b.test"),
              { "smtp.gmail.com", TL_RECORD_A, .hex = "c6336401" } } },
  { "relay-counts", .host = "smtp.fastmail.com", .provider = "google", .relay = "fastmail",
    .records = "ok 1 look-ups; warning not included spf.messagingengine.com",
    .findings = "spf-excludes-lane at smtp.fastmail.com → a.test TXT "
                "v=spf1 include:_spf.google.com include:spf.messagingengine.com ~all",
    .rows = { SPF ("v=spf1 include:_spf.google.com ~all"),
              GOOGLE, FASTMAIL,
              { "smtp.fastmail.com", TL_RECORD_A, .hex = "c6336401" } } },
  { "address", .host = "smtp.a.test", .records = "ok 0 look-ups; ok address 192.0.2.1",
    .n_rounds = 1, .findings = "",
    .rows = { SPF ("v=spf1 ip4:192.0.2.0/24 -all"), A ("smtp.a.test") } },
  { "address-v6", .host = "smtp.a.test", .records = "ok 0 look-ups; ok address 2001:db8::1",
    .findings = "",
    .rows = { SPF ("v=spf1 ip6:2001:db8::/32 -all"), A ("smtp.a.test"),
              { "smtp.a.test", TL_RECORD_AAAA, .hex = "20010db8000000000000000000000001" } } },
  { "address-outside", .host = "smtp.a.test", .records = "ok 0 look-ups; warning addresses",
    .findings = "spf-excludes-lane at smtp.a.test → a.test TXT "
                "v=spf1 ip4:198.51.100.1 a:smtp.a.test -all",
    .rows = { SPF ("v=spf1 ip4:198.51.100.1 -all"), A ("smtp.a.test") } },
  { "envelope", .envelope = "bounce.test", .host = "smtp.a.test",
    .records = "ok 0 look-ups; ok address 192.0.2.1", .findings = "",
    .rows = { SPF ("v=spf1 -all"), A ("smtp.a.test"),
              { "bounce.test", TL_RECORD_TXT, .text = "v=spf1 ip4:192.0.2.1 -all" } } },
  { "silent", .records = "not-tested timeout", .findings = "",
    .rows = { { "a.test", TL_RECORD_TXT, TL_RECORDS_TIMEOUT } } },
  { "silent-include", .records = "not-tested temperror", .findings = "",
    .rows = { SPF ("v=spf1 include:b.test -all"),
              { "b.test", TL_RECORD_TXT, TL_RECORDS_SERVFAIL } } },
  { "missing-service", .host = "smtp.sendgrid.net", .relay = "sendgrid",
    .records = "warning none", .findings = "spf-missing", .rows = { { 0 } } },
  { "service-unknown", .host = "smtp.sendgrid.net", .relay = "sendgrid",
    .records = "ok 0 look-ups; not-tested " UNKNOWN, .findings = "",
    .rows = { SPF ("v=spf1 ip4:198.51.100.1 -all"), A ("smtp.sendgrid.net") } },
  { "silent-host", .host = "smtp.a.test", .records = "ok 0 look-ups; not-tested " UNKNOWN,
    .findings = "",
    .rows = { SPF ("v=spf1 ip4:198.51.100.1 -all"),
              { "smtp.a.test", TL_RECORD_A, TL_RECORDS_TIMEOUT } } },
};

static TlLoopReport *
new_loop (const char *spf)
{
  TlLoopReportParts parts = { .is_sent = TRUE, .is_back = TRUE, .n_copies = 1, .judge = "mx.b.test",
                              .spf = spf };

  return spf == NULL ? NULL : tl_loop_report_new (&parts);
}

static TlProvider *
find (const char *id)
{
  TlProvider *provider = id == NULL ? NULL : tl_providers_find (id);

  g_assert_true ((id == NULL) == (provider == NULL));

  return provider;
}

/* What is broken is told with what breaks it, and with the limit where there is one. */
static void
assert_explained (TlFinding *finding)
{
  static const struct
  {
    const char *id;
    guint       limit;
  } faults[] = {
    { "domain.spf-permerror", 0 },
    { "domain.spf-too-many-lookups", 10 },
    { "domain.spf-void-lookups", 2 },
    { "domain.spf-excludes-lane", 0 },
  };
  GVariant *evidence = tl_finding_get_evidence (finding);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      if (!g_str_equal (tl_finding_get_id (finding), faults[i].id))
        continue;
      g_assert_nonnull (tl_evidence_get_string (evidence, TL_EVIDENCE_DETAIL));
      g_assert_cmpuint (tl_evidence_get_uint (evidence, TL_EVIDENCE_LIMIT, 0), ==,
                        faults[i].limit);
    }
}

static void
test_spf (gconstpointer data)
{
  const SpfCase *c = data;
  g_autoptr(TlLoopReport) loop = new_loop (c->loop);
  TlDomainSubjectParts parts = {
    .domain = "a.test",
    .envelope_domain = c->envelope,
    .outgoing_host = c->host,
    .provider = find (c->provider),
    .relay = find (c->relay),
    .loop = loop,
    .now_s = 1,
  };
  g_autoptr(Zone) zone = zone_run (c->rows, &parts, tl_domain_spf_judge);
  g_autofree char *records = zone_dup_records (zone);
  g_autofree char *findings = zone_dup_findings (zone);

  g_assert_cmpstr (records, ==, c->records);
  g_assert_cmpstr (findings, ==, c->findings);
  g_assert_cmpuint (zone->n_rounds, <=, c->n_rounds > 0 ? c->n_rounds : 4);
  for (guint i = 0; i < zone->verdict.findings->len; i++)
    assert_explained (zone->verdict.findings->pdata[i]);
}

static void
test_costs (void)
{
  const ZoneRow rows[] = {
    SPF ("v=spf1 include:b.test a mx a:h1.test a:h2.test a:h3.test a:h4.test a:h5.test -all"),
    { "b.test", TL_RECORD_TXT, .text = "v=spf1 a:h.test a:h.test a:h.test a:h.test -all" },
    A ("h.test"), A ("h1.test"), A ("h2.test"), A ("h3.test"), A ("h4.test"), A ("h5.test"),
    A ("a.test"), { "a.test", TL_RECORD_MX, .text = "h.test" }, { 0 }
  };
  g_autoptr(Zone) zone = zone_run (rows, &(TlDomainSubjectParts) { .domain = "a.test" },
                                   tl_domain_spf_judge);
  g_autoptr(GVariant) names = NULL;
  g_autofree const char **terms = NULL;
  TlFinding *finding;
  gsize n;

  g_test_summary ("Too many look-ups: the terms that cost are named, each once");

  g_assert_cmpuint (zone->verdict.findings->len, ==, 1);
  finding = zone->verdict.findings->pdata[0];
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "domain.spf-too-many-lookups");
  names = g_variant_lookup_value (tl_finding_get_evidence (finding), TL_EVIDENCE_NAMES,
                                  G_VARIANT_TYPE_STRING_ARRAY);
  terms = g_variant_get_strv (names, &n);
  g_assert_cmpuint (n, ==, 9);
  g_assert_cmpstr (terms[0], ==, "include:b.test");
  g_assert_cmpstr (terms[1], ==, "a:h.test");
}

typedef struct
{
  const char *name;
  const char *host;
  const char *loop;
  TlSpfCover  cover;
  ZoneRow     rows[5];
} CoverCase;

static const CoverCase cover_cases[] = {
  { "record-silent", "gone.a.test", NULL, TL_SPF_COVER_UNKNOWN,
    { SPF ("v=spf1 include:b.test -all"), { "b.test", TL_RECORD_TXT, TL_RECORDS_SERVFAIL } } },
  { "record-silent-loop-passed", "gone.a.test", "pass", TL_SPF_COVER_YES,
    { SPF ("v=spf1 include:b.test -all"), { "b.test", TL_RECORD_TXT, TL_RECORDS_SERVFAIL } } },
  { "term-silent", "smtp.a.test", NULL, TL_SPF_COVER_UNKNOWN,
    { SPF ("v=spf1 exists:%{i}.b.test -all"), A ("smtp.a.test"),
      { "192.0.2.1.b.test", TL_RECORD_A, TL_RECORDS_TIMEOUT } } },
  { "term-says-no", "smtp.a.test", NULL, TL_SPF_COVER_NO,
    { SPF ("v=spf1 exists:%{i}.b.test -all"), A ("smtp.a.test") } },
  { "v6-silent", "smtp.a.test", NULL, TL_SPF_COVER_UNKNOWN,
    { SPF ("v=spf1 -all"), A ("smtp.a.test"),
      { "smtp.a.test", TL_RECORD_AAAA, TL_RECORDS_TIMEOUT } } },
  { "v6-silent-v4-passes", "smtp.a.test", NULL, TL_SPF_COVER_YES,
    { SPF ("v=spf1 ip4:192.0.2.1 -all"), A ("smtp.a.test"),
      { "smtp.a.test", TL_RECORD_AAAA, TL_RECORDS_TIMEOUT } } },
  { "no-such-host", "gone.a.test", NULL, TL_SPF_COVER_NO, { SPF ("v=spf1 -all") } },
  { "no-address", "smtp.a.test", NULL, TL_SPF_COVER_NO,
    { SPF ("v=spf1 -all"), { "smtp.a.test", TL_RECORD_TXT, .text = "x" } } },
  { "nobody-said", NULL, NULL, TL_SPF_COVER_UNKNOWN, { SPF ("v=spf1 -all") } },
};

static TlSpfCover covered;

static void
cover (TlDomainVerdict *verdict)
{
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (verdict->subject);
  g_autoptr(TlSpfSurvey) survey = tl_spf_survey (parts->domain, verdict->facts);
  g_autofree char *why = NULL;

  covered = tl_spf_cover_judge (parts, survey, verdict->facts, &why);
}

static void
test_cover (gconstpointer data)
{
  const CoverCase *c = data;
  g_autoptr(TlLoopReport) loop = new_loop (c->loop);
  TlDomainSubjectParts parts = { .domain = "a.test", .outgoing_host = c->host, .loop = loop,
                                 .now_s = 1 };
  g_autoptr(Zone) zone = zone_run (c->rows, &parts, cover);

  g_assert_nonnull (zone);
  g_assert_cmpint (covered, ==, c->cover);
}

/* An answer with a long record may not fit one packet. Blanks make it as long as it has to be. */
static void
test_size (void)
{
  static const struct
  {
    int         n_bytes;
    const char *records;
  } sizes[] = {
    { 450, "ok 0 look-ups" NO_LANE },
    { 451, "ok 0 look-ups, 451 bytes: nearly too long" NO_LANE },
    { 512, "ok 0 look-ups, 512 bytes: nearly too long" NO_LANE },
    { 513, "ok 0 look-ups, 513 bytes: too long for one answer" NO_LANE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = g_strdup_printf ("v=spf1%*s", sizes[i].n_bytes - 6, "-all");
      const ZoneRow rows[] = { SPF (text), { 0 } };
      g_autoptr(Zone) zone = zone_run (rows, &(TlDomainSubjectParts) { .domain = "a.test" },
                                       tl_domain_spf_judge);
      g_autofree char *records = zone_dup_records (zone);

      g_assert_cmpstr (records, ==, sizes[i].records);
    }
}

typedef struct
{
  const char *name;
  const char *record;
  const char *term;
  const char *expected;
} RemedyCase;

static const RemedyCase remedy_cases[] = {
  { "new",       NULL, "include:b.test", "v=spf1 include:b.test ~all" },
  { "put-in",    "v=spf1 mx -all", "include:b.test", "v=spf1 mx include:b.test -all" },
  { "there",     "v=spf1 INCLUDE:b.test -all", "include:b.test", "v=spf1 INCLUDE:b.test -all" },
  { "redirect",  "v=spf1 mx redirect=c.test", "include:b.test",
    "v=spf1 mx include:c.test include:b.test ~all" },
  { "dead-redirect", "v=spf1 -all redirect=c.test", "a:b.test", "v=spf1 a:b.test -all" },
  { "after-all", "v=spf1 -all mx", "a:b.test", "v=spf1 a:b.test -all" },
  { "macro",     "v=spf1 exists:%{i}.b.test exp=e.b.test ~all", "a:b.test",
    "v=spf1 exists:%{i}.b.test a:b.test ~all exp=e.b.test" },
  { "spaces",    "v=spf1  mx   ~all", NULL, "v=spf1 mx ~all" },
  { "open",      "v=spf1 mx +all", NULL, "v=spf1 mx ~all" },
  { "all-alike", "v=spf1 a:all.b.test all", NULL, "v=spf1 a:all.b.test ~all" },
};

static void
test_remedy (gconstpointer data)
{
  const RemedyCase *c = data;
  const char * const records[] = { c->record, NULL };
  g_autofree char *once = tl_domain_remedy_dup_spf (records, c->term, 0);
  const char * const again[] = { once, NULL };
  g_autofree char *twice = tl_domain_remedy_dup_spf (again, c->term, 0);

  g_assert_cmpstr (once, ==, c->expected);
  g_assert_cmpstr (twice, ==, once);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-spf/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_spf);
    }
  g_test_add_func ("/domain-spf/costs", test_costs);
  g_test_add_func ("/domain-spf/size", test_size);
  for (gsize i = 0; i < G_N_ELEMENTS (cover_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-spf/cover/", cover_cases[i].name, NULL);

      g_test_add_data_func (path, &cover_cases[i], test_cover);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (remedy_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-spf/remedy/", remedy_cases[i].name, NULL);

      g_test_add_data_func (path, &remedy_cases[i], test_remedy);
    }

  return g_test_run ();
}
