/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "tl-record-set.h"
#include "tl-records-private.h"
#include "tl-test-dns.h"

#define CNAME 5
#define DNSKEY 48
#define LONG_MS 15000

#define LETTERS_30 "abcdefghijklmnopqrstuvwxyz0123"
#define LETTERS_300 LETTERS_30 LETTERS_30 LETTERS_30 LETTERS_30 LETTERS_30 LETTERS_30 LETTERS_30 \
  LETTERS_30 LETTERS_30 LETTERS_30
#define LABEL_63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* A name and what it is an alias of, nine times over: from b1 it is eight aliases to a target. */
#define CHAIN_ROWS                                                              \
  { "b0.test", CNAME, .text = "b1.test" }, { "b1.test", CNAME, .text = "b2.test" }, \
  { "b2.test", CNAME, .text = "b3.test" }, { "b3.test", CNAME, .text = "b4.test" }, \
  { "b4.test", CNAME, .text = "b5.test" }, { "b5.test", CNAME, .text = "b6.test" }, \
  { "b6.test", CNAME, .text = "b7.test" }, { "b7.test", CNAME, .text = "b8.test" }, \
  { "b8.test", CNAME, .text = "a.test" }

static const TlTestDnsRow rows[] = {
  { "_imaps._tcp.a.test", TL_RECORD_SRV, .priority = 20, .port = 993, .text = "backup.a.test" },
  { "_imaps._tcp.a.test", TL_RECORD_SRV, .priority = 10, .weight = 1, .port = 993,
    .text = "light.a.test" },
  { "_imaps._tcp.a.test", TL_RECORD_SRV, .priority = 10, .weight = 9, .port = 993,
    .text = "heavy.a.test" },
  { "_pop3s._tcp.a.test", TL_RECORD_SRV, .text = "" },
  { "_imap._tcp.a.test", TL_RECORD_SRV, TL_TEST_DNS_NOTHING },
  { "_odd._tcp.a.test", TL_RECORD_SRV, .priority = 1, .port = 1, .text = "_under.a.test" },
  { "_odd._tcp.a.test", TL_RECORD_SRV, .priority = 2, .port = 2, .text = "good.a.test" },
  { "_bad._tcp.a.test", TL_RECORD_SRV, .priority = 1, .port = 1, .text = "_under.a.test" },
  { "a.test", TL_RECORD_MX, .priority = 5, .text = "mx.a.test" },
  { "a.test", TL_RECORD_TXT, .text = "v=spf1 -all" },
  { "alias.test", CNAME, .text = "a.test" },
  { "loop.test", CNAME, .text = "pool.test" },
  { "pool.test", CNAME, .text = "loop.test" },
  CHAIN_ROWS,
  { "veiled.test", TL_RECORD_MX, TL_TEST_DNS_SERVFAIL },
  { "veiled.test", CNAME, .text = "loop.test" },
  { "long.test", TL_RECORD_MX, TL_TEST_DNS_TRUNCATED },
  { "bogus.test", TL_RECORD_MX, TL_TEST_DNS_UNCHECKED, .priority = 5, .text = "mx.bogus.test" },
  { "claimed.test", TL_RECORD_MX, TL_TEST_DNS_CLAIMED, .priority = 5, .text = "mx.a.test" },
  { "spf.test", TL_RECORD_TXT, .text = LETTERS_300 },
  { "_443._tcp.a.test", TL_RECORD_TLSA, .hex = "030101ff" },
  { "host.a.test", TL_RECORD_A, .hex = "c0000201" },
  { "host.a.test", TL_RECORD_AAAA, .hex = "20010db8000000000000000000000001" },
  { "1.2.0.192.in-addr.arpa", TL_RECORD_PTR, .hex = "02" "6d78" "01" "61" "04" "74657374" "00" },
  { "_port0._tcp.a.test", TL_RECORD_SRV, .text = "a.test" },
  { "_nul._tcp.a.test", TL_RECORD_SRV, .hex = "00000000000103610062" "047465737400" },
  { "_address._tcp.a.test", TL_RECORD_SRV, .port = 1, .text = "192.0.2.1" },
  { "_spaced._tcp.a.test", TL_RECORD_SRV, .port = 1, .text = "a b.test" },
  { "failing.test", TL_RECORD_MX, TL_TEST_DNS_SERVFAIL },
  { "refusing.test", TL_RECORD_MX, TL_TEST_DNS_REFUSED },
  { "silent.test", TL_RECORD_MX, TL_TEST_DNS_SILENT },
  { "shifty.test", TL_RECORD_MX, TL_TEST_DNS_FIRST, .priority = 5, .text = "mx.evil.test" },
  { "shifty.test", TL_RECORD_MX, TL_TEST_DNS_LATER, .priority = 5, .text = "mx.a.test" },
  { "forged.test", TL_RECORD_MX, TL_TEST_DNS_FORGED, .priority = 5, .text = "mx.forged.test" },
  { "mail.home.arpa", TL_RECORD_MX, .priority = 5, .text = "mx.home.arpa" },
  { "2.0.10.in-addr.arpa", TL_RECORD_MX, .priority = 5, .text = "mx.a.test" },
};

