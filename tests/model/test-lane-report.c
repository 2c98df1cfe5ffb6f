/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-report.h"

#include <string.h>

#include "tl-error.h"
#include "tl-nick.h"

#define FINGERPRINT "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* Steps from the nicks of their statuses, in the order of the lane's stages;
 * "-" leaves one out. */
static GPtrArray *
make_steps (const char *statuses,
            TlSecurity  security)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  g_auto(GStrv) nicks = g_strsplit (statuses, " ", -1);
  const TlStage *stages;
  gsize n;

  stages = tl_stage_list_lane (security, &n);
  for (gsize i = 0; nicks[i] != NULL && *nicks[i] != '\0'; i++)
    {
      int status;

      g_assert_cmpuint (i, <, n);
      if (g_str_equal (nicks[i], "-"))
        continue;
      g_assert_true (tl_nick_parse (TL_TYPE_STATUS, nicks[i], &status));
      g_ptr_array_add (steps, tl_step_new (stages[i], (TlStatus) status, 10 * (guint) i, 5));
    }

  return steps;
}

static GPtrArray *
make_findings (const char *ids)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto(GStrv) parts = g_strsplit (ids, " ", -1);

  for (gsize i = 0; parts[i] != NULL && *parts[i] != '\0'; i++)
    g_ptr_array_add (findings, tl_finding_new (parts[i], TL_LANE_INCOMING, NULL));

  return findings;
}

typedef struct
{
  const char *name;
  const char *url;      /* NULL: no server was found */
  const char *statuses;
  const char *findings;
  TlVerdict   verdict;
  const char *primary;
} VerdictCase;

#define IMAPS "imaps://a.example"
#define IMAP "imap://a.example"
#define ALL_OK "ok ok ok ok ok ok ok"

static const VerdictCase verdict_cases[] = {
  { "green", IMAPS, ALL_OK, "", TL_VERDICT_OK },
  { "green-starttls", IMAP, ALL_OK " ok", "", TL_VERDICT_OK },
  { "not-needed-passes", IMAPS, "not-needed ok ok ok ok ok ok", "", TL_VERDICT_OK },
  { "note", IMAPS, ALL_OK, "use.role-missing", TL_VERDICT_OK },
  { "warning", IMAPS, ALL_OK, "use.idle-missing", TL_VERDICT_WARNING, "use.idle-missing" },
  { "warning-behind-note", IMAPS, ALL_OK, "use.role-missing use.idle-missing",
    TL_VERDICT_WARNING, "use.idle-missing" },
  { "warning-step", IMAPS, "ok ok ok ok ok ok warning", "", TL_VERDICT_WARNING },
  { "error", IMAPS, "ok ok ok ok ok error", "auth.bad-credentials",
    TL_VERDICT_ERROR, "auth.bad-credentials" },
  { "first-error-wins", IMAPS, "ok ok ok ok ok error", "auth.disabled auth.bad-credentials",
    TL_VERDICT_ERROR, "auth.disabled" },
  { "error-over-warning", IMAPS, "ok ok ok ok ok error", "use.idle-missing auth.bad-credentials",
    TL_VERDICT_ERROR, "auth.bad-credentials" },
  { "error-finding-alone", IMAPS, ALL_OK, "auth.not-proven", TL_VERDICT_ERROR, "auth.not-proven" },
  { "error-step-alone", IMAPS, "ok ok error", "", TL_VERDICT_ERROR },
  { "error-step-with-warning", IMAPS, "ok ok error", "use.idle-missing", TL_VERDICT_ERROR },
  { "stopped", IMAPS, "ok ok ok", "", TL_VERDICT_NOT_TESTED },
  { "stopped-with-warning", IMAPS, "ok ok ok", "use.idle-missing", TL_VERDICT_NOT_TESTED },
  { "last-missing", IMAPS, "ok ok ok ok ok ok", "", TL_VERDICT_NOT_TESTED },
  { "first-missing", IMAPS, "- ok ok ok ok ok ok", "", TL_VERDICT_NOT_TESTED },
  { "middle-missing", IMAPS, "ok ok - ok ok ok ok", "", TL_VERDICT_NOT_TESTED },
  { "one-not-tested", IMAPS, "ok ok not-tested ok ok ok ok", "", TL_VERDICT_NOT_TESTED },
  { "one-running", IMAPS, "ok ok ok ok ok ok running", "", TL_VERDICT_NOT_TESTED },
  { "no-upgrade", IMAP, "ok ok ok - ok ok ok ok", "", TL_VERDICT_NOT_TESTED },
  { "never-run", IMAPS, "", "", TL_VERDICT_NOT_TESTED },
  { "no-server", NULL, "", "discover.nothing-found", TL_VERDICT_ERROR, "discover.nothing-found" },
  { "no-server-no-finding", NULL, "", "", TL_VERDICT_ERROR },
  { "no-server-all-ok", NULL, ALL_OK, "", TL_VERDICT_ERROR },
  { "no-server-warning", NULL, "", "discover.untrusted-only", TL_VERDICT_ERROR,
    "discover.untrusted-only" },
};

