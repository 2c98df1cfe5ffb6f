/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dkim-keys.h"
#include "tl-evidence.h"
#include "tl-provider.h"
#include "zone.h"

#define KEY(selector, text_) { selector "._domainkey.a.test", TL_RECORD_TXT, .text = text_ }

#define UNSEEN "; not-needed only a message that came back shows which key is used"
#define HINT "no key under the usual selectors; a message that came back shows which one is used"

typedef struct
{
  const char *name;
  const char *loop;             /* what the receiving side said of DKIM */
  const char *loop_domain;
  const char *loop_selector;
  const char *selectors[3];
  const char *provider;
  const char *records;
  const char *findings;
  ZoneRow     rows[4];
} DkimCase;

static const DkimCase cases[] = {
  { "nobody-knows", .records = "not-tested " HINT, .findings = "", .rows = { { 0 } } },
  { "usual", .records = "ok rsa 2048 bits" UNSEEN, .findings = "",
    .rows = { KEY ("selector1", "v=DKIM1; p=" KEY_RSA_2048) } },
  { "usual-revoked", .records = "not-tested " HINT, .findings = "",
    .rows = { KEY ("selector1", "v=DKIM1; p=") } },
  { "providers", .provider = "fastmail", .records = "ok rsa 2048 bits" UNSEEN, .findings = "",
    .rows = { KEY ("fm3", "v=DKIM1; p=" KEY_RSA_2048) } },
  { "not-providers", .records = "not-tested " HINT, .findings = "",
    .rows = { KEY ("fm3", "v=DKIM1; p=" KEY_RSA_2048) } },
  { "short", .selectors = { "x" }, .records = "ok rsa 1024 bits, 2048 recommended", .findings = "",
    .rows = { KEY ("x", "v=DKIM1; p=" KEY_RSA_1024) } },
  { "weak", .selectors = { "x" }, .records = "warning rsa 512 bits, 2048 recommended",
    .findings = "dkim-weak", .rows = { KEY ("x", "v=DKIM1; p=" KEY_RSA_512) } },
  { "ed25519", .selectors = { "x" }, .records = "ok ed25519 256 bits", .findings = "",
    .rows = { KEY ("x", "v=DKIM1; k=ed25519; p=" KEY_ED25519) } },
  { "named-missing", .selectors = { "x" }, .records = "warning none", .findings = "dkim-not-found",
    .rows = { KEY ("selector1", "v=DKIM1; p=" KEY_RSA_2048) } },
  { "named-revoked", .selectors = { "x" }, .records = "warning revoked",
    .findings = "dkim-not-found", .rows = { KEY ("x", "v=DKIM1; p=") } },
  { "named-broken", .selectors = { "x" }, .records = "warning there is no p= with a key",
    .findings = "dkim-not-found", .rows = { KEY ("x", "v=DKIM1; k=rsa") } },
  { "test-mode", .selectors = { "x" }, .records = "ok rsa 2048 bits",
    .findings = "dkim-test-mode → x._domainkey.a.test TXT v=DKIM1; p=" KEY_RSA_2048,
    .rows = { KEY ("x", "v=DKIM1; t=y; p=" KEY_RSA_2048) } },
  { "two-named", .selectors = { "x", "y" }, .records = "ok rsa 2048 bits; warning none",
    .findings = "dkim-not-found", .rows = { KEY ("x", "v=DKIM1; p=" KEY_RSA_2048) } },
  { "two-records", .selectors = { "x" }, .records = "ok rsa 2048 bits", .findings = "",
    .rows = { KEY ("x", "v=DKIM1; p="), KEY ("x", "v=DKIM1; p=" KEY_RSA_2048) } },
  { "two-of-no-use", .selectors = { "x" },
    .records = "warning there is no p= with a key", .findings = "dkim-not-found",
    .rows = { KEY ("x", "v=DKIM1; k=rsa"), KEY ("x", "v=DKIM1; p=") } },
  { "two-of-use", .selectors = { "x" },
    .records = "ok rsa 1024 bits, 2048 recommended", .findings = "",
    .rows = { KEY ("x", "v=DKIM1; p=" KEY_RSA_1024), KEY ("x", "v=DKIM1; p=" KEY_RSA_2048) } },
  { "use-before-none", .selectors = { "x" }, .records = "ok rsa 2048 bits", .findings = "",
    .rows = { KEY ("x", "v=DKIM1; p=" KEY_RSA_2048), KEY ("x", "v=DKIM1; p=") } },
  { "loop-other-domain-and-named", .loop = "pass", .loop_domain = "b.test", .loop_selector = "x",
    .selectors = { "x" }, .records = "ok rsa 2048 bits; ok rsa 1024 bits, 2048 recommended",
    .findings = "",
    .rows = { { "x._domainkey.b.test", TL_RECORD_TXT, .text = "v=DKIM1; p=" KEY_RSA_2048 },
              KEY ("x", "v=DKIM1; p=" KEY_RSA_1024) } },
  { "loop", .loop = "pass", .loop_domain = "a.test", .loop_selector = "x",
    .records = "ok rsa 2048 bits", .findings = "",
    .rows = { KEY ("x", "v=DKIM1; p=" KEY_RSA_2048) } },
  { "loop-and-named", .loop = "pass", .loop_domain = "a.test", .loop_selector = "x",
    .selectors = { "x" }, .records = "ok rsa 2048 bits", .findings = "",
    .rows = { KEY ("x", "v=DKIM1; p=" KEY_RSA_2048) } },
  { "loop-gone", .loop = "pass", .loop_domain = "a.test", .loop_selector = "x",
    .records = "warning none", .findings = "dkim-not-found", .rows = { { 0 } } },
  { "loop-other-domain", .loop = "pass", .loop_domain = "b.test", .loop_selector = "x",
    .records = "ok rsa 2048 bits", .findings = "",
    .rows = { { "x._domainkey.b.test", TL_RECORD_TXT, .text = "v=DKIM1; p=" KEY_RSA_2048 } } },
  { "loop-unsigned", .loop = "none", .records = "warning " HINT, .findings = "dkim-not-found",
    .rows = { { 0 } } },
  { "loop-unsigned-yet-there", .loop = "none", .records = "ok rsa 2048 bits",
    .findings = "dkim-not-found", .rows = { KEY ("selector1", "v=DKIM1; p=" KEY_RSA_2048) } },
  { "silent", .selectors = { "x" }, .records = "not-tested timeout", .findings = "",
    .rows = { { "x._domainkey.a.test", TL_RECORD_TXT, TL_RECORDS_TIMEOUT } } },
  { "silent-usual", .records = "not-tested servfail", .findings = "",
    .rows = { { "google._domainkey.a.test", TL_RECORD_TXT, TL_RECORDS_SERVFAIL } } },
  { "silent-usual-yet-found", .records = "ok rsa 2048 bits" UNSEEN, .findings = "",
    .rows = { { "google._domainkey.a.test", TL_RECORD_TXT, TL_RECORDS_SERVFAIL },
              KEY ("k1", "v=DKIM1; p=" KEY_RSA_2048) } },
};

