/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char  *tl_oauth_scope_join        (const char * const *scopes,
                                   gboolean            with_openid) G_GNUC_WARN_UNUSED_RESULT;
char **tl_oauth_scope_split       (const char * const *texts) G_GNUC_WARN_UNUSED_RESULT;
char **tl_oauth_scope_dup_missing (const char * const *wanted,
                                   const char * const *granted) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
