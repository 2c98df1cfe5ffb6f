/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-finding.h"

#include <string.h>

#include "tl-error.h"

static GVariant *
refused (void)
{
  return g_variant_new_parsed ("{'server_text': <'LOGIN failed'>, 'host': <'a.example'>, "
                               "'port': <uint32 993>, 'offered': <['PLAIN', 'LOGIN']>}");
}

static void
test_getters (void)
{
  g_autoptr(TlFinding) finding = tl_finding_new ("auth.bad-credentials", TL_LANE_INCOMING,
                                                 refused ());
  const TlCatalogueEntry *entry = tl_catalogue_lookup ("auth.bad-credentials");

  g_assert_cmpstr (tl_finding_get_id (finding), ==, "auth.bad-credentials");
  g_assert_cmpint (tl_finding_get_lane (finding), ==, TL_LANE_INCOMING);
  g_assert_cmpint (tl_finding_get_stage (finding), ==, TL_STAGE_AUTH);
  g_assert_cmpint (tl_finding_get_severity (finding), ==, entry->severity);
  g_assert_true (tl_finding_get_entry (finding) == entry);
  g_assert_cmpuint (tl_evidence_get_uint (tl_finding_get_evidence (finding),
                                          TL_EVIDENCE_PORT, 0), ==, 993);
}

static void
test_no_evidence (void)
{
  g_autoptr(TlFinding) finding = tl_finding_new ("pair.one-lane-only", TL_LANE_NONE, NULL);
  g_autofree char *server_text = NULL;

  g_object_get (finding, "server-text", &server_text, NULL);

  g_assert_null (server_text);
  g_assert_cmpuint (g_variant_n_children (tl_finding_get_evidence (finding)), ==, 0);
}

static void
test_properties (void)
{
  g_autoptr(TlFinding) finding = tl_finding_new ("auth.bad-credentials", TL_LANE_OUTGOING,
                                                 refused ());
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  g_autofree char *explanation = NULL;
  g_autofree char *server_text = NULL;
  g_autofree char *expected_title = tl_finding_dup_title (finding);
  g_autofree char *expected_explanation = tl_finding_dup_explanation (finding);
  g_autoptr(GVariant) evidence = NULL;
  TlLaneKind lane;
  TlStage stage;
  TlSeverity severity;

  g_object_get (finding,
                "id", &id,
                "lane", &lane,
                "evidence", &evidence,
                "stage", &stage,
                "severity", &severity,
                "title", &title,
                "explanation", &explanation,
                "server-text", &server_text,
                NULL);

  g_assert_cmpstr (id, ==, "auth.bad-credentials");
  g_assert_cmpint (lane, ==, TL_LANE_OUTGOING);
  g_assert_cmpvariant (evidence, tl_finding_get_evidence (finding));
  g_assert_cmpint (stage, ==, TL_STAGE_AUTH);
  g_assert_cmpint (severity, ==, tl_finding_get_severity (finding));
  g_assert_cmpstr (title, ==, expected_title);
  g_assert_cmpstr (explanation, ==, expected_explanation);
  g_assert_cmpstr (server_text, ==, "LOGIN failed");
}

static void
test_words (void)
{
  g_test_summary ("Every entry can be shown, with and without evidence");

  for (guint i = 0; i < tl_catalogue_get_n (); i++)
    {
      const TlCatalogueEntry *entry = tl_catalogue_get (i);
      g_autoptr(TlFinding) finding = tl_finding_new (entry->id, TL_LANE_NONE, refused ());
      g_autofree char *title = tl_finding_dup_title (finding);
      g_autofree char *explanation = tl_finding_dup_explanation (finding);
      g_auto(GStrv) remedies = tl_finding_dup_remedies (finding);
      gsize n = 0;

      while (entry->remedies[n].text != NULL)
        n++;
      g_assert_cmpuint (strlen (title), >, 0);
      g_assert_cmpuint (strlen (explanation), >, 0);
      g_assert_cmpuint (g_strv_length (remedies), ==, n);
    }
}

static void
test_all_round_trip (void)
{
  g_test_summary ("Every entry of the catalogue is read back as it was written");

  for (guint i = 0; i < tl_catalogue_get_n (); i++)
    {
      g_autoptr(TlFinding) finding = tl_finding_new (tl_catalogue_get (i)->id, TL_LANE_OUTGOING,
                                                     refused ());
      g_autoptr(TlJson) json = tl_finding_to_json (finding);
      g_autofree char *canonical = tl_json_to_canonical (json);
      g_autoptr(GError) error = NULL;
      g_autoptr(TlFinding) again = tl_finding_from_json (json, &error);
      g_autoptr(TlJson) json_again = NULL;
      g_autofree char *canonical_again = NULL;

      g_assert_no_error (error);
      json_again = tl_finding_to_json (again);
      canonical_again = tl_json_to_canonical (json_again);
      g_assert_cmpstr (canonical_again, ==, canonical);
      g_assert_cmpvariant (tl_finding_get_evidence (again), tl_finding_get_evidence (finding));
    }
}

