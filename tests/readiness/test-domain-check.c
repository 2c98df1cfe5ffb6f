/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-check.h"

#include <glib/gstdio.h>

#include "tl-https-private.h"
#include "tl-nick.h"
#include "tl-records-private.h"
#include "tl-test-dns.h"
#include "tl-test-web.h"

#define LONG_MS 15000
#define ADDRESS "c0000201"

/* a.test has it all; full.test is as deep as can be; deep.test's SPF leads eight includes down,
 * endless.test's without end. */
#define INCLUDES(from, to) \
  { from, TL_RECORD_TXT, .text = "v=spf1 include:" to " ~all" }
static const TlTestDnsRow rows[] = {
  { "a.test", TL_RECORD_MX, .priority = 10, .text = "mx.a.test" },
  { "mx.a.test", TL_RECORD_A, .hex = ADDRESS },
  { "a.test", TL_RECORD_A, .hex = ADDRESS },
  { "a.test", TL_RECORD_TXT, .text = "v=spf1 mx include:b.test -all" },
  { "b.test", TL_RECORD_TXT, .text = "v=spf1 ip4:192.0.2.0/24 -all" },
  { "_dmarc.a.test", TL_RECORD_TXT, .text = "v=DMARC1; p=reject; rua=mailto:d@a.test" },
  { "_mta-sts.a.test", TL_RECORD_TXT, .text = "v=STSv1; id=a1" },
  { "_smtp._tls.a.test", TL_RECORD_TXT, .text = "v=TLSRPTv1; rua=mailto:t@a.test" },

  { "deep.test", TL_RECORD_MX, .priority = 10, .text = "mx.a.test" },
  INCLUDES ("deep.test", "i1.test"),
  INCLUDES ("i1.test", "i2.test"),
  INCLUDES ("i2.test", "i3.test"),
  INCLUDES ("i3.test", "i4.test"),
  INCLUDES ("i4.test", "i5.test"),
  INCLUDES ("i5.test", "i6.test"),
  INCLUDES ("i6.test", "i7.test"),
  INCLUDES ("i7.test", "i8.test"),
  { "i8.test", TL_RECORD_TXT, .text = "v=spf1 ip4:192.0.2.0/24 -all" },

  { "full.test", TL_RECORD_MX, .priority = 10, .text = "mx.a.test" },
  INCLUDES ("full.test", "f1.test"),
  INCLUDES ("f1.test", "f2.test"),
  INCLUDES ("f2.test", "f3.test"),
  INCLUDES ("f3.test", "f4.test"),
  INCLUDES ("f4.test", "f5.test"),
  INCLUDES ("f5.test", "f6.test"),
  INCLUDES ("f6.test", "f7.test"),
  INCLUDES ("f7.test", "f8.test"),
  INCLUDES ("f8.test", "f9.test"),
  { "f9.test", TL_RECORD_TXT, .text = "v=spf1 mx:f.test -all" },
  { "f.test", TL_RECORD_MX, .priority = 10, .text = "mx.f.test" },
  { "mx.f.test", TL_RECORD_A, .hex = ADDRESS },

  { "endless.test", TL_RECORD_MX, .priority = 10, .text = "mx.a.test" },
  INCLUDES ("endless.test", "e1.test"),
  INCLUDES ("e1.test", "e2.test"),
  INCLUDES ("e2.test", "e3.test"),
  INCLUDES ("e3.test", "e4.test"),
  INCLUDES ("e4.test", "e5.test"),
  INCLUDES ("e5.test", "e6.test"),
  INCLUDES ("e6.test", "e7.test"),
  INCLUDES ("e7.test", "e8.test"),
  INCLUDES ("e8.test", "e9.test"),
  INCLUDES ("e9.test", "e10.test"),
  INCLUDES ("e10.test", "e11.test"),
  INCLUDES ("e11.test", "e12.test"),
  INCLUDES ("e12.test", "e13.test"),
  INCLUDES ("e13.test", "e14.test"),

  { "moved.test", TL_RECORD_MX, .priority = 10, .text = "mx.a.test" },
  { "_mta-sts.moved.test", TL_RECORD_TXT, .text = "v=STSv1; id=a1" },

  { "silent.test", TL_RECORD_MX, TL_TEST_DNS_SILENT },
  { "silent.test", TL_RECORD_TXT, TL_TEST_DNS_SILENT },
  { "silent.test", TL_RECORD_A, TL_TEST_DNS_SILENT },
  { "_mta-sts.silent.test", TL_RECORD_TXT, TL_TEST_DNS_SILENT },
};

