/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organisation's rules keep a set-up from: being tested, being ready, being exported. */
#include "tl-test-mailbox.h"

#include <glib/gstdio.h>

#include "tl-bundle.h"
#include "tl-error.h"
#include "tl-test-ca.h"
#include "tl-test-peer.h"

typedef struct
{
  const char *name;
  const char *members;   /* of the policy */
  const char *incoming;  /* primary finding; NULL: green */
  const char *outgoing;
  const char *rule;      /* that is broken; NULL: none */
} GateCase;

#define KEEPS_HOSTS \
  ", \"hosts\": { \"incoming\": [\"*.practice.invalid\"], \"outgoing\": [\"*.practice.invalid\"] }"

static const GateCase gate_cases[] = {
  { .name = "kept", .members = KEEPS_HOSTS ", \"sign_in\": [\"password\"], "
                               "\"user_name\": \"address\", \"separate_sending\": false" },
  { .name = "host-incoming", .members = ", \"hosts\": { \"incoming\": [\"imap.acme.test\"] }",
    .incoming = "export.policy", .rule = "hosts.incoming" },
  { .name = "host-outgoing", .members = ", \"hosts\": { \"outgoing\": [\"smtp.acme.test\"] }",
    .outgoing = "export.policy", .rule = "hosts.outgoing" },
  { .name = "sign-in", .members = ", \"sign_in\": [\"oauth2\"]",
    .incoming = "export.policy", .outgoing = "export.policy", .rule = "sign_in" },
  { .name = "user-name", .members = ", \"user_name\": \"local-part\"",
    .incoming = "export.policy", .outgoing = "export.policy", .rule = "user_name" },
  { .name = "domain", .members = ", \"domains\": [\"acme.test\"]",
    .incoming = "export.policy", .outgoing = "export.policy", .rule = "domains" },
};

/* The lane was refused before anybody was spoken to. */
static void
assert_nothing_sent (TlSetup    *setup,
                     TlLaneKind  lane)
{
  TlLaneReport *report = tl_lane_run_get_report (tl_setup_get_run (setup, lane));
  GPtrArray *steps = tl_lane_report_get_steps (report);

  g_assert_null (tl_lane_report_get_address (report));
  for (guint i = 0; i < steps->len; i++)
    g_assert_cmpint (tl_step_get_status (steps->pdata[i]), ==, TL_STATUS_NOT_TESTED);
}

static const char *
find_broken_rule (TlSetup *setup)
{
  g_autoptr(GListModel) results = NULL;

  g_object_get (setup, "policy-results", &results, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr(TlPolicyResult) result = g_list_model_get_item (results, i);

      if (tl_policy_result_get_verdict (result) == TL_VERDICT_ERROR)
        return tl_policy_result_get_rule (result);
    }

  return NULL;
}

static void
test_gate (gconstpointer data)
{
  const GateCase *c = data;
  g_autofree char *policy = tl_test_policy_new (c->members);
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, policy);
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(TlReport) report = NULL;
  TlPolicyRecord *record;

  g_test_summary ("What a plan alone shows to be forbidden gets no password");

  /* Servers that answer, and a mailbox as real as any for the rules. */
  setup->purpose = TL_PURPOSE_MAILBOX;
  tl_setup_set_policy_store (setup, mailbox->policies);
  g_assert_cmpstr (find_broken_rule (setup), ==, c->rule);
  tl_test_setup_run (setup, TL_LANE_NONE);

  g_assert_cmpstr (tl_test_setup_get_primary (setup, TL_LANE_INCOMING), ==, c->incoming);
  g_assert_cmpstr (tl_test_setup_get_primary (setup, TL_LANE_OUTGOING), ==, c->outgoing);
  if (c->incoming != NULL)
    assert_nothing_sent (setup, TL_LANE_INCOMING);
  if (c->outgoing != NULL)
    assert_nothing_sent (setup, TL_LANE_OUTGOING);

  g_assert_cmpstr (find_broken_rule (setup), ==, c->rule);
  g_assert_cmpstr (tl_test_finding_get_id (setup, "policy-finding"), ==,
                   c->rule == NULL ? NULL : "export.policy");
  g_assert_cmpint (tl_test_setup_get (setup, "ready"), ==, c->rule == NULL);
  g_assert_cmpint (tl_test_model_has (tl_setup_get_hand_over_findings (setup), "export.policy"), ==,
                   c->rule != NULL);

  report = tl_setup_dup_report (setup);
  record = tl_report_get_policy (report);
  g_assert_nonnull (record);
  g_assert_cmpint (tl_policy_record_get_verdict (record), ==,
                   c->rule == NULL ? TL_VERDICT_OK : TL_VERDICT_ERROR);
}

