/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-ptr.h"

#include "tl-evidence.h"
#include "tl-provider.h"
#include "tl-record-parse.h"
#include "zone.h"

#define MX(domain, host) { domain, TL_RECORD_MX, .priority = 10, .text = host }

#define V6 "20010db8000000000000000000000001"
#define V6_NAME "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"

typedef struct
{
  const char *name;
  const char *domain;      /* a.test where it is not said */
  const char *registered;
  const char *reply;
  const char *incoming;
  const char *outgoing;
  const char *provider;
  const char *relay;
  const char *records;
  const char *findings;
  ZoneRow     rows[6];
} IdentityCase;

static const IdentityCase cases[] = {
  { "nobody-said", .records = "", .findings = "", .rows = { { 0 } } },
  { "registered", .registered = "a.test", .records = "ok as registered", .findings = "",
    .rows = { { 0 } } },
  { "registered-above", .domain = "mail.a.test", .registered = "a.test",
    .records = "ok as registered", .findings = "", .rows = { { 0 } } },
  { "registered-below", .registered = "mail.a.test", .records = "warning another domain",
    .findings = "lookalike-sender", .rows = { { 0 } } },
  { "registered-alike", .domain = "acme-mail.test", .registered = "acmemail.test",
    .records = "warning another domain", .findings = "lookalike-sender", .rows = { { 0 } } },
  { "registered-suffix-alike", .domain = "xa.test", .registered = "a.test",
    .records = "warning another domain", .findings = "lookalike-sender", .rows = { { 0 } } },
  { "alphabets", .domain = "xn--cme-5cd.test", .registered = "acme.test",
    .records = "warning letters of different alphabets", .findings = "lookalike-sender",
    .rows = { { 0 } } },
  { "replies-same", .reply = "a.test", .incoming = "imap.a.test",
    .records = "ok replies come to this domain", .findings = "", .rows = { { 0 } } },
  { "replies-same-servers", .reply = "b.test", .incoming = "imap.c.test",
    .records = "ok replies come to the same servers", .findings = "",
    .rows = { MX ("a.test", "mx.c.test"), MX ("b.test", "mx.c.test") } },
  { "replies-shared-exchanger", .reply = "b.test", .incoming = "imap.example.org",
    .records = "ok replies come to the same servers", .findings = "",
    .rows = { MX ("a.test", "mx.c.test"), MX ("b.test", "mx.c.test") } },
  { "replies-other-exchanger", .reply = "b.test", .incoming = "imap.example.org",
    .records = "warning replies go to other servers", .findings = "replies-elsewhere",
    .rows = { MX ("a.test", "mx1.c.test"), MX ("b.test", "mx2.c.test") } },
  { "replies-same-owner", .reply = "b.example.com", .incoming = "imap.example.org",
    .records = "ok replies come to the same servers", .findings = "",
    .rows = { MX ("b.example.com", "mx.example.org") } },
  { "replies-same-provider", .reply = "b.test", .incoming = "imap.gmail.com", .provider = "google",
    .records = "ok replies come to the same servers", .findings = "",
    .rows = { MX ("b.test", "aspmx.l.google.com") } },
  { "replies-other-provider", .reply = "b.test", .incoming = "imap.gmail.com",
    .provider = "google", .records = "warning replies go to other servers",
    .findings = "replies-elsewhere",
    .rows = { MX ("b.test", "in1-smtp.messagingengine.com") } },
  { "replies-nowhere", .reply = "b.test", .incoming = "imap.gmail.com", .provider = "google",
    .records = "warning replies go to other servers", .findings = "replies-elsewhere",
    .rows = { { 0 } } },
  { "replies-filtered", .reply = "b.test", .incoming = "imap.gmail.com", .provider = "google",
    .records = "not-tested replies pass a filter first", .findings = "",
    .rows = { MX ("b.test", "mx1-us1.ppe-hosted.com") } },
  { "replies-unknown", .reply = "b.test",
    .records = "not-needed it is not known where the mailbox is", .findings = "",
    .rows = { MX ("b.test", "mx.b.test") } },
  { "replies-silent", .reply = "b.test", .incoming = "imap.a.test", .records = "not-tested timeout",
    .findings = "", .rows = { { "b.test", TL_RECORD_MX, TL_RECORDS_TIMEOUT } } },
  { "replies-own-silent", .reply = "b.test", .incoming = "imap.a.test",
    .records = "not-tested servfail", .findings = "",
    .rows = { MX ("b.test", "mx.b.test"), { "a.test", TL_RECORD_MX, TL_RECORDS_SERVFAIL } } },

  { "ptr", .outgoing = "mx.a.test", .records = "ok leads back", .findings = "",
    .rows = { MX ("a.test", "mx.a.test"), { "mx.a.test", TL_RECORD_A, .hex = "c0000201" },
              { "1.2.0.192.in-addr.arpa", TL_RECORD_PTR, .text = "mx.a.test" } } },
  { "ptr-missing", .outgoing = "mx.a.test", .records = "warning does not lead back",
    .findings = "ptr-missing at mx.a.test",
    .rows = { MX ("a.test", "mx.a.test"), { "mx.a.test", TL_RECORD_A, .hex = "c0000201" } } },
  { "ptr-elsewhere", .outgoing = "mx.a.test", .records = "warning does not lead back",
    .findings = "ptr-missing at mx.a.test",
    .rows = { MX ("a.test", "mx.a.test"), { "mx.a.test", TL_RECORD_A, .hex = "c0000201" },
              { "1.2.0.192.in-addr.arpa", TL_RECORD_PTR, .text = "host.b.test" },
              { "host.b.test", TL_RECORD_A, .hex = "c0000202" } } },
  { "ptr-silent", .outgoing = "mx.a.test", .records = "not-tested timeout", .findings = "",
    .rows = { MX ("a.test", "mx.a.test"), { "mx.a.test", TL_RECORD_A, .hex = "c0000201" },
              { "1.2.0.192.in-addr.arpa", TL_RECORD_PTR, TL_RECORDS_TIMEOUT } } },
  { "ptr-silent-back", .outgoing = "mx.a.test", .records = "not-tested servfail", .findings = "",
    .rows = { MX ("a.test", "mx.a.test"), { "mx.a.test", TL_RECORD_A, .hex = "c0000201" },
              { "1.2.0.192.in-addr.arpa", TL_RECORD_PTR, .text = "host.b.test" },
              { "host.b.test", TL_RECORD_A, TL_RECORDS_SERVFAIL } } },
  { "ptr-other-name", .outgoing = "mx.a.test", .records = "ok leads back", .findings = "",
    .rows = { MX ("a.test", "mx.a.test"), { "mx.a.test", TL_RECORD_A, .hex = "c0000201" },
              { "1.2.0.192.in-addr.arpa", TL_RECORD_PTR, .text = "host.b.test" },
              { "host.b.test", TL_RECORD_A, .hex = "c0000201" } } },
  { "ptr-v6", .outgoing = "mx.a.test", .records = "ok leads back", .findings = "",
    .rows = { MX ("a.test", "mx.a.test"), { "mx.a.test", TL_RECORD_AAAA, .hex = V6 },
              { V6_NAME, TL_RECORD_PTR, .text = "mx.a.test" } } },
  { "ptr-v6-missing", .outgoing = "mx.a.test",
    .records = "ok leads back; warning does not lead back", .findings = "ptr-missing at mx.a.test",
    .rows = { MX ("a.test", "mx.a.test"), { "mx.a.test", TL_RECORD_A, .hex = "c0000201" },
              { "mx.a.test", TL_RECORD_AAAA, .hex = V6 },
              { "1.2.0.192.in-addr.arpa", TL_RECORD_PTR, .text = "mx.a.test" } } },
  { "ptr-name-silent", .outgoing = "mx.a.test", .records = "not-tested timeout", .findings = "",
    .rows = { MX ("a.test", "mx.a.test"), { "mx.a.test", TL_RECORD_A, .hex = "c0000201" },
              { "1.2.0.192.in-addr.arpa", TL_RECORD_PTR, TL_RECORDS_TIMEOUT } } },
  { "ptr-back-silent", .outgoing = "mx.a.test", .records = "not-tested servfail", .findings = "",
    .rows = { MX ("a.test", "mx.a.test"), { "mx.a.test", TL_RECORD_A, .hex = "c0000201" },
              { "1.2.0.192.in-addr.arpa", TL_RECORD_PTR, .text = "host.b.test" },
              { "1.2.0.192.in-addr.arpa", TL_RECORD_PTR, .text = "host.c.test" },
              { "host.b.test", TL_RECORD_A, TL_RECORDS_SERVFAIL } } },
  { "ptr-back-silent-yet-found", .outgoing = "mx.a.test", .records = "ok leads back",
    .findings = "",
    .rows = { MX ("a.test", "mx.a.test"), { "mx.a.test", TL_RECORD_A, .hex = "c0000201" },
              { "1.2.0.192.in-addr.arpa", TL_RECORD_PTR, .text = "host.b.test" },
              { "1.2.0.192.in-addr.arpa", TL_RECORD_PTR, .text = "mx.a.test" },
              { "host.b.test", TL_RECORD_A, TL_RECORDS_SERVFAIL } } },
  { "ptr-not-exchanger", .outgoing = "smtp.a.test", .records = "", .findings = "",
    .rows = { MX ("a.test", "mx.a.test"), { "smtp.a.test", TL_RECORD_A, .hex = "c0000201" } } },
  { "ptr-relay", .outgoing = "mx.a.test", .relay = "sendgrid", .records = "", .findings = "",
    .rows = { MX ("a.test", "mx.a.test"), { "mx.a.test", TL_RECORD_A, .hex = "c0000201" } } },
};

