/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-file-save.h"

/* Saves standard input, as check-save-faults and check-kill-sweep want to see it done:
 * tl-save [--new] PATH. */
int
main (int    argc,
      char **argv)
{
  gboolean is_new = argc == 3 && strcmp (argv[1], "--new") == 0;
  GIOChannel *input = g_io_channel_unix_new (0);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  char *text = NULL;
  gsize len;

  if (argc != 2 + is_new)
    return 64;

  g_io_channel_set_encoding (input, NULL, NULL);
  if (g_io_channel_read_to_end (input, &text, &len, &error) == G_IO_STATUS_NORMAL)
    bytes = g_bytes_new_take (text, len);
  g_io_channel_unref (input);

  if (bytes != NULL && (is_new ? tl_file_save_new_sync (bytes, argv[2], &error)
                               : tl_file_save_sync (bytes, argv[1], &error)))
    return 0;

  g_printerr ("%s\n", error->message);

  return 1;
}
