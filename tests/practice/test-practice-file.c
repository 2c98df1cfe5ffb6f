/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tl-error.h"

typedef struct
{
  TlPractice *practice;
  char       *folder;
  char       *path;
} Fixture;

static void
fixture_init (Fixture *self)
{
  g_autoptr(GError) error = NULL;

  self->practice = tl_practice_start (TL_PRACTICE_ALL_WELL, &error);
  g_assert_no_error (error);
  self->folder = g_build_filename (g_get_user_runtime_dir (), "twolane", NULL);
  self->path = g_build_filename (self->folder, "practice.json", NULL);
}

static void
fixture_clear (Fixture *self)
{
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->path, g_free);
}

static void
write_file (Fixture *self)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (tl_practice_file_write (self->practice, &error));
  g_assert_no_error (error);
}

static void
check_refused (TlError code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPracticeFile) file = tl_practice_file_read (&error);

  g_assert_error (error, TL_ERROR, (int) code);
  g_assert_null (file);
}

static void
test_round_trip (void)
{
  g_autoptr(TlPracticeFile) file = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  struct stat info;
  Fixture fixture;

  fixture_init (&fixture);
  write_file (&fixture);
  g_assert_cmpint (stat (fixture.path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (fixture.path, &text, NULL, NULL));
  g_assert_null (strstr (text, "PRIVATE"));

  file = tl_practice_file_read (&error);
  g_assert_no_error (error);
  g_assert_cmpuint (tl_practice_file_get_incoming_port (file), ==,
                    tl_practice_get_incoming_port (fixture.practice));
  g_assert_cmpuint (tl_practice_file_get_outgoing_port (file), ==,
                    tl_practice_get_outgoing_port (fixture.practice));
  g_assert_cmpstr (tl_practice_file_get_ca_pem (file), ==,
                   tl_practice_get_ca_pem (fixture.practice));

  tl_practice_file_remove (fixture.practice);
  check_refused (TL_ERROR_NOT_FOUND);
  fixture_clear (&fixture);
}

static void
test_missing (void)
{
  check_refused (TL_ERROR_NOT_FOUND);
}

static void
test_modes (void)
{
  Fixture fixture;

  fixture_init (&fixture);
  write_file (&fixture);

  g_assert_cmpint (g_chmod (fixture.path, 0640), ==, 0);
  check_refused (TL_ERROR_REFUSED);
  g_assert_cmpint (g_chmod (fixture.path, 0602), ==, 0);
  check_refused (TL_ERROR_REFUSED);
  g_assert_cmpint (g_chmod (fixture.path, 0600), ==, 0);
  g_assert_cmpint (g_chmod (fixture.folder, 0770), ==, 0);
  check_refused (TL_ERROR_REFUSED);
  fixture_clear (&fixture);
}

static void
test_owner (void)
{
  Fixture fixture;

  if (geteuid () != 0)
    {
      g_test_skip ("only root can give a file away");
      return;
    }

  fixture_init (&fixture);
  write_file (&fixture);
  g_assert_cmpint (chown (fixture.path, 65534, 65534), ==, 0);
  check_refused (TL_ERROR_REFUSED);
  fixture_clear (&fixture);
}

static void
test_symlink (void)
{
  g_autofree char *elsewhere = g_build_filename (g_get_user_runtime_dir (), "elsewhere.json", NULL);
  Fixture fixture;

  fixture_init (&fixture);
  write_file (&fixture);
  g_assert_cmpint (g_rename (fixture.path, elsewhere), ==, 0);
  g_assert_cmpint (symlink (elsewhere, fixture.path), ==, 0);
  check_refused (TL_ERROR_REFUSED);
  g_unlink (elsewhere);
  fixture_clear (&fixture);
}

static void
test_fifo (void)
{
  Fixture fixture;

  g_test_summary ("A pipe is refused for what it is, and not waited for");

  fixture_init (&fixture);
  write_file (&fixture);
  g_assert_cmpint (g_unlink (fixture.path), ==, 0);
  g_assert_cmpint (mkfifo (fixture.path, 0600), ==, 0);
  check_refused (TL_ERROR_REFUSED);
  fixture_clear (&fixture);
}

typedef struct
{
  const char *name;
  const char *text;
  gboolean    is_good;
} DamageCase;

#define DOCUMENT(ca, format, incoming, outgoing, version) \
  "{\n  \"ca_pem\": \"" ca "\",\n  \"format\": \"" format "\",\n  \"incoming_port\": " incoming \
  ",\n  \"outgoing_port\": " outgoing ",\n  \"version\": " version "\n}\n"

static const DamageCase damage_cases[] = {
  { "empty", "" },
  { "not-json", "ports: 1 2" },
  { "good-but-for-the-certificate", DOCUMENT ("", "twolane-practice", "1", "2", "1"), TRUE },
  { "other-format", DOCUMENT ("", "x", "1", "2", "1") },
  { "other-version", DOCUMENT ("", "twolane-practice", "1", "2", "2") },
  { "port-0", DOCUMENT ("", "twolane-practice", "0", "2", "1") },
  { "port-65536", DOCUMENT ("", "twolane-practice", "1", "65536", "1") },
  { "port-padded", DOCUMENT ("", "twolane-practice", "01", "2", "1") },
  { "port-negative", DOCUMENT ("", "twolane-practice", "-1", "2", "1") },
  { "port-empty", DOCUMENT ("", "twolane-practice", "", "2", "1") },
  { "more", DOCUMENT ("", "twolane-practice", "1", "2", "1") " " },
};

static void
test_damage (gconstpointer data)
{
  const DamageCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPracticeFile) file = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  write_file (&fixture);
  g_assert_true (g_file_set_contents_full (fixture.path, c->text, -1,
                                           G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  file = tl_practice_file_read (&error);
  if (c->is_good)
    g_assert_no_error (error);
  else
    g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_cmpint (file != NULL, ==, c->is_good);
  fixture_clear (&fixture);
}

static void
test_remove_only_own (void)
{
  g_autoptr(TlPractice) later = tl_practice_start (TL_PRACTICE_ALL_WELL, NULL);
  g_autoptr(TlPracticeFile) file = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  write_file (&fixture);
  g_assert_true (tl_practice_file_write (later, NULL));
  tl_practice_file_remove (fixture.practice);
  file = tl_practice_file_read (NULL);
  g_assert_nonnull (file);
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *runtime_dir = g_dir_make_tmp ("twolane-XXXXXX", NULL);
  int status;

  g_assert_nonnull (runtime_dir);
  g_setenv ("XDG_RUNTIME_DIR", runtime_dir, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/practice/file/round-trip", test_round_trip);
  g_test_add_func ("/practice/file/missing", test_missing);
  g_test_add_func ("/practice/file/modes", test_modes);
  g_test_add_func ("/practice/file/owner", test_owner);
  g_test_add_func ("/practice/file/symlink", test_symlink);
  g_test_add_func ("/practice/file/fifo", test_fifo);
  g_test_add_func ("/practice/file/remove-only-own", test_remove_only_own);
  for (gsize i = 0; i < G_N_ELEMENTS (damage_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/practice/file/damage/", damage_cases[i].name, NULL);

      g_test_add_data_func (path, &damage_cases[i], test_damage);
    }

  status = g_test_run ();
  g_rmdir (runtime_dir);

  return status;
}
