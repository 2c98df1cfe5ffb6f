/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial.h"

#include <string.h>

/* Microsoft Autodiscover: one request, to whom, and what is made of the answer. */

#define POX(account) "<?xml version=\"1.0\"?><Autodiscover xmlns=\"http://schemas.microsoft.com/" \
  "exchange/autodiscover/responseschema/2006\"><Response xmlns=\"http://schemas.microsoft.com/" \
  "exchange/autodiscover/outlook/responseschema/2006a\"><Account><AccountType>email</AccountType>" \
  account "</Account></Response></Autodiscover>"
#define POX_IMAP(host) \
  "<Protocol><Type>IMAP</Type><Server>imap." host "</Server><Port>993</Port>" \
  "<LoginName>postmaster@" host "</LoginName><SSL>on</SSL></Protocol>"
#define POX_SMTP(host) \
  "<Protocol><Type>SMTP</Type><Server>smtp." host "</Server><Port>587</Port>" \
  "<SSL>on</SSL></Protocol>"
#define POX_SERVERS(host) POX ("<Action>settings</Action>" POX_IMAP (host) POX_SMTP (host))
#define EXCHANGE "<Protocol><Type>EXCH</Type><Server>mail.example.test</Server></Protocol>"

#define POX_PATH "/autodiscover/autodiscover.xml"
#define V2_PATH "/autodiscover/autodiscover.json?Email=postmaster@"

static const TlTestDnsRow rows[] = {
  { "_autodiscover._tcp.pox-srv.test", TL_RECORD_SRV, .priority = 20, .port = 443,
    .text = "second.pox-srv.test" },
  { "_autodiscover._tcp.pox-srv.test", TL_RECORD_SRV, .priority = 10, .port = 443,
    .text = "first.pox-srv.test" },
  { "_autodiscover._tcp.pox-port.test", TL_RECORD_SRV, .port = 8443, .text = "www.pox-port.test" },
  { "_autodiscover._tcp.pox-out.test", TL_RECORD_SRV, .port = 443, .text = "www.hoster.test" },
  { "_autodiscover._tcp.sales.above.test", TL_RECORD_SRV, .port = 443, .text = "above.test" },
  { "autodiscover.pox-alias.test", TL_RECORD_CNAME, .text = "autodiscover.outlook.com" },
  { "autodiscover.pox-alias-else.test", TL_RECORD_CNAME, .text = "autodiscover.hoster.test" },
};

