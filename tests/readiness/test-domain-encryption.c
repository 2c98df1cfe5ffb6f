/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a domain asks of those who deliver to it: MTA-STS, TLS-RPT, DANE, DNSSEC. */
#include "zone.h"

#include <string.h>

#include "tl-evidence.h"
#include "tl-record-set.h"

#define NOW_S 1472633820
#define NEW_RECORD " → _mta-sts.a.test TXT v=STSv1; id=20160831085700Z;"
#define RPT_RECORD " → _smtp._tls.a.test TXT v=TLSRPTv1; rua=mailto:postmaster@a.test"

#define URL "https://mta-sts.a.test/.well-known/mta-sts.txt"
#define STS(value) { "_mta-sts.a.test", TL_RECORD_TXT, .text = value }
#define RPT(value) { "_smtp._tls.a.test", TL_RECORD_TXT, .text = value }
#define MX(p, host) { "a.test", TL_RECORD_MX, .priority = p, .text = host }
#define DOCUMENT(code, body) { URL, 0, .priority = code, .text = body, .media = "text/plain" }
#define POLICY(mode, mx) "version: STSv1\nmode: " mode "\nmx: " mx "\nmax_age: 86400\n"
#define TLSA(host, proof, value) \
  { "_25._tcp." host, TL_RECORD_TLSA, .dnssec = TL_DNSSEC_ ## proof, .hex = value }

#define SHA256 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

typedef struct
{
  const char  *name;
  void       (*check) (TlDomainVerdict *verdict);
  guint        n_rounds;
  const char  *records;
  const char  *findings;
  ZoneRow      rows[8];
} EncryptionCase;

static const EncryptionCase cases[] = {
  { "mta-sts/none", tl_domain_mta_sts_judge, 3, "not-needed none",
    "mta-sts-missing", { MX (1, "mx.a.test"), { "mx.a.test", TL_RECORD_A, .hex = "c0000201" } } },
  { "mta-sts/none-and-nowhere", tl_domain_mta_sts_judge, 3, "not-needed none", "",
    { MX (1, "mx.a.test") } },
  { "mta-sts/none-and-no-mail", tl_domain_mta_sts_judge, 2, "not-needed none", "",
    { MX (0, "."), { "_mta-sts.a.test", TL_RECORD_TXT, .text = "something else" } } },
  { "mta-sts/enforce", tl_domain_mta_sts_judge, 3, "ok a1; ok enforce", "",
    { STS ("v=STSv1; id=a1"), DOCUMENT (200, POLICY ("enforce", "mx.a.test")),
      MX (1, "mx.a.test") } },
  { "mta-sts/testing-beside-others", tl_domain_mta_sts_judge, 3, "ok a1; ok testing", "",
    { STS ("v=STSv1; id=a1"), STS ("hello"), STS ("v=STSv12; id=b"), STS ("v=STSv1"),
      DOCUMENT (200, POLICY ("testing", "*.a.test")), MX (1, "mx.a.test"), MX (2, "b.a.test") } },
  { "mta-sts/mode-none", tl_domain_mta_sts_judge, 2, "ok a1; not-needed none", "",
    { STS ("v=STSv1; id=a1"), DOCUMENT (200, POLICY ("none", "mx.b.test")),
      MX (1, "mx.a.test") } },
  { "mta-sts/other-exchangers", tl_domain_mta_sts_judge, 3, "ok a1; warning enforce",
    "mta-sts-broken at x.test" NEW_RECORD "; mta-sts-broken at y.test" NEW_RECORD,
    { STS ("v=STSv1; id=a1"), DOCUMENT (200, POLICY ("enforce", "mx.a.test")), MX (1, "mx.a.test"),
      MX (2, "x.test"), MX (3, "y.test") } },
  { "mta-sts/no-id", tl_domain_mta_sts_judge, 1, "warning broken",
    "mta-sts-broken" NEW_RECORD, { STS ("v=STSv1; x=y") } },
  { "mta-sts/several", tl_domain_mta_sts_judge, 1, "warning several",
    "mta-sts-broken" NEW_RECORD, { STS ("v=STSv1; id=a"), STS ("v=STSv1; id=b") } },
  { "mta-sts/missing-document", tl_domain_mta_sts_judge, 2, "ok a1; warning unreadable",
    "mta-sts-broken", { STS ("v=STSv1; id=a1") } },
  { "mta-sts/redirect", tl_domain_mta_sts_judge, 2, "ok a1; warning unreadable",
    "mta-sts-broken",
    { STS ("v=STSv1; id=a1"), DOCUMENT (301, POLICY ("enforce", "mx.a.test")) } },
  { "mta-sts/not-found-with-policy", tl_domain_mta_sts_judge, 2, "ok a1; warning unreadable",
    "mta-sts-broken",
    { STS ("v=STSv1; id=a1"), MX (1, "mx.a.test"),
      DOCUMENT (404, POLICY ("enforce", "mx.a.test")) } },
  { "mta-sts/other-success", tl_domain_mta_sts_judge, 2, "ok a1; warning unreadable",
    "mta-sts-broken",
    { STS ("v=STSv1; id=a1"), MX (1, "mx.a.test"),
      DOCUMENT (203, POLICY ("enforce", "mx.a.test")) } },
  { "mta-sts/certificate", tl_domain_mta_sts_judge, 2, "ok a1; warning unreadable",
    "mta-sts-broken", { STS ("v=STSv1; id=a1"), DOCUMENT (0, "the certificate has expired") } },
  { "mta-sts/late", tl_domain_mta_sts_judge, 2, "ok a1; not-tested timeout", "",
    { STS ("v=STSv1; id=a1"), { URL, 0, TL_RECORDS_TIMEOUT } } },
  { "mta-sts/unreached", tl_domain_mta_sts_judge, 2, "ok a1; not-tested unreached", "",
    { STS ("v=STSv1; id=a1"), { URL, 0, TL_RECORDS_SERVFAIL, .text = "no proxy" } } },
  { "mta-sts/no-host", tl_domain_mta_sts_judge, 3, "ok a1; warning unreadable", "mta-sts-broken",
    { STS ("v=STSv1; id=a1"), { URL, 0, TL_RECORDS_NXDOMAIN } } },
  { "mta-sts/no-host-here", tl_domain_mta_sts_judge, 3, "ok a1; not-tested unreached", "",
    { STS ("v=STSv1; id=a1"), { URL, 0, TL_RECORDS_NXDOMAIN },
      { "mta-sts.a.test", TL_RECORD_AAAA, .hex = "20010db8000000000000000000000001" } } },
  { "mta-sts/no-host-silent", tl_domain_mta_sts_judge, 3, "ok a1; not-tested servfail", "",
    { STS ("v=STSv1; id=a1"), { URL, 0, TL_RECORDS_NXDOMAIN },
      { "mta-sts.a.test", TL_RECORD_A, TL_RECORDS_SERVFAIL } } },
  { "mta-sts/exchangers-silent", tl_domain_mta_sts_judge, 3, "ok a1; not-tested enforce", "",
    { STS ("v=STSv1; id=a1"), DOCUMENT (200, POLICY ("enforce", "mx.a.test")),
      { "a.test", TL_RECORD_MX, TL_RECORDS_SERVFAIL } } },
  { "mta-sts/other-media-type", tl_domain_mta_sts_judge, 2, "ok a1; warning unreadable",
    "mta-sts-broken", { STS ("v=STSv1; id=a1"), MX (1, "mx.a.test"),
      { URL, 0, .priority = 200, .text = POLICY ("enforce", "mx.a.test"),
        .media = "text/html" } } },
  { "mta-sts/broken-policy", tl_domain_mta_sts_judge, 2, "ok a1; warning broken",
    "mta-sts-broken" NEW_RECORD, { STS ("v=STSv1; id=a1"), DOCUMENT (200, "version: STSv1\n") } },
  { "mta-sts/silent", tl_domain_mta_sts_judge, 1, "not-tested refused", "",
    { { "_mta-sts.a.test", TL_RECORD_TXT, TL_RECORDS_REFUSED } } },

  { "tls-rpt/well", tl_domain_tls_rpt_judge, 1, "ok mailto:r@a.test", "",
    { RPT ("v=TLSRPTv1; rua=mailto:r@a.test") } },
  { "tls-rpt/none", tl_domain_tls_rpt_judge, 1, "not-needed none", "", { RPT ("v=TLSRPT") } },
  { "tls-rpt/wanted", tl_domain_tls_rpt_judge, 1, "warning none", "tls-rpt-missing" RPT_RECORD,
    { STS ("v=STSv1; id=a1") } },
  { "tls-rpt/nobody-knows-if-wanted", tl_domain_tls_rpt_judge, 1, "not-tested servfail", "",
    { { "_mta-sts.a.test", TL_RECORD_TXT, TL_RECORDS_SERVFAIL } } },
  { "tls-rpt/broken", tl_domain_tls_rpt_judge, 1, "warning broken", "tls-rpt-missing" RPT_RECORD,
    { RPT ("v=TLSRPTv1; rua=r@a.test") } },
  { "tls-rpt/several", tl_domain_tls_rpt_judge, 1, "warning several", "tls-rpt-missing" RPT_RECORD,
    { RPT ("v=TLSRPTv1; rua=mailto:r@a.test"), RPT ("v=TLSRPTv1; rua=mailto:s@a.test") } },
  { "tls-rpt/silent", tl_domain_tls_rpt_judge, 1, "not-tested timeout", "",
    { { "_smtp._tls.a.test", TL_RECORD_TXT, TL_RECORDS_TIMEOUT } } },

  { "dane/none", tl_domain_dane_judge, 2, "not-needed none", "",
    { MX (1, "mx.a.test"), MX (2, "b.test") } },
  { "dane/secure", tl_domain_dane_judge, 2, "ok secure", "",
    { MX (1, "mx.a.test"), MX (2, "b.test"), TLSA ("mx.a.test", SECURE, "030101" SHA256) } },
  { "dane/insecure", tl_domain_dane_judge, 2, "not-needed insecure", "",
    { MX (1, "mx.a.test"), TLSA ("mx.a.test", INSECURE, "030101" SHA256) } },
  { "dane/unproven", tl_domain_dane_judge, 2, "not-tested unknown", "",
    { MX (1, "mx.a.test"), TLSA ("mx.a.test", UNKNOWN, "030101" SHA256) } },
  { "dane/usage-for-browsers", tl_domain_dane_judge, 2, "warning unusable", "",
    { MX (1, "mx.a.test"), TLSA ("mx.a.test", SECURE, "010101" SHA256) } },
  { "dane/short-digest", tl_domain_dane_judge, 2, "warning unusable", "",
    { MX (1, "mx.a.test"), TLSA ("mx.a.test", SECURE, "03010100112233") } },
  { "dane/one-usable", tl_domain_dane_judge, 2, "ok secure", "",
    { MX (1, "mx.a.test"), TLSA ("mx.a.test", SECURE, "000101" SHA256),
      TLSA ("mx.a.test", SECURE, "020001" SHA256) } },
  { "dane/implicit", tl_domain_dane_judge, 2, "ok secure", "",
    { { "a.test", TL_RECORD_A, .hex = "c0000201" }, TLSA ("a.test", SECURE, "030101" SHA256) } },
  { "dane/no-mail", tl_domain_dane_judge, 1, "", "", { MX (0, ".") } },
  { "dane/silent", tl_domain_dane_judge, 2, "not-tested servfail", "",
    { MX (1, "mx.a.test"), { "_25._tcp.mx.a.test", TL_RECORD_TLSA, TL_RECORDS_SERVFAIL } } },

  { "dnssec/secure", tl_domain_dnssec_judge, 1, "ok secure", "",
    { { "a.test", TL_RECORD_MX, .dnssec = TL_DNSSEC_SECURE, .text = "mx.a.test" } } },
  { "dnssec/insecure", tl_domain_dnssec_judge, 1, "not-needed insecure", "not-signed",
    { { "a.test", TL_RECORD_MX, .dnssec = TL_DNSSEC_INSECURE, .text = "mx.a.test" } } },
  { "dnssec/unknown", tl_domain_dnssec_judge, 1, "not-tested unknown", "",
    { { "a.test", TL_RECORD_MX, .dnssec = TL_DNSSEC_UNKNOWN, .text = "mx.a.test" } } },
  { "dnssec/bogus", tl_domain_dnssec_judge, 1, "warning bogus", "dnssec-bogus",
    { { "a.test", TL_RECORD_MX, TL_RECORDS_BOGUS, TL_DNSSEC_BOGUS } } },
  { "dnssec/secure-nothing", tl_domain_dnssec_judge, 1, "ok secure", "",
    { { "a.test", TL_RECORD_MX, TL_RECORDS_NOTHING, TL_DNSSEC_SECURE } } },
  { "dnssec/silent", tl_domain_dnssec_judge, 1, "not-tested timeout", "",
    { { "a.test", TL_RECORD_MX, TL_RECORDS_TIMEOUT, TL_DNSSEC_UNKNOWN } } },
};

static void
test_case (gconstpointer data)
{
  const EncryptionCase *c = data;
  g_autoptr(Zone) zone = zone_run (c->rows, &(TlDomainSubjectParts) { .domain = "a.test",
                                                                      .now_s = NOW_S }, c->check);
  g_autofree char *records = zone_dup_records (zone);
  g_autofree char *findings = zone_dup_findings (zone);

  g_assert_cmpstr (records, ==, c->records);
  g_assert_cmpstr (findings, ==, c->findings);
  g_assert_cmpuint (zone->n_rounds, ==, c->n_rounds);
}

/* More records than are kept: what is wanted may be among the others. */
static void
test_cut (void)
{
  static const struct
  {
    const char    *name;
    TlRecordType   type;
    void         (*check) (TlDomainVerdict *verdict);
  } cuts[] = {
    { "_mta-sts.a.test", TL_RECORD_TXT, tl_domain_mta_sts_judge },
    { "_smtp._tls.a.test", TL_RECORD_TXT, tl_domain_tls_rpt_judge },
    { "default._bimi.a.test", TL_RECORD_TXT, tl_domain_bimi_judge },
    { "_dmarc.a.test", TL_RECORD_TXT, tl_domain_dmarc_judge },
    { "a.test", TL_RECORD_TXT, tl_domain_spf_judge },
    { "x._domainkey.a.test", TL_RECORD_TXT, tl_domain_dkim_judge },
    { "a.test", TL_RECORD_MX, tl_domain_mx_judge },
    { "_25._tcp.a.test", TL_RECORD_TLSA, tl_domain_dane_judge },
  };
  const char * const selectors[] = { "x", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      ZoneRow rows[TL_RECORD_SET_MAX_RECORDS + 3] = { { 0 } };
      char texts[TL_RECORD_SET_MAX_RECORDS + 1][16];
      g_autoptr(Zone) zone = NULL;
      g_autofree char *records = NULL;

      g_test_message ("%s %u", cuts[i].name, cuts[i].type);
      for (guint j = 0; j <= TL_RECORD_SET_MAX_RECORDS; j++)
        {
          g_snprintf (texts[j], sizeof texts[j], "x%03u.test", j);
          rows[j] = (ZoneRow) { cuts[i].name, cuts[i].type, .text = texts[j] };
          if (cuts[i].type == TL_RECORD_TLSA)
            rows[j].hex = "030101" SHA256;
        }
      rows[TL_RECORD_SET_MAX_RECORDS + 1] =
        (ZoneRow) { "a.test", TL_RECORD_A, .hex = "c0000201" };
      zone = zone_run (rows, &(TlDomainSubjectParts) { .domain = "a.test", .selectors = selectors },
                       cuts[i].check);
      records = zone_dup_records (zone);
      g_assert_cmpstr (records, ==, "not-tested truncated");
      g_assert_cmpuint (zone->verdict.findings->len, ==, 0);
    }
}

static void
test_cut_include (void)
{
  ZoneRow rows[TL_RECORD_SET_MAX_RECORDS + 3] = {
    { "a.test", TL_RECORD_TXT, .text = "v=spf1 include:b.test -all" },
  };
  char texts[TL_RECORD_SET_MAX_RECORDS + 1][16];
  g_autoptr(Zone) zone = NULL;
  g_autofree char *records = NULL;

  for (guint i = 0; i <= TL_RECORD_SET_MAX_RECORDS; i++)
    {
      g_snprintf (texts[i], sizeof texts[i], "x%03u.test", i);
      rows[i + 1] = (ZoneRow) { "b.test", TL_RECORD_TXT, .text = texts[i] };
    }
  zone = zone_run (rows, &(TlDomainSubjectParts) { .domain = "a.test" }, tl_domain_spf_judge);
  records = zone_dup_records (zone);
  g_assert_cmpstr (records, ==, "not-tested temperror");
}

/* What is to be put into the file stands in the evidence: a record alone promises what is not
 * there. */
static void
test_policy_lines (void)
{
  static const char * const wanted[] = {
    URL, "version: STSv1", "mode: testing", "mx: mx1.a.test", "mx: mx2.a.test", "max_age: 86400",
  };
  const ZoneRow rows[] = { MX (1, "mx1.a.test"), MX (2, "mx2.a.test"),
                           { "mx1.a.test", TL_RECORD_A, .hex = "c0000201" },
                           { "mx2.a.test", TL_RECORD_A, .hex = "c0000202" }, { 0 } };
  g_autoptr(Zone) zone = zone_run (rows, &(TlDomainSubjectParts) { .domain = "a.test",
                                                                   .now_s = NOW_S },
                                   tl_domain_mta_sts_judge);
  GVariant *evidence = tl_finding_get_evidence (zone->verdict.findings->pdata[0]);
  const char *detail = tl_evidence_get_string (evidence, TL_EVIDENCE_DETAIL);

  g_assert_nonnull (detail);
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_test_message ("%s", wanted[i]);
      g_assert_nonnull (strstr (detail, wanted[i]));
    }
}

static void
test_tlsa_value (void)
{
  const ZoneRow rows[] = { MX (1, "mx.a.test"), TLSA ("mx.a.test", SECURE, "030101" SHA256),
                           { 0 } };
  g_autoptr(Zone) zone = zone_run (rows, &(TlDomainSubjectParts) { .domain = "a.test" },
                                   tl_domain_dane_judge);

  g_assert_cmpuint (zone->verdict.records->len, ==, 1);
  g_assert_cmpstr (((const TlDomainRecord *) zone->verdict.records->pdata[0])->value, ==,
                   "3 1 1 " SHA256);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/domain/cut", test_cut);
  g_test_add_func ("/domain/cut-include", test_cut_include);
  g_test_add_func ("/domain/mta-sts/policy-lines", test_policy_lines);
  g_test_add_func ("/domain/dane/value", test_tlsa_value);

  return g_test_run ();
}
