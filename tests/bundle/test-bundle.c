/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle.h"

#include <string.h>

#include "tl-bundle-json.h"
#include "tl-cms.h"
#include "tl-error.h"
#include "tl-test-bundle.h"
#include "tl-zip.h"

static GBytes *
write_report (TlReport  *report,
              TlSigner  *signer,
              gint64     now_s,
              GError   **error)
{
  const TlBundleContents contents = { .report = report, .serial = TL_TEST_BUNDLE_SERIAL, .now_s = now_s };

  return tl_bundle_write (&contents, signer, error);
}

static const char * const member_names[] = {
  "bundle.json", "report.html", "bundle.json.p7s", NULL
};

typedef struct
{
  TlSigner *signer;
  gint64    now_s;
  GBytes   *bundle;
} Fixture;

static GBytes *
write_bundle (TlTestReportKind  kind,
              TlPurpose         purpose,
              TlSigner         *signer,
              gint64            now_s)
{
  g_autoptr(TlReport) report = tl_test_report_new (kind, purpose, now_s - 60);
  g_autoptr(GError) error = NULL;
  GBytes *bytes = write_report (report, signer, now_s, &error);

  g_assert_no_error (error);

  return bytes;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->signer = tl_signer_new_generate ("ada@acme.test", &error);
  g_assert_no_error (error);
  fixture->now_s = g_get_real_time () / G_USEC_PER_SEC;
  fixture->bundle = write_bundle (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, fixture->signer,
                                  fixture->now_s);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->signer, tl_signer_unref);
  g_clear_pointer (&fixture->bundle, g_bytes_unref);
}

static const char *
verify (Fixture   *fixture,
        GBytes    *bytes,
        gint64     now_s,
        TlBundle **out_bundle)
{
  return tl_test_bundle_verify (bytes, fixture->signer, now_s, out_bundle);
}

static GPtrArray *
members_of (GBytes *bundle)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *members = tl_zip_read (bundle, member_names, &error);

  g_assert_no_error (error);

  return members;
}

static void
replace_member (GPtrArray *members,
                guint      index,
                GBytes    *with)
{
  g_bytes_unref (members->pdata[index]);
  members->pdata[index] = with;
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(TlBundle) bundle = NULL;
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   fixture->now_s - 60);
  g_autoptr(TlJson) expected = tl_report_to_json (report);
  g_autofree char *expected_text = tl_json_to_canonical (expected);
  g_autoptr(TlJson) got = NULL;
  g_autofree char *got_text = NULL;

  g_assert_cmpstr (verify (fixture, fixture->bundle, fixture->now_s, &bundle), ==, NULL);
  g_assert_cmpuint (tl_bundle_get_serial (bundle), ==, TL_TEST_BUNDLE_SERIAL);
  g_assert_cmpint (tl_bundle_get_made_s (bundle), ==, fixture->now_s);
  g_assert_cmpint (tl_bundle_get_expires_s (bundle), ==, fixture->now_s + TL_BUNDLE_VALID_S);
  g_assert_cmpstr (tl_bundle_get_fingerprint (bundle), ==,
                   tl_signer_get_fingerprint (fixture->signer));
  g_assert_true (tl_bundle_is_vouched_for (bundle));
  g_assert_false (tl_bundle_is_draft (bundle));

  got = tl_report_to_json (tl_bundle_get_report (bundle));
  got_text = tl_json_to_canonical (got);
  g_assert_cmpstr (got_text, ==, expected_text);
}

static void
test_stable (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GBytes) again = write_bundle (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                          fixture->signer, fixture->now_s);
  g_autoptr(GPtrArray) a = members_of (fixture->bundle);
  g_autoptr(GPtrArray) b = members_of (again);

  g_assert_true (g_bytes_equal (a->pdata[0], b->pdata[0]));
  g_assert_true (g_bytes_equal (a->pdata[1], b->pdata[1]));
}

typedef struct
{
  const char       *path;
  TlTestReportKind  kind;
  TlPurpose         purpose;
  gint64            after_s;
  gboolean          pinned;
  const char       *id;
  gboolean          draft;
} StateCase;

