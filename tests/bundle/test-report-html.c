/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-html.h"

#include <string.h>

#include "tl-test-report.h"

#define MADE_S 1800000000
#define HASH_A "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define HASH_B "aa11bb22cc33dd44aa11bb22cc33dd44aa11bb22cc33dd44aa11bb22cc33dd44"
#define HASH_B_GROUPS "aa11 bb22 cc33 dd44 aa11 bb22 cc33 dd44"

/* How the sections follow each other, in every language. */
static const char * const sections[] = {
  "about", "readiness", "lanes", "tests", "folders", "sending", "domain", "policy", "passwords",
  "sign-in", "findings", "not-proven", "evidence", "check",
};

typedef enum
{
  NO_POLICY,
  KEPT,
  BROKEN,
  NAMELESS,
} PolicyKind;

/* Which lanes' passwords are sealed in the file. */
typedef enum
{
  NO_LANE = 0,
  INCOMING = 1,
  OUTGOING = 2,
  BOTH = INCOMING | OUTGOING,
} SealedLanes;

typedef struct
{
  const char       *name;
  TlTestReportKind  kind;
  TlPurpose         purpose;
  TlReadiness       readiness;
  PolicyKind        policy;
  SealedLanes       sealed;
  const char       *has;
  const char       *has_not;
} PageCase;

static TlPolicyRecord *
record_new (PolicyKind kind)
{
  const TlPolicyDocument documents[] = {
    { kind == NAMELESS ? NULL : "Acme <b>Sales</b>", "system", HASH_A },
    { "Second", "file", HASH_B },
  };
  const TlPolicyRule rules[] = {
    { "tls.min_version", 0, TL_VERDICT_OK },
    { "sign_in", 0, kind == BROKEN ? TL_VERDICT_ERROR : TL_VERDICT_OK },
    { "daily_ceiling", 0, TL_VERDICT_NOT_TESTED },
    { "a_rule.of_tomorrow", 0, TL_VERDICT_OK },
  };

  return tl_policy_record_new (documents, G_N_ELEMENTS (documents), rules, G_N_ELEMENTS (rules));
}

static char *
write_report (TlReport    *report,
              TlReadiness  readiness,
              SealedLanes  sealed)
{
  TlBundleFacts facts = {
    .serial = 7,
    .made_s = MADE_S,
    .expires_s = MADE_S + 86400,
    .readiness = readiness,
    .fingerprint = HASH_A,
    .certificate_sha256 = HASH_A,
    .has_incoming = (sealed & INCOMING) != 0,
    .has_outgoing = (sealed & OUTGOING) != 0,
  };
  g_autoptr(GBytes) bytes = NULL;

  if (sealed != NO_LANE)
    g_strlcpy (facts.recipient, HASH_B, sizeof facts.recipient);
  bytes = tl_report_html_write (report, &facts, NULL);
  g_assert_true (g_utf8_validate_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                      NULL));

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
write_text (const PageCase *c)
{
  g_autoptr(TlReport) plain = tl_test_report_new (c->kind, c->purpose, MADE_S - 60);
  g_autoptr(TlPolicyRecord) record = c->policy != NO_POLICY ? record_new (c->policy) : NULL;
  g_autoptr(TlReport) report = tl_report_with_policy (plain, record);

  return write_report (report, c->readiness, c->sealed);
}