static void
test_dkim (gconstpointer data)
{
  const DkimCase *c = data;
  TlLoopReportParts loop_parts = { .is_sent = TRUE, .is_back = TRUE, .n_copies = 1,
                                   .judge = "mx.b.test", .dkim = c->loop,
                                   .dkim_domain = c->loop_domain,
                                   .dkim_selector = c->loop_selector };
  g_autoptr(TlLoopReport) loop = c->loop == NULL ? NULL : tl_loop_report_new (&loop_parts);
  TlDomainSubjectParts parts = {
    .domain = "a.test",
    .selectors = c->selectors,
    .provider = c->provider == NULL ? NULL : tl_providers_find (c->provider),
    .loop = loop,
  };
  g_autoptr(Zone) zone = zone_run (c->rows, &parts, tl_domain_dkim_judge);
  g_autofree char *records = zone_dup_records (zone);
  g_autofree char *findings = zone_dup_findings (zone);

  g_assert_cmpstr (records, ==, c->records);
  g_assert_cmpstr (findings, ==, c->findings);
  g_assert_cmpuint (zone->n_rounds, ==, 1);
}

static void
test_evidence (gconstpointer data)
{
  const ZoneRow rows[] = { KEY ("x", data), { 0 } };
  const char * const selectors[] = { "x", NULL };
  g_autoptr(Zone) zone = zone_run (rows, &(TlDomainSubjectParts) { .domain = "a.test",
                                                                   .selectors = selectors },
                                   tl_domain_dkim_judge);
  GVariant *evidence = tl_finding_get_evidence (zone->verdict.findings->pdata[0]);

  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_SELECTOR), ==, "x");
  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_DOMAIN), ==, "a.test");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-dkim/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_dkim);
    }
  g_test_add_data_func ("/domain-dkim/evidence/weak", "v=DKIM1; p=" KEY_RSA_512, test_evidence);
  g_test_add_data_func ("/domain-dkim/evidence/test-mode", "v=DKIM1; t=y; p=" KEY_RSA_2048,
                        test_evidence);
  g_test_add_data_func ("/domain-dkim/evidence/revoked", "v=DKIM1; p=", test_evidence);

  return g_test_run ();
}
