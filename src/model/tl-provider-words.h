/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Words of data/providers as people read them, in their language; any other word as it is. */
const char *tl_provider_limit_get_label  (const char *what);
const char *tl_provider_source_get_label (const char *source);

G_END_DECLS
