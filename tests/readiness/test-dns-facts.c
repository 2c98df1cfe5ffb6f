/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dns-facts.h"
#include "tl-record-set.h"

static TlRecordSet *
new_set (TlRecordsStatus status)
{
  return tl_record_set_new (status, TL_DNSSEC_UNKNOWN, NULL);
}

/* What is wanted, as `NAME TYPE`, with `!` behind what needs a proof, `; ` between. */
static char *
describe_wanted (TlDnsFacts *facts)
{
  g_autoptr(GPtrArray) wanted = tl_dns_facts_list_wanted (facts);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; wanted != NULL && i < wanted->len; i++)
    {
      const TlDnsWant *want = wanted->pdata[i];

      g_string_append_printf (text, "%s%s %u%s", i > 0 ? "; " : "", want->name,
                              (guint) want->type, want->needs_proof ? "!" : "");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_wanted (void)
{
  g_autoptr(TlDnsFacts) facts = tl_dns_facts_new ();
  g_autoptr(TlRecordSet) nothing = new_set (TL_RECORDS_NXDOMAIN);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *last = NULL;

  g_assert_cmpuint (tl_dns_facts_get_n_waited (facts), ==, 0);
  g_assert_null (tl_dns_facts_list_wanted (facts));

  g_assert_null (tl_dns_facts_look (facts, "A.Test.", TL_RECORD_TXT));
  g_assert_null (tl_dns_facts_look (facts, "a.test", TL_RECORD_TXT));
  g_assert_null (tl_dns_facts_look_proven (facts, "a.test", TL_RECORD_MX));
  g_assert_null (tl_dns_facts_look_at (facts, "https://mta-sts.a.test/A"));
  tl_dns_facts_scout (facts, "b.test", TL_RECORD_A);
  first = describe_wanted (facts);
  g_assert_cmpstr (first, ==, "a.test 16; a.test 15!; https://mta-sts.a.test/A 0; b.test 1");
  g_assert_cmpuint (tl_dns_facts_get_n_waited (facts), ==, 3);
  g_assert_cmpuint (tl_dns_facts_get_n (facts), ==, 0);

  tl_dns_facts_put (facts, "a.TEST", TL_RECORD_TXT, nothing);
  tl_dns_facts_put (facts, "a.test.", TL_RECORD_MX, nothing);
  tl_dns_facts_put_document (facts, "https://mta-sts.a.test/A",
                             tl_dns_document_new (404, NULL, NULL, NULL));
  second = describe_wanted (facts);
  g_assert_cmpstr (second, ==, "b.test 1");
  g_assert_cmpuint (tl_dns_facts_get_n_waited (facts), ==, 0);
  g_assert_cmpuint (tl_dns_facts_get_n (facts), ==, 3);
  g_assert_true (tl_dns_facts_look (facts, "a.test", TL_RECORD_TXT) == nothing);
  g_assert_true (tl_dns_facts_look_proven (facts, "a.test", TL_RECORD_MX) == nothing);
  g_assert_cmpuint (tl_dns_facts_look_at (facts, "https://mta-sts.a.test/A")->status, ==, 404);

  /* What was only scouted is waited for once somebody needs it. */
  g_assert_null (tl_dns_facts_look (facts, "b.test", TL_RECORD_A));
  g_assert_cmpuint (tl_dns_facts_get_n_waited (facts), ==, 1);
  tl_dns_facts_put (facts, "b.test", TL_RECORD_A, nothing);
  last = describe_wanted (facts);
  g_assert_cmpstr (last, ==, "");
}

static void
test_first_stays (void)
{
  g_autoptr(TlDnsFacts) facts = tl_dns_facts_new ();
  g_autoptr(TlRecordSet) first = new_set (TL_RECORDS_NXDOMAIN);
  g_autoptr(TlRecordSet) second = new_set (TL_RECORDS_TIMEOUT);

  tl_dns_facts_put (facts, "a.test", TL_RECORD_MX, first);
  tl_dns_facts_put (facts, "a.test", TL_RECORD_MX, second);
  tl_dns_facts_put_document (facts, "https://a.test/", tl_dns_document_new (1, "a", NULL, "b"));
  tl_dns_facts_put_document (facts, "https://a.test/", tl_dns_document_new (2, "c", NULL, "d"));

  g_assert_true (tl_dns_facts_look (facts, "a.test", TL_RECORD_MX) == first);
  g_assert_cmpuint (tl_dns_facts_look_at (facts, "https://a.test/")->status, ==, 1);
}

static void
test_early (void)
{
  g_autoptr(TlDnsFacts) facts = tl_dns_facts_new ();
  g_autoptr(TlRecordSet) early = new_set (TL_RECORDS_NXDOMAIN);
  g_autoptr(TlRecordSet) proven = new_set (TL_RECORDS_NOTHING);
  g_autoptr(GPtrArray) wanted = NULL;

  g_test_summary ("What is there before its proof is enough for whoever needs none");

  g_assert_null (tl_dns_facts_look (facts, "a.test", TL_RECORD_MX));
  g_assert_null (tl_dns_facts_look_proven (facts, "a.test", TL_RECORD_MX));
  g_assert_null (tl_dns_facts_look (facts, "b.test", TL_RECORD_MX));
  tl_dns_facts_put_early (facts, "a.test", TL_RECORD_MX, early);
  tl_dns_facts_put_early (facts, "b.test", TL_RECORD_MX, early);

  g_assert_true (tl_dns_facts_look (facts, "a.test", TL_RECORD_MX) == early);
  g_assert_null (tl_dns_facts_look_proven (facts, "a.test", TL_RECORD_MX));
  g_assert_true (tl_dns_facts_look (facts, "b.test", TL_RECORD_MX) == early);
  g_assert_cmpuint (tl_dns_facts_get_n_waited (facts), ==, 1);
  wanted = tl_dns_facts_list_wanted (facts);
  g_assert_cmpuint (wanted->len, ==, 2);
  g_assert_true (((const TlDnsWant *) wanted->pdata[0])->is_waited);
  g_assert_false (((const TlDnsWant *) wanted->pdata[1])->is_waited);

  tl_dns_facts_put (facts, "a.test", TL_RECORD_MX, proven);
  g_assert_true (tl_dns_facts_look (facts, "a.test", TL_RECORD_MX) == proven);
  g_assert_true (tl_dns_facts_look_proven (facts, "a.test", TL_RECORD_MX) == proven);
  g_assert_cmpuint (tl_dns_facts_get_n_waited (facts), ==, 0);
}

static void
test_forget (void)
{
  g_autoptr(TlDnsFacts) facts = tl_dns_facts_new ();
  g_autoptr(TlRecordSet) known = new_set (TL_RECORDS_NXDOMAIN);

  g_assert_null (tl_dns_facts_look (facts, "a.test", TL_RECORD_MX));
  g_assert_null (tl_dns_facts_look (facts, "b.test", TL_RECORD_MX));
  g_assert_null (tl_dns_facts_look_at (facts, "https://a.test/"));
  tl_dns_facts_put (facts, "a.test", TL_RECORD_MX, known);
  tl_dns_facts_forget_wanted (facts);

  g_assert_null (tl_dns_facts_list_wanted (facts));
  g_assert_cmpuint (tl_dns_facts_get_n_waited (facts), ==, 0);
  g_assert_true (tl_dns_facts_look (facts, "a.test", TL_RECORD_MX) == known);
  g_assert_null (tl_dns_facts_look (facts, "b.test", TL_RECORD_MX));
  g_assert_cmpuint (tl_dns_facts_get_n_waited (facts), ==, 1);
}

static void
test_full (void)
{
  g_autoptr(TlDnsFacts) facts = tl_dns_facts_new ();
  g_autoptr(GPtrArray) wanted = NULL;
  TlRecordSet *beyond;

  g_test_summary ("No zone makes us ask without end");

  for (guint i = 0; i < TL_DNS_FACTS_MAX; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u.test", i);

      g_assert_null (tl_dns_facts_look (facts, name, TL_RECORD_TXT));
    }

  beyond = tl_dns_facts_look (facts, "beyond.test", TL_RECORD_TXT);
  g_assert_nonnull (beyond);
  g_assert_cmpint (tl_record_set_get_status (beyond), ==, TL_RECORDS_REFUSED);
  g_assert_nonnull (tl_dns_facts_look_proven (facts, "beyond.test", TL_RECORD_MX));
  tl_dns_facts_scout (facts, "beyond.test", TL_RECORD_TXT);
  tl_dns_facts_put (facts, "beyond.test", TL_RECORD_TXT, beyond);
  tl_dns_facts_put_document (facts, "https://b.test/", tl_dns_document_new (0, NULL, NULL, NULL));
  wanted = tl_dns_facts_list_wanted (facts);
  g_assert_cmpuint (wanted->len, ==, TL_DNS_FACTS_MAX);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dns-facts/wanted", test_wanted);
  g_test_add_func ("/dns-facts/first-stays", test_first_stays);
  g_test_add_func ("/dns-facts/early", test_early);
  g_test_add_func ("/dns-facts/forget", test_forget);
  g_test_add_func ("/dns-facts/full", test_full);

  return g_test_run ();
}