static const PageCase page_cases[] = {
  { .name = "ready", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "class=\"pill ready\"", .has_not = "class=\"state banner\"" },
  { .name = "draft", .kind = TL_TEST_REPORT_FAILED, .readiness = TL_READINESS_DRAFT,
    .has = "class=\"state banner\"", .has_not = "pill ready" },
  { .name = "stale", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_STALE,
    .has = "class=\"state banner\"", .has_not = "pill ready" },
  { .name = "practice", .kind = TL_TEST_REPORT_READY, .purpose = TL_PURPOSE_PRACTICE,
    .readiness = TL_READINESS_READY, .has = "class=\"state banner\"", .has_not = "pill ready" },
  { .name = "mailbox", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "<h1>ada@acme.test</h1>" },
  { .name = "made", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "<dd><bdi>2027-01-15 08:00 UTC</bdi></dd>" },
  { .name = "expires", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "<dd><bdi>2027-01-16 08:00 UTC</bdi></dd>" },
  { .name = "server", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "<dd><bdi>imap.acme.test</bdi></dd>" },
  { .name = "port", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "<dd><bdi>587</bdi></dd>" },
  { .name = "stage-passed", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "<td class=\"ok\">", .has_not = "<td class=\"error\">" },
  { .name = "stage-failed", .kind = TL_TEST_REPORT_FAILED, .readiness = TL_READINESS_DRAFT,
    .has = "<td class=\"error\">Failed</td><td class=\"ms\">7 ms</td>" },
  { .name = "stage-not-tested", .kind = TL_TEST_REPORT_FAILED, .readiness = TL_READINESS_DRAFT,
    .has = "<td class=\"not-tested\">Not tested</td><td class=\"ms\">–</td>" },
  { .name = "finding", .kind = TL_TEST_REPORT_FAILED, .readiness = TL_READINESS_DRAFT,
    .has = "<code>auth.bad-credentials</code>" },
  { .name = "server-text", .kind = TL_TEST_REPORT_FAILED, .readiness = TL_READINESS_DRAFT,
    .has = "5.7.8 Bad &lt;b&gt;credentials&lt;/b&gt;", .has_not = "<b>" },
  { .name = "always", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "<code>export.tested-from-here</code>" },
  { .name = "fingerprint", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "0011 2233 4455 6677 8899 aabb ccdd eeff" },
  { .name = "hostile-tag", .kind = TL_TEST_REPORT_HOSTILE, .readiness = TL_READINESS_READY,
    .has = "&lt;script&gt;", .has_not = "<script" },
  { .name = "hostile-image", .kind = TL_TEST_REPORT_HOSTILE, .readiness = TL_READINESS_READY,
    .has = "&lt;img", .has_not = "<img" },
  { .name = "own-mailbox", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "<section id=\"sign-in\">", .has_not = "Shared mailbox" },
  { .name = "shared-login", .kind = TL_TEST_REPORT_SHARED, .readiness = TL_READINESS_READY,
    .has = "<dd><bdi>eva@acme.test</bdi></dd>" },
  { .name = "shared-folder", .kind = TL_TEST_REPORT_SHARED, .readiness = TL_READINESS_READY,
    .has = "<dd><bdi>shared/Sälj</bdi></dd>" },
  { .name = "sign-in-host", .kind = TL_TEST_REPORT_SHARED, .readiness = TL_READINESS_READY,
    .has = "<dd><bdi>login.acme.test</bdi></dd>", .has_not = "login.acme.test/x" },
  { .name = "sign-in-account", .kind = TL_TEST_REPORT_SHARED, .readiness = TL_READINESS_READY,
    .has = "<dd><bdi>eva&lt;b&gt;@acme.test</bdi></dd>", .has_not = "<b>" },
  { .name = "sign-in-client", .kind = TL_TEST_REPORT_SHARED, .readiness = TL_READINESS_READY,
    .has = "<dd><bdi>0a1b-2c</bdi></dd>" },
  { .name = "sign-in-scopes", .kind = TL_TEST_REPORT_SHARED, .readiness = TL_READINESS_READY,
    .has = "<code>https://mail.acme.test/all offline_access</code>" },
  { .name = "empty", .kind = TL_TEST_REPORT_EMPTY, .readiness = TL_READINESS_DRAFT,
    .has = "class=\"pill error\"", .has_not = "pill ok" },
  { .name = "empty-passwords", .kind = TL_TEST_REPORT_EMPTY, .readiness = TL_READINESS_DRAFT,
    .has = "<td class=\"no-lane\">", .has_not = "<td class=\"typed\">" },

  { .name = "not-looked-at", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "(SPF, DKIM, DMARC) was not looked at", .has_not = "<section id=\"domain\">" },
  { .name = "folders-none", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "<section id=\"findings\">", .has_not = "<section id=\"folders\">" },
  { .name = "sending-none", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "<section id=\"findings\">", .has_not = "<section id=\"sending\">" },
  { .name = "looked-at", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "<section id=\"domain\">", .has_not = "was not looked at" },
  { .name = "folder-role", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "Sent</th><td><code>Skickat</code></td><td>Recognised by its name</td>"
           "<td class=\"ms\">–</td>" },
  { .name = "folder-missing", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "Trash</th><td colspan=\"4\" class=\"not-tested\">" },
  { .name = "folder-new", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "<code>Replies</code>", .has_not = "<code>Clients</code>" },
  { .name = "room", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "(86 %)" },
  { .name = "room-finding", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "<code>use.nearly-full</code>" },
  { .name = "ceiling", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "<dd><bdi>40</bdi></dd>" },
  { .name = "reason", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "<span class=\"source\">Opinion · ", .has_not = "outreach-over-ceiling" },
  { .name = "reason-unknown", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "<li><code>nobodys-rule</code></li>" },
  { .name = "limit-sourced", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "provider’s own page · 2026-01-31</td>" },
  { .name = "limit-opinion", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "third party · not confirmed</td>" },
  { .name = "limit-provider-name", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = ": Google</th>" },
  { .name = "warm-up-days", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "<th scope=\"row\">1</th><td class=\"ms\">5</td><td class=\"ms\">10</td>"
           "<td class=\"ms\">15</td><td class=\"ms\">20</td><td class=\"ms\">30</td>"
           "<td class=\"bar\" aria-hidden=\"true\"><span style=\"width:75%\">" },
  { .name = "warm-up-last", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "<th scope=\"row\">2</th><td class=\"ms\">40</td><td></td>" },
  { .name = "topic", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "<td class=\"warning\">" },
  { .name = "topic-record", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "<code class=\"small\">v=spf1 -all</code>" },
  { .name = "record-to-publish", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "<pre>v=spf1 include:spf.example.org -all</pre>" },
  { .name = "rule-known", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "Google asks for a valid SPF record", .has_not = "<li>google.spf</li>" },
  { .name = "rule-unknown", .kind = TL_TEST_REPORT_FULL, .readiness = TL_READINESS_READY,
    .has = "<li>nobody.nothing</li>" },
  { .name = "no-policy", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "<section id=\"policy\">", .has_not = "class=\"rules\"" },
  { .name = "policy-name", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .policy = KEPT, .has = "<h3><bdi>Acme &lt;b&gt;Sales&lt;/b&gt;</bdi></h3>", .has_not = "<b>" },
  { .name = "policy-hash", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .policy = KEPT, .has = "<code>" HASH_B "</code>" },
  { .name = "policy-kept", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .policy = KEPT, .has = "<code>sign_in</code></th><td class=\"ok\">",
    .has_not = "<td class=\"error\">" },
  { .name = "policy-broken", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_DRAFT,
    .policy = BROKEN, .has = "<code>sign_in</code></th><td class=\"error\">",
    .has_not = "pill ready" },
  { .name = "policy-not-tested", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .policy = KEPT, .has = "<code>daily_ceiling</code></th><td class=\"not-tested\">" },
  { .name = "policy-unknown-rule", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .policy = KEPT, .has = "<th scope=\"row\"><code>a_rule.of_tomorrow</code>" },
  { .name = "policy-nameless", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .policy = NAMELESS, .has = "<code>" HASH_A "</code>", .has_not = "(null)" },

  { .name = "not-sealed", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "<td class=\"typed\">", .has_not = "secrets.p7m" },
  { .name = "not-sealed-lanes", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .has = "<td class=\"typed\">", .has_not = "<td class=\"sealed\">" },
  { .name = "sealed", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .sealed = BOTH, .has = "<td class=\"sealed\">", .has_not = "<td class=\"typed\">" },
  { .name = "sealed-recipient", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .sealed = BOTH, .has = HASH_B_GROUPS },
  { .name = "sealed-check", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .sealed = BOTH, .has = "sha256sum report.html secrets.p7m" },
  { .name = "sealed-incoming", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .sealed = INCOMING,
    .has = "Incoming lane</th><td class=\"sealed\">",
    .has_not = "Outgoing lane</th><td class=\"s" },
  { .name = "sealed-outgoing", .kind = TL_TEST_REPORT_READY, .readiness = TL_READINESS_READY,
    .sealed = OUTGOING,
    .has = "Outgoing lane</th><td class=\"sealed\">",
    .has_not = "Incoming lane</th><td class=\"s" },
};

