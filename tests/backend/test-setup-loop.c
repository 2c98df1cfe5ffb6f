/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message to oneself as a set-up sends it: when it may, what it shows, what makes it untrue. */
#include "tl-setup-private.h"

#include <string.h>

#include "tl-error.h"
#include "tl-test-setup.h"

static TlLoopReport *
run_loop (TlSetup       *setup,
          GCancellable  *cancellable,
          GError       **error)
{
  TlTestWait wait = { NULL };
  TlLoopReport *report;

  tl_setup_loop_async (setup, cancellable, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  report = tl_setup_loop_finish (setup, wait.result, error);
  g_object_unref (wait.result);

  return report;
}

static TlLoopReport *
dup_shown (TlSetup *setup)
{
  TlLoopReport *report = NULL;

  g_object_get (setup, "loop-report", &report, NULL);

  return report;
}

static guint
count_findings (TlSetup *setup)
{
  g_autoptr(GListModel) findings = NULL;

  g_object_get (setup, "loop-findings", &findings, NULL);

  return g_list_model_get_n_items (findings);
}

static TlSetup *
make_green (void)
{
  TlSetup *setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);

  tl_test_setup_run (setup, TL_LANE_NONE);
  g_object_set (setup, "loop-patience", 10, NULL);

  return setup;
}

static void
count_stage (guint *n)
{
  (*n)++;
}

static void
test_green (void)
{
  g_autoptr(TlSetup) setup = make_green ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLoopReport) report = NULL;
  g_autoptr(TlLoopReport) shown = NULL;
  const TlLoopReportParts *parts;
  TlLoopStage stage = TL_LOOP_STAGE_OPENING;
  guint n_stages = 0;

  g_test_summary ("Out by one lane, back by the other, and gone afterwards");

  g_signal_connect_swapped (setup, "notify::loop-stage", G_CALLBACK (count_stage), &n_stages);
  report = run_loop (setup, NULL, &error);
  g_assert_no_error (error);
  parts = tl_loop_report_get_parts (report);
  g_assert_true (parts->is_sent);
  g_assert_true (parts->is_back);
  g_assert_true (parts->is_removed);
  g_assert_cmpint (tl_loop_report_get_verdict (report), !=, TL_VERDICT_ERROR);

  shown = dup_shown (setup);
  g_assert_true (shown == report);
  g_assert_cmpuint (count_findings (setup), ==, parts->findings == NULL ? 0 : parts->findings->len);
  g_assert_false (tl_test_setup_get (setup, "looping"));
  g_object_get (setup, "loop-stage", &stage, NULL);
  g_assert_cmpint (stage, ==, TL_LOOP_STAGE_TIDYING);
  g_assert_cmpuint (n_stages, >=, 3);
}

static void
test_opening (void)
{
  g_autoptr(TlSetup) setup = make_green ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLoopReport) report = NULL;
  TlTestWait wait = { NULL };
  TlLoopStage stage = TL_LOOP_STAGE_TIDYING;

  g_test_summary ("It begins at the beginning at once, also after another one");

  setup->loop_stage = TL_LOOP_STAGE_TIDYING;
  tl_setup_loop_async (setup, cancellable, tl_test_wait_ready, &wait);
  g_object_get (setup, "loop-stage", &stage, NULL);
  g_assert_cmpint (stage, ==, TL_LOOP_STAGE_OPENING);
  g_cancellable_cancel (cancellable);
  tl_test_wait_for (&wait);
  report = tl_setup_loop_finish (setup, wait.result, &error);
  g_object_unref (wait.result);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_secret (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);
  g_autoptr(TlSetup) setup = make_green ();
  g_autoptr(TlLoopReport) report = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("Without the password of a lane nothing is sent");

  g_clear_pointer (&setup->lanes[index].secret, tl_secret_unref);
  report = run_loop (setup, NULL, &error);
  g_assert_null (report);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_false (tl_test_setup_get (setup, "looping"));
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
    g_object_set (tl_setup_get_draft (setup, TL_LANE_OUTGOING), "port", 1, NULL);
  else
    tl_setup_set_secret (setup, TL_LANE_INCOMING, secret);
}

static void
test_forgets (gconstpointer data)
{
  g_autoptr(TlSetup) setup = make_green ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLoopReport) report = run_loop (setup, NULL, &error);
  g_autoptr(TlLoopReport) shown = NULL;

  g_test_summary ("A change of address, settings or password makes the result untrue");

  g_assert_no_error (error);
  change (setup, (Change) GPOINTER_TO_UINT (data));
  shown = dup_shown (setup);
  g_assert_null (shown);
  g_assert_cmpuint (count_findings (setup), ==, 0);
}