static const struct
{
  const char      *name;
  const char      *asked;
  TlRecordType     type;
  TlRecordsStatus  status;
  const char      *found;
} lookups[] = {
  { "srv",         "_imaps._tcp.a.test", TL_RECORD_SRV, TL_RECORDS_ANSWERED,
    "10 9 993 heavy.a.test, 10 1 993 light.a.test, 20 0 993 backup.a.test" },
  { "final-dot",   "_pop3s._tcp.a.test.", TL_RECORD_SRV, TL_RECORDS_ANSWERED, "0 0 0 ." },
  { "mx",          "a.test",             TL_RECORD_MX,  TL_RECORDS_ANSWERED, "5 0 0 mx.a.test" },
  { "txt",         "a.test",             TL_RECORD_TXT, TL_RECORDS_ANSWERED, "0 0 0 v=spf1 -all" },
  { "alias",       "alias.test",         TL_RECORD_MX,  TL_RECORDS_ANSWERED, "5 0 0 mx.a.test" },
  { "some-bad",    "_odd._tcp.a.test",   TL_RECORD_SRV, TL_RECORDS_ANSWERED,
    "2 0 2 good.a.test, 1 0 1 (_under.a.test)" },
  { "all-bad",     "_bad._tcp.a.test",   TL_RECORD_SRV, TL_RECORDS_ANSWERED,
    "1 0 1 (_under.a.test)" },
  { "d12-port-0",  "_port0._tcp.a.test", TL_RECORD_SRV, TL_RECORDS_ANSWERED, "0 0 0 a.test" },
  { "d12-nul",     "_nul._tcp.a.test",   TL_RECORD_SRV, TL_RECORDS_ANSWERED,
    "0 0 1 (a\\x00b.test)" },
  { "d12-address", "_address._tcp.a.test", TL_RECORD_SRV, TL_RECORDS_ANSWERED,
    "0 0 1 (192.0.2.1)" },
  { "d12-space",   "_spaced._tcp.a.test", TL_RECORD_SRV, TL_RECORDS_ANSWERED,
    "0 0 1 (a b.test)" },
  { "long-txt",    "spf.test",           TL_RECORD_TXT, TL_RECORDS_ANSWERED, "0 0 0 " LETTERS_300 },
  { "cname",       "alias.test",         TL_RECORD_CNAME, TL_RECORDS_ANSWERED, "0 0 0 a.test" },
  { "cname-none",  "a.test",             TL_RECORD_CNAME, TL_RECORDS_NOTHING, "" },
  { "tlsa",        "_443._tcp.a.test",   TL_RECORD_TLSA, TL_RECORDS_ANSWERED, "0 0 0 4 octets" },
  { "a",           "host.a.test",        TL_RECORD_A,   TL_RECORDS_ANSWERED, "0 0 0 4 octets" },
  { "aaaa",        "host.a.test",        TL_RECORD_AAAA, TL_RECORDS_ANSWERED, "0 0 0 16 octets" },
  { "ptr",         "1.2.0.192.in-addr.arpa", TL_RECORD_PTR, TL_RECORDS_ANSWERED, "0 0 0 mx.a.test" },
  { "no-data",     "_imap._tcp.a.test",  TL_RECORD_SRV, TL_RECORDS_NOTHING,  "" },
  { "other-type",  "a.test",             TL_RECORD_SRV, TL_RECORDS_NOTHING,  "" },
  { "d02-nxdomain", "nobody.test",        TL_RECORD_MX,  TL_RECORDS_NXDOMAIN, "" },
  { "d02-servfail", "failing.test",       TL_RECORD_MX,  TL_RECORDS_SERVFAIL, "" },
  { "d06-loop",    "loop.test",          TL_RECORD_MX,  TL_RECORDS_LOOP,     "" },
  { "d06-loop-cname", "loop.test",       TL_RECORD_CNAME, TL_RECORDS_ANSWERED, "0 0 0 pool.test" },
  { "d06-loop-hidden", "veiled.test",    TL_RECORD_MX,  TL_RECORDS_LOOP,     "" },
  { "d06-chain-of-8", "b1.test",         TL_RECORD_MX,  TL_RECORDS_ANSWERED, "5 0 0 mx.a.test" },
  { "d06-chain-of-9", "b0.test",         TL_RECORD_MX,  TL_RECORDS_LOOP,     "" },
  { "d07-truncated", "long.test",        TL_RECORD_MX,  TL_RECORDS_TRUNCATED, "" },
  { "d09-bogus",   "bogus.test",         TL_RECORD_MX,  TL_RECORDS_BOGUS,    "" },
  { "d11-claimed", "claimed.test",       TL_RECORD_MX,  TL_RECORDS_ANSWERED, "5 0 0 mx.a.test" },
  { "refused",     "refusing.test",      TL_RECORD_MX,  TL_RECORDS_REFUSED,  "" },
  { "home",        "mail.home.arpa",     TL_RECORD_MX,  TL_RECORDS_ANSWERED, "5 0 0 mx.home.arpa" },
  { "lan-reverse", "2.0.10.in-addr.arpa", TL_RECORD_MX, TL_RECORDS_ANSWERED, "5 0 0 mx.a.test" },
  { "too-long",    LABEL_63 "." LABEL_63 "." LABEL_63 "." LABEL_63 ".test", TL_RECORD_MX,
    TL_RECORDS_NXDOMAIN, "" },
  { "empty-label", "a..test",            TL_RECORD_MX,  TL_RECORDS_NXDOMAIN, "" },
};