static const StateCase state_cases[] = {
  { "/bundle/B12/ready", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, 0, TRUE, NULL, FALSE },
  { "/bundle/B12/draft", TL_TEST_REPORT_FAILED, TL_PURPOSE_MAILBOX, 0, TRUE, NULL, TRUE },
  { "/bundle/B12/empty", TL_TEST_REPORT_EMPTY, TL_PURPOSE_MAILBOX, 0, TRUE, NULL, TRUE },
  { "/bundle/B07/last-second", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, TL_BUNDLE_VALID_S - 1, TRUE, NULL,
    FALSE },
  { "/bundle/B07/expired", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, TL_BUNDLE_VALID_S, TRUE, "bundle.expired",
    FALSE },
  { "/bundle/B07/slow-clock", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, -300, TRUE, NULL, FALSE },
  { "/bundle/B07/from-the-future", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, -3600, TRUE, "bundle.expired",
    FALSE },
  { "/bundle/B03/unknown-signer", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, 0, FALSE, "bundle.unknown-signer",
    FALSE },
  { "/bundle/P12/expired-first", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, TL_BUNDLE_VALID_S, FALSE,
    "bundle.expired", FALSE },
  { "/bundle/P12/practice", TL_TEST_REPORT_READY, TL_PURPOSE_PRACTICE, 0, TRUE, "bundle.practice", FALSE },
  { "/bundle/P12/practice-first", TL_TEST_REPORT_READY, TL_PURPOSE_PRACTICE, TL_BUNDLE_VALID_S, FALSE,
    "bundle.practice", FALSE },
};

static void
test_state (Fixture       *fixture,
            gconstpointer  data)
{
  const StateCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSigner) other = tl_signer_new_generate ("ada@acme.test", &error);
  g_autoptr(GBytes) bytes = write_bundle (c->kind, c->purpose,
                                          c->pinned ? fixture->signer : other, fixture->now_s);
  g_autoptr(TlBundle) bundle = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (verify (fixture, bytes, fixture->now_s + c->after_s, &bundle), ==, c->id);
  g_assert_nonnull (bundle);
  g_assert_cmpint (tl_bundle_is_draft (bundle), ==, c->draft);
  g_assert_cmpint (tl_bundle_is_vouched_for (bundle), ==, c->pinned);
}

static void
test_no_pins (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const none[] = { NULL };
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlBundle) bundle = tl_bundle_verify (fixture->bundle, NULL, fixture->now_s, &finding,
                                                 NULL);

  g_assert_nonnull (bundle);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "bundle.unknown-signer");
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (finding),
                                           TL_EVIDENCE_FINGERPRINT),
                   ==, tl_signer_get_fingerprint (fixture->signer));

  g_clear_object (&finding);
  g_clear_pointer (&bundle, tl_bundle_unref);
  bundle = tl_bundle_verify (fixture->bundle, none, fixture->now_s, &finding, NULL);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "bundle.unknown-signer");
}

/* By a signer whose certificate had run out by then, around our own refusal. */
static void
test_certificate_expired (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(GPtrArray) members = members_of (fixture->bundle);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GBytes) bundle = NULL;
  TlBundleFacts facts;

  report = tl_bundle_json_read (members->pdata[0], &facts, &error);
  g_assert_no_error (error);
  facts.made_s += (gint64) 11 * 365 * 86400;
  facts.expires_s += (gint64) 11 * 365 * 86400;
  facts.readiness = tl_report_get_readiness (report, facts.made_s);
  replace_member (members, 0, tl_bundle_json_write (report, &facts));
  replace_member (members, 2, tl_cms_sign (members->pdata[0], fixture->signer, &error));
  g_assert_no_error (error);
  bundle = tl_zip_write (member_names, members);

  g_assert_cmpstr (verify (fixture, bundle, facts.made_s, NULL), ==, "bundle.bad-signature");
}

