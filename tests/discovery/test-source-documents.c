/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial.h"

#include "tl-measure.h"

/* Sources that read a document or a table row: whom they ask, and what they say. */

#define ONE_SERVER(domain, type, socket) "<clientConfig version=\"1.1\"><emailProvider id=\"x\">" \
  "<domain>" domain "</domain><incomingServer type=\"" type "\"><hostname>in." domain \
  "</hostname><port>993</port>" socket "<authentication>password-cleartext</authentication>" \
  "</incomingServer></emailProvider></clientConfig>"

#define PACC(host) "{\"protocols\":{\"imap\":{\"host\":\"imap." host "\"},\"submit\":{\"host\":" \
  "\"smtp." host "\"}},\"authentication\":{\"password\":true}}"
#define PACC_PATH "/.well-known/user-agent-configuration.json"
#define CONFIG_PATH "/mail/config-v1.1.xml"

/* printf '%s' PACC ("pacc.test") | openssl dgst -sha256 -binary | base64 */
#define PACC_DIGEST "oQVIrcBZJRdnH3cg/JGm76or1ZtWjqUR0c9vzg2XTSk="

static const TlTestDnsRow rows[] = {
  /* provider-mx */
  { "known.test", TL_RECORD_MX, .priority = 1, .text = "smtp.google.com" },
  { "second.test", TL_RECORD_MX, .priority = 10, .text = "mx.hoster.test" },
  { "second.test", TL_RECORD_MX, .priority = 20, .text = "aspmx.l.google.com" },
  { "unknown.test", TL_RECORD_MX, .priority = 20, .text = "b.mail.hoster.test" },
  { "unknown.test", TL_RECORD_MX, .priority = 10, .text = "mx1.other.test" },
  { "unknown.test", TL_RECORD_MX, .priority = 10, .text = "mx2.other.test" },
  { "null.test", TL_RECORD_MX, .text = "" },
  { "gate.test", TL_RECORD_MX, .priority = 10, .text = "eu-smtp-inbound-1.mimecast.com" },
  { "bridge.test", TL_RECORD_MX, .priority = 10, .text = "mail.protonmail.ch" },
  { "broken.test", TL_RECORD_MX, TL_TEST_DNS_SERVFAIL },
  { "region.test", TL_RECORD_MX, .priority = 10, .text = "inbound-smtp.eu-west-1.amazonaws.com" },
  { "customer.test", TL_RECORD_MX, .priority = 10, .text = "evil.kasserver.com" },

  /* pacc */
  { "_ua-auto-config.pacc.test", TL_RECORD_TXT,
    .text = "v=UAAC1; a=sha256; d=" PACC_DIGEST },
  { "_ua-auto-config.pacc-wrong.test", TL_RECORD_TXT,
    .text = "v=UAAC1; a=sha256; d=" PACC_DIGEST },
  { "_ua-auto-config.pacc-gone.test", TL_RECORD_TXT,
    .text = "v=UAAC1; a=sha256; d=" PACC_DIGEST },
  { "_ua-auto-config.pacc-slow.test", TL_RECORD_TXT, TL_TEST_DNS_SILENT },
  { "_ua-auto-config.pacc-bogus.test", TL_RECORD_TXT, TL_TEST_DNS_UNCHECKED,
    .text = "v=UAAC1; a=sha256; d=" PACC_DIGEST },
  { "_ua-auto-config.pacc-spf.test", TL_RECORD_TXT, .text = "v=spf1 -all" },

  /* mx-autoconfig and mx-directory */
  { "full.test", TL_RECORD_MX, .priority = 10, .text = "mx1.mail.hoster.test" },
  { "base.test", TL_RECORD_MX, .priority = 10, .text = "mx1.hoster.test" },
  { "two.test", TL_RECORD_MX, .priority = 20, .text = "mx.hoster.test" },
  { "two.test", TL_RECORD_MX, .priority = 10, .text = "mx.silent.test" },
  { "two.test", TL_RECORD_MX, .priority = 30, .text = "mx.third.test" },
  { "own.test", TL_RECORD_MX, .priority = 10, .text = "mx.own.test" },
  { "pair.test", TL_RECORD_MX, .priority = 10, .text = "mx1.hoster.test" },
  { "pair.test", TL_RECORD_MX, .priority = 20, .text = "mx2.hoster.test" },
  { "pair.test", TL_RECORD_MX, .priority = 30, .text = "mx.third.test" },

  /* mailconf */
  { "conf.test", TL_RECORD_TXT, .text = "v=spf1 -all" },
  { "conf.test", TL_RECORD_TXT, .text = "mailconf=https://www.conf.test/m.xml" },
  { "conf-two.test", TL_RECORD_TXT, .text = "mailconf=https://www.conf-two.test/b.xml" },
  { "conf-two.test", TL_RECORD_TXT, .text = "mailconf=https://www.conf-two.test/a-longer.xml" },
  { "conf-two.test", TL_RECORD_TXT,
    .text = "mailconf=https://www.conf-two.test/c-longest-of-all.xml" },
  { "conf-out.test", TL_RECORD_TXT, .text = "mailconf=https://hoster.test/conf-out.xml" },
  { "conf-http.test", TL_RECORD_TXT, .text = "mailconf=http://www.conf-http.test/m.xml" },
  { "conf-port.test", TL_RECORD_TXT, .text = "mailconf=https://www.conf-port.test:8443/m.xml" },
  { "conf-user.test", TL_RECORD_TXT, .text = "mailconf=https://a:b@www.conf-user.test/m.xml" },
  { "conf-none.test", TL_RECORD_TXT, .text = "v=spf1 -all" },
};

