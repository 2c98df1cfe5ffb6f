/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "tl-adaptive-box.h"
#include "tl-address-page.h"
#include "tl-finding-card.h"
#include "tl-lane-card.h"
#include "tl-lane-column.h"
#include "tl-lane-strip.h"
#include "tl-lanes-page.h"
#include "tl-secret-row.h"
#include "tl-sentences.h"
#include "tl-servers-page.h"
#include "tl-signin-page.h"
#include "tl-ui.h"
#include "tl-window.h"
#include "tl-wrap-box.h"

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
test_labels (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *strip = g_object_ref_sink (g_object_new (TL_TYPE_LANE_STRIP,
                                                      "n-stops", 7u,
                                                      "position", 1u,
                                                      "stop-title", "Servers",
                                                      "setup", setup,
                                                      NULL));
  g_autofree char *words = tl_step_to_label (NULL, 1, 7, "Servers", TL_VERDICT_NOT_TESTED,
                                             TL_VERDICT_NOT_TESTED);
  g_autofree char *later = tl_step_to_label (NULL, 3, 7, "Servers", TL_VERDICT_NOT_TESTED,
                                             TL_VERDICT_NOT_TESTED);

  g_test_summary ("The strip is a picture, and is put into words that follow it");

  gtk_test_accessible_assert_role (strip, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (strip, GTK_ACCESSIBLE_PROPERTY_LABEL, words);
  g_object_set (strip, "position", 3u, NULL);
  gtk_test_accessible_assert_property (strip, GTK_ACCESSIBLE_PROPERTY_LABEL, later);

  g_assert_finalize_object (strip);
}

/* The first widget of a type, or a button with this label; %NULL when there is none. */
static GtkWidget *
find_widget (GtkWidget  *widget,
             GType       type,
             const char *label)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) &&
      (label == NULL || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *hit = find_widget (child, type, label);

      if (hit != NULL)
        return hit;
    }

  return NULL;
}

static GtkWidget *
find_entry (GtkWidget  *widget,
            const char *title)
{
  if (ADW_IS_ENTRY_ROW (widget) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *hit = find_entry (child, title);

      if (hit != NULL)
        return hit;
    }

  return NULL;
}

/* The finding's card is the last thing in the card of a lane. */
static GtkWidget *
find_below (GtkWidget *card)
{
  GtkWidget *below = gtk_widget_get_last_child (gtk_widget_get_first_child (card));

  g_assert_true (TL_IS_FINDING_CARD (below));

  return below;
}

static void
test_card (void)
{
  g_autoptr(TlLaneDraft) draft = tl_lane_draft_new (TL_LANE_OUTGOING);
  GtkWidget *card = g_object_ref_sink (g_object_new (TL_TYPE_LANE_CARD, "draft", draft, NULL));
  GtkWidget *finding = g_object_ref_sink (g_object_new (TL_TYPE_FINDING_CARD, NULL));
  g_autoptr(TlFinding) problem = tl_finding_new ("input.bad-port", TL_LANE_OUTGOING, NULL);
  GtkWidget *port_row;
  GtkWidget *below;
  guint port = 0;

  g_test_summary ("A card follows its draft, and a finding's card is there only with a finding");

  g_object_set (draft, "host", "smtp.example.org", "port", 0u, NULL);
  g_object_set (draft, "security", TL_SECURITY_STARTTLS, NULL);
  g_object_get (draft, "port", &port, NULL);
  g_assert_cmpuint (port, ==, 587);

  g_test_message ("what is wrong stands under its field, and below a closed card");
  port_row = find_entry (card, "P_ort");
  g_assert_false (gtk_widget_has_css_class (port_row, "error"));
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_next_sibling (port_row)));
  g_object_set (draft, "port", 0u, NULL);
  g_object_set (card, "expanded", TRUE, NULL);
  g_assert_true (gtk_widget_has_css_class (port_row, "error"));
  g_assert_true (gtk_widget_get_visible (gtk_widget_get_next_sibling (port_row)));
  gtk_test_accessible_assert_state (port_row, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  below = find_below (card);
  g_assert_false (gtk_widget_get_visible (below));
  g_object_set (card, "expanded", FALSE, NULL);
  g_assert_true (gtk_widget_get_visible (below));

  g_assert_false (gtk_widget_get_visible (finding));
  g_object_set (finding, "finding", problem, NULL);
  g_assert_true (gtk_widget_get_visible (finding));
  g_object_set (finding, "finding", NULL, NULL);
  g_assert_false (gtk_widget_get_visible (finding));

  g_assert_finalize_object (card);
  g_assert_finalize_object (finding);
}

