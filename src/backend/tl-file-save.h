/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean tl_file_save_sync     (GBytes      *bytes,
                                const char  *path,
                                GError     **error);
gboolean tl_file_save_new_sync (GBytes      *bytes,
                                const char  *path,
                                GError     **error);

G_END_DECLS
