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
  g_autoptr(GPtrArray) rejections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) hints = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlContacts) contacts = tl_contacts_new ();

  add_candidate (candidates, TL_LANE_OUTGOING, "smtps://b.example", 40);
  add_candidate (candidates, TL_LANE_OUTGOING, "smtp://c.example", 30);
  add_candidate (candidates, TL_LANE_INCOMING, "imaps://a.example", 20);
  g_ptr_array_add (sources, tl_source_answer_new ("srv", TL_SOURCE_STATUS_NXDOMAIN, 12, NULL));
  g_ptr_array_add (sources, tl_source_answer_new ("guess", TL_SOURCE_STATUS_ANSWERED, 345,
                                                  "a detail"));
  g_ptr_array_add (findings, tl_finding_new ("discover.conflict", TL_LANE_NONE, NULL));
  g_ptr_array_add (rejections, tl_rejection_new (TL_LANE_INCOMING, "autoconfig", "pop.example:995",
                                                 TL_REJECTION_POP3));
  g_ptr_array_add (hints, tl_hint_new (TL_HINT_ENABLE, "autoconfig", NULL, "https://a.example/"));
  tl_contacts_add (contacts, TL_CONTACT_WEB, "d.example");
  tl_contacts_add (contacts, TL_CONTACT_WEB, "c.example");
  tl_contacts_add (contacts, TL_CONTACT_DNS, "example.org");

  return tl_discovery_report_new (address, &(TlDiscoveryParts) {
    .candidates = candidates,
    .sources = sources,
    .findings = findings,
    .rejections = rejections,
    .hints = hints,
    .contacts = contacts,
    .provider = "zoho",
    .proposed_ms = 67,
  });
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
  g_assert_cmpint (tl_source_answer_get_status (g_ptr_array_index (sources, 0)), ==,
                   TL_SOURCE_STATUS_NXDOMAIN);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpstr (tl_discovery_report_get_provider (report), ==, "zoho");
  g_assert_cmpuint (tl_discovery_report_get_proposed_ms (report), ==, 67);
  g_assert_cmpuint (tl_discovery_report_get_rejections (report)->len, ==, 1);
  g_assert_cmpuint (tl_discovery_report_get_hints (report)->len, ==, 1);
  g_assert_cmpstr (tl_discovery_report_get_contacts (report, TL_CONTACT_WEB)[0], ==, "c.example");
  g_assert_cmpstr (tl_discovery_report_get_contacts (report, TL_CONTACT_WEB)[1], ==, "d.example");
  g_assert_null (tl_discovery_report_get_contacts (report, TL_CONTACT_WEB)[2]);
  g_assert_null (tl_discovery_report_get_contacts (report, TL_CONTACT_MAIL)[0]);
}

static void
test_contacts_then (void)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(TlContacts) contacts = tl_contacts_new ();
  g_autoptr(TlDiscoveryReport) report =
    tl_discovery_report_new (address, &(TlDiscoveryParts) { .contacts = contacts });

  g_test_summary ("A report does not change with what is asked after it was made");

  tl_contacts_add (contacts, TL_CONTACT_DNS, "late.example");

  g_assert_null (tl_discovery_report_get_contacts (report, TL_CONTACT_DNS)[0]);
}

static void
test_with_finding (void)
{
  g_autoptr(TlDiscoveryReport) report = make ();
  g_autoptr(TlFinding) finding = tl_finding_new ("discover.pop3-only", TL_LANE_INCOMING, NULL);
  g_autoptr(TlDiscoveryReport) other = tl_discovery_report_with_finding (report, finding);
  g_autoptr(TlJson) json = tl_discovery_report_to_json (report);
  g_autoptr(TlJson) other_json = tl_discovery_report_to_json (other);
  g_autofree char *text = NULL;
  g_autofree char *other_text = NULL;

  g_test_summary ("One finding more, all else the same, and the first report as it was");

  g_assert_cmpuint (tl_discovery_report_get_findings (report)->len, ==, 1);
  g_assert_cmpuint (tl_discovery_report_get_findings (other)->len, ==, 2);
  g_assert_true (g_ptr_array_index (tl_discovery_report_get_findings (other), 0) == finding);

  tl_json_set_take (json, "findings", tl_json_new_array ());
  tl_json_set_take (other_json, "findings", tl_json_new_array ());
  text = tl_json_to_canonical (json);
  other_text = tl_json_to_canonical (other_json);
  g_assert_cmpstr (text, ==, other_text);
}

static void
test_nothing (void)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(TlDiscoveryReport) report =
    tl_discovery_report_new (address, &(TlDiscoveryParts) { NULL });
  g_autoptr(TlJson) json = tl_discovery_report_to_json (report);
  g_autofree char *canonical = tl_json_to_canonical (json);

  g_assert_null (tl_discovery_report_get_proposal (report, TL_LANE_INCOMING));
  g_assert_cmpuint (tl_discovery_report_get_candidates (report)->len, ==, 0);
  g_assert_null (tl_discovery_report_get_provider (report));
  g_assert_cmpstr (canonical, ==,
                   "{\"address\":\"ada@example.org\",\"candidates\":[],"
                   "\"contacts\":{\"dns\":[],\"mail\":[],\"web\":[]},\"findings\":[],\"hints\":[],"
                   "\"proposal\":{\"incoming\":null,\"outgoing\":null},\"proposed_ms\":0,"
                   "\"provider\":null,\"rejections\":[],\"sources\":[]}");
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
                 "],\"contacts\":{\"dns\":[\"example.org\"],\"mail\":[],"
                 "\"web\":[\"c.example\",\"d.example\"]},"
                 "\"findings\":[", finding_text, "],"
                 "\"hints\":[{\"kind\":\"enable\",\"link\":\"https://a.example/\","
                 "\"source\":\"autoconfig\",\"text\":null}],"
                 "\"proposal\":{\"incoming\":{\"auth\":\"password\",\"host\":\"a.example\","
                 "\"port\":993,\"protocol\":\"imap\",\"security\":\"tls\",\"username\":\"ada\"},"
                 "\"outgoing\":{\"auth\":\"password\",\"host\":\"b.example\",\"port\":465,"
                 "\"protocol\":\"smtp\",\"security\":\"tls\",\"username\":\"ada\"}},"
                 "\"proposed_ms\":67,\"provider\":\"zoho\","
                 "\"rejections\":[{\"lane\":\"incoming\",\"reason\":\"pop3\","
                 "\"server\":\"pop.example:995\",\"source\":\"autoconfig\"}],"
                 "\"sources\":[{\"detail\":null,\"id\":\"srv\",\"ms\":12,"
                 "\"status\":\"nxdomain\"},"
                 "{\"detail\":\"a detail\",\"id\":\"guess\",\"ms\":345,"
                 "\"status\":\"answered\"}]}", NULL);

  g_assert_cmpstr (canonical, ==, expected);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/discovery-report/getters", test_getters);
  g_test_add_func ("/discovery-report/nothing", test_nothing);
  g_test_add_func ("/discovery-report/contacts-then", test_contacts_then);
  g_test_add_func ("/discovery-report/with-finding", test_with_finding);
  g_test_add_func ("/discovery-report/json", test_json);

  return g_test_run ();
}
