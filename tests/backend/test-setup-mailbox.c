/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mailbox as a set-up sees it: looked around by every test of the incoming lane, with folders
 * made when somebody says so. */
#include "tl-setup-private.h"

#include <string.h>

#include "tl-error.h"
#include "tl-test-setup.h"

static gboolean
create (TlSetup       *setup,
        GCancellable  *cancellable,
        GError       **error)
{
  TlTestWait wait = { NULL };
  gboolean is_done;

  tl_setup_create_folders_async (setup, cancellable, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  is_done = tl_setup_create_folders_finish (setup, wait.result, error);
  g_object_unref (wait.result);

  return is_done;
}

static TlSetup *
make_tested (void)
{
  TlSetup *setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);

  tl_test_setup_run (setup, TL_LANE_NONE);

  return setup;
}

static guint
count_folders (TlSetup *setup)
{
  TlMailboxReport *report = tl_mailbox_get_report (tl_setup_get_mailbox (setup));

  g_assert_nonnull (report);

  return tl_mailbox_report_get_parts (report)->folders->len;
}

static gboolean
has_section (TlSetup *setup)
{
  g_autoptr(TlReport) report = tl_setup_dup_report (setup);

  return report != NULL && tl_report_get_mailbox (report) != NULL;
}

static guint
get_n_wanted (TlSetup *setup)
{
  guint n = 0;

  g_object_get (tl_setup_get_mailbox (setup), "n-wanted", &n, NULL);

  return n;
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_surveyed (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(TlMailbox) mailbox = NULL;
  guint n_ready = 0;

  g_test_summary ("A test of the incoming lane looks around; one of the other does not");

  g_object_get (setup, "mailbox", &mailbox, NULL);
  g_assert_true (mailbox == tl_setup_get_mailbox (setup));
  tl_test_setup_run (setup, TL_LANE_OUTGOING);
  g_assert_null (tl_mailbox_get_report (mailbox));
  g_assert_false (has_section (setup));

  g_signal_connect_swapped (setup, "notify::ready", G_CALLBACK (count), &n_ready);
  tl_test_setup_run (setup, TL_LANE_INCOMING);
  g_assert_nonnull (tl_mailbox_get_report (mailbox));
  g_assert_nonnull (tl_mailbox_report_find_role (tl_mailbox_get_report (mailbox), "inbox"));
  g_assert_true (has_section (setup));
  g_assert_cmpuint (n_ready, >=, 1);
}

static void
test_failed (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_WRONG_PASSWORD);

  tl_test_setup_run (setup, TL_LANE_NONE);
  g_assert_null (tl_mailbox_get_report (tl_setup_get_mailbox (setup)));
  g_assert_false (has_section (setup));
}

typedef enum
{
  CHANGE_ADDRESS,
  CHANGE_DRAFT,
  CHANGE_SECRET,
} Change;

static void
change (TlSetup *setup,
        Change   what)
{
  g_autoptr(TlSecret) secret = tl_secret_new ("other", strlen ("other"));

  if (what == CHANGE_ADDRESS)
    tl_setup_set_address_text (setup, "ada@acme.test");
  else if (what == CHANGE_DRAFT)
    g_object_set (tl_setup_get_draft (setup, TL_LANE_INCOMING), "port", 1, NULL);
  else
    tl_setup_set_secret (setup, TL_LANE_INCOMING, secret);
}

static void
test_forgets (gconstpointer data)
{
  g_autoptr(TlSetup) setup = make_tested ();
  TlMailbox *mailbox = tl_setup_get_mailbox (setup);
  guint n = 0;

  g_test_summary ("A change of address, settings or password makes what was seen untrue");

  g_assert_nonnull (tl_mailbox_get_report (mailbox));
  g_signal_connect_swapped (mailbox, "notify::report", G_CALLBACK (count), &n);
  change (setup, (Change) GPOINTER_TO_UINT (data));
  g_assert_cmpuint (n, >=, 1);
  g_assert_null (tl_mailbox_get_report (mailbox));
  g_assert_false (has_section (setup));
}

static void
test_outgoing_keeps (void)
{
  g_autoptr(TlSetup) setup = make_tested ();

  g_test_summary ("What the outgoing lane has nothing to do with stays");

  g_object_set (tl_setup_get_draft (setup, TL_LANE_OUTGOING), "port", 1, NULL);
  g_assert_nonnull (tl_mailbox_get_report (tl_setup_get_mailbox (setup)));
}

