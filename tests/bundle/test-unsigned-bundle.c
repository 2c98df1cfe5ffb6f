/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-unsigned-bundle.h"

#include <string.h>

#include "tl-bundle.h"
#include "tl-cms.h"
#include "tl-error.h"
#include "tl-signer-private.h"
#include "tl-test-bundle.h"

typedef struct
{
  TlSigner         *signer;
  gint64            now_s;
  TlRecipient      *recipient;
  TlUnsignedBundle *members;
} Fixture;

static TlUnsignedBundle *
make (TlReport     *report,
      TlSigner     *signer,
      TlRecipient  *recipient,
      gint64        now_s,
      GError      **error)
{
  g_autoptr(TlSecret) password = tl_test_secret_new ("password");
  g_autofree char *pem = tl_signer_dup_certificate (signer);
  const TlBundleContents contents = {
    .report = report, .serial = TL_TEST_BUNDLE_SERIAL, .now_s = now_s, .recipient = recipient,
    .incoming = password,
  };

  return tl_unsigned_bundle_new (&contents, pem, error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GError) error = NULL;

  fixture->signer = tl_signer_new_generate ("ada@acme.test", &error);
  g_assert_no_error (error);
  fixture->now_s = g_get_real_time () / G_USEC_PER_SEC;
  fixture->recipient = tl_test_recipient_new ("P-256");
  report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, fixture->now_s - 60);
  fixture->members = make (report, fixture->signer, fixture->recipient, fixture->now_s, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->signer, tl_signer_unref);
  g_clear_pointer (&fixture->recipient, tl_recipient_unref);
  g_clear_pointer (&fixture->members, tl_unsigned_bundle_unref);
}

static GBytes *
member (Fixture    *fixture,
        const char *name)
{
  return tl_unsigned_bundle_get_member (fixture->members, name);
}

static void
test_members (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   fixture->now_s - 60);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlUnsignedBundle) without = make (report, fixture->signer, NULL, fixture->now_s,
                                              &error);
  g_autofree char *with_names = NULL;
  g_autofree char *without_names = NULL;

  g_assert_no_error (error);
  with_names = g_strjoinv (" ", (char **) tl_unsigned_bundle_list_members (fixture->members));
  without_names = g_strjoinv (" ", (char **) tl_unsigned_bundle_list_members (without));
  g_assert_cmpstr (with_names, ==, "bundle.json report.html secrets.p7m");
  g_assert_cmpstr (without_names, ==, "bundle.json report.html");
  g_assert_nonnull (member (fixture, "secrets.p7m"));
  g_assert_null (tl_unsigned_bundle_get_member (without, "secrets.p7m"));
  g_assert_null (member (fixture, "bundle.json.p7s"));
}

/* The road of a release team: members as files, a signature by stock tools, and back. */
typedef struct
{
  const char *path;
  const char *command;
  int         code;   /* of TlError; -1: it is taken */
} SignCase;

#define SIGN "openssl cms -sign -binary -md sha256 -in bundle.json -outform DER -out signature "

static const SignCase sign_cases[] = {
  { "/unsigned/B14/stock", SIGN "-nosmimecap -signer key.pem -inkey key.pem", -1 },
  { "/unsigned/B03/attached", SIGN "-nosmimecap -nodetach -signer key.pem -inkey key.pem",
    TL_ERROR_INVALID_INPUT },
  { "/unsigned/B03/pem", "openssl cms -sign -binary -md sha256 -in bundle.json -outform PEM "
    "-out signature -nosmimecap -signer key.pem -inkey key.pem", TL_ERROR_INVALID_INPUT },
  { "/unsigned/B03/of-something-else", "openssl cms -sign -binary -md sha256 -in report.html "
    "-outform DER -out signature -nosmimecap -signer key.pem -inkey key.pem",
    TL_ERROR_INVALID_INPUT },
  { "/unsigned/B03/by-another", SIGN "-nosmimecap -signer other.pem -inkey other.pem",
    TL_ERROR_REFUSED },
  { "/unsigned/B03/two-signers", SIGN "-nosmimecap -signer key.pem -inkey key.pem "
    "-signer other.pem -inkey other.pem", TL_ERROR_INVALID_INPUT },
  { "/unsigned/B03/no-certificate", SIGN "-nosmimecap -nocerts -signer key.pem -inkey key.pem",
    TL_ERROR_INVALID_INPUT },
  { "/unsigned/B02/trailing", SIGN "-nosmimecap -signer key.pem -inkey key.pem && "
    "printf x >> signature", TL_ERROR_INVALID_INPUT },
  { "/unsigned/B04/empty", ": > signature", TL_ERROR_INVALID_INPUT },
};