static char *
describe (TlRecordSet *set)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < tl_record_set_get_n (set); i++)
    {
      const TlRecord *record = tl_record_set_get (set, i);

      g_assert_true (record->target == NULL || record->raw_target == NULL);
      g_string_append_printf (text, "%s%u %u %u ", i > 0 ? ", " : "", record->priority,
                              record->weight, record->port);
      if (record->raw_target != NULL)
        g_string_append_printf (text, "(%s)", record->raw_target);
      else if (record->data != NULL && record->text == NULL)
        g_string_append_printf (text, "%zu octets", g_bytes_get_size (record->data));
      else
        g_string_append (text, record->target != NULL ? record->target : record->text);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct
{
  guint        n_open;
  TlRecordSet *set;
  GError      *error;
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_clear_pointer (&self->set, tl_record_set_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
on_found (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome_clear (outcome);
  outcome->set = tl_records_lookup_finish (TL_RECORDS (object), result, &outcome->error);
  g_assert_true ((outcome->set != NULL) == (outcome->error == NULL));
  outcome->n_open--;
}

static void
look_up (TlRecords    *records,
         const char   *name,
         TlRecordType  type,
         guint         ms,
         GCancellable *cancellable,
         Outcome      *outcome)
{
  outcome->n_open = 1;
  tl_records_lookup_async (records, name, type, tl_deadline_in_ms (ms), cancellable, on_found,
                           outcome);
  while (outcome->n_open > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
look_up_quick (TlRecords    *records,
               const char   *name,
               TlRecordType  type,
               guint         ms,
               GCancellable *cancellable,
               Outcome      *outcome)
{
  outcome->n_open = 1;
  tl_records_lookup_quick_async (records, name, type, tl_deadline_in_ms (ms), cancellable,
                                 on_found, outcome);
  while (outcome->n_open > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_lookup (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_auto(Outcome) outcome = { 0 };
  g_autofree char *found = NULL;

  look_up (records, lookups[i].asked, lookups[i].type, LONG_MS, NULL, &outcome);

  g_assert_no_error (outcome.error);
  found = describe (outcome.set);
  g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, lookups[i].status);
  g_assert_cmpint (tl_record_set_get_dnssec (outcome.set), ==,
                   lookups[i].status == TL_RECORDS_BOGUS ? TL_DNSSEC_BOGUS : TL_DNSSEC_UNKNOWN);
  g_assert_cmpstr (found, ==, lookups[i].found);

  look_up_quick (records, lookups[i].asked, lookups[i].type, LONG_MS, NULL, &outcome);
  g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, lookups[i].status);
}

static const struct
{
  const char       *name;
  TlTestDnsSigning  signing;
  gboolean          wrong_anchor;
  const char       *asked;
  TlRecordsStatus   status;
  TlDnssec          dnssec;
} proofs[] = {
  { "secure",           TL_TEST_DNS_SIGNED,   FALSE, "a.test",      TL_RECORDS_ANSWERED,
    TL_DNSSEC_SECURE },
  { "d09-forged",       TL_TEST_DNS_SIGNED,   FALSE, "forged.test", TL_RECORDS_BOGUS,
       TL_DNSSEC_BOGUS },
  { "nxdomain-unproven", TL_TEST_DNS_SIGNED,  FALSE, "nobody.test", TL_RECORDS_BOGUS,
       TL_DNSSEC_BOGUS },
  { "knows-no-dnssec",  TL_TEST_DNS_UNSIGNED, FALSE, "a.test",      TL_RECORDS_ANSWERED,
    TL_DNSSEC_UNKNOWN },
  { "no-dnssec-nxdomain", TL_TEST_DNS_UNSIGNED, FALSE, "nobody.test", TL_RECORDS_NXDOMAIN,
    TL_DNSSEC_UNKNOWN },
  { "d11-claimed",      TL_TEST_DNS_UNSIGNED, FALSE, "claimed.test", TL_RECORDS_ANSWERED,
    TL_DNSSEC_UNKNOWN },
  { "d11-claimed-keyless", TL_TEST_DNS_KEYLESS, FALSE, "claimed.test", TL_RECORDS_ANSWERED,
    TL_DNSSEC_UNKNOWN },
  { "no-root-keys",     TL_TEST_DNS_KEYLESS,  FALSE, "a.test",      TL_RECORDS_ANSWERED,
    TL_DNSSEC_UNKNOWN },
  { "other-root",       TL_TEST_DNS_SIGNED,   TRUE,  "a.test",      TL_RECORDS_ANSWERED,
    TL_DNSSEC_UNKNOWN },
  { "other-root-forged", TL_TEST_DNS_SIGNED,  TRUE,  "forged.test", TL_RECORDS_ANSWERED,
    TL_DNSSEC_UNKNOWN },
};

/* One that asks @dns and validates from the key of @root. */
static TlRecords *
new_validating (TlTestDns *dns,
                TlTestDns *root)
{
  g_autofree char *anchor = tl_test_dns_dup_anchor (root);
  g_autofree char *folder = g_dir_make_tmp ("twolane-records-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "root.key", NULL);
  TlRecords *records;

  g_assert_true (g_file_set_contents (file, anchor, -1, NULL));
  records = tl_records_new_for (tl_test_dns_get_forwarder (dns), file);
  g_unlink (file);
  g_rmdir (folder);

  return records;
}

static void
test_proof (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), proofs[i].signing);
  g_autoptr(TlTestDns) other = tl_test_dns_new (rows, 0, TL_TEST_DNS_SIGNED);
  g_autoptr(TlRecords) records = NULL;
  g_auto(Outcome) outcome = { 0 };

  /* Twice: the first time the root's keys are being asked for still. And once
   * more by another, which has them before it is asked. */
  for (guint round = 0; round < 4; round++)
    {
      if (round % 2 == 0)
        {
          g_clear_object (&records);
          records = new_validating (dns, proofs[i].wrong_anchor ? other : dns);
        }
      if (round == 2)
        look_up (records, "alias.test", TL_RECORD_MX, LONG_MS, NULL, &outcome);

      look_up (records, proofs[i].asked, TL_RECORD_MX, LONG_MS, NULL, &outcome);

      g_assert_no_error (outcome.error);
      g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, proofs[i].status);
      g_assert_cmpint (tl_record_set_get_dnssec (outcome.set), ==, proofs[i].dnssec);
      g_assert_cmpuint (tl_record_set_get_n (outcome.set), ==,
                        proofs[i].status == TL_RECORDS_ANSWERED ? 1 : 0);
    }
}

static void
test_built_in_anchors (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_SIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns),
                                                     TL_RECORDS_BUILT_IN);
  g_auto(Outcome) outcome = { 0 };

  g_test_summary ("The real root's keys vouch for nothing in a world with another root");

  look_up (records, "forged.test", TL_RECORD_MX, LONG_MS, NULL, &outcome);

  g_assert_no_error (outcome.error);
  g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, TL_RECORDS_ANSWERED);
  g_assert_cmpint (tl_record_set_get_dnssec (outcome.set), ==, TL_DNSSEC_UNKNOWN);
}