static TlLaneReport *
make (const VerdictCase *c)
{
  TlSecurity security = c->url != NULL && g_str_equal (c->url, IMAP) ? TL_SECURITY_STARTTLS
                                                                    : TL_SECURITY_TLS;
  g_autoptr(GPtrArray) steps = make_steps (c->statuses, security);
  g_autoptr(GPtrArray) findings = make_findings (c->findings);
  g_autoptr(TlLaneSettings) settings = NULL;
  TlLaneReportParts parts = { .lane = TL_LANE_INCOMING, .steps = steps, .findings = findings };

  if (c->url != NULL)
    settings = tl_lane_settings_new_from_url (c->url, TL_AUTH_PASSWORD, "ada", NULL);
  parts.settings = settings;

  return tl_lane_report_new (&parts);
}

static void
test_verdict (gconstpointer data)
{
  const VerdictCase *c = data;
  g_autoptr(TlLaneReport) report = make (c);
  TlFinding *primary = tl_lane_report_get_primary (report);

  g_assert_cmpstr (tl_verdict_get_nick (tl_lane_report_get_verdict (report)), ==,
                   tl_verdict_get_nick (c->verdict));
  g_assert_cmpstr (primary != NULL ? tl_finding_get_id (primary) : NULL, ==, c->primary);
}

static void
test_complete (gconstpointer data)
{
  const VerdictCase *c = data;
  g_autoptr(TlLaneReport) report = make (c);
  GPtrArray *steps = tl_lane_report_get_steps (report);
  gboolean starttls = c->url != NULL && g_str_equal (c->url, IMAP);
  const TlStage *stages;
  gsize n;

  g_test_summary ("Every stage is there once, in order, and none is left running");

  stages = tl_stage_list_lane (starttls ? TL_SECURITY_STARTTLS : TL_SECURITY_TLS, &n);
  g_assert_cmpuint (steps->len, ==, n);
  for (gsize i = 0; i < n; i++)
    {
      TlStep *step = g_ptr_array_index (steps, i);

      g_assert_cmpint (tl_step_get_stage (step), ==, stages[i]);
      g_assert_cmpint (tl_step_get_status (step), !=, TL_STATUS_RUNNING);
      if (c->url == NULL)
        g_assert_cmpint (tl_step_get_status (step), ==, TL_STATUS_NOT_TESTED);
    }
}

static void
test_round_trip (gconstpointer data)
{
  const VerdictCase *c = data;
  g_autoptr(TlLaneReport) report = make (c);
  g_autoptr(TlJson) json = tl_lane_report_to_json (report);
  g_autofree char *canonical = tl_json_to_canonical (json);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLaneReport) again = tl_lane_report_from_json (json, TL_LANE_INCOMING, &error);
  g_autoptr(TlJson) json_again = NULL;
  g_autofree char *canonical_again = NULL;

  g_assert_no_error (error);
  json_again = tl_lane_report_to_json (again);
  canonical_again = tl_json_to_canonical (json_again);
  g_assert_cmpstr (canonical_again, ==, canonical);
  g_assert_cmpint (tl_lane_report_get_verdict (again), ==, c->verdict);
}

