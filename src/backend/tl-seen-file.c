/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-seen-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "tl-error.h"
#include "tl-file-read.h"
#include "tl-file-save.h"

/* How long another run may hold the list: it reads and writes a small file. */
#define LOCK_PATIENCE_MS 3000
#define LOCK_PAUSE_MS    10

static gboolean
refuse (GError     **error,
        const char  *doing)
{
  int saved = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", doing,
               g_strerror (saved));

  return FALSE;
}

/* Two runs that read, decide and write in turn lose nothing. A file of its own: the list itself is
 * replaced. */
static int
lock_sync (const char  *path,
           GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      refuse (error, "making the folder of the list");
      return -1;
    }

  fd = open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);
  if (fd < 0)
    {
      refuse (error, "opening the lock of the list");
      return -1;
    }

  for (guint waited_ms = 0; flock (fd, LOCK_EX | LOCK_NB) != 0; waited_ms += LOCK_PAUSE_MS)
    {
      if ((errno != EWOULDBLOCK && errno != EINTR) || waited_ms >= LOCK_PATIENCE_MS)
        {
          refuse (error, "waiting for the list");
          close (fd);
          return -1;
        }
      g_usleep (LOCK_PAUSE_MS * 1000);
    }

  return fd;
}

/* What cannot be read is kept for whoever wants to see what became of it, and never written
 * over. */
static gboolean
put_aside (const char  *path,
           GError     **error)
{
  g_autofree char *aside = g_strconcat (path, ".broken", NULL);

  return g_rename (path, aside) == 0 || refuse (error, "putting the list aside");
}

/* A list that is not there yet is empty; @out_trouble tells of one that was put aside. */
static TlSeen *
load_sync (const char  *path,
           GError     **out_trouble,
           GError     **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(GBytes) bytes = tl_file_read_sync (path, TL_SEEN_MAX_BYTES, &cause);
  TlSeen *seen;
  gsize len;

  if (bytes != NULL)
    {
      const char *text = g_bytes_get_data (bytes, &len);

      seen = tl_seen_parse (text == NULL ? "" : text, len, &cause);
      if (seen != NULL)
        return seen;
    }
  else if (g_error_matches (cause, TL_ERROR, TL_ERROR_NOT_FOUND))
    return tl_seen_new ();

  if (!put_aside (path, error))
    return NULL;
  g_propagate_error (out_trouble, g_steal_pointer (&cause));

  return tl_seen_new ();
}

static gboolean
note_sync (TlSeen      *seen,
           TlBundle    *bundle,
           const char  *path,
           GError     **error)
{
  g_autoptr(GBytes) bytes = NULL;
  char *text;

  if (!tl_seen_note (seen, bundle))
    return TRUE;

  text = tl_seen_to_text (seen);
  bytes = g_bytes_new_take (text, strlen (text));

  return tl_file_save_sync (bytes, path, error);
}

/**
 * tl_seen_file_judge_sync:
 * @path: where the list of bundles that were accepted before is, or will be
 * @bundle: one that may be accepted now
 * @accepts: nothing but an earlier bundle could keep it from being accepted
 * @out_trouble: (out) (nullable): `store.seen`, where the list could not be locked, read or
 *   written
 *
 * Sees whether a newer bundle of the same signer and address, or another of the same serial number,
 * was accepted before, and notes this one if it is accepted. Reads, decides and writes under a lock
 * that other runs of the program respect. A list that cannot be read is put aside beside its place,
 * as `.broken`, and begun anew. Blocks for as long as the disk takes, and a few seconds for another
 * run.
 *
 * Returns: (transfer full) (nullable): `bundle.rollback`, or %NULL
 */
TlFinding *
tl_seen_file_judge_sync (const char  *path,
                         TlBundle    *bundle,
                         gboolean     accepts,
                         TlFinding  **out_trouble)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) trouble = NULL;
  g_autoptr(TlSeen) seen = NULL;
  TlFinding *finding = NULL;
  int fd = lock_sync (path, &error);

  if (fd >= 0)
    seen = load_sync (path, &trouble, &error);
  if (seen != NULL)
    finding = tl_seen_check (seen, bundle);
  if (seen != NULL && finding == NULL && accepts)
    note_sync (seen, bundle, path, &error);
  /* Closing gives the lock back. */
  if (fd >= 0)
    close (fd);

  *out_trouble = NULL;
  if (error != NULL || trouble != NULL)
    *out_trouble = tl_finding_new_detail ("store.seen", TL_LANE_NONE,
                                          (error != NULL ? error : trouble)->message);

  return finding;
}
