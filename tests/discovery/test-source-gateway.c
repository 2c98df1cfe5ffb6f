/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial.h"

/* Who is seen behind a filter, and what nobody is asked who is behind none. */

#define TENANT(domain) "https://login.microsoftonline.com/" domain \
  "/.well-known/openid-configuration"

static const TlTestDnsRow rows[] = {
  { "known.test", TL_RECORD_MX, .priority = 1, .text = "smtp.google.com" },
  { "site.ground.test", TL_RECORD_MX, .priority = 10, .text = "mx10.mailspamprotection.com" },
  { "broken.test", TL_RECORD_MX, TL_TEST_DNS_SERVFAIL },
  { "gate.test", TL_RECORD_MX, .priority = 10, .text = "eu-smtp-inbound-1.mimecast.com" },
  { "gate.test", TL_RECORD_TXT,
    .text = "v=spf1 include:eu._netblocks.mimecast.com include:spf.protection.outlook.com ~all" },
  { "autodiscover.gate.test", TL_RECORD_CNAME, .text = "autodiscover.outlook.com" },
  { "gate-spf.test", TL_RECORD_MX, .priority = 10, .text = "mxa-1.gslb.pphosted.com" },
  { "gate-spf.test", TL_RECORD_TXT, .text = "v=spf1 redirect=_spf.agency.test" },
  { "_spf.agency.test", TL_RECORD_TXT, .text = "v=spf1 include:_spf.google.com -all" },
  { "gate-own.test", TL_RECORD_MX, .priority = 10, .text = "mxa-1.gslb.pphosted.com" },
  { "gate-own.test", TL_RECORD_TXT, .text = "v=spf1 INCLUDE:spf.gate-own.test ?all" },
  { "spf.gate-own.test", TL_RECORD_TXT, .text = "v=spf1 include:_spf.google.com -all" },
  { "gate-many.test", TL_RECORD_MX, .priority = 10, .text = "eu-smtp-inbound-1.mimecast.com" },
  { "gate-many.test", TL_RECORD_TXT,
    .text = "v=spf1 include:_spf.google.com include:spf.messagingengine.com -all" },
  { "gate-most.test", TL_RECORD_MX, .priority = 10, .text = "eu-smtp-inbound-1.mimecast.com" },
  { "gate-most.test", TL_RECORD_TXT,
    .text = "v=spf1 include:_spf.google.com include:spf.protection.outlook.com -all" },
  { "gate-blind.test", TL_RECORD_MX, .priority = 10, .text = "eu-smtp-inbound-1.mimecast.com" },
  { "gate-twice.test", TL_RECORD_MX, .priority = 10, .text = "eu-smtp-inbound-1.mimecast.com" },
  { "gate-twice.test", TL_RECORD_TXT,
    .text = "v=spf1 include:spf.protection.outlook.com include:_spf.mx.microsoft "
            "include:_spf.google.com -all" },
  { "gate-flood.test", TL_RECORD_MX, .priority = 10, .text = "eu-smtp-inbound-1.mimecast.com" },
  { "gate-flood.test", TL_RECORD_TXT,
    .text = "v=spf1 include:a.gate-flood.test include:b.gate-flood.test include:c.gate-flood.test "
            "include:d.gate-flood.test include:e.gate-flood.test -all" },
  { "d.gate-flood.test", TL_RECORD_TXT, .text = "v=spf1 include:_spf.google.com -all" },
  { "e.gate-flood.test", TL_RECORD_TXT, .text = "v=spf1 include:spf.messagingengine.com -all" },
  { "forward.test", TL_RECORD_MX, .priority = 10, .text = "mx1.improvmx.com" },
};

static const TlTestPage pages[] = {
  { TENANT ("gate.test"), .type = "application/json",
    .body = "{\"issuer\":\"https://sts.windows.net/0/\"}" },
  { TENANT ("gate-most.test"), .type = "application/json",
    .body = "{\"issuer\":\"https://sts.windows.net/0/\"}" },
  { TENANT ("gate-many.test"), "400 Bad Request", "application/json", NULL,
    "{\"issuer\":\"https://sts.windows.net/0/\"}" },
  { TENANT ("gate-twice.test"), "404 Not Found" },
  { TENANT ("gate-flood.test"), "404 Not Found" },
  { TENANT ("gate-blind.test"), .type = "application/json", .body = "{\"error\":\"x\"}" },
};

