/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle.h"

#include <string.h>

#include "tl-bundle-json.h"
#include "tl-bundle-members.h"
#include "tl-cms.h"
#include "tl-error.h"
#include "tl-sealed.h"
#include "tl-test-bundle.h"

typedef struct
{
  TlSigner    *signer;
  gint64       now_s;
  TlRecipient *recipient;
  TlOpener    *opener;
  GBytes      *bundle;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->signer = tl_signer_new_generate ("ada@acme.test", &error);
  g_assert_no_error (error);
  fixture->now_s = g_get_real_time () / G_USEC_PER_SEC;
  fixture->recipient = tl_test_recipient_new ("P-256");
  fixture->opener = tl_test_opener_new ("P-256");
  fixture->bundle = tl_test_bundle_new (fixture->signer, fixture->recipient, fixture->now_s);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->signer, tl_signer_unref);
  g_clear_pointer (&fixture->recipient, tl_recipient_unref);
  g_clear_pointer (&fixture->opener, tl_opener_unref);
  g_clear_pointer (&fixture->bundle, g_bytes_unref);
}

static TlBundle *
verify (Fixture *fixture,
        GBytes  *bytes)
{
  TlBundle *bundle = NULL;

  g_assert_cmpstr (tl_test_bundle_verify (bytes, fixture->signer, fixture->now_s, &bundle), ==,
                   NULL);

  return bundle;
}

static void
assert_secret (const TlSecret *secret,
               const char     *wanted)
{
  g_assert_true ((secret != NULL) == (wanted != NULL));
  if (wanted != NULL)
    g_assert_cmpstr (tl_secret_peek (secret, NULL), ==, wanted);
}

static void
assert_opens (const TlBundle *bundle,
              TlOpener       *opener,
              const char     *incoming,
              const char     *outgoing)
{
  g_autoptr(TlSecret) in = NULL;
  g_autoptr(TlSecret) out = NULL;
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (tl_bundle_open (bundle, opener, &in, &out, &finding, &error));
  g_assert_no_error (error);
  g_assert_null (finding);
  assert_secret (in, incoming);
  assert_secret (out, outgoing);
}

/* Zero bytes are given out: what was there before still is. */
static TlFinding *
assert_refused (const TlBundle *bundle,
                TlOpener       *opener,
                const char     *id)
{
  g_autoptr(TlSecret) before = tl_test_secret_new ("before");
  TlSecret *incoming = before;
  TlSecret *outgoing = before;
  TlFinding *finding = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (tl_bundle_open (bundle, opener, &incoming, &outgoing, &finding, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, id);
  g_assert_true (incoming == before);
  g_assert_true (outgoing == before);

  return finding;
}

static void
test_kinds (Fixture       *fixture,
            gconstpointer  data)
{
  static const char * const kinds[] = { "RSA:3072", "P-256", "P-384", "P-521" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(TlRecipient) recipient = tl_test_recipient_new (kinds[i]);
      g_autoptr(TlOpener) opener = tl_test_opener_new (kinds[i]);
      g_autoptr(GBytes) bytes = tl_test_bundle_new (fixture->signer, recipient, fixture->now_s);
      g_autoptr(TlBundle) bundle = verify (fixture, bytes);

      g_assert_cmpstr (tl_bundle_get_recipient (bundle), ==,
                       tl_recipient_get_fingerprint (recipient));
      g_assert_cmpstr (tl_bundle_get_signer_name (bundle), ==, "ada@acme.test");
      assert_opens (bundle, opener, TL_TEST_INCOMING, TL_TEST_OUTGOING);
      /* Nothing of it is anywhere else. */
      g_assert_null (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                             TL_TEST_OUTGOING, strlen (TL_TEST_OUTGOING)));
    }
}

static GBytes *
write_with (Fixture     *fixture,
            TlReport    *report,
            const char  *incoming_text,
            const char  *outgoing_text,
            GError     **error)
{
  g_autoptr(TlReport) ready = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                  fixture->now_s - 60);
  g_autoptr(TlSecret) incoming = incoming_text != NULL ? tl_test_secret_new (incoming_text) : NULL;
  g_autoptr(TlSecret) outgoing = outgoing_text != NULL ? tl_test_secret_new (outgoing_text) : NULL;
  const TlBundleContents contents = {
    .report = report != NULL ? report : ready, .serial = 1, .now_s = fixture->now_s,
    .recipient = fixture->recipient, .incoming = incoming, .outgoing = outgoing,
  };

  return tl_bundle_write (&contents, fixture->signer, error);
}