static void
test_page (gconstpointer data)
{
  const PageCase *c = data;
  g_autofree char *text = write_text (c);
  g_autofree char *again = write_text (c);

  g_assert_cmpstr (text, ==, again);
  g_assert_nonnull (strstr (text, c->has));
  g_assert_true (c->has_not == NULL || strstr (text, c->has_not) == NULL);

  /* True of each page. */
  g_assert_true (g_str_has_prefix (text, "<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">"));
  g_assert_nonnull (strstr (text, "content=\"default-src 'none'; style-src 'unsafe-inline';"));
  g_assert_nonnull (strstr (text, "bundle.json"));
  g_assert_nonnull (strstr (text, "@page{size:A4;margin:"));
  g_assert_nonnull (strstr (text, "@media print{"));
  g_assert_null (strstr (text, "http://"));
  g_assert_null (strstr (text, "src=\""));
  g_assert_null (strstr (text, "href=\""));
  g_assert_null (strstr (text, "url("));
}

static gboolean
is_absent (TlTestReportKind  kind,
           const char       *section)
{
  static const char * const looked_at[] = { "folders", "sending", "domain", NULL };

  if (g_strv_contains (looked_at, section))
    return kind != TL_TEST_REPORT_FULL && kind != TL_TEST_REPORT_HOSTILE;

  return kind == TL_TEST_REPORT_EMPTY && g_str_equal (section, "sign-in");
}

/* Every section is there, in this order; but where there is no lane nobody signs in, and what
 * nobody looked at has none. */
static void
test_order (gconstpointer data)
{
  const PageCase *c = data;
  g_autofree char *text = write_text (c);
  const char *at = text;

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autofree char *id = g_strdup_printf (" id=\"%s\"", sections[i]);
      const char *found = strstr (at, id);

      if (is_absent (c->kind, sections[i]))
        {
          g_assert_null (strstr (text, id));
          continue;
        }
      g_assert_nonnull (found);
      g_assert_null (strstr (found + 1, id));
      at = found;
    }
}

/* What was seen of a page while it was read. */
typedef struct
{
  guint n_headings;
  guint level;
  guint n_tables;
  guint n_captions;
} Outline;

static void
on_start (GMarkupParseContext  *context,
          const char           *element,
          const char          **names,
          const char          **values,
          gpointer              data,
          GError              **error)
{
  Outline *outline = data;

  if (element[0] == 'h' && g_ascii_isdigit (element[1]))
    {
      guint level = (guint) g_ascii_digit_value (element[1]);

      g_assert_cmpuint (level, <=, outline->level + 1);
      outline->level = level;
      outline->n_headings++;
    }
  else if (g_str_equal (element, "table"))
    {
      outline->n_tables++;
    }
  else if (g_str_equal (element, "caption"))
    {
      outline->n_captions++;
    }
  else if (g_str_equal (element, "th"))
    {
      g_assert_true (names[0] != NULL && g_strv_contains (names, "scope"));
    }
}

/* The page is well-formed but for its doctype and its void elements: what is
 * opened is closed, and every & and < from outside is escaped. No level of
 * heading is left out; every table says what it is. */
static void
test_well_formed (gconstpointer data)
{
  const PageCase *c = data;
  g_autofree char *text = write_text (c);
  static const GMarkupParser parser = { .start_element = on_start };
  Outline outline = { 0 };
  g_autoptr(GMarkupParseContext) context = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) lines = g_strsplit (strchr (text, '\n') + 1, "\n", -1);
  g_autofree char *xml = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "<meta"))
        *lines[i] = '\0';
    }
  xml = g_strjoinv ("\n", lines);

  context = g_markup_parse_context_new (&parser, 0, &outline, NULL);
  g_markup_parse_context_parse (context, xml, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outline.n_headings, >=, 10);
  g_assert_cmpuint (outline.n_tables, >=, 3);
  g_assert_cmpuint (outline.n_captions, ==, outline.n_tables);
}