typedef struct
{
  const char *name;
  const char *json;
  gboolean    good;
} JsonCase;

#define FINDING(evidence, id, lane, severity, stage)                               \
  "{\"evidence\":" evidence ",\"id\":\"" id "\",\"lane\":\"" lane                  \
  "\",\"severity\":\"" severity "\",\"stage\":\"" stage "\"}"

static const JsonCase json_cases[] = {
  { "good", FINDING ("{\"host\":\"a.example\",\"offered\":[\"PLAIN\"],\"port\":993}",
                     "auth.bad-credentials", "incoming", "error", "auth"), TRUE },
  { "no-lane", FINDING ("{}", "pair.one-lane-only", "none", "error", "pair"), TRUE },
  { "spelt-out", FINDING ("{\"server_text\":\"\\\\x1b[31m\"}", "auth.bad-credentials", "incoming",
                          "error", "auth"), TRUE },

  { "id-unknown", FINDING ("{}", "auth.who-knows", "incoming", "error", "auth") },
  { "id-empty", FINDING ("{}", "", "incoming", "error", "auth") },
  { "stage-other", FINDING ("{}", "auth.bad-credentials", "incoming", "error", "caps") },
  { "stage-unknown", FINDING ("{}", "auth.bad-credentials", "incoming", "error", "login") },
  { "severity-other", FINDING ("{}", "auth.bad-credentials", "incoming", "note", "auth") },
  { "severity-unknown", FINDING ("{}", "auth.bad-credentials", "incoming", "fatal", "auth") },
  { "lane-unknown", FINDING ("{}", "auth.bad-credentials", "both", "error", "auth") },
  { "evidence-unknown", FINDING ("{\"password\":\"x\"}", "auth.bad-credentials", "incoming",
                                 "error", "auth") },
  { "evidence-type", FINDING ("{\"port\":\"993\"}", "auth.bad-credentials", "incoming",
                              "error", "auth") },
  { "evidence-null", FINDING ("null", "auth.bad-credentials", "incoming", "error", "auth") },
  { "evidence-control", FINDING ("{\"server_text\":\"\\u001b[31m\"}", "auth.bad-credentials",
                                 "incoming", "error", "auth") },
  { "evidence-bidi", FINDING ("{\"host\":\"a\\u202eb\"}", "auth.bad-credentials", "incoming",
                              "error", "auth") },
  { "evidence-list-bidi", FINDING ("{\"names\":[\"a\",\"a\\u202eb\"]}", "auth.bad-credentials",
                                   "incoming", "error", "auth") },
  { "sentence", "{\"evidence\":{},\"id\":\"auth.bad-credentials\",\"lane\":\"incoming\","
    "\"severity\":\"error\",\"stage\":\"auth\",\"title\":\"All is well\"}" },
};

static void
test_json (gconstpointer data)
{
  const JsonCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = tl_json_parse (c->json, -1, &error);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlJson) written = NULL;
  g_autofree char *canonical = NULL;

  g_assert_no_error (error);
  finding = tl_finding_from_json (json, &error);
  if (!c->good)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (finding);
      return;
    }

  g_assert_no_error (error);
  written = tl_finding_to_json (finding);
  canonical = tl_json_to_canonical (written);
  g_assert_cmpstr (canonical, ==, c->json);
}

static void
test_bad_id (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(TlFinding) finding = tl_finding_new ("auth.who-knows", TL_LANE_NONE, NULL);

      g_assert_null (finding);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

static void
test_bad_evidence (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(TlFinding) finding =
        tl_finding_new ("auth.bad-credentials", TL_LANE_NONE,
                        g_variant_new_parsed ("{'password': <'x'>}"));

      g_assert_null (finding);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (json_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/finding/json/", json_cases[i].name, NULL);

      g_test_add_data_func (path, &json_cases[i], test_json);
    }

  g_test_add_func ("/finding/getters", test_getters);
  g_test_add_func ("/finding/no-evidence", test_no_evidence);
  g_test_add_func ("/finding/properties", test_properties);
  g_test_add_func ("/finding/words", test_words);
  g_test_add_func ("/finding/all-round-trip", test_all_round_trip);
  g_test_add_func ("/finding/bad-id", test_bad_id);
  g_test_add_func ("/finding/bad-evidence", test_bad_evidence);

  return g_test_run ();
}