typedef struct
{
  const char *name;
  const char *min_version; /* NULL: nobody asks */
  gboolean    is_refused;
} HandshakeCase;

static const HandshakeCase handshake_cases[] = {
  { .name = "nobody-asks" },
  { .name = "kept", .min_version = "1.2" },
  { .name = "broken", .min_version = "1.3", .is_refused = TRUE },
};

#define OLD_SERVER "old.practice.invalid"

/* A mailbox as real as any for the rules, at a server of the test. */
static void
point_at (TlSetup  *setup,
          TlTestCa *ca,
          guint16   port)
{
  g_clear_pointer (&setup->network, tl_network_unref);
  setup->network = tl_network_new_practice (tl_test_ca_get_pem (ca), NULL);
  setup->purpose = TL_PURPOSE_MAILBOX;
  for (gsize i = 0; i < TL_N_LANES; i++)
    g_object_set (tl_setup_get_draft (setup, tl_lanes[i]), "host", OLD_SERVER,
                  "port", (guint) port, "security", TL_SECURITY_TLS, NULL);
}

static void
test_handshake (gconstpointer data)
{
  const HandshakeCase *c = data;
  g_autofree char *members =
    c->min_version == NULL
      ? g_strdup ("")
      : g_strdup_printf (", \"tls\": { \"min_version\": \"%s\" }", c->min_version);
  g_autofree char *policy = tl_test_policy_new (members);
  g_autofree char *lenient = tl_test_policy_new (", \"tls\": { \"min_version\": \"1.2\" }");
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (policy, lenient);
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(TlTestCa) ca = tl_test_ca_new ("practice.invalid");
  g_autoptr(SSL_CTX) tls = tl_test_ca_new_server (ca, OLD_SERVER, TL_TEST_TLS_ONLY_1_2);
  g_autoptr(TlTestPeer) peer = tl_test_peer_new ("TLS\nS: * BYE not today\nCLOSE", tls);
  TlFinding *primary;
  g_auto(GStrv) wanted = NULL;

  g_test_summary ("The strictest policy is asked in the handshake, before anything is sent");

  point_at (setup, ca, tl_test_peer_start (peer));
  tl_setup_set_policy_store (setup, mailbox->policies);
  tl_test_setup_run (setup, TL_LANE_INCOMING);

  primary = tl_lane_report_get_primary (
    tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_INCOMING)));
  g_assert_nonnull (primary);
  if (!c->is_refused)
    {
      g_assert_true (g_str_has_prefix (tl_finding_get_id (primary), "greet."));
      return;
    }

  g_assert_cmpstr (tl_finding_get_id (primary), ==, "tls.version");
  g_assert_true (g_variant_lookup (tl_finding_get_evidence (primary), TL_EVIDENCE_WANTED, "^as",
                                   &wanted));
  g_assert_cmpstr (wanted[0], ==, "TLSv1.3");
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (primary),
                                           TL_EVIDENCE_TLS_VERSION), ==, "TLSv1.2");
}

/* The lanes were green before the policy came, or the server is another one by now. */
static void
test_loop_handshake (void)
{
  g_autofree char *policy = tl_test_policy_new (", \"tls\": { \"min_version\": \"1.3\" }");
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (policy, NULL);
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(TlTestCa) ca = tl_test_ca_new ("practice.invalid");
  g_autoptr(SSL_CTX) tls = tl_test_ca_new_server (ca, OLD_SERVER, TL_TEST_TLS_ONLY_1_2);
  g_autoptr(TlTestPeer) peer = tl_test_peer_new ("TLS\nS: * BYE not today\nCLOSE", tls);
  TlTestMailbox tested = { .setup = setup };
  g_autoptr(TlLoopReport) report = NULL;
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };
  GPtrArray *findings;

  point_at (setup, ca, tl_test_peer_start (peer));
  tl_setup_set_policy_store (setup, mailbox->policies);
  tl_test_mailbox_pass (&tested);
  tl_setup_loop_async (setup, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  report = tl_setup_loop_finish (setup, wait.result, &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);

  findings = tl_loop_report_get_parts (report)->findings;
  g_assert_cmpuint (findings->len, >, 0);
  g_assert_cmpstr (tl_finding_get_id (findings->pdata[0]), ==, "tls.version");
}

