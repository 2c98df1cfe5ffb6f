/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tl_json_check         (const char  *text,
                                gsize        len,
                                GError     **error);
gboolean tl_json_check_foreign (const char  *text,
                                gsize        len,
                                GError     **error);

G_END_DECLS
