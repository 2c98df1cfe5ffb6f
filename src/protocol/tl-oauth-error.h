/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TL_OAUTH_ERROR_MAX_BYTES  1024
#define TL_OAUTH_ERROR_MAX_SCOPES 8

char  *tl_oauth_error_dup_status (const char *bytes,
                                  gsize       len) G_GNUC_WARN_UNUSED_RESULT;
char **tl_oauth_error_dup_scopes (const char *bytes,
                                  gsize       len) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