static const TlTestPage pages[] = {
  { "https://ua-auto-config.pacc.test" PACC_PATH, .type = "application/json",
    .body = PACC ("pacc.test") },
  { "https://ua-auto-config.pacc-wrong.test" PACC_PATH, .type = "application/json",
    .body = PACC ("pacc-wrong.test") },
  { "https://ua-auto-config.pacc-bare.test" PACC_PATH, .type = "application/json",
    .body = PACC ("pacc-bare.test") },
  { "https://ua-auto-config.pacc-spf.test" PACC_PATH, .type = "application/json",
    .body = PACC ("pacc-spf.test") },
  { "https://ua-auto-config.pacc-gone.test" PACC_PATH, "404 Not Found" },
  { "https://ua-auto-config.pacc-bogus.test" PACC_PATH, .type = "application/json",
    .body = PACC ("pacc-bogus.test") },
  { "https://co.uk/.well-known/autoconfig" CONFIG_PATH, .type = "text/xml",
    .body = TRIAL_AUTOCONFIG ("co.uk", "co.uk") },
  { "https://ua-auto-config.pacc-slow.test" PACC_PATH, "404 Not Found" },
  { "https://ua-auto-config.sales.above.test" PACC_PATH, "302 Found",
    .location = "https://above.test/pacc.json" },
  { "https://above.test/pacc.json", .type = "application/json", .body = PACC ("above.test") },
  { "https://ua-auto-config.pacc-bad.test" PACC_PATH, .type = "application/json", .body = "[1" },

  { "https://directory.test/v1/listed.test", .type = "text/xml",
    .body = TRIAL_AUTOCONFIG ("listed.test", "hoster.test") },
  { "https://directory.test/v1/mistaken.test", .type = "text/xml",
    .body = TRIAL_AUTOCONFIG ("listed.test", "hoster.test") },
  { "https://directory.test/v1/forbidden.test", "403 Forbidden" },
  { "https://directory.test/v1/gone.test", "410 Gone" },
  { "https://directory.test/v1/html.test", .type = "text/html",
    .body = TRIAL_AUTOCONFIG ("html.test", "hoster.test") },
  { "https://directory.test/v1/octets.test", .type = "application/octet-stream",
    .body = TRIAL_AUTOCONFIG ("octets.test", "hoster.test") },
  { "https://directory.test/v1/torn.test", .type = "text/xml", .body = "<clientConfig" },
  { "https://directory.test/v1/empty.test", .type = "text/xml", .body = "" },
  { "https://directory.test/v1/pop3.test", .type = "text/xml",
    .body = ONE_SERVER ("pop3.test", "pop3", "<socketType>SSL</socketType>") },
  { "https://directory.test/v1/plain.test", .type = "text/xml",
    .body = ONE_SERVER ("plain.test", "imap", "<socketType>plain</socketType>") },
  { "https://directory.test/v1/half.test", .type = "text/xml",
    .body = ONE_SERVER ("half.test", "imap", "") },
  { "https://directory.test/v1/mail.hoster.test", .type = "text/xml",
    .body = TRIAL_AUTOCONFIG ("mail.hoster.test", "hoster.test") },

  { "https://autoconfig.mail.hoster.test" CONFIG_PATH, .type = "text/xml",
    .body = TRIAL_AUTOCONFIG ("mail.hoster.test", "mail.hoster.test") },
  { "https://autoconfig.hoster.test" CONFIG_PATH, .type = "text/xml",
    .body = TRIAL_AUTOCONFIG ("hoster.test", "hoster.test") },

  { "https://autoconfig.third.test" CONFIG_PATH, "404 Not Found" },
  { "https://directory.test/v1/third.test", .type = "text/xml",
    .body = TRIAL_AUTOCONFIG ("third.test", "third.test") },

  { "https://www.conf.test/m.xml", .type = "text/xml",
    .body = TRIAL_AUTOCONFIG ("conf.test", "conf.test") },
  { "https://www.conf-two.test/a-longer.xml", .type = "text/xml",
    .body = TRIAL_AUTOCONFIG ("conf-two.test", "conf-two.test") },
  { "https://hoster.test/conf-out.xml", .type = "text/xml",
    .body = TRIAL_AUTOCONFIG ("conf-out.test", "hoster.test") },
};

