/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-data.h"

#include "config.h"
#include "tl-data-resources.h"

static char *
build_path (const char *name)
{
  g_autofree char *base = g_strdelimit (g_strdup (TL_APP_ID), ".", '/');

  return g_strconcat ("/", base, "/data/", name, NULL);
}

/**
 * tl_data_lookup:
 * @name: a file of data/, by its path there: `providers/google.json`
 *
 * Gets a file that was compiled in. Asking for one that was not is a mistake of
 * ours and ends the program. Any thread.
 *
 * Returns: (transfer full): its bytes
 */
GBytes *
tl_data_lookup (const char *name)
{
  g_autofree char *path = build_path (name);
  g_autoptr(GError) error = NULL;
  GBytes *bytes;

  bytes = g_resource_lookup_data (tl_data_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  &error);
  if (bytes == NULL)
    g_error ("%s", error->message);

  return bytes;
}

/**
 * tl_data_parse:
 * @name: a file of data/, by its path there
 * @parse: makes a table of it
 *
 * Makes a table of a file that was compiled in. One that cannot be read is a mistake of ours and
 * ends the program: tests read them all. Any thread.
 *
 * Returns: (transfer full): the table
 */
gpointer
tl_data_parse (const char  *name,
               TlDataParse  parse)
{
  g_autoptr(GBytes) bytes = tl_data_lookup (name);
  g_autoptr(GError) error = NULL;
  gpointer made = parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                         &error);

  if (made == NULL)
    g_error ("%s: %s", name, error->message);

  return made;
}

/**
 * tl_data_list:
 * @folder: a folder of data/: `providers`
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the files in it, in no order
 */
char **
tl_data_list (const char *folder)
{
  g_autofree char *path = build_path (folder);
  g_autoptr(GError) error = NULL;
  char **names;

  names = g_resource_enumerate_children (tl_data_get_resource (), path,
                                         G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (names == NULL)
    g_error ("%s", error->message);

  return names;
}
