/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-provider.h"
#include "tl-record-set.h"
#include "zone.h"

#define NOW_S 1472633820
#define NO_LANE "; not-needed it is not known where the mailbox is"

#define MX(p, host) { "a.test", TL_RECORD_MX, .priority = p, .text = host }
#define A(host) { host, TL_RECORD_A, .hex = "c0000201" }
#define AAAA(host) { host, TL_RECORD_AAAA, .hex = "20010db8000000000000000000000001" }

typedef struct
{
  const char *name;
  const char *incoming; /* where the mailbox is read */
  const char *provider; /* whose it is */
  guint       n_rounds;
  const char *records;
  const char *findings;
  ZoneRow     rows[8];
} MxCase;

static const MxCase cases[] = {
  { "well", .n_rounds = 2, .records = "ok found; ok found" NO_LANE, .findings = "",
    .rows = { MX (10, "mx1.a.test"), MX (20, "mx2.a.test"), A ("mx1.a.test"),
              AAAA ("mx2.a.test") } },
  { "null", .n_rounds = 1, .records = "warning null", .findings = "mx-null",
    .rows = { MX (0, "."), A ("a.test") } },
  { "null-beside-others", .n_rounds = 2, .records = "warning no-host; ok found" NO_LANE,
    .findings = "mx-broken at .", .rows = { MX (0, "."), MX (10, "mx.a.test"), A ("mx.a.test") } },
  { "implicit", .n_rounds = 1, .records = "warning implicit", .findings = "mx-missing",
    .rows = { A ("a.test") } },
  { "implicit-read-there", .incoming = "a.test", .n_rounds = 1, .records = "warning implicit",
    .findings = "mx-missing → a.test MX 10 a.test.", .rows = { AAAA ("a.test") } },
  { "none", .n_rounds = 1, .records = "warning none", .findings = "mx-missing",
    .rows = { { "a.test", TL_RECORD_TXT, .text = "x" } } },
  { "no-domain", .n_rounds = 1, .records = "warning nxdomain", .findings = "mx-missing",
    .rows = { { 0 } } },
  { "alias", .n_rounds = 2, .records = "warning alias" NO_LANE, .findings = "mx-broken at mx.a.test",
    .rows = { MX (10, "mx.a.test"), A ("mx.a.test"),
              { "mx.a.test", TL_RECORD_CNAME, .text = "b.test" } } },
  { "address", .n_rounds = 2, .records = "ok found; warning address" NO_LANE,
    .findings = "mx-broken at 192.0.2.1",
    .rows = { MX (1, "192.0.2.1"), MX (10, "mx.a.test"), A ("mx.a.test") } },
  { "address-alone", .n_rounds = 1, .records = "warning address; warning unreachable",
    .findings = "mx-missing", .rows = { MX (1, "192.0.2.1") } },
  { "nowhere", .n_rounds = 2, .records = "ok found; warning no-address" NO_LANE,
    .findings = "mx-broken at gone.a.test",
    .rows = { MX (1, "mx.a.test"), MX (2, "gone.a.test"), A ("mx.a.test") } },
  { "all-nowhere", .n_rounds = 2,
    .records = "warning no-address; warning no-address; warning unreachable" NO_LANE,
    .findings = "mx-missing", .rows = { MX (1, "gone1.a.test"), MX (2, "gone2.a.test") } },
  { "no-host-name", .n_rounds = 2, .records = "ok found; warning no-host" NO_LANE,
    .findings = "mx-broken at _mx.a.test",
    .rows = { MX (1, "_mx.a.test"), MX (2, "mx.a.test"), A ("mx.a.test") } },
  { "silent", .n_rounds = 1, .records = "not-tested timeout", .findings = "",
    .rows = { { "a.test", TL_RECORD_MX, TL_RECORDS_TIMEOUT } } },
  { "silent-host", .n_rounds = 2, .records = "not-tested servfail" NO_LANE, .findings = "",
    .rows = { MX (1, "mx.a.test"), { "mx.a.test", TL_RECORD_A, TL_RECORDS_SERVFAIL } } },
  { "silent-family", .n_rounds = 2, .records = "ok found" NO_LANE, .findings = "",
    .rows = { MX (1, "mx.a.test"), A ("mx.a.test"),
              { "mx.a.test", TL_RECORD_AAAA, TL_RECORDS_TIMEOUT } } },
  { "provider", .provider = "google", .n_rounds = 2, .records = "ok found", .findings = "",
    .rows = { MX (1, "smtp.google.com"), A ("smtp.google.com") } },
  { "provider-by-host", .incoming = "imap.gmail.com", .n_rounds = 2, .records = "ok found",
    .findings = "", .rows = { MX (1, "aspmx.l.google.com"), A ("aspmx.l.google.com") } },
  { "elsewhere", .provider = "fastmail", .n_rounds = 2, .records = "ok found",
    .findings = "mx-elsewhere at smtp.google.com",
    .rows = { MX (1, "smtp.google.com"), A ("smtp.google.com") } },
  { "elsewhere-in-part", .provider = "fastmail", .n_rounds = 2, .records = "ok found; ok found",
    .findings = "", .rows = { MX (1, "smtp.google.com"), A ("smtp.google.com"),
      MX (2, "in1-smtp.messagingengine.com"), A ("in1-smtp.messagingengine.com") } },
  { "elsewhere-first", .provider = "fastmail", .n_rounds = 2, .records = "ok found; ok found",
    .findings = "mx-elsewhere at smtp.google.com",
    .rows = { MX (1, "smtp.google.com"), A ("smtp.google.com"),
              MX (2, "mx.zoho.com"), A ("mx.zoho.com") } },
  { "elsewhere-by-host", .incoming = "imap.gmail.com", .n_rounds = 2, .records = "ok found",
    .findings = "mx-elsewhere at in1-smtp.messagingengine.com",
    .rows = { MX (1, "in1-smtp.messagingengine.com"), A ("in1-smtp.messagingengine.com") } },
  { "same-servers-other-row", .provider = "fastmail", .incoming = "imap.gmail.com", .n_rounds = 2,
    .records = "ok found", .findings = "",
    .rows = { MX (1, "smtp.google.com"), A ("smtp.google.com") } },
  { "gateway", .provider = "google", .n_rounds = 2, .records = "ok barracuda", .findings = "",
    .rows = { MX (1, "d1.barracudanetworks.com"), A ("d1.barracudanetworks.com") } },
  { "unknown-exchanger", .provider = "google", .n_rounds = 2, .records = "ok found",
    .findings = "", .rows = { MX (1, "mx.a.test"), A ("mx.a.test") } },
};