static const TlTestPage pages[] = {
  { "https://www.hoster.test" POX_PATH, .type = "text/xml", .body = POX_SERVERS ("pox-out.test") },
  { "https://autodiscover.pox.test" POX_PATH, .type = "text/xml",
    .body = POX_SERVERS ("pox.test") },
  { "https://pox-bare.test" POX_PATH, .type = "text/xml", .body = POX_SERVERS ("pox-bare.test") },
  { "https://www.pox-port.test" POX_PATH, .type = "text/xml",
    .body = POX_SERVERS ("pox-port.test") },
  { "https://first.pox-srv.test" POX_PATH, .type = "text/xml",
    .body = POX_SERVERS ("pox-srv.test") },
  { "https://second.pox-srv.test" POX_PATH, .type = "text/xml",
    .body = POX_SERVERS ("pox-srv.test") },
  { "https://autodiscover.exchange.test" POX_PATH, "401 Unauthorized" },
  { "https://autodiscover.exch.test" POX_PATH, .type = "text/xml",
    .body = POX ("<Protocol><Type>EXCH</Type><Server>mail.exch.test</Server></Protocol>") },
  { "https://autodiscover.exch-imap.test" POX_PATH, .type = "text/xml",
    .body = POX (EXCHANGE POX_IMAP ("exch-imap.test")) },
  { "https://autodiscover.exch-smtp.test" POX_PATH, .type = "text/xml",
    .body = POX (EXCHANGE POX_SMTP ("exch-smtp.test")) },
  { "https://autodiscover.moved-port.test" POX_PATH, "302 Found",
    .location = "https://mail.moved-port.test:8443" POX_PATH },
  { "https://mail.moved-port.test" POX_PATH, .type = "text/xml",
    .body = POX_SERVERS ("moved-port.test") },
  { "https://autodiscover.mute.test" POX_PATH, "" },
  { "https://mute.test" POX_PATH, .type = "text/xml", .body = POX_SERVERS ("mute.test") },
  { "https://unproven.test" POX_PATH, .type = "text/xml", .body = POX_SERVERS ("unproven.test") },
  { "https://autodiscover.moved.test" POX_PATH, "302 Found",
    .location = "https://mail.moved.test" POX_PATH },
  { "https://mail.moved.test" POX_PATH, .type = "text/xml", .body = POX_SERVERS ("moved.test") },
  { "https://autodiscover.away.test" POX_PATH, "302 Found",
    .location = "https://www.hoster.test" POX_PATH },
  { "https://autodiscover.away.test" V2_PATH "away.test&Protocol=AutodiscoverV1",
    .type = "application/json",
    .body = "{\"Protocol\":\"AutodiscoverV1\",\"Url\":\"https://outlook.office365.com" POX_PATH "\"}" },
  { "https://autodiscover.away-addr.test" POX_PATH, .type = "text/xml",
    .body = POX ("<Action>redirectAddr</Action><RedirectAddr>x@hoster.test</RedirectAddr>") },
  { "https://autodiscover.twice.test" POX_PATH, "302 Found",
    .location = "https://a.twice.test" POX_PATH },
  { "https://a.twice.test" POX_PATH, "302 Found", .location = "https://b.twice.test" POX_PATH },
  { "https://b.twice.test" POX_PATH, .type = "text/xml", .body = POX_SERVERS ("twice.test") },
  { "https://autodiscover.to-site.test" POX_PATH, "302 Found",
    .location = "https://TO-site.test" POX_PATH },
  { "https://to-site.test" POX_PATH, "401 Unauthorized" },
  { "https://autodiscover.sales.up.test" POX_PATH, "302 Found",
    .location = "https://up.test" POX_PATH },
  { "https://up.test" POX_PATH, .type = "text/xml", .body = POX_SERVERS ("up.test") },
  { "https://above.test" POX_PATH, .type = "text/xml", .body = POX_SERVERS ("above.test") },
  { "https://site.test/", .type = "text/html" },
  { "https://members.test" POX_PATH, "401 Unauthorized" },
  { "https://autodiscover.page.test" POX_PATH, .type = "text/html", .body = "<html></html>" },
  { "https://autodiscover.typed.test" POX_PATH, .type = "text/html",
    .body = POX_SERVERS ("typed.test") },
  { "https://autodiscover.torn.test" POX_PATH, .type = "text/xml", .body = "<Autodiscover" },
  { "https://autodiscover.test" POX_PATH, .type = "text/xml", .body = POX_SERVERS ("test") },
};