static void
test_many_at_once (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_auto(Outcome) outcome = { 0 };

  outcome.n_open = 40;
  for (guint i = 0; i < 40; i++)
    tl_records_lookup_async (records, i % 2 ? "a.test" : "_imaps._tcp.a.test",
                             i % 2 ? TL_RECORD_MX : TL_RECORD_SRV, tl_deadline_in_ms (LONG_MS),
                             NULL, on_found, &outcome);
  while (outcome.n_open > 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_no_error (outcome.error);
  g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, TL_RECORDS_ANSWERED);
}

static void
test_time_out (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_auto(Outcome) outcome = { 0 };
  gint64 began_us = g_get_monotonic_time ();

  look_up (records, "silent.test", TL_RECORD_MX, 300, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, TL_RECORDS_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 290 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 800 * 1000);

  look_up (records, "a.test", TL_RECORD_MX, LONG_MS, NULL, &outcome);
  g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, TL_RECORDS_ANSWERED);
}

static void
test_past_deadline (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_auto(Outcome) outcome = { 0 };

  look_up (records, "silent.test", TL_RECORD_MX, 0, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, TL_RECORDS_TIMEOUT);
}

static gint64 cancelled_at_us;

static gboolean
on_time_to_cancel (gpointer data)
{
  cancelled_at_us = g_get_monotonic_time ();
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(Outcome) outcome = { 0 };
  gint64 taken_us;

  g_timeout_add (100, on_time_to_cancel, cancellable);
  look_up (records, "silent.test", TL_RECORD_MX, LONG_MS, cancellable, &outcome);
  taken_us = g_get_monotonic_time () - cancelled_at_us;

  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (taken_us, <, 200 * 1000);
  g_test_message ("took %" G_GINT64_FORMAT " us", taken_us);

  /* Once more with one that was cancelled before. */
  look_up (records, "a.test", TL_RECORD_MX, LONG_MS, cancellable, &outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The last reference goes within the callback, as it does when a search ends
 * with its last answer. */
static void
on_found_drop (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  TlRecords **records = user_data;
  g_autoptr(TlRecordSet) set = tl_records_lookup_finish (*records, result, NULL);

  g_assert_nonnull (set);
  g_clear_object (records);
}

static void
test_drop_in_callback (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  TlRecords *records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);

  tl_records_lookup_async (records, "a.test", TL_RECORD_MX, tl_deadline_in_ms (LONG_MS), NULL,
                           on_found_drop, &records);
  while (records != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_own_context (void)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GMainContextPusher) pusher = g_main_context_pusher_new (context);
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_auto(Outcome) outcome = { .n_open = 1 };

  tl_records_lookup_async (records, "a.test", TL_RECORD_MX, tl_deadline_in_ms (LONG_MS), NULL,
                           on_found, &outcome);
  while (outcome.n_open > 0)
    g_main_context_iteration (context, TRUE);

  g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, TL_RECORDS_ANSWERED);
}