static TlLaneReport *
make_whole (void)
{
  const char * const names[] = { "a.example", "*.a.example", NULL };
  const char * const capabilities[] = { "IDLE", "IMAP4rev1", NULL };
  g_autoptr(GPtrArray) steps = make_steps (ALL_OK, TL_SECURITY_TLS);
  g_autoptr(GPtrArray) findings = make_findings ("use.idle-missing");
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_folder_free);
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url (IMAPS, TL_AUTH_PASSWORD, "ada", NULL);
  g_autoptr(TlTlsInfo) tls = tl_tls_info_new ("TLSv1.3", "TLS_AES_128_GCM_SHA256", FINGERPRINT,
                                              "Test CA", names, 1800000000);
  g_autoptr(TlLaneFacts) facts = tl_lane_facts_new (&(TlLaneFactsParts) {
    .mechanism = "PLAIN", .n_messages = 3, .idles = TRUE,
  });

  g_ptr_array_add (folders, tl_folder_new ("INBOX", "inbox"));
  g_ptr_array_add (folders, tl_folder_new ("Proj\\\\x", NULL));

  return tl_lane_report_new (&(TlLaneReportParts) {
    .lane = TL_LANE_INCOMING,
    .settings = settings,
    .steps = steps,
    .findings = findings,
    .tls = tls,
    .address = "192.0.2.1",
    .proxy = "socks5://proxy.example:1080",
    .capabilities = capabilities,
    .folders = folders,
    .facts = facts,
    .tested_at_s = 1769860800,
  });
}

/* What make_whole() is, member by member, so that a case can put another in. */
#define STEP(began, stage)                                                                      \
  "{\"began_ms\":" began ",\"ms\":5,\"stage\":\"" stage "\",\"status\":\"ok\"}"
#define STAGES                                                                                  \
  "[" STEP ("0", "resolve") "," STEP ("10", "connect") "," STEP ("20", "tls") ","               \
  STEP ("30", "greet") "," STEP ("40", "caps") "," STEP ("50", "auth") "," STEP ("60", "use") "]"
#define CAPABILITIES "[\"IDLE\",\"IMAP4rev1\"]"
#define ENDPOINT                                                                                \
  "{\"address\":\"192.0.2.1\",\"auth\":\"password\",\"host\":\"a.example\",\"port\":993,"       \
  "\"protocol\":\"imap\",\"proxy\":\"socks5://proxy.example:1080\",\"security\":\"tls\","       \
  "\"username\":\"ada\"}"
#define FINDINGS                                                                                \
  "[{\"evidence\":{},\"id\":\"use.idle-missing\",\"lane\":\"incoming\","                        \
  "\"severity\":\"warning\",\"stage\":\"use\"}]"
#define FACTS                                                                                   \
  "{\"delimiter\":null,\"idle\":true,\"max_message_bytes\":null,\"mechanism\":\"PLAIN\","         \
  "\"messages\":3,\"prefix\":null,\"quota\":null,\"rights\":null,\"software\":null}"
#define FOLDERS                                                                                 \
  "[{\"name\":\"INBOX\",\"role\":\"inbox\"},{\"name\":\"Proj\\\\\\\\x\",\"role\":null}]"
#define TLS_WITH(fingerprint, issuer, names, not_after)                                         \
  "{\"cipher\":\"TLS_AES_128_GCM_SHA256\",\"fingerprint\":\"" fingerprint                       \
  "\",\"issuer\":\"" issuer "\",\"names\":" names ",\"not_after\":\"" not_after                 \
  "\",\"version\":\"TLSv1.3\"}"
#define NAMES "[\"a.example\",\"*.a.example\"]"
#define TLS TLS_WITH (FINGERPRINT, "Test CA", NAMES, "2027-01-15T08:00:00Z")
#define LANE(capabilities, endpoint, findings, folders, primary, stages, tested_at, tls, verdict) \
  LANE_OF (capabilities, endpoint, FACTS, findings, folders, primary, stages, tested_at, tls,   \
           verdict)
#define LANE_OF(capabilities, endpoint, facts, findings, folders, primary, stages, tested_at,   \
                tls, verdict)                                                                   \
  "{\"capabilities\":" capabilities ",\"endpoint\":" endpoint ",\"facts\":" facts               \
  ",\"findings\":" findings                                                                     \
  ",\"folders\":" folders ",\"primary\":" primary ",\"stages\":" stages                         \
  ",\"tested_at\":\"" tested_at "\",\"tls\":" tls ",\"verdict\":\"" verdict "\"}"