/* The lane was green before the policy came. */
static void
test_folders (gconstpointer data)
{
  gboolean is_forbidden = GPOINTER_TO_INT (data);
  g_autofree char *policy =
    tl_test_policy_new (is_forbidden ? ", \"hosts\": { \"incoming\": [\"imap.acme.test\"] }"
                                     : KEEPS_HOSTS);
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, policy);
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };
  guint n_wanted = 0;

  g_test_summary ("No folder is made at a server that the organisation forbids");

  tl_test_setup_run (setup, TL_LANE_NONE);
  setup->purpose = TL_PURPOSE_MAILBOX;
  tl_setup_set_policy_store (setup, mailbox->policies);
  g_assert_cmpint (tl_lane_run_get_verdict (tl_setup_get_run (setup, TL_LANE_INCOMING)), ==,
                   TL_VERDICT_OK);
  g_assert_true (tl_mailbox_wish (tl_setup_get_mailbox (setup), "Outreach", NULL));
  tl_setup_create_folders_async (setup, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_cmpint (tl_setup_create_folders_finish (setup, wait.result, &error), ==, !is_forbidden);
  g_object_unref (wait.result);
  if (is_forbidden)
    g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  else
    g_assert_no_error (error);
  g_object_get (tl_setup_get_mailbox (setup), "n-wanted", &n_wanted, NULL);
  g_assert_cmpuint (n_wanted, ==, is_forbidden ? 1 : 0);
}

static TlBundle *
read_bundle (const char  *path,
             TlFinding  **out_finding)
{
  char *contents = NULL;
  gsize len = 0;
  g_autoptr(GBytes) bytes = NULL;

  g_assert_true (g_file_get_contents (path, &contents, &len, NULL));
  bytes = g_bytes_new_take (contents, len);

  return tl_bundle_verify (bytes, NULL, g_get_real_time () / G_USEC_PER_SEC, out_finding, NULL);
}

typedef struct
{
  const char *name;
  const char *members;
  gboolean    is_kept;
} TestedCase;

static const TestedCase tested_cases[] = {
  { .name = "none", .members = "", .is_kept = TRUE },
  { .name = "tls-kept", .members = ", \"tls\": { \"min_version\": \"1.2\" }", .is_kept = TRUE },
  { .name = "tls-broken", .members = ", \"tls\": { \"min_version\": \"1.3\" }" },
};

static void
test_tested (gconstpointer data)
{
  const TestedCase *c = data;
  g_autofree char *policy = tl_test_policy_new (c->members);
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (policy, NULL);
  g_autofree char *path = g_build_filename (mailbox->folder, "ada.twolane", NULL);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlBundle) bundle = NULL;
  TlPolicyRecord *record;
  guint n_documents = 0;

  g_test_summary ("What only a test shows keeps a bundle from being ready, and is in it");

  g_assert_null (find_broken_rule (mailbox->setup));
  tl_test_mailbox_pass (mailbox);
  g_assert_cmpint (find_broken_rule (mailbox->setup) == NULL, ==, c->is_kept);
  g_assert_cmpint (tl_test_setup_get (mailbox->setup, "ready"), ==, c->is_kept);
  g_assert_false (tl_test_model_has (tl_setup_get_hand_over_findings (mailbox->setup),
                                     "export.lane-not-green"));

  g_assert_true (tl_test_mailbox_export (mailbox, path));
  bundle = read_bundle (path, &finding);
  g_assert_nonnull (bundle);
  g_assert_cmpint (tl_bundle_is_draft (bundle), ==, !c->is_kept);
  record = tl_report_get_policy (tl_bundle_get_report (bundle));
  g_assert_nonnull (record);
  g_assert_cmpint (tl_policy_record_get_verdict (record), ==,
                   c->is_kept ? TL_VERDICT_OK : TL_VERDICT_ERROR);
  g_assert_cmpstr (tl_policy_record_get_documents (record, &n_documents)->origin, ==, "system");
  g_assert_cmpuint (n_documents, ==, 1);
}

static void
test_red_lane (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autofree char *path = g_build_filename (mailbox->folder, "ada.twolane", NULL);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlBundle) bundle = NULL;

  g_test_summary ("Settings that changed since the test make a draft, and it is signed that it is one");

  tl_test_mailbox_pass (mailbox);
  g_assert_true (tl_test_setup_get (mailbox->setup, "ready"));
  g_object_set (tl_setup_get_draft (mailbox->setup, TL_LANE_OUTGOING), "host", "mail.acme.test", NULL);
  g_assert_false (tl_test_setup_get (mailbox->setup, "ready"));

  g_assert_true (tl_test_mailbox_export (mailbox, path));
  bundle = read_bundle (path, &finding);
  g_assert_true (tl_bundle_is_draft (bundle));
}

