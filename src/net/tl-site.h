/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *tl_site_dup_registrable (const char *host) G_GNUC_WARN_UNUSED_RESULT;
gboolean  tl_site_same            (const char *a,
                                   const char *b);

G_END_DECLS
