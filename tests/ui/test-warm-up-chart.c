/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart of a warm-up: where things are in it, and how days are chosen and changed. */
#include <adwaita.h>

#include "tl-setup.h"
#include "tl-ui.h"
#include "tl-warm-up-chart.h"

static void
test_scale (void)
{
  static const struct { guint most, tick, top; } cases[] = {
    { 0, 1, 1 },       { 1, 1, 1 },         { 4, 1, 4 },        { 5, 2, 6 },
    { 8, 2, 8 },       { 9, 5, 10 },        { 35, 10, 40 },     { 40, 10, 40 },
    { 41, 20, 60 },    { 100, 50, 100 },    { 1999, 500, 2000 }, { 1000000, 500000, 1000000 },
  };

  g_test_summary ("Lines are at round numbers, and the last of them is at or above all bars");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u", cases[i].most);
      g_assert_cmpuint (tl_warm_up_chart_get_tick (cases[i].most), ==, cases[i].tick);
      g_assert_cmpuint (tl_warm_up_chart_get_top (cases[i].most), ==, cases[i].top);
    }
}

static void
test_plot (void)
{
  static const struct { double x; int day, mirrored; } days[] = {
    { 19.9, -1, -1 }, { 20, 0, 9 }, { 29.9, 0, 9 }, { 30.1, 1, 8 }, { 119.9, 9, 0 },
    { 120, -1, -1 },
  };
  static const struct { double y; guint messages; } heights[] = {
    { 0, 50 }, { 10, 50 }, { 60, 25 }, { 109, 1 }, { 110, 0 }, { 300, 0 },
  };
  static const struct { guint day, messages; gboolean mirrored; float x, y, height; } bars[] = {
    { 0, 50, FALSE, 21, 10, 100 }, { 9, 25, FALSE, 111, 60, 50 }, { 0, 50, TRUE, 111, 10, 100 },
    { 3, 0, FALSE, 51, 109, 1 },
  };
  TlWarmUpPlot plot = {
    .left = 20, .top = 10, .width = 100, .height = 100, .n_days = 10, .scale = 50,
  };

  g_test_summary ("A place is a day and a number, in either direction of writing, and back");

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      plot.mirrored = FALSE;
      g_assert_cmpint (tl_warm_up_plot_find_day (&plot, days[i].x), ==, days[i].day);
      plot.mirrored = TRUE;
      g_assert_cmpint (tl_warm_up_plot_find_day (&plot, days[i].x), ==, days[i].mirrored);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (heights); i++)
    g_assert_cmpuint (tl_warm_up_plot_find_messages (&plot, heights[i].y), ==,
                      heights[i].messages);
  for (gsize i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      graphene_rect_t bar;

      plot.mirrored = bars[i].mirrored;
      tl_warm_up_plot_get_bar (&plot, bars[i].day, bars[i].messages, &bar);
      g_assert_cmpfloat_with_epsilon (bar.origin.x, bars[i].x, 0.001);
      g_assert_cmpfloat_with_epsilon (bar.origin.y, bars[i].y, 0.001);
      g_assert_cmpfloat_with_epsilon (bar.size.width, 8, 0.001);
      g_assert_cmpfloat_with_epsilon (bar.size.height, bars[i].height, 0.001);
    }
}

typedef struct
{
  TlSetup   *setup;
  GtkWidget *window;
  GtkWidget *chart;
} Fixture;

static TlSending *
get_sending (Fixture *fixture)
{
  return tl_setup_get_sending (fixture->setup);
}

static void
fixture_open (Fixture *fixture)
{
  fixture->setup = tl_setup_new ();
  fixture->chart = g_object_ref_sink (g_object_new (TL_TYPE_WARM_UP_CHART, "sending",
                                                    get_sending (fixture), NULL));
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->chart);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
fixture_close (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->chart);
  g_object_unref (fixture->setup);
}

static void
press (Fixture         *fixture,
       guint            key,
       GdkModifierType  state)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (fixture->chart);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean stop;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0u, state, &stop);
    }
}

static guint
get_selected (Fixture *fixture)
{
  guint selected = G_MAXUINT;

  g_object_get (fixture->chart, "selected", &selected, NULL);

  return selected;
}

static guint
get_messages (Fixture *fixture)
{
  g_autoptr(TlWarmUpDay) day = tl_warm_up_chart_dup_day (TL_WARM_UP_CHART (fixture->chart));

  return tl_warm_up_day_get_messages (day);
}

