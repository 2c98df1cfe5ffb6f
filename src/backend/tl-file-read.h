/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *tl_file_read_sync (const char  *path,
                           gsize        max_bytes,
                           GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