static void
test_quick (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_SIGNED);
  g_autoptr(TlRecords) records = new_validating (dns, dns);
  g_auto(Outcome) outcome = { 0 };
  gint64 began_us;

  g_test_summary ("A quick look-up is one round trip and nothing else; the proof can follow");

  tl_test_dns_set_delay (dns, 200);
  began_us = g_get_monotonic_time ();
  look_up_quick (records, "a.test", TL_RECORD_MX, LONG_MS, NULL, &outcome);
  g_test_message ("took %" G_GINT64_FORMAT " us", g_get_monotonic_time () - began_us);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 350 * 1000);
  g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, TL_RECORDS_ANSWERED);
  g_assert_cmpint (tl_record_set_get_dnssec (outcome.set), ==, TL_DNSSEC_UNKNOWN);
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "", DNSKEY), ==, 0);
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "a.test", TL_RECORD_MX), ==, 1);

  tl_test_dns_set_delay (dns, 0);
  look_up (records, "a.test", TL_RECORD_MX, LONG_MS, NULL, &outcome);
  g_assert_cmpint (tl_record_set_get_dnssec (outcome.set), ==, TL_DNSSEC_SECURE);
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "", DNSKEY), >, 0);

  look_up_quick (records, "a.test", TL_RECORD_MX, LONG_MS, NULL, &outcome);
  g_assert_cmpint (tl_record_set_get_dnssec (outcome.set), ==, TL_DNSSEC_UNKNOWN);
}

