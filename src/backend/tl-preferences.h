/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_PREFERENCES_DIRECTORY_KEY "directory-url"
#define TL_PREFERENCES_CLIENTS_KEY   "oauth-clients"

GSettings *tl_preferences_dup_settings    (void) G_GNUC_WARN_UNUSED_RESULT;
GSettings *tl_preferences_dup_settings_with (const char *key) G_GNUC_WARN_UNUSED_RESULT;
char      *tl_preferences_dup_directory   (void) G_GNUC_WARN_UNUSED_RESULT;
char      *tl_preferences_check_directory (const char  *url,
                                           GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