#define AT "2026-01-31T12:00:00Z"
#define IDLE "\"use.idle-missing\""
#define WHOLE LANE (CAPABILITIES, ENDPOINT, FINDINGS, FOLDERS, IDLE, STAGES, AT, TLS, "warning")

static void
test_whole (void)
{
  g_autoptr(TlLaneReport) report = make_whole ();
  g_autoptr(TlJson) json = tl_lane_report_to_json (report);
  g_autofree char *canonical = tl_json_to_canonical (json);

  g_assert_cmpstr (canonical, ==, WHOLE);
}

static void
test_without_findings (void)
{
  g_autoptr(TlLaneReport) report = make_whole ();
  g_autoptr(TlJson) json = tl_lane_report_to_json_without_findings (report);
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "it");

  g_assert_false (tl_json_reader_has (reader, "findings"));
  g_assert_true (tl_json_reader_has (reader, "primary"));
}

static void
test_getters (void)
{
  g_autoptr(TlLaneReport) report = make_whole ();
  TlTlsInfo *tls = tl_lane_report_get_tls (report);
  GPtrArray *folders = tl_lane_report_get_folders (report);

  g_assert_cmpint (tl_lane_report_get_lane (report), ==, TL_LANE_INCOMING);
  g_assert_nonnull (tl_lane_report_get_settings (report));
  g_assert_cmpuint (tl_lane_report_get_findings (report)->len, ==, 1);
  g_assert_cmpstr (tl_tls_info_get_version (tls), ==, "TLSv1.3");
  g_assert_cmpstr (tl_lane_report_get_address (report), ==, "192.0.2.1");
  g_assert_cmpstr (tl_lane_report_get_proxy (report), ==, "socks5://proxy.example:1080");
  g_assert_cmpstr (tl_lane_report_get_capabilities (report)[1], ==, "IMAP4rev1");
  g_assert_cmpint (tl_lane_facts_get_parts (tl_lane_report_get_facts (report))->n_messages, ==, 3);
  g_assert_cmpuint (folders->len, ==, 2);
  g_assert_cmpstr (((TlFolder *) g_ptr_array_index (folders, 0))->role, ==, "inbox");
  g_assert_cmpint (tl_lane_report_get_tested_at_s (report), ==, 1769860800);
}

static void
test_bounded (void)
{
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_folder_free);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) capabilities = NULL;
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url (IMAPS, TL_AUTH_PASSWORD, "ada", NULL);
  g_autoptr(TlLaneReport) report = NULL;
  g_autoptr(TlLaneReport) again = NULL;
  g_autoptr(TlJson) json = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("However much a server says, what is written can be read");

  for (guint i = 0; i < 5000; i++)
    {
      g_ptr_array_add (folders, tl_folder_new ("folder", NULL));
      g_ptr_array_add (findings, tl_finding_new ("use.idle-missing", TL_LANE_INCOMING, NULL));
      g_strv_builder_add (builder, "CAPABILITY");
    }
  capabilities = g_strv_builder_end (builder);

  report = tl_lane_report_new (&(TlLaneReportParts) {
    .lane = TL_LANE_INCOMING,
    .settings = settings,
    .findings = findings,
    .capabilities = (const char * const *) capabilities,
    .folders = folders,
  });
  json = tl_lane_report_to_json (report);
  again = tl_lane_report_from_json (json, TL_LANE_INCOMING, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (tl_lane_report_get_folders (again)->len, ==, TL_LANE_REPORT_MAX_FOLDERS);
  g_assert_cmpuint (tl_lane_report_get_findings (again)->len, ==, TL_LANE_REPORT_MAX_FINDINGS);
}

typedef struct
{
  const char *name;
  const char *json;
  gboolean    good;
} JsonCase;

#define LANE_TLS(tls) \
  LANE (CAPABILITIES, ENDPOINT, FINDINGS, FOLDERS, IDLE, STAGES, AT, tls, "warning")
