/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-setup.h"

#include <glib/gstdio.h>

#include "tl-bundle.h"
#include "tl-setup-private.h"
#include "tl-stage-row.h"
#include "tl-test-setup.h"

/* Ends a wait whose answer is "stopped". */
static void
assert_cancelled (TlTestWait *wait,
                  gboolean  (*finish) (TlSetup *setup, GAsyncResult *result, GError **error),
                  TlSetup    *setup)
{
  g_autoptr(GError) error = NULL;

  tl_test_wait_for (wait);
  g_assert_false (finish (setup, wait->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&wait->result);
}

static void
test_address (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlFinding) none = NULL;
  g_autofree char *user = NULL;

  g_assert_false (tl_test_setup_get (setup, "address-valid"));
  g_object_get (setup, "address-finding", &none, NULL);
  g_assert_null (none);

  tl_setup_set_address_text (setup, "ada@");
  g_object_get (setup, "address-finding", &finding, NULL);
  g_assert_false (tl_test_setup_get (setup, "address-valid"));
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "input.bad-address");

  tl_setup_set_address_text (setup, " ada@Example.TEST ");
  g_object_get (setup, "address-finding", &none, NULL);
  g_object_get (tl_setup_get_draft (setup, TL_LANE_INCOMING), "username", &user, NULL);
  g_assert_true (tl_test_setup_get (setup, "address-valid"));
  g_assert_null (none);
  g_assert_cmpstr (user, ==, "ada@example.test");
}

typedef struct
{
  const char         *name;
  TlPracticeScenario  scenario;
  const char         *incoming; /* primary finding; NULL: green */
  const char         *outgoing;
} ScenarioCase;

static const ScenarioCase scenario_cases[] = {
  { "all-well",          TL_PRACTICE_ALL_WELL,          NULL, NULL },
  { "wrong-password",    TL_PRACTICE_WRONG_PASSWORD,    "auth.bad-credentials", "auth.bad-credentials" },
  { "app-password",      TL_PRACTICE_APP_PASSWORD,      "auth.app-password", "auth.app-password" },
  { "wrong-certificate", TL_PRACTICE_WRONG_CERTIFICATE, "tls.hostname", "tls.hostname" },
  /* Not ports-blocked: the usual ports of this computer answer or refuse, and
   * a refusal shows that the network lets messages out. */
  { "port-blocked",      TL_PRACTICE_PORT_BLOCKED,      NULL, "connect.timeout" },
};

static void
test_scenario (gconstpointer data)
{
  const ScenarioCase *c = data;
  g_autoptr(TlSetup) setup = tl_test_setup_practise (c->scenario);

  g_assert_true (tl_test_setup_get (setup, "servers-valid"));
  g_assert_true (tl_test_setup_get (setup, "has-secret"));
  tl_test_setup_run (setup, TL_LANE_NONE);

  g_assert_cmpstr (tl_test_setup_get_primary (setup, TL_LANE_INCOMING), ==, c->incoming);
  g_assert_cmpstr (tl_test_setup_get_primary (setup, TL_LANE_OUTGOING), ==, c->outgoing);
  g_assert_cmpint (tl_test_setup_get (setup, "ready"), ==, c->incoming == NULL && c->outgoing == NULL);
  g_assert_true (tl_test_setup_get (setup, "tested"));
}

static void
test_forgets (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  TlLaneDraft *draft = tl_setup_get_draft (setup, TL_LANE_OUTGOING);
  g_autoptr(TlSecret) other = tl_secret_new ("something else", 14);

  g_test_summary ("A change of settings or password forgets the results it makes untrue, no more");

  tl_test_setup_run (setup, TL_LANE_NONE);
  g_assert_true (tl_test_setup_get (setup, "ready"));

  g_object_set (draft, "username", "someone@practice.invalid", NULL);
  g_assert_false (tl_test_setup_get (setup, "ready"));
  g_assert_nonnull (tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_INCOMING)));
  g_assert_null (tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_OUTGOING)));

  tl_lane_draft_reset (draft);
  tl_test_setup_run (setup, TL_LANE_OUTGOING);
  g_assert_true (tl_test_setup_get (setup, "ready"));

  tl_setup_set_secret (setup, TL_LANE_INCOMING, other);
  g_assert_false (tl_test_setup_get (setup, "ready"));
  g_assert_null (tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_INCOMING)));

  tl_setup_set_address_text (setup, "ada@example.test");
  g_assert_cmpint (tl_setup_get_purpose (setup), ==, TL_PURPOSE_MAILBOX);
  g_assert_false (tl_test_setup_get (setup, "has-secret"));
  g_assert_false (tl_test_setup_get (setup, "discovered"));
  g_assert_null (tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_OUTGOING)));
}