static void
test_identity (gconstpointer data)
{
  const IdentityCase *c = data;
  TlDomainSubjectParts parts = {
    .domain = c->domain == NULL ? "a.test" : c->domain,
    .registered = c->registered,
    .reply_domain = c->reply,
    .incoming_host = c->incoming,
    .outgoing_host = c->outgoing,
    .provider = c->provider == NULL ? NULL : tl_providers_find (c->provider),
    .relay = c->relay == NULL ? NULL : tl_providers_find (c->relay),
  };
  g_autoptr(Zone) zone = zone_run (c->rows, &parts, tl_domain_identity_judge);
  g_autofree char *records = zone_dup_records (zone);
  g_autofree char *findings = zone_dup_findings (zone);

  g_assert_cmpstr (records, ==, c->records);
  g_assert_cmpstr (findings, ==, c->findings);
  g_assert_cmpuint (zone->n_rounds, <=, 4);
}

/* A domain that only looks like another, where nobody said which was registered. */
static void
test_lookalike (void)
{
  const ZoneRow rows[] = { { 0 } };
  g_autoptr(Zone) zone = zone_run (rows,
                                   &(TlDomainSubjectParts) { .domain = "xn--cme-5cd.test" },
                                   tl_domain_identity_judge);

  g_assert_cmpuint (zone->verdict.findings->len, ==, 1);
  g_assert_cmpstr (tl_finding_get_id (zone->verdict.findings->pdata[0]), ==, "input.lookalike");
}

