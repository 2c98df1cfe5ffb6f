/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-named-signers.h"

#include <string.h>

#include "tl-file-read.h"
#include "tl-fingerprint.h"
#include "tl-pins.h"

static void
add (GPtrArray  *signers,
     const char *fingerprint)
{
  if (!g_ptr_array_find_with_equal_func (signers, fingerprint, g_str_equal, NULL))
    g_ptr_array_add (signers, g_strdup (fingerprint));
}

static GBytes *
read_pins_sync (const char  *named,
                GError     **error)
{
  return strstr (named, "-----BEGIN ") != NULL
           ? g_bytes_new (named, strlen (named))
           : tl_file_read_sync (named, TL_PINS_MAX_BYTES, error);
}

static gboolean
add_named_sync (GPtrArray   *signers,
                const char  *named,
                GError     **error)
{
  g_autofree char *fingerprint = tl_fingerprint_parse (named);
  g_autoptr(GBytes) bytes = NULL;
  g_auto(GStrv) pins = NULL;
  const char *text;
  gsize len;

  if (fingerprint != NULL)
    {
      add (signers, fingerprint);
      return TRUE;
    }

  bytes = read_pins_sync (named, error);
  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &len);
  pins = tl_pins_parse (text == NULL ? "" : text, len, error);
  for (guint i = 0; pins != NULL && pins[i] != NULL; i++)
    add (signers, pins[i]);

  return pins != NULL;
}

/**
 * tl_named_signers_read_sync:
 * @known: (array zero-terminated=1): fingerprints of those who are trusted anyway
 * @named: (array zero-terminated=1): who is trusted besides, for this time: each a fingerprint, a
 *   certificate in PEM, or the path of a file of either
 * @error: return location for a #GError
 *
 * Blocks for as long as the disk takes.
 *
 * Returns: (transfer full) (array zero-terminated=1): all of their fingerprints, each once; or
 *   %NULL with %TL_ERROR_NOT_FOUND or %TL_ERROR_INVALID_INPUT where one of @named cannot be read:
 *   nobody is passed over
 */
char **
tl_named_signers_read_sync (const char * const  *known,
                            const char * const  *named,
                            GError             **error)
{
  g_autoptr(GPtrArray) signers = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; known[i] != NULL; i++)
    add (signers, known[i]);
  for (gsize i = 0; named[i] != NULL; i++)
    {
      if (!add_named_sync (signers, named[i], error))
        return NULL;
    }
  g_ptr_array_add (signers, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&signers), FALSE);
}