typedef struct
{
  const char *path;
  const char *incoming;
  const char *outgoing;
} LanesCase;

static const LanesCase lanes_cases[] = {
  { "/bundle-open/lanes/both", "one", "two" },
  { "/bundle-open/lanes/incoming", "one", NULL },
  { "/bundle-open/lanes/outgoing", NULL, "two" },
};

static void
test_lanes (Fixture       *fixture,
            gconstpointer  data)
{
  const LanesCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = write_with (fixture, NULL, c->incoming, c->outgoing, &error);
  g_autoptr(TlBundle) bundle = NULL;

  g_assert_no_error (error);
  bundle = verify (fixture, bytes);
  assert_opens (bundle, fixture->opener, c->incoming, c->outgoing);
}

/* What is not in it is not made up. */
static void
test_none (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GBytes) no_recipient = tl_test_bundle_new (fixture->signer, NULL, fixture->now_s);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) no_password = write_with (fixture, NULL, NULL, NULL, &error);
  g_autoptr(TlBundle) first = verify (fixture, no_recipient);
  g_autoptr(TlBundle) second = verify (fixture, no_password);

  g_assert_no_error (error);
  g_assert_null (tl_bundle_get_recipient (first));
  g_assert_null (tl_bundle_get_recipient (second));
  assert_opens (first, fixture->opener, NULL, NULL);
  assert_opens (second, fixture->opener, NULL, NULL);
}

static void
test_not_for_you (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char * const others[] = { "P-256#2", "P-384", "RSA:3072" };
  g_autoptr(TlBundle) bundle = verify (fixture, fixture->bundle);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr(TlOpener) other = tl_test_opener_new (others[i]);
      g_autoptr(TlFinding) finding = assert_refused (bundle, other, "bundle.not-for-you");

      g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (finding),
                                               TL_EVIDENCE_FINGERPRINT),
                       ==, tl_recipient_get_fingerprint (fixture->recipient));
    }
}

typedef struct
{
  const char *path;
  TlPurpose   purpose;
  gint64      after_s;
  gboolean    pinned;
  const char *id;
} HeldBackCase;

static const HeldBackCase held_back_cases[] = {
  { "/bundle-open/P12/unknown-signer", TL_PURPOSE_MAILBOX, 0, FALSE, "bundle.unknown-signer" },
  { "/bundle-open/P12/expired", TL_PURPOSE_MAILBOX, TL_BUNDLE_VALID_S, TRUE, "bundle.expired" },
  { "/bundle-open/P12/future", TL_PURPOSE_MAILBOX, -3600, TRUE, "bundle.expired" },
  { "/bundle-open/P12/practice", TL_PURPOSE_PRACTICE, 0, TRUE, "bundle.practice" },
};

/* The right key is not enough. */
static void
test_held_back (Fixture       *fixture,
                gconstpointer  data)
{
  const HeldBackCase *c = data;
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, c->purpose,
                                                   fixture->now_s - 60);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = write_with (fixture, report, "one", "two", &error);
  const char *pins[] = { tl_signer_get_fingerprint (fixture->signer), NULL };
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlFinding) again = NULL;
  g_autoptr(TlBundle) bundle = NULL;

  g_assert_no_error (error);
  bundle = tl_bundle_verify (bytes, c->pinned ? pins : NULL, fixture->now_s + c->after_s, &finding,
                             &error);
  g_assert_nonnull (bundle);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, c->id);
  again = assert_refused (bundle, fixture->opener, c->id);
}

/* @members with something else sealed in it, all of it signed by the signer. */
static GBytes *
reseal (Fixture         *fixture,
        TlBundleMembers *members,
        GBytes          *secrets)
{
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, secrets);
  TlBundleFacts facts;
  GBytes *bytes;

  report = tl_bundle_json_read (members->json, &facts, &error);
  g_assert_no_error (error);
  g_strlcpy (facts.secrets_sha256, sha256, sizeof facts.secrets_sha256);
  g_bytes_unref (members->json);
  g_bytes_unref (members->signature);
  g_bytes_unref (members->secrets);
  members->secrets = g_bytes_ref (secrets);
  members->json = tl_bundle_json_write (report, &facts);
  members->signature = tl_cms_sign (members->json, fixture->signer, &error);
  g_assert_no_error (error);
  bytes = tl_bundle_members_pack (members, &error);
  g_assert_no_error (error);

  return bytes;
}

