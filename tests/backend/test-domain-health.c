/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A domain that was looked up, as it is shown: topics, records, fixes. */
#include "tl-domain-health-private.h"

#include <string.h>

#include "tl-https-private.h"
#include "tl-records-private.h"
#include "tl-test-dns.h"
#include "tl-test-setup.h"

static const TlTestDnsRow rows[] = {
  { "a.test", TL_RECORD_MX, .priority = 10, .text = "mx.a.test" },
  { "mx.a.test", TL_RECORD_A, .hex = "c0000201" },
  { "a.test", TL_RECORD_TXT, .text = "v=spf1 ip4:192.0.2.0/24 -all" },
};

static void
count (guint *n)
{
  (*n)++;
}

static TlDomainSubject *
subject_new (guint volume)
{
  const TlDomainSubjectParts parts = { .domain = "a.test", .outgoing_host = "mx.a.test",
                                       .volume = volume, .now_s = 1472633820 };
  g_autoptr(GError) error = NULL;
  TlDomainSubject *subject = tl_domain_subject_new (&parts, &error);

  g_assert_no_error (error);

  return subject;
}

/* Asks nobody but the test's own resolver. */
static TlDomainHealth *
health_new (TlTestDns *dns)
{
  TlDomainHealth *health = tl_domain_health_new ();
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_autoptr(GProxyResolver) proxies = g_simple_proxy_resolver_new ("http://127.0.0.1:1", NULL);
  g_autoptr(TlHttps) https = tl_https_new_for (NULL, proxies);

  tl_domain_health_ask_with (health, records, https);

  return health;
}

static gboolean
check (TlDomainHealth  *health,
       guint            volume,
       GCancellable    *cancellable,
       GError         **error)
{
  g_autoptr(TlDomainSubject) subject = subject_new (volume);
  TlTestWait wait = { NULL };
  gboolean is_there;

  tl_domain_health_check_async (health, subject, cancellable, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  is_there = tl_domain_health_check_finish (health, wait.result, error);
  g_object_unref (wait.result);

  return is_there;
}

static TlDomainRow *
get_row (TlDomainHealth *health,
         TlDomainTopic   topic)
{
  g_autoptr(TlDomainRow) row = g_list_model_get_item (tl_domain_health_get_rows (health), topic);

  g_assert_cmpint (tl_domain_row_get_topic (row), ==, topic);

  return row; /* the model keeps it */
}

static char *
dup_summary (TlDomainHealth *health)
{
  char *summary = NULL;

  g_object_get (health, "summary", &summary, NULL);
  g_assert_nonnull (summary);

  return summary;
}

static gboolean
has_fixes (TlDomainHealth *health)
{
  gboolean has_fixes = FALSE;

  g_object_get (health, "has-fixes", &has_fixes, NULL);

  return has_fixes;
}

static void
test_untested (void)
{
  g_autoptr(TlDomainHealth) health = tl_domain_health_new ();
  g_autofree char *summary = dup_summary (health);
  TlVerdict verdict = TL_VERDICT_OK;

  g_test_summary ("Rows of all topics from the start, with words for each");

  g_assert_cmpuint (g_list_model_get_n_items (tl_domain_health_get_rows (health)), ==,
                    TL_N_DOMAIN_TOPICS);
  for (guint i = 0; i < TL_N_DOMAIN_TOPICS; i++)
    {
      TlDomainRow *row = get_row (health, (TlDomainTopic) i);
      g_autofree char *purpose = NULL;

      g_object_get (row, "purpose", &purpose, NULL);
      g_assert_cmpint (tl_domain_row_get_status (row), ==, TL_STATUS_NOT_TESTED);
      g_assert_cmpuint (strlen (tl_domain_row_get_title (row)), >, 0);
      g_assert_cmpuint (strlen (tl_domain_row_get_summary (row)), >, 0);
      g_assert_cmpuint (strlen (purpose), >, 0);
      g_assert_cmpuint (g_list_model_get_n_items (tl_domain_row_get_fixes (row)), ==, 0);
    }
  g_object_get (health, "verdict", &verdict, NULL);
  g_assert_cmpint (verdict, ==, TL_VERDICT_NOT_TESTED);
  g_assert_cmpstr (summary, ==, "");
  g_assert_false (has_fixes (health));
  g_assert_null (tl_domain_health_dup_fixes_text (health));
}

/* A row has something to say for whatever was found. */
static void
assert_filled (GListModel *records)
{
  g_assert_cmpuint (g_list_model_get_n_items (records), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (records); i++)
    {
      g_autoptr(TlDetail) record = g_list_model_get_item (records, i);

      g_assert_nonnull (tl_detail_get_label (record));
      g_assert_nonnull (tl_detail_get_value (record));
      g_assert_cmpstr (tl_detail_get_value (record), !=, "");
    }
}

/* Every line is nothing, a comment or a record. */
static void
assert_zone_file (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_test_message ("%s", lines[i]);
      g_assert_true (*lines[i] == '\0' || *lines[i] == ';' || strstr (lines[i], ". IN ") != NULL);
    }
}