static void
test_ptr_name (void)
{
  static const guint8 v4[] = { 192, 0, 2, 10 };
  static const guint8 v6[] = { 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0x56, 0x7, 0x89,
                               0xab };
  g_autofree char *name4 = tl_record_dup_reverse_name (v4, sizeof v4);
  g_autofree char *name6 = tl_record_dup_reverse_name (v6, sizeof v6);

  g_assert_cmpstr (name4, ==, "10.2.0.192.in-addr.arpa");
  g_assert_cmpstr (name6, ==, "b.a.9.8.7.0.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2."
                              "ip6.arpa");
}

#define BIMI(text_) { "default._bimi.a.test", TL_RECORD_TXT, .text = text_ }
#define DMARC(text_) { "_dmarc.a.test", TL_RECORD_TXT, .text = "v=DMARC1; " text_ }

typedef struct
{
  const char *name;
  const char *records;
  const char *findings;
  ZoneRow     rows[4];
} BimiCase;

static const BimiCase bimi_cases[] = {
  { "none", "not-needed none", "", { DMARC ("p=none") } },
  { "declined", "not-needed declined", "", { BIMI ("v=BIMI1; l=; a=;") } },
  { "declined-without-mark", "not-needed declined", "", { BIMI ("v=BIMI1; l=") } },
  { "mark-without-logo", "warning l= is no https address", "bimi-not-ready",
    { BIMI ("v=BIMI1; l=; a=https://a.test/m.pem"), DMARC ("p=reject") } },
  { "nothing-said", "warning there is no l= with a logo", "bimi-not-ready",
    { BIMI ("v=BIMI1; a="), DMARC ("p=reject") } },
  { "ready", "ok no mark certificate", "",
    { BIMI ("v=BIMI1; l=https://a.test/l.svg"), DMARC ("p=quarantine") } },
  { "ready-with-mark", "ok mark certificate", "",
    { BIMI ("v=BIMI1; l=https://a.test/l.svg; a=https://a.test/m.pem"), DMARC ("p=reject") } },
  { "monitoring", "warning DMARC asks for nothing: p=none", "bimi-not-ready",
    { BIMI ("v=BIMI1; l=https://a.test/l.svg"), DMARC ("p=none") } },
  { "undone-below", "warning DMARC asks for nothing below the domain: sp=none", "bimi-not-ready",
    { BIMI ("v=BIMI1; l=https://a.test/l.svg"), DMARC ("p=reject; sp=none") } },
  { "trying", "warning DMARC asks for nothing: p=none", "bimi-not-ready",
    { BIMI ("v=BIMI1; l=https://a.test/l.svg"), DMARC ("p=quarantine; t=y") } },
  { "no-dmarc", "warning there is no DMARC record", "bimi-not-ready",
    { BIMI ("v=BIMI1; l=https://a.test/l.svg") } },
  { "plain-http", "warning l= is no https address", "bimi-not-ready",
    { BIMI ("v=BIMI1; l=http://a.test/l.svg"), DMARC ("p=reject") } },
  { "mark-http", "warning a= is no https address", "bimi-not-ready",
    { BIMI ("v=BIMI1; l=https://a.test/l.svg; a=http://a.test/m.pem"), DMARC ("p=reject") } },
  { "no-logo", "warning there is no l= with a logo", "bimi-not-ready",
    { BIMI ("v=BIMI1; a=https://a.test/m.pem"), DMARC ("p=reject") } },
  { "syntax", "warning the record is not a list of tags", "bimi-not-ready",
    { BIMI ("v=BIMI1; logo"), DMARC ("p=reject") } },
  { "silent", "not-tested timeout", "",
    { { "default._bimi.a.test", TL_RECORD_TXT, TL_RECORDS_TIMEOUT } } },
};

static void
test_bimi (gconstpointer data)
{
  const BimiCase *c = data;
  g_autoptr(Zone) zone = zone_run (c->rows, &(TlDomainSubjectParts) { .domain = "a.test" },
                                   tl_domain_bimi_judge);
  g_autofree char *records = zone_dup_records (zone);
  g_autofree char *findings = zone_dup_findings (zone);

  g_assert_cmpstr (records, ==, c->records);
  g_assert_cmpstr (findings, ==, c->findings);
  g_assert_cmpuint (zone->n_rounds, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-identity/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_identity);
    }
  g_test_add_func ("/domain-identity/lookalike", test_lookalike);
  g_test_add_func ("/domain-identity/ptr-name", test_ptr_name);
  for (gsize i = 0; i < G_N_ELEMENTS (bimi_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-bimi/", bimi_cases[i].name, NULL);

      g_test_add_data_func (path, &bimi_cases[i], test_bimi);
    }

  return g_test_run ();
}