/* Practice stays practice when the word for it is left out. */
static void
test_practice_address (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(TlReport) practice = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_PRACTICE,
                                                     fixture->now_s - 60);
  TlPlan *plan = tl_report_get_plan (practice);
  g_autoptr(TlPlan) renamed = tl_plan_new (TL_PURPOSE_MAILBOX, tl_plan_get_address (plan), NULL,
                                           NULL, tl_plan_get_lane (plan, TL_LANE_INCOMING),
                                           tl_plan_get_lane (plan, TL_LANE_OUTGOING));
  g_autoptr(TlReport) report = tl_report_new (renamed,
                                              tl_report_get_lane (practice, TL_LANE_INCOMING),
                                              tl_report_get_lane (practice, TL_LANE_OUTGOING));
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bundle = write_report (report, fixture->signer, fixture->now_s, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (verify (fixture, bundle, fixture->now_s, NULL), ==, "bundle.practice");
}

/* The word alone is enough, whatever the address. */
static void
test_practice_word (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(TlReport) mailbox = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                    fixture->now_s - 60);
  TlPlan *plan = tl_report_get_plan (mailbox);
  g_autoptr(TlPlan) renamed = tl_plan_new (TL_PURPOSE_PRACTICE, tl_plan_get_address (plan), NULL,
                                           NULL, tl_plan_get_lane (plan, TL_LANE_INCOMING),
                                           tl_plan_get_lane (plan, TL_LANE_OUTGOING));
  g_autoptr(TlReport) report = tl_report_new (renamed,
                                              tl_report_get_lane (mailbox, TL_LANE_INCOMING),
                                              tl_report_get_lane (mailbox, TL_LANE_OUTGOING));
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bundle = write_report (report, fixture->signer, fixture->now_s, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tl_address_get_domain (tl_plan_get_address (plan)), !=, "practice.invalid");
  g_assert_cmpstr (verify (fixture, bundle, fixture->now_s, NULL), ==, "bundle.practice");
}

/* A clock that is put back after the key was made, by less than a day. */
static void
test_clock_put_back (Fixture       *fixture,
                     gconstpointer  data)
{
  gint64 before_s = fixture->now_s - 23 * 3600;
  gint64 long_before_s = fixture->now_s - 25 * 3600;
  g_autoptr(GBytes) bundle = write_bundle (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                           fixture->signer, before_s);
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   long_before_s - 60);
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (verify (fixture, bundle, before_s, NULL), ==, NULL);
  g_assert_null (write_report (report, fixture->signer, long_before_s, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_REFUSED);
}

static void
test_signer_not_valid (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   fixture->now_s);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = write_report (report, fixture->signer, fixture->now_s + (gint64) 11 * 365 * 86400, &error);

  g_assert_null (bytes);
  g_assert_error (error, TL_ERROR, TL_ERROR_REFUSED);
}

#define OPENSSL_VERIFY \
  "openssl cms -verify -binary -inform DER -in bundle.json.p7s -content bundle.json " \
  "-certfile signer.pem -nointern -noverify -out /dev/null"

#define OPENSSL_DECRYPT \
  "openssl cms -decrypt -binary -inform DER -in secrets.p7m -inkey platform.key"

static void
assert_hash (const char *folder,
             const char *command,
             const char *json)
{
  g_autofree char *hash = NULL;

  g_assert_cmpint (tl_test_run (folder, command, &hash), ==, 0);
  hash[64] = '\0';
  g_assert_nonnull (strstr (json, hash));
}

