/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

const char *tl_nick_get   (GType        enum_type,
                           int          value);
gboolean    tl_nick_parse (GType        enum_type,
                           const char  *nick,
                           int         *out_value);

G_END_DECLS