static void
test_checked (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlDomainHealth) health = health_new (dns);
  TlDomainRow *spf = get_row (health, TL_DOMAIN_TOPIC_SPF);
  TlDomainRow *dmarc = get_row (health, TL_DOMAIN_TOPIC_DMARC);
  g_autoptr(TlRecordFix) fix = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *text = NULL;
  guint n_report = 0;
  guint n_checking = 0;
  guint n_status = 0;
  guint n_summary = 0;
  guint n_fixes = 0;

  g_test_summary ("What is found stands by its topic; what is to be published beside it");

  g_signal_connect_swapped (health, "notify::report", G_CALLBACK (count), &n_report);
  g_signal_connect_swapped (health, "notify::checking", G_CALLBACK (count), &n_checking);
  g_signal_connect_swapped (spf, "notify::status", G_CALLBACK (count), &n_status);
  g_signal_connect_swapped (health, "notify::summary", G_CALLBACK (count), &n_summary);
  g_signal_connect_swapped (health, "notify::has-fixes", G_CALLBACK (count), &n_fixes);
  g_assert_true (check (health, 0, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_report, >=, 2);
  g_assert_cmpuint (n_checking, ==, 2);
  g_assert_cmpuint (n_status, >=, 2);
  g_assert_cmpuint (n_summary, ==, 2);
  g_assert_cmpuint (n_fixes, ==, 1);
  g_assert_true (has_fixes (health));
  g_object_get (health, "domain", &domain, NULL);
  g_assert_cmpstr (domain, ==, "a.test");
  g_assert_true (tl_domain_health_is_complete (health));

  g_assert_cmpint (tl_domain_row_get_status (spf), ==, TL_STATUS_OK);
  g_assert_cmpuint (g_list_model_get_n_items (tl_domain_row_get_records (spf)), >=, 1);
  g_assert_cmpuint (g_list_model_get_n_items (tl_domain_row_get_findings (spf)), ==, 0);
  g_assert_nonnull (strstr (tl_domain_row_get_summary (spf), "10"));

  g_assert_cmpint (tl_domain_row_get_status (dmarc), ==, TL_STATUS_WARNING);
  g_assert_true (tl_test_model_has (tl_domain_row_get_findings (dmarc), "domain.dmarc-missing"));
  g_assert_true (tl_test_model_has (tl_domain_health_get_findings (health),
                                    "domain.dmarc-missing"));
  fix = g_list_model_get_item (tl_domain_row_get_fixes (dmarc), 0);
  assert_filled (tl_domain_row_get_records (spf));
  assert_filled (tl_domain_row_get_records (dmarc));
  g_assert_nonnull (fix);
  g_assert_cmpstr (tl_record_fix_get_id (fix), ==, "domain.dmarc-missing");
  g_assert_cmpstr (tl_record_fix_get_name (fix), ==, "_dmarc.a.test");
  g_assert_cmpstr (tl_record_fix_get_kind (fix), ==, "TXT");
  g_assert_true (g_str_has_prefix (tl_record_fix_get_zone_line (fix),
                                   "_dmarc.a.test. IN TXT \"v=DMARC1"));
  text = tl_domain_health_dup_fixes_text (health);
  g_assert_nonnull (strstr (text, tl_record_fix_get_zone_line (fix)));
  assert_zone_file (text);
}