static void
test_adaptive_box (void)
{
  GtkWidget *box = g_object_ref_sink (g_object_new (TL_TYPE_ADAPTIVE_BOX,
                                                    "threshold", 400,
                                                    "spacing", 10,
                                                    NULL));
  static const struct { int width, height; } cases[] = {
    { 399, 110 },     /* below the threshold: stacked */
    { 400, 50 },      /* side by side */
    { 1000, 50 },
  };

  g_test_summary ("Columns from the threshold on, a stack below it");

  for (int i = 0; i < 2; i++)
    {
      GtkWidget *child = gtk_drawing_area_new ();

      gtk_widget_set_size_request (child, 150, 50);
      gtk_widget_set_parent (child, box);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int height;

      gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, cases[i].width, &height, NULL, NULL,
                          NULL);
      g_assert_cmpint (height, ==, cases[i].height);
    }

  gtk_widget_set_size_request (gtk_widget_get_first_child (box), 300, 50);
  {
    int height;

    g_test_message ("a child too wide for its column");
    gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 500, &height, NULL, NULL, NULL);
    g_assert_cmpint (height, ==, 110);
  }

  g_assert_finalize_object (box);
}

static void
test_wrap_box (void)
{
  GtkWidget *box = g_object_ref_sink (g_object_new (TL_TYPE_WRAP_BOX, NULL));
  static const struct { int width, height; } cases[] = {
    { 300, 20 },      /* 90 + 6 + 90 + 6 + 90: all in a line */
    { 282, 20 },
    { 281, 46 },
    { 186, 46 },
    { 185, 72 },
    { 90, 72 },
  };
  int minimum;
  int natural;

  g_test_summary ("What does not fit goes to the next line, and what is hidden takes no room");

  for (int i = 0; i < 4; i++)
    {
      GtkWidget *child = gtk_drawing_area_new ();

      gtk_widget_set_size_request (child, 90, 20);
      gtk_widget_set_visible (child, i != 1);
      gtk_widget_set_parent (child, box);
    }

  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 90);
  g_assert_cmpint (natural, ==, 282);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int height;

      gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, cases[i].width, &height, NULL, NULL,
                          NULL);
      g_assert_cmpint (height, ==, cases[i].height);
    }

  g_assert_finalize_object (box);
}

static void
test_window (void)
{
  static const char * const phases[] = { "servers", "lanes", "mailbox", "sending", "hand-over",
                                       "sign-in" };
  TlWindow *window = tl_window_new (NULL);
  TlSetup *setup = tl_window_get_setup (window);
  GtkWidget *strip;
  GtkWidget *bar;
  GtkWidget *title;
  g_autoptr(GError) error = NULL;

  g_test_summary ("The wizard can be walked through, started over and let go");

  g_object_ref (window);
  gtk_window_present (GTK_WINDOW (window));
  strip = find_widget (GTK_WIDGET (window), TL_TYPE_LANE_STRIP, NULL);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (strip),
                                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  g_assert_nonnull (gtk_widget_get_tooltip_text (strip));
  g_assert_true (tl_setup_practise (setup, TL_PRACTICE_ALL_WELL, &error));
  g_assert_no_error (error);

  g_test_message ("an address that is cut is told whole");
  bar = find_widget (GTK_WIDGET (window), ADW_TYPE_HEADER_BAR, NULL);
  title = adw_header_bar_get_title_widget (ADW_HEADER_BAR (bar));
  g_assert_cmpint (gtk_label_get_ellipsize (GTK_LABEL (title)), ==, PANGO_ELLIPSIZE_END);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (title), ==,
                   tl_address_get_addr_spec (tl_setup_get_address (setup)));

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

