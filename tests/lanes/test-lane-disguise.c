/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-work.h"

#include <string.h>

#include "tl-json.h"
#include "tl-test-lane.h"

/* Lines are looked through as they come. What is decoded after that must not
 * bring the password back. */

#define OFFER(list) "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR " list "] ready\n"
#define SIGN_IN(more) \
  OFFER ("AUTH=PLAIN") "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1" more "] in\n"
#define LIST(folder) \
  "C: %T LIST *\nS: * LIST (\\\\Sent) \"/\" Sent\nS: * LIST () \"/\" \"" folder "\"\n" \
  "S: %T OK done\n"
#define REST "C: %T EXAMINE INBOX\nS: * 0 EXISTS\nS: %T OK done\nC: %T LOGOUT\n"

/* "c4n4ry-Pa55w0rd" in modified UTF-7, whole and behind another letter; what
 * base64(1) makes of it in UTF-16, and of the JSON below. */
#define SHIFTED     "&AGMANABuADQAcgB5AC0AUABhADUANQB3ADAAcgBk-"
#define SHIFTED_TOO "&AOQAYwA0AG4ANAByAHkALQBQAGEANQA1AHcAMAByAGQ-"
#define BASE64      "YzRuNHJ5LVBhNTV3MHJk"
/* One that no line ever holds as it is. */
#define UMLAUT      "c4n4ry-p\xc3\xa4ssw0rd"
#define UMLAUT_UTF7 "c4n4ry-p&AOQ-ssw0rd"

typedef struct
{
  const char *path;
  const char *script;
  TlAuth      auth;
  const char *primary;
  const char *shown;    /* what the report has of it instead */
  const char *password; /* NULL for the usual one */
} Case;

static const Case cases[] = {
  { "P9/utf7-folder", SIGN_IN ("") LIST (SHIFTED) REST, TL_AUTH_PASSWORD,
    "use.idle-missing", "•••" },
  { "P9/utf7-folder-behind", SIGN_IN ("") LIST (SHIFTED_TOO) REST, TL_AUTH_PASSWORD,
    "use.idle-missing", "•••" },
  { "P9/utf7-namespace",
    SIGN_IN (" NAMESPACE") "C: %T NAMESPACE\nS: * NAMESPACE ((\"" SHIFTED "/\" \"/\")) NIL NIL\n"
    "S: %T OK done\n" LIST ("x") REST, TL_AUTH_PASSWORD, "use.idle-missing", "•••" },
  { "P9/utf7-folder-decoded", SIGN_IN ("") LIST (UMLAUT_UTF7) REST, TL_AUTH_PASSWORD,
    "use.idle-missing", "•••", UMLAUT },
  { "P9/utf7-folder-below", SIGN_IN ("") LIST ("a/" UMLAUT_UTF7 "/b") REST, TL_AUTH_PASSWORD,
    "use.idle-missing", "a/•••/b", UMLAUT },
  { "P9/utf7-namespace-decoded",
    SIGN_IN (" NAMESPACE") "C: %T NAMESPACE\nS: * NAMESPACE ((\"" UMLAUT_UTF7 "/\" \"/\")) NIL NIL\n"
    "S: %T OK done\n" LIST ("x") REST, TL_AUTH_PASSWORD, "use.idle-missing", "•••/", UMLAUT },
  { "P9/software", SIGN_IN (" ID") "C: %T ID *\nS: * ID (\"version\" \"Pa55w0rd\" \"name\" \"c4n4ry\")\n"
    "S: %T OK done\n" LIST ("x") REST, TL_AUTH_PASSWORD, "use.idle-missing", "•••",
    "c4n4ry Pa55w0rd" },
  /* What is taken out of the line leaves no base64. */
  { "P9/oauth-status", OFFER ("AUTH=XOAUTH2") "C: %T AUTHENTICATE XOAUTH2 ?*\nH: status\n"
    "C: ?\nS: %T BAD no\n", TL_AUTH_OAUTH2, "auth.protocol", NULL },
  { "P9/oauth-base64", OFFER ("AUTH=XOAUTH2") "C: %T AUTHENTICATE XOAUTH2 ?*\nH: base64\nC: \n"
    "S: %T NO no\n", TL_AUTH_OAUTH2, "auth.token-rejected", "•••" },
};