static const TrialCase cases[] = {
  { "gateway/microsoft", &tl_source_gateway, "gate.test", TL_SOURCE_STATUS_ANSWERED,
    "outlook.office365.com:993", "smtp.office365.com:587", TL_TRUST_CURATED,
    TL_SOURCE_REMARK_GATEWAY, "gateway mimecast", { "GET " TENANT ("gate.test") } },
  { "gateway/spf-redirect", &tl_source_gateway, "gate-spf.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.gmail.com:993", "smtp.gmail.com:465", TL_TRUST_CURATED,
    TL_SOURCE_REMARK_GATEWAY, "gateway proofpoint", { "GET " TENANT ("gate-spf.test") } },
  { "gateway/spf-of-its-own", &tl_source_gateway, "gate-own.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.gmail.com:993", "smtp.gmail.com:465", TL_TRUST_CURATED,
    TL_SOURCE_REMARK_GATEWAY, "gateway proofpoint", { "GET " TENANT ("gate-own.test") } },
  { "gateway/tie", &tl_source_gateway, "gate-many.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.fastmail.com:993", "smtp.fastmail.com:465", TL_TRUST_CURATED,
    TL_SOURCE_REMARK_GATEWAY, "gateway mimecast", { "GET " TENANT ("gate-many.test") } },
  { "gateway/most-signals", &tl_source_gateway, "gate-most.test", TL_SOURCE_STATUS_ANSWERED,
    "outlook.office365.com:993", "smtp.office365.com:587", TL_TRUST_CURATED,
    TL_SOURCE_REMARK_GATEWAY, "gateway mimecast", { "GET " TENANT ("gate-most.test") } },
  /* Two names of one provider in one record are one signal. */
  { "gateway/one-signal-twice", &tl_source_gateway, "gate-twice.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.gmail.com:993", "smtp.gmail.com:465", TL_TRUST_CURATED,
    TL_SOURCE_REMARK_GATEWAY, "gateway mimecast", { "GET " TENANT ("gate-twice.test") } },
  /* The fourth is looked at, and the fifth, which would win, is not. */
  { "gateway/spf-flood", &tl_source_gateway, "gate-flood.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.gmail.com:993", "smtp.gmail.com:465", TL_TRUST_CURATED,
    TL_SOURCE_REMARK_GATEWAY, "gateway mimecast", { "GET " TENANT ("gate-flood.test") } },
  { "gateway/blind", &tl_source_gateway, "gate-blind.test", TL_SOURCE_STATUS_EVIDENCE,
    .remarks = TL_SOURCE_REMARK_GATEWAY, .detail = "gateway mimecast",
    .asked = { "GET " TENANT ("gate-blind.test") } },
  { "gateway/forward", &tl_source_gateway, "forward.test", TL_SOURCE_STATUS_EVIDENCE,
    .remarks = TL_SOURCE_REMARK_FORWARD_ONLY, .detail = "gateway improvmx" },
  { "gateway/providers-own", &tl_source_gateway, "site.ground.test", TL_SOURCE_STATUS_NOTHING },
  { "gateway/none", &tl_source_gateway, "known.test", TL_SOURCE_STATUS_NOTHING },
  { "gateway/servfail", &tl_source_gateway, "broken.test", TL_SOURCE_STATUS_SERVFAIL },
};

/* Every signal that points at the provider is on the way there, and no other. */
static const struct
{
  const char *name;
  const char *domain;
  const char *hops;
} hops_cases[] = {
  { "all", "gate.test",
    "gate.test MX 10 eu-smtp-inbound-1.mimecast.com\n"
    "autodiscover.gate.test CNAME autodiscover.outlook.com\n"
    TENANT ("gate.test") "\n"
    "gate.test TXT include:spf.protection.outlook.com" },
  { "not-the-loser", "gate-most.test",
    "gate-most.test MX 10 eu-smtp-inbound-1.mimecast.com\n"
    TENANT ("gate-most.test") "\n"
    "gate-most.test TXT include:spf.protection.outlook.com" },
};

static void
test_hops (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_auto(Trial) trial = { 0 };
  g_autofree char *hops = NULL;

  trial_run (&trial, &tl_source_gateway, hops_cases[i].domain, 1);
  g_assert_cmpuint (tl_source_reply_get_n (trial.reply), >, 0);
  hops = g_strjoinv ("\n",
                     (char **) tl_claim_get_hops (tl_source_reply_get_claim (trial.reply, 0)));
  g_assert_cmpstr (hops, ==, hops_cases[i].hops);
}

static void
test_no_gateway_no_question (void)
{
  g_auto(Trial) trial = { 0 };
  g_auto(GStrv) names = NULL;

  g_test_summary ("Without a gateway nothing but the exchangers is looked up");

  trial_run (&trial, &tl_source_gateway, "known.test", 0);
  names = tl_contacts_dup (trial.contacts, TL_CONTACT_DNS);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  g_assert_cmpstr (names[0], ==, "known.test");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  trial_begin (rows, G_N_ELEMENTS (rows), pages, G_N_ELEMENTS (pages), NULL);
  trial_add_cases (cases, G_N_ELEMENTS (cases));
  for (gsize i = 0; i < G_N_ELEMENTS (hops_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/source/gateway/hops/", hops_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_hops);
    }
  g_test_add_func ("/source/gateway/no-question", test_no_gateway_no_question);

  status = g_test_run ();
  trial_end ();

  return status;
}
