/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-file-save.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file that is written before it has its name is called this and 16 hex digits. Whatever else
 * is in the folder is not ours. */
#define HIDDEN_PREFIX ".twolane-"
#define HIDDEN_DIGITS 16

/* A name like that is there for a moment. One this old was left by a program that was killed. */
#define ORPHAN_AGE_S 60

typedef struct
{
  const char *path;   /* borrowed */
  char       *name;   /* owned: in the folder */
  char       *made;   /* owned: a name that must not stay unless all goes well; or NULL */
  int         folder;
  int         file;
} Save;

static void
save_clear (Save *self)
{
  if (self->made != NULL)
    unlinkat (self->folder, self->made, 0);
  if (self->file >= 0)
    close (self->file);
  if (self->folder >= 0)
    close (self->folder);
  g_free (self->name);
  g_free (self->made);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Save, save_clear)

static gboolean
fail (const char  *path,
      int          code,
      GError     **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "saving “%s”: %s", shown,
               g_strerror (code));

  return FALSE;
}

static gboolean
open_folder (Save    *self,
             GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (*self->path == '\0' || g_str_has_suffix (self->path, G_DIR_SEPARATOR_S) ||
      g_str_equal (self->name, ".") || g_str_equal (self->name, ".."))
    return fail (self->path, EISDIR, error);

  self->folder = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  /* One that may be written to and not be listed. */
  if (self->folder < 0 && errno == EACCES)
    self->folder = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);

  return self->folder >= 0 || fail (folder, errno, error);
}

/* Nothing is opened that is there already: a pipe would wait for its other end. Of a link counts
 * what it leads to, as a link to a folder or a device is meant as that; one to a file is a name
 * like any other. */