/* Sealed for the same platform, by the same signer, and for another bundle. */
static void
test_replayed (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) other = write_with (fixture, NULL, "one", "two", &error);
  g_auto(TlBundleMembers) members = { NULL };
  g_auto(TlBundleMembers) others = { NULL };
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(TlBundle) bundle = NULL;
  g_autoptr(TlFinding) finding = NULL;

  g_assert_true (tl_bundle_members_unpack (fixture->bundle, &members, &error));
  g_assert_true (tl_bundle_members_unpack (other, &others, &error));
  bytes = reseal (fixture, &members, others.secrets);
  bundle = verify (fixture, bytes);
  finding = assert_refused (bundle, fixture->opener, "bundle.tampered");
}

/* One change to the line that is sealed. */
typedef struct
{
  const char *path;
  const char *from;
  const char *to;
} LineCase;

static const LineCase line_cases[] = {
  { "/bundle-open/line/untouched", "one", "one" },
  { "/bundle-open/B07/serial", "\"serial\":42", "\"serial\":41" },
  { "/bundle-open/B07/settings", "\"settings_hash\":\"", "\"settings_hash\":\"0" },
  { "/bundle-open/B07/signer", "\"signer\":\"", "\"signer\":\"0" },
  { "/bundle-open/B08/version-older", "\"version\":1}", "\"version\":0}" },
  { "/bundle-open/B08/version-newer", "\"version\":1}", "\"version\":2}" },
  { "/bundle-open/B08/format", "twolane-secrets", "twolane-secret" },
  { "/bundle-open/B08/unknown", "\"version\":1}", "\"version\":1,\"zoo\":1}" },
  { "/bundle-open/B08/space", "\"version\":1}", "\"version\":1} " },
  { "/bundle-open/B08/newline", "\"version\":1}", "\"version\":1}\n" },
  { "/bundle-open/B08/twice", "\"incoming\":\"one\",", "\"incoming\":\"one\",\"incoming\":\"one\"," },
  { "/bundle-open/B08/swapped", "\"incoming\":\"one\",\"outgoing\":\"two\"",
    "\"outgoing\":\"two\",\"incoming\":\"one\"" },
  { "/bundle-open/B08/missing", "\"outgoing\":\"two\",", "" },
  { "/bundle-open/B08/null", "\"outgoing\":\"two\"", "\"outgoing\":null" },
  { "/bundle-open/B08/empty", "\"outgoing\":\"two\"", "\"outgoing\":\"\"" },
  { "/bundle-open/B08/escape", "\"one\"", "\"\\u006fne\"" },
  { "/bundle-open/B08/escape-case", "\"one\"", "\"\\u001F\"" },
  { "/bundle-open/B08/escape-slash", "\"one\"", "\"\\/\"" },
  { "/bundle-open/B08/escape-unknown", "\"one\"", "\"\\x\"" },
  { "/bundle-open/B08/escape-short", "\"one\"", "\"\\u1\"" },
  { "/bundle-open/B08/surrogate", "\"one\"", "\"\\ud800\"" },
  { "/bundle-open/B08/nul", "\"one\"", "\"\\u0000\"" },
  { "/bundle-open/B08/utf8", "\"one\"", "\"\xff\"" },
  { "/bundle-open/B08/open-string", "\"version\":1}", "" },
  { "/bundle-open/B08/backslash-end", "\"one\",\"outgoing\":\"two\",", "\"\\" },
};

static void
test_line (Fixture       *fixture,
           gconstpointer  data)
{
  const LineCase *c = data;
  g_auto(TlBundleMembers) members = { NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlBundle) original = verify (fixture, fixture->bundle);
  TlPlan *plan = tl_report_get_plan (tl_bundle_get_report (original));
  g_autofree char *settings_hash = tl_plan_dup_settings_hash (plan);
  g_autoptr(GString) line = g_string_new (NULL);
  g_autoptr(TlSecret) secret = NULL;
  g_autoptr(GBytes) sealed = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(TlBundle) bundle = NULL;

  g_string_printf (line, "{\"format\":\"twolane-secrets\",\"incoming\":\"one\",\"outgoing\":\"two\","
                         "\"serial\":42,\"settings_hash\":\"%s\",\"signer\":\"%s\",\"version\":1}",
                   settings_hash, tl_bundle_get_fingerprint (original));
  g_assert_cmpuint (g_string_replace (line, c->from, c->to, 1), ==, 1);
  secret = tl_test_secret_new (line->str);
  sealed = tl_sealed_write (secret, fixture->recipient, &error);
  g_assert_no_error (error);
  g_assert_true (tl_bundle_members_unpack (fixture->bundle, &members, &error));
  bytes = reseal (fixture, &members, sealed);
  bundle = verify (fixture, bytes);

  if (g_str_equal (c->from, c->to))
    assert_opens (bundle, fixture->opener, "one", "two");
  else
    g_object_unref (assert_refused (bundle, fixture->opener, "bundle.tampered"));
}

