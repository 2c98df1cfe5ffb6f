/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done about a finding: at a press, for one lane alone, and by somebody else. */
#include <adwaita.h>

#include "tl-finding-card.h"
#include "tl-lane-column.h"
#include "tl-lanes-page.h"
#include "tl-scene-lanes.h"
#include "tl-signin-page.h"
#include "tl-tree.h"
#include "tl-ui.h"

typedef struct
{
  TlSetup   *setup;
  GtkWidget *page;
  GtkWidget *window;
  TlFinding *finding;    /* on the incoming lane */
} Fixture;

/* The practice mailbox, its incoming lane set to a port where nothing is, and found so. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->setup = tl_setup_new ();
  g_assert_true (tl_setup_practise (fixture->setup, TL_PRACTICE_ALL_WELL, &error));
  g_assert_no_error (error);
  fixture->page = g_object_new (TL_TYPE_LANES_PAGE, "setup", fixture->setup, NULL);
  g_object_ref_sink (fixture->page);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));

  tl_setup_test_async (fixture->setup, TL_LANE_OUTGOING, NULL, NULL, NULL);
  tl_scene_run_until (fixture->setup, "testing", FALSE);

  fixture->finding = tl_scene_misdirect (fixture->setup);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->page);
  g_object_unref (fixture->finding);
  g_object_unref (fixture->setup);
}

static GtkWidget *
find_column (Fixture    *fixture,
             TlLaneKind  lane)
{
  return tl_tree_find (fixture->page, TL_TYPE_LANE_COLUMN, lane == TL_LANE_INCOMING ? 0 : 1);
}

/* The card that shows the finding. */
static GtkWidget *
find_card (Fixture *fixture)
{
  GtkWidget *column = find_column (fixture, TL_LANE_INCOMING);
  GtkWidget *card;

  for (guint i = 0; (card = tl_tree_find (column, TL_TYPE_FINDING_CARD, i)) != NULL; i++)
    {
      g_autoptr(TlFinding) finding = NULL;

      g_object_get (card, "finding", &finding, NULL);
      if (finding == fixture->finding)
        return card;
    }

  return NULL;
}

static TlFix *
get_fix (Fixture *fixture)
{
  g_autoptr(GPtrArray) fixes = tl_setup_list_fixes (fixture->setup, fixture->finding);

  g_assert_cmpuint (fixes->len, ==, 1);

  return g_object_ref (g_ptr_array_index (fixes, 0));
}

/* A window that no window manager makes the active one is told of no focus that leaves. */
static void
leave (GtkWidget *widget)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_FOCUS (controller))
        g_signal_emit_by_name (controller, "leave");
    }
}

static void
test_first (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(TlFix) fix = get_fix (fixture);
  GtkWidget *card = find_card (fixture);
  GtkWidget *button = tl_tree_find_button (card, tl_fix_get_label (fix));
  GtkWidget *retry = tl_tree_find_button (card, "_Try Again");

  g_test_summary ("What the program can do is the first button, says what it does, and stands out");

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_has_css_class (button, "suggested-action"));
  g_assert_false (gtk_button_get_use_underline (GTK_BUTTON (button)));
  g_assert_nonnull (retry);
  g_assert_true (tl_tree_comes_before (card, button, retry));
  g_assert_false (gtk_widget_has_css_class (retry, "suggested-action"));
}

static void
test_one_lane (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(TlFix) fix = get_fix (fixture);
  GtkWidget *button = tl_tree_find_button (find_card (fixture), tl_fix_get_label (fix));
  TlLaneRun *incoming = tl_setup_get_run (fixture->setup, TL_LANE_INCOMING);
  TlLaneRun *outgoing = tl_setup_get_run (fixture->setup, TL_LANE_OUTGOING);
  TlLaneReport *report = tl_lane_run_get_report (outgoing);

  g_test_summary ("A press mends and tests its lane, takes the focus there, and lets the other be");

  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (tl_scene_get (fixture->setup, "testing"));
  g_assert_true (tl_lane_run_is_running (incoming));
  g_assert_false (tl_lane_run_is_running (outgoing));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) ==
                 find_column (fixture, TL_LANE_INCOMING));
  g_assert_null (find_card (fixture));

  tl_scene_run_until (fixture->setup, "testing", FALSE);
  g_assert_cmpint (tl_lane_run_get_verdict (incoming), ==, TL_VERDICT_OK);
  g_assert_true (tl_lane_run_get_report (outgoing) == report);
  g_assert_true (tl_scene_get (fixture->setup, "ready"));
  g_assert_null (tl_tree_find_button (fixture->page, tl_fix_get_label (fix)));

  g_test_message ("the column is a place to go to only for that");
  g_assert_true (gtk_widget_get_focusable (find_column (fixture, TL_LANE_INCOMING)));
  leave (find_column (fixture, TL_LANE_INCOMING));
  g_assert_false (gtk_widget_get_focusable (find_column (fixture, TL_LANE_INCOMING)));
  g_assert_false (gtk_widget_get_focusable (find_column (fixture, TL_LANE_OUTGOING)));
}

