/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tl-error.h"

#define GOOD "{ \"format\": \"twolane-policy\", \"version\": 0, \"oauth_clients\": [] }"

/* Nobody has this number. */
#define STRANGER 54321

typedef enum
{
  FILE_OF_OURS,
  FIFO,
  FOLDER,
  LINK,
  NOTHING,
  NO_FOLDER,
} Kind;

typedef struct
{
  const char *name;
  Kind        kind;
  guint       mode;
  gsize       len;        /* filled up with spaces; 0: as it is */
  gboolean    is_owned;   /* by whom it may be */
  int         code;       /* -1: it is read */
} FileCase;

static const FileCase file_cases[] = {
  { .name = "good", .mode = 0644, .is_owned = TRUE, .code = -1 },
  { .name = "secret", .mode = 0600, .is_owned = TRUE, .code = -1 },
  { .name = "longest", .mode = 0644, .len = TL_POLICY_FILE_MAX_BYTES, .is_owned = TRUE,
    .code = -1 },
  { .name = "too-long", .mode = 0644, .len = TL_POLICY_FILE_MAX_BYTES + 1, .is_owned = TRUE,
    .code = TL_ERROR_INVALID_INPUT },
  { .name = "somebody-elses", .mode = 0644, .code = TL_ERROR_INVALID_INPUT },
  { .name = "group-writes", .mode = 0664, .is_owned = TRUE, .code = TL_ERROR_INVALID_INPUT },
  { .name = "all-write", .mode = 0646, .is_owned = TRUE, .code = TL_ERROR_INVALID_INPUT },
  { .name = "fifo", .kind = FIFO, .mode = 0600, .is_owned = TRUE,
    .code = TL_ERROR_INVALID_INPUT },
  { .name = "folder", .kind = FOLDER, .mode = 0700, .is_owned = TRUE,
    .code = TL_ERROR_INVALID_INPUT },
  { .name = "link", .kind = LINK, .is_owned = TRUE, .code = TL_ERROR_INVALID_INPUT },
  { .name = "nothing", .kind = NOTHING, .is_owned = TRUE, .code = TL_ERROR_NOT_FOUND },
  { .name = "no-folder", .kind = NO_FOLDER, .is_owned = TRUE, .code = TL_ERROR_NOT_FOUND },
};

static void
write_file (const char *path,
            gsize       len)
{
  g_autofree char *text = g_strdup_printf ("%-*s", (int) len, GOOD);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* What is made belongs to somebody who is not root, so that being root explains nothing. */
static void
make (const FileCase *c,
      const char     *path,
      const char     *other)
{
  switch (c->kind)
    {
    case FILE_OF_OURS:
      write_file (path, c->len);
      break;
    case FIFO:
      g_assert_cmpint (mkfifo (path, c->mode), ==, 0);
      break;
    case FOLDER:
      g_assert_cmpint (g_mkdir (path, (int) c->mode), ==, 0);
      break;
    case LINK:
      write_file (other, 0);
      g_assert_cmpint (g_chmod (other, 0600), ==, 0);
      g_assert_cmpint (symlink (other, path), ==, 0);
      break;
    case NOTHING:
    case NO_FOLDER:
    default:
      return;
    }
  if (c->kind != LINK)
    g_assert_cmpint (g_chmod (path, (int) c->mode), ==, 0);
  if (geteuid () == 0)
    g_assert_cmpint (lchown (path, STRANGER, STRANGER), ==, 0);
}

static void
test_file (gconstpointer data)
{
  const FileCase *c = data;
  uid_t maker = geteuid () == 0 ? STRANGER : geteuid ();
  g_autofree char *folder = g_dir_make_tmp ("twolane-policy-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, c->kind == NO_FOLDER ? "no" : "policy.json",
                                            c->kind == NO_FOLDER ? "policy.json" : NULL, NULL);
  g_autofree char *other = g_build_filename (folder, "other.json", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  gint64 began_us = g_get_monotonic_time ();

  make (c, path, other);
  bytes = tl_policy_file_read_sync (path, c->is_owned ? maker : 0, &error);
  if (c->code == -1)
    {
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, MAX (c->len, strlen (GOOD)));
    }
  else
    {
      g_assert_error (error, TL_ERROR, c->code);
      g_assert_null (bytes);
    }
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, G_USEC_PER_SEC);

  g_remove (path);
  g_unlink (other);
  g_rmdir (folder);
}

static void
test_device (void)
{
  static const char * const devices[] = { "/dev/zero", "/dev/null", "/dev/tty" };

  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (tl_policy_file_read_sync (devices[i], 0, &error));
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (file_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/policy-file/", file_cases[i].name, NULL);

      g_test_add_data_func (path, &file_cases[i], test_file);
    }
  g_test_add_func ("/policy-file/device", test_device);

  return g_test_run ();
}