static void
put_key (const char *folder,
         const char *name,
         TlSigner   *signer)
{
  g_autoptr(TlSecret) secret = tl_signer_to_secret (signer);
  gsize len;
  const char *pem = tl_secret_peek (secret, &len);

  tl_test_folder_put (folder, name, pem, (gssize) len);
}

static void
test_sign (Fixture       *fixture,
           gconstpointer  data)
{
  const SignCase *c = data;
  const char * const *names = tl_unsigned_bundle_list_members (fixture->members);
  g_autofree char *folder = tl_test_folder_new ();
  g_autoptr(TlSigner) other = tl_signer_new_generate ("ada@acme.test", NULL);
  g_autoptr(TlUnsignedBundle) read = NULL;
  g_autoptr(GBytes) signature = NULL;
  g_autoptr(GBytes) bundle = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    tl_test_folder_put (folder, names[i], g_bytes_get_data (member (fixture, names[i]), NULL),
                        (gssize) g_bytes_get_size (member (fixture, names[i])));
  put_key (folder, "key.pem", fixture->signer);
  put_key (folder, "other.pem", other);
  g_assert_cmpint (tl_test_run (folder, c->command, NULL), ==, 0);
  signature = tl_test_folder_get (folder, "signature");
  tl_test_folder_remove (folder);

  read = tl_unsigned_bundle_read (member (fixture, "bundle.json"), member (fixture, "report.html"),
                                  member (fixture, "secrets.p7m"), &error);
  g_assert_no_error (error);
  bundle = tl_unsigned_bundle_attach (read, signature, &error);
  if (c->code < 0)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (tl_test_bundle_verify (bundle, fixture->signer, fixture->now_s, NULL), ==,
                       NULL);
    }
  else
    {
      g_assert_null (bundle);
      g_assert_error (error, TL_ERROR, c->code);
    }
}

/* A renewed certificate of the same key is another one. */
static void
test_renewed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  EVP_PKEY *key = tl_signer_get_key (fixture->signer);
  g_autofree char *key_pem = tl_test_key_to_pem (key, NULL);
  g_autoptr(TlCertificate) certificate = tl_certificate_new_self_issued (key, "ada@acme.test",
                                                                         fixture->now_s, &error);
  g_autofree char *certificate_pem = tl_certificate_dup_pem (certificate);
  g_autofree char *both = g_strconcat (key_pem, certificate_pem, NULL);
  g_autoptr(TlSecret) secret = tl_test_secret_new (both);
  g_autoptr(TlSigner) renewed = tl_signer_new_from_secret (secret, &error);
  g_autoptr(GBytes) signature = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (tl_signer_get_fingerprint (renewed), ==,
                   tl_signer_get_fingerprint (fixture->signer));
  signature = tl_cms_sign (member (fixture, "bundle.json"), renewed, &error);
  g_assert_no_error (error);
  g_assert_null (tl_unsigned_bundle_attach (fixture->members, signature, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_REFUSED);
}

typedef struct
{
  const char *path;
  const char *json_to;      /* in place of the document's end */
  gboolean    other_report;
  gboolean    other_secrets;
  gboolean    no_secrets;
} ReadCase;

static const ReadCase read_cases[] = {
  { "/unsigned/B08/space", "\"version\":1} " },
  { "/unsigned/B08/newline", "\"version\":1}\n" },
  { "/unsigned/B08/older", "\"version\":0}" },
  { "/unsigned/B08/newer", "\"version\":2}" },
  { "/unsigned/B01/report", NULL, TRUE, FALSE, FALSE },
  { "/unsigned/B01/secrets", NULL, FALSE, TRUE, FALSE },
  { "/unsigned/B01/no-secrets", NULL, FALSE, FALSE, TRUE },
};