/* Of the two answers one was proven, and that is the one which is called so. */
static void
test_what_was_proven (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_SIGNED);
  g_autoptr(TlRecords) records = new_validating (dns, dns);
  g_auto(Outcome) outcome = { 0 };

  look_up_quick (records, "shifty.test", TL_RECORD_MX, LONG_MS, NULL, &outcome);
  g_assert_cmpstr (tl_record_set_get (outcome.set, 0)->target, ==, "mx.evil.test");
  g_assert_cmpint (tl_record_set_get_dnssec (outcome.set), ==, TL_DNSSEC_UNKNOWN);

  look_up (records, "shifty.test", TL_RECORD_MX, LONG_MS, NULL, &outcome);
  g_assert_cmpint (tl_record_set_get_dnssec (outcome.set), ==, TL_DNSSEC_SECURE);
  g_assert_cmpstr (tl_record_set_get (outcome.set, 0)->target, ==, "mx.a.test");
}

/* The key never comes, and the deadline is far: what is there is told unproven. */
static void
test_proof_late (void)
{
  static const TlTestDnsRow keyless[] = {
    { "", DNSKEY, TL_TEST_DNS_SILENT },
    { "a.test", TL_RECORD_MX, .priority = 5, .text = "mx.a.test" },
  };
  g_autoptr(TlTestDns) dns = tl_test_dns_new (keyless, G_N_ELEMENTS (keyless), TL_TEST_DNS_SIGNED);
  g_autoptr(TlRecords) records = new_validating (dns, dns);
  g_auto(Outcome) outcome = { 0 };
  gint64 began_us = g_get_monotonic_time ();

  look_up (records, "a.test", TL_RECORD_MX, LONG_MS, NULL, &outcome);
  g_test_message ("took %" G_GINT64_FORMAT " us", g_get_monotonic_time () - began_us);

  g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, TL_RECORDS_ANSWERED);
  g_assert_cmpint (tl_record_set_get_dnssec (outcome.set), ==, TL_DNSSEC_UNKNOWN);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 3000 * 1000);
}