static void
test_choice_stays (void)
{
  g_autoptr(TlSetup) setup = make_tested ();
  TlMailbox *mailbox = tl_setup_get_mailbox (setup);
  const TlMailboxFolder *archive;
  g_autoptr(GError) error = NULL;

  g_test_summary ("What a person said of a folder is still so after another test");

  g_assert_true (tl_mailbox_choose (mailbox, "archive", "Trash", &error));
  g_assert_no_error (error);
  tl_test_setup_run (setup, TL_LANE_INCOMING);
  archive = tl_mailbox_report_find_role (tl_mailbox_get_report (mailbox), "archive");
  g_assert_nonnull (archive);
  g_assert_cmpstr (archive->name, ==, "Trash");
  g_assert_cmpint (archive->by, ==, TL_ROLE_BY_PERSON);

  g_object_set (tl_setup_get_draft (setup, TL_LANE_INCOMING), "username", "other", NULL);
  g_object_set (tl_setup_get_draft (setup, TL_LANE_INCOMING), "username", TL_PRACTICE_ADDRESS,
                NULL);
  tl_test_setup_run (setup, TL_LANE_INCOMING);
  archive = tl_mailbox_report_find_role (tl_mailbox_get_report (mailbox), "archive");
  g_assert_true (archive == NULL || archive->by != TL_ROLE_BY_PERSON);
}

static void
test_loop_tells (void)
{
  g_autoptr(TlSetup) setup = make_tested ();
  const TlLoopReportParts parts = { .is_sent = TRUE, .filing = TL_LOOP_FILING_FILED };
  TlMailbox *mailbox = tl_setup_get_mailbox (setup);

  g_test_summary ("Who files what is sent is known once the message to oneself was seen");

  g_assert_cmpint (tl_mailbox_report_get_parts (tl_mailbox_get_report (mailbox))->filing, ==,
                   TL_LOOP_FILING_UNKNOWN);
  setup->loop_report = tl_loop_report_new (&parts);
  tl_setup_refresh_readiness (setup);
  g_assert_cmpint (tl_mailbox_report_get_parts (tl_mailbox_get_report (mailbox))->filing, ==,
                   TL_LOOP_FILING_FILED);
  tl_setup_forget_loop (setup);
  g_assert_cmpint (tl_mailbox_report_get_parts (tl_mailbox_get_report (mailbox))->filing, ==,
                   TL_LOOP_FILING_UNKNOWN);
}

static void
test_creates (void)
{
  g_autoptr(TlSetup) setup = make_tested ();
  TlMailbox *mailbox = tl_setup_get_mailbox (setup);
  guint before = count_folders (setup);
  g_autoptr(GError) error = NULL;
  guint n_creating = 0;

  g_test_summary ("Made when asked for, once, and the lanes' results stay");

  g_assert_true (create (setup, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_folders (setup), ==, before);

  g_assert_true (tl_mailbox_wish (mailbox, "Outreach", &error));
  g_assert_no_error (error);
  g_signal_connect_swapped (mailbox, "notify::creating", G_CALLBACK (count), &n_creating);
  g_assert_true (create (setup, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_creating, ==, 2);
  g_assert_cmpuint (count_folders (setup), ==, before + 1);
  g_assert_cmpuint (get_n_wanted (setup), ==, 0);
  g_assert_nonnull (tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_INCOMING)));

  g_assert_true (tl_mailbox_wish (mailbox, "Outreach", &error));
  g_assert_true (create (setup, NULL, &error));
  g_assert_cmpuint (count_folders (setup), ==, before + 1);

  tl_test_setup_run (setup, TL_LANE_INCOMING);
  g_assert_cmpuint (count_folders (setup), ==, before + 1);
}