static void
test_read (Fixture       *fixture,
           gconstpointer  data)
{
  const ReadCase *c = data;
  g_autoptr(GBytes) other = g_bytes_new_static ("<html>", 6);
  GBytes *json = member (fixture, "bundle.json");
  g_autoptr(GString) text = g_string_new_len (g_bytes_get_data (json, NULL),
                                              (gssize) g_bytes_get_size (json));
  g_autoptr(GBytes) changed = NULL;
  g_autoptr(GError) error = NULL;

  if (c->json_to != NULL)
    g_assert_cmpuint (g_string_replace (text, "\"version\":1}", c->json_to, 1), ==, 1);
  changed = g_bytes_new (text->str, text->len);

  g_assert_null (tl_unsigned_bundle_read (changed,
                                          c->other_report ? other
                                                          : member (fixture, "report.html"),
                                          c->no_secrets ? NULL
                                          : c->other_secrets ? other
                                                             : member (fixture, "secrets.p7m"),
                                          &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

/* Made once, and once more out of what was read from the file. */
static void
test_again (Fixture       *fixture,
            gconstpointer  data)
{
  static const TlTestReportKind kinds[] = {
    TL_TEST_REPORT_READY, TL_TEST_REPORT_FAILED, TL_TEST_REPORT_HOSTILE, TL_TEST_REPORT_EMPTY,
    TL_TEST_REPORT_SHARED,
  };
  static const TlPolicyDocument document = {
    NULL, "system", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
  };
  static const TlPolicyRule rules[] = {
    { "providers", 0, TL_VERDICT_OK }, { "daily_ceiling", 0, TL_VERDICT_NOT_TESTED },
  };
  g_autoptr(TlPolicyRecord) policy = tl_policy_record_new (&document, 1, rules, 2);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(TlReport) tested = tl_test_report_new (kinds[i], TL_PURPOSE_MAILBOX,
                                                       fixture->now_s - 60);
      g_autoptr(TlReport) report = tl_report_with_policy (tested, policy);
      g_autoptr(GError) error = NULL;
      g_autoptr(TlUnsignedBundle) first = make (report, fixture->signer, NULL, fixture->now_s,
                                                &error);
      g_autoptr(TlUnsignedBundle) second = NULL;
      g_autoptr(GBytes) signature = NULL;
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(TlBundle) bundle = NULL;
      const char * const *names;

      g_assert_no_error (error);
      signature = tl_cms_sign (tl_unsigned_bundle_get_member (first, "bundle.json"),
                               fixture->signer, &error);
      bytes = tl_unsigned_bundle_attach (first, signature, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (tl_test_bundle_verify (bytes, fixture->signer, fixture->now_s, &bundle), ==,
                       NULL);

      second = make (tl_bundle_get_report (bundle), fixture->signer, NULL,
                     tl_bundle_get_made_s (bundle), &error);
      g_assert_no_error (error);
      names = tl_unsigned_bundle_list_members (first);
      for (guint j = 0; names[j] != NULL; j++)
        {
          gsize len;
          const char *data_of = g_bytes_get_data (tl_unsigned_bundle_get_member (first, names[j]),
                                                  &len);
          GBytes *again = tl_unsigned_bundle_get_member (second, names[j]);

          g_assert_cmpmem (data_of, len, g_bytes_get_data (again, NULL), g_bytes_get_size (again));
        }
    }
}

/* A broken rule makes a draft of what both lanes being green would make ready. */
static void
test_policy (Fixture       *fixture,
             gconstpointer  data)
{
  static const TlPolicyDocument document = {
    "Acme", "file", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
  };
  static const TlPolicyRule broken = { "providers", 0, TL_VERDICT_ERROR };
  g_autoptr(TlPolicyRecord) policy = tl_policy_record_new (&document, 1, &broken, 1);
  g_autoptr(TlReport) tested = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   fixture->now_s - 60);
  g_autoptr(TlReport) report = tl_report_with_policy (tested, policy);
  const TlBundleContents contents = { .report = report, .serial = 1, .now_s = fixture->now_s };
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = tl_bundle_write (&contents, fixture->signer, &error);
  g_autoptr(TlBundle) bundle = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (tl_test_bundle_verify (bytes, fixture->signer, fixture->now_s, &bundle), ==,
                   NULL);
  g_assert_true (tl_bundle_is_draft (bundle));
  g_assert_nonnull (strstr (tl_bundle_get_json (bundle),
                            "\"policy\":{\"documents\":[{\"name\":\"Acme\",\"origin\":\"file\""));
}

/* Neither certificate may have run out, and nothing is made. */
static void
test_not_valid (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   fixture->now_s - 60);
  const TlBundleContents contents = { .report = report, .serial = 1, .now_s = fixture->now_s };
  g_autoptr(GError) error = NULL;

  g_assert_null (make (report, fixture->signer, fixture->recipient, fixture->now_s + 2 * 86400,
                       &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (make (report, fixture->signer, NULL, fixture->now_s + (gint64) 11 * 365 * 86400,
                       &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (tl_unsigned_bundle_new (&contents, "no certificate", &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
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

  add ("/unsigned/members", NULL, test_members);
  for (gsize i = 0; i < G_N_ELEMENTS (sign_cases); i++)
    add (sign_cases[i].path, &sign_cases[i], test_sign);
  for (gsize i = 0; i < G_N_ELEMENTS (read_cases); i++)
    add (read_cases[i].path, &read_cases[i], test_read);
  add ("/unsigned/B03/renewed", NULL, test_renewed);
  add ("/unsigned/B14/again", NULL, test_again);
  add ("/unsigned/B12/policy", NULL, test_policy);
  add ("/unsigned/B13/not-valid", NULL, test_not_valid);

  return g_test_run ();
}
