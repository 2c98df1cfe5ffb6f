/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What corpus/ holds is given to the JSON Schemas by tests/data/check-data: reader and schema must
 * agree. Why each bad file is refused stands in corpus/reasons.txt: one that is refused for another
 * reason would hide a check that is gone. */
#include <string.h>

#include "tl-error.h"
#include "tl-target-rule.h"
#include "tl-target.h"

/* The first words of the name say which reader. */
static gboolean
parse (const char  *file,
       const char  *text,
       gsize        len,
       GError     **error)
{
  g_autoptr(GPtrArray) rules = NULL;
  g_autoptr(TlTarget) target = NULL;

  if (g_str_has_prefix (file, "target-rules-"))
    {
      rules = tl_target_rules_parse (text, (gssize) len, error);
      return rules != NULL;
    }

  g_assert_true (g_str_has_prefix (file, "target-"));
  target = tl_target_parse (text, (gssize) len, error);

  return target != NULL;
}

/* A line is the name of a file, a tab, and what the reader says of it. */
static GHashTable *
read_reasons (void)
{
  GHashTable *reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "targets", "corpus", "reasons.txt",
                                                 NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      const char *tab = strchr (lines[i], '\t');

      g_assert_nonnull (tab);
      g_assert_true (g_hash_table_insert (reasons, g_strndup (lines[i], (gsize) (tab - lines[i])),
                                          g_strdup (tab + 1)));
    }

  return reasons;
}

static void
test_corpus (gconstpointer data)
{
  const char *folder = data;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "targets", "corpus", folder, NULL);
  g_autoptr(GHashTable) reasons = read_reasons ();
  gboolean good = g_str_equal (folder, "good");
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (path, 0, &error);
  const char *file;
  guint n = 0;

  g_assert_no_error (error);
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *full = g_build_filename (path, file, NULL);
      g_autofree char *text = NULL;
      gsize len;

      g_file_get_contents (full, &text, &len, &error);
      g_assert_no_error (error);

      g_test_message ("%s/%s", folder, file);
      g_assert_cmpint (parse (file, text, len, &error), ==, good);
      if (!good)
        {
          g_test_message ("%s\t%s", file, error->message);
          g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
          g_assert_cmpstr (error->message, ==, g_hash_table_lookup (reasons, file));
        }
      g_clear_error (&error);
      n++;
    }

  g_assert_cmpuint (n, >=, good ? 5 : 80);
  g_assert_cmpuint (n, ==, good ? n : g_hash_table_size (reasons));
}

/* Every target that is compiled in is taken, and says what it is for. */
static void
test_table (void)
{
  GPtrArray *targets = tl_targets_get_all ();

  g_assert_cmpuint (targets->len, >=, 36);
  for (guint i = 0; i < targets->len; i++)
    {
      TlTarget *target = g_ptr_array_index (targets, i);

      g_assert_true (tl_targets_find (tl_target_get_id (target)) == target);
      g_assert_cmpstr (tl_target_get_summary (target), !=, "");
      g_assert_cmpstr (tl_target_get_use (target, TL_LANE_INCOMING), !=, "");
      g_assert_cmpstr (tl_target_get_use (target, TL_LANE_OUTGOING), !=, "");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/targets/corpus/good", "good", test_corpus);
  g_test_add_data_func ("/targets/corpus/bad", "bad", test_corpus);
  g_test_add_func ("/targets/table", test_table);

  return g_test_run ();
}
