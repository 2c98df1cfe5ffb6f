/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-finding-card.h"
#include "tl-sentences.h"
#include "tl-time-axis.h"

typedef struct
{
  const char *name;
  TlStatus    status;
  guint       ms;
  guint       left_s;
  const char *has;    /* digits that have to be in it, or "" for none at all */
} TimeCase;

static const TimeCase time_cases[] = {
  { "ok-ms",        TL_STATUS_OK,         12,    0, "12" },
  { "ok-below-s",   TL_STATUS_OK,         999,   0, "999" },
  { "ok-s",         TL_STATUS_OK,         1000,  0, "1.0" },
  { "error-s",      TL_STATUS_ERROR,      10040, 0, "10.0" },
  { "warning",      TL_STATUS_WARNING,    7,     0, "7" },
  { "running",      TL_STATUS_RUNNING,    0,     9, "9" },
  { "running-over", TL_STATUS_RUNNING,    0,     0, "" },
  { "not-tested",   TL_STATUS_NOT_TESTED, 55,    5, "" },
  { "not-needed",   TL_STATUS_NOT_NEEDED, 55,    5, "" },
};

static void
test_stage_to_time (gconstpointer data)
{
  const TimeCase *c = data;
  g_autofree char *text = tl_stage_to_time (NULL, c->status, c->ms, c->left_s);

  if (*c->has != '\0')
    g_assert_nonnull (strstr (text, c->has));
  else
    g_assert_null (strpbrk (text, G_CSET_DIGITS));
}

static void
test_truth (void)
{
  static const struct { gboolean a, b, both, either; } cases[] = {
    { FALSE, FALSE, FALSE, FALSE },
    { FALSE, TRUE,  FALSE, TRUE },
    { TRUE,  FALSE, FALSE, TRUE },
    { TRUE,  TRUE,  TRUE,  TRUE },
  };
  g_autoptr(GObject) object = g_object_new (G_TYPE_OBJECT, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (tl_both (NULL, cases[i].a, cases[i].b), ==, cases[i].both);
      g_assert_cmpint (tl_either (NULL, cases[i].a, cases[i].b), ==, cases[i].either);
      g_assert_cmpint (tl_not (NULL, cases[i].a), ==, !cases[i].a);
    }

  g_assert_false (tl_text_is_set (NULL, NULL));
  g_assert_false (tl_text_is_set (NULL, ""));
  g_assert_true (tl_text_is_set (NULL, "x"));
  g_assert_false (tl_object_is_set (NULL, NULL));
  g_assert_true (tl_object_is_set (NULL, object));
  g_assert_false (tl_uint_is_set (NULL, 0));
  g_assert_true (tl_uint_is_set (NULL, 3));
  g_assert_true (tl_status_is_running (NULL, TL_STATUS_RUNNING));
  g_assert_false (tl_status_is_running (NULL, TL_STATUS_OK));
  g_assert_false (tl_finding_is (NULL, NULL, "input.bad-port"));
  g_assert_null (tl_finding_unless (NULL, NULL, FALSE));
  g_assert_true (tl_purpose_is_practice (NULL, TL_PURPOSE_PRACTICE));
  g_assert_false (tl_purpose_is_practice (NULL, TL_PURPOSE_MAILBOX));
}

static void
test_bold_part (void)
{
  static const struct { const char *text, *part; int start, end; } cases[] = {
    { "Yes, example.org may", "example.org", 5, 16 },
    { "org example.org",      "org",         12, 15 },
    { "Yes",                  "no",          -1, -1 },
    { "Yes",                  "",            -1, -1 },
    { "Yes",                  NULL,          -1, -1 },
    { NULL,                   "no",          -1, -1 },
    { "<b>x</b> y",           "<b>x</b>",    0, 8 },
  };

  g_test_summary ("What is bold is data and never markup");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(PangoAttrList) list = tl_bold_part (NULL, cases[i].text, cases[i].part);
      g_autoptr(PangoAttrIterator) at = pango_attr_list_get_iterator (list);
      int start = -1;
      int end = -1;

      do
        {
          if (pango_attr_iterator_get (at, PANGO_ATTR_WEIGHT) != NULL)
            pango_attr_iterator_range (at, &start, &end);
        }
      while (pango_attr_iterator_next (at));

      g_assert_cmpint (start, ==, cases[i].start);
      g_assert_cmpint (end, ==, cases[i].end);
    }
}