static gboolean
on_patience_lost (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
test_back_and_forth (void)
{
  TlWindow *window = tl_window_new (NULL);
  TlSetup *setup = tl_window_get_setup (window);
  g_autoptr(GError) error = NULL;
  gboolean tested = FALSE;
  gboolean lost = FALSE;
  guint patience = g_timeout_add (10000, on_patience_lost, &lost);

  g_test_summary ("Back and forward again before the old test has stopped tests anew");

  g_assert_true (tl_setup_practise (setup, TL_PRACTICE_ALL_WELL, &error));
  gtk_widget_activate_action (GTK_WIDGET (window), "wizard.go-to", "s", "lanes");
  gtk_widget_activate_action (GTK_WIDGET (window), "wizard.go-to", "s", "sign-in");
  gtk_widget_activate_action (GTK_WIDGET (window), "wizard.go-to", "s", "lanes");
  while (!tested && !lost)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (setup, "tested", &tested, NULL);
    }
  g_assert_true (tested);

  g_source_remove (patience);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
run_until (TlSetup    *setup,
           const char *property,
           gboolean    wanted)
{
  gboolean value = !wanted;
  gboolean lost = FALSE;
  guint patience = g_timeout_add (10000, on_patience_lost, &lost);

  for (;;)
    {
      g_object_get (setup, property, &value, NULL);
      if (value == wanted || lost)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpint (value, ==, wanted);
  if (!lost)
    g_source_remove (patience);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static TlLaneReport *
get_report (TlSetup    *setup,
            TlLaneKind  lane)
{
  return tl_lane_run_get_report (tl_setup_get_run (setup, lane));
}

static void
test_lanes_page (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_LANES_PAGE, "setup", setup, NULL));
  g_autoptr(TlLaneReport) incoming = NULL;
  g_autoptr(TlLaneReport) outgoing = NULL;
  gboolean testing = TRUE;

  g_test_summary ("The page tests what was not tested, again only when asked, and then only that");

  g_assert_true (tl_setup_practise (setup, TL_PRACTICE_ALL_WELL, NULL));
  tl_page_entered (TL_PAGE (page));
  g_object_get (setup, "testing", &testing, NULL);
  g_assert_true (testing);
  run_until (setup, "testing", FALSE);
  run_until (setup, "ready", TRUE);
  incoming = tl_lane_report_ref (get_report (setup, TL_LANE_INCOMING));
  outgoing = tl_lane_report_ref (get_report (setup, TL_LANE_OUTGOING));

  g_test_message ("a green pair stands");
  tl_page_left (TL_PAGE (page));
  tl_page_entered (TL_PAGE (page));
  g_object_get (setup, "testing", &testing, NULL);
  g_assert_false (testing);
  g_assert_true (get_report (setup, TL_LANE_INCOMING) == incoming);

  g_test_message ("one lane again");
  gtk_widget_activate_action (page, "page.retry", "s", "outgoing");
  run_until (setup, "testing", FALSE);
  g_assert_true (get_report (setup, TL_LANE_INCOMING) == incoming);
  g_assert_true (get_report (setup, TL_LANE_OUTGOING) != outgoing);
  g_assert_nonnull (get_report (setup, TL_LANE_OUTGOING));

  g_assert_finalize_object (page);
}

static void
test_lanes_page_stopped (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_LANES_PAGE, "setup", setup, NULL));
  GtkWidget *actions = gtk_widget_get_parent (tl_page_get_next_button (TL_PAGE (page)));
  GtkWidget *cancel = find_widget (actions, GTK_TYPE_BUTTON, "_Cancel");
  gint64 began_us;

  g_test_summary ("Cancel stops the test and so does leaving; what was stopped is tested on return");

  /* The silent port takes seconds to be given up. */
  g_assert_true (tl_setup_practise (setup, TL_PRACTICE_PORT_BLOCKED, NULL));
  g_assert_nonnull (cancel);

  for (guint i = 0; i < 2; i++)
    {
      tl_page_entered (TL_PAGE (page));
      run_until (setup, "testing", TRUE);
      began_us = g_get_monotonic_time ();
      if (i == 0)
        g_signal_emit_by_name (cancel, "clicked");
      else
        tl_page_left (TL_PAGE (page));
      run_until (setup, "testing", FALSE);
      g_assert_cmpint (g_get_monotonic_time () - began_us, <, G_USEC_PER_SEC);
      g_assert_null (get_report (setup, TL_LANE_OUTGOING));
    }

  g_assert_finalize_object (page);
}

