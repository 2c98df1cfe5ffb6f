/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop-report.h"

#include <string.h>

#include "tl-lane-report.h"

typedef struct
{
  const char *name;
  gboolean    is_sent;
  gboolean    is_back;
  const char *findings;
  TlVerdict   verdict;
} VerdictCase;

static const VerdictCase verdict_cases[] = {
  { "nothing", FALSE, FALSE, "", TL_VERDICT_NOT_TESTED },
  { "sent-alone", TRUE, FALSE, "", TL_VERDICT_NOT_TESTED },
  { "back-alone", FALSE, TRUE, "", TL_VERDICT_NOT_TESTED },
  { "ok", TRUE, TRUE, "", TL_VERDICT_OK },
  { "note", TRUE, TRUE, "deliver.not-filed", TL_VERDICT_OK },
  { "warning", TRUE, TRUE, "deliver.not-filed deliver.in-junk", TL_VERDICT_WARNING },
  { "warning-not-back", TRUE, FALSE, "deliver.in-junk", TL_VERDICT_NOT_TESTED },
  { "error", TRUE, FALSE, "deliver.timeout", TL_VERDICT_ERROR },
  { "error-though-back", TRUE, TRUE, "deliver.in-junk deliver.other-mailbox", TL_VERDICT_ERROR },
};

static GPtrArray *
make_findings (const char *ids)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto(GStrv) parts = g_strsplit (ids, " ", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (findings, tl_finding_new (parts[i], TL_LANE_OUTGOING, NULL));

  return findings;
}

static void
test_verdict (gconstpointer data)
{
  const VerdictCase *c = data;
  g_autoptr(GPtrArray) findings = make_findings (c->findings);
  g_autoptr(TlLoopReport) report = tl_loop_report_new (&(TlLoopReportParts) {
    .is_sent = c->is_sent,
    .is_back = c->is_back,
    .findings = findings,
  });

  g_assert_cmpint (tl_loop_report_get_verdict (report), ==, c->verdict);
}

/* All members, and every one with the value that was given. */
static void
test_json (void)
{
  g_autoptr(GPtrArray) findings = make_findings ("deliver.in-junk");
  g_autoptr(TlLoopReport) report = tl_loop_report_new (&(TlLoopReportParts) {
    .started_at_s = 1769860800,
    .is_sent = TRUE,
    .sent_ms = 120,
    .is_back = TRUE,
    .back_ms = 4100,
    .folder = "Junk",
    .role = "junk",
    .n_copies = 2,
    .judge = "mx.acme.test",
    .spf = "softfail",
    .dkim = "pass",
    .dkim_domain = "acme.test",
    .dkim_selector = "s1",
    .dmarc = "none",
    .filing = TL_LOOP_FILING_FILED,
    .sent_folder = "Sent",
    .is_removed = TRUE,
    .findings = findings,
  });
  g_autoptr(TlLoopReport) again = tl_loop_report_ref (report);
  g_autoptr(TlJson) json = tl_loop_report_to_json (again);
  g_autofree char *text = tl_json_to_canonical (json);

  g_assert_cmpstr (text, ==,
                   "{\"back\":true,\"back_ms\":4100,\"copies\":2,\"dkim\":\"pass\","
                   "\"dkim_domain\":\"acme.test\",\"dkim_selector\":\"s1\",\"dmarc\":\"none\","
                   "\"filing\":\"filed\",\"findings\":[{\"evidence\":{},\"id\":\"deliver.in-junk\",\"lane\":\"outgoing\","
                   "\"severity\":\"warning\",\"stage\":\"deliver\"}],\"folder\":\"Junk\","
                   "\"judge\":\"mx.acme.test\",\"removed\":true,\"role\":\"junk\",\"sent\":true,"
                   "\"sent_folder\":\"Sent\",\"sent_ms\":120,\"spf\":\"softfail\","
                   "\"started_at\":\"2026-01-31T12:00:00Z\",\"verdict\":\"warning\"}");
}

static void
test_json_nothing (void)
{
  g_autoptr(TlLoopReport) report = tl_loop_report_new (&(TlLoopReportParts) { .sent_ms = 3,
                                                                              .back_ms = 4 });
  g_autoptr(TlJson) json = tl_loop_report_to_json (report);
  g_autofree char *text = tl_json_to_canonical (json);

  g_assert_nonnull (strstr (text, "\"sent_ms\":null"));
  g_assert_nonnull (strstr (text, "\"back_ms\":null"));
  g_assert_nonnull (strstr (text, "\"folder\":null"));
  g_assert_nonnull (strstr (text, "\"filing\":\"unknown\""));
  g_assert_nonnull (strstr (text, "\"findings\":[]"));
}

/* Words from outside are of their lists, or they are not there. */
static void
test_closed_lists (void)
{
  g_autoptr(TlLoopReport) report = tl_loop_report_new (&(TlLoopReportParts) {
    .role = "secret",
    .spf = "PASS",
    .dkim = "bestguesspass",
    .dmarc = "",
  });
  const TlLoopReportParts *parts = tl_loop_report_get_parts (report);

  g_assert_null (parts->role);
  g_assert_null (parts->spf);
  g_assert_null (parts->dkim);
  g_assert_null (parts->dmarc);
}

/* What it was made of may go; more findings than fit are left out. */
static void
test_owned (void)
{
  g_autofree char *folder = g_strdup ("Inbox");
  g_autoptr(GPtrArray) findings = make_findings ("");
  g_autoptr(TlLoopReport) report = NULL;

  for (guint i = 0; i < TL_LANE_REPORT_MAX_FINDINGS + 1; i++)
    g_ptr_array_add (findings, tl_finding_new ("deliver.in-junk", TL_LANE_INCOMING, NULL));
  report = tl_loop_report_new (&(TlLoopReportParts) { .folder = folder, .findings = findings });
  g_ptr_array_set_size (findings, 0);
  folder[0] = 'X';

  g_assert_cmpstr (tl_loop_report_get_parts (report)->folder, ==, "Inbox");
  g_assert_cmpuint (tl_loop_report_get_parts (report)->findings->len, ==,
                    TL_LANE_REPORT_MAX_FINDINGS);
}

static void
test_stages (void)
{
  static const char * const nicks[] = { "opening", "sending", "waiting", "tidying" };

  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    {
      g_assert_cmpstr (tl_loop_stage_get_nick ((TlLoopStage) i), ==, nicks[i]);
      g_assert_cmpstr (tl_loop_stage_get_label ((TlLoopStage) i), !=, "");
    }
}

static void
test_filing (void)
{
  static const char * const nicks[] = { "unknown", "filed", "not-filed" };

  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    g_assert_cmpstr (tl_loop_filing_get_nick ((TlLoopFiling) i), ==, nicks[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (verdict_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/loop-report/verdict/", verdict_cases[i].name, NULL);

      g_test_add_data_func (path, &verdict_cases[i], test_verdict);
    }
  g_test_add_func ("/loop-report/json", test_json);
  g_test_add_func ("/loop-report/json-nothing", test_json_nothing);
  g_test_add_func ("/loop-report/closed-lists", test_closed_lists);
  g_test_add_func ("/loop-report/owned", test_owned);
  g_test_add_func ("/loop-report/filing", test_filing);
  g_test_add_func ("/loop-report/stages", test_stages);

  return g_test_run ();
}
