/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "tl-fuzz.h"

/* Runs a target over every file of a folder, in place of libFuzzer: the seeds,
 * and whatever a fuzzer once found.
 *
 * usage: fuzz-NAME FOLDER */

static void
test_file (gconstpointer data)
{
  g_autofree char *contents = NULL;
  g_autofree guint8 *exact = NULL;
  g_autoptr(GError) error = NULL;
  gsize len;

  g_file_get_contents (data, &contents, &len, &error);
  g_assert_no_error (error);

  /* Without the NUL that GLib puts behind it, so that a sanitizer sees the end. */
  exact = g_memdup2 (contents, MAX (len, 1));
  LLVMFuzzerTestOneInput (exact, len);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GDir) folder = NULL;
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);

  folder = g_dir_open (argv[1], 0, NULL);
  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *test = g_strconcat ("/fuzz/", name, NULL);
      char *path = g_build_filename (argv[1], name, NULL);

      g_ptr_array_add (paths, path);
      g_test_add_data_func (test, path, test_file);
    }
  g_assert_cmpuint (paths->len, >, 0);

  return g_test_run ();
}
