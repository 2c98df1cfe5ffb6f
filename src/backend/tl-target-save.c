/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-save.h"

#include <glib/gstdio.h>

#include "tl-file-save.h"

/**
 * tl_target_save_sync:
 * @parts: (element-type GBytes): what a target was rendered into
 * @paths: (array zero-terminated=1): where to, one for each of @parts
 * @are_secret: there are passwords in them
 * @error: return location for a #GError
 *
 * Saves what goes to a platform. With passwords in it a file is a new one, for its owner alone;
 * without, an old one is replaced in one go or not at all.
 *
 * Returns: whether all of it was saved; %FALSE with what the disk said, and then none of those with
 *   passwords is there
 */
gboolean
tl_target_save_sync (GPtrArray           *parts,
                     const char * const  *paths,
                     gboolean             are_secret,
                     GError             **error)
{
  g_return_val_if_fail (g_strv_length ((char **) paths) == parts->len, FALSE);

  for (guint i = 0; i < parts->len; i++)
    {
      GBytes *bytes = g_ptr_array_index (parts, i);

      if (are_secret ? tl_file_save_new_sync (bytes, paths[i], error)
                     : tl_file_save_sync (bytes, paths[i], error))
        continue;

      /* Passwords in half of the files are of no use to anybody who should have them. */
      for (guint j = 0; are_secret && j < i; j++)
        g_unlink (paths[j]);
      return FALSE;
    }

  return TRUE;
}