static void
test_password_forgotten (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_SIGNIN_PAGE, "setup", setup, NULL));
  GtkWidget *row = find_widget (page, TL_TYPE_SECRET_ROW, NULL);
  GtkWidget *text = find_widget (row, GTK_TYPE_TEXT, NULL);
  gboolean has_secret = TRUE;
  gboolean filled = FALSE;
  int position = 0;

  g_test_summary ("What was typed for one address is not handed to the next");

  tl_setup_set_address_text (setup, "ada@example.org");
  gtk_editable_insert_text (GTK_EDITABLE (text), "swordfish", -1, &position);
  g_object_get (row, "filled", &filled, NULL);
  g_assert_true (filled);

  tl_setup_set_address_text (setup, "bob@example.org");
  g_object_get (row, "filled", &filled, NULL);
  g_assert_false (filled);
  g_assert_true (tl_page_advance (TL_PAGE (page)));
  g_object_get (setup, "has-secret", &has_secret, NULL);
  g_assert_false (has_secret);

  position = 0;
  gtk_editable_insert_text (GTK_EDITABLE (text), "swordfish", -1, &position);
  g_assert_true (tl_page_advance (TL_PAGE (page)));
  g_object_get (setup, "has-secret", &has_secret, NULL);
  g_assert_true (has_secret);

  g_assert_finalize_object (page);
}

static void
assert_cards (GtkWidget *page,
              gboolean   expanded)
{
  GtkWidget *card = find_widget (page, TL_TYPE_LANE_CARD, NULL);

  g_assert_nonnull (card);
  for (; card != NULL; card = gtk_widget_get_next_sibling (card))
    {
      gboolean value = !expanded;

      g_object_get (card, "expanded", &value, NULL);
      g_assert_cmpint (value, ==, expanded);
    }
}

static void
test_servers_by_hand (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_SERVERS_PAGE, "setup", setup, NULL));
  GtkWidget *button = find_widget (page, GTK_TYPE_BUTTON, "Set Up by _Hand");
  gboolean by_hand = TRUE;
  gboolean discovering = FALSE;

  g_test_summary ("By hand stops the search and opens the cards, and is a wish about one address");

  gtk_window_set_child (GTK_WINDOW (window), page);
  tl_setup_set_address_text (setup, "ada@nowhere.invalid");
  tl_page_entered (TL_PAGE (page));
  g_object_get (setup, "discovering", &discovering, NULL);
  g_assert_true (discovering);
  assert_cards (page, FALSE);

  g_signal_emit_by_name (button, "clicked");
  g_object_get (page, "by-hand", &by_hand, NULL);
  g_assert_true (by_hand);
  assert_cards (page, TRUE);
  run_until (setup, "discovering", FALSE);

  tl_setup_set_address_text (setup, "bob@nowhere.invalid");
  g_object_get (page, "by-hand", &by_hand, NULL);
  g_assert_false (by_hand);

  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (page);
}