#define LANE_FACTS(facts) \
  LANE_OF (CAPABILITIES, ENDPOINT, facts, FINDINGS, FOLDERS, IDLE, STAGES, AT, TLS, "warning")
#define LANE_STAGES(stages) \
  LANE (CAPABILITIES, ENDPOINT, FINDINGS, FOLDERS, IDLE, stages, AT, TLS, "warning")
#define LANE_FINDINGS(findings) \
  LANE (CAPABILITIES, ENDPOINT, findings, FOLDERS, IDLE, STAGES, AT, TLS, "warning")
#define LANE_FOLDERS(folders) \
  LANE (CAPABILITIES, ENDPOINT, FINDINGS, folders, IDLE, STAGES, AT, TLS, "warning")
#define LANE_ENDPOINT(endpoint) \
  LANE (CAPABILITIES, endpoint, FINDINGS, FOLDERS, IDLE, STAGES, AT, TLS, "warning")
#define ENDPOINT_WITH(address, protocol, proxy)                                                 \
  "{\"address\":" address ",\"auth\":\"password\",\"host\":\"a.example\",\"port\":993,"         \
  "\"protocol\":\"" protocol "\",\"proxy\":" proxy ",\"security\":\"tls\",\"username\":\"ada\"}"

static const JsonCase json_cases[] = {
  { "whole", WHOLE, TRUE },
  { "no-tls", LANE_TLS ("null"), TRUE },
  { "no-facts", LANE_FACTS ("null"), TRUE },
  { "facts-bad", LANE_FACTS ("{}") },
  { "facts-list", LANE_FACTS ("[]") },
  { "no-address", LANE_ENDPOINT (ENDPOINT_WITH ("null", "imap", "null")), TRUE },
  { "finding-of-no-lane",
    LANE_FINDINGS ("[{\"evidence\":{},\"id\":\"use.idle-missing\",\"lane\":\"none\","
                   "\"severity\":\"warning\",\"stage\":\"use\"}]"), TRUE },

  { "verdict-better",
    LANE (CAPABILITIES, ENDPOINT, FINDINGS, FOLDERS, IDLE, STAGES, AT, TLS, "ok") },
  { "verdict-worse",
    LANE (CAPABILITIES, ENDPOINT, FINDINGS, FOLDERS, IDLE, STAGES, AT, TLS, "error") },
  { "verdict-without-server", LANE (CAPABILITIES, "null", FINDINGS, FOLDERS, IDLE, STAGES, AT, TLS,
                                    "warning") },
  { "primary-none", LANE (CAPABILITIES, ENDPOINT, FINDINGS, FOLDERS, "null", STAGES, AT, TLS,
                          "warning") },
  { "primary-other", LANE (CAPABILITIES, ENDPOINT, FINDINGS, FOLDERS, "\"use.role-missing\"",
                           STAGES, AT, TLS, "warning") },
  { "stages-none", LANE_STAGES ("[]") },
  { "stages-swapped",
    LANE_STAGES ("[" STEP ("0", "resolve") "," STEP ("10", "tls") "," STEP ("20", "connect") ","
                 STEP ("30", "greet") "," STEP ("40", "caps") "," STEP ("50", "auth") ","
                 STEP ("60", "use") "]") },
  { "stages-twice",
    LANE_STAGES ("[" STEP ("0", "resolve") "," STEP ("10", "connect") "," STEP ("20", "tls") ","
                 STEP ("30", "greet") "," STEP ("40", "caps") "," STEP ("50", "auth") ","
                 STEP ("60", "use") "," STEP ("60", "use") "]") },
  { "stages-foreign",
    LANE_STAGES ("[" STEP ("0", "resolve") "," STEP ("10", "connect") "," STEP ("20", "tls") ","
                 STEP ("30", "greet") "," STEP ("40", "caps") "," STEP ("50", "auth") ","
                 STEP ("60", "use") "," STEP ("60", "deliver") "]") },
  { "finding-of-other-lane",
    LANE_FINDINGS ("[{\"evidence\":{},\"id\":\"use.idle-missing\",\"lane\":\"outgoing\","
                   "\"severity\":\"warning\",\"stage\":\"use\"}]") },
  { "finding-bad", LANE_FINDINGS ("[{}]") },
  { "findings-missing",
    "{\"capabilities\":[],\"endpoint\":null,\"folders\":[],\"primary\":null,\"stages\":" STAGES
    ",\"tested_at\":\"" AT "\",\"tls\":null,\"verdict\":\"error\"}" },
  { "folder-role", LANE_FOLDERS ("[{\"name\":\"x\",\"role\":\"important\"}]") },
  { "folder-bidi", LANE_FOLDERS ("[{\"name\":\"x\\u202e\",\"role\":null}]") },
  { "folder-string", LANE_FOLDERS ("[\"INBOX\"]") },
  { "capability-control", LANE ("[\"A\\u0007\"]", ENDPOINT, FINDINGS, FOLDERS, IDLE, STAGES,
                                AT, TLS, "warning") },
  { "tested-at", LANE (CAPABILITIES, ENDPOINT, FINDINGS, FOLDERS, IDLE, STAGES, "yesterday", TLS,
                       "warning") },
  { "fingerprint-case",
    LANE_TLS (TLS_WITH ("00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff",
                        "Test CA", NAMES, "2027-01-15T08:00:00Z")) },
  { "fingerprint-short", LANE_TLS (TLS_WITH ("0011", "Test CA", NAMES, "2027-01-15T08:00:00Z")) },
  { "issuer-control",
    LANE_TLS (TLS_WITH (FINGERPRINT, "Test\\nCA", NAMES, "2027-01-15T08:00:00Z")) },
  { "names-bidi", LANE_TLS (TLS_WITH (FINGERPRINT, "Test CA", "[\"\\u202e\"]",
                                      "2027-01-15T08:00:00Z")) },
  { "not-after", LANE_TLS (TLS_WITH (FINGERPRINT, "Test CA", NAMES, "2027")) },
  { "address-name", LANE_ENDPOINT (ENDPOINT_WITH ("\"a.example\"", "imap", "null")) },
  { "proxy-control", LANE_ENDPOINT (ENDPOINT_WITH ("null", "imap", "\"a\\u001b\"")) },
  { "protocol-other", LANE_ENDPOINT (ENDPOINT_WITH ("null", "smtp", "null")) },
  { "empty", "{}" },
  { "list", "[]" },
};

