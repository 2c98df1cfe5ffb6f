/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle-json.h"

#include <string.h>

#include "tl-error.h"
#include "tl-test-report.h"

#define MADE_S  1800000000 /* 2027-01-15T08:00:00Z */
#define HASH_B  "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"
#define HASH_A  "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const TlBundleFacts facts = {
  .serial = 7,
  .made_s = MADE_S,
  .expires_s = MADE_S + 86400,
  .readiness = TL_READINESS_READY,
  .fingerprint = HASH_A,
  .certificate_sha256 = HASH_B,
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
  { "full",    TL_TEST_REPORT_FULL,    TL_READINESS_READY },
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
  g_assert_nonnull (strstr (text, "\"version\":1}"));
  g_assert_nonnull (strstr (text, "\"made\":\"2027-01-15T08:00:00Z\",\"serial\":7"));
  g_assert_nonnull (strstr (text, "export.tested-from-here"));
  g_assert_nonnull (strstr (text, "imap.acme.test"));
  g_assert_null (strstr (text, " \""));
  g_assert_null (strchr (text, '\n'));
}

/* One change to a good document; each makes it none. What the reader says of it is asked for, as
 * comparing all bytes in the end would refuse most of them once more. */
typedef struct
{
  const char *path;
  const char *from;
  const char *to;
  const char *said;   /* the member, or a word of what is wrong with it */
} ChangeCase;

static const ChangeCase change_cases[] = {
  { "/bundle-json/B08/space",          "{\"evidence\"",          "{ \"evidence\"", "one form" },
  { "/bundle-json/B08/newline-behind", "\"version\":1}",         "\"version\":1}\n", "one form" },
  { "/bundle-json/B08/duplicate",      "\"version\":1}",         "\"version\":1,\"version\":1}",
    "twice" },
  { "/bundle-json/B08/duplicate-inner", "\"serial\":7",          "\"serial\":7,\"serial\":8",
    "twice" },
  { "/bundle-json/B08/unknown",        "\"version\":1}",         "\"version\":1,\"zoo\":1}",
    "“zoo” is not a member" },
  { "/bundle-json/B08/version-older",  "\"version\":1}",         "\"version\":0}", "“version”" },
  { "/bundle-json/B08/version-newer",  "\"version\":1}",         "\"version\":2}", "“version”" },
  { "/bundle-json/B08/version-text",   "\"version\":1}",         "\"version\":\"1\"}",
    "“version”" },
  { "/bundle-json/B08/version-float",  "\"version\":1}",         "\"version\":1.0}", "integer" },
  { "/bundle-json/B08/version-huge",   "\"version\":1}",         "\"version\":1e400}", "integer" },
  { "/bundle-json/B08/schema",         "\"twolane-bundle\"",     "\"twolane-report\"", "“schema”" },
  { "/bundle-json/B08/serial-negative", "\"serial\":7",          "\"serial\":-7", "“serial”" },
  { "/bundle-json/B08/serial-huge",    "\"serial\":7",           "\"serial\":9007199254740992",
    "2^53" },
  { "/bundle-json/B08/time-zone",      "\"made\":\"2027-01-15T08:00:00Z\"", "\"made\":\"2027-01-15T09:00:00+01\"",
    "“made”" },
  { "/bundle-json/B08/time-backwards", "\"expires\":\"2027-01-16T08:00:00Z\"",
    "\"expires\":\"2027-01-15T08:00:00Z\"", "“expires”" },
  { "/bundle-json/B08/time-for-ever",  "\"expires\":\"2027-01-16T08:00:00Z\"",
    "\"expires\":\"2037-01-16T08:00:00Z\"", "“expires”" },
  { "/bundle-json/B12/readiness",      "\"readiness\":\"ready\"", "\"readiness\":\"draft\"",
    "“readiness”" },
  { "/bundle-json/B12/readiness-word", "\"readiness\":\"ready\"", "\"readiness\":\"fine\"",
    "“readiness”" },
  { "/bundle-json/B12/settings-hash",  "\"settings_hash\":\"",   "\"settings_hash\":\"0",
    "“settings_hash”" },
  { "/bundle-json/B08/fingerprint-case", "\"fingerprint\":\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"},\"validity\"",
    "\"fingerprint\":\"00112233445566778899AAbbccddeeff00112233445566778899aabbccddeeff\"},\"validity\"",
    "“fingerprint”" },
  { "/bundle-json/B12/settings-hash-other", "\"settings_hash\":\"", "\"settings_hash\":\"" HASH_B "\",\"x\":\"",
    "“settings_hash”" },
  { "/bundle-json/B08/signer-unknown", "\"signer\":{", "\"signer\":{\"a\":1,",
    "“a” is not a member" },
  { "/bundle-json/B08/signer-text", "\"signer\":{\"certificate\":\"" HASH_B "\",", "\"signer\":{\"certificate\":\"ff\",",
    "“certificate”" },
  { "/bundle-json/B08/evidence-unknown", "\"evidence\":{", "\"evidence\":{\"a\":1,",
    "“a” is not a member" },
  { "/bundle-json/B08/member-unknown", "{\"name\":\"report.html\",", "{\"name\":\"report.html\",\"a\":1,",
    "“a” is not a member" },
  { "/bundle-json/B08/member-none", "[{\"name\":\"report.html\",\"sha256\":\"" HASH_A "\"}]", "[]",
    "“members” is not the list" },
  { "/bundle-json/B08/finding-unknown", "\"id\":\"export.tested-from-here\"", "\"id\":\"export.nothing-like-it\"",
    "“id”" },
  { "/bundle-json/B08/member-name",    "report.html",            "report.htm", "“name”" },
  { "/bundle-json/B09/host",           "\"host\":\"imap.acme.test\"", "\"host\":\"imap.evil.test\"",
    "“readiness”" },
  { "/bundle-json/B09/host-crlf",      "\"host\":\"imap.acme.test\"", "\"host\":\"imap.acme.test\\r\\nX\"",
    "“host”" },
  { "/bundle-json/B09/port",           "\"port\":993",           "\"port\":\"993\"", "“port”" },
  { "/bundle-json/B09/plaintext",      "\"security\":\"tls\"",   "\"security\":\"none\"",
    "“readiness”" },
  { "/bundle-json/B12/verdict",        "\"verdict\":\"ok\"",     "\"verdict\":\"warning\"",
    "“verdict”" },
  { "/bundle-json/B08/note-gone",      "export.tested-from-here", "auth.bad-credentials",
    "“stage”" },
  { "/bundle-json/B08/surrogate",      "\"Ada L\"",              "\"Ada \\ud800\"", "surrogate" },
  { "/bundle-json/B08/nul",            "\"Ada L\"",              "\"Ada \\u0000\"", "NUL" },
  { "/bundle-json/B08/escape",         "\"Ada L\"",              "\"Ada\\u0020L\"", "one form" },
  { "/bundle-json/B09/purpose",        "\"purpose\":\"mailbox\"", "\"purpose\":\"other\"",
    "“purpose”" },
};