/* Typed in by hand, another account for sending, and tokens coming in. */
static void
test_own_user (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@acme.test", &error);
  g_autoptr(TlLaneSettings) incoming =
    tl_lane_settings_new_from_url ("imaps://imap.acme.test:993", TL_AUTH_OAUTH2, "ada@acme.test",
                                   &error);
  g_autoptr(TlLaneSettings) outgoing =
    tl_lane_settings_new_from_url ("smtp://smtp.relay.test:587", TL_AUTH_PASSWORD, "relay-user",
                                   &error);
  const TlPlanLane planned_in = { incoming, TL_SOURCE_MANUAL, TL_TRUST_MANUAL, FALSE };
  const TlPlanLane planned_out = { outgoing, TL_SOURCE_MANUAL, TL_TRUST_MANUAL, TRUE };
  g_autoptr(TlPlan) plan = NULL;
  g_autoptr(TlReport) report = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  plan = tl_plan_new (TL_PURPOSE_MAILBOX, address, NULL, NULL, &planned_in, &planned_out);
  report = tl_report_new (plan, NULL, NULL);
  text = write_report (report, TL_READINESS_DRAFT, OUTGOING);

  g_assert_nonnull (strstr (text, "Incoming lane</th><td class=\"token\">"));
  g_assert_nonnull (strstr (text, "Outgoing lane</th><td class=\"sealed\">"));
  g_assert_nonnull (strstr (text, "<p class=\"own-user outgoing\">"));
  g_assert_null (strstr (text, "<p class=\"own-user incoming\">"));
  /* Whoever reads it has entered nothing. */
  g_assert_nonnull (strstr (text, "<dd><bdi>Entered by hand</bdi></dd>"));
  g_assert_null (strstr (text, tl_trust_get_label (TL_TRUST_MANUAL)));
}

