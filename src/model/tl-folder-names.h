/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What folders are called in the languages that providers use, for servers that do not say what
 * their folders are for: data/folder-names.json. */
const char *tl_folder_names_find_role (const char  *last_part,
                                       guint       *out_n_chars);
char       *tl_folder_names_fold      (const char  *name) G_GNUC_WARN_UNUSED_RESULT;
guint       tl_folder_names_get_n     (void);
gboolean    tl_folder_names_check     (const char  *json,
                                       gssize       len,
                                       GError     **error);

G_END_DECLS