static void
test_busy (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(TlFix) fix = get_fix (fixture);
  GtkWidget *card = find_card (fixture);
  GtkWidget *retry = tl_tree_find_button (card, "_Try Again");

  g_test_summary ("While anything is tested, nothing that would test is offered");

  tl_setup_test_async (fixture->setup, TL_LANE_OUTGOING, NULL, NULL, NULL);
  g_assert_true (find_card (fixture) == card);
  g_assert_null (tl_tree_find_button (card, tl_fix_get_label (fix)));
  g_assert_false (gtk_widget_get_sensitive (retry));

  tl_scene_run_until (fixture->setup, "testing", FALSE);
  g_assert_nonnull (tl_tree_find_button (card, tl_fix_get_label (fix)));
  g_assert_true (gtk_widget_get_sensitive (retry));
}

static void
test_gone (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(TlFix) fix = get_fix (fixture);

  g_test_summary ("A fix goes with its finding: other settings have other faults");

  g_object_set (tl_setup_get_draft (fixture->setup, TL_LANE_INCOMING), "port", 2, NULL);
  g_assert_null (find_card (fixture));
  g_assert_null (tl_tree_find_button (fixture->page, tl_fix_get_label (fix)));
}

/* On the page that tests, and on no other. */
static void
test_elsewhere (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_SIGNIN_PAGE, "setup", fixture->setup,
                                                     NULL));
  GtkWidget *window = gtk_window_new ();
  g_autoptr(TlFix) fix = get_fix (fixture);
  GtkWidget *card;

  gtk_window_set_child (GTK_WINDOW (window), page);
  card = tl_tree_find (page, TL_TYPE_FINDING_CARD, 0);
  g_object_set (card, "finding", fixture->finding, NULL);
  g_assert_true (gtk_widget_get_visible (card));
  g_assert_null (tl_tree_find_button (card, tl_fix_get_label (fix)));

  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (page);
}

static void
test_note (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct { const char *id; gboolean is_asked_for; } cases[] = {
    { "connect.ports-blocked", TRUE },
    { "auth.disabled", TRUE },
    { "auth.bad-credentials", FALSE },
  };
  GtkWidget *card = find_card (fixture);

  g_test_summary ("The note is the one the terminal prints, and stands out where it is asked for");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlFinding) finding = tl_finding_new (cases[i].id, TL_LANE_INCOMING, NULL);
      g_autofree char *note = tl_setup_dup_note_text (fixture->setup, finding);
      g_auto(GValue) copied = G_VALUE_INIT;
      GtkWidget *named;
      GtkWidget *icon = NULL;
      GtkWidget *button;
      GdkClipboard *clipboard = gtk_widget_get_clipboard (card);

      g_test_message ("%s", cases[i].id);
      g_object_set (card, "finding", finding, NULL);
      named = tl_tree_find_button (card, "Copy _Note");
      for (guint j = 0; (button = tl_tree_find (card, GTK_TYPE_BUTTON, j)) != NULL; j++)
        {
          if (g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (button)), "edit-copy-symbolic") == 0 &&
              tl_tree_is_shown (button, card))
            icon = button;
        }
      g_assert_cmpint (named != NULL, ==, cases[i].is_asked_for);
      g_assert_cmpint (icon == NULL, ==, cases[i].is_asked_for);

      g_signal_emit_by_name (named != NULL ? named : icon, "clicked");
      g_value_init (&copied, G_TYPE_STRING);
      g_assert_true (gdk_content_provider_get_value (gdk_clipboard_get_content (clipboard), &copied,
                                                     NULL));
      g_assert_cmpstr (g_value_get_string (&copied), ==, note);
    }
}

