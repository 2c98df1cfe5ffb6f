/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TlDataParse: makes a table of a file
 * @json: its text
 * @len: its length in bytes
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the table, or %NULL
 */
typedef gpointer (*TlDataParse) (const char  *json,
                                 gssize       len,
                                 GError     **error);

GBytes  *tl_data_lookup (const char  *name) G_GNUC_WARN_UNUSED_RESULT;
gpointer tl_data_parse  (const char  *name,
                         TlDataParse  parse) G_GNUC_WARN_UNUSED_RESULT;
char   **tl_data_list   (const char  *folder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