static void
test_change_stops (void)
{
  g_autoptr(TlSetup) setup = make_green ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLoopReport) report = NULL;
  g_autoptr(TlLoopReport) shown = NULL;
  TlTestWait wait = { NULL };

  g_test_summary ("A change stops one that runs; it has no result");

  tl_setup_loop_async (setup, NULL, tl_test_wait_ready, &wait);
  g_assert_true (tl_test_setup_get (setup, "looping"));
  change (setup, CHANGE_SECRET);
  tl_test_wait_for (&wait);
  report = tl_setup_loop_finish (setup, wait.result, &error);
  g_object_unref (wait.result);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (report);
  shown = dup_shown (setup);
  g_assert_null (shown);
  g_assert_false (tl_test_setup_get (setup, "looping"));
}

static void
test_cancel (void)
{
  g_autoptr(TlSetup) setup = make_green ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLoopReport) report = NULL;

  g_cancellable_cancel (cancellable);
  report = run_loop (setup, cancellable, &error);
  g_assert_null (report);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (tl_test_setup_get (setup, "looping"));
}

static void
test_not_green (gconstpointer data)
{
  TlLaneKind lane = (TlLaneKind) GPOINTER_TO_UINT (data);
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(TlFinding) finding = tl_finding_new ("connect.refused", lane, NULL);
  g_autoptr(TlLoopReport) untested = NULL;
  g_autoptr(TlLoopReport) half = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("Two lanes that work are needed; nothing is sent before");

  untested = run_loop (setup, NULL, &error);
  g_assert_null (untested);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);

  tl_test_setup_run (setup, TL_LANE_NONE);
  tl_lane_run_miss (tl_setup_get_run (setup, lane), finding);
  half = run_loop (setup, NULL, &error);
  g_assert_null (half);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_false (tl_test_setup_get (setup, "looping"));
}

static void
test_one_at_a_time (void)
{
  g_autoptr(TlSetup) setup = make_green ();
  g_autoptr(TlLoopReport) second = NULL;
  g_autoptr(TlLoopReport) first = NULL;
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };
  TlTestWait test = { NULL };

  tl_setup_loop_async (setup, NULL, tl_test_wait_ready, &wait);
  second = run_loop (setup, NULL, &error);
  g_assert_null (second);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  tl_setup_test_async (setup, TL_LANE_NONE, NULL, tl_test_wait_ready, &test);
  tl_test_wait_for (&test);
  g_assert_false (tl_setup_test_finish (setup, test.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  g_object_unref (test.result);

  tl_test_wait_for (&wait);
  first = tl_setup_loop_finish (setup, wait.result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (first);
  g_object_unref (wait.result);
}

static void
test_patience (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  guint seconds = 0;

  g_object_get (setup, "loop-patience", &seconds, NULL);
  g_assert_cmpuint (seconds, ==, 120);
  g_object_set (setup, "loop-patience", 7, NULL);
  g_object_get (setup, "loop-patience", &seconds, NULL);
  g_assert_cmpuint (seconds, ==, 7);
}

int
main (int   argc,
      char *argv[])
{
  /* No keyring of the one who runs this is touched. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-loop/green", test_green);
  g_test_add_data_func ("/setup-loop/forgets/address",
                        GUINT_TO_POINTER ((guint) CHANGE_ADDRESS), test_forgets);
  g_test_add_data_func ("/setup-loop/forgets/draft",
                        GUINT_TO_POINTER ((guint) CHANGE_DRAFT), test_forgets);
  g_test_add_data_func ("/setup-loop/forgets/secret",
                        GUINT_TO_POINTER ((guint) CHANGE_SECRET), test_forgets);
  g_test_add_func ("/setup-loop/change-stops", test_change_stops);
  g_test_add_func ("/setup-loop/cancel", test_cancel);
  g_test_add_data_func ("/setup-loop/not-green/incoming",
                        GUINT_TO_POINTER ((guint) TL_LANE_INCOMING), test_not_green);
  g_test_add_data_func ("/setup-loop/not-green/outgoing",
                        GUINT_TO_POINTER ((guint) TL_LANE_OUTGOING), test_not_green);
  g_test_add_data_func ("/setup-loop/no-secret/incoming", GUINT_TO_POINTER (0), test_no_secret);
  g_test_add_data_func ("/setup-loop/no-secret/outgoing", GUINT_TO_POINTER (1), test_no_secret);
  g_test_add_func ("/setup-loop/opening", test_opening);
  g_test_add_func ("/setup-loop/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/setup-loop/patience", test_patience);

  return g_test_run ();
}