typedef struct
{
  const char *path;
  const char *password;
  gssize      len;      /* -1: to the NUL */
  gboolean    taken;
} PasswordCase;

static char long_password[1025];

static const PasswordCase password_cases[] = {
  { "/bundle-open/password/plain", "secret", -1, TRUE },
  { "/bundle-open/password/quotes", "\"\\\"\\/", -1, TRUE },
  { "/bundle-open/password/controls", "\b\t\n\f\r\x01\x1f\x7f", -1, TRUE },
  { "/bundle-open/password/letters", "pässwörd 密码 🔑", -1, TRUE },
  { "/bundle-open/password/spaces", "  ", -1, TRUE },
  { "/bundle-open/password/longest", long_password, 1024, TRUE },
  { "/bundle-open/password/too-long", long_password, 1025, FALSE },
  { "/bundle-open/password/empty", "", -1, FALSE },
  { "/bundle-open/password/nul", "a\0b", 3, FALSE },
  { "/bundle-open/password/no-text", "\xff\xfe", -1, FALSE },
};

static void
test_password (Fixture       *fixture,
               gconstpointer  data)
{
  const PasswordCase *c = data;
  gsize len = c->len < 0 ? strlen (c->password) : (gsize) c->len;
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   fixture->now_s - 60);
  g_autoptr(TlSecret) password = tl_secret_new (c->password, len);
  const TlBundleContents contents = {
    .report = report, .serial = 1, .now_s = fixture->now_s, .recipient = fixture->recipient,
    .incoming = password, .outgoing = password,
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = tl_bundle_write (&contents, fixture->signer, &error);
  g_autoptr(TlBundle) bundle = NULL;
  g_autoptr(TlSecret) incoming = NULL;
  g_autoptr(TlSecret) outgoing = NULL;
  g_autoptr(TlFinding) finding = NULL;

  if (!c->taken)
    {
      g_assert_null (bytes);
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (strstr (error->message, "xxxx"));
      return;
    }

  g_assert_no_error (error);
  bundle = verify (fixture, bytes);
  g_assert_true (tl_bundle_open (bundle, fixture->opener, &incoming, &outgoing, &finding, &error));
  g_assert_true (tl_secret_equal (incoming, password));
  g_assert_true (tl_secret_equal (outgoing, password));
}

/* A lane that signs in with a token has nothing to hand over, and neither has one that is not set. */
static void
test_no_token (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@acme.test", &error);
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url ("imaps://imap.acme.test:993", TL_AUTH_OAUTH2, "ada@acme.test",
                                   &error);
  const TlPlanLane incoming = { settings, TL_SOURCE_SRV, TL_TRUST_OWN_DOMAIN };
  g_autoptr(TlPlan) plan = tl_plan_new (TL_PURPOSE_MAILBOX, address, NULL, NULL, &incoming, NULL);
  g_autoptr(TlReport) report = tl_report_new (plan, NULL, NULL);
  g_autoptr(GBytes) nothing = NULL;

  g_assert_no_error (error);
  g_assert_null (write_with (fixture, report, "ya29.token", NULL, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);
  g_assert_null (write_with (fixture, report, NULL, "password", &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);
  nothing = write_with (fixture, report, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (nothing);
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
  memset (long_password, 'x', sizeof long_password);

  add ("/bundle-open/kinds", NULL, test_kinds);
  for (gsize i = 0; i < G_N_ELEMENTS (lanes_cases); i++)
    add (lanes_cases[i].path, &lanes_cases[i], test_lanes);
  add ("/bundle-open/B11/none-inside", NULL, test_none);
  add ("/bundle-open/B05/not-for-you", NULL, test_not_for_you);
  for (gsize i = 0; i < G_N_ELEMENTS (held_back_cases); i++)
    add (held_back_cases[i].path, &held_back_cases[i], test_held_back);
  add ("/bundle-open/B07/replayed", NULL, test_replayed);
  for (gsize i = 0; i < G_N_ELEMENTS (line_cases); i++)
    add (line_cases[i].path, &line_cases[i], test_line);
  for (gsize i = 0; i < G_N_ELEMENTS (password_cases); i++)
    add (password_cases[i].path, &password_cases[i], test_password);
  add ("/bundle-open/no-token", NULL, test_no_token);

  return g_test_run ();
}
