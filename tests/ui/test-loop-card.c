/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message to oneself on the page of the lanes, and what is said of it and of a lane in rows. */
#include <adwaita.h>
#include <string.h>

#include "tl-detail-view.h"
#include "tl-finding-card.h"
#include "tl-lane-column.h"
#include "tl-lanes-page.h"
#include "tl-loop-card.h"
#include "tl-loop-details.h"
#include "tl-loop-words.h"
#include "tl-scene-lanes.h"
#include "tl-tree.h"
#include "tl-ui.h"

#define PATIENCE_MS 10000

static gboolean
on_patience_lost (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

static TlLoopReport *
dup_report (TlSetup *setup)
{
  TlLoopReport *report = NULL;

  g_object_get (setup, "loop-report", &report, NULL);

  return report;
}

typedef struct
{
  TlSetup   *setup;
  GtkWidget *page;
  GtkWidget *window;
  GtkWidget *card;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->setup = tl_setup_new ();
  fixture->page = g_object_new (TL_TYPE_LANES_PAGE, "setup", fixture->setup, NULL);
  g_object_ref_sink (fixture->page);
  fixture->card = tl_tree_find (fixture->page, TL_TYPE_LOOP_CARD, 0);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));

  g_assert_true (tl_setup_practise (fixture->setup, TL_PRACTICE_ALL_WELL, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->page);
  g_object_unref (fixture->setup);
}

static void
make_green (Fixture *fixture)
{
  tl_page_entered (TL_PAGE (fixture->page));
  tl_scene_run_until (fixture->setup, "testing", FALSE);
  tl_scene_run_until (fixture->setup, "ready", TRUE);
}

static void
test_asked_for (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *send;
  GtkWidget *cancel;
  g_autoptr(TlLoopReport) none = NULL;
  g_autoptr(TlLoopReport) report = NULL;

  g_test_summary ("It is offered once both lanes work, sent when asked for, and told in rows");

  g_assert_false (gtk_widget_get_visible (fixture->card));
  make_green (fixture);
  g_assert_true (gtk_widget_get_visible (fixture->card));
  g_assert_false (tl_scene_get (fixture->setup, "looping"));
  none = dup_report (fixture->setup);
  g_assert_null (none);
  g_assert_cmpuint (tl_tree_count_shown (fixture->card, TL_TYPE_DETAIL_VIEW), ==, 0);

  send = tl_tree_find_button (fixture->card, "_Send Test Message");
  g_assert_nonnull (send);
  gtk_widget_grab_focus (send);
  g_signal_emit_by_name (send, "clicked");
  g_assert_true (tl_scene_get (fixture->setup, "looping"));
  cancel = tl_tree_find_button (fixture->card, "_Cancel");
  g_assert_nonnull (cancel);
  g_assert_false (gtk_widget_get_visible (send));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == cancel);
  g_assert_null (tl_tree_find_button (fixture->page, "_Test Both Lanes Again"));

  tl_scene_run_until (fixture->setup, "looping", FALSE);
  report = dup_report (fixture->setup);
  g_assert_nonnull (report);
  g_assert_true (tl_loop_report_get_parts (report)->is_back);
  g_assert_cmpuint (tl_tree_count_shown (fixture->card, TL_TYPE_DETAIL_VIEW), >, 2);
  g_assert_false (gtk_widget_get_visible (cancel));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == send);
  g_assert_nonnull (tl_tree_find_button (fixture->card, "_Send Again"));
  g_assert_nonnull (tl_tree_find_button (fixture->page, "_Test Both Lanes Again"));
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(TlLoopReport) report = NULL;

  g_test_summary ("Cancel ends it without a result, and it can be sent afterwards");

  make_green (fixture);
  g_signal_emit_by_name (tl_tree_find_button (fixture->card, "_Send Test Message"), "clicked");
  g_signal_emit_by_name (tl_tree_find_button (fixture->card, "_Cancel"), "clicked");
  tl_scene_run_until (fixture->setup, "looping", FALSE);
  report = dup_report (fixture->setup);
  g_assert_null (report);
  g_assert_nonnull (tl_tree_find_button (fixture->card, "_Send Test Message"));
}

static void
test_retry (Fixture       *fixture,
            gconstpointer  data)
{
  g_test_summary ("One button sends another, and tests no lane; what was found has none beside it");

  make_green (fixture);
  tl_scene_loop (fixture->setup, TL_SCENE_LOOP_JUNK);
  g_assert_cmpuint (tl_tree_count_shown (fixture->card, TL_TYPE_FINDING_CARD), ==, 4);
  g_assert_null (tl_tree_find_button (fixture->card, "_Try Again"));
  g_signal_emit_by_name (tl_tree_find_button (fixture->card, "_Send Again"), "clicked");
  g_assert_true (tl_scene_get (fixture->setup, "looping"));
  g_assert_false (tl_scene_get (fixture->setup, "testing"));
  g_assert_cmpuint (tl_tree_count_shown (fixture->card, TL_TYPE_FINDING_CARD), ==, 0);
  tl_scene_run_until (fixture->setup, "looping", FALSE);
}