static TlTestWeb *web;

typedef struct
{
  gboolean        done;
  TlDomainReport *report;
  GError         *error;
  guint           n_progress;
  guint           last_trips; /* of what was last told */
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_clear_pointer (&self->report, tl_domain_report_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
on_checked (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->report = tl_domain_check_run_finish (TL_DOMAIN_CHECK (object), result, &outcome->error);
  g_assert_true ((outcome->report != NULL) == (outcome->error == NULL));
  outcome->done = TRUE;
}

static void
on_progress (TlDomainCheck  *check,
             TlDomainReport *report,
             gpointer        user_data)
{
  Outcome *outcome = user_data;

  g_assert_false (outcome->done);
  outcome->n_progress++;
  outcome->last_trips = tl_domain_report_get_parts (report)->n_trips;
}

static TlDomainSubject *
new_subject (const char *domain,
             guint       volume)
{
  g_autoptr(GError) error = NULL;
  TlDomainSubject *subject = tl_domain_subject_new (&(TlDomainSubjectParts) {
                                                      .domain = domain,
                                                      .incoming_host = "imap.a.test",
                                                      .outgoing_host = "mx.a.test",
                                                      .volume = volume,
                                                      .now_s = 1472633820,
                                                    }, &error);

  g_assert_no_error (error);

  return subject;
}

static TlDomainCheck *
new_check (const char *domain,
           TlRecords  *records)
{
  g_autoptr(TlDomainSubject) subject = new_subject (domain, 0);
  g_autofree char *proxy = g_strdup_printf ("http://127.0.0.1:%u",
                                            tl_test_server_get_port (web->server));
  g_autoptr(GProxyResolver) proxies = g_simple_proxy_resolver_new (proxy, NULL);
  g_autoptr(TlHttps) https = tl_https_new_for (web->trust, proxies);

  return tl_domain_check_new_with (subject, records, https);
}

static void
run (TlDomainCheck *check,
     guint          ms,
     GCancellable  *cancellable,
     Outcome       *outcome)
{
  gulong id = g_signal_connect (check, "progress", G_CALLBACK (on_progress), outcome);

  tl_domain_check_run_async (check, tl_deadline_in_ms (ms), cancellable, on_checked, outcome);
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (check, id);
}

static gboolean
has_finding (TlDomainReport *report,
             const char     *id)
{
  GPtrArray *findings = tl_domain_report_get_parts (report)->findings;

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      if (g_str_equal (tl_finding_get_id (findings->pdata[i]), id))
        return TRUE;
    }

  return FALSE;
}

static const char *
get_status (TlDomainReport *report,
            TlDomainTopic   topic)
{
  return tl_nick_get (TL_TYPE_STATUS, (int) tl_domain_report_get_status (report, topic));
}

static void
test_well (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_autoptr(TlDomainCheck) check = new_check ("a.test", records);
  g_auto(Outcome) outcome = { 0 };
  const TlDomainReportParts *parts;

  run (check, LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  parts = tl_domain_report_get_parts (outcome.report);

  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_MX), ==, "ok");
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_SPF), ==, "ok");
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_DMARC), ==, "ok");
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_MTA_STS), ==, "ok");
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_TLS_RPT), ==, "ok");
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_DANE), ==, "not-needed");
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_DNSSEC), ==, "not-tested");
  g_assert_cmpuint (parts->n_trips, <=, 4);
  g_assert_cmpuint (outcome.n_progress, >=, parts->n_trips);
  g_assert_cmpuint (outcome.last_trips, ==, parts->n_trips);
  g_assert_cmpuint (parts->n_questions, >, 10);

  g_test_message ("each is asked once, whoever wants to know");
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "a.test", TL_RECORD_MX), ==, 1);
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "a.test", TL_RECORD_TXT), ==, 1);
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "mx.a.test", TL_RECORD_A), ==, 1);
}

static void
test_unproven_policy (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_autoptr(TlDomainCheck) check = new_check ("moved.test", records);
  g_auto(Outcome) outcome = { 0 };

  g_test_summary ("A policy that comes with the certificate of somebody else is none");

  run (check, LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_MTA_STS), ==, "warning");
  g_assert_true (has_finding (outcome.report, "domain.mta-sts-broken"));
  g_assert_true (has_finding (outcome.report, "domain.tls-rpt-missing"));
}