static void
test_rules (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlDomainHealth) health = health_new (dns);
  g_autoptr(TlDomainSubject) bulk = subject_new (6000);
  g_autoptr(TlRecordFix) few = NULL;
  g_autoptr(TlRecordFix) many = NULL;
  g_autofree char *text = NULL;
  TlDomainRow *dmarc = get_row (health, TL_DOMAIN_TOPIC_DMARC);
  guint n_asked;
  guint n_before;

  g_test_summary ("For another volume it is judged again, and nobody is asked");

  g_assert_true (check (health, 10, NULL, NULL));
  few = g_list_model_get_item (tl_domain_row_get_fixes (dmarc), 0);
  n_before = g_strv_length ((char **) tl_record_fix_get_rules (few));
  n_asked = tl_test_dns_get_n_asked (dns, "_dmarc.a.test", TL_RECORD_TXT);
  tl_domain_health_judge_again (health, bulk);
  g_assert_nonnull (tl_domain_health_get_report (health));
  many = g_list_model_get_item (tl_domain_row_get_fixes (dmarc), 0);
  g_assert_nonnull (many);
  g_assert_cmpuint (g_strv_length ((char **) tl_record_fix_get_rules (many)), >, n_before);
  g_assert_cmpuint (tl_test_dns_get_n_asked (dns, "_dmarc.a.test", TL_RECORD_TXT), ==, n_asked);

  text = tl_domain_health_dup_fixes_text (health);
  g_assert_true (text[0] == ';');
  g_assert_nonnull (strstr (text, "a.test"));
  g_assert_true (strstr (text, "a.test") < strchr (text, '\n'));
  for (gsize i = 0; tl_record_fix_get_rules (many)[i] != NULL; i++)
    {
      g_autofree char *comment = g_strconcat ("\n; ", tl_record_fix_get_rules (many)[i], "\n", NULL);

      g_assert_nonnull (strstr (text, comment));
    }
}

static void
test_again (void)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlDomainHealth) health = health_new (dns);
  g_autoptr(TlDomainSubject) subject = subject_new (0);
  TlTestWait wait = { NULL };

  g_test_summary ("A second check begins with nothing");

  g_assert_true (check (health, 0, NULL, NULL));
  g_assert_nonnull (tl_domain_health_get_report (health));
  tl_domain_health_check_async (health, subject, NULL, tl_test_wait_ready, &wait);
  g_assert_null (tl_domain_health_get_report (health));
  g_assert_false (has_fixes (health));
  g_assert_true (tl_domain_health_is_checking (health));
  tl_test_wait_for (&wait);
  g_assert_true (tl_domain_health_check_finish (health, wait.result, NULL));
  g_object_unref (wait.result);
  g_assert_true (tl_domain_health_is_complete (health));
  g_assert_true (has_fixes (health));
}

static void
test_stopped (gconstpointer data)
{
  gboolean by_clear = GPOINTER_TO_INT (data);
  static const TlTestDnsRow silent[] = {
    { "a.test", TL_RECORD_TXT, TL_TEST_DNS_SILENT },
    { "a.test", TL_RECORD_MX, TL_TEST_DNS_SILENT },
  };
  g_autoptr(TlTestDns) dns =
    tl_test_dns_new (silent, G_N_ELEMENTS (silent), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlDomainHealth) health = health_new (dns);
  g_autoptr(TlDomainSubject) subject = subject_new (0);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) pending = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *after = NULL;
  TlTestWait wait = { NULL };

  g_test_summary ("Half a check says nothing; one at a time");

  tl_domain_health_check_async (health, subject, cancellable, tl_test_wait_ready, &wait);
  g_assert_false (check (health, 0, NULL, &pending));
  g_assert_error (pending, G_IO_ERROR, G_IO_ERROR_PENDING);
  tl_test_pass_ms (100);
  g_assert_false (tl_domain_health_is_complete (health));
  g_assert_cmpint (tl_domain_row_get_status (get_row (health, TL_DOMAIN_TOPIC_MX)), ==,
                   TL_STATUS_RUNNING);
  summary = dup_summary (health);
  g_assert_cmpstr (summary, !=, "");
  if (by_clear)
    tl_domain_health_clear (health);
  else
    g_cancellable_cancel (cancellable);
  tl_test_wait_for (&wait);
  g_assert_false (tl_domain_health_check_finish (health, wait.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (wait.result);
  g_assert_null (tl_domain_health_get_report (health));
  for (guint i = 0; i < TL_N_DOMAIN_TOPICS; i++)
    g_assert_cmpint (tl_domain_row_get_status (get_row (health, (TlDomainTopic) i)), ==,
                     TL_STATUS_NOT_TESTED);
  after = dup_summary (health);
  g_assert_cmpstr (after, ==, "");
}

/* What is said of a domain of which so much was seen. */
static char *
summarize (TlStatus    mx,
           TlStatus    identity,
           const char *id)
{
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_domain_record_free);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  const TlDomainReportParts parts = { .domain = "b.test", .records = records,
                                      .findings = findings };
  g_autoptr(TlDomainHealth) health = tl_domain_health_new ();
  g_autoptr(TlDomainReport) report = NULL;

  for (guint i = 0; i < TL_N_DOMAIN_TOPICS; i++)
    {
      TlStatus status = i == TL_DOMAIN_TOPIC_MX ? mx
                        : i == TL_DOMAIN_TOPIC_IDENTITY ? identity : TL_STATUS_OK;

      /* Running: there is no record at all. */
      if (status != TL_STATUS_RUNNING)
        g_ptr_array_add (records, tl_domain_record_new ((TlDomainTopic) i, status, "b.test", NULL,
                                                        "x"));
    }
  if (id != NULL)
    g_ptr_array_add (findings, tl_finding_new (id, TL_LANE_NONE, NULL));
  report = tl_domain_report_new (&parts);
  tl_domain_health_show (health, report);

  return dup_summary (health);
}

