/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-preferences.h"

#include "tl-discovery.h"
#include "tl-error.h"
#include "tl-setup.h"

typedef struct
{
  const char *name;
  const char *url;
  const char *checked; /* NULL: refused */
} DirectoryCase;

static const DirectoryCase directory_cases[] = {
  { "default", TL_DISCOVERY_DIRECTORY, TL_DISCOVERY_DIRECTORY },
  { "none", "", "" },
  { "slash-added", "https://directory.test/v1.1", "https://directory.test/v1.1/" },
  { "scheme-shouted", "HTTPS://directory.test/v1.1/", "https://directory.test/v1.1/" },
  { "port", "https://directory.test:8443/", "https://directory.test:8443/" },

  { "http", "http://directory.test/", NULL },
  { "no-scheme", "directory.test", NULL },
  { "file", "file:///etc/", NULL },
  { "no-host", "https:///v1.1/", NULL },
  { "user", "https://ada@directory.test/", NULL },
  { "query", "https://directory.test/?q=", NULL },
  { "fragment", "https://directory.test/#", NULL },
  { "control", "https://directory.test/\n", NULL },
  { "blank", " ", NULL },
};

static void
test_directory (gconstpointer data)
{
  const DirectoryCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *checked = tl_preferences_check_directory (c->url, &error);

  g_assert_cmpstr (checked, ==, c->checked);
  if (c->checked == NULL)
    g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  else
    g_assert_no_error (error);
}

static void
test_default (void)
{
  g_autoptr(GSettings) settings = tl_preferences_dup_settings ();
  g_autofree char *directory = tl_preferences_dup_directory ();

  g_test_summary ("What the schema says and what the program says without it are one");

  g_assert_nonnull (settings);
  g_assert_cmpstr (directory, ==, TL_DISCOVERY_DIRECTORY);
}

static void
test_followed (void)
{
  g_autoptr(GSettings) settings = tl_preferences_dup_settings ();
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autofree char *preferred = NULL;
  g_autofree char *own = NULL;

  g_test_summary ("A set-up follows the preference until it is told otherwise");

  g_settings_set_string (settings, TL_PREFERENCES_DIRECTORY_KEY, "https://a.test/");
  g_object_get (setup, "directory-url", &preferred, NULL);
  g_object_set (setup, "directory-url", "", NULL);
  g_object_get (setup, "directory-url", &own, NULL);
  g_settings_reset (settings, TL_PREFERENCES_DIRECTORY_KEY);

  g_assert_cmpstr (preferred, ==, "https://a.test/");
  g_assert_cmpstr (own, ==, "");
}

static void
test_without_schema (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *directory = tl_preferences_dup_directory ();

      g_assert_null (tl_preferences_dup_settings ());
      g_assert_cmpstr (directory, ==, TL_DISCOVERY_DIRECTORY);
      return;
    }

  g_test_summary ("A program that was built and not installed runs with the defaults");

  /* Read by GLib once, before the first schema is looked up. */
  g_setenv ("GSETTINGS_SCHEMA_DIR", "/nonexistent", TRUE);
  g_setenv ("XDG_DATA_DIRS", "/nonexistent", TRUE);
  g_setenv ("XDG_DATA_HOME", "/nonexistent", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (directory_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/preferences/directory/", directory_cases[i].name, NULL);

      g_test_add_data_func (path, &directory_cases[i], test_directory);
    }
  g_test_add_func ("/preferences/default", test_default);
  g_test_add_func ("/preferences/followed", test_followed);
  g_test_add_func ("/preferences/without-schema", test_without_schema);

  return g_test_run ();
}