static void
test_asked_once (void)
{
  static const char * const spellings[] = { "a.test", "A.test", "a.test.", "a.TEST." };
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_autoptr(TlContacts) contacts = tl_contacts_new ();
  g_auto(GStrv) names = NULL;
  g_auto(Outcome) outcome = { 0 };

  tl_records_set_contacts (records, contacts);

  outcome.n_open = G_N_ELEMENTS (spellings);
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    tl_records_lookup_async (records, spellings[i], TL_RECORD_MX, tl_deadline_in_ms (LONG_MS), NULL,
                             on_found, &outcome);
  while (outcome.n_open > 0)
    g_main_context_iteration (NULL, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    look_up (records, spellings[i], TL_RECORD_MX, LONG_MS, NULL, &outcome);
  look_up (records, "nobody.test", TL_RECORD_MX, LONG_MS, NULL, &outcome);
  look_up (records, "nobody.test", TL_RECORD_MX, LONG_MS, NULL, &outcome);
  look_up (records, "a.test", TL_RECORD_TXT, LONG_MS, NULL, &outcome);

  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "a.test", TL_RECORD_MX), ==, 1);
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "a.test", TL_RECORD_TXT), ==, 1);
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "nobody.test", TL_RECORD_MX), ==, 1);

  names = tl_contacts_dup (contacts, TL_CONTACT_DNS);
  g_assert_cmpstr (names[0], ==, "a.test");
  g_assert_cmpstr (names[1], ==, "nobody.test");
  g_assert_null (names[2]);
}

static void
test_dead_resolver (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_auto(Outcome) outcome = { 0 };
  gint64 began_us = g_get_monotonic_time ();
  gint64 taken_us;

  g_test_summary ("D03: silence is an answer within five seconds, whatever the deadline");

  look_up (records, "silent.test", TL_RECORD_MX, LONG_MS, NULL, &outcome);
  taken_us = g_get_monotonic_time () - began_us;
  g_test_message ("took %" G_GINT64_FORMAT " us", taken_us);

  g_assert_no_error (outcome.error);
  g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, TL_RECORDS_TIMEOUT);
  g_assert_cmpint (taken_us, <, 5000 * 1000);

  /* It stays that way. */
  look_up (records, "silent.test", TL_RECORD_MX, 100, NULL, &outcome);
  g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, TL_RECORDS_TIMEOUT);
}

static void
test_tcp_blocked (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_auto(Outcome) outcome = { 0 };
  gint64 began_us = g_get_monotonic_time ();
  gint64 taken_us;

  g_test_summary ("D07: the answer is too long for UDP, and TCP leads nowhere");

  tl_test_dns_mute_tcp (dns);
  look_up (records, "long.test", TL_RECORD_MX, LONG_MS, NULL, &outcome);
  taken_us = g_get_monotonic_time () - began_us;
  g_test_message ("took %" G_GINT64_FORMAT " us", taken_us);

  g_assert_cmpint (tl_record_set_get_status (outcome.set), ==, TL_RECORDS_TRUNCATED);
  g_assert_cmpint (taken_us, <, 5000 * 1000);
}