static void
test_summary (void)
{
  g_autofree char *all = summarize (TL_STATUS_OK, TL_STATUS_OK, NULL);
  g_autofree char *no_names = summarize (TL_STATUS_OK, TL_STATUS_RUNNING, NULL);
  g_autofree char *no_mx = summarize (TL_STATUS_RUNNING, TL_STATUS_RUNNING, NULL);
  g_autofree char *one = summarize (TL_STATUS_NOT_TESTED, TL_STATUS_OK, NULL);
  g_autofree char *two = summarize (TL_STATUS_NOT_TESTED, TL_STATUS_NOT_TESTED, NULL);
  g_autofree char *bad = summarize (TL_STATUS_OK, TL_STATUS_OK, "domain.dmarc-missing");
  g_autofree char *bad_one = summarize (TL_STATUS_NOT_TESTED, TL_STATUS_OK,
                                        "domain.dmarc-missing");

  g_test_summary ("Trust is spoken of only where all was looked at; nothing to compare is no gap");

  g_assert_cmpstr (all, ==, no_names);
  g_assert_null (strpbrk (all, G_CSET_DIGITS));
  g_assert_cmpstr (no_mx, ==, one);
  g_assert_nonnull (strstr (one, "1 "));
  g_assert_nonnull (strstr (two, "2 "));
  g_assert_false (g_str_has_prefix (one, all));
  g_assert_cmpstr (bad, !=, all);
  g_assert_true (g_str_has_prefix (bad_one, bad));
  g_assert_nonnull (strstr (bad_one, "1 "));
}

static void
test_show_and_clear (void)
{
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_domain_record_free);
  const TlDomainReportParts parts = { .domain = "b.test", .records = records };
  g_autoptr(TlDomainHealth) health = tl_domain_health_new ();
  g_autoptr(TlDomainReport) report = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *none = NULL;

  g_ptr_array_add (records, tl_domain_record_new (TL_DOMAIN_TOPIC_BIMI, TL_STATUS_NOT_NEEDED,
                                                  "default._bimi.b.test", NULL, "none"));
  report = tl_domain_report_new (&parts);
  tl_domain_health_show (health, report);
  g_object_get (health, "domain", &domain, NULL);
  g_assert_cmpstr (domain, ==, "b.test");
  g_assert_cmpint (tl_domain_row_get_status (get_row (health, TL_DOMAIN_TOPIC_BIMI)), ==,
                   TL_STATUS_NOT_NEEDED);

  tl_domain_health_clear (health);
  g_object_get (health, "domain", &none, NULL);
  g_assert_null (none);
  g_assert_null (tl_domain_health_get_report (health));
}

/* RFC 1035 §5.1 */
static const struct
{
  const char *name;
  const char *owner;
  const char *kind;
  const char *value;
  const char *line;
} lines[] = {
  { "txt", "a.test", "TXT", "v=spf1 -all", "a.test. IN TXT \"v=spf1 -all\"" },
  { "dot", "a.test.", "TXT", "x", "a.test. IN TXT \"x\"" },
  { "empty", "a.test", "TXT", "", "a.test. IN TXT \"\"" },
  { "quote", "a.test", "TXT", "a\"b\\c", "a.test. IN TXT \"a\\\"b\\\\c\"" },
  { "bytes", "a.test", "TXT", "\xc3\xa9\n", "a.test. IN TXT \"\\195\\169\\010\"" },
  { "owner", "_x y;.a.test", "TXT", "x", "_x\\032y\\059.a.test. IN TXT \"x\"" },
  { "cname", "k._domainkey.a.test", "CNAME", "k.b.test",
    "k._domainkey.a.test. IN CNAME k.b.test." },
  { "cname-dot", "k.a.test", "CNAME", "k.b.test.", "k.a.test. IN CNAME k.b.test." },
  { "mx", "a.test", "MX", "10 mx.b.test", "a.test. IN MX 10 mx.b.test." },
  { "tlsa", "_25._tcp.a.test", "TLSA", "3 1 1 00ff", "_25._tcp.a.test. IN TLSA 3 1 1 00ff" },
  { "mx-null", "a.test", "MX", "0 .", "a.test. IN MX 0 ." },
  /* No one record of a type that mends something: no line. */
  { "other-type", "a.test", "NS", "ns.b.test" },
  { "type-with-more", "a.test", "TXT x\nb.test. IN A", "192.0.2.1" },
  { "mx-bare", "a.test", "MX", "mx.b.test" },
  { "mx-odd", "a.test", "MX", "10 ( mx.b.test", "a.test. IN MX 10 \\040\\032mx.b.test." },
  { "mx-word", "a.test", "MX", "$INCLUDE mx.b.test" },
  { "tlsa-odd", "_25._tcp.a.test", "TLSA", "3 1 1 00ff ; x" },
  { "cname-empty", "k.a.test", "CNAME", "" },
};