static void
test_creates_not (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  TlFinding *finding = tl_finding_new ("connect.refused", TL_LANE_INCOMING, NULL);
  g_autoptr(GError) error = NULL;

  g_test_summary ("Not without a lane that works and something to sign in with");

  g_assert_true (tl_mailbox_wish (tl_setup_get_mailbox (setup), "Outreach", NULL));
  g_assert_false (create (setup, NULL, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);

  tl_test_setup_run (setup, TL_LANE_NONE);
  g_clear_pointer (&setup->lanes[0].secret, tl_secret_unref);
  g_assert_false (create (setup, NULL, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);

  tl_lane_run_miss (tl_setup_get_run (setup, TL_LANE_INCOMING), finding);
  g_object_unref (finding);
  g_assert_false (create (setup, NULL, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_cmpuint (get_n_wanted (setup), ==, 1);
}

static void
test_one_at_a_time (void)
{
  g_autoptr(TlSetup) setup = make_tested ();
  TlTestWait first = { NULL };
  TlTestWait test = { NULL };
  g_autoptr(GError) error = NULL;

  g_assert_true (tl_mailbox_wish (tl_setup_get_mailbox (setup), "Outreach", NULL));
  tl_setup_create_folders_async (setup, NULL, tl_test_wait_ready, &first);
  g_assert_false (create (setup, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  tl_setup_test_async (setup, TL_LANE_NONE, NULL, tl_test_wait_ready, &test);
  tl_test_wait_for (&test);
  g_assert_false (tl_setup_test_finish (setup, test.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  g_object_unref (test.result);

  tl_test_wait_for (&first);
  g_assert_true (tl_setup_create_folders_finish (setup, first.result, &error));
  g_assert_no_error (error);
  g_object_unref (first.result);
}

static void
test_change_stops (gconstpointer data)
{
  g_autoptr(TlSetup) setup = make_tested ();
  TlMailbox *mailbox = tl_setup_get_mailbox (setup);
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };
  gboolean is_creating = TRUE;

  g_test_summary ("A change stops it; nothing of it is shown");

  g_assert_true (tl_mailbox_wish (mailbox, "Outreach", NULL));
  tl_setup_create_folders_async (setup, NULL, tl_test_wait_ready, &wait);
  g_object_get (mailbox, "creating", &is_creating, NULL);
  g_assert_true (is_creating);
  change (setup, (Change) GPOINTER_TO_UINT (data));
  tl_test_wait_for (&wait);
  g_assert_false (tl_setup_create_folders_finish (setup, wait.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (wait.result);
  g_object_get (mailbox, "creating", &is_creating, NULL);
  g_assert_false (is_creating);
  g_assert_null (tl_mailbox_get_report (mailbox));
}

static void
test_cancel (void)
{
  g_autoptr(TlSetup) setup = make_tested ();
  guint before = count_folders (setup);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (tl_mailbox_wish (tl_setup_get_mailbox (setup), "Outreach", NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (create (setup, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_folders (setup), ==, before);
  g_assert_cmpuint (get_n_wanted (setup), ==, 1);
}

static void
assert_clean (GListModel *model)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(GObject) row = g_list_model_get_item (model, i);
      g_autofree GParamSpec **properties = NULL;
      guint n = 0;

      properties = g_object_class_list_properties (G_OBJECT_GET_CLASS (row), &n);
      for (guint j = 0; j < n; j++)
        {
          g_autofree char *text = NULL;

          if (properties[j]->value_type != G_TYPE_STRING)
            continue;
          g_object_get (row, properties[j]->name, &text, NULL);
          g_assert_true (text == NULL || strstr (text, TL_PRACTICE_PASSWORD) == NULL);
        }
    }
}

static void
test_no_secret (void)
{
  g_autoptr(TlSetup) setup = make_tested ();
  TlMailbox *mailbox = tl_setup_get_mailbox (setup);

  g_test_summary ("A folder that is called like the password is not shown by that name");

  g_assert_true (tl_mailbox_wish (mailbox, TL_PRACTICE_PASSWORD, NULL));
  g_assert_true (create (setup, NULL, NULL));
  assert_clean (tl_mailbox_get_roles (mailbox));
  assert_clean (tl_mailbox_get_room (mailbox));
  assert_clean (tl_mailbox_get_rights (mailbox));
  assert_clean (tl_mailbox_get_connections (mailbox));
  assert_clean (tl_mailbox_get_findings (mailbox));
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *name; Change what; } changes[] = {
    { "address", CHANGE_ADDRESS },
    { "draft", CHANGE_DRAFT },
    { "secret", CHANGE_SECRET },
  };

  /* No keyring of the one who runs this is touched. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-mailbox/surveyed", test_surveyed);
  g_test_add_func ("/setup-mailbox/failed", test_failed);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *forgets = g_strconcat ("/setup-mailbox/forgets/", changes[i].name, NULL);
      g_autofree char *stops = g_strconcat ("/setup-mailbox/stops/", changes[i].name, NULL);

      g_test_add_data_func (forgets, GUINT_TO_POINTER ((guint) changes[i].what), test_forgets);
      g_test_add_data_func (stops, GUINT_TO_POINTER ((guint) changes[i].what), test_change_stops);
    }
  g_test_add_func ("/setup-mailbox/outgoing-keeps", test_outgoing_keeps);
  g_test_add_func ("/setup-mailbox/choice-stays", test_choice_stays);
  g_test_add_func ("/setup-mailbox/loop-tells", test_loop_tells);
  g_test_add_func ("/setup-mailbox/creates", test_creates);
  g_test_add_func ("/setup-mailbox/creates-not", test_creates_not);
  g_test_add_func ("/setup-mailbox/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/setup-mailbox/cancel", test_cancel);
  g_test_add_func ("/setup-mailbox/no-secret", test_no_secret);

  return g_test_run ();
}