static void
test_choose (void)
{
  Fixture fixture;
  guint n_days;

  g_test_summary ("Arrow keys, Home and End choose a day, and none goes beyond the plan");

  fixture_open (&fixture);
  n_days = g_list_model_get_n_items (tl_sending_get_days (get_sending (&fixture)));
  g_assert_cmpuint (n_days, >, 5);
  g_assert_cmpuint (get_selected (&fixture), ==, 0);
  press (&fixture, GDK_KEY_Left, 0);
  g_assert_cmpuint (get_selected (&fixture), ==, 0);
  press (&fixture, GDK_KEY_Right, 0);
  press (&fixture, GDK_KEY_KP_Right, 0);
  g_assert_cmpuint (get_selected (&fixture), ==, 2);
  press (&fixture, GDK_KEY_End, 0);
  g_assert_cmpuint (get_selected (&fixture), ==, n_days - 1);
  press (&fixture, GDK_KEY_Right, 0);
  g_assert_cmpuint (get_selected (&fixture), ==, n_days - 1);
  press (&fixture, GDK_KEY_Home, 0);
  g_assert_cmpuint (get_selected (&fixture), ==, 0);
  press (&fixture, GDK_KEY_Right, GDK_ALT_MASK);
  g_assert_cmpuint (get_selected (&fixture), ==, 0);

  g_test_message ("the first day is on the right where one writes to the left");
  gtk_widget_set_direction (fixture.chart, GTK_TEXT_DIR_RTL);
  press (&fixture, GDK_KEY_Left, 0);
  g_assert_cmpuint (get_selected (&fixture), ==, 1);
  press (&fixture, GDK_KEY_Home, 0);
  g_assert_cmpuint (get_selected (&fixture), ==, 0);

  fixture_close (&fixture);
}

static void
test_change (void)
{
  Fixture fixture;
  gboolean edited = TRUE;
  guint before;

  g_test_summary ("The keys up and down change the chosen day and no other, and stop at none");

  fixture_open (&fixture);
  g_object_get (get_sending (&fixture), "is-edited", &edited, NULL);
  g_assert_false (edited);
  press (&fixture, GDK_KEY_Right, 0);
  before = get_messages (&fixture);
  press (&fixture, GDK_KEY_Up, 0);
  g_assert_cmpuint (get_messages (&fixture), ==, before + 1);
  press (&fixture, GDK_KEY_Page_Up, 0);
  g_assert_cmpuint (get_messages (&fixture), ==, before + 11);
  g_object_get (get_sending (&fixture), "is-edited", &edited, NULL);
  g_assert_true (edited);
  for (guint i = 0; i < 3; i++)
    press (&fixture, GDK_KEY_Page_Down, 0);
  g_assert_cmpuint (get_messages (&fixture), ==, 0);
  press (&fixture, GDK_KEY_Down, 0);
  g_assert_cmpuint (get_messages (&fixture), ==, 0);
  press (&fixture, GDK_KEY_Home, 0);
  g_assert_cmpuint (get_messages (&fixture), >, 0);

  tl_sending_reset_days (get_sending (&fixture));
  press (&fixture, GDK_KEY_Right, 0);
  g_assert_cmpuint (get_messages (&fixture), ==, before);

  fixture_close (&fixture);
}

static void
test_shorter (void)
{
  Fixture fixture;
  const guint days[] = { 5, 7, 9 };

  g_test_summary ("A plan that gets shorter takes the choice along, and the words follow");

  fixture_open (&fixture);
  press (&fixture, GDK_KEY_End, 0);
  g_assert_true (tl_sending_set_days (get_sending (&fixture), days, G_N_ELEMENTS (days), NULL));
  g_assert_cmpuint (get_selected (&fixture), ==, 2);
  g_assert_cmpuint (get_messages (&fixture), ==, 9);

  {
    g_autofree char *words = NULL;

    g_object_get (get_sending (&fixture), "days-text", &words, NULL);
    gtk_test_accessible_assert_role (fixture.chart, GTK_ACCESSIBLE_ROLE_IMG);
    gtk_test_accessible_assert_property (fixture.chart, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                         words);
  }

  fixture_close (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  g_test_add_func ("/ui/warm-up-chart/scale", test_scale);
  g_test_add_func ("/ui/warm-up-chart/plot", test_plot);
  g_test_add_func ("/ui/warm-up-chart/choose", test_choose);
  g_test_add_func ("/ui/warm-up-chart/change", test_change);
  g_test_add_func ("/ui/warm-up-chart/shorter", test_shorter);

  return g_test_run ();
}