static void
test_endpoint (void)
{
  static const struct { const char *host; guint port; const char *title; } cases[] = {
    { "imap.example.org", 993, "imap.example.org:993" },
    { "imap.example.org", 0,   "imap.example.org" },
    { "2001:db8::1",      993, "[2001:db8::1]:993" },
    { "192.0.2.1",        143, "192.0.2.1:143" },
  };
  g_autofree char *none = tl_endpoint_to_title (NULL, "", 993);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title = tl_endpoint_to_title (NULL, cases[i].host, cases[i].port);

      g_assert_cmpstr (title, ==, cases[i].title);
    }
  g_assert_null (strpbrk (none, G_CSET_DIGITS));
}

/* Each state has an icon of its own: none is told from another by colour alone. */
static void
test_icons (void)
{
  static const TlStatus told_apart[] = {
    TL_STATUS_NOT_TESTED, TL_STATUS_OK, TL_STATUS_NOT_NEEDED, TL_STATUS_WARNING, TL_STATUS_ERROR,
  };
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (told_apart); i++)
    g_assert_true (g_hash_table_add (seen, tl_status_to_icon (NULL, told_apart[i])));

  g_hash_table_remove_all (seen);
  for (int v = TL_VERDICT_NOT_TESTED; v <= TL_VERDICT_ERROR; v++)
    g_assert_true (g_hash_table_add (seen, tl_verdict_to_icon (NULL, (TlVerdict) v)));
}

static void
test_findings (void)
{
  g_autoptr(TlFinding) finding = tl_finding_new ("auth.bad-credentials", TL_LANE_INCOMING, NULL);
  g_autoptr(TlFinding) here = tl_finding_of_stage (NULL, finding, TL_STAGE_AUTH);

  g_assert_true (here == finding);
  g_assert_null (tl_finding_of_stage (NULL, finding, TL_STAGE_USE));
  g_assert_null (tl_finding_of_stage (NULL, NULL, TL_STAGE_USE));
  g_assert_true (tl_finding_offers (NULL, finding, TL_ACTION_EDIT_PASSWORD));
  g_assert_false (tl_finding_offers (NULL, finding, TL_ACTION_WAIT));
  g_assert_false (tl_finding_offers (NULL, NULL, TL_ACTION_EDIT_PASSWORD));
  g_assert_null (tl_finding_to_title (NULL, NULL));
  g_assert_null (tl_finding_to_server_text (NULL, NULL));
}

