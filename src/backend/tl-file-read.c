/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-file-read.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tl-error.h"

static void
set_errno (GError     **error,
           const char  *doing,
           const char  *path)
{
  int saved = errno;
  gboolean is_missing = saved == ENOENT || saved == ENOTDIR;
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, TL_ERROR, is_missing ? TL_ERROR_NOT_FOUND : TL_ERROR_INVALID_INPUT,
               "%s “%s”: %s", doing, name, g_strerror (saved));
}

static gboolean
refuse (GError     **error,
        const char  *path,
        const char  *what)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "“%s” %s", name, what);

  return FALSE;
}

static gboolean
check (int          fd,
       const char  *path,
       gsize        max_bytes,
       GError     **error)
{
  struct stat facts;

  if (fstat (fd, &facts) != 0)
    {
      set_errno (error, "looking at", path);
      return FALSE;
    }
  if (S_ISDIR (facts.st_mode))
    return refuse (error, path, "is a folder");
  if (!S_ISREG (facts.st_mode))
    return refuse (error, path, "is not a regular file");
  if (facts.st_size < 0 || (gsize) facts.st_size > max_bytes)
    return refuse (error, path, "is larger than it may be");

  return TRUE;
}

/* One byte more than may be, to see that it is too much: a file can grow while it is read. */
static GBytes *
read_all (int          fd,
          const char  *path,
          gsize        max_bytes,
          GError     **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint8 piece[16 * 1024];

  while (bytes->len <= max_bytes)
    {
      gssize n = read (fd, piece, MIN (sizeof piece, max_bytes + 1 - bytes->len));

      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      if (n < 0 && errno != EINTR)
        {
          set_errno (error, "reading", path);
          return NULL;
        }
      if (n > 0)
        g_byte_array_append (bytes, piece, (guint) n);
    }
  refuse (error, path, "is larger than it may be");

  return NULL;
}

/**
 * tl_file_read_sync:
 * @path: where it is, in the encoding of file names
 * @max_bytes: the most that it may have
 * @error: return location for a #GError
 *
 * Reads a file that somebody chose: a regular one, or a link to one. Nothing else is waited for:
 * opening a FIFO, or a device, does not block. Blocks for as long as the disk takes.
 *
 * Returns: (transfer full): what is in it; or %NULL with %TL_ERROR_NOT_FOUND where there is none,
 *   else with %TL_ERROR_INVALID_INPUT
 */
GBytes *
tl_file_read_sync (const char  *path,
                   gsize        max_bytes,
                   GError     **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  GBytes *bytes = NULL;

  if (fd < 0)
    {
      set_errno (error, "opening", path);
      return NULL;
    }

  if (check (fd, path, max_bytes, error))
    bytes = read_all (fd, path, max_bytes, error);
  close (fd);

  return bytes;
}