static void
assert_said (const GError *error,
             const char   *said)
{
  g_test_message ("%s", error->message);
  g_assert_nonnull (said);
  g_assert_nonnull (strstr (error->message, said));
}

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
  assert_said (error, c->said);
}

/* All that may be absent is there. */
static const TlBundleFacts full_facts = {
  .serial = 7,
  .made_s = MADE_S,
  .expires_s = MADE_S + 86400,
  .readiness = TL_READINESS_READY,
  .fingerprint = HASH_A,
  .certificate_sha256 = HASH_B,
  .recipient = HASH_B,
  .has_incoming = TRUE,
  .has_outgoing = TRUE,
  .secrets_sha256 = HASH_A,
  .report_sha256 = HASH_A,
};

static char *
write_full (void)
{
  static const TlPolicyDocument document = { "Acme", "system", HASH_A };
  static const TlPolicyRule rules[] = {
    { "providers", 0, TL_VERDICT_OK }, { "daily_ceiling", 0, TL_VERDICT_NOT_TESTED },
  };
  g_autoptr(TlPolicyRecord) policy = tl_policy_record_new (&document, 1, rules, 2);
  g_autoptr(TlReport) tested = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   MADE_S - 60);
  g_autoptr(TlReport) report = tl_report_with_policy (tested, policy);
  g_autoptr(GBytes) bytes = tl_bundle_json_write (report, &full_facts);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_full (void)
{
  g_autofree char *text = write_full ();
  g_autoptr(GError) error = NULL;
  TlBundleFacts read;
  g_autoptr(TlReport) report = read_text (text, &read, &error);
  const TlPolicyDocument *documents;
  guint n;

  g_assert_no_error (error);
  g_assert_cmpmem (&read, sizeof read, &full_facts, sizeof full_facts);
  documents = tl_policy_record_get_documents (tl_report_get_policy (report), &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (documents[0].sha256, ==, HASH_A);
  g_assert_nonnull (strstr (text, "\"secrets\":{\"lanes\":[\"incoming\",\"outgoing\"],"
                                  "\"recipient\":\"" HASH_B "\"}"));
  g_assert_nonnull (strstr (text, "{\"name\":\"secrets.p7m\",\"sha256\":\"" HASH_A "\"}"));
  g_assert_nonnull (strstr (text, "\"signer\":{\"certificate\":\"" HASH_B "\","
                                  "\"fingerprint\":\"" HASH_A "\"}"));
}

#define SECRETS "\"secrets\":{\"lanes\":[\"incoming\",\"outgoing\"],\"recipient\":\"" HASH_B "\"},"
#define SECRETS_MEMBER ",{\"name\":\"secrets.p7m\",\"sha256\":\"" HASH_A "\"}"
#define REPORT_MEMBER "{\"name\":\"report.html\",\"sha256\":\"" HASH_A "\"}"

static const ChangeCase full_cases[] = {
  { "/bundle-json/B08/secrets-unknown", "\"secrets\":{", "\"secrets\":{\"a\":1,",
    "“a” is not a member" },
  { "/bundle-json/B05/lanes-none", "\"lanes\":[\"incoming\",\"outgoing\"]", "\"lanes\":[]",
    "“lanes”" },
  { "/bundle-json/B05/lanes-unknown", "\"lanes\":[\"incoming\",\"outgoing\"]", "\"lanes\":[\"both\"]",
    "“lanes”" },
  { "/bundle-json/B05/member-unnamed", SECRETS_MEMBER, "", "“members” is not the list" },
  { "/bundle-json/B05/recipient-unnamed", SECRETS, "", "“members”" },
  { "/bundle-json/B05/member-order", REPORT_MEMBER SECRETS_MEMBER,
    "{\"name\":\"secrets.p7m\",\"sha256\":\"" HASH_A "\"}," REPORT_MEMBER, "“name”" },
  { "/bundle-json/B05/member-twice", SECRETS_MEMBER, SECRETS_MEMBER SECRETS_MEMBER, "“members”" },
  { "/bundle-json/B05/recipient-case", "\"recipient\":\"ffee", "\"recipient\":\"FFee",
    "“recipient”" },
  { "/bundle-json/B05/recipient-list", "\"recipient\":\"" HASH_B "\"",
    "\"recipient\":[\"" HASH_B "\"]", "“recipient”" },
  { "/bundle-json/B12/policy-verdict", "\"verdict\":\"not-tested\"", "\"verdict\":\"error\"",
    "“verdict”" },
  { "/bundle-json/B08/policy-document", "\"document\":0", "\"document\":1", "“document”" },
  { "/bundle-json/B08/policy-origin", "\"origin\":\"system\"", "\"origin\":\"bundle\"",
    "“origin”" },
  { "/bundle-json/B08/policy-null", "\"policy\":{", "\"policy\":null,\"policies\":{",
    "“policies” is not a member" },
};

static void
test_full_change (gconstpointer data)
{
  const ChangeCase *c = data;
  g_autofree char *text = write_full ();
  g_autoptr(GString) changed = g_string_new (text);
  g_autoptr(GError) error = NULL;
  TlBundleFacts read;

  g_assert_cmpuint (g_string_replace (changed, c->from, c->to, 1), ==, 1);
  g_assert_null (read_text (changed->str, &read, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  assert_said (error, c->said);
}

/* All of it as it is written, but for a lane that signs in with a token or is not set. */
static void
test_token (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@acme.test", &error);
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url ("imaps://imap.acme.test:993", TL_AUTH_OAUTH2, "ada@acme.test",
                                   &error);
  const TlPlanLane incoming = { settings, TL_SOURCE_SRV, TL_TRUST_OWN_DOMAIN };
  g_autoptr(TlPlan) plan = tl_plan_new (TL_PURPOSE_MAILBOX, address, NULL, NULL, &incoming, NULL);
  g_autoptr(TlReport) report = tl_report_new (plan, NULL, NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      TlBundleFacts with = full_facts;
      TlBundleFacts read;
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(TlReport) again = NULL;

      with.readiness = TL_READINESS_DRAFT;
      with.has_incoming = i == 0;
      with.has_outgoing = i == 1;
      if (i == 2)
        with.recipient[0] = with.secrets_sha256[0] = '\0';
      bytes = tl_bundle_json_write (report, &with);
      again = tl_bundle_json_read (bytes, &read, &error);
      g_assert_true ((again != NULL) == (i == 2));
      if (i < 2)
        g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_clear_error (&error);
    }
}

typedef struct
{
  const char       *name;
  TlTestReportKind  kind;
  TlLaneKind        lane;    /* without a word of TLS */
  gboolean          is_read;
} ProofCase;

/* A lane that was not reached has nothing to say of TLS. */
static const ProofCase proof_cases[] = {
  { "incoming", TL_TEST_REPORT_READY,  TL_LANE_INCOMING },
  { "outgoing", TL_TEST_REPORT_READY,  TL_LANE_OUTGOING },
  { "green",    TL_TEST_REPORT_FAILED, TL_LANE_INCOMING },
  { "failed",   TL_TEST_REPORT_FAILED, TL_LANE_OUTGOING, TRUE },
};

static void
test_proof (gconstpointer data)
{
  const ProofCase *c = data;
  const char *opening = "\"tls\":{";
  TlBundleFacts with = facts;
  g_autofree char *text = NULL;
  g_autoptr(GString) changed = NULL;
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GError) error = NULL;
  TlBundleFacts read;
  char *from;

  with.readiness = c->kind == TL_TEST_REPORT_READY ? TL_READINESS_READY : TL_READINESS_DRAFT;
  text = write_text (c->kind, &with);
  from = strstr (strstr (text, "\"evidence\":{"), opening);
  if (c->lane == TL_LANE_OUTGOING)
    from = strstr (from + 1, opening);
  g_assert_nonnull (from);

  changed = g_string_new_len (text, from - text);
  g_string_append_printf (changed, "\"tls\":null%s", strchr (from, '}') + 1);
  report = read_text (changed->str, &read, &error);
  g_assert_true ((report != NULL) == c->is_read);
  if (!c->is_read)
    g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

/* What else was looked at stands in a section of its own, and nothing does where nobody looked. */
static void
test_sections (void)
{
  static const char * const sections[] = { "\"folders\":{", "\"sending\":{", "\"domain\":{" };
  g_autofree char *without = write_text (TL_TEST_REPORT_READY, &facts);
  g_autofree char *with = write_text (TL_TEST_REPORT_FULL, &facts);
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GError) error = NULL;
  TlBundleFacts read;

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_assert_null (strstr (without, sections[i]));
      g_assert_nonnull (strstr (with, sections[i]));
    }

  report = read_text (with, &read, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tl_mailbox_report_get_verdict (tl_report_get_mailbox (report)), ==,
                   TL_VERDICT_WARNING);
  g_assert_cmpuint (tl_sending_plan_get_parts (tl_report_get_sending (report))->ceiling, ==, 40);
  g_assert_cmpint (tl_domain_report_get_status (tl_report_get_domain (report),
                                                TL_DOMAIN_TOPIC_SPF), ==, TL_STATUS_WARNING);
}

static const ChangeCase section_cases[] = {
  { "/bundle-json/B08/folders-null", "\"folders\":{", "\"folders\":null,\"zoo\":{",
    "“zoo” is not a member" },
  { "/bundle-json/B08/folders-unknown", "\"folders\":{", "\"folders\":{\"a\":1,",
    "“a” is not a member" },
  { "/bundle-json/B12/folders-verdict", "\"tools\":2,\"verdict\":\"warning\"",
    "\"tools\":2,\"verdict\":\"ok\"", "“verdict”" },
  { "/bundle-json/B09/folder-control", "\"Replies\"", "\"Rep\\u0007lies\"", "“name”" },
  { "/bundle-json/B12/folder-role", "\"by\":\"name\",", "\"by\":\"nobody\",", "“by”" },
  { "/bundle-json/B09/folder-bidi", "\"Replies\"", "\"Rep\xe2\x80\xaelies\"", "“name”" },
  { "/bundle-json/B09/folder-nameless", "\"Replies\"", "\"\"", "“name”" },
  { "/bundle-json/B08/folder-role-word", "\"role\":\"sent\"", "\"role\":\"zent\"", "“role”" },
  { "/bundle-json/B12/folder-role-unsaid", "\"role\":\"sent\"", "\"role\":null", "“by”" },
  { "/bundle-json/B08/folder-messages", "\"messages\":12", "\"messages\":-1", "“messages”" },
  { "/bundle-json/B08/quota-used", "\"used\":4300000", "\"used\":-1", "“used”" },
  { "/bundle-json/B08/tools", "\"tools\":2", "\"tools\":0", "“tools”" },
  { "/bundle-json/B08/reason-form", "\"nobodys-rule\"", "\"<b>\"", "“reasons”" },
  { "/bundle-json/B08/limit-none", "\"value\":40", "\"value\":0", "“value”" },
  { "/bundle-json/B08/volume", "\"volume\":120", "\"volume\":1000001", "“volume”" },
  { "/bundle-json/B08/mailboxes", "\"mailboxes\":3", "\"mailboxes\":0", "“mailboxes”" },
  { "/bundle-json/B08/days-none", "[5,10,15,20,30,40]", "[]", "“days”" },
  { "/bundle-json/B08/trips", "\"trips\":3", "\"trips\":-1", "“trips”" },
  { "/bundle-json/B09/record-control", "\"v=spf1 -all\"", "\"v=spf1\\u001b -all\"", "“value”" },
  { "/bundle-json/B08/sending-text", "\"sending\":{", "\"sending\":\"\",\"zoo\":{",
    "“sending” is not an object" },
  { "/bundle-json/B12/ceiling", "\"ceiling\":40,", "\"ceiling\":2000,", "“ceiling”" },
  { "/bundle-json/B12/ceiling-none", "\"ceiling\":40,", "\"ceiling\":null,", "“ceiling”" },
  { "/bundle-json/B12/ceiling-of", "\"ceiling_of\":\"preset\"", "\"ceiling_of\":\"policy\"",
    "“ceiling_of”" },
  { "/bundle-json/B12/day-above", "[5,10,15,20,30,40]", "[5,10,15,20,30,41]", "“warm_up”" },
  { "/bundle-json/B08/domain-unknown", "\"domain\":{", "\"domain\":{\"a\":1,",
    "“a” is not a member" },
  { "/bundle-json/B12/domain-verdict", "\"trips\":3,\"verdict\":\"warning\"",
    "\"trips\":3,\"verdict\":\"ok\"", "“verdict”" },
  { "/bundle-json/B09/domain-case", "\"domain\":\"acme.test\",\"findings\"",
    "\"domain\":\"Acme.test\",\"findings\"", "“domain”" },
  { "/bundle-json/B08/topic-word", "\"topic\":\"mx\"", "\"topic\":\"mail\"", "“topic”" },
  { "/bundle-json/B12/topic-running", "\"status\":\"ok\",\"topic\":\"mx\"",
    "\"status\":\"running\",\"topic\":\"mx\"", "“status”" },
};

static void
test_section_change (gconstpointer data)
{
  const ChangeCase *c = data;
  g_autofree char *text = write_text (TL_TEST_REPORT_FULL, &facts);
  g_autoptr(GString) changed = g_string_new (text);
  g_autoptr(GError) error = NULL;
  TlBundleFacts read;

  g_assert_cmpuint (g_string_replace (changed, c->from, c->to, 1), ==, 1);
  g_assert_null (read_text (changed->str, &read, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  assert_said (error, c->said);
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
    g_test_add_data_func (change_cases[i].path, &change_cases[i], test_change);
  for (gsize i = 0; i < G_N_ELEMENTS (full_cases); i++)
    g_test_add_data_func (full_cases[i].path, &full_cases[i], test_full_change);
  for (gsize i = 0; i < G_N_ELEMENTS (section_cases); i++)
    g_test_add_data_func (section_cases[i].path, &section_cases[i], test_section_change);
  for (gsize i = 0; i < G_N_ELEMENTS (proof_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/bundle-json/B12/proof/", proof_cases[i].name, NULL);

      g_test_add_data_func (path, &proof_cases[i], test_proof);
    }
  g_test_add_func ("/bundle-json/B14/full", test_full);
  g_test_add_func ("/bundle-json/B05/token", test_token);
  g_test_add_func ("/bundle-json/says", test_says);
  g_test_add_func ("/bundle-json/says-who", test_says_who);
  g_test_add_func ("/bundle-json/sections", test_sections);

  return g_test_run ();
}