/* What the server says of a token: the token. */
static char *
say_status (const char *argument,
            const char *line,
            gpointer    user_data)
{
  const char *status = g_str_equal (argument, "base64") ? BASE64 : TL_TEST_LANE_PASSWORD;
  g_autofree char *json = g_strdup_printf ("{\"status\":\"%s\",\"scope\":\"x\"}", status);
  g_autofree char *base64 = g_base64_encode ((const guchar *) json, strlen (json));

  return g_strconcat ("+ ", base64, NULL);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .script = c->script, .auth = c->auth,
    .password = c->password, .hook = say_status,
  };
  g_autoptr(TlJson) json = NULL;
  g_autofree char *report = NULL;

  tl_test_lane_run (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, c->primary);
  tl_test_lane_assert_sane (&lane);

  json = tl_lane_report_to_json (lane.report);
  report = tl_json_to_canonical (json);
  g_test_message ("%s", report);
  if (c->shown != NULL)
    g_assert_nonnull (strstr (report, c->shown));
}

/* --- The filter itself ------------------------------------------------------------------ */

static TlLaneWork *
make_work (const char *password)
{
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("mail.example", 993, TL_SECURITY_TLS, NULL);
  g_autoptr(TlLaneSettings) settings = tl_lane_settings_new (TL_PROTOCOL_IMAP, endpoint,
                                                             TL_AUTH_OAUTH2, "ada", NULL);
  g_autoptr(TlAddress) address = tl_address_parse ("ada@mail.example", NULL);
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlSecret) secret = password == NULL ? NULL : tl_secret_new (password, strlen (password));

  return tl_lane_work_new (TL_LANE_INCOMING, settings, address, secret, network,
                           &TL_LANE_BUDGET_DEFAULT);
}

static void
test_text (void)
{
  g_autoptr(TlLaneWork) work = make_work ("hunter2!");
  g_autoptr(TlLaneWork) bare = make_work (NULL);
  g_autofree char *redacted = tl_lane_work_redact (work, "x hunter2! aHVudGVyMiE= y");
  g_autofree char *whole = tl_lane_work_redact (bare, "x hunter2! y");

  g_assert_cmpstr (redacted, ==, "x ••• ••• y");
  g_assert_cmpstr (whole, ==, "x hunter2! y");
  g_assert_null (tl_lane_work_redact (work, NULL));
}

static void
test_evidence (void)
{
  g_autoptr(TlLaneWork) work = make_work ("hunter2!");
  const char * const names[] = { "a.example", "hunter2!.example", NULL };
  g_autoptr(GVariant) evidence = NULL;
  g_autoptr(GVariant) redacted = NULL;
  g_autoptr(GVariant) nothing = tl_lane_work_redact_evidence (work, NULL);
  g_autofree const char **seen = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_SERVER_TEXT, "s", "no hunter2!");
  g_variant_dict_insert (&dict, TL_EVIDENCE_REPLY_CODE, "u", (guint32) 535);
  g_variant_dict_insert (&dict, TL_EVIDENCE_NAMES, "^as", names);
  evidence = g_variant_ref_sink (g_variant_dict_end (&dict));
  redacted = tl_lane_work_redact_evidence (work, evidence);

  g_assert_true (tl_evidence_is_valid (redacted));
  g_assert_true (tl_evidence_is_valid (nothing));
  g_assert_cmpuint (g_variant_n_children (redacted), ==, 3);
  g_assert_cmpuint (g_variant_n_children (nothing), ==, 0);
  g_assert_cmpstr (tl_evidence_get_string (redacted, TL_EVIDENCE_SERVER_TEXT), ==, "no •••");
  g_assert_cmpuint (tl_evidence_get_uint (redacted, TL_EVIDENCE_REPLY_CODE, 0), ==, 535);
  g_assert_true (g_variant_lookup (redacted, TL_EVIDENCE_NAMES, "^a&s", &seen));
  g_assert_cmpstr (seen[0], ==, "a.example");
  g_assert_cmpstr (seen[1], ==, "•••.example");
  g_assert_null (seen[2]);
}

static void
test_remark (void)
{
  g_autoptr(TlLaneWork) work = make_work ("hunter2!");
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_SERVER_TEXT, "s", "say hunter2!");
  tl_lane_work_add_remark (work, "use.alert", g_variant_dict_end (&dict));

  g_assert_cmpuint (work->remarks->len, ==, 1);
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (work->remarks->pdata[0]),
                                           TL_EVIDENCE_SERVER_TEXT), ==, "say •••");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rows/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/lane/disguise/text", test_text);
  g_test_add_func ("/lane/disguise/evidence", test_evidence);
  g_test_add_func ("/lane/disguise/remark", test_remark);

  return g_test_run ();
}