static void
test_json (gconstpointer data)
{
  const JsonCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = tl_json_parse (c->json, -1, &error);
  g_autoptr(TlLaneReport) report = NULL;
  g_autoptr(TlJson) written = NULL;
  g_autofree char *canonical = NULL;

  g_assert_no_error (error);
  report = tl_lane_report_from_json (json, TL_LANE_INCOMING, &error);
  if (!c->good)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (report);
      return;
    }

  g_assert_no_error (error);
  written = tl_lane_report_to_json (report);
  canonical = tl_json_to_canonical (written);
  g_assert_cmpstr (canonical, ==, c->json);
}

static void
test_other_lane (void)
{
  g_autoptr(TlJson) json = tl_json_parse (WHOLE, -1, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (tl_lane_report_from_json (json, TL_LANE_OUTGOING, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (verdict_cases); i++)
    {
      const VerdictCase *c = &verdict_cases[i];
      g_autofree char *verdict = g_strconcat ("/lane-report/verdict/", c->name, NULL);
      g_autofree char *complete = g_strconcat ("/lane-report/complete/", c->name, NULL);
      g_autofree char *round_trip = g_strconcat ("/lane-report/round-trip/", c->name, NULL);

      g_test_add_data_func (verdict, c, test_verdict);
      g_test_add_data_func (complete, c, test_complete);
      g_test_add_data_func (round_trip, c, test_round_trip);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (json_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-report/json/", json_cases[i].name, NULL);

      g_test_add_data_func (path, &json_cases[i], test_json);
    }

  g_test_add_func ("/lane-report/whole", test_whole);
  g_test_add_func ("/lane-report/without-findings", test_without_findings);
  g_test_add_func ("/lane-report/getters", test_getters);
  g_test_add_func ("/lane-report/bounded", test_bounded);
  g_test_add_func ("/lane-report/json/other-lane", test_other_lane);

  return g_test_run ();
}