static void
test_line (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *line =
    tl_record_fix_dup_line (lines[i].owner, lines[i].kind, lines[i].value);

  g_assert_cmpstr (line, ==, lines[i].line);
}

static void
test_long_line (void)
{
  static const guint lengths[] = { 254, 255, 256, 510, 511 };

  g_test_summary ("No string is longer than 255 bytes, and none is lost");

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *value = g_strnfill (lengths[i], 'k');
      g_autofree char *line = tl_record_fix_dup_line ("a.test", "TXT", value);
      g_auto(GStrv) parts = g_strsplit (strchr (line, '"'), " ", -1);
      gsize n = 0;

      g_assert_cmpuint (g_strv_length (parts), ==, (lengths[i] + 254) / 255);
      for (gsize j = 0; parts[j] != NULL; j++)
        {
          g_assert_cmpuint (strlen (parts[j]), <=, 257);
          n += strlen (parts[j]) - 2;
        }
      g_assert_cmpuint (n, ==, lengths[i]);
    }
}

/* Every finding of a domain that a topic is named in stands by one. */
static void
test_topics (void)
{
  static const struct
  {
    const char    *id;
    TlDomainTopic  topic;
  } ids[] = {
    { "domain.mx-missing", TL_DOMAIN_TOPIC_MX },
    { "domain.spf-excludes-lane", TL_DOMAIN_TOPIC_SPF },
    { "domain.dkim-weak", TL_DOMAIN_TOPIC_DKIM },
    { "domain.dmarc-unaligned", TL_DOMAIN_TOPIC_DMARC },
    { "domain.lookalike-sender", TL_DOMAIN_TOPIC_IDENTITY },
    { "domain.replies-elsewhere", TL_DOMAIN_TOPIC_IDENTITY },
    { "domain.ptr-missing", TL_DOMAIN_TOPIC_IDENTITY },
    { "domain.mta-sts-broken", TL_DOMAIN_TOPIC_MTA_STS },
    { "domain.tls-rpt-missing", TL_DOMAIN_TOPIC_TLS_RPT },
    { "domain.tlsa-mismatch", TL_DOMAIN_TOPIC_DANE },
    { "domain.dnssec-bogus", TL_DOMAIN_TOPIC_DNSSEC },
    { "domain.not-signed", TL_DOMAIN_TOPIC_DNSSEC },
    { "domain.bimi-not-ready", TL_DOMAIN_TOPIC_BIMI },
  };
  TlDomainTopic topic = TL_DOMAIN_TOPIC_MX;

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_true (tl_domain_topic_find (ids[i].id, &topic));
      g_assert_cmpint (topic, ==, ids[i].topic);
    }
  g_assert_false (tl_domain_topic_find ("domain.unanswered", &topic));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/domain-health/untested", test_untested);
  g_test_add_func ("/domain-health/checked", test_checked);
  g_test_add_func ("/domain-health/rules", test_rules);
  g_test_add_func ("/domain-health/again", test_again);
  g_test_add_data_func ("/domain-health/stopped/cancel", GINT_TO_POINTER (FALSE), test_stopped);
  g_test_add_data_func ("/domain-health/stopped/clear", GINT_TO_POINTER (TRUE), test_stopped);
  g_test_add_func ("/domain-health/summary", test_summary);
  g_test_add_func ("/domain-health/show-and-clear", test_show_and_clear);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-health/line/", lines[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_line);
    }
  g_test_add_func ("/domain-health/long-line", test_long_line);
  g_test_add_func ("/domain-health/topics", test_topics);

  return g_test_run ();
}