/* The commands that report.html and the documents show. */
static void
test_stock_tools (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char * const tools[] = { "unzip", "openssl", "sha256sum" };
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = tl_test_folder_new ();
  g_autoptr(TlRecipient) recipient = tl_test_recipient_new ("P-256");
  g_autoptr(GBytes) bytes = tl_test_bundle_new (fixture->signer, recipient, fixture->now_s);
  g_autofree char *signer_pem = tl_signer_dup_certificate (fixture->signer);
  g_autoptr(TlSigner) other = tl_signer_new_generate ("ada@acme.test", &error);
  g_autofree char *other_pem = tl_signer_dup_certificate (other);
  g_autofree char *key_pem = tl_test_key_to_pem (tl_test_key_get ("P-256"), NULL);
  g_autofree char *settings_hash = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *opened = NULL;
  g_autoptr(TlBundle) bundle = NULL;
  const char *json;

  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      g_autofree char *found = g_find_program_in_path (tools[i]);

      g_assert_nonnull (found);
    }

  tl_test_folder_put (folder, "ada.twolane", g_bytes_get_data (bytes, NULL),
                      (gssize) g_bytes_get_size (bytes));
  tl_test_folder_put (folder, "signer.pem", signer_pem, -1);
  tl_test_folder_put (folder, "other.pem", other_pem, -1);
  tl_test_folder_put (folder, "platform.key", key_pem, -1);

  g_assert_cmpint (tl_test_run (folder, "unzip -tq ada.twolane >/dev/null", NULL), ==, 0);
  g_assert_cmpint (tl_test_run (folder, "unzip -q ada.twolane >/dev/null", NULL), ==, 0);
  g_assert_cmpint (tl_test_run (folder, OPENSSL_VERIFY, NULL), ==, 0);

  g_assert_cmpstr (verify (fixture, bytes, fixture->now_s, &bundle), ==, NULL);
  json = tl_bundle_get_json (bundle);
  assert_hash (folder, "sha256sum report.html", json);
  assert_hash (folder, "sha256sum secrets.p7m", json);
  assert_hash (folder, "openssl x509 -in signer.pem -outform DER | sha256sum", json);
  assert_hash (folder, "openssl x509 -in signer.pem -noout -pubkey | "
                       "openssl pkey -pubin -outform DER | sha256sum", json);
  assert_hash (folder, "openssl pkey -in platform.key -pubout -outform DER | sha256sum", json);

  settings_hash = tl_plan_dup_settings_hash (tl_report_get_plan (tl_bundle_get_report (bundle)));
  expected = g_strdup_printf ("{\"format\":\"twolane-secrets\","
                              "\"incoming\":\"pass word\\\"\\\\\\n\\u0001 é\","
                              "\"outgoing\":\"" TL_TEST_OUTGOING "\",\"serial\":42,"
                              "\"settings_hash\":\"%s\",\"signer\":\"%s\",\"version\":1}",
                              settings_hash, tl_bundle_get_fingerprint (bundle));
  g_assert_cmpint (tl_test_run (folder, OPENSSL_DECRYPT, &opened), ==, 0);
  g_assert_cmpstr (opened, ==, expected);

  /* The same commands have to be able to say no. */
  g_assert_cmpint (tl_test_run (folder, "cp other.pem signer.pem && " OPENSSL_VERIFY, NULL), !=, 0);
  tl_test_folder_put (folder, "signer.pem", signer_pem, -1);
  g_assert_cmpint (tl_test_run (folder, "printf ' ' >> bundle.json && " OPENSSL_VERIFY, NULL),
                   !=, 0);
  g_assert_cmpint (tl_test_run (folder, "openssl genpkey -algorithm EC -pkeyopt "
                                        "ec_paramgen_curve:P-256 -out platform.key && "
                                        OPENSSL_DECRYPT " >/dev/null", NULL), !=, 0);

  tl_test_folder_remove (folder);
}

static void
add (const char     *path,
     gconstpointer   data,
     void          (*test) (Fixture *, gconstpointer))
{
  g_test_add_vtable (path, sizeof (Fixture), data, (GTestFixtureFunc) set_up,
                     (GTestFixtureFunc) test, (GTestFixtureFunc) tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/bundle/B14/round-trip", NULL, test_round_trip);
  add ("/bundle/B14/stable", NULL, test_stable);
  for (gsize i = 0; i < G_N_ELEMENTS (state_cases); i++)
    add (state_cases[i].path, &state_cases[i], test_state);
  add ("/bundle/B03/no-pins", NULL, test_no_pins);
  add ("/bundle/B03/certificate-expired", NULL, test_certificate_expired);
  add ("/bundle/practice-address", NULL, test_practice_address);
  add ("/bundle/practice-word", NULL, test_practice_word);
  add ("/bundle/clock-put-back", NULL, test_clock_put_back);
  add ("/bundle/signer-not-valid", NULL, test_signer_not_valid);
  add ("/bundle/B14/stock-tools", NULL, test_stock_tools);

  return g_test_run ();
}