static gboolean
on_cancel (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_PORT_BLOCKED);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };
  gint64 began_us;

  tl_setup_test_async (setup, TL_LANE_NONE, cancellable, tl_test_wait_ready, &wait);
  g_timeout_add (300, on_cancel, cancellable);
  while (!g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (NULL, TRUE);
  began_us = g_get_monotonic_time ();
  tl_test_wait_for (&wait);

  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 200 * 1000);
  g_assert_false (tl_setup_test_finish (setup, wait.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_OUTGOING)));
  g_assert_false (tl_test_setup_get (setup, "testing"));
  g_object_unref (wait.result);
}

static void
test_change_while_testing (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_PORT_BLOCKED);
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };

  g_test_summary ("A change during a test stops it; its late result is dropped");

  tl_setup_test_async (setup, TL_LANE_NONE, NULL, tl_test_wait_ready, &wait);
  g_object_set (tl_setup_get_draft (setup, TL_LANE_OUTGOING), "port", 1, NULL);
  tl_test_wait_for (&wait);

  g_assert_false (tl_setup_test_finish (setup, wait.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_OUTGOING)));
  g_object_unref (wait.result);
}

static guint
count_touched (TlSetup    *setup,
               TlLaneKind  lane)
{
  GListModel *stages = tl_lane_run_get_stages (tl_setup_get_run (setup, lane));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr(TlStageRow) row = g_list_model_get_item (stages, i);

      n += tl_stage_row_get_status (row) != TL_STATUS_NOT_TESTED;
    }

  return n;
}

static void
test_one_lane_stopped (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_PORT_BLOCKED);
  TlLaneRun *outgoing = tl_setup_get_run (setup, TL_LANE_OUTGOING);
  TlTestWait wait = { NULL };

  g_test_summary ("A change of one lane stops that lane and leaves nothing of it; the other goes on");

  tl_setup_test_async (setup, TL_LANE_NONE, NULL, tl_test_wait_ready, &wait);
  while (count_touched (setup, TL_LANE_OUTGOING) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_object_set (tl_setup_get_draft (setup, TL_LANE_OUTGOING), "port", 1, NULL);
  assert_cancelled (&wait, tl_setup_test_finish, setup);

  g_assert_nonnull (tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_INCOMING)));
  g_assert_cmpuint (count_touched (setup, TL_LANE_INCOMING), >, 3);
  g_assert_null (tl_lane_run_get_report (outgoing));
  g_assert_cmpuint (count_touched (setup, TL_LANE_OUTGOING), ==, 0);
}

static void
test_incoming_stopped_early (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_PORT_BLOCKED);
  TlTestWait wait = { NULL };

  tl_setup_test_async (setup, TL_LANE_NONE, NULL, tl_test_wait_ready, &wait);
  g_object_set (tl_setup_get_draft (setup, TL_LANE_INCOMING), "port", 1, NULL);
  assert_cancelled (&wait, tl_setup_test_finish, setup);

  g_assert_null (tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_INCOMING)));
  g_assert_nonnull (tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_OUTGOING)));
}

