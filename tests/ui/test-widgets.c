/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "tl-adaptive-box.h"
#include "tl-address-page.h"
#include "tl-finding-card.h"
#include "tl-handover-page.h"
#include "tl-lane-card.h"
#include "tl-lane-column.h"
#include "tl-lane-line.h"
#include "tl-lane-strip.h"
#include "tl-lanes-page.h"
#include "tl-note-view.h"
#include "tl-secret-row.h"
#include "tl-servers-page.h"
#include "tl-signin-page.h"
#include "tl-source-view.h"
#include "tl-stage-view.h"
#include "tl-time-axis.h"
#include "tl-ui.h"
#include "tl-window.h"

typedef struct
{
  const char *name;
  GType     (*get_type) (void);
} TypeCase;

static const TypeCase widget_cases[] = {
  { "adaptive-box", tl_adaptive_box_get_type },
  { "finding-card", tl_finding_card_get_type },
  { "lane-card",    tl_lane_card_get_type },
  { "lane-column",  tl_lane_column_get_type },
  { "lane-line",    tl_lane_line_get_type },
  { "lane-strip",   tl_lane_strip_get_type },
  { "note-view",    tl_note_view_get_type },
  { "secret-row",   tl_secret_row_get_type },
  { "source-view",  tl_source_view_get_type },
  { "stage-view",   tl_stage_view_get_type },
  { "time-axis",    tl_time_axis_get_type },
};

static const TypeCase page_cases[] = {
  { "address",   tl_address_page_get_type },
  { "hand-over", tl_handover_page_get_type },
  { "lanes",     tl_lanes_page_get_type },
  { "servers",   tl_servers_page_get_type },
  { "sign-in",   tl_signin_page_get_type },
};

static void
test_widget (gconstpointer data)
{
  const TypeCase *c = data;
  GtkWidget *widget;

  g_test_summary ("A widget that is made and let go leaves nothing behind");

  widget = g_object_ref_sink (g_object_new (c->get_type (), NULL));
  g_assert_finalize_object (widget);
}

static void
test_page (gconstpointer data)
{
  const TypeCase *c = data;
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (c->get_type (), "setup", setup, NULL));

  g_assert_true (tl_page_get_setup (TL_PAGE (page)) == setup);
  g_assert_nonnull (tl_page_get_title (TL_PAGE (page)));
  g_assert_false (tl_page_get_can_advance (TL_PAGE (page)));
  g_assert_true (GTK_IS_BUTTON (tl_page_get_next_button (TL_PAGE (page))));

  g_assert_finalize_object (page);
}

static void
test_address_page (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_ADDRESS_PAGE, "setup", setup, NULL));

  g_test_summary ("An address that can be one opens the way on, and closes it again");

  tl_setup_set_address_text (setup, "ada@example.org");
  g_assert_true (tl_page_get_can_advance (TL_PAGE (page)));
  tl_setup_set_address_text (setup, "ada");
  g_assert_false (tl_page_get_can_advance (TL_PAGE (page)));

  g_assert_finalize_object (page);
}

static void
test_used_page (gconstpointer data)
{
  const TypeCase *c = data;
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (c->get_type (), "setup", setup, NULL));
  g_autoptr(GError) error = NULL;

  g_test_summary ("A page that has followed its set-up for a while lets go of it all the same");

  tl_setup_set_address_text (setup, "ada@example.org");
  g_assert_true (tl_setup_practise (setup, TL_PRACTICE_ALL_WELL, &error));
  g_assert_no_error (error);
  tl_setup_start_over (setup);

  g_assert_finalize_object (page);
}

static void
test_window (void)
{
  static const char * const phases[] = { "servers", "lanes", "hand-over", "sign-in" };
  TlWindow *window = tl_window_new (NULL);
  TlSetup *setup = tl_window_get_setup (window);
  g_autoptr(GError) error = NULL;

  g_test_summary ("The wizard can be walked through, started over and let go");

  g_object_ref (window);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (tl_setup_practise (setup, TL_PRACTICE_ALL_WELL, &error));
  g_assert_no_error (error);

  for (gsize i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      g_test_message ("%s", phases[i]);
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "wizard.go-to", "s",
                                                 phases[i]));
      while (g_main_context_iteration (NULL, FALSE))
        continue;
      if (g_str_equal (phases[i], "lanes"))
        gtk_widget_activate_action (GTK_WIDGET (window), "wizard.back", NULL);
    }

  gtk_widget_activate_action (GTK_WIDGET (window), "wizard.start-over", NULL);
  g_assert_true (TL_IS_ADDRESS_PAGE (tl_window_get_page (window)));
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (window);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (widget_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/widget/", widget_cases[i].name, NULL);

      g_test_add_data_func (path, &widget_cases[i], test_widget);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (page_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/page/", page_cases[i].name, NULL);

      g_test_add_data_func (path, &page_cases[i], test_page);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (page_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/page/", page_cases[i].name, "/used", NULL);

      g_test_add_data_func (path, &page_cases[i], test_used_page);
    }
  g_test_add_func ("/ui/page/address/advance", test_address_page);

  g_test_add_func ("/ui/window", test_window);

  return g_test_run ();
}