static void
test_untrue (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(TlLoopReport) report = NULL;

  g_test_summary ("A change of settings takes the offer and the result away, and the page tests "
                  "again even when the message was still under way");

  make_green (fixture);
  g_signal_emit_by_name (tl_tree_find_button (fixture->card, "_Send Test Message"), "clicked");
  g_object_set (tl_setup_get_draft (fixture->setup, TL_LANE_INCOMING), "username", "other", NULL);
  g_assert_false (gtk_widget_get_visible (fixture->card));
  report = dup_report (fixture->setup);
  g_assert_null (report);
  tl_page_entered (TL_PAGE (fixture->page));
  tl_scene_run_until (fixture->setup, "tested", TRUE);
}

/* --- Rows ------------------------------------------------------------------------------- */

static void
assert_statuses (GPtrArray      *details,
                 const TlStatus *statuses,
                 guint           n_statuses)
{
  g_assert_cmpuint (details->len, ==, n_statuses);
  for (guint i = 0; i < n_statuses; i++)
    {
      g_test_message ("%s", tl_detail_get_label (g_ptr_array_index (details, i)));
      g_assert_cmpint (tl_detail_get_status (g_ptr_array_index (details, i)), ==, statuses[i]);
    }
}

static void
test_rows (void)
{
  static const struct
  {
    TlSceneLoop loop;
    TlVerdict   verdict;
    guint       n;
    TlStatus    statuses[8];  /* sent, back, judge, SPF, DKIM, DMARC, copy, removed */
  } cases[] = {
    { TL_SCENE_LOOP_GREEN, TL_VERDICT_OK, 8,
      { TL_STATUS_OK, TL_STATUS_OK, TL_STATUS_OK, TL_STATUS_OK, TL_STATUS_OK, TL_STATUS_OK,
        TL_STATUS_OK, TL_STATUS_OK } },
    { TL_SCENE_LOOP_JUNK, TL_VERDICT_WARNING, 8,
      { TL_STATUS_OK, TL_STATUS_WARNING, TL_STATUS_OK, TL_STATUS_WARNING,
        TL_STATUS_NOT_NEEDED, TL_STATUS_WARNING, TL_STATUS_NOT_NEEDED, TL_STATUS_NOT_NEEDED } },
    { TL_SCENE_LOOP_LOST, TL_VERDICT_ERROR, 2, { TL_STATUS_OK, TL_STATUS_ERROR } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlSetup) setup = tl_setup_new ();
      g_autoptr(TlLoopReport) report = NULL;
      g_autoptr(GPtrArray) details = NULL;

      tl_scene_test (setup, TL_SCENE_LANES_GREEN);
      tl_scene_loop (setup, cases[i].loop);
      report = dup_report (setup);
      g_assert_cmpint (tl_loop_to_verdict (NULL, report), ==, cases[i].verdict);
      details = tl_loop_details_list (report);
      assert_statuses (details, cases[i].statuses, cases[i].n);
    }
}

static void
test_lane_details (void)
{
  static const struct { TlSceneLanes lanes; guint n[2]; } cases[] = {
    { TL_SCENE_LANES_GREEN,       { 12, 9 } },
    { TL_SCENE_LANES_INTERCEPTED, { 2, 2 } },
  };

  g_test_summary ("What a lane learnt is under “Details”; one that broke off has little");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlSetup) setup = tl_setup_new ();
      GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_LANES_PAGE, "setup", setup, NULL));

      tl_scene_test (setup, cases[i].lanes);
      tl_tree_open_expanders (page);
      for (guint j = 0; j < 2; j++)
        {
          GtkWidget *column = tl_tree_find (page, TL_TYPE_LANE_COLUMN, j);

          g_assert_cmpuint (tl_tree_count_shown (column, TL_TYPE_DETAIL_VIEW), ==, cases[i].n[j]);
        }

      g_assert_finalize_object (page);
    }
}

static void
test_time (void)
{
  g_autofree char *sending = tl_loop_stage_to_time (NULL, TL_LOOP_STAGE_SENDING, 7, 120);
  g_autofree char *waiting = tl_loop_stage_to_time (NULL, TL_LOOP_STAGE_WAITING, 7, 120);

  g_test_summary ("How long it may take is said where it is known");

  g_assert_null (strstr (sending, "120"));
  g_assert_nonnull (strstr (waiting, "7"));
  g_assert_nonnull (strstr (waiting, "120"));
}

static void
test_clock (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *card = g_object_ref_sink (g_object_new (TL_TYPE_LOOP_CARD, NULL));
  gboolean lost = FALSE;
  guint patience = g_timeout_add (PATIENCE_MS, on_patience_lost, &lost);
  guint elapsed_s = 0;

  g_test_summary ("The seconds go by while it is waited for, and end with it");

  tl_scene_test (setup, TL_SCENE_LANES_GREEN);
  g_object_set (card, "setup", setup, NULL);
  tl_scene_loop (setup, TL_SCENE_LOOP_RUNNING);
  while (elapsed_s == 0 && !lost)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (card, "elapsed-s", &elapsed_s, NULL);
    }
  g_assert_false (lost);
  g_source_remove (patience);

  tl_scene_end_loop (setup);
  g_assert_finalize_object (card);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  ADD ("/ui/loop-card/asked-for", test_asked_for);
  ADD ("/ui/loop-card/cancelled", test_cancelled);
  ADD ("/ui/loop-card/retry", test_retry);
  ADD ("/ui/loop-card/untrue", test_untrue);
  g_test_add_func ("/ui/loop-card/clock", test_clock);
  g_test_add_func ("/ui/loop-card/time", test_time);
  g_test_add_func ("/ui/loop-card/rows", test_rows);
  g_test_add_func ("/ui/lane-column/details", test_lane_details);

  return g_test_run ();
}