static const TrialCase cases[] = {
  { "autodiscover/below", &tl_source_autodiscover, "pox.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.pox.test:993", "smtp.pox.test:587", TL_TRUST_OWN_DOMAIN,
    .asked = { "POST https://autodiscover.pox.test" POX_PATH } },
  { "autodiscover/domain", &tl_source_autodiscover, "pox-bare.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.pox-bare.test:993", "smtp.pox-bare.test:587", TL_TRUST_OWN_DOMAIN,
    .asked = { "POST https://pox-bare.test" POX_PATH } },
  { "autodiscover/record", &tl_source_autodiscover, "pox-srv.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.pox-srv.test:993", "smtp.pox-srv.test:587", TL_TRUST_OWN_DOMAIN,
    .asked = { "POST https://first.pox-srv.test" POX_PATH } },
  { "autodiscover/record-port", &tl_source_autodiscover, "pox-port.test",
    TL_SOURCE_STATUS_REFUSED },
  { "autodiscover/record-outside", &tl_source_autodiscover, "pox-out.test",
    TL_SOURCE_STATUS_REFUSED },
  { "autodiscover/alias", &tl_source_autodiscover, "pox-alias.test", TL_SOURCE_STATUS_EVIDENCE,
    .remarks = TL_SOURCE_REMARK_EXCHANGE },
  { "autodiscover/alias-of-another", &tl_source_autodiscover, "pox-alias-else.test",
    TL_SOURCE_STATUS_REFUSED },
  /* Whoever cannot prove the name was sent nothing, so that the next place is asked. */
  { "autodiscover/unproven", &tl_source_autodiscover, "unproven.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.unproven.test:993", "smtp.unproven.test:587", TL_TRUST_OWN_DOMAIN,
    .asked = { "POST https://unproven.test" POX_PATH } },
  { "autodiscover/unproven-alone", &tl_source_autodiscover, "unproven-alone.test",
    TL_SOURCE_STATUS_BAD_CERTIFICATE },
  /* Who took the request may have acted on it. */
  { "autodiscover/mute", &tl_source_autodiscover, "mute.test", TL_SOURCE_STATUS_BAD_DOCUMENT,
    .asked = { "POST https://autodiscover.mute.test" POX_PATH } },
  { "autodiscover/password", &tl_source_autodiscover, "exchange.test", TL_SOURCE_STATUS_EVIDENCE,
    .remarks = TL_SOURCE_REMARK_EXCHANGE, .detail = "exchange-wants-a-password",
    .asked = { "POST https://autodiscover.exchange.test" POX_PATH } },
  { "autodiscover/exchange-only", &tl_source_autodiscover, "exch.test", TL_SOURCE_STATUS_EVIDENCE,
    .remarks = TL_SOURCE_REMARK_EXCHANGE,
    .asked = { "POST https://autodiscover.exch.test" POX_PATH } },
  { "autodiscover/exchange-and-imap", &tl_source_autodiscover, "exch-imap.test",
    TL_SOURCE_STATUS_ANSWERED, "imap.exch-imap.test:993", NULL, TL_TRUST_OWN_DOMAIN,
    TL_SOURCE_REMARK_EXCHANGE,
    .asked = { "POST https://autodiscover.exch-imap.test" POX_PATH } },
  { "autodiscover/exchange-and-smtp", &tl_source_autodiscover, "exch-smtp.test",
    TL_SOURCE_STATUS_ANSWERED, NULL, "smtp.exch-smtp.test:587", TL_TRUST_OWN_DOMAIN,
    TL_SOURCE_REMARK_EXCHANGE,
    .asked = { "POST https://autodiscover.exch-smtp.test" POX_PATH } },
  { "autodiscover/moved-to-port", &tl_source_autodiscover, "moved-port.test",
    TL_SOURCE_STATUS_EVIDENCE, .detail = "redirects",
    .asked = { "GET https://autodiscover.moved-port.test" V2_PATH
                 "moved-port.test&Protocol=AutodiscoverV1",
               "POST https://autodiscover.moved-port.test" POX_PATH } },
  { "autodiscover/moved-within", &tl_source_autodiscover, "moved.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.moved.test:993", "smtp.moved.test:587", TL_TRUST_OWN_DOMAIN,
    .asked = { "POST https://autodiscover.moved.test" POX_PATH,
               "POST https://mail.moved.test" POX_PATH } },
  { "autodiscover/moved-twice", &tl_source_autodiscover, "twice.test", TL_SOURCE_STATUS_EVIDENCE,
    .detail = "redirects",
    .asked = { "GET https://a.twice.test" V2_PATH "twice.test&Protocol=AutodiscoverV1",
               "POST https://a.twice.test" POX_PATH,
               "POST https://autodiscover.twice.test" POX_PATH } },
  /* What a place is counts, and not how it was come to. */
  { "autodiscover/moved-to-site", &tl_source_autodiscover, "to-site.test", TL_SOURCE_STATUS_REFUSED,
    .asked = { "GET https://to-site.test" V2_PATH "to-site.test&Protocol=AutodiscoverV1",
               "POST https://autodiscover.to-site.test" POX_PATH,
               "POST https://to-site.test" POX_PATH } },
  { "autodiscover/moved-away", &tl_source_autodiscover, "away.test", TL_SOURCE_STATUS_EVIDENCE,
    .remarks = TL_SOURCE_REMARK_EXCHANGE, .detail = "redirects",
    .asked = { "GET https://autodiscover.away.test" V2_PATH "away.test&Protocol=AutodiscoverV1",
               "POST https://autodiscover.away.test" POX_PATH } },
  { "autodiscover/other-address", &tl_source_autodiscover, "away-addr.test",
    TL_SOURCE_STATUS_EVIDENCE, .detail = "redirects",
    .asked = { "GET https://autodiscover.away-addr.test" V2_PATH
                 "away-addr.test&Protocol=AutodiscoverV1",
               "POST https://autodiscover.away-addr.test" POX_PATH } },
  { "autodiscover/site", &tl_source_autodiscover, "site.test", TL_SOURCE_STATUS_NOTHING,
    .asked = { "POST https://site.test" POX_PATH } },
  { "autodiscover/site-for-members", &tl_source_autodiscover, "members.test",
    TL_SOURCE_STATUS_REFUSED,
    .asked = { "GET https://members.test" V2_PATH "members.test&Protocol=AutodiscoverV1",
               "POST https://members.test" POX_PATH } },
  { "autodiscover/page", &tl_source_autodiscover, "page.test", TL_SOURCE_STATUS_BAD_DOCUMENT,
    .asked = { "POST https://autodiscover.page.test" POX_PATH } },
  { "autodiscover/typed-as-page", &tl_source_autodiscover, "typed.test",
    TL_SOURCE_STATUS_BAD_DOCUMENT,
    .asked = { "POST https://autodiscover.typed.test" POX_PATH } },
  { "autodiscover/damaged", &tl_source_autodiscover, "torn.test", TL_SOURCE_STATUS_BAD_DOCUMENT,
    .detail = "*", .asked = { "POST https://autodiscover.torn.test" POX_PATH } },
  { "autodiscover/nobody", &tl_source_autodiscover, "nowhere.test", TL_SOURCE_STATUS_REFUSED },
  /* C02: what is above the domain answers, and is not asked. */
  { "autodiscover/public-suffix", &tl_source_autodiscover, "co.uk", TL_SOURCE_STATUS_NOT_ASKED },
  { "autodiscover/nothing-above", &tl_source_autodiscover, "nobody.test",
    TL_SOURCE_STATUS_REFUSED },
  { "autodiscover/record-above", &tl_source_autodiscover, "sales.above.test",
    TL_SOURCE_STATUS_REFUSED },
  { "autodiscover/moved-above", &tl_source_autodiscover, "sales.up.test",
    TL_SOURCE_STATUS_EVIDENCE, .detail = "redirects",
    .asked = { "GET https://autodiscover.sales.up.test" V2_PATH
                 "sales.up.test&Protocol=AutodiscoverV1",
               "POST https://autodiscover.sales.up.test" POX_PATH } },
};