static void
test_servers_found (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_SERVERS_PAGE, "setup", setup, NULL));

  g_test_summary ("A card is open where nothing was found, and closed where something was");

  gtk_window_set_child (GTK_WINDOW (window), page);
  g_assert_true (tl_setup_practise (setup, TL_PRACTICE_ALL_WELL, NULL));
  tl_page_entered (TL_PAGE (page));
  assert_cards (page, FALSE);

  tl_lane_draft_propose (tl_setup_get_draft (setup, TL_LANE_INCOMING), NULL);
  tl_lane_draft_propose (tl_setup_get_draft (setup, TL_LANE_OUTGOING), NULL);
  tl_page_entered (TL_PAGE (page));
  assert_cards (page, TRUE);

  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (page);
}

static GtkWidget *
find_mapped_card (GtkWidget *widget)
{
  if (TL_IS_FINDING_CARD (widget) && gtk_widget_get_mapped (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *hit = find_mapped_card (child);

      if (hit != NULL)
        return hit;
    }

  return NULL;
}

static gboolean
is_in_view (GtkWidget *child,
            GtkWidget *view)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (child, view, &bounds) && bounds.size.height > 0 &&
         bounds.origin.y >= 0 && bounds.origin.y < gtk_widget_get_height (view) / 2;
}

static void
test_failure_in_view (void)
{
  TlWindow *window = tl_window_new (NULL);
  TlSetup *setup = tl_window_get_setup (window);
  GtkWidget *view = NULL;
  GtkWidget *card = NULL;
  gboolean lost = FALSE;
  guint patience = g_timeout_add (10000, on_patience_lost, &lost);

  g_test_summary ("Once a lane has failed, its finding is scrolled to, in the smallest window");

  gtk_window_set_default_size (GTK_WINDOW (window), 360, 460);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (tl_setup_practise (setup, TL_PRACTICE_WRONG_PASSWORD, NULL));
  gtk_widget_activate_action (GTK_WIDGET (window), "wizard.go-to", "s", "lanes");
  run_until (setup, "tested", TRUE);
  while (!lost && (card == NULL || !is_in_view (card, view)))
    {
      g_main_context_iteration (NULL, TRUE);
      view = find_widget (GTK_WIDGET (tl_window_get_page (window)), GTK_TYPE_SCROLLED_WINDOW, NULL);
      card = find_mapped_card (find_widget (view, TL_TYPE_LANE_COLUMN, NULL));
    }
  g_assert_false (lost);

  g_source_remove (patience);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_practice_password (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  GtkWidget *page = g_object_ref_sink (g_object_new (TL_TYPE_SIGNIN_PAGE, "setup", setup, NULL));
  GtkWidget *row = find_widget (page, TL_TYPE_SECRET_ROW, NULL);

  g_test_summary ("In practice there is nothing to type, and the way on is open");

  g_assert_true (gtk_widget_get_visible (row));
  g_assert_true (tl_setup_practise (setup, TL_PRACTICE_ALL_WELL, NULL));
  g_assert_false (gtk_widget_get_visible (row));
  g_assert_true (tl_page_get_can_advance (TL_PAGE (page)));

  g_assert_finalize_object (page);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  g_test_add_func ("/ui/page/address/advance", test_address_page);

  g_test_add_func ("/ui/page/lanes/tests", test_lanes_page);
  g_test_add_func ("/ui/page/lanes/stopped", test_lanes_page_stopped);
  g_test_add_func ("/ui/page/lanes/failure-in-view", test_failure_in_view);
  g_test_add_func ("/ui/page/sign-in/practice", test_practice_password);
  g_test_add_func ("/ui/page/servers/by-hand", test_servers_by_hand);
  g_test_add_func ("/ui/page/servers/found", test_servers_found);
  g_test_add_func ("/ui/page/sign-in/password-forgotten", test_password_forgotten);

  g_test_add_func ("/ui/labels", test_labels);
  g_test_add_func ("/ui/card", test_card);
  g_test_add_func ("/ui/adaptive-box", test_adaptive_box);
  g_test_add_func ("/ui/wrap-box", test_wrap_box);
  g_test_add_func ("/ui/window", test_window);
  g_test_add_func ("/ui/back-and-forth", test_back_and_forth);

  return g_test_run ();
}
