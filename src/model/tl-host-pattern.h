/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char  *tl_host_pattern_fold   (const char         *name) G_GNUC_WARN_UNUSED_RESULT;
gsize  tl_host_pattern_match  (const char         *pattern,
                               const char         *host);
gsize  tl_host_patterns_match (const char * const *patterns,
                               const char         *host);
char  *tl_host_pattern_catch  (const char         *pattern,
                               const char         *word,
                               const char         *host) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