/* The request is exactly what strict servers take; the address goes out only
 * after a yes (C14). */
static void
test_told (gconstpointer data)
{
  gboolean send_address = GPOINTER_TO_INT (data);
  g_auto(Trial) trial = { .options.send_address = send_address };
  g_autofree char *transcript = NULL;

  trial_run (&trial, &tl_source_autodiscover, "pox.test", 1);
  transcript = tl_test_pages_dup_transcript (trial_get_web ());
  g_assert_nonnull (strstr (transcript, "\r\nContent-Type: text/xml; charset=utf-8\r\n"));
  g_assert_nonnull (strstr (transcript, send_address ? ">" TRIAL_WHO "@pox.test<"
                                                     : ">postmaster@pox.test<"));
  g_assert_cmpint (strstr (transcript, TRIAL_WHO) != NULL, ==, send_address);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  trial_begin (rows, G_N_ELEMENTS (rows), pages, G_N_ELEMENTS (pages),
               "autodiscover.unproven.test,autodiscover.unproven-alone.test");
  trial_add_cases (cases, G_N_ELEMENTS (cases));
  g_test_add_data_func ("/source/autodiscover/told/placeholder", GINT_TO_POINTER (FALSE),
                        test_told);
  g_test_add_data_func ("/source/autodiscover/told/address", GINT_TO_POINTER (TRUE), test_told);

  status = g_test_run ();
  trial_end ();

  return status;
}
