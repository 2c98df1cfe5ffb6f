/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tl-file-save.h"

typedef gboolean (* Saver) (GBytes      *bytes,
                            const char  *path,
                            GError     **error);

typedef struct
{
  char   *folder;
  char   *path;
  GBytes *bytes;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("twolane-save-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "ada.twolane", NULL);
  fixture->bytes = g_bytes_new_static ("new\0new", 7);
}

/* Also what the test itself put there: a folder that is not empty then is a fault. */
static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_bytes_unref (fixture->bytes);
}

static char *
in_folder (Fixture    *fixture,
           const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
write_text (const char *path,
            const char *text)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  g_assert_no_error (error);
}

static void
assert_text (const char *path,
             const char *text)
{
  g_autofree char *there = NULL;

  g_assert_true (g_file_get_contents (path, &there, NULL, NULL));
  g_assert_cmpstr (there, ==, text);
}

static void
assert_saved (Fixture    *fixture,
              const char *path)
{
  g_autofree char *there = NULL;
  struct stat info;
  gsize len;

  g_assert_cmpint (lstat (path, &info), ==, 0);
  g_assert_true (S_ISREG (info.st_mode));
  g_assert_cmpuint (info.st_mode & 07777, ==, 0600);
  g_assert_cmpuint (info.st_nlink, ==, 1);
  g_assert_true (g_file_get_contents (path, &there, &len, NULL));
  g_assert_cmpmem (there, len, g_bytes_get_data (fixture->bytes, NULL),
                   g_bytes_get_size (fixture->bytes));
}

static guint
count_entries (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    count++;

  return count;
}

static void
assert_refused (Fixture    *fixture,
                Saver       saver,
                const char *path,
                GFileError  code)
{
  g_autoptr(GError) error = NULL;
  guint before = count_entries (fixture->folder);

  g_assert_false (saver (fixture->bytes, path, &error));
  g_assert_error (error, G_FILE_ERROR, (int) code);
  g_assert_cmpuint (count_entries (fixture->folder), ==, before);
}

static void
test_first (Fixture       *fixture,
            gconstpointer  data)
{
  Saver saver = data;
  g_autoptr(GError) error = NULL;

  g_assert_true (saver (fixture->bytes, fixture->path, &error));
  g_assert_no_error (error);
  assert_saved (fixture, fixture->path);
  g_assert_cmpuint (count_entries (fixture->folder), ==, 1);
}

static void
test_again (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  write_text (fixture->path, "old");
  g_assert_cmpint (chmod (fixture->path, 0666), ==, 0);
  g_assert_true (tl_file_save_sync (fixture->bytes, fixture->path, &error));
  g_assert_no_error (error);
  assert_saved (fixture, fixture->path);
  g_assert_cmpuint (count_entries (fixture->folder), ==, 1);

  assert_refused (fixture, tl_file_save_new_sync, fixture->path, G_FILE_ERROR_EXIST);
  assert_saved (fixture, fixture->path);
}

static void
test_empty_and_large (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_bytes_unref (fixture->bytes);
  fixture->bytes = g_bytes_new_static ("", 0);
  g_assert_true (tl_file_save_sync (fixture->bytes, fixture->path, &error));
  assert_saved (fixture, fixture->path);

  g_bytes_unref (fixture->bytes);
  fixture->bytes = g_bytes_new_take (g_malloc0 (5000001), 5000001);
  g_assert_true (tl_file_save_sync (fixture->bytes, fixture->path, &error));
  assert_saved (fixture, fixture->path);
}

/* What is there, and what becomes of it. */
typedef enum
{
  AT_LINK,
  AT_LINK_TO_NOTHING,
  AT_LINK_TO_FOLDER,
  AT_LINK_TO_DEVICE,
  AT_FIFO,
  AT_SOCKET,
  AT_FOLDER,
} At;

