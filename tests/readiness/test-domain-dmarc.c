/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dmarc-record.h"

#include <string.h>

#include "tl-dmarc-walk.h"
#include "tl-domain-remedy.h"
#include "tl-nick.h"
#include "tl-site.h"
#include "zone.h"

#define DMARC(domain, text_) { "_dmarc." domain, TL_RECORD_TXT, .text = "v=DMARC1" text_ }

typedef struct
{
  const char *name;
  const char *text;
  const char *read;  /* `P SP NP PSD FLAGS HOSTS`, with ! where something is wrong; NULL: passed over */
} RecordCase;

static const RecordCase record_cases[] = {
  { "none",        "v=DMARC1; p=none",             "none none none u - " },
  { "no-policy",   "v=DMARC1",                     "none none none u - " },
  { "reject",      "v=DMARC1;p=reject;",           "reject reject reject u - " },
  { "below",       "v=DMARC1; p=reject; sp=none",  "reject none none u - " },
  { "missing",     "v=DMARC1; p=none; sp=quarantine; np=reject", "none quarantine reject u - " },
  { "case",        "v=DMARC1; p=Reject",           "reject reject reject u - " },
  { "strict",      "v=DMARC1; p=none; aspf=s; adkim=s", "none none none u sd " },
  { "relaxed",     "v=DMARC1; p=none; aspf=r; adkim=r", "none none none u - " },
  { "test",        "v=DMARC1; p=reject; t=y",      "reject reject reject u t " },
  { "suffix",      "v=DMARC1; p=reject; psd=y",    "reject reject reject y - " },
  { "old-tag",     "v=DMARC1; p=reject; pct=50",   "reject reject reject u o " },
  { "reports",     "v=DMARC1; p=none; rua=mailto:a@b.test!10m,mailto:c@b.test, mailto:d@E.test",
    "none none none u - b.test,e.test" },
  { "no-mailto",   "v=DMARC1; p=none; rua=https://b.test/", "none none none u - " },
  { "bad-mailto",  "v=DMARC1; p=none; rua=mailto:b", "none none none u ! " },
  { "no-mailto-at", "v=DMARC1; p=none; rua=https://r@b.test", "none none none u - " },
  { "mailto-nobody", "v=DMARC1; p=none; rua=mailto:b.test", "none none none u ! " },
  { "one-mailto",  "v=DMARC1; p=none; rua=https://r@b.test,mailto:r@c.test",
    "none none none u - c.test" },
  { "bad-policy",  "v=DMARC1; p=refuse",           "none none none u ! " },
  { "bad-strict",  "v=DMARC1; p=none; aspf=strict", "none none none u ! " },
  { "twice",       "v=DMARC1; p=none; p=reject",   "none none none u ! " },
  { "unknown-tag", "v=DMARC1; p=reject; x=y",      "reject reject reject u - " },
  { "policy-first", "p=none; v=DMARC1",            NULL },
  { "version-case", "v=dmarc1; p=none",            NULL },
  { "version-2",   "v=DMARC12; p=none",            NULL },
  { "spf",         "v=spf1 -all",                  NULL },
  { "spaces",      "v = DMARC1 ; p = reject",      "reject reject reject u - " },
};

static void
test_record (gconstpointer data)
{
  const RecordCase *c = data;
  g_autoptr(TlDmarcRecord) record = NULL;
  g_autofree char *hosts = NULL;
  g_autofree char *seen = NULL;

  g_assert_cmpint (tl_dmarc_record_is (c->text, strlen (c->text)), ==, c->read != NULL);
  if (c->read == NULL)
    return;

  record = tl_dmarc_record_new (c->text, strlen (c->text));
  hosts = g_strjoinv (",", record->report_hosts);
  seen = g_strdup_printf ("%s %s %s %c %s%s%s%s%s%s %s",
                          tl_nick_get (TL_TYPE_DMARC_POLICY, (int) record->p),
                          tl_nick_get (TL_TYPE_DMARC_POLICY, (int) record->sp),
                          tl_nick_get (TL_TYPE_DMARC_POLICY, (int) record->np), record->psd,
                          record->is_spf_strict ? "s" : "", record->is_dkim_strict ? "d" : "",
                          record->is_test ? "t" : "", record->old != NULL ? "o" : "",
                          record->why != NULL ? "!" : "",
                          !record->is_spf_strict && !record->is_dkim_strict && !record->is_test &&
                          record->old == NULL && record->why == NULL ? "-" : "", hosts);
  g_assert_cmpstr (seen, ==, c->read);
}

