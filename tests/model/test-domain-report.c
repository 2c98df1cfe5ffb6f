/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-report.h"

#include <string.h>

#include "tl-error.h"

#define RECORD(topic, status) \
  "{\"detail\":null,\"name\":\"acme.test\",\"status\":\"" status "\",\"topic\":\"" topic "\"," \
  "\"value\":\"v=x\"}"
#define COUNTED(n) \
  "{\"detail\":null,\"lookups\":" n ",\"name\":\"acme.test\",\"status\":\"ok\",\"topic\":\"spf\"," \
  "\"value\":\"v=x\"}"
#define FINDING \
  "{\"evidence\":{\"record\":\"v=x\"},\"id\":\"domain.spf-missing\",\"lane\":\"none\"," \
  "\"severity\":\"warning\",\"stage\":\"domain\"}"
#define REPORT_OF(domain, records, findings, verdict) \
  "{\"checked_at\":\"2026-01-31T12:00:00Z\",\"domain\":\"" domain "\",\"findings\":[" findings \
  "],\"questions\":21,\"records\":[" records "],\"trips\":3,\"verdict\":\"" verdict "\"}"

typedef struct
{
  const char *name;
  const char *text;
  const char *said; /* NULL: it is read, and written alike */
} ReadCase;

static const ReadCase read_cases[] = {
  { "least", REPORT_OF ("acme.test", "", "", "not-tested") },
  { "ok", REPORT_OF ("acme.test", RECORD ("mx", "ok"), "", "ok") },
  { "counted", REPORT_OF ("acme.test", COUNTED ("7"), "", "ok") },
  { "counted-none", REPORT_OF ("acme.test", COUNTED ("0"), "", "ok") },
  { "counted-too-far", REPORT_OF ("acme.test", COUNTED ("31"), "", "ok"), "“lookups”" },
  { "not-tested", REPORT_OF ("acme.test", RECORD ("mx", "not-tested"), "", "not-tested") },
  { "not-tested-as-ok", REPORT_OF ("acme.test", RECORD ("mx", "not-tested"), "", "ok"),
    "“verdict”" },
  { "warning", REPORT_OF ("acme.test", RECORD ("spf", "warning"), FINDING, "warning") },
  { "warning-as-ok", REPORT_OF ("acme.test", RECORD ("spf", "warning"), FINDING, "ok"),
    "“verdict”" },
  { "running", REPORT_OF ("acme.test", RECORD ("mx", "running"), "", "ok"), "“status”" },
  { "order", REPORT_OF ("acme.test", RECORD ("spf", "ok") "," RECORD ("mx", "ok"), "", "ok"),
    "“records”" },
  { "several", REPORT_OF ("acme.test", RECORD ("mx", "ok") "," RECORD ("dkim", "ok") ","
                          RECORD ("dkim", "warning"), "", "ok") },
  { "topic", REPORT_OF ("acme.test", RECORD ("spam", "ok"), "", "ok"), "“topic”" },
  { "domain-case", REPORT_OF ("Acme.test", "", "", "not-tested"), "“domain”" },
  { "domain-unicode", REPORT_OF ("bücher.test", "", "", "not-tested"), "“domain”" },
  { "domain-a-label", REPORT_OF ("xn--bcher-kva.test", "", "", "not-tested") },
  { "domain-empty", REPORT_OF ("", "", "", "not-tested"), "“domain”" },
  { "nothing", "{}", "is missing" },
};

static void
test_read (gconstpointer data)
{
  const ReadCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = tl_json_parse (c->text, -1, &error);
  g_autoptr(TlDomainReport) report = NULL;
  g_autoptr(TlJson) again = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  report = tl_domain_report_from_json (json, &error);
  if (c->said != NULL)
    {
      g_assert_null (report);
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, c->said));
      return;
    }

  g_assert_no_error (error);
  again = tl_domain_report_to_json (report);
  text = tl_json_to_canonical (again);
  g_assert_cmpstr (text, ==, c->text);
}

typedef struct
{
  const char *name;
  TlStatus    first;
  TlStatus    second;
  TlStatus    status;
} StatusCase;

