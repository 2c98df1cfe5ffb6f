/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-report.h"

static void
add_candidate (GPtrArray  *candidates,
               TlLaneKind  lane,
               const char *url,
               guint       score)
{
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD, "ada", NULL);

  g_ptr_array_add (candidates,
                   tl_candidate_new (lane, settings, TL_SOURCE_GUESS, TL_TRUST_GUESSED, score,
                                     FALSE, NULL, NULL, NULL));
}

static TlDiscoveryReport *
make (void)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);

  add_candidate (candidates, TL_LANE_OUTGOING, "smtps://b.example", 40);
  add_candidate (candidates, TL_LANE_OUTGOING, "smtp://c.example", 30);
  add_candidate (candidates, TL_LANE_INCOMING, "imaps://a.example", 20);
  g_ptr_array_add (sources, tl_source_answer_new ("srv", "nxdomain", 12));
  g_ptr_array_add (sources, tl_source_answer_new ("guess", "answered", 345));
  g_ptr_array_add (findings, tl_finding_new ("discover.conflict", TL_LANE_NONE, NULL));

  return tl_discovery_report_new (address, candidates, sources, findings, "zoho");
}

static void
test_getters (void)
{
  g_autoptr(TlDiscoveryReport) report = make ();
  TlCandidate *incoming = tl_discovery_report_get_proposal (report, TL_LANE_INCOMING);
  TlCandidate *outgoing = tl_discovery_report_get_proposal (report, TL_LANE_OUTGOING);
  GPtrArray *sources = tl_discovery_report_get_sources (report);
  GPtrArray *findings = tl_discovery_report_get_findings (report);

  g_assert_cmpstr (tl_address_get_addr_spec (tl_discovery_report_get_address (report)), ==,
                   "ada@example.org");
  g_assert_cmpuint (tl_candidate_get_score (incoming), ==, 20);
  g_assert_cmpuint (tl_candidate_get_score (outgoing), ==, 40);
  g_assert_cmpuint (tl_discovery_report_get_candidates (report)->len, ==, 3);
  g_assert_cmpuint (sources->len, ==, 2);
  g_assert_cmpstr (tl_source_answer_get_status (g_ptr_array_index (sources, 0)), ==, "nxdomain");
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpstr (tl_discovery_report_get_provider (report), ==, "zoho");
}

static void
test_nothing (void)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(TlDiscoveryReport) report = tl_discovery_report_new (address, NULL, NULL, NULL, NULL);
  g_autoptr(TlJson) json = tl_discovery_report_to_json (report);
  g_autofree char *canonical = tl_json_to_canonical (json);

  g_assert_null (tl_discovery_report_get_proposal (report, TL_LANE_INCOMING));
  g_assert_cmpuint (tl_discovery_report_get_candidates (report)->len, ==, 0);
  g_assert_null (tl_discovery_report_get_provider (report));
  g_assert_cmpstr (canonical, ==,
                   "{\"address\":\"ada@example.org\",\"candidates\":[],\"findings\":[],"
                   "\"proposal\":{\"incoming\":null,\"outgoing\":null},\"sources\":[]}");
}

#define CANDIDATE(host, lane, port, protocol, score, security)                                  \
  "{\"agrees\":[],\"auth\":\"password\",\"confirm\":false,\"hops\":[],\"host\":\"" host          \
  "\",\"lane\":\"" lane "\",\"port\":" port ",\"protocol\":\"" protocol                          \
  "\",\"provider\":null,\"score\":" score ",\"security\":\"" security                            \
  "\",\"source\":\"guess\",\"trust\":\"guessed\",\"username\":\"ada\"}"

static void
test_json (void)
{
  g_autoptr(TlDiscoveryReport) report = make ();
  g_autoptr(TlJson) json = tl_discovery_report_to_json (report);
  g_autoptr(TlFinding) finding = tl_finding_new ("discover.conflict", TL_LANE_NONE, NULL);
  g_autoptr(TlJson) finding_json = tl_finding_to_json (finding);
  g_autofree char *finding_text = tl_json_to_canonical (finding_json);
  g_autofree char *canonical = tl_json_to_canonical (json);
  g_autofree char *expected =
    g_strconcat ("{\"address\":\"ada@example.org\",\"candidates\":["
                 CANDIDATE ("b.example", "outgoing", "465", "smtp", "40", "tls") ","
                 CANDIDATE ("c.example", "outgoing", "587", "smtp", "30", "starttls") ","
                 CANDIDATE ("a.example", "incoming", "993", "imap", "20", "tls")
                 "],\"findings\":[", finding_text, "],"
                 "\"proposal\":{\"incoming\":{\"auth\":\"password\",\"host\":\"a.example\","
                 "\"port\":993,\"protocol\":\"imap\",\"security\":\"tls\",\"username\":\"ada\"},"
                 "\"outgoing\":{\"auth\":\"password\",\"host\":\"b.example\",\"port\":465,"
                 "\"protocol\":\"smtp\",\"security\":\"tls\",\"username\":\"ada\"}},"
                 "\"sources\":[{\"id\":\"srv\",\"ms\":12,\"status\":\"nxdomain\"},"
                 "{\"id\":\"guess\",\"ms\":345,\"status\":\"answered\"}]}", NULL);

  g_assert_cmpstr (canonical, ==, expected);
}

static void
test_answer_properties (void)
{
  g_autoptr(TlSourceAnswer) answer = tl_source_answer_new ("srv", "timeout", 8000);
  g_autofree char *source = NULL;
  g_autofree char *status = NULL;
  guint ms;

  g_object_get (answer, "source", &source, "status", &status, "ms", &ms, NULL);

  g_assert_cmpstr (source, ==, "srv");
  g_assert_cmpstr (status, ==, "timeout");
  g_assert_cmpuint (ms, ==, 8000);
  g_assert_cmpstr (tl_source_answer_get_source (answer), ==, "srv");
  g_assert_cmpuint (tl_source_answer_get_ms (answer), ==, 8000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/discovery-report/getters", test_getters);
  g_test_add_func ("/discovery-report/nothing", test_nothing);
  g_test_add_func ("/discovery-report/json", test_json);
  g_test_add_func ("/source-answer/properties", test_answer_properties);

  return g_test_run ();
}