static void
test_pending (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(GError) error = NULL;
  TlTestWait first = { NULL };
  TlTestWait second = { NULL };

  g_test_summary ("A test during a test is told so, and the first one goes on");

  tl_setup_test_async (setup, TL_LANE_NONE, NULL, tl_test_wait_ready, &first);
  tl_setup_test_async (setup, TL_LANE_NONE, NULL, tl_test_wait_ready, &second);
  tl_test_wait_for (&second);
  tl_test_wait_for (&first);

  g_assert_false (tl_setup_test_finish (setup, second.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_assert_true (tl_setup_test_finish (setup, first.result, NULL));
  g_assert_true (tl_test_setup_get (setup, "ready"));
  g_object_unref (first.result);
  g_object_unref (second.result);
}

static void
test_recall_of_another (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlSecret) typed = tl_secret_new ("typed", 5);
  TlTestWait wait = { NULL };

  g_test_summary ("What is recalled for one address is nothing to the next, or to none");

  tl_setup_set_address_text (setup, "ada@example.test");
  tl_setup_recall_async (setup, NULL, tl_test_wait_ready, &wait);
  tl_setup_set_address_text (setup, "bob@example.test");
  assert_cancelled (&wait, tl_setup_recall_finish, setup);

  tl_setup_recall_async (setup, NULL, tl_test_wait_ready, &wait);
  tl_setup_set_address_text (setup, "");
  assert_cancelled (&wait, tl_setup_recall_finish, setup);
  g_assert_null (tl_setup_get_store_finding (setup));

  tl_setup_set_address_text (setup, "ada@example.test");
  tl_setup_recall_async (setup, NULL, tl_test_wait_ready, &wait);
  tl_setup_set_secret (setup, TL_LANE_NONE, typed);
  assert_cancelled (&wait, tl_setup_recall_finish, setup);
  g_assert_true (tl_test_setup_get (setup, "has-secret"));
}

static void
test_recall_without_keyring (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };

  tl_setup_set_address_text (setup, "ada@example.test");
  tl_setup_recall_async (setup, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);

  g_assert_false (tl_setup_recall_finish (setup, wait.result, &error));
  g_assert_no_error (error);
  g_object_get (setup, "store-finding", &finding, NULL);
  g_assert_true (finding == tl_setup_get_store_finding (setup));
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "store.no-service");
  g_object_unref (wait.result);

  tl_setup_set_address_text (setup, "bob@example.test");
  g_assert_null (tl_setup_get_store_finding (setup));
}

static void
test_late_discovery (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlSourceAnswer) answer = tl_source_answer_new (TL_SOURCE_PRACTICE,
                                                           TL_SOURCE_STATUS_ANSWERED, 0, NULL);
  g_autoptr(TlSourceAnswer) late = tl_source_answer_new (TL_SOURCE_PRACTICE,
                                                         TL_SOURCE_STATUS_ANSWERED, 1, NULL);
  g_autoptr(TlDiscovery) old = NULL;
  TlTestWait first = { NULL };
  TlTestWait second = { NULL };

  g_test_summary ("A discovery that was stopped leaves the rows of the next one alone");

  tl_setup_set_address_text (setup, "ada@one.invalid");
  tl_setup_discover_async (setup, NULL, tl_test_wait_ready, &first);
  old = g_object_ref (setup->running_discovery);
  tl_setup_set_address_text (setup, "ada@two.invalid");
  g_assert_false (tl_test_setup_get (setup, "discovering"));
  g_signal_emit_by_name (old, "source-changed", late);
  g_assert_false (g_list_store_find (setup->sources, late, NULL));
  tl_setup_discover_async (setup, cancellable, tl_test_wait_ready, &second);
  g_list_store_append (setup->sources, answer);
  g_signal_emit_by_name (old, "source-changed", late);
  g_assert_false (g_list_store_find (setup->sources, late, NULL));
  assert_cancelled (&first, tl_setup_discover_finish, setup);
  g_assert_true (g_list_store_find (setup->sources, answer, NULL));

  g_cancellable_cancel (cancellable);
  tl_test_wait_for (&second);
  g_object_unref (second.result);
  g_assert_false (tl_test_setup_get (setup, "discovering"));
}

static char *
load_fingerprint (TlSetup *setup)
{
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };
  char *fingerprint = NULL;

  tl_setup_load_signer_async (setup, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_true (tl_setup_load_signer_finish (setup, wait.result, &error));
  g_assert_no_error (error);
  g_object_unref (wait.result);
  g_object_get (setup, "signer-fingerprint", &fingerprint, NULL);
  g_assert_nonnull (fingerprint);

  return fingerprint;
}

static void
test_practice_stays_practice (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autofree char *first = NULL;
  g_autofree char *none = NULL;
  g_autofree char *real = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  g_test_summary ("No network and no key of the practice mailbox serves a real one, nor the reverse");

  g_assert_true (tl_network_is_practice (setup->network));
  first = load_fingerprint (setup);
  g_assert_false (tl_test_setup_get (setup, "signer-kept"));

  tl_setup_set_address_text (setup, "ada@example.test");
  g_object_get (setup, "signer-fingerprint", &none, NULL);
  g_assert_null (none);
  g_assert_false (tl_network_is_practice (setup->network));
  g_assert_null (setup->practice);
  real = load_fingerprint (setup);
  g_assert_cmpstr (real, !=, first);

  g_assert_true (tl_setup_practise (setup, TL_PRACTICE_ALL_WELL, NULL));
  g_assert_true (tl_network_is_practice (setup->network));
  second = load_fingerprint (setup);
  g_assert_cmpstr (second, !=, first);
  g_assert_cmpstr (second, !=, real);

  g_assert_true (tl_setup_practise (setup, TL_PRACTICE_ALL_WELL, NULL));
  third = load_fingerprint (setup);
  g_assert_cmpstr (third, !=, second);
}