static const struct
{
  const char *name;
  At          at;
  GFileError  refusal;
  gboolean    replaced;
} targets[] = {
  { .name = "link", .at = AT_LINK, .replaced = TRUE },
  { .name = "link-to-nothing", .at = AT_LINK_TO_NOTHING, .replaced = TRUE },
  { .name = "link-to-folder", .at = AT_LINK_TO_FOLDER, .refusal = G_FILE_ERROR_ISDIR },
  { .name = "link-to-device", .at = AT_LINK_TO_DEVICE, .refusal = G_FILE_ERROR_NXIO },
  { .name = "fifo", .at = AT_FIFO, .refusal = G_FILE_ERROR_NXIO },
  { .name = "socket", .at = AT_SOCKET, .refusal = G_FILE_ERROR_NXIO },
  { .name = "folder", .at = AT_FOLDER, .refusal = G_FILE_ERROR_ISDIR },
};

static void
put_there (Fixture    *fixture,
           At          at,
           const char *victim)
{
  static const char * const leads_to[] = {
    [AT_LINK_TO_NOTHING] = "nothing",
    [AT_LINK_TO_FOLDER]  = ".",
    [AT_LINK_TO_DEVICE]  = "/dev/null",
  };
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int socket_fd;

  switch (at)
    {
    case AT_LINK:
      g_assert_cmpint (symlink (victim, fixture->path), ==, 0);
      break;
    case AT_FIFO:
      g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
      break;
    case AT_SOCKET:
      g_strlcpy (address.sun_path, fixture->path, sizeof address.sun_path);
      socket_fd = socket (AF_UNIX, SOCK_STREAM, 0);
      g_assert_cmpint (bind (socket_fd, (struct sockaddr *) &address, sizeof address), ==, 0);
      close (socket_fd);
      break;
    case AT_FOLDER:
      g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
      break;
    default:
      g_assert_cmpint (symlink (leads_to[at], fixture->path), ==, 0);
      break;
    }
}

static void
test_target (Fixture       *fixture,
             gconstpointer  data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *victim = in_folder (fixture, "victim");
  g_autoptr(GError) error = NULL;
  struct stat before, after;

  write_text (victim, "keep");
  put_there (fixture, targets[i].at, victim);
  g_assert_cmpint (lstat (fixture->path, &before), ==, 0);

  assert_refused (fixture, tl_file_save_new_sync, fixture->path, G_FILE_ERROR_EXIST);
  if (targets[i].replaced)
    {
      g_assert_true (tl_file_save_sync (fixture->bytes, fixture->path, &error));
      g_assert_no_error (error);
      assert_saved (fixture, fixture->path);
    }
  else
    {
      assert_refused (fixture, tl_file_save_sync, fixture->path, targets[i].refusal);
      g_assert_cmpint (lstat (fixture->path, &after), ==, 0);
      g_assert_cmpuint (before.st_ino, ==, after.st_ino);
    }

  assert_text (victim, "keep");
  g_assert_cmpuint (count_entries (fixture->folder), ==, 2);
  g_unlink (victim);
}

static const struct
{
  const char *name;
  const char *below;
  GFileError  refusal;
} nowheres[] = {
  { .name = "no-folder", .below = "no/where", .refusal = G_FILE_ERROR_NOENT },
  { .name = "file-as-folder", .below = "victim/where", .refusal = G_FILE_ERROR_NOTDIR },
  { .name = "slash", .below = "where/", .refusal = G_FILE_ERROR_ISDIR },
  { .name = "dot", .below = ".", .refusal = G_FILE_ERROR_ISDIR },
  { .name = "dots", .below = "..", .refusal = G_FILE_ERROR_ISDIR },
};

static void
test_nowhere (Fixture       *fixture,
              gconstpointer  data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *victim = in_folder (fixture, "victim");
  g_autofree char *path = g_strconcat (fixture->folder, "/", nowheres[i].below, NULL);

  write_text (victim, "keep");
  assert_refused (fixture, tl_file_save_sync, path, nowheres[i].refusal);
  assert_refused (fixture, tl_file_save_new_sync, path, nowheres[i].refusal);
  assert_text (victim, "keep");
  g_unlink (victim);
}