typedef struct
{
  const char *name;
  const char *domain;
  const char *organizational;
  const char *policy;         /* for which domain the record is that applies */
  ZoneRow     rows[4];
} WalkCase;

static const WalkCase walk_cases[] = {
  { "own",            "a.test", "a.test", "a.test", { DMARC ("a.test", "; p=none") } },
  { "above",          "x.a.test", "a.test", "a.test", { DMARC ("a.test", "; p=none") } },
  { "own-and-above",  "x.a.test", "a.test", "x.a.test",
    { DMARC ("x.a.test", "; p=none"), DMARC ("a.test", "; p=reject") } },
  { "nobody",         "x.a.test", "x.a.test", NULL, { { 0 } } },
  { "fewest-labels",  "x.y.a.test", "a.test", "a.test",
    { DMARC ("y.a.test", "; p=none"), DMARC ("a.test", "; p=reject") } },
  { "own-organization", "x.y.a.test", "y.a.test", "y.a.test",
    { DMARC ("y.a.test", "; p=none; psd=n"), DMARC ("a.test", "; p=reject") } },
  { "suffix",         "x.a.co.test", "a.co.test", "co.test",
    { DMARC ("co.test", "; p=reject; psd=y") } },
  { "suffix-and-own", "x.a.co.test", "a.co.test", "a.co.test",
    { DMARC ("a.co.test", "; p=none"), DMARC ("co.test", "; p=reject; psd=y") } },
  { "suffix-itself",  "co.test", "co.test", "co.test", { DMARC ("co.test", "; p=none; psd=y") } },
  { "several",        "a.test", "a.test", NULL,
    { DMARC ("a.test", "; p=none"), DMARC ("a.test", "; p=reject") } },
  { "other-texts",    "a.test", "a.test", "a.test",
    { { "_dmarc.a.test", TL_RECORD_TXT, .text = "v=spf1 -all" }, DMARC ("a.test", "; p=none") } },
  { "nine-labels",    "a.b.c.d.e.f.g.h.test", "h.test", "h.test", { DMARC ("h.test", "; p=none") } },
  /* Of nine labels the walk goes on with seven: the one between is passed over. */
  { "passed-over",    "a.b.c.d.e.f.g.h.test", "a.b.c.d.e.f.g.h.test", NULL,
    { DMARC ("b.c.d.e.f.g.h.test", "; p=none") } },
};

static TlDmarcWalk *walked;

static void
walk (TlDomainVerdict *verdict)
{
  g_clear_pointer (&walked, tl_dmarc_walk_free);
  walked = tl_dmarc_walk (tl_domain_subject_get_parts (verdict->subject)->domain, verdict->facts);
}

static void
test_walk (gconstpointer data)
{
  const WalkCase *c = data;
  g_autoptr(Zone) zone = zone_run (c->rows, &(TlDomainSubjectParts) { .domain = c->domain }, walk);
  g_autoptr(TlDmarcWalk) end = g_steal_pointer (&walked);

  g_assert_true (end->is_complete);
  g_assert_cmpstr (end->organizational, ==, c->organizational);
  g_assert_cmpstr (end->domain, ==, c->policy);
  g_assert_cmpuint (zone->n_rounds, ==, 1);
  g_assert_cmpuint (tl_dns_facts_get_n (zone->verdict.facts), <=, TL_DMARC_WALK_MAX);
}

/* Where those who registered a domain publish one record at its top, the walk and the public suffix
 * list agree on whose it is. */
static void
test_site (void)
{
  static const char * const domains[] = {
    "example.com", "mail.example.com", "a.b.example.com", "example.co.uk", "x.example.co.uk",
    "example.com.au", "x.y.example.com.au", "example.de", "news.example.org", "example.co.jp",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      g_autofree char *registrable = tl_site_dup_registrable (domains[i]);
      g_autofree char *name = g_strconcat ("_dmarc.", registrable, NULL);
      ZoneRow rows[2] = { { name, TL_RECORD_TXT, .text = "v=DMARC1; p=none" } };
      g_autoptr(Zone) zone = zone_run (rows, &(TlDomainSubjectParts) { .domain = domains[i] },
                                       walk);
      g_autoptr(TlDmarcWalk) end = g_steal_pointer (&walked);

      g_assert_cmpstr (end->organizational, ==, registrable);
      g_assert_cmpuint (zone->n_rounds, ==, 1);
    }
}

