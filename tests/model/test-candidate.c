/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-candidate.h"

static TlCandidate *
make (const char * const *agrees,
      const char * const *hops,
      const char         *provider)
{
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url ("imap://a.example", TL_AUTH_APP_PASSWORD, "ada", NULL);

  return tl_candidate_new (TL_LANE_INCOMING, settings, TL_SOURCE_SRV, TL_TRUST_UNSIGNED_DNS, 75,
                           TRUE, agrees, hops, provider);
}

static void
test_getters (void)
{
  const char * const agrees[] = { "autoconfig", "guess", NULL };
  const char * const hops[] = { "_imap._tcp.example.org SRV", NULL };
  g_autoptr(TlCandidate) candidate = make (agrees, hops, "fastmail");
  TlLaneSettings *settings = tl_candidate_get_settings (candidate);

  g_assert_cmpint (tl_candidate_get_lane (candidate), ==, TL_LANE_INCOMING);
  g_assert_cmpstr (tl_lane_settings_get_username (settings), ==, "ada");
  g_assert_cmpstr (tl_candidate_get_source (candidate), ==, "srv");
  g_assert_cmpint (tl_candidate_get_trust (candidate), ==, TL_TRUST_UNSIGNED_DNS);
  g_assert_cmpuint (tl_candidate_get_score (candidate), ==, 75);
  g_assert_true (tl_candidate_get_confirm (candidate));
  g_assert_true (g_strv_equal (tl_candidate_get_agrees (candidate), agrees));
  g_assert_true (g_strv_equal (tl_candidate_get_hops (candidate), hops));
  g_assert_cmpstr (tl_candidate_get_provider (candidate), ==, "fastmail");
}

static void
test_properties (void)
{
  const char * const agrees[] = { "guess", NULL };
  const char * const hops[] = { "https://example.org/", NULL };
  g_autoptr(TlCandidate) candidate = make (agrees, hops, "fastmail");
  g_autoptr(TlLaneSettings) settings = NULL;
  g_autofree char *source = NULL;
  g_autofree char *provider = NULL;
  g_auto(GStrv) got_agrees = NULL;
  g_auto(GStrv) got_hops = NULL;
  TlLaneKind lane;
  TlTrust trust;
  guint score;
  gboolean confirm;

  g_object_get (candidate,
                "lane", &lane,
                "settings", &settings,
                "source", &source,
                "trust", &trust,
                "score", &score,
                "confirm", &confirm,
                "agrees", &got_agrees,
                "hops", &got_hops,
                "provider", &provider,
                NULL);

  g_assert_cmpint (lane, ==, TL_LANE_INCOMING);
  g_assert_true (settings == tl_candidate_get_settings (candidate));
  g_assert_cmpstr (source, ==, "srv");
  g_assert_cmpint (trust, ==, TL_TRUST_UNSIGNED_DNS);
  g_assert_cmpuint (score, ==, 75);
  g_assert_true (confirm);
  g_assert_true (g_strv_equal ((const char * const *) got_agrees, agrees));
  g_assert_true (g_strv_equal ((const char * const *) got_hops, hops));
  g_assert_cmpstr (provider, ==, "fastmail");
}

static void
test_nothing_else (void)
{
  g_autoptr(TlCandidate) candidate = make (NULL, NULL, NULL);

  g_assert_null (tl_candidate_get_agrees (candidate)[0]);
  g_assert_null (tl_candidate_get_hops (candidate)[0]);
  g_assert_null (tl_candidate_get_provider (candidate));
}

static void
test_json (void)
{
  const char * const agrees[] = { "autoconfig", "guess", NULL };
  const char * const hops[] = { "_imap._tcp.example.org SRV", NULL };
  g_autoptr(TlCandidate) candidate = make (agrees, hops, NULL);
  g_autoptr(TlJson) json = tl_candidate_to_json (candidate);
  g_autofree char *canonical = tl_json_to_canonical (json);

  g_assert_cmpstr (canonical, ==,
                   "{\"agrees\":[\"autoconfig\",\"guess\"],\"auth\":\"app-password\","
                   "\"confirm\":true,\"hops\":[\"_imap._tcp.example.org SRV\"],"
                   "\"host\":\"a.example\",\"lane\":\"incoming\",\"port\":143,"
                   "\"protocol\":\"imap\",\"provider\":null,\"score\":75,"
                   "\"security\":\"starttls\",\"source\":\"srv\",\"trust\":\"unsigned-dns\","
                   "\"username\":\"ada\"}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/candidate/getters", test_getters);
  g_test_add_func ("/candidate/properties", test_properties);
  g_test_add_func ("/candidate/nothing-else", test_nothing_else);
  g_test_add_func ("/candidate/json", test_json);

  return g_test_run ();
}
