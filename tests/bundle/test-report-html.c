/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-report-html.h"

#include <string.h>

#include "tl-test-report.h"

#define MADE_S 1800000000
#define HASH_A "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static char *
write_text (TlTestReportKind kind,
            TlPurpose        purpose,
            TlReadiness      readiness)
{
  TlBundleFacts facts = {
    .serial = 7,
    .made_s = MADE_S,
    .expires_s = MADE_S + 86400,
    .readiness = readiness,
    .fingerprint = HASH_A,
  };
  g_autoptr(TlReport) report = tl_test_report_new (kind, purpose, MADE_S - 60);
  g_autoptr(GBytes) bytes = tl_report_html_write (report, &facts);

  g_assert_true (g_utf8_validate_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                      NULL));

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

typedef struct
{
  const char       *name;
  TlTestReportKind  kind;
  TlPurpose         purpose;
  TlReadiness       readiness;
  const char       *has;
  const char       *has_not;
} PageCase;

static const PageCase page_cases[] = {
  { "ready", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, TL_READINESS_READY,
    "class=\"pill ready\"", "class=\"banner\"" },
  { "draft", TL_TEST_REPORT_FAILED, TL_PURPOSE_MAILBOX, TL_READINESS_DRAFT,
    "class=\"banner\"", "pill ready" },
  { "stale", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, TL_READINESS_STALE,
    "class=\"banner\"", "pill ready" },
  { "practice", TL_TEST_REPORT_READY, TL_PURPOSE_PRACTICE, TL_READINESS_READY,
    "class=\"banner\"", "pill ready" },
  { "finding", TL_TEST_REPORT_FAILED, TL_PURPOSE_MAILBOX, TL_READINESS_DRAFT,
    "<code>auth.bad-credentials</code>", NULL },
  { "server-text", TL_TEST_REPORT_FAILED, TL_PURPOSE_MAILBOX, TL_READINESS_DRAFT,
    "5.7.8 Bad &lt;b&gt;credentials&lt;/b&gt;", "<b>" },
  { "always", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, TL_READINESS_READY,
    "<code>export.tested-from-here</code>", NULL },
  { "fingerprint", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, TL_READINESS_READY,
    "0011 2233 4455 6677 8899 aabb ccdd eeff", NULL },
  { "hostile-tag", TL_TEST_REPORT_HOSTILE, TL_PURPOSE_MAILBOX, TL_READINESS_READY,
    "&lt;script&gt;", "<script" },
  { "hostile-image", TL_TEST_REPORT_HOSTILE, TL_PURPOSE_MAILBOX, TL_READINESS_READY,
    "&lt;img", "<img" },
  { "own-mailbox", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, TL_READINESS_READY,
    "ada@acme.test", "Who signs in" },
  { "shared-login", TL_TEST_REPORT_SHARED, TL_PURPOSE_MAILBOX, TL_READINESS_READY,
    "<dd>eva@acme.test</dd>", NULL },
  { "shared-folder", TL_TEST_REPORT_SHARED, TL_PURPOSE_MAILBOX, TL_READINESS_READY,
    "<dd>shared/Sälj</dd>", NULL },
  { "sign-in-host", TL_TEST_REPORT_SHARED, TL_PURPOSE_MAILBOX, TL_READINESS_READY,
    "<dd>login.acme.test</dd>", "login.acme.test/x" },
  { "sign-in-account", TL_TEST_REPORT_SHARED, TL_PURPOSE_MAILBOX, TL_READINESS_READY,
    "<dd>eva&lt;b&gt;@acme.test</dd>", "<b>" },
  { "sign-in-client", TL_TEST_REPORT_SHARED, TL_PURPOSE_MAILBOX, TL_READINESS_READY,
    "<dd>0a1b-2c</dd>", NULL },
  { "sign-in-scopes", TL_TEST_REPORT_SHARED, TL_PURPOSE_MAILBOX, TL_READINESS_READY,
    "<code>https://mail.acme.test/all offline_access</code>", NULL },
  { "empty", TL_TEST_REPORT_EMPTY, TL_PURPOSE_MAILBOX, TL_READINESS_DRAFT,
    "class=\"pill error\"", "pill ok" },
};

static void
test_page (gconstpointer data)
{
  const PageCase *c = data;
  g_autofree char *text = write_text (c->kind, c->purpose, c->readiness);
  g_autofree char *again = write_text (c->kind, c->purpose, c->readiness);

  g_assert_cmpstr (text, ==, again);
  g_assert_nonnull (strstr (text, c->has));
  g_assert_true (c->has_not == NULL || strstr (text, c->has_not) == NULL);

  /* True of each page. */
  g_assert_true (g_str_has_prefix (text, "<!DOCTYPE html>\n<html lang=\"en\">"));
  g_assert_nonnull (strstr (text, "content=\"default-src 'none'; style-src 'unsafe-inline';"));
  g_assert_nonnull (strstr (text, "bundle.json"));
  g_assert_null (strstr (text, "http://"));
  g_assert_null (strstr (text, "src=\""));
  g_assert_null (strstr (text, "href=\""));
  g_assert_null (strstr (text, "url("));
}

static void
on_start (GMarkupParseContext  *context,
          const char           *element,
          const char          **names,
          const char          **values,
          gpointer              data,
          GError              **error)
{
  guint *n_headings = data;

  *n_headings += element[0] == 'h' && g_ascii_isdigit (element[1]);
}

/* The page is well-formed but for its doctype and its void elements: what is
 * opened is closed, and every & and < from outside is escaped. */
static void
test_well_formed (gconstpointer data)
{
  const PageCase *c = data;
  g_autofree char *text = write_text (c->kind, c->purpose, c->readiness);
  static const GMarkupParser parser = { .start_element = on_start };
  guint n_headings = 0;
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

  context = g_markup_parse_context_new (&parser, 0, &n_headings, NULL);
  g_markup_parse_context_parse (context, xml, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_headings, >=, 5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (page_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/report-html/page/", page_cases[i].name, NULL);
      g_autofree char *form = g_strconcat ("/report-html/well-formed/", page_cases[i].name, NULL);

      g_test_add_data_func (path, &page_cases[i], test_page);
      g_test_add_data_func (form, &page_cases[i], test_well_formed);
    }

  return g_test_run ();
}