static const TrialCase cases[] = {
  { "provider-mx/known", &tl_source_provider_mx, "known.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.gmail.com:993", "smtp.gmail.com:465", TL_TRUST_CURATED },
  { "provider-mx/second", &tl_source_provider_mx, "second.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.gmail.com:993", "smtp.gmail.com:465", TL_TRUST_CURATED },
  { "provider-mx/unknown", &tl_source_provider_mx, "unknown.test", TL_SOURCE_STATUS_NOTHING },
  { "provider-mx/null", &tl_source_provider_mx, "null.test", TL_SOURCE_STATUS_NOTHING },
  { "provider-mx/gateway", &tl_source_provider_mx, "gate.test", TL_SOURCE_STATUS_NOTHING },
  { "provider-mx/no-imap", &tl_source_provider_mx, "bridge.test", TL_SOURCE_STATUS_ANSWERED,
    NULL, "smtp.protonmail.ch:587", TL_TRUST_CURATED, .remarks = TL_SOURCE_REMARK_NO_IMAP },
  { "provider-mx/region", &tl_source_provider_mx, "region.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.mail.eu-west-1.awsapps.com:993", "smtp.mail.eu-west-1.awsapps.com:465",
    TL_TRUST_CURATED },
  { "provider-mx/customer", &tl_source_provider_mx, "customer.test", TL_SOURCE_STATUS_ANSWERED,
    "evil.kasserver.com:993", "evil.kasserver.com:465", TL_TRUST_UNSIGNED_DNS },
  { "provider-mx/servfail", &tl_source_provider_mx, "broken.test", TL_SOURCE_STATUS_SERVFAIL },
  { "provider-mx/nxdomain", &tl_source_provider_mx, "nowhere.test", TL_SOURCE_STATUS_NXDOMAIN },

  { "pacc/authenticated", &tl_source_pacc, "pacc.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.pacc.test:993", "smtp.pacc.test:465", TL_TRUST_OWN_DOMAIN,
    TL_SOURCE_REMARK_AUTHENTICATED, NULL,
    { "GET https://ua-auto-config.pacc.test" PACC_PATH } },
  { "pacc/other-digest", &tl_source_pacc, "pacc-wrong.test", TL_SOURCE_STATUS_BAD_DOCUMENT,
    .detail = "*", .asked = { "GET https://ua-auto-config.pacc-wrong.test" PACC_PATH } },
  { "pacc/no-digest", &tl_source_pacc, "pacc-bare.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.pacc-bare.test:993", "smtp.pacc-bare.test:465", TL_TRUST_OWN_DOMAIN,
    .asked = { "GET https://ua-auto-config.pacc-bare.test" PACC_PATH } },
  { "pacc/digest-alone", &tl_source_pacc, "pacc-gone.test", TL_SOURCE_STATUS_NOTHING,
    .asked = { "GET https://ua-auto-config.pacc-gone.test" PACC_PATH } },
  { "pacc/slow-digest-of-nothing", &tl_source_pacc, "pacc-slow.test", TL_SOURCE_STATUS_NOTHING,
    .asked = { "GET https://ua-auto-config.pacc-slow.test" PACC_PATH } },
  { "pacc/damaged", &tl_source_pacc, "pacc-bad.test", TL_SOURCE_STATUS_BAD_DOCUMENT,
    .detail = "*", .asked = { "GET https://ua-auto-config.pacc-bad.test" PACC_PATH } },
  /* D09 */
  { "pacc/bogus", &tl_source_pacc, "pacc-bogus.test", TL_SOURCE_STATUS_BOGUS,
    .asked = { "GET https://ua-auto-config.pacc-bogus.test" PACC_PATH } },
  /* C02 */
  { "pacc/moved-above", &tl_source_pacc, "sales.above.test", TL_SOURCE_STATUS_REFUSED,
    .asked = { "GET https://ua-auto-config.sales.above.test" PACC_PATH } },
  { "pacc/nobody", &tl_source_pacc, "nowhere.test", TL_SOURCE_STATUS_REFUSED },
  { "pacc/public-suffix", &tl_source_pacc, "co.uk", TL_SOURCE_STATUS_NOT_ASKED },

  /* What is below the suffix is others'; the suffix itself is the address's domain. */
  { "well-known/public-suffix", &tl_source_well_known, "co.uk", TL_SOURCE_STATUS_ANSWERED,
    "imap.co.uk:993", "smtp.co.uk:465", TL_TRUST_OWN_DOMAIN,
    .asked = { "GET https://co.uk/.well-known/autoconfig" CONFIG_PATH } },

  { "directory/listed", &tl_source_directory, "listed.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.hoster.test:993", "smtp.hoster.test:465", TL_TRUST_DIRECTORY,
    .asked = { "GET https://directory.test/v1/listed.test" } },
  { "directory/unlisted", &tl_source_directory, "nowhere.test", TL_SOURCE_STATUS_NOTHING,
    .asked = { "GET https://directory.test/v1/nowhere.test" } },
  { "directory/other-domain", &tl_source_directory, "mistaken.test",
    TL_SOURCE_STATUS_BAD_DOCUMENT, .detail = "*",
    .asked = { "GET https://directory.test/v1/mistaken.test" } },

  /* C10, and what a document is worth: the same for every source that reads one. */
  { "directory/forbidden", &tl_source_directory, "forbidden.test", TL_SOURCE_STATUS_REFUSED,
    .asked = { "GET https://directory.test/v1/forbidden.test" } },
  { "directory/gone", &tl_source_directory, "gone.test", TL_SOURCE_STATUS_NOTHING,
    .asked = { "GET https://directory.test/v1/gone.test" } },
  { "directory/html", &tl_source_directory, "html.test", TL_SOURCE_STATUS_BAD_DOCUMENT,
    .asked = { "GET https://directory.test/v1/html.test" } },
  { "directory/octets", &tl_source_directory, "octets.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.hoster.test:993", "smtp.hoster.test:465", TL_TRUST_DIRECTORY,
    .asked = { "GET https://directory.test/v1/octets.test" } },
  { "directory/damaged", &tl_source_directory, "torn.test", TL_SOURCE_STATUS_BAD_DOCUMENT,
    .detail = "*", .asked = { "GET https://directory.test/v1/torn.test" } },
  { "directory/empty", &tl_source_directory, "empty.test", TL_SOURCE_STATUS_BAD_DOCUMENT,
    .detail = "*", .asked = { "GET https://directory.test/v1/empty.test" } },
  { "directory/pop3-only", &tl_source_directory, "pop3.test", TL_SOURCE_STATUS_NOTHING,
    .asked = { "GET https://directory.test/v1/pop3.test" } },
  { "directory/plain-only", &tl_source_directory, "plain.test", TL_SOURCE_STATUS_BAD_DOCUMENT,
    .detail = "*", .asked = { "GET https://directory.test/v1/plain.test" } },
  { "directory/incomplete-only", &tl_source_directory, "half.test", TL_SOURCE_STATUS_BAD_DOCUMENT,
    .detail = "*", .asked = { "GET https://directory.test/v1/half.test" } },

  { "mx-autoconfig/full", &tl_source_mx_autoconfig, "full.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.mail.hoster.test:993", "smtp.mail.hoster.test:465", TL_TRUST_UNSIGNED_DNS,
    .asked = { "GET https://autoconfig.hoster.test" CONFIG_PATH,
               "GET https://autoconfig.mail.hoster.test" CONFIG_PATH } },
  { "mx-autoconfig/base", &tl_source_mx_autoconfig, "base.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.hoster.test:993", "smtp.hoster.test:465", TL_TRUST_UNSIGNED_DNS,
    .asked = { "GET https://autoconfig.hoster.test" CONFIG_PATH } },
  { "mx-autoconfig/second-base", &tl_source_mx_autoconfig, "two.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.hoster.test:993", "smtp.hoster.test:465", TL_TRUST_UNSIGNED_DNS,
    .asked = { "GET https://autoconfig.hoster.test" CONFIG_PATH } },
  { "mx-autoconfig/own", &tl_source_mx_autoconfig, "own.test", TL_SOURCE_STATUS_NOT_ASKED },
  { "mx-autoconfig/known", &tl_source_mx_autoconfig, "second.test", TL_SOURCE_STATUS_NOT_ASKED },
  { "mx-autoconfig/gateway", &tl_source_mx_autoconfig, "gate.test", TL_SOURCE_STATUS_NOT_ASKED },
  { "mx-autoconfig/servfail", &tl_source_mx_autoconfig, "broken.test", TL_SOURCE_STATUS_SERVFAIL },

  { "mx-directory/full", &tl_source_mx_directory, "full.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.hoster.test:993", "smtp.hoster.test:465", TL_TRUST_UNSIGNED_DNS,
    .asked = { "GET https://directory.test/v1/hoster.test",
               "GET https://directory.test/v1/mail.hoster.test" } },
  { "mx-directory/unlisted", &tl_source_mx_directory, "base.test", TL_SOURCE_STATUS_NOTHING,
    .asked = { "GET https://directory.test/v1/hoster.test" } },
  { "mx-directory/one-base-twice", &tl_source_mx_directory, "pair.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.third.test:993", "smtp.third.test:465", TL_TRUST_UNSIGNED_DNS,
    .asked = { "GET https://directory.test/v1/hoster.test",
               "GET https://directory.test/v1/third.test" } },
  { "mx-directory/gateway", &tl_source_mx_directory, "gate.test", TL_SOURCE_STATUS_NOT_ASKED },

  { "mailconf/within", &tl_source_mailconf, "conf.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.conf.test:993", "smtp.conf.test:465", TL_TRUST_OWN_DOMAIN,
    .asked = { "GET https://www.conf.test/m.xml" } },
  { "mailconf/two", &tl_source_mailconf, "conf-two.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.conf-two.test:993", "smtp.conf-two.test:465", TL_TRUST_OWN_DOMAIN,
    .asked = { "GET https://www.conf-two.test/a-longer.xml" } },
  { "mailconf/outside", &tl_source_mailconf, "conf-out.test", TL_SOURCE_STATUS_ANSWERED,
    "imap.hoster.test:993", "smtp.hoster.test:465", TL_TRUST_UNSIGNED_DNS,
    .asked = { "GET https://hoster.test/conf-out.xml" } },
  { "mailconf/http", &tl_source_mailconf, "conf-http.test", TL_SOURCE_STATUS_BAD_DOCUMENT,
    .detail = "*" },
  { "mailconf/port", &tl_source_mailconf, "conf-port.test", TL_SOURCE_STATUS_BAD_DOCUMENT,
    .detail = "*" },
  { "mailconf/user", &tl_source_mailconf, "conf-user.test", TL_SOURCE_STATUS_BAD_DOCUMENT,
    .detail = "*" },
  { "mailconf/none", &tl_source_mailconf, "conf-none.test", TL_SOURCE_STATUS_NOTHING },
  { "mailconf/nxdomain", &tl_source_mailconf, "nowhere.test", TL_SOURCE_STATUS_NXDOMAIN },
};

