/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dns-why.h"
#include "tl-test-dns.h"

#define A 1
#define CNAME 5
#define LONG_MS 10000

static const TlTestDnsRow rows[] = {
  { "a.test", A, .hex = "c0000201" },
  { "alias.test", CNAME, .text = "a.test" },
  { "nothing.test", A, TL_TEST_DNS_NOTHING },
  { "loop.test", CNAME, .text = "pool.test" },
  { "pool.test", CNAME, .text = "loop.test" },
  { "veiled.test", A, TL_TEST_DNS_SERVFAIL },
  { "veiled.test", CNAME, .text = "loop.test" },
  { "half.test", A, TL_TEST_DNS_SERVFAIL },
  { "half.test", CNAME, .text = "failing.test" },
  { "failing.test", A, TL_TEST_DNS_SERVFAIL },
  { "refusing.test", A, TL_TEST_DNS_REFUSED },
  { "silent.test", A, TL_TEST_DNS_SILENT },
  { "long.test", A, TL_TEST_DNS_TRUNCATED },
  { "bogus.test", A, TL_TEST_DNS_UNCHECKED, .hex = "c0000201" },
  { "stray.test", A, TL_TEST_DNS_STRAY, .hex = "c0000201" },
};

static const struct
{
  const char      *name;
  TlRecordsStatus  status;
} cases[] = {
  { "a.test",        TL_RECORDS_ANSWERED },
  { "alias.test",    TL_RECORDS_NOTHING },
  { "nothing.test",  TL_RECORDS_NOTHING },
  { "nobody.test",   TL_RECORDS_NXDOMAIN },
  { "loop.test",     TL_RECORDS_LOOP },
  { "veiled.test",   TL_RECORDS_LOOP },
  { "half.test",     TL_RECORDS_SERVFAIL },
  { "failing.test",  TL_RECORDS_SERVFAIL },
  { "refusing.test", TL_RECORDS_REFUSED },
  { "long.test",     TL_RECORDS_TRUNCATED },
  { "bogus.test",    TL_RECORDS_BOGUS },
  { "stray.test",    TL_RECORDS_ANSWERED },
  { "a..test",       TL_RECORDS_TIMEOUT },
};

static TlTestDns *dns;

static void
test_why (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  g_assert_cmpint (tl_dns_why_sync (tl_test_dns_get_forwarder (dns), cases[i].name, A,
                                    tl_deadline_in_ms (LONG_MS), NULL), ==, cases[i].status);
}

static void
test_silence (void)
{
  gint64 began_us = g_get_monotonic_time ();

  g_assert_cmpint (tl_dns_why_sync (tl_test_dns_get_forwarder (dns), "silent.test", A,
                                    tl_deadline_in_ms (LONG_MS), NULL), ==, TL_RECORDS_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 2000 * 1000);

  began_us = g_get_monotonic_time ();
  g_assert_cmpint (tl_dns_why_sync (tl_test_dns_get_forwarder (dns), "silent.test", A,
                                    tl_deadline_in_ms (50), NULL), ==, TL_RECORDS_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 500 * 1000);
}

static gpointer
cancel_thread (gpointer data)
{
  g_usleep (100 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_thread, cancellable);
  gint64 began_us = g_get_monotonic_time ();

  tl_dns_why_sync (tl_test_dns_get_forwarder (dns), "silent.test", A, tl_deadline_in_ms (LONG_MS),
                   cancellable);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 300 * 1000);
  g_thread_join (thread);
}

static void
test_bounded (void)
{
  g_autoptr(TlTestDns) own = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);

  g_test_summary ("However long the chain, a bounded number of datagrams");

  g_assert_cmpint (tl_dns_why_sync (tl_test_dns_get_forwarder (own), "veiled.test", A,
                                    tl_deadline_in_ms (LONG_MS), NULL), ==, TL_RECORDS_LOOP);
  g_assert_cmpuint (tl_test_dns_get_n_asked (own, "veiled.test", A), ==, 2);
  g_assert_cmpuint (tl_test_dns_get_n_asked (own, "veiled.test", CNAME) +
                    tl_test_dns_get_n_asked (own, "loop.test", CNAME) +
                    tl_test_dns_get_n_asked (own, "pool.test", CNAME), ==, 9);
}

static void
test_servers (void)
{
  static const char * const odd[] = { "", "nonsense", "127.0.0.1@", "@53", "127.0.0.1@99999" };
  g_autofree char *ours = tl_dns_why_dup_server ();

  g_assert_nonnull (ours);
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    g_assert_cmpint (tl_dns_why_sync (odd[i], "a.test", A, tl_deadline_in_ms (100), NULL), ==,
                     TL_RECORDS_TIMEOUT);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dns-why/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_why);
    }
  g_test_add_func ("/dns-why/silence", test_silence);
  g_test_add_func ("/dns-why/cancel", test_cancel);
  g_test_add_func ("/dns-why/bounded", test_bounded);
  g_test_add_func ("/dns-why/servers", test_servers);

  status = g_test_run ();
  tl_test_dns_free (dns);

  return status;
}
