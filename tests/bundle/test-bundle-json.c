/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle-json.h"

#include <string.h>

#include "tl-error.h"
#include "tl-test-report.h"

#define MADE_S  1800000000 /* 2027-01-15T08:00:00Z */
#define HASH_A  "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const TlBundleFacts facts = {
  .serial = 7,
  .made_s = MADE_S,
  .expires_s = MADE_S + 86400,
  .readiness = TL_READINESS_READY,
  .fingerprint = HASH_A,
  .report_sha256 = HASH_A,
};

static char *
write_text (TlTestReportKind     kind,
            const TlBundleFacts *with)
{
  g_autoptr(TlReport) report = tl_test_report_new (kind, TL_PURPOSE_MAILBOX, MADE_S - 60);
  g_autoptr(GBytes) bytes = tl_bundle_json_write (report, with);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static TlReport *
read_text (const char     *text,
           TlBundleFacts  *out_facts,
           GError        **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  return tl_bundle_json_read (bytes, out_facts, error);
}

typedef struct
{
  const char       *name;
  TlTestReportKind  kind;
  TlReadiness       readiness;
} KindCase;

static const KindCase kind_cases[] = {
  { "ready",   TL_TEST_REPORT_READY,   TL_READINESS_READY },
  { "failed",  TL_TEST_REPORT_FAILED,  TL_READINESS_DRAFT },
  { "hostile", TL_TEST_REPORT_HOSTILE, TL_READINESS_READY },
  { "empty",   TL_TEST_REPORT_EMPTY,   TL_READINESS_DRAFT },
  { "shared",  TL_TEST_REPORT_SHARED,  TL_READINESS_READY },
};

static void
test_round_trip (gconstpointer data)
{
  const KindCase *c = data;
  TlBundleFacts with = facts;
  TlBundleFacts read;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GError) error = NULL;

  with.readiness = c->readiness;
  text = write_text (c->kind, &with);
  again = write_text (c->kind, &with);
  g_assert_cmpstr (text, ==, again);

  report = read_text (text, &read, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (&read, sizeof read, &with, sizeof with);
  g_assert_cmpint (tl_report_get_readiness (report, MADE_S), ==, c->readiness);
}

static void
test_says_who (void)
{
  g_autofree char *text = write_text (TL_TEST_REPORT_SHARED, &facts);

  g_assert_nonnull (strstr (text, "\"sign_in\":{\"account\":\"eva<b>@acme.test\","
                                  "\"client_id\":\"0a1b-2c\",\"issuer\":"
                                  "\"https://login.acme.test/x\",\"login\":\"eva@acme.test\","
                                  "\"scopes\":[\"https://mail.acme.test/all\",\"offline_access\"]}"));
  g_assert_nonnull (strstr (text, "\"folder\":\"shared/Sälj\""));
}

static void
test_says (void)
{
  g_autofree char *text = write_text (TL_TEST_REPORT_READY, &facts);

  g_assert_null (strstr (text, "sign_in"));
  g_assert_null (strstr (text, "\"folder\""));

  g_assert_nonnull (strstr (text, "\"schema\":\"twolane-bundle\""));
  g_assert_nonnull (strstr (text, "\"version\":0}"));
  g_assert_nonnull (strstr (text, "\"made\":\"2027-01-15T08:00:00Z\",\"serial\":7"));
  g_assert_nonnull (strstr (text, "export.tested-from-here"));
  g_assert_nonnull (strstr (text, "imap.acme.test"));
  g_assert_null (strstr (text, " \""));
  g_assert_null (strchr (text, '\n'));
}

/* One change to a good document; each makes it none. */
typedef struct
{
  const char *name;
  const char *from;
  const char *to;
} ChangeCase;

static const ChangeCase change_cases[] = {
  { "space",          "{\"evidence\"",          "{ \"evidence\"" },
  { "newline-behind", "\"version\":0}",         "\"version\":0}\n" },
  { "duplicate",      "\"version\":0}",         "\"version\":0,\"version\":0}" },
  { "duplicate-inner", "\"serial\":7",          "\"serial\":7,\"serial\":8" },
  { "unknown",        "\"version\":0}",         "\"version\":0,\"zoo\":1}" },
  { "version",        "\"version\":0}",         "\"version\":1}" },
  { "version-text",   "\"version\":0}",         "\"version\":\"0\"}" },
  { "version-float",  "\"version\":0}",         "\"version\":0.0}" },
  { "version-huge",   "\"version\":0}",         "\"version\":1e400}" },
  { "schema",         "\"twolane-bundle\"",     "\"twolane-report\"" },
  { "serial-negative", "\"serial\":7",          "\"serial\":-7" },
  { "serial-huge",    "\"serial\":7",           "\"serial\":9007199254740992" },
  { "time-zone",      "\"made\":\"2027-01-15T08:00:00Z\"", "\"made\":\"2027-01-15T09:00:00+01\"" },
  { "time-backwards", "\"expires\":\"2027-01-16T08:00:00Z\"",
    "\"expires\":\"2027-01-15T08:00:00Z\"" },
  { "time-for-ever",  "\"expires\":\"2027-01-16T08:00:00Z\"",
    "\"expires\":\"2037-01-16T08:00:00Z\"" },
  { "readiness",      "\"readiness\":\"ready\"", "\"readiness\":\"draft\"" },
  { "readiness-word", "\"readiness\":\"ready\"", "\"readiness\":\"fine\"" },
  { "settings-hash",  "\"settings_hash\":\"",   "\"settings_hash\":\"0" },
  { "fingerprint-case", "\"signer\":{\"fingerprint\":\"00112233445566778899aa",
    "\"signer\":{\"fingerprint\":\"00112233445566778899AA" },
  { "member-name",    "report.html",            "report.htm" },
  { "host",           "\"host\":\"imap.acme.test\"", "\"host\":\"imap.evil.test\"" },
  { "host-crlf",      "\"host\":\"imap.acme.test\"", "\"host\":\"imap.acme.test\\r\\nX\"" },
  { "port",           "\"port\":993",           "\"port\":\"993\"" },
  { "plaintext",      "\"security\":\"tls\"",   "\"security\":\"none\"" },
  { "verdict",        "\"verdict\":\"ok\"",     "\"verdict\":\"warning\"" },
  { "note-gone",      "export.tested-from-here", "auth.bad-credentials" },
  { "surrogate",      "\"Ada L\"",              "\"Ada \\ud800\"" },
  { "nul",            "\"Ada L\"",              "\"Ada \\u0000\"" },
  { "escape",         "\"Ada L\"",              "\"Ada\\u0020L\"" },
  { "purpose",        "\"purpose\":\"mailbox\"", "\"purpose\":\"other\"" },
};

static void
test_change (gconstpointer data)
{
  const ChangeCase *c = data;
  g_autofree char *text = write_text (TL_TEST_REPORT_READY, &facts);
  g_autoptr(GString) changed = g_string_new (text);
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GError) error = NULL;
  TlBundleFacts read;

  g_assert_cmpuint (g_string_replace (changed, c->from, c->to, 1), ==, 1);
  report = read_text (changed->str, &read, &error);
  g_assert_null (report);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_optional_absent (void)
{
  static const char * const sections[] = { "folders", "sending", "domain", "policy" };
  g_autofree char *text = write_text (TL_TEST_REPORT_READY, &facts);

  g_test_summary ("The sections that version 0 declares are absent, and refused until written");

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autofree char *with = g_strdup_printf (",\"%s\":{}}", sections[i]);
      g_autoptr(GString) changed = g_string_new (text);
      g_autoptr(TlReport) report = NULL;
      g_autoptr(GError) error = NULL;
      TlBundleFacts read;

      g_string_truncate (changed, changed->len - 1);
      g_string_append (changed, with);
      report = read_text (changed->str, &read, &error);
      g_assert_null (report);
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kind_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/bundle-json/round-trip/", kind_cases[i].name, NULL);

      g_test_add_data_func (path, &kind_cases[i], test_round_trip);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (change_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/bundle-json/change/", change_cases[i].name, NULL);

      g_test_add_data_func (path, &change_cases[i], test_change);
    }
  g_test_add_func ("/bundle-json/says", test_says);
  g_test_add_func ("/bundle-json/says-who", test_says_who);
  g_test_add_func ("/bundle-json/optional-absent", test_optional_absent);

  return g_test_run ();
}