/* Where the table has no more than a pattern, DNS alone says which host it is. */
static void
test_customer (void)
{
  g_auto(Trial) trial = { 0 };
  g_auto(TlMeasure) measure = { 0 };
  g_autoptr(GPtrArray) replies = g_ptr_array_new ();

  trial_run (&trial, &tl_source_provider_mx, "customer.test", 0);
  g_ptr_array_add (replies, trial.reply);
  tl_measure_init (&measure, trial.address, replies);
  g_assert_cmpuint (tl_source_reply_get_n (trial.reply), ==, 2);
  for (guint i = 0; i < tl_source_reply_get_n (trial.reply); i++)
    g_assert_true (tl_measure_needs_confirming (&measure, tl_weight_of_reply (trial.reply),
                                                tl_source_reply_get_claim (trial.reply, i)));
}

static const struct
{
  const char *name;
  const char *domain;
  const char *sites;
} sites_cases[] = {
  { "known", "known.test", "google.com" },
  { "unknown", "unknown.test", "other.test hoster.test" },
  { "null", "null.test", "" },
};

static void
test_sites (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_auto(Trial) trial = { 0 };
  g_autofree char *sites = NULL;

  trial_run (&trial, &tl_source_provider_mx, sites_cases[i].domain, 0);
  sites = g_strjoinv (" ", (char **) tl_source_reply_get_sites (trial.reply));
  g_assert_cmpstr (sites, ==, sites_cases[i].sites);
}