static void
test_mx (gconstpointer data)
{
  const MxCase *c = data;
  TlDomainSubjectParts parts = {
    .domain = "a.test",
    .incoming_host = c->incoming,
    .provider = c->provider != NULL ? tl_providers_find (c->provider) : NULL,
    .now_s = NOW_S,
  };
  g_autoptr(Zone) zone = zone_run (c->rows, &parts, tl_domain_mx_judge);
  g_autofree char *records = zone_dup_records (zone);
  g_autofree char *findings = zone_dup_findings (zone);

  g_assert_true ((c->provider == NULL) == (parts.provider == NULL));
  g_assert_cmpstr (records, ==, c->records);
  g_assert_cmpstr (findings, ==, c->findings);
  g_assert_cmpuint (zone->n_rounds, ==, c->n_rounds);
}

static void
test_many (void)
{
  ZoneRow rows[41] = { { 0 } };
  char names[20][16];
  g_autoptr(Zone) zone = NULL;

  g_test_summary ("A domain cannot make us ask for more hosts than ten");

  for (guint i = 0; i < 20; i++)
    {
      g_snprintf (names[i], sizeof names[i], "mx%02u.a.test", i);
      rows[2 * i] = (ZoneRow) MX ((guint16) i, names[i]);
      rows[2 * i + 1] = (ZoneRow) A (names[i]);
    }
  zone = zone_run (rows, &(TlDomainSubjectParts) { .domain = "a.test", .incoming_host = "a.test" },
                   tl_domain_mx_judge);

  g_assert_cmpuint (zone->verdict.records->len, ==, 10);
  g_assert_cmpuint (tl_dns_facts_get_n (zone->verdict.facts), ==, 4 + 3 * 10);
}

static void
test_many_nowhere (void)
{
  const guint counts[] = { 10, 11, TL_RECORD_SET_MAX_RECORDS, TL_RECORD_SET_MAX_RECORDS + 1 };
  ZoneRow rows[TL_RECORD_SET_MAX_RECORDS + 2] = { { 0 } };
  char names[TL_RECORD_SET_MAX_RECORDS + 1][16];

  g_test_summary ("That the first ten lead nowhere says nothing of the others");

  for (gsize k = 0; k < G_N_ELEMENTS (counts); k++)
    {
      guint n = counts[k];
      g_autoptr(Zone) zone = NULL;
      const TlDomainRecord *last;

      for (guint i = 0; i < n; i++)
        {
          g_snprintf (names[i], sizeof names[i], "mx%03u.a.test", i);
          rows[i] = (ZoneRow) MX ((guint16) i, names[i]);
        }
      zone = zone_run (rows, &(TlDomainSubjectParts) { .domain = "a.test",
                                                       .incoming_host = "a.test" },
                       tl_domain_mx_judge);
      last = zone->verdict.records->pdata[zone->verdict.records->len - 1];

      g_test_message ("%u", n);
      g_assert_cmpint (last->status, ==, n == 10 ? TL_STATUS_WARNING : TL_STATUS_NOT_TESTED);
      g_assert_cmpuint (zone->verdict.findings->len, ==, n == 10 ? 1 : 0);
      g_assert_cmpuint (zone->verdict.records->len, ==, n > TL_RECORD_SET_MAX_RECORDS ? 1 : 11);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-mx/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_mx);
    }
  g_test_add_func ("/domain-mx/many", test_many);
  g_test_add_func ("/domain-mx/many-nowhere", test_many_nowhere);

  return g_test_run ();
}