static void
add_tests (const char    *folder,
           GTestDataFunc  func)
{
  for (gsize i = 0; i < G_N_ELEMENTS (page_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/report-html/%s/%s", folder, page_cases[i].name);

      g_test_add_data_func (path, &page_cases[i], func);
    }
}

/* The reviewer's page says first what came of the review, and what the bundle says of itself does
 * not read as if it were that. */
static void
test_verdict (gconstpointer data)
{
  gboolean is_refused = GPOINTER_TO_INT (data);
  g_autoptr(TlFinding) finding = tl_finding_new ("bundle.unknown-signer", TL_LANE_NONE, NULL);
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   MADE_S - 60);
  const TlBundleFacts facts = {
    .made_s = MADE_S, .expires_s = MADE_S + 86400, .readiness = TL_READINESS_READY,
    .fingerprint = HASH_A,
  };
  const TlReportVerdict verdict = {
    .reviewed_s = MADE_S + 3600,
    .finding = is_refused ? finding : NULL,
    .signer_name = "Ops <b>",
  };
  g_autoptr(GBytes) bytes = tl_report_html_write (report, &facts, &verdict);
  g_autofree char *page = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *section = strstr (page, "id=\"verdict\"");

  g_assert_nonnull (section);
  g_assert_true (section < strstr (page, "id=\"readiness\""));
  g_assert_cmpint (strstr (page, "<code>bundle.unknown-signer</code>") != NULL, ==, is_refused);
  g_assert_cmpint (strstr (section, "state banner") != NULL, ==, is_refused);
  g_assert_nonnull (strstr (section, "Ops &lt;b&gt;"));
  g_assert_null (strstr (page, "Ready to hand over"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_tests ("page", test_page);
  add_tests ("order", test_order);
  add_tests ("well-formed", test_well_formed);
  g_test_add_func ("/report-html/own-user", test_own_user);

  g_test_add_data_func ("/report-html/verdict/accepted", GINT_TO_POINTER (FALSE), test_verdict);
  g_test_add_data_func ("/report-html/verdict/refused", GINT_TO_POINTER (TRUE), test_verdict);

  return g_test_run ();
}
