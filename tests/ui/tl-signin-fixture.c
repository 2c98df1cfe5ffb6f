/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signin-fixture.h"

#include <string.h>

#include "tl-finding-card.h"
#include "tl-preferences.h"
#include "tl-secret-row.h"
#include "tl-signin-page.h"
#include "tl-tree.h"

#define FRAMES_MS 60

static void
on_open_url (TlSigninFixture *fixture,
             const char      *url)
{
  g_free (fixture->opened);
  fixture->opened = g_strdup (url);
}

void
tl_signin_fixture_set_up (TlSigninFixture *fixture,
                          gconstpointer    data)
{
  g_autoptr(GSimpleActionGroup) wizard = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) next = g_simple_action_new ("next", NULL);

  fixture->setup = tl_setup_new ();
  fixture->page = g_object_new (TL_TYPE_SIGNIN_PAGE, "setup", fixture->setup, NULL);
  g_object_ref_sink (fixture->page);
  fixture->window = gtk_window_new ();
  g_action_map_add_action (G_ACTION_MAP (wizard), G_ACTION (next));
  gtk_widget_insert_action_group (fixture->window, "wizard", G_ACTION_GROUP (wizard));
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_signal_connect_swapped (tl_setup_get_signin (fixture->setup), "open-url",
                            G_CALLBACK (on_open_url), fixture);
}

static gboolean
on_frame_drawn (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/* What was hidden while it had the focus is held by a window of GTK 4.8 until it is drawn, and for
 * good if it never is. */
void
tl_signin_fixture_draw (void)
{
  gboolean drawn = FALSE;

  g_timeout_add (FRAMES_MS, on_frame_drawn, &drawn);
  while (!drawn)
    g_main_context_iteration (NULL, TRUE);
}

/* What was typed is kept for every mailbox of the provider. */
static void
forget_clients (void)
{
  g_autoptr(GSettings) settings = tl_preferences_dup_settings ();

  g_settings_reset (settings, TL_PREFERENCES_CLIENTS_KEY);
}

void
tl_signin_fixture_tear_down (TlSigninFixture *fixture,
                             gconstpointer    data)
{
  g_signal_handlers_disconnect_by_func (tl_setup_get_signin (fixture->setup), on_open_url, fixture);
  tl_page_left (TL_PAGE (fixture->page));
  tl_signin_fixture_draw ();
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  /* The keyring takes a moment to let go of it. */
  while (G_OBJECT (fixture->page)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (fixture->page);
  g_object_unref (fixture->setup);
  g_clear_pointer (&fixture->opened, g_free);
  forget_clients ();
}

GtkWidget *
tl_signin_fixture_find (TlSigninFixture *fixture,
                        GType            type)
{
  return tl_tree_find (fixture->page, type, 0);
}

gboolean
tl_signin_fixture_shows (TlSigninFixture *fixture,
                         GType            type)
{
  return tl_tree_is_shown (tl_signin_fixture_find (fixture, type), fixture->page);
}

gboolean
tl_signin_fixture_has_button (TlSigninFixture *fixture,
                              const char      *label)
{
  return tl_tree_find_button (fixture->page, label) != NULL;
}

const char *
tl_signin_fixture_get_finding (TlSigninFixture *fixture)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *card = tl_tree_find (fixture->page, TL_TYPE_FINDING_CARD, i);
      g_autoptr(TlFinding) finding = NULL;

      if (card == NULL)
        return NULL;
      g_object_get (card, "finding", &finding, NULL);
      if (finding != NULL && tl_tree_is_shown (card, fixture->page))
        return tl_finding_get_id (finding);
    }
}

void
tl_signin_fixture_check_mnemonics (TlSigninFixture *fixture)
{
  tl_tree_check_mnemonics (fixture->page);
}

void
tl_signin_fixture_type (GtkWidget  *row,
                        const char *text)
{
  GtkEditable *entry = GTK_EDITABLE (tl_tree_find (row, GTK_TYPE_TEXT, 0));
  int position = 0;

  gtk_editable_insert_text (entry, text, -1, &position);
}

const char *
tl_signin_fixture_get_typed (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (tl_tree_find (row, GTK_TYPE_TEXT, 0)));
}

GtkWidget *
tl_signin_fixture_find_row (TlSigninFixture *fixture,
                            GType            type,
                            const char      *title)
{
  GtkWidget *row;

  for (guint i = 0; (row = tl_tree_find (fixture->page, type, i)) != NULL; i++)
    {
      if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title) == 0)
        return row;
    }
  g_assert_not_reached ();
}

GtkSwitch *
tl_signin_fixture_find_switch (TlSigninFixture *fixture,
                               const char      *title)
{
  return GTK_SWITCH (tl_tree_find (tl_signin_fixture_find_row (fixture, ADW_TYPE_ACTION_ROW, title), GTK_TYPE_SWITCH,
                                   0));
}

GtkWidget *
tl_signin_fixture_find_above (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }

  return NULL;
}