static void
test_umask (Fixture       *fixture,
            gconstpointer  data)
{
  static const mode_t masks[] = { 0000, 0022, 0077, 0777 };
  g_autofree char *path = in_folder (fixture, "secret");
  mode_t old = umask (0);

  for (gsize i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      g_autoptr(GError) error = NULL;

      umask (masks[i]);
      g_assert_true (tl_file_save_sync (fixture->bytes, fixture->path, &error));
      g_assert_true (tl_file_save_new_sync (fixture->bytes, path, &error));
      g_assert_no_error (error);
      umask (old);
      assert_saved (fixture, fixture->path);
      assert_saved (fixture, path);
      g_unlink (path);
    }
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *longest = g_strnfill (255, 'n');
  g_autofree char *too_long = g_strnfill (256, 'n');
  g_autofree char *far = g_strnfill (4096, '/');
  g_autofree char *far_path = g_strconcat (fixture->folder, far, "x", NULL);
  const char *names[] = { "\xff\xfe.twolane", "-n", "new\nline", " ", longest };
  g_autofree char *refused = in_folder (fixture, too_long);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = in_folder (fixture, names[i]);
      g_autoptr(GError) error = NULL;

      /* The second time it is replaced, by way of a hidden name. */
      g_assert_true (tl_file_save_sync (fixture->bytes, path, &error));
      g_assert_true (tl_file_save_sync (fixture->bytes, path, &error));
      g_assert_no_error (error);
      assert_saved (fixture, path);
      g_assert_cmpuint (count_entries (fixture->folder), ==, 1);
      g_unlink (path);
    }

  assert_refused (fixture, tl_file_save_sync, refused, G_FILE_ERROR_NAMETOOLONG);
  assert_refused (fixture, tl_file_save_new_sync, refused, G_FILE_ERROR_NAMETOOLONG);

  /* Slashes do not count twice for the name, and the path is in the folder all the same. */
  g_assert_true (tl_file_save_sync (fixture->bytes, far_path, NULL));
  g_unlink (far_path);
  g_free (g_steal_pointer (&far_path));
  far_path = in_folder (fixture, "x");
  assert_saved (fixture, far_path);
  g_unlink (far_path);
}

/* A name that does not say in which folder, as in a program that was started there. */
static void
test_relative (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *here = g_get_current_dir ();
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (chdir (fixture->folder), ==, 0);
  g_assert_true (tl_file_save_sync (fixture->bytes, "ada.twolane", &error));
  g_assert_cmpint (chdir (here), ==, 0);
  g_assert_no_error (error);
  assert_saved (fixture, fixture->path);
}

static const struct
{
  const char *name;
  gint64      age_s;
  gboolean    folder;
  gboolean    stays;
} leftovers[] = {
  { .name = ".twolane-0123456789abcdef", .age_s = 61 },
  { .name = ".twolane-ffffffffffffffff", .age_s = 86400 },
  { .name = ".twolane-0123456789abcde0", .age_s = 5, .stays = TRUE },
  { .name = ".twolane-0123456789ABCDEF", .age_s = 86400, .stays = TRUE },
  { .name = ".twolane-0123456789abcdef0", .age_s = 86400, .stays = TRUE },
  { .name = ".twolane-0123456789abcde", .age_s = 86400, .stays = TRUE },
  { .name = ".twolane-", .age_s = 86400, .stays = TRUE },
  { .name = "twolane-0123456789abcdef", .age_s = 86400, .stays = TRUE },
  { .name = ".twolane-0123456789abcdee", .age_s = 86400, .folder = TRUE, .stays = TRUE },
};

