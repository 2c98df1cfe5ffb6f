/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tl-error.h"

static void
set_errno (GError     **error,
           const char  *doing)
{
  int saved = errno;
  gboolean is_missing = saved == ENOENT || saved == ENOTDIR;

  g_set_error (error, TL_ERROR, is_missing ? TL_ERROR_NOT_FOUND : TL_ERROR_INVALID_INPUT,
               "%s: %s", doing, g_strerror (saved));
}

/* What is wrong with a file that grants trust, or NULL. */
static const char *
find_flaw (const struct stat *facts,
           uid_t              owner)
{
  if (!S_ISREG (facts->st_mode))
    return "it is not a regular file";
  if (facts->st_uid != 0 && facts->st_uid != owner)
    return "it does not belong to whom it has to";
  if ((facts->st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return "it can be written by others than its owner";
  if (facts->st_size > TL_POLICY_FILE_MAX_BYTES)
    return "it is too long";

  return NULL;
}

/* One byte more than may be, to see that it is too much: a file can grow while it is read. */
static gssize
read_all (int      fd,
          char    *bytes,
          GError **error)
{
  gsize len = 0;

  while (len <= TL_POLICY_FILE_MAX_BYTES)
    {
      gssize n = read (fd, bytes + len, TL_POLICY_FILE_MAX_BYTES + 1 - len);

      if (n == 0)
        return (gssize) len;
      if (n < 0 && errno != EINTR)
        {
          set_errno (error, "reading");
          return -1;
        }
      len += n > 0 ? (gsize) n : 0;
    }
  g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "it is too long");

  return -1;
}

/**
 * tl_policy_file_read_sync:
 * @path: where it is
 * @owner: whose it may be beside root's: 0 in the system's place
 * @error: return location for a #GError
 *
 * Reads what grants trust by its place, from a file that only its owner can write to: a regular
 * file and no link to one, of at most `TL_POLICY_FILE_MAX_BYTES`. Nothing else is waited for:
 * opening a FIFO, or a device, does not block. Blocks for as long as the disk takes.
 *
 * Returns: (transfer full): what is in it; or %NULL with %TL_ERROR_NOT_FOUND where there is no
 *   file, else with %TL_ERROR_INVALID_INPUT
 */
GBytes *
tl_policy_file_read_sync (const char  *path,
                          uid_t        owner,
                          GError     **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
  g_autofree char *bytes = NULL;
  const char *flaw = NULL;
  struct stat facts;
  gssize len = -1;

  if (fd < 0)
    {
      set_errno (error, "opening");
      return NULL;
    }

  bytes = g_malloc (TL_POLICY_FILE_MAX_BYTES + 1);
  if (fstat (fd, &facts) != 0)
    set_errno (error, "looking at");
  else if ((flaw = find_flaw (&facts, owner)) != NULL)
    g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, flaw);
  else
    len = read_all (fd, bytes, error);
  close (fd);

  return len < 0 ? NULL : g_bytes_new_take (g_steal_pointer (&bytes), (gsize) len);
}