static void
test_start_over (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autofree char *name = NULL;
  g_autofree char *host = NULL;

  g_test_summary ("Starting over forgets everything, without an address too");

  g_object_set (setup, "display-name", "Ada", "remember", TRUE, NULL);
  g_object_set (tl_setup_get_draft (setup, TL_LANE_INCOMING), "host", "imap.example.test", NULL);
  tl_setup_start_over (setup);

  g_object_get (setup, "display-name", &name, NULL);
  g_object_get (tl_setup_get_draft (setup, TL_LANE_INCOMING), "host", &host, NULL);
  g_assert_cmpstr (name, ==, "");
  g_assert_cmpstr (host, ==, "");
  g_assert_false (tl_test_setup_get (setup, "remember"));
}

static void
export_to (TlSetup    *setup,
           const char *path)
{
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };

  tl_setup_export_async (setup, path, NULL, tl_test_wait_ready, &wait);
  g_assert_true (tl_test_setup_get (setup, "exporting"));
  tl_test_wait_for (&wait);
  g_assert_true (tl_setup_export_finish (setup, wait.result, &error));
  g_assert_no_error (error);
  g_assert_false (tl_test_setup_get (setup, "exporting"));
  g_object_unref (wait.result);
}

static void
test_export (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autofree char *folder = g_dir_make_tmp ("twolane-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "practice.twolane", NULL);
  g_autofree char *shown = NULL;
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlBundle) bundle = NULL;
  g_autoptr(GBytes) bytes = NULL;
  char *contents = NULL;
  gsize len = 0;

  /* Before the test there is only a draft to be had. */
  export_to (setup, path);
  g_assert_true (g_file_get_contents (path, &contents, &len, NULL));
  bytes = g_bytes_new_take (contents, len);
  bundle = tl_bundle_verify (bytes, NULL, g_get_real_time () / G_USEC_PER_SEC, &finding, NULL);
  g_assert_nonnull (bundle);
  g_assert_true (tl_bundle_is_draft (bundle));
  g_clear_pointer (&bundle, tl_bundle_unref);
  g_clear_pointer (&bytes, g_bytes_unref);
  g_clear_object (&finding);

  tl_test_setup_run (setup, TL_LANE_NONE);
  export_to (setup, path);
  g_assert_true (g_file_get_contents (path, &contents, &len, NULL));
  bytes = g_bytes_new_take (contents, len);
  bundle = tl_bundle_verify (bytes, NULL, g_get_real_time () / G_USEC_PER_SEC, &finding, NULL);

  g_object_get (setup, "export-path", &shown, NULL);
  g_assert_cmpstr (shown, ==, path);
  g_assert_nonnull (bundle);
  g_assert_false (tl_bundle_is_draft (bundle));
  g_assert_false (tl_bundle_is_vouched_for (bundle));
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "bundle.practice");

  g_unlink (path);
  g_rmdir (folder);
}

static void
test_export_refused (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autofree char *folder = g_dir_make_tmp ("twolane-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "practice.twolane", NULL);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };

  tl_setup_export_async (setup, "/proc/none/practice.twolane", NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);

  g_assert_false (tl_setup_export_finish (setup, wait.result, &error));
  g_assert_nonnull (error);
  g_assert_false (tl_test_setup_get (setup, "exporting"));
  g_object_unref (wait.result);
  g_object_get (setup, "export-finding", &finding, NULL);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "export.write-failed");

  export_to (setup, path);
  g_assert_null (tl_setup_get_export_finding (setup));

  g_unlink (path);
  g_rmdir (folder);
}

