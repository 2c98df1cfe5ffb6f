/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial.h"

#include <glib/gstdio.h>

#include "tl-records-private.h"

/* What DNSSEC changes about records, and how long it is waited for. */

static const TlTestPage pages[] = {
  { "https://hoster.test/sure.xml", .type = "text/xml",
    .body = TRIAL_AUTOCONFIG ("sure.test", "hoster.test") },
  { "https://hoster.test/shifty.xml", .type = "text/xml",
    .body = TRIAL_AUTOCONFIG ("shifty.test", "evil.test") },
};

/* A name service that signs what it says. */
static const TlTestDnsRow signed_rows[] = {
  { "sure.test", TL_RECORD_TXT, .text = "mailconf=https://hoster.test/sure.xml" },
  { "shifty.test", TL_RECORD_TXT, TL_TEST_DNS_FIRST,
    .text = "mailconf=https://hoster.test/shifty.xml" },
  { "shifty.test", TL_RECORD_TXT, TL_TEST_DNS_LATER,
    .text = "mailconf=https://hoster.test/sure.xml" },
  { "false.test", TL_RECORD_TXT, TL_TEST_DNS_FORGED,
    .text = "mailconf=https://hoster.test/sure.xml" },
  { "_imaps._tcp.sure.test", TL_RECORD_SRV, .port = 993, .text = "imap.sure.test" },
  { "_imap._tcp.sure.test", TL_RECORD_SRV, .port = 0, .text = "imap.sure.test" },
  { "_submissions._tcp.sure.test", TL_RECORD_SRV, .port = 465, .text = "smtp.sure.test" },
  { "_submission._tcp.sure.test", TL_RECORD_SRV, .text = "" },
  { "_imaps._tcp.false.test", TL_RECORD_SRV, TL_TEST_DNS_FORGED, .port = 993,
    .text = "imap.false.test" },
  { "_imap._tcp.false.test", TL_RECORD_SRV, TL_TEST_DNS_FORGED, .port = 143,
    .text = "imap.false.test" },
  { "_submissions._tcp.false.test", TL_RECORD_SRV, TL_TEST_DNS_FORGED, .port = 465,
    .text = "smtp.false.test" },
  { "_submission._tcp.false.test", TL_RECORD_SRV, TL_TEST_DNS_FORGED, .port = 587,
    .text = "smtp.false.test" },
};

/* The same, but the key that proves it never comes. */
static const TlTestDnsRow keyless_rows[] = {
  { "", 48, TL_TEST_DNS_SILENT },
  { "sure.test", TL_RECORD_TXT, .text = "mailconf=https://hoster.test/sure.xml" },
  { "_imaps._tcp.sure.test", TL_RECORD_SRV, .port = 993, .text = "imap.sure.test" },
  { "_submissions._tcp.sure.test", TL_RECORD_SRV, .port = 465, .text = "smtp.sure.test" },
};

static const struct
{
  const char              *name;
  const TlDiscoverySource *source;
  const char              *domain;
  gboolean                 is_keyless;
  TlSourceStatus           status;
  const char              *incoming;
  const char              *outgoing;
  TlTrust                  trust;
} proofs[] = {
  { "srv-secure", &tl_source_srv, "sure.test", FALSE, TL_SOURCE_STATUS_ANSWERED,
    "imap.sure.test:993", "smtp.sure.test:465", TL_TRUST_OWN_DOMAIN },
  { "srv-bogus", &tl_source_srv, "false.test", FALSE, TL_SOURCE_STATUS_BOGUS },
  { "srv-late", &tl_source_srv, "sure.test", TRUE, TL_SOURCE_STATUS_ANSWERED,
    "imap.sure.test:993", "smtp.sure.test:465", TL_TRUST_UNSIGNED_DNS },
  { "mailconf-secure", &tl_source_mailconf, "sure.test", FALSE, TL_SOURCE_STATUS_ANSWERED,
    "imap.hoster.test:993", "smtp.hoster.test:465", TL_TRUST_OWN_DOMAIN },
  { "mailconf-other-proven", &tl_source_mailconf, "shifty.test", FALSE, TL_SOURCE_STATUS_ANSWERED,
    "imap.evil.test:993", "smtp.evil.test:465", TL_TRUST_UNSIGNED_DNS },
  { "mailconf-bogus", &tl_source_mailconf, "false.test", FALSE, TL_SOURCE_STATUS_BOGUS },
  { "mailconf-late", &tl_source_mailconf, "sure.test", TRUE, TL_SOURCE_STATUS_ANSWERED,
    "imap.hoster.test:993", "smtp.hoster.test:465", TL_TRUST_UNSIGNED_DNS },
};

/* What the proof may take beyond the plain answer, with room for a slow machine. */
#define PROOF_LIMIT_US (900 * 1000)

static void
test_proof (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlTestDns) peer = proofs[i].is_keyless
    ? tl_test_dns_new (keyless_rows, G_N_ELEMENTS (keyless_rows), TL_TEST_DNS_SIGNED)
    : tl_test_dns_new (signed_rows, G_N_ELEMENTS (signed_rows), TL_TEST_DNS_SIGNED);
  g_autofree char *anchor = tl_test_dns_dup_anchor (peer);
  g_autofree char *folder = g_dir_make_tmp ("twolane-source-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "root.key", NULL);
  g_auto(Trial) trial = { 0 };
  gint64 began_us;

  g_assert_true (g_file_set_contents (file, anchor, -1, NULL));
  trial.records = tl_records_new_for (tl_test_dns_get_forwarder (peer), file);
  g_unlink (file);
  g_rmdir (folder);

  began_us = g_get_monotonic_time ();
  trial_run (&trial, proofs[i].source, proofs[i].domain, 0);
  g_test_message ("took %" G_GINT64_FORMAT " us", g_get_monotonic_time () - began_us);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, PROOF_LIMIT_US);

  g_assert_cmpstr (tl_source_status_get_nick (tl_source_reply_get_status (trial.reply)), ==,
                   tl_source_status_get_nick (proofs[i].status));
  trial_assert_claim (trial.reply, TL_LANE_INCOMING, proofs[i].incoming, proofs[i].trust);
  trial_assert_claim (trial.reply, TL_LANE_OUTGOING, proofs[i].outgoing, proofs[i].trust);
  g_clear_object (&trial.records);
}

/* D12: a record that cannot be used is told, and why. */
static void
test_srv_rejections (void)
{
  g_autoptr(TlTestDns) peer = tl_test_dns_new (signed_rows, G_N_ELEMENTS (signed_rows),
                                               TL_TEST_DNS_UNSIGNED);
  g_auto(Trial) trial = { 0 };
  GPtrArray *rejections;

  trial.records = tl_records_new_for (tl_test_dns_get_forwarder (peer), NULL);
  trial_run (&trial, &tl_source_srv, "sure.test", 0);
  rejections = tl_source_reply_get_rejections (trial.reply);
  g_assert_cmpuint (rejections->len, >=, 1);
  g_assert_cmpint (tl_rejection_get_reason (rejections->pdata[0]), ==, TL_REJECTION_BAD_PORT);
  g_assert_cmpstr (tl_rejection_get_source (rejections->pdata[0]), ==, TL_SOURCE_SRV);
  g_clear_object (&trial.records);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  trial_begin (signed_rows, G_N_ELEMENTS (signed_rows), pages, G_N_ELEMENTS (pages), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (proofs); i++)
    {
      g_autofree char *path = g_strconcat ("/source/proof/", proofs[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_proof);
    }
  g_test_add_func ("/source/srv/rejections", test_srv_rejections);

  status = g_test_run ();
  trial_end ();

  return status;
}
