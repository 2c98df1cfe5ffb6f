/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory that is locked, left out of core dumps, zero at first, and wiped when it is let go. */
char *tl_locked_alloc (gsize  size_bytes) G_GNUC_WARN_UNUSED_RESULT;
void  tl_locked_free  (char  *memory,
                       gsize  size_bytes);

G_END_DECLS
