/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-preferences-window.h"

#include "tl-preferences.h"
#include "tl-ui.h"

#define DEFAULT_URL "https://v1.ispdb.net/"

static GtkWidget *
find_row (GtkWidget *widget)
{
  if (ADW_IS_ENTRY_ROW (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *hit = find_row (child);

      if (hit != NULL)
        return hit;
    }

  return NULL;
}

static void
assert_kept (GSettings  *settings,
             const char *directory)
{
  g_autofree char *kept = g_settings_get_string (settings, TL_PREFERENCES_DIRECTORY_KEY);

  g_assert_cmpstr (kept, ==, directory);
}

typedef struct
{
  const char *name;
  const char *typed;
  const char *kept;    /* NULL: refused, and what was there stays */
} DirectoryCase;

static const DirectoryCase directory_cases[] = {
  { "as-it-is",   "https://directory.test/v1/", "https://directory.test/v1/" },
  { "slash",      "https://directory.test",     "https://directory.test/" },
  { "plain-http", "http://directory.test/",     NULL },
  { "no-url",     "directory.test",             NULL },
  { "query",      "https://directory.test/?q=", NULL },
  { "empty",      "",                           NULL },
};

static void
test_directory (gconstpointer data)
{
  const DirectoryCase *c = data;
  g_autoptr(GSettings) settings = tl_preferences_dup_settings ();
  GtkWindow *window;
  GtkWidget *row;
  gboolean refused = FALSE;

  g_test_summary ("A directory is kept when it is applied and can be one; else it is said at once");

  g_settings_reset (settings, TL_PREFERENCES_DIRECTORY_KEY);
  window = GTK_WINDOW (tl_preferences_window_new (NULL, settings));
  row = find_row (GTK_WIDGET (window));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, DEFAULT_URL);

  gtk_editable_set_text (GTK_EDITABLE (row), c->typed);
  assert_kept (settings, DEFAULT_URL);
  g_signal_emit_by_name (row, "apply");
  assert_kept (settings, c->kept != NULL ? c->kept : DEFAULT_URL);
  g_object_get (window, "refused", &refused, NULL);
  g_assert_cmpint (refused, ==, c->kept == NULL);
  g_assert_cmpint (gtk_widget_has_css_class (row, "error"), ==, c->kept == NULL);
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_INVALID,
                                    refused ? GTK_ACCESSIBLE_INVALID_TRUE
                                            : GTK_ACCESSIBLE_INVALID_FALSE);

  gtk_editable_set_text (GTK_EDITABLE (row), "https://");
  g_object_get (window, "refused", &refused, NULL);
  g_assert_false (refused);

  g_object_ref (window);
  gtk_window_destroy (window);
  g_assert_finalize_object (window);
}

static void
test_off (void)
{
  g_autoptr(GSettings) settings = tl_preferences_dup_settings ();
  GtkWindow *window;
  GtkWidget *row;
  gboolean asks = FALSE;

  g_test_summary ("Off asks nobody, and keeps what is in the row for when it is on again");

  g_settings_set_string (settings, TL_PREFERENCES_DIRECTORY_KEY, "https://directory.test/");
  window = GTK_WINDOW (tl_preferences_window_new (NULL, settings));
  row = find_row (GTK_WIDGET (window));
  g_object_get (window, "asks-directory", &asks, NULL);
  g_assert_true (asks);
  g_assert_true (gtk_widget_get_sensitive (row));

  g_object_set (window, "asks-directory", FALSE, NULL);
  assert_kept (settings, "");
  g_assert_false (gtk_widget_get_sensitive (row));
  g_object_set (window, "asks-directory", TRUE, NULL);
  assert_kept (settings, "https://directory.test/");

  g_test_message ("opened again while it is off: the usual one is offered");
  g_object_set (window, "asks-directory", FALSE, NULL);
  gtk_window_destroy (window);
  window = GTK_WINDOW (tl_preferences_window_new (NULL, settings));
  g_object_get (window, "asks-directory", &asks, NULL);
  g_assert_false (asks);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (GTK_WIDGET (window)))), ==,
                   DEFAULT_URL);
  gtk_window_destroy (window);
}

static void
test_not_installed (void)
{
  g_autoptr(GSettings) settings = tl_preferences_dup_settings ();
  GtkWindow *window;
  GtkWidget *row;
  gboolean asks = FALSE;
  gboolean kept = TRUE;

  g_test_summary ("Where there are no settings, what is done is shown and nothing can be changed");

  /* Here there are some all the same, which are what is done. */
  g_settings_reset (settings, TL_PREFERENCES_DIRECTORY_KEY);
  window = GTK_WINDOW (tl_preferences_window_new (NULL, NULL));
  row = find_row (GTK_WIDGET (window));

  g_object_get (window, "asks-directory", &asks, "kept", &kept, NULL);
  g_assert_false (kept);
  g_assert_true (asks);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, DEFAULT_URL);
  g_assert_false (gtk_widget_get_sensitive (row));
  g_object_set (window, "asks-directory", FALSE, NULL);
  g_object_get (window, "asks-directory", &asks, NULL);
  g_assert_true (asks);

  g_object_ref (window);
  gtk_window_destroy (window);
  g_assert_finalize_object (window);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (directory_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/preferences/directory/", directory_cases[i].name,
                                           NULL);

      g_test_add_data_func (path, &directory_cases[i], test_directory);
    }
  g_test_add_func ("/ui/preferences/off", test_off);
  g_test_add_func ("/ui/preferences/not-installed", test_not_installed);

  return g_test_run ();
}
