/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-render.h"

#include <string.h>

#include "tl-error.h"

#define RULES "'kind': 'file', 'extension': 'x', 'medium': 'text', 'lines': ['{address}'], " \
  "'required': ['name.last', 'folder.sent'], 'rules': [" \
  "{'name': 'a-note', 'severity': 'note', 'when': 'name', 'text': 'Of {name}.'}, " \
  "{'name': 'a-refusal', 'severity': 'error', 'lane': 'outgoing', 'when': " \
  "'outgoing.port = 25', 'text': 'Port {outgoing.port}.'}, " \
  "{'name': 'a-warning', 'severity': 'warning', 'lane': 'incoming', 'when': " \
  "'incoming.private', 'text': 'Private.'}]"

typedef struct
{
  const char    *name;
  TlTestMailbox  parts;
  const char    *remarks;  /* severity, lane and code of each, in order */
  gboolean       is_unverified;
} CheckCase;

static const CheckCase check_cases[] = {
  { "fine",         { .name = "Ada L" }, "note/none/a-note" },
  { "last-name",    { .name = "Ada" }, "error/none/required note/none/a-note" },
  { "rule",         { .outgoing_url = "smtp://smtp.example.org:25" },
    "error/outgoing/a-refusal note/none/a-note" },
  { "warning",      { .incoming_url = "imaps://mail.local:993" },
    "warning/incoming/a-warning note/none/a-note" },
  { "worst-first",  { .name = "Ada", .incoming_url = "imaps://mail.local:993",
                      .outgoing_url = "smtp://smtp.example.org:25" },
    "error/none/required error/outgoing/a-refusal warning/incoming/a-warning note/none/a-note" },
  { "draft",        { .is_failed = TRUE }, "error/none/draft note/none/a-note" },
  { "unverified",   { .name = "Ada L" }, "error/none/draft note/none/a-note",
    .is_unverified = TRUE },
  { "practice",     { .purpose = TL_PURPOSE_PRACTICE }, "error/none/practice note/none/a-note" },
  { "lane-missing", { .no_outgoing = TRUE }, "error/outgoing/lane-missing error/none/draft" },
};

static char *
list_remarks (GPtrArray *remarks)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < remarks->len; i++)
    {
      TlTargetRemark *remark = g_ptr_array_index (remarks, i);

      g_string_append_printf (out, "%s%s/%s/%s", i > 0 ? " " : "",
                              tl_severity_get_nick (tl_target_remark_get_severity (remark)),
                              tl_lane_kind_get_nick (tl_target_remark_get_lane (remark)),
                              tl_target_remark_get_code (remark));
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* With an error there is a finding and no file; without, no finding and a file. */
static void
test_check (gconstpointer data)
{
  const CheckCase *c = data;
  g_autoptr(TlTarget) target = tl_test_target_new (RULES);
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&c->parts);
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, !c->is_unverified, NULL, NULL };
  g_autoptr(GPtrArray) remarks = tl_target_check (target, &mailbox);
  g_autofree char *listed = list_remarks (remarks);
  g_autoptr(TlFinding) refusal = tl_target_refuse (target, &mailbox);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = tl_target_render (target, &mailbox, 1, &error);

  g_assert_cmpstr (listed, ==, c->remarks);
  g_assert_cmpint (refusal != NULL, ==, g_str_has_prefix (listed, "error"));
  if (refusal == NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpuint (files->len, ==, 1);
      return;
    }

  g_assert_error (error, TL_ERROR, TL_ERROR_REFUSED);
  g_assert_cmpstr (tl_finding_get_id (refusal), ==, "export.target-cannot-express");
  g_assert_cmpint (tl_finding_get_lane (refusal), ==, tl_target_remark_get_lane (remarks->pdata[0]));
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (refusal), TL_EVIDENCE_TARGET),
                   ==, "Try (form)");
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (refusal), TL_EVIDENCE_DETAIL),
                   ==, tl_target_remark_get_text (remarks->pdata[0]));
}

static void
test_text (void)
{
  const TlTestMailbox parts = { .outgoing_url = "smtp://smtp.example.org:25" };
  g_autoptr(TlTarget) target = tl_test_target_new (RULES);
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&parts);
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, NULL, NULL };
  g_autoptr(GPtrArray) remarks = tl_target_check (target, &mailbox);
  g_autofree char *text = NULL;
  g_autofree char *code = NULL;
  TlSeverity severity;
  TlLaneKind lane;

  g_object_get (remarks->pdata[0], "text", &text, "code", &code, "severity", &severity,
                "lane", &lane, NULL);
  g_assert_cmpstr (text, ==, "Port 25.");
  g_assert_cmpstr (code, ==, "a-refusal");
  g_assert_cmpint (severity, ==, TL_SEVERITY_ERROR);
  g_assert_cmpint (lane, ==, TL_LANE_OUTGOING);
}

/* One that is refused refuses all; none, too many, and a sheet are no files. */
static void
test_render (void)
{
  const TlTestMailbox good = { .name = "Ada L" };
  const TlTestMailbox bad = { .name = "Ada" };
  g_autoptr(TlTarget) target = tl_test_target_new (RULES);
  g_autoptr(TlReport) good_report = tl_test_mailbox_report_new (&good);
  g_autoptr(TlReport) bad_report = tl_test_mailbox_report_new (&bad);
  const TlTargetMailbox mailboxes[] = {
    { good_report, TL_TEST_NOW_S, TRUE, NULL, NULL }, { bad_report, TL_TEST_NOW_S, TRUE, NULL, NULL },
  };
  g_autoptr(GError) refused = NULL;
  g_autoptr(GError) none = NULL;
  g_autoptr(GError) many = NULL;

  g_assert_null (tl_target_render (target, mailboxes, 2, &refused));
  g_assert_error (refused, TL_ERROR, TL_ERROR_REFUSED);
  g_assert_null (tl_target_render (target, mailboxes, 0, &none));
  g_assert_error (none, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_null (tl_target_render (target, mailboxes, TL_TARGET_MAX_MAILBOXES + 1, &many));
  g_assert_error (many, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

/* A refusal names the lane, never the password. */
static void
test_secret (void)
{
  const TlTestMailbox parts = { .name = "Ada L" };
  g_autoptr(TlTarget) target =
    tl_test_target_new ("'kind': 'file', 'extension': 'x', 'medium': 'text', 'rules': [], "
                        "'lines': ['{outgoing.password}']");
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&parts);
  g_autoptr(TlSecret) secret = tl_test_secret_new ("canary\nbird");
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, NULL, secret };
  g_autoptr(TlFinding) refusal = tl_target_refuse (target, &mailbox);
  g_autoptr(TlJson) json = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpint (tl_finding_get_lane (refusal), ==, TL_LANE_OUTGOING);
  json = tl_finding_to_json (refusal);
  text = tl_json_to_canonical (json);
  g_assert_null (strstr (text, "canary"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (check_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/check/", check_cases[i].name, NULL);

      g_test_add_data_func (path, &check_cases[i], test_check);
    }
  g_test_add_func ("/target/check/text", test_text);
  g_test_add_func ("/target/check/render", test_render);
  g_test_add_func ("/target/check/secret", test_secret);

  return g_test_run ();
}