static void
test_export_of_another (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autofree char *folder = g_dir_make_tmp ("twolane-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "ada.twolane", NULL);
  g_autofree char *shown = NULL;
  g_autofree char *contents = NULL;
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlBundle) bundle = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  TlPlan *plan;
  gsize len = 0;
  TlTestWait wait = { NULL };

  g_test_summary ("What is saved is the mailbox that was there when saving was asked for");

  tl_setup_set_address_text (setup, "ada@example.test");
  tl_setup_export_async (setup, path, NULL, tl_test_wait_ready, &wait);
  tl_setup_set_address_text (setup, "bob@example.test");
  tl_test_wait_for (&wait);

  g_assert_true (tl_setup_export_finish (setup, wait.result, &error));
  g_assert_no_error (error);
  g_object_unref (wait.result);
  g_object_get (setup, "export-path", &shown, NULL);
  g_assert_null (shown);
  g_assert_true (g_file_get_contents (path, &contents, &len, NULL));
  bytes = g_bytes_new (contents, len);
  bundle = tl_bundle_verify (bytes, NULL, g_get_real_time () / G_USEC_PER_SEC, &finding, NULL);
  g_assert_nonnull (bundle);
  plan = tl_report_get_plan (tl_bundle_get_report (bundle));
  g_assert_cmpstr (tl_address_get_addr_spec (tl_plan_get_address (plan)), ==, "ada@example.test");

  g_unlink (path);
  g_rmdir (folder);
}

static void
test_export_leaves_practice (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autofree char *folder = g_dir_make_tmp ("twolane-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.twolane", NULL);
  TlTestWait wait = { NULL };

  g_test_summary ("No key but the practice key signs what was practised, and no address is no crash");

  tl_setup_export_async (setup, path, NULL, tl_test_wait_ready, &wait);
  tl_setup_set_address_text (setup, "");
  assert_cancelled (&wait, tl_setup_export_finish, setup);

  g_assert_true (tl_setup_practise (setup, TL_PRACTICE_ALL_WELL, NULL));
  tl_setup_export_async (setup, path, NULL, tl_test_wait_ready, &wait);
  tl_setup_set_address_text (setup, "ada@example.test");
  g_assert_true (tl_signing_make_fleeting (tl_setup_get_signing (setup), NULL));
  assert_cancelled (&wait, tl_setup_export_finish, setup);

  g_assert_false (tl_test_setup_get (setup, "exporting"));
  g_assert_null (tl_setup_get_export_finding (setup));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_rmdir (folder);
}

static void
test_file_name (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autofree char *name = NULL;

  tl_setup_set_address_text (setup, "ada/../x@example.test");
  name = tl_setup_dup_file_name (setup);

  g_assert_null (strchr (name, '/'));
  g_assert_true (g_str_has_suffix (name, ".twolane"));
}

static void
test_properties (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  guint n = 0;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (setup), &n);

  g_test_summary ("Every property can be read, and none of them is or holds a password");

  g_assert_cmpuint (n, >, 25);
  for (guint i = 0; i < n; i++)
    {
      g_auto(GValue) value = G_VALUE_INIT;

      /* One that has no case of its own warns, and warnings are fatal here. */
      g_object_get_property (G_OBJECT (setup), specs[i]->name, &value);
      g_assert_cmpuint (specs[i]->value_type, !=, TL_TYPE_SECRET);
      if (G_VALUE_HOLDS_STRING (&value))
        g_assert_cmpstr (g_value_get_string (&value), !=, TL_PRACTICE_PASSWORD);
    }
}

int
main (int   argc,
      char *argv[])
{
  /* No keyring of the one who runs this is touched. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup/address", test_address);
  g_test_add_func ("/setup/forgets", test_forgets);
  g_test_add_func ("/setup/cancel", test_cancel);
  g_test_add_func ("/setup/change-while-testing", test_change_while_testing);
  g_test_add_func ("/setup/export/practice", test_export);
  g_test_add_func ("/setup/export/refused", test_export_refused);
  g_test_add_func ("/setup/one-lane-stopped", test_one_lane_stopped);
  g_test_add_func ("/setup/incoming-stopped-early", test_incoming_stopped_early);
  g_test_add_func ("/setup/pending", test_pending);
  g_test_add_func ("/setup/recall/without-keyring", test_recall_without_keyring);
  g_test_add_func ("/setup/recall/of-another", test_recall_of_another);
  g_test_add_func ("/setup/late-discovery", test_late_discovery);
  g_test_add_func ("/setup/practice-stays-practice", test_practice_stays_practice);
  g_test_add_func ("/setup/start-over", test_start_over);
  g_test_add_func ("/setup/export/of-another", test_export_of_another);
  g_test_add_func ("/setup/export/leaves-practice", test_export_leaves_practice);
  g_test_add_func ("/setup/file-name", test_file_name);
  g_test_add_func ("/setup/properties", test_properties);
  for (gsize i = 0; i < G_N_ELEMENTS (scenario_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup/scenario/", scenario_cases[i].name, NULL);

      g_test_add_data_func (path, &scenario_cases[i], test_scenario);
    }

  return g_test_run ();
}