/* Two things that the pictures show, told by what is on the buttons. */
static void
test_scenes (void)
{
  static const struct
  {
    TlSceneLanes lanes;
    guint        nth;
    const char  *label;
    const char  *best;    /* the button of the first remedy */
  } cases[] = {
    { TL_SCENE_LANES_ENDPOINT, 0, "Use TLS on port 993",      "Use TLS on port 993" },
    { TL_SCENE_LANES_USER,     1, "Sign In as ‘ada’ Instead", "Change Pass_word" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlSetup) setup = tl_setup_new ();
      GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_LANES_PAGE, "setup", setup, NULL));
      GtkWidget *window = gtk_window_new ();

      gtk_window_set_child (GTK_WINDOW (window), page);
      tl_scene_test (setup, cases[i].lanes);
      for (guint j = 0; j < 2; j++)
        {
          GtkWidget *column = tl_tree_find (page, TL_TYPE_LANE_COLUMN, j);
          GtkWidget *button = tl_tree_find_button (column, cases[i].label);

          g_assert_cmpint (button != NULL, ==, j == cases[i].nth);
          if (button == NULL)
            continue;
          g_assert_cmpint (gtk_widget_has_css_class (button, "suggested-action"), ==,
                           g_str_equal (cases[i].best, cases[i].label));
          g_assert_true (gtk_widget_has_css_class (tl_tree_find_button (column, cases[i].best),
                                                   "suggested-action"));
        }

      gtk_window_destroy (GTK_WINDOW (window));
      g_assert_finalize_object (page);
    }
}

/* The button that starts with these words, whatever follows. */
static GtkWidget *
find_retry (GtkWidget *page)
{
  GtkWidget *column = tl_tree_find (page, TL_TYPE_LANE_COLUMN, 1);
  GtkWidget *button;

  for (guint i = 0; (button = tl_tree_find (column, GTK_TYPE_BUTTON, i)) != NULL; i++)
    {
      const char *label = gtk_button_get_label (GTK_BUTTON (button));

      if (label != NULL && g_str_has_prefix (label, "_Try Again") &&
          tl_tree_is_shown (button, column))
        return button;
    }

  return NULL;
}

static void
test_wait (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_LANES_PAGE, "setup", setup, NULL));
  GtkWidget *window = gtk_window_new ();
  const char *shown;
  GtkWidget *retry;
  GtkWidget *card;
  gint64 last_us;

  g_test_summary ("A server that asks to wait is asked again only then; the button says when");

  gtk_window_set_child (GTK_WINDOW (window), page);
  tl_scene_test (setup, TL_SCENE_LANES_THROTTLED);
  retry = find_retry (page);
  g_assert_nonnull (retry);
  g_assert_false (gtk_widget_get_sensitive (retry));
  shown = gtk_button_get_label (GTK_BUTTON (retry));
  g_assert_true (g_str_has_suffix (shown, "20:00") || g_str_has_suffix (shown, "19:59"));

  tl_scene_test_ago (setup, TL_SCENE_LANES_THROTTLED, 1198);
  retry = find_retry (page);
  g_assert_false (gtk_widget_get_sensitive (retry));
  last_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  while (!gtk_widget_get_sensitive (retry) && g_get_monotonic_time () < last_us)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_get_sensitive (retry));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (retry)), ==, "_Try Again");

  g_test_message ("a clock that runs ends with the page");
  tl_scene_test (setup, TL_SCENE_LANES_THROTTLED);
  card = gtk_widget_get_ancestor (find_retry (page), TL_TYPE_FINDING_CARD);
  g_assert_nonnull (g_main_context_find_source_by_user_data (NULL, card));
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_null (g_main_context_find_source_by_user_data (NULL, card));
  g_assert_finalize_object (page);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  ADD ("/ui/finding-card/fix/first", test_first);
  ADD ("/ui/finding-card/fix/one-lane", test_one_lane);
  ADD ("/ui/finding-card/fix/busy", test_busy);
  ADD ("/ui/finding-card/fix/gone", test_gone);
  ADD ("/ui/finding-card/fix/elsewhere", test_elsewhere);
  ADD ("/ui/finding-card/note", test_note);
  g_test_add_func ("/ui/finding-card/fix/scenes", test_scenes);
  g_test_add_func ("/ui/finding-card/wait", test_wait);

  return g_test_run ();
}