static void
test_unreadable (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new ("{ \"format\": \"twolane", NULL);
  g_autofree char *path = g_build_filename (mailbox->folder, "ada.twolane", NULL);
  g_autofree char *folder = g_build_filename (mailbox->folder, "members", NULL);
  TlTestWait wait = { NULL };

  g_test_summary ("While nobody knows what is forbidden nothing is exported");

  tl_test_mailbox_pass (mailbox);
  g_assert_cmpstr (tl_test_finding_get_id (mailbox->setup, "policy-finding"), ==, "store.policy");
  g_assert_false (tl_test_setup_get (mailbox->setup, "ready"));
  g_assert_true (tl_test_model_has (tl_setup_get_hand_over_findings (mailbox->setup),
                                    "store.policy"));
  g_assert_false (tl_test_mailbox_export (mailbox, path));
  g_assert_cmpstr (tl_test_finding_get_id (mailbox->setup, "export-finding"), ==, "store.policy");

  tl_setup_export_unsigned_async (mailbox->setup, folder, "", NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_false (tl_setup_export_unsigned_finish (mailbox->setup, wait.result, NULL));
  g_object_unref (wait.result);
  g_assert_cmpuint (tl_test_mailbox_count (mailbox), ==, 0);
}

static void
test_arrives (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autofree char *policy = tl_test_policy_new (", \"name\": \"Acme\", "
                                                "\"tls\": { \"min_version\": \"1.3\" }");
  g_autofree char *path = tl_test_mailbox_put (mailbox, "given.json", policy);
  g_autofree char *name = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("A policy that is given later is asked at once");

  tl_test_mailbox_pass (mailbox);
  g_assert_true (tl_test_setup_get (mailbox->setup, "ready"));
  g_assert_true (tl_policy_store_add_file_sync (mailbox->policies, path, &error));
  g_assert_no_error (error);
  g_assert_false (tl_test_setup_get (mailbox->setup, "ready"));
  g_object_get (mailbox->setup, "policy-name", &name, NULL);
  g_assert_cmpstr (name, ==, "Acme");
}

static void
test_practice (void)
{
  g_autofree char *policy = tl_test_policy_new (", \"domains\": [\"acme.test\"]");
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (policy, NULL);
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(TlReport) report = NULL;

  g_test_summary ("Nobody asks anything of practice");

  tl_setup_set_policy_store (setup, mailbox->policies);
  tl_test_setup_run (setup, TL_LANE_NONE);
  g_assert_true (tl_test_setup_get (setup, "ready"));
  report = tl_setup_dup_report (setup);
  g_assert_null (tl_report_get_policy (report));
}

typedef struct
{
  const char *name;
  gboolean    is_granted;
  const char *typed;
  const char *expected;
} DirectoryCase;

static const DirectoryCase directory_cases[] = {
  { .name = "granted", .is_granted = TRUE, .expected = "https://ispdb.acme.test/" },
  { .name = "typed", .is_granted = TRUE, .typed = "https://other.test/",
    .expected = "https://other.test/" },
  { .name = "none-typed", .is_granted = TRUE, .typed = "", .expected = "" },
  { .name = "not-granted", .expected = NULL },
};

static void
test_directory (gconstpointer data)
{
  const DirectoryCase *c = data;
  g_autofree char *policy = tl_test_policy_new (", \"directory\": \"https://ispdb.acme.test/\"");
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (c->is_granted ? policy : NULL,
                                                          c->is_granted ? NULL : policy);
  g_autofree char *url = NULL;

  g_object_set (mailbox->setup, "directory-url", c->typed, NULL);
  g_object_get (mailbox->setup, "directory-url", &url, NULL);
  if (c->expected != NULL)
    g_assert_cmpstr (url, ==, c->expected);
  else
    g_assert_cmpstr (url, !=, "https://ispdb.acme.test/");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (gate_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-rules/gate/", gate_cases[i].name, NULL);

      g_test_add_data_func (path, &gate_cases[i], test_gate);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (handshake_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-rules/handshake/", handshake_cases[i].name, NULL);

      g_test_add_data_func (path, &handshake_cases[i], test_handshake);
    }
  g_test_add_func ("/setup-rules/handshake/loop", test_loop_handshake);
  g_test_add_data_func ("/setup-rules/folders/kept", GINT_TO_POINTER (FALSE), test_folders);
  g_test_add_data_func ("/setup-rules/folders/forbidden", GINT_TO_POINTER (TRUE), test_folders);
  for (gsize i = 0; i < G_N_ELEMENTS (tested_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-rules/B12/", tested_cases[i].name, NULL);

      g_test_add_data_func (path, &tested_cases[i], test_tested);
    }
  g_test_add_func ("/setup-rules/B12/settings-changed", test_red_lane);
  g_test_add_func ("/setup-rules/unreadable", test_unreadable);
  g_test_add_func ("/setup-rules/arrives", test_arrives);
  g_test_add_func ("/setup-rules/practice", test_practice);
  for (gsize i = 0; i < G_N_ELEMENTS (directory_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-rules/directory/", directory_cases[i].name, NULL);

      g_test_add_data_func (path, &directory_cases[i], test_directory);
    }

  return g_test_run ();
}