static void
test_unreached_policy (void)
{
  static const struct
  {
    TlTestWebMood mood;
    const char   *status;
    gboolean      is_broken;
  } moods[] = {
    { TL_TEST_WEB_PROXY_REFUSES, "not-tested", FALSE },
    { TL_TEST_WEB_SILENT_TLS, "not-tested", FALSE },
    { TL_TEST_WEB_PLAINTEXT, "warning", TRUE },
  };

  g_test_summary ("What failed on this side is not the domain's fault");

  for (gsize i = 0; i < G_N_ELEMENTS (moods); i++)
    {
      g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
      g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
      TlTestWeb *well = web;
      g_autoptr(TlDomainCheck) check = NULL;
      g_auto(Outcome) outcome = { 0 };

      web = tl_test_web_new (TL_TEST_TLS_GOOD, moods[i].mood);
      check = new_check ("a.test", records);
      run (check, 1500, NULL, &outcome);
      tl_test_web_free (web);
      web = well;

      g_test_message ("%d", moods[i].mood);
      g_assert_no_error (outcome.error);
      g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_MTA_STS), ==, moods[i].status);
      g_assert_cmpint (has_finding (outcome.report, "domain.mta-sts-broken"), ==,
                       moods[i].is_broken);
      g_assert_cmpint (has_finding (outcome.report, "domain.unanswered"), !=, moods[i].is_broken);
    }
}

/* One that asks @dns and validates from its key. */
static TlRecords *
new_validating (TlTestDns *dns)
{
  g_autofree char *anchor = tl_test_dns_dup_anchor (dns);
  g_autofree char *folder = g_dir_make_tmp ("twolane-domain-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "root.key", NULL);
  TlRecords *records;

  g_assert_true (g_file_set_contents (file, anchor, -1, NULL));
  records = tl_records_new_for (tl_test_dns_get_forwarder (dns), file);
  g_unlink (file);
  g_rmdir (folder);

  return records;
}

static void
test_proven (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_SIGNED);
  g_autoptr(TlTestDns) plain = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = new_validating (dns);
  g_autoptr(TlRecords) unproven = tl_records_new_for (tl_test_dns_get_forwarder (plain), NULL);
  g_autoptr(TlDomainCheck) check = new_check ("deep.test", records);
  g_autoptr(TlDomainCheck) other = new_check ("deep.test", unproven);
  g_auto(Outcome) outcome = { 0 };
  g_auto(Outcome) without = { 0 };

  g_test_summary ("A proof is waited for at the end, and costs no round");

  run (check, LONG_MS, NULL, &outcome);
  run (other, LONG_MS, NULL, &without);
  g_assert_no_error (outcome.error);
  g_assert_no_error (without.error);
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_DNSSEC), ==, "ok");
  g_assert_cmpstr (get_status (without.report, TL_DOMAIN_TOPIC_DNSSEC), ==, "not-tested");
  g_assert_cmpuint (tl_domain_report_get_parts (outcome.report)->n_trips, ==,
                    tl_domain_report_get_parts (without.report)->n_trips);
}

static void
test_depth (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_autoptr(TlDomainCheck) deep = new_check ("deep.test", records);
  g_autoptr(TlDomainCheck) endless = new_check ("endless.test", records);
  g_auto(Outcome) found = { 0 };
  g_auto(Outcome) stopped = { 0 };

  run (deep, LONG_MS, NULL, &found);
  g_assert_no_error (found.error);
  g_assert_cmpuint (tl_domain_report_get_parts (found.report)->n_trips, >=, 9);
  g_assert_cmpuint (tl_domain_report_get_parts (found.report)->n_trips, <=, 8 + 3);
  g_assert_false (has_finding (found.report, "domain.spf-too-many-lookups"));
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "i8.test", TL_RECORD_TXT), ==, 1);

  run (endless, LONG_MS, NULL, &stopped);
  g_assert_no_error (stopped.error);
  g_assert_cmpuint (tl_domain_report_get_parts (stopped.report)->n_trips, <=, 12);
  g_assert_true (has_finding (stopped.report, "domain.spf-too-many-lookups"));
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "e14.test", TL_RECORD_TXT), ==, 0);
}

static void
test_deepest (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_autoptr(TlDomainCheck) check = new_check ("full.test", records);
  g_auto(Outcome) outcome = { 0 };

  g_test_summary ("Ten look-ups one behind the other, the last one of names: all of it is seen");

  run (check, LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (tl_domain_report_get_parts (outcome.report)->n_trips, ==, 12);
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_SPF), ==, "ok");
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "mx.f.test", TL_RECORD_A), ==, 1);
}