typedef struct
{
  const char *name;
  const char *domain;    /* a.test where it is not said */
  const char *envelope;
  const char *spf;       /* what the receiving side said */
  const char *dkim;
  const char *signer;
  const char *dmarc;
  const char *records;
  const char *findings;
  ZoneRow     rows[6];
} DmarcCase;

#define PASS { "a.test", TL_RECORD_TXT, .text = "v=spf1 -all" }
#define GOOD DMARC ("a.test", "; p=reject; rua=mailto:r@a.test")
#define STRICT DMARC ("a.test", "; p=reject; aspf=s; adkim=s; rua=mailto:r@a.test")

/* What comes of it where nobody said by what is sent. */
#define UNALIGNED "; not-needed aligned: spf not known, dkim not known"
/* The same where somebody did. */
#define UNSEEN "; not-tested aligned: spf not known, dkim not known"

static const DmarcCase cases[] = {
  { "nothing-of-the-kind", .records = "warning none",
    .findings = "dmarc-missing → _dmarc.a.test TXT v=DMARC1; p=none; rua=mailto:postmaster@a.test",
    .rows = { { "_dmarc.a.test", TL_RECORD_A, .hex = "c0000201" } } },
  { "reports-silent", .records = "ok reject; not-tested timeout; not-needed aligned: spf not known, dkim not known", .findings = "",
    .rows = { DMARC ("a.test", "; p=reject; rua=mailto:r@b.test"), PASS,
              { "a.test._report._dmarc.b.test", TL_RECORD_TXT, TL_RECORDS_TIMEOUT } } },
  { "reports-of-whom-is-silent", .records = "ok reject; not-tested it is not known whether reports are taken; not-needed aligned: spf not known, dkim not known", .findings = "",
    .rows = { DMARC ("a.test", "; p=reject; rua=mailto:r@b.test"), PASS,
              { "_dmarc.b.test", TL_RECORD_TXT, TL_RECORDS_TIMEOUT } } },
  { "missing", .records = "warning none",
    .findings = "dmarc-missing → _dmarc.a.test TXT v=DMARC1; p=none; rua=mailto:postmaster@a.test",
    .rows = { { 0 } } },
  { "good", .records = "ok reject" UNALIGNED, .findings = "", .rows = { GOOD, PASS } },
  { "monitoring", .records = "warning none" UNALIGNED,
    .findings = "dmarc-none → _dmarc.a.test TXT v=DMARC1; p=quarantine; rua=mailto:r@a.test",
    .rows = { DMARC ("a.test", "; p=none; rua=mailto:r@a.test"), PASS } },
  { "no-policy", .records = "warning none" UNALIGNED,
    .findings = "dmarc-none → _dmarc.a.test TXT v=DMARC1; p=quarantine; rua=mailto:r@a.test",
    .rows = { DMARC ("a.test", "; rua=mailto:r@a.test"), PASS } },
  { "trying", .records = "warning none, being tried out (t=y)" UNALIGNED,
    .findings = "dmarc-none → _dmarc.a.test TXT v=DMARC1; p=quarantine; t=n; rua=mailto:r@a.test",
    .rows = { DMARC ("a.test", "; p=quarantine; t=y; rua=mailto:r@a.test"), PASS } },
  { "trying-reject", .records = "ok quarantine, being tried out (t=y)" UNALIGNED, .findings = "",
    .rows = { DMARC ("a.test", "; p=reject; t=y; rua=mailto:r@a.test"), PASS } },
  { "unreported", .records = "ok reject" UNALIGNED,
    .findings = "dmarc-unreported → _dmarc.a.test TXT v=DMARC1; p=reject; rua=mailto:postmaster@a.test",
    .rows = { DMARC ("a.test", "; p=reject"), PASS } },
  { "invalid", .records = "warning none" UNALIGNED,
    .findings = "dmarc-invalid",
    .rows = { DMARC ("a.test", "; p=refuse; rua=mailto:r@a.test"), PASS } },
  { "invalid-tag", .records = "warning reject" UNALIGNED,
    .findings = "dmarc-invalid → _dmarc.a.test TXT v=DMARC1; p=reject; rua=mailto:r@a.test",
    .rows = { DMARC ("a.test", "; p=reject; sp=bogus; adkim=x; rua=mailto:r@a.test"), PASS } },
  { "invalid-report", .records = "warning quarantine" UNALIGNED,
    .findings = "dmarc-invalid → _dmarc.a.test TXT v=DMARC1; p=quarantine; "
                "rua=mailto:postmaster@a.test",
    .rows = { DMARC ("a.test", "; p=quarantine; rua=r@a.test"), PASS } },
  { "other-report", .records = "ok reject" UNALIGNED, .findings = "",
    .rows = { DMARC ("a.test", "; p=reject; rua=https://r.test/x,mailto:r@a.test"), PASS } },
  { "several", .records = "warning there are 2 records where there may be one",
    .findings = "dmarc-invalid", .rows = { GOOD, STRICT, PASS } },
  { "old-tag", .records = "ok reject, pct= no longer counts" UNALIGNED, .findings = "",
    .rows = { DMARC ("a.test", "; p=reject; pct=10; rua=mailto:r@a.test"), PASS } },
  { "inherited", .domain = "x.a.test", .records = "ok reject, from a.test" UNALIGNED, .findings = "",
    .rows = { GOOD, { "x.a.test", TL_RECORD_TXT, .text = "v=spf1 -all" } } },
  { "undone-below", .domain = "x.a.test", .records = "warning none, from a.test" UNALIGNED,
    .findings = "dmarc-none → _dmarc.a.test TXT "
                "v=DMARC1; p=reject; sp=quarantine; rua=mailto:r@a.test",
    .rows = { DMARC ("a.test", "; p=reject; sp=none; rua=mailto:r@a.test"),
              { "x.a.test", TL_RECORD_TXT, .text = "v=spf1 -all" } } },
  { "reports-elsewhere", .records = "ok reject" UNALIGNED, .findings = "",
    .rows = { DMARC ("a.test", "; p=reject; rua=mailto:r@b.test"), PASS,
              { "a.test._report._dmarc.b.test", TL_RECORD_TXT, .text = "v=DMARC1" },
              { "a.test._report._dmarc.b.test", TL_RECORD_TXT, .text = "v=spf1 -all" } } },
  { "reports-refused", .records = "ok reject; warning reports are not taken" UNALIGNED,
    .findings = "dmarc-unreported",
    .rows = { DMARC ("a.test", "; p=reject; rua=mailto:r@b.test"), PASS } },
  { "reports-refused-below", .records = "ok reject; warning reports are not taken" UNALIGNED,
    .findings = "dmarc-unreported → a.test._report._dmarc.r.a.test TXT v=DMARC1",
    .rows = { DMARC ("a.test", "; p=reject; rua=mailto:r@r.a.test"), DMARC ("r.a.test", "; psd=n"),
              PASS } },
  { "reports-refused-and-silent",
    .records = "ok reject; not-tested servfail; ok reports are not taken" UNALIGNED, .findings = "",
    .rows = { DMARC ("a.test", "; p=reject; rua=mailto:r@b.test,mailto:r@c.test"), PASS,
              { "a.test._report._dmarc.c.test", TL_RECORD_TXT, TL_RECORDS_SERVFAIL } } },
  { "reports-taken-and-silent", .records = "ok reject" UNALIGNED, .findings = "",
    .rows = { DMARC ("a.test", "; p=reject; rua=mailto:r@a.test,mailto:r@c.test"), PASS,
              { "a.test._report._dmarc.c.test", TL_RECORD_TXT, TL_RECORDS_SERVFAIL } } },
  { "reports-partly", .records = "ok reject; ok reports are not taken" UNALIGNED, .findings = "",
    .rows = { DMARC ("a.test", "; p=reject; rua=mailto:r@b.test,mailto:r@a.test"), PASS } },
  { "reports-below", .records = "ok reject" UNALIGNED, .findings = "",
    .rows = { DMARC ("a.test", "; p=reject; rua=mailto:r@reports.a.test"), PASS } },
  { "silent", .records = "not-tested timeout", .findings = "",
    .rows = { { "_dmarc.a.test", TL_RECORD_TXT, TL_RECORDS_TIMEOUT } } },
  { "silent-above", .records = "ok reject" UNALIGNED, .findings = "",
    .rows = { GOOD, PASS, { "_dmarc.test", TL_RECORD_TXT, TL_RECORDS_TIMEOUT } } },

  /* The table of alignment, worked out by hand: what is proven, by whom, how strictly compared. */
  { "spf-same", .spf = "pass", .dkim = "none", .records = "ok reject; ok aligned: spf yes, dkim no",
    .findings = "", .rows = { GOOD, PASS } },
  { "spf-below-relaxed", .envelope = "bounce.a.test", .spf = "pass", .dkim = "none",
    .records = "ok reject; ok aligned: spf yes, dkim no", .findings = "", .rows = { GOOD } },
  { "spf-below-strict", .envelope = "bounce.a.test", .spf = "pass", .dkim = "none",
    .records = "ok reject; warning aligned: spf no, dkim no", .findings = "dmarc-unaligned",
    .rows = { STRICT } },
  { "spf-other", .envelope = "b.test", .spf = "pass", .dkim = "none",
    .records = "ok reject; warning aligned: spf no, dkim no", .findings = "dmarc-unaligned",
    .rows = { GOOD } },
  { "spf-other-no-loop", .envelope = "b.test", .records = "ok reject; not-needed aligned: spf no, dkim not known", .findings = "",
    .rows = { GOOD } },
  { "dkim-same", .envelope = "b.test", .spf = "pass", .dkim = "pass", .signer = "a.test",
    .records = "ok reject; ok aligned: spf no, dkim yes", .findings = "", .rows = { GOOD } },
  { "dkim-same-strict", .envelope = "b.test", .spf = "pass", .dkim = "pass", .signer = "a.test",
    .records = "ok reject; ok aligned: spf no, dkim yes", .findings = "", .rows = { STRICT } },
  { "dkim-below-relaxed", .envelope = "b.test", .spf = "pass", .dkim = "pass",
    .signer = "mail.a.test", .records = "ok reject; ok aligned: spf no, dkim yes", .findings = "",
    .rows = { GOOD } },
  { "dkim-below-strict", .envelope = "b.test", .spf = "pass", .dkim = "pass",
    .signer = "mail.a.test", .records = "ok reject; warning aligned: spf no, dkim no",
    .findings = "dmarc-unaligned", .rows = { STRICT } },
  { "dkim-own-organization", .envelope = "b.test", .spf = "pass", .dkim = "pass",
    .signer = "mail.a.test", .records = "ok reject; warning aligned: spf no, dkim no",
    .findings = "dmarc-unaligned", .rows = { GOOD, DMARC ("mail.a.test", "; psd=n") } },
  { "dkim-other", .envelope = "b.test", .spf = "pass", .dkim = "pass", .signer = "b.test",
    .records = "ok reject; warning aligned: spf no, dkim no", .findings = "dmarc-unaligned",
    .rows = { GOOD } },
  { "dkim-other-top", .envelope = "b.test", .spf = "pass", .dkim = "pass", .signer = "a.example",
    .records = "ok reject; warning aligned: spf no, dkim no", .findings = "dmarc-unaligned",
    .rows = { GOOD } },
  { "dkim-fails", .envelope = "b.test", .spf = "pass", .dkim = "fail", .signer = "a.test",
    .records = "ok reject; warning aligned: spf no, dkim no", .findings = "dmarc-unaligned",
    .rows = { GOOD } },
  { "both", .spf = "pass", .dkim = "pass", .signer = "a.test",
    .records = "ok reject; ok aligned: spf yes, dkim yes", .findings = "", .rows = { GOOD, PASS } },
  { "below-itself", .domain = "x.a.test", .envelope = "y.a.test", .spf = "pass", .dkim = "none",
    .records = "ok reject, from a.test; ok aligned: spf yes, dkim no", .findings = "",
    .rows = { GOOD } },

  /* What is not known: the rest of the table of three by three. */
  { "spf-yes-dkim-unknown", .spf = "pass", .dkim = "temperror",
    .records = "ok reject; ok aligned: spf yes, dkim not known", .findings = "",
    .rows = { GOOD, PASS } },
  { "spf-no-dkim-unknown", .envelope = "b.test", .dkim = "temperror", .records = "ok reject; not-tested aligned: spf no, dkim not known",
    .findings = "", .rows = { GOOD } },
  { "spf-unknown-dkim-yes", .dkim = "pass", .signer = "a.test",
    .records = "ok reject; ok aligned: spf not known, dkim yes", .findings = "",
    .rows = { GOOD, PASS } },
  { "spf-unknown-dkim-no", .dkim = "none", .records = "ok reject; not-tested aligned: spf not known, dkim no", .findings = "",
    .rows = { GOOD, PASS } },
  { "spf-unknown-dkim-unknown", .dkim = "temperror", .records = "ok reject" UNSEEN, .findings = "",
    .rows = { GOOD, PASS } },
  { "spf-unknown-signer-unknown", .dkim = "pass", .records = "ok reject" UNSEEN, .findings = "",
    .rows = { GOOD, PASS } },
  { "spf-silent-dkim-no", .dkim = "none", .records = "ok reject; not-tested aligned: spf not known, dkim no", .findings = "",
    .rows = { GOOD, { "a.test", TL_RECORD_TXT, TL_RECORDS_TIMEOUT } } },
  { "no-spf", .dkim = "none", .records = "ok reject; warning aligned: spf no, dkim no",
    .findings = "dmarc-unaligned", .rows = { GOOD } },
  { "broken-spf", .dkim = "none", .records = "ok reject; warning aligned: spf no, dkim no",
    .findings = "dmarc-unaligned",
    .rows = { GOOD, { "a.test", TL_RECORD_TXT, .text = "v=spf1 x" } } },
  /* Whose SPF it is decides, whatever that says. */
  { "spf-other-unknown", .envelope = "b.test", .dkim = "none",
    .records = "ok reject; warning aligned: spf no, dkim no", .findings = "dmarc-unaligned",
    .rows = { GOOD, { "b.test", TL_RECORD_TXT, .text = "v=spf1 -all" } } },
  { "loop-passes", .envelope = "b.test", .spf = "pass", .dkim = "pass", .signer = "b.test",
    .dmarc = "pass", .records = "ok reject; ok aligned: the message that came back passed",
    .findings = "", .rows = { GOOD } },
};