static gboolean
look_at_target (Save      *self,
                gboolean   replace,
                GError   **error)
{
  struct stat info;

  if (fstatat (self->folder, self->name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return errno == ENOENT || fail (self->path, errno, error);
  if (!replace)
    return fail (self->path, EEXIST, error);
  if (S_ISLNK (info.st_mode) && fstatat (self->folder, self->name, &info, 0) != 0)
    return TRUE;
  if (!S_ISREG (info.st_mode))
    return fail (self->path, S_ISDIR (info.st_mode) ? EISDIR : ENXIO, error);

  return TRUE;
}

static gboolean
is_hidden_name (const char *name)
{
  const char *digits = name + strlen (HIDDEN_PREFIX);

  return g_str_has_prefix (name, HIDDEN_PREFIX) && strlen (digits) == HIDDEN_DIGITS &&
         digits[strspn (digits, "0123456789abcdef")] == '\0';
}

static void
remove_orphans (Save *self)
{
  int list = openat (self->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gint64 oldest_s = g_get_real_time () / G_USEC_PER_SEC - ORPHAN_AGE_S;
  struct dirent *entry;
  DIR *dir;

  if (list < 0)
    return;
  if ((dir = fdopendir (list)) == NULL)
    {
      close (list);
      return;
    }

  while ((entry = readdir (dir)) != NULL)
    {
      struct stat info;

      if (is_hidden_name (entry->d_name) &&
          fstatat (self->folder, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
          S_ISREG (info.st_mode) && info.st_uid == geteuid () && info.st_mtime < oldest_s)
        unlinkat (self->folder, entry->d_name, 0);
    }

  closedir (dir);
}

static char *
make_hidden_name (void)
{
  return g_strdup_printf (HIDDEN_PREFIX "%08x%08x", g_random_int (), g_random_int ());
}

/* Whatever the umask and the folder's access list say, and before there is a byte in it. Where
 * modes are not kept (FAT), a file with passwords is refused and any other is not. */
static gboolean
close_to_others (Save     *self,
                 gboolean  secret,
                 GError  **error)
{
  struct stat info;

  if (fchmod (self->file, 0600) != 0 && secret)
    return fail (self->path, errno, error);
  if (secret && (fstat (self->file, &info) != 0 || (info.st_mode & 07777) != 0600))
    return fail (self->path, EPERM, error);

  return TRUE;
}

static gboolean
fill (Save      *self,
      GBytes    *bytes,
      gboolean   secret,
      GError   **error)
{
  gsize left;
  const char *data = g_bytes_get_data (bytes, &left);

  if (!close_to_others (self, secret, error))
    return FALSE;

  while (left > 0)
    {
      gssize written = write (self->file, data, left);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return fail (self->path, written < 0 ? errno : ENOSPC, error);
      data += written;
      left -= (gsize) written;
    }

  return g_fsync (self->file) == 0 || fail (self->path, errno, error);
}

/* Gives 0 or an errno. The second way needs no capability, and a /proc. */
static int
link_as (Save       *self,
         const char *name)
{
  char link[sizeof "/proc/self/fd/" + 20];

  if (linkat (self->file, "", self->folder, name, AT_EMPTY_PATH) == 0)
    return 0;
  if (errno == EEXIST)
    return EEXIST;

  g_snprintf (link, sizeof link, "/proc/self/fd/%d", self->file);

  return linkat (AT_FDCWD, link, self->folder, name, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
}

/* A file with no name until it is whole: a program that is killed leaves nothing behind. Gives
 * FALSE without an error where the file system cannot do it. */
static gboolean
make_unnamed (Save      *self,
              GBytes    *bytes,
              gboolean   replace,
              GError   **error)
{
  g_autofree char *hidden = make_hidden_name ();
  int code;

  self->file = openat (self->folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (self->file < 0 || !fill (self, bytes, !replace, error))
    return FALSE;

  if ((code = link_as (self, self->name)) == 0)
    {
      self->made = replace ? NULL : g_strdup (self->name);
      return TRUE;
    }
  if (!replace && code == EEXIST)
    return fail (self->path, EEXIST, error);
  if (code == EEXIST && link_as (self, hidden) == 0)
    {
      self->made = g_steal_pointer (&hidden);
      return TRUE;
    }

  close (self->file);
  self->file = -1;

  return FALSE;
}

static gboolean
make_named (Save      *self,
            GBytes    *bytes,
            gboolean   replace,
            GError   **error)
{
  g_autofree char *name = replace ? make_hidden_name () : g_strdup (self->name);

  self->file = openat (self->folder, name, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC,
                       0600);
  if (self->file < 0)
    return fail (self->path, errno, error);
  self->made = g_steal_pointer (&name);

  return fill (self, bytes, !replace, error);
}

/* Folders that cannot be written out say so with EINVAL; one that is not listed was opened
 * without the right to. */
static gboolean
sync_folder (Save    *self,
             GError **error)
{
  return g_fsync (self->folder) == 0 || errno == EINVAL || errno == EBADF ||
         fail (self->path, errno, error);
}

static gboolean
save (GBytes      *bytes,
      const char  *path,
      gboolean     replace,
      GError     **error)
{
  g_auto(Save) self = { .path = path, .folder = -1, .file = -1 };
  GError *own_error = NULL;

  self.name = g_path_get_basename (path);
  if (!open_folder (&self, error) || !look_at_target (&self, replace, error))
    return FALSE;
  remove_orphans (&self);

  if (!make_unnamed (&self, bytes, replace, &own_error) &&
      (own_error != NULL || !make_named (&self, bytes, replace, &own_error)))
    {
      g_propagate_error (error, own_error);
      return FALSE;
    }

  if (replace && self.made != NULL)
    {
      if (renameat (self.folder, self.made, self.folder, self.name) != 0)
        return fail (path, errno, error);
      g_clear_pointer (&self.made, g_free);
    }

  if (!sync_folder (&self, error))
    return FALSE;
  g_clear_pointer (&self.made, g_free);

  return TRUE;
}

/**
 * tl_file_save_sync:
 * @bytes: what is to be in the file: nothing that only its owner may read
 * @path: (type filename): where: a file, a link to one, or nothing yet
 * @error: return location for a #GError
 *
 * Saves a file in one go, mode 0600: whenever the program is stopped, what is at @path is the old
 * file or the new one, whole, and on disk before this returns. A link is replaced, never followed.
 * For a moment the new file may have a hidden name in the same folder; such a name that a killed
 * program left there more than a minute ago is removed. Blocks. Any thread.
 *
 * Fails with a #GFileError that names @path or its folder: the old file is as it was, and nothing
 * else is there. Only when the folder itself could not be written out, the new one is in place.
 *
 * Returns: whether the file is saved
 */
gboolean
tl_file_save_sync (GBytes      *bytes,
                   const char  *path,
                   GError     **error)
{
  g_return_val_if_fail (bytes != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return save (bytes, path, TRUE, error);
}

/**
 * tl_file_save_new_sync:
 * @bytes: what is to be in the file: passwords too
 * @path: (type filename): where: nothing may be there yet
 * @error: return location for a #GError
 *
 * Saves a new file, mode 0600, on disk before this returns. It never has another name, and gets
 * this one when it is whole. Where the file system knows no files without a name, it has it from
 * the start, and a program that is killed may leave a part of it. Blocks. Any thread.
 *
 * Fails with a #GFileError that names @path or its folder, %G_FILE_ERROR_EXIST where there is
 * something already, %G_FILE_ERROR_PERM where the file system cannot keep others out; nothing of
 * ours is there then.
 *
 * Returns: whether the file is saved
 */
gboolean
tl_file_save_new_sync (GBytes      *bytes,
                       const char  *path,
                       GError     **error)
{
  g_return_val_if_fail (bytes != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return save (bytes, path, FALSE, error);
}
