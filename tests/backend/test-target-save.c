/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-save.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define SECRET "canary-part"

typedef struct
{
  const char *name;
  gboolean    are_secret;
  int         blocked;    /* which of the three is a folder already, or -1 */
  gboolean    is_old;     /* the first is there already */
  gboolean    is_saved;
  gboolean    is_left;    /* the first is there afterwards, with what was to be saved */
} SaveCase;

/* Half of the files with passwords are no use; what has none stays, as its old one is gone. */
static const SaveCase save_cases[] = {
  { .name = "secret/all",       .are_secret = TRUE,  .blocked = -1, .is_saved = TRUE,
    .is_left = TRUE },
  { .name = "secret/first",     .are_secret = TRUE,  .blocked = 0 },
  { .name = "secret/second",    .are_secret = TRUE,  .blocked = 1 },
  { .name = "secret/third",     .are_secret = TRUE,  .blocked = 2 },
  { .name = "secret/old",       .are_secret = TRUE,  .blocked = -1, .is_old = TRUE },
  { .name = "plain/all",        .are_secret = FALSE, .blocked = -1, .is_saved = TRUE,
    .is_left = TRUE },
  { .name = "plain/second",     .are_secret = FALSE, .blocked = 1, .is_left = TRUE },
  { .name = "plain/old",        .are_secret = FALSE, .blocked = -1, .is_old = TRUE,
    .is_saved = TRUE, .is_left = TRUE },
};

static void
test_save (gconstpointer data)
{
  const SaveCase *c = data;
  g_autofree char *folder = g_dir_make_tmp ("twolane-parts-XXXXXX", NULL);
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  GStatBuf facts;

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("part-%d.csv", i);

      g_ptr_array_add (parts, g_bytes_new_static (SECRET, strlen (SECRET)));
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
      if (i == c->blocked)
        g_assert_cmpint (g_mkdir (paths->pdata[i], 0700), ==, 0);
    }
  g_ptr_array_add (paths, NULL);
  if (c->is_old)
    g_assert_true (g_file_set_contents (paths->pdata[0], "old", -1, NULL));

  g_assert_cmpint (tl_target_save_sync (parts, (const char * const *) paths->pdata, c->are_secret,
                                        &error), ==, c->is_saved);
  g_assert_cmpint (error == NULL, ==, c->is_saved);

  if (g_file_get_contents (paths->pdata[0], &text, NULL, NULL))
    g_assert_cmpstr (text, ==, c->is_left ? SECRET : "old");
  g_assert_cmpint (text != NULL, ==, c->is_left || c->is_old);
  for (int i = 0; i < 3; i++)
    {
      gboolean is_there = g_stat (paths->pdata[i], &facts) == 0;

      if (c->is_saved || (c->are_secret && i != c->blocked && !c->is_old))
        g_assert_cmpint (is_there, ==, c->is_saved);
      if (is_there && c->is_saved && c->are_secret)
        g_assert_cmpint (facts.st_mode & 0777, ==, 0600);
      if (is_there && S_ISDIR (facts.st_mode))
        g_rmdir (paths->pdata[i]);
      else
        g_unlink (paths->pdata[i]);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (save_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target-save/P11/", save_cases[i].name, NULL);

      g_test_add_data_func (path, &save_cases[i], test_save);
    }

  return g_test_run ();
}
