/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every state that has a picture, in the narrowest window. */
#include "tl-application.h"
#include "tl-shots.h"

#define NARROW_PX 360

static TlShots stage;

static void
check_widths (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);
      int minimum;

      if (!gtk_widget_get_mapped (window))
        continue;
      gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, >, 0);
      g_assert_cmpint (minimum, <=, NARROW_PX);
    }
}

static void
destroy_above (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if (window != GTK_WINDOW (stage.window))
        gtk_window_destroy (window);
    }
}

static void
test_state (gconstpointer data)
{
  const TlShotsState *state = data;

  g_test_summary ("A narrow window shows all of it, with nothing cut off at its edge");

  tl_shots_start_over (&stage);
  state->enter (&stage);
  check_widths ();
  destroy_above ();
}

int
main (int   argc,
      char *argv[])
{
  static const TlShotsState * const lists[] = { tl_shots_states, tl_shots_signin_states,
                                         tl_shots_review_states,
                                         tl_shots_readiness_states };
  g_autoptr(TlApplication) application = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  application = tl_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_application_set_default (G_APPLICATION (application));
  stage.window = tl_window_new (GTK_APPLICATION (application));
  stage.setup = tl_window_get_setup (stage.window);
  gtk_window_set_default_size (GTK_WINDOW (stage.window), NARROW_PX, 720);
  gtk_window_present (GTK_WINDOW (stage.window));

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      for (const TlShotsState *state = lists[i]; state->name != NULL; state++)
        {
          g_autofree char *path = g_strconcat ("/ui/narrow/", state->name, NULL);

          g_test_add_data_func (path, state, test_state);
        }
    }
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (stage.window));

  return status;
}
