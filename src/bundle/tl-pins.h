/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_PINS_MAX_BYTES (64 * 1024)
#define TL_PINS_MAX       1000

char **tl_pins_parse (const char  *text,
                      gsize        len,
                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