static void
test_too_late (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_autoptr(TlDomainCheck) check = new_check ("a.test", records);
  g_auto(Outcome) outcome = { 0 };

  g_test_summary ("Nobody is asked when the time is over");

  run (check, 0, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (tl_domain_report_get_parts (outcome.report)->n_trips, ==, 0);
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_MX), ==, "not-tested");
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "a.test", TL_RECORD_MX), ==, 0);
}

static void
test_silent (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_autoptr(TlDomainCheck) check = new_check ("silent.test", records);
  g_auto(Outcome) outcome = { 0 };
  gint64 start_us = g_get_monotonic_time ();

  g_test_summary ("When the time is over, what nobody answered is not tested, and never fine");

  run (check, 500, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (tl_domain_report_get_parts (outcome.report)->n_trips, ==, 1);
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_MX), ==, "not-tested");
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_SPF), ==, "not-tested");
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_MTA_STS), ==, "not-tested");
  g_assert_cmpstr (get_status (outcome.report, TL_DOMAIN_TOPIC_DNSSEC), ==, "not-tested");
  g_assert_true (has_finding (outcome.report, "domain.unanswered"));
  g_assert_false (has_finding (outcome.report, "domain.mx-missing"));
  g_assert_false (has_finding (outcome.report, "domain.spf-missing"));
}

static gboolean
on_time_to_cancel (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  gint64 start_us;

  for (guint ms = 0; ms <= 100; ms += 100)
    {
      g_autoptr(TlDomainCheck) check = new_check ("silent.test", records);
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_auto(Outcome) outcome = { 0 };

      if (ms == 0)
        g_cancellable_cancel (cancellable);
      else
        g_timeout_add (ms, on_time_to_cancel, cancellable);
      start_us = g_get_monotonic_time ();
      run (check, LONG_MS, cancellable, &outcome);
      g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (outcome.n_progress, ==, 0);
      g_assert_cmpint (g_get_monotonic_time () - start_us, <, (ms + 200) * 1000);
    }
}

static void
test_again (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_autoptr(TlDomainCheck) check = new_check ("deep.test", records);
  g_autoptr(TlDomainSubject) same = new_subject ("deep.test", 5000);
  TlDomainSubjectParts later_parts = *tl_domain_subject_get_parts (same);
  g_autoptr(TlDomainSubject) later = NULL;
  g_autoptr(TlDomainSubject) other = new_subject ("a.test", 0);
  g_autoptr(TlDomainReport) again = NULL;
  g_autoptr(TlDomainReport) more = NULL;
  g_auto(Outcome) outcome = { 0 };

  run (check, LONG_MS, NULL, &outcome);
  g_assert_no_error (outcome.error);

  g_assert_null (tl_domain_check_judge_again (check, other));
  again = tl_domain_check_judge_again (check, same);
  g_assert_nonnull (again);
  g_assert_cmpuint (tl_domain_report_get_parts (again)->n_questions, ==,
                    tl_domain_report_get_parts (outcome.report)->n_questions);

  g_test_message ("a report is as old as the answers are");
  later_parts.now_s += 86400;
  later = tl_domain_subject_new (&later_parts, NULL);
  more = tl_domain_check_judge_again (check, later);
  g_assert_nonnull (more);
  g_assert_cmpint (tl_domain_report_get_parts (more)->checked_at_s, ==,
                   tl_domain_report_get_parts (outcome.report)->checked_at_s);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  web = tl_test_web_new (TL_TEST_TLS_GOOD, TL_TEST_WEB_WELL);

  g_test_add_func ("/domain-check/well", test_well);
  g_test_add_func ("/domain-check/unproven-policy", test_unproven_policy);
  g_test_add_func ("/domain-check/unreached-policy", test_unreached_policy);
  g_test_add_func ("/domain-check/proven", test_proven);
  g_test_add_func ("/domain-check/depth", test_depth);
  g_test_add_func ("/domain-check/deepest", test_deepest);
  g_test_add_func ("/domain-check/too-late", test_too_late);
  g_test_add_func ("/domain-check/silent", test_silent);
  g_test_add_func ("/domain-check/cancelled", test_cancelled);
  g_test_add_func ("/domain-check/again", test_again);

  status = g_test_run ();
  tl_test_web_free (web);

  return status;
}