static const StatusCase status_cases[] = {
  { "ok", TL_STATUS_OK, TL_STATUS_OK, TL_STATUS_OK },
  { "warning", TL_STATUS_OK, TL_STATUS_WARNING, TL_STATUS_WARNING },
  { "error", TL_STATUS_ERROR, TL_STATUS_WARNING, TL_STATUS_ERROR },
  { "half-seen", TL_STATUS_OK, TL_STATUS_NOT_TESTED, TL_STATUS_NOT_TESTED },
  { "half-seen-first", TL_STATUS_NOT_TESTED, TL_STATUS_OK, TL_STATUS_NOT_TESTED },
  { "fault-seen", TL_STATUS_NOT_TESTED, TL_STATUS_WARNING, TL_STATUS_WARNING },
  { "not-needed", TL_STATUS_NOT_NEEDED, TL_STATUS_OK, TL_STATUS_OK },
};

/* Given in another order than that of topics. */
static void
test_status (gconstpointer data)
{
  const StatusCase *c = data;
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_domain_record_free);
  g_autoptr(TlDomainReport) report = NULL;
  const TlDomainRecord *first;

  g_ptr_array_add (records, tl_domain_record_new (TL_DOMAIN_TOPIC_DKIM, c->first, "a", NULL, NULL));
  g_ptr_array_add (records, tl_domain_record_new (TL_DOMAIN_TOPIC_DKIM, c->second, "b", NULL,
                                                  NULL));
  g_ptr_array_add (records, tl_domain_record_new (TL_DOMAIN_TOPIC_MX, TL_STATUS_OK, "c", NULL,
                                                  NULL));
  report = tl_domain_report_new (&(TlDomainReportParts) { .domain = "acme.test",
                                                          .records = records });
  first = g_ptr_array_index (tl_domain_report_get_parts (report)->records, 0);

  g_assert_cmpstr (first->name, ==, "c");
  g_assert_cmpint (tl_domain_report_get_status (report, TL_DOMAIN_TOPIC_DKIM), ==, c->status);
  g_assert_cmpint (tl_domain_report_get_status (report, TL_DOMAIN_TOPIC_MX), ==, TL_STATUS_OK);
  g_assert_cmpint (tl_domain_report_get_status (report, TL_DOMAIN_TOPIC_SPF), ==,
                   TL_STATUS_NOT_TESTED);
}

static const struct
{
  const char *id;
  int         topic; /* −1: none */
} topic_cases[] = {
  { "domain.mx-null", TL_DOMAIN_TOPIC_MX },
  { "domain.spf-missing", TL_DOMAIN_TOPIC_SPF },
  { "domain.ptr-missing", TL_DOMAIN_TOPIC_IDENTITY },
  { "domain.replies-elsewhere", TL_DOMAIN_TOPIC_IDENTITY },
  { "domain.lookalike-sender", TL_DOMAIN_TOPIC_IDENTITY },
  { "domain.tls-rpt-missing", TL_DOMAIN_TOPIC_TLS_RPT },
  { "domain.tlsa-mismatch", TL_DOMAIN_TOPIC_DANE },
  { "domain.not-signed", TL_DOMAIN_TOPIC_DNSSEC },
  { "domain.bimi-not-ready", TL_DOMAIN_TOPIC_BIMI },
  { "domain.nxdomain", -1 },
  { "domain.unanswered", -1 },
  { "use.alert", -1 },
};

static void
test_topics (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (topic_cases); i++)
    {
      TlDomainTopic topic = TL_DOMAIN_TOPIC_MX;
      gboolean found = tl_domain_topic_find (topic_cases[i].id, &topic);

      g_assert_cmpint (found ? (int) topic : -1, ==, topic_cases[i].topic);
    }
  for (int i = 0; i < TL_N_DOMAIN_TOPICS; i++)
    g_assert_nonnull (tl_domain_topic_get_label ((TlDomainTopic) i));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (read_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-report/read/", read_cases[i].name, NULL);

      g_test_add_data_func (path, &read_cases[i], test_read);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (status_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/domain-report/status/", status_cases[i].name, NULL);

      g_test_add_data_func (path, &status_cases[i], test_status);
    }

  g_test_add_func ("/domain-report/topics", test_topics);

  return g_test_run ();
}