/* While the way up the tree is not known to its end, nothing is said. */
static void
judge_patiently (TlDomainVerdict *verdict)
{
  gboolean is_first = tl_dns_facts_get_n (verdict->facts) == 0;

  tl_domain_dmarc_judge (verdict);
  if (is_first)
    {
      g_assert_cmpuint (verdict->records->len, ==, 0);
      g_assert_cmpuint (verdict->findings->len, ==, 0);
    }
}

static void
test_dmarc (gconstpointer data)
{
  const DmarcCase *c = data;
  TlLoopReportParts loop_parts = { .is_sent = TRUE, .is_back = TRUE, .n_copies = 1,
                                   .judge = "mx.b.test", .spf = c->spf, .dkim = c->dkim,
                                   .dkim_domain = c->signer,
                                   .dkim_selector = c->signer == NULL ? NULL : "x",
                                   .dmarc = c->dmarc };
  g_autoptr(TlLoopReport) loop = c->dkim == NULL ? NULL : tl_loop_report_new (&loop_parts);
  TlDomainSubjectParts parts = {
    .domain = c->domain == NULL ? "a.test" : c->domain,
    .envelope_domain = c->envelope,
    .loop = loop,
  };
  g_autoptr(Zone) zone = zone_run (c->rows, &parts, judge_patiently);
  g_autofree char *records = zone_dup_records (zone);
  g_autofree char *findings = zone_dup_findings (zone);

  g_assert_cmpstr (records, ==, c->records);
  g_assert_cmpstr (findings, ==, c->findings);
  g_assert_cmpuint (zone->n_rounds, <=, 2);
}

static void
test_remedy (void)
{
  static const char * const cases_of[][3] = {
    { "v=DMARC1; p=none", "p", "v=DMARC1; p=reject" },
    { "v=DMARC1;p=none;", "p", "v=DMARC1; p=reject" },
    { "v=DMARC1; sp=none", "p", "v=DMARC1; p=reject; sp=none" },
    { "v=DMARC1; p = none ; sp=none", "p", "v=DMARC1; p=reject; sp=none" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases_of); i++)
    {
      g_autofree char *value = tl_domain_remedy_dup_dmarc_with (cases_of[i][0], cases_of[i][1],
                                                                "reject");

      g_assert_cmpstr (value, ==, cases_of[i][2]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (record_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-dmarc/record/", record_cases[i].name, NULL);

      g_test_add_data_func (path, &record_cases[i], test_record);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (walk_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-dmarc/walk/", walk_cases[i].name, NULL);

      g_test_add_data_func (path, &walk_cases[i], test_walk);
    }
  g_test_add_func ("/domain-dmarc/site", test_site);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-dmarc/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_dmarc);
    }
  g_test_add_func ("/domain-dmarc/remedy", test_remedy);

  return g_test_run ();
}