static void
test_orphans (Fixture       *fixture,
              gconstpointer  data)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (leftovers); i++)
    {
      g_autofree char *path = in_folder (fixture, leftovers[i].name);
      struct timespec times[2] = { { now_s - leftovers[i].age_s, 0 },
                                   { now_s - leftovers[i].age_s, 0 } };

      if (leftovers[i].folder)
        g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      else
        write_text (path, "left");
      g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
    }

  g_assert_true (tl_file_save_sync (fixture->bytes, fixture->path, &error));
  g_assert_no_error (error);

  for (gsize i = 0; i < G_N_ELEMENTS (leftovers); i++)
    {
      g_autofree char *path = in_folder (fixture, leftovers[i].name);

      g_test_message ("%s", leftovers[i].name);
      g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, leftovers[i].stays);
      g_remove (path);
    }
}

#define SAVES 200

static void
save_over_and_over (const char *path,
                    char        letter)
{
  g_autofree char *text = g_strnfill (20000, letter);
  g_autoptr(GBytes) bytes = g_bytes_new (text, 20000);

  for (guint i = 0; i < SAVES; i++)
    {
      if (!tl_file_save_sync (bytes, path, NULL))
        _exit (1);
    }
  _exit (0);
}

/* Whoever is last wins, whole; nobody fails because of the other; what is read meanwhile is one
 * or the other. */
static void
test_two_at_once (Fixture       *fixture,
                  gconstpointer  data)
{
  pid_t children[2];
  guint left = 2;
  guint reads = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = fork ();
      g_assert_cmpint (children[i], >=, 0);
      if (children[i] == 0)
        save_over_and_over (fixture->path, "ab"[i]);
    }

  while (left > 0)
    {
      g_autofree char *text = NULL;
      gsize len;
      int status;

      if (g_file_get_contents (fixture->path, &text, &len, NULL))
        {
          g_assert_cmpuint (len, ==, 20000);
          g_assert_cmpuint (strspn (text, text[0] == 'a' ? "a" : "b"), ==, 20000);
          reads++;
        }
      if (waitpid (-1, &status, WNOHANG) > 0)
        {
          g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
          left--;
        }
    }

  g_assert_cmpuint (reads, >, 0);
  g_assert_cmpuint (count_entries (fixture->folder), ==, 1);
}

/* Of two that want to be the first, one is. */
static void
test_two_new_at_once (Fixture       *fixture,
                      gconstpointer  data)
{
  for (guint round = 0; round < 50; round++)
    {
      pid_t children[2];
      guint won = 0;

      for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
        {
          children[i] = fork ();
          g_assert_cmpint (children[i], >=, 0);
          if (children[i] == 0)
            _exit (tl_file_save_new_sync (fixture->bytes, fixture->path, NULL) ? 0 : 1);
        }
      for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
        {
          int status;

          g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
          won += WIFEXITED (status) && WEXITSTATUS (status) == 0;
        }

      g_assert_cmpuint (won, ==, 1);
      assert_saved (fixture, fixture->path);
      g_assert_cmpuint (count_entries (fixture->folder), ==, 1);
      g_unlink (fixture->path);
    }
}

static void
add (const char    *path,
     gconstpointer  data,
     void         (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, data, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/file-save/first", tl_file_save_sync, test_first);
  add ("/file-save/new", tl_file_save_new_sync, test_first);
  add ("/file-save/again", NULL, test_again);
  add ("/file-save/P11/empty-and-large", NULL, test_empty_and_large);
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *path = g_strdup_printf ("/file-save/F04/%s", targets[i].name);

      add (path, GSIZE_TO_POINTER (i), test_target);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (nowheres); i++)
    {
      g_autofree char *path = g_strdup_printf ("/file-save/nowhere/%s", nowheres[i].name);

      add (path, GSIZE_TO_POINTER (i), test_nowhere);
    }
  add ("/file-save/F05/umask", NULL, test_umask);
  add ("/file-save/F05/names", NULL, test_names);
  add ("/file-save/relative", NULL, test_relative);
  add ("/file-save/F03/orphans", NULL, test_orphans);
  add ("/file-save/F06/two-at-once", NULL, test_two_at_once);
  add ("/file-save/F06/two-new-at-once", NULL, test_two_new_at_once);

  return g_test_run ();
}