static const struct
{
  const char *name;
  const char *domain;
  gboolean    is_told;
} unproven_cases[] = {
  { "fits",           "pacc.test",       FALSE },
  { "fits-not",       "pacc-wrong.test", FALSE },
  { "no-record",      "pacc-bare.test",  TRUE },
  { "another-record", "pacc-spf.test",   TRUE },
};

/* Where every name exists, so does another's record, and the document takes
 * long to fail: nobody is to wait for a proof that cannot come. */
static void
test_unproven (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_auto(Trial) trial = { 0 };

  trial_run (&trial, &tl_source_pacc, unproven_cases[i].domain, 1);
  g_assert_cmpuint (trial.n_unproven, ==, unproven_cases[i].is_told ? 1 : 0);
}

static const struct
{
  const char *name;
  const char *directory;
} directories[] = {
  { "none", "" },
  { "http", "http://directory.test/v1/" },
  { "nonsense", "directory.test" },
};

static void
test_no_directory (gconstpointer data)
{
  const TlDiscoverySource *sources[] = { &tl_source_directory, &tl_source_mx_directory };
  gsize i = GPOINTER_TO_SIZE (data);

  for (gsize j = 0; j < G_N_ELEMENTS (sources); j++)
    {
      g_auto(Trial) trial = { .options.directory = directories[i].directory };
      g_auto(GStrv) asked = NULL;

      trial_run (&trial, sources[j], "listed.test", 0);
      asked = tl_test_pages_dup_asked (trial_get_web ());
      g_assert_cmpint (tl_source_reply_get_status (trial.reply), ==, TL_SOURCE_STATUS_NOT_ASKED);
      g_assert_cmpuint (g_strv_length (asked), ==, 0);
    }
}

static void
test_slash (void)
{
  g_auto(Trial) trial = { .options.directory = "https://directory.test/v1" };

  trial_run (&trial, &tl_source_directory, "listed.test", 1);
  g_assert_cmpint (tl_source_reply_get_status (trial.reply), ==, TL_SOURCE_STATUS_ANSWERED);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  trial_begin (rows, G_N_ELEMENTS (rows), pages, G_N_ELEMENTS (pages), NULL);
  trial_add_cases (cases, G_N_ELEMENTS (cases));
  for (gsize i = 0; i < G_N_ELEMENTS (sites_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/source/sites/", sites_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_sites);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (unproven_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/source/pacc/unproven/", unproven_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_unproven);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (directories); i++)
    {
      g_autofree char *path = g_strconcat ("/source/no-directory/", directories[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_no_directory);
    }
  g_test_add_func ("/source/directory/slash", test_slash);
  g_test_add_func ("/source/provider-mx/customer/confirmed", test_customer);

  status = g_test_run ();
  trial_end ();

  return status;
}