static void
test_port (void)
{
  static const struct { const char *text; guint port; } cases[] = {
    { "993",    993 },
    { "1",      1 },
    { "65535",  65535 },
    { "65536",  0 },
    { "0",      0 },
    { "",       0 },
    { "-1",     0 },
    { " 993",   0 },
    { "99x",    0 },
    { "99999999999999999999", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(GValue) from = G_VALUE_INIT;
      g_auto(GValue) to = G_VALUE_INIT;

      g_value_init (&from, G_TYPE_STRING);
      g_value_init (&to, G_TYPE_UINT);
      g_value_set_string (&from, cases[i].text);
      g_assert_true (tl_port_from_text (NULL, &from, &to, NULL));
      g_assert_cmpuint (g_value_get_uint (&to), ==, cases[i].port);
    }
}

static void
test_scale (void)
{
  static const struct { guint total_ms, scale_ms; } cases[] = {
    { 0, 100 }, { 100, 100 }, { 101, 200 }, { 200, 200 }, { 201, 500 }, { 501, 1000 },
    { 1001, 2000 }, { 10040, 20000 }, { 60000, 100000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (tl_time_axis_get_scale_ms (cases[i].total_ms), ==, cases[i].scale_ms);
}

static void
test_steps (void)
{
  g_autofree char *words = tl_step_to_label (NULL, 1, 5, "Servers", TL_VERDICT_OK,
                                             TL_VERDICT_ERROR);

  g_assert_nonnull (strstr (words, "2"));
  g_assert_nonnull (strstr (words, "5"));
  g_assert_nonnull (strstr (words, "Servers"));
  g_assert_nonnull (strstr (words, tl_verdict_get_label (TL_VERDICT_OK)));
  g_assert_nonnull (strstr (words, tl_verdict_get_label (TL_VERDICT_ERROR)));
}

/* The lead of the results names each lane that failed, and what its finding is called. */
static void
test_results (void)
{
  g_autoptr(TlFinding) incoming = tl_finding_new ("auth.bad-credentials", TL_LANE_INCOMING, NULL);
  g_autoptr(TlFinding) same = tl_finding_new ("auth.bad-credentials", TL_LANE_OUTGOING, NULL);
  g_autoptr(TlFinding) other = tl_finding_new ("use.over-quota", TL_LANE_OUTGOING, NULL);
  g_autoptr(TlFinding) remark = tl_finding_new ("use.idle-missing", TL_LANE_INCOMING, NULL);
  g_autofree char *title = tl_finding_dup_title (incoming);
  g_autofree char *other_title = tl_finding_dup_title (other);
  g_autofree char *plain = tl_results_to_lead (NULL, FALSE, TRUE, FALSE, NULL, NULL, NULL);
  g_autofree char *one = tl_results_to_lead (NULL, FALSE, TRUE, FALSE, NULL, other, NULL);
  g_autofree char *remarked = tl_results_to_lead (NULL, FALSE, TRUE, FALSE, remark, other, NULL);
  g_autofree char *both = tl_results_to_lead (NULL, FALSE, TRUE, FALSE, incoming, same, NULL);
  g_autofree char *each = tl_results_to_lead (NULL, FALSE, TRUE, FALSE, incoming, other, NULL);
  g_autofree char *testing = tl_results_to_lead (NULL, TRUE, TRUE, FALSE, incoming, other, NULL);
  g_autofree char *green = tl_results_to_lead (NULL, FALSE, TRUE, TRUE, NULL, NULL, NULL);
  g_autofree char *warned = tl_results_to_lead (NULL, FALSE, TRUE, TRUE, remark, NULL, NULL);
  g_autofree char *twice = tl_results_to_lead (NULL, FALSE, TRUE, TRUE, remark, remark, NULL);
  g_autoptr(TlFinding) gone = tl_finding_new ("deliver.timeout", TL_LANE_OUTGOING, NULL);
  g_autoptr(GPtrArray) gone_list = g_ptr_array_new ();
  g_autoptr(TlLoopReport) loop = NULL;
  g_autofree char *lost = NULL;

  g_assert_nonnull (title);
  g_assert_nonnull (strstr (one, other_title));
  g_assert_cmpstr (remarked, ==, one);
  g_assert_nonnull (strstr (both, title));
  g_assert_true (strstr (both, title) == g_strrstr (both, title));
  g_assert_nonnull (strstr (each, title));
  g_assert_nonnull (strstr (each, other_title));
  g_assert_null (strstr (testing, title));
  g_assert_null (strstr (plain, title));
  g_assert_true (g_str_has_prefix (warned, green));
  g_assert_cmpstr (warned, !=, green);
  g_assert_cmpstr (twice, !=, warned);

  /* A message that is lost takes the plain yes back. */
  g_ptr_array_add (gone_list, gone);
  loop = tl_loop_report_new (&(TlLoopReportParts) { .findings = gone_list, .is_sent = TRUE });
  lost = tl_results_to_lead (NULL, FALSE, TRUE, TRUE, NULL, NULL, loop);
  g_assert_false (g_str_has_prefix (lost, green));
}

static void
test_about_address (void)
{
  static const struct { const char *id; TlLaneKind lane; gboolean expected; } cases[] = {
    { "resolve.nxdomain",       TL_LANE_NONE,     TRUE },
    { "discover.nothing-found", TL_LANE_NONE,     TRUE },
    { "resolve.nxdomain",       TL_LANE_INCOMING, FALSE },
    { "pair.different-accounts", TL_LANE_NONE,    FALSE },
  };

  g_assert_false (tl_finding_is_about_address (NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlFinding) finding = tl_finding_new (cases[i].id, cases[i].lane, NULL);

      g_assert_true (tl_finding_is_about_address (NULL, finding) == cases[i].expected);
    }
}

/* Using a mailbox is another thing in each lane; every other stage is not. */
static void
test_stage_labels (void)
{
  g_autofree char *incoming = tl_stage_to_label (NULL, TL_STAGE_USE, TL_LANE_INCOMING);
  g_autofree char *outgoing = tl_stage_to_label (NULL, TL_STAGE_USE, TL_LANE_OUTGOING);
  g_autofree char *none = tl_stage_to_label (NULL, TL_STAGE_USE, TL_LANE_NONE);
  g_autofree char *greet = tl_stage_to_label (NULL, TL_STAGE_GREET, TL_LANE_OUTGOING);

  g_assert_cmpstr (incoming, !=, outgoing);
  g_assert_cmpstr (none, ==, tl_stage_get_label (TL_STAGE_USE));
  g_assert_cmpstr (greet, ==, tl_stage_get_label (TL_STAGE_GREET));
}

typedef struct
{
  const char *name;
  gboolean    discovering;
  gboolean    incoming;
  gboolean    outgoing;
  gboolean    waiting;
  const char *remark;     /* the id of a finding, or NULL */
} LeadCase;

/* Each of these calls for another act. */
static const LeadCase lead_cases[] = {
  { "discovering",     TRUE,  TRUE,  TRUE,  FALSE, NULL },
  { "found",           FALSE, TRUE,  TRUE,  FALSE, NULL },
  { "nothing",         FALSE, FALSE, FALSE, FALSE, NULL },
  { "no-outgoing",     FALSE, TRUE,  FALSE, FALSE, NULL },
  { "no-incoming",     FALSE, FALSE, TRUE,  FALSE, NULL },
  { "waiting",         FALSE, TRUE,  TRUE,  TRUE,  NULL },
  { "warning",         FALSE, TRUE,  TRUE,  FALSE, "discover.conflict" },
  { "warning-waiting", FALSE, TRUE,  TRUE,  TRUE,  "discover.gateway" },
  { "problem",         FALSE, TRUE,  TRUE,  TRUE,  "resolve.dnssec-bogus" },
};

static void
test_servers (void)
{
  g_autoptr(GHashTable) leads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *both = tl_servers_to_title (NULL, FALSE, TRUE, TRUE);
  g_autofree char *one = tl_servers_to_title (NULL, FALSE, TRUE, FALSE);
  g_autofree char *other = tl_servers_to_title (NULL, FALSE, FALSE, TRUE);
  g_autofree char *none = tl_servers_to_title (NULL, FALSE, FALSE, FALSE);
  g_autofree char *why = tl_servers_to_why (NULL, TRUE);
  g_autofree char *no_why = tl_servers_to_why (NULL, FALSE);

  g_test_summary ("What there is to do first is said in the lead, another thing for each case");

  for (gsize i = 0; i < G_N_ELEMENTS (lead_cases); i++)
    {
      const LeadCase *c = &lead_cases[i];
      g_autoptr(TlFinding) remark = c->remark == NULL ? NULL
                                                      : tl_finding_new (c->remark, TL_LANE_NONE,
                                                                        NULL);

      g_test_message ("%s", c->name);
      g_assert_true (g_hash_table_add (leads, tl_servers_to_lead (NULL, c->discovering, c->incoming,
                                                                  c->outgoing, c->waiting, remark,
                                                                  "acme.test")));
    }

  g_assert_cmpstr (one, ==, other);
  g_assert_cmpstr (one, !=, both);
  g_assert_cmpstr (one, !=, none);
  g_assert_cmpstr (both, !=, none);
  g_assert_cmpstr (why, !=, "");
  g_assert_cmpstr (no_why, ==, "");
}

static void
test_port_hint (void)
{
  static const TlSecurity securities[] = { TL_SECURITY_TLS, TL_SECURITY_STARTTLS };

  g_test_summary ("The port called usual is the one that a draft follows its encryption with");

  for (gsize l = 0; l < TL_N_LANES; l++)
    {
      g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (tl_lanes[l]);

      for (gsize s = 0; s < G_N_ELEMENTS (securities); s++)
        {
          g_autofree char *hint = tl_port_to_hint (NULL, tl_lanes[l], securities[s]);
          g_autofree char *number = NULL;
          guint port = 0;

          g_object_set (draft, "security", securities[s], NULL);
          g_object_get (draft, "port", &port, NULL);
          number = g_strdup_printf ("%u", port);
          g_assert_nonnull (strstr (hint, number));
        }
    }
}

static void
test_subtitle (void)
{
  g_autofree char *none = tl_settings_to_subtitle (NULL, "", TL_SECURITY_TLS, "ada");
  g_autofree char *some = tl_settings_to_subtitle (NULL, "imap.acme.test", TL_SECURITY_TLS, "ada");

  g_test_summary ("How a server is reached is told of a server, and not of none");

  g_assert_null (strstr (none, tl_security_get_label (TL_SECURITY_TLS)));
  g_assert_nonnull (strstr (some, tl_security_get_label (TL_SECURITY_TLS)));
  g_assert_nonnull (strstr (some, "ada"));
}

static void
test_fingerprint (void)
{
  g_autofree char *lines = tl_fingerprint_to_lines (NULL, "0 1 2 3 4 5 6 7 8 9 a b c d e f");
  g_autofree char *none = tl_fingerprint_to_lines (NULL, NULL);

  g_assert_cmpstr (lines, ==, "0 1 2 3 4 5 6 7\n8 9 a b c d e f");
  g_assert_null (none);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (time_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/closures/time/", time_cases[i].name, NULL);

      g_test_add_data_func (path, &time_cases[i], test_stage_to_time);
    }
  g_test_add_func ("/ui/closures/truth", test_truth);
  g_test_add_func ("/ui/closures/bold-part", test_bold_part);
  g_test_add_func ("/ui/closures/endpoint", test_endpoint);
  g_test_add_func ("/ui/closures/icons", test_icons);
  g_test_add_func ("/ui/closures/findings", test_findings);
  g_test_add_func ("/ui/closures/steps", test_steps);
  g_test_add_func ("/ui/closures/results", test_results);
  g_test_add_func ("/ui/closures/about-address", test_about_address);
  g_test_add_func ("/ui/closures/stage-labels", test_stage_labels);
  g_test_add_func ("/ui/closures/servers", test_servers);
  g_test_add_func ("/ui/closures/port-hint", test_port_hint);
  g_test_add_func ("/ui/closures/subtitle", test_subtitle);
  g_test_add_func ("/ui/closures/fingerprint", test_fingerprint);
  g_test_add_func ("/ui/bindings/port", test_port);
  g_test_add_func ("/ui/time-axis/scale", test_scale);

  return g_test_run ();
}