static void
test_two_wait (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(Outcome) first = { .n_open = 1 };
  g_auto(Outcome) second = { .n_open = 1 };
  g_auto(Outcome) third = { .n_open = 1 };

  g_test_summary ("One who gives up takes nothing from another; when all have, it is asked anew");

  tl_test_dns_set_delay (dns, 300);
  tl_records_lookup_async (records, "a.test", TL_RECORD_MX, tl_deadline_in_ms (LONG_MS),
                           cancellable, on_found, &first);
  tl_records_lookup_async (records, "a.test", TL_RECORD_MX, tl_deadline_in_ms (50), NULL, on_found,
                           &second);
  tl_records_lookup_async (records, "a.test", TL_RECORD_MX, tl_deadline_in_ms (LONG_MS), NULL,
                           on_found, &third);
  g_cancellable_cancel (cancellable);
  while (first.n_open + second.n_open + third.n_open > 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (tl_record_set_get_status (second.set), ==, TL_RECORDS_TIMEOUT);
  g_assert_cmpint (tl_record_set_get_status (third.set), ==, TL_RECORDS_ANSWERED);
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "a.test", TL_RECORD_MX), ==, 1);

  look_up (records, "a.test", TL_RECORD_TXT, 50, NULL, &first);
  g_assert_cmpint (tl_record_set_get_status (first.set), ==, TL_RECORDS_TIMEOUT);
  look_up (records, "a.test", TL_RECORD_TXT, LONG_MS, NULL, &first);
  g_assert_cmpint (tl_record_set_get_status (first.set), ==, TL_RECORDS_ANSWERED);
}

static void
test_nobody_there (void)
{
  TlTestDns *dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autofree char *forwarder = g_strdup (tl_test_dns_get_forwarder (dns));
  g_autoptr(TlRecords) records = NULL;
  g_auto(Outcome) outcome = { 0 };

  tl_test_dns_free (dns);
  records = tl_records_new_for (forwarder, NULL);
  look_up (records, "a.test", TL_RECORD_MX, 800, NULL, &outcome);

  g_assert_no_error (outcome.error);
  g_assert_cmpint (tl_record_set_get_status (outcome.set), !=, TL_RECORDS_ANSWERED);
  g_assert_cmpint (tl_record_set_get_status (outcome.set), !=, TL_RECORDS_NXDOMAIN);
  g_assert_cmpint (tl_record_set_get_status (outcome.set), !=, TL_RECORDS_NOTHING);
}

#define ADD_CASES(prefix, cases, func)                                          \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                              \
    {                                                                           \
      g_autofree char *path = g_strconcat ("/records/" prefix "/", cases[i].name, NULL); \
                                                                                \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), func);                  \
    }

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_CASES ("lookup", lookups, test_lookup)
  ADD_CASES ("proof", proofs, test_proof)
  g_test_add_func ("/records/built-in-anchors", test_built_in_anchors);
  g_test_add_func ("/records/many-at-once", test_many_at_once);
  g_test_add_func ("/records/time-out", test_time_out);
  g_test_add_func ("/records/past-deadline", test_past_deadline);
  g_test_add_func ("/records/d03-cancel", test_cancel);
  g_test_add_func ("/records/d03-dead-resolver", test_dead_resolver);
  g_test_add_func ("/records/d07-tcp-blocked", test_tcp_blocked);
  g_test_add_func ("/records/quick", test_quick);
  g_test_add_func ("/records/what-was-proven", test_what_was_proven);
  g_test_add_func ("/records/proof-late", test_proof_late);
  g_test_add_func ("/records/asked-once", test_asked_once);
  g_test_add_func ("/records/two-wait", test_two_wait);
  g_test_add_func ("/records/drop-in-callback", test_drop_in_callback);
  g_test_add_func ("/records/own-context", test_own_context);
  g_test_add_func ("/records/nobody-there", test_nobody_there);

  return g_test_run ();
}
