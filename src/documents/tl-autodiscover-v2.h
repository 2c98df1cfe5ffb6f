/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tl_autodiscover_v2_parse (const char  *bytes,
                                gsize        len,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
