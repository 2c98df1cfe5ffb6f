/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person or an administrator has set once for every set-up. */
#include "tl-preferences.h"

#include <string.h>

#include "config.h"
#include "tl-discovery.h"
#include "tl-error.h"
#include "tl-text.h"
#include "tl-url.h"

#define DIRECTORY_MAX_LEN 500

/* It may be written in any case (RFC 3986 §3.1), and is kept in one. */
#define SCHEME "https"

/**
 * tl_preferences_dup_settings_with:
 * @key: what is going to be asked for
 *
 * g_settings_new() ends the program where the schema is not installed, and asking for a key that
 * an older one does not have does so too; a program that was only built still has to run, with the
 * defaults.
 *
 * Returns: (transfer full) (nullable): the settings, or %NULL when their schema is not there
 */
GSettings *
tl_preferences_dup_settings_with (const char *key)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, TL_APP_ID, TRUE);
  if (schema == NULL || !g_settings_schema_has_key (schema, key))
    return NULL;

  return g_settings_new_full (schema, NULL, NULL);
}

GSettings *
tl_preferences_dup_settings (void)
{
  return tl_preferences_dup_settings_with (TL_PREFERENCES_DIRECTORY_KEY);
}

/**
 * tl_preferences_dup_directory:
 *
 * Returns: (transfer full): the base URL of the directory as it was set, which may be none;
 *   empty for asking no directory
 */
char *
tl_preferences_dup_directory (void)
{
  g_autoptr(GSettings) settings = tl_preferences_dup_settings ();

  return settings == NULL ? g_strdup (TL_DISCOVERY_DIRECTORY)
                          : g_settings_get_string (settings, TL_PREFERENCES_DIRECTORY_KEY);
}

/**
 * tl_preferences_check_directory:
 * @url: what somebody wants asked; empty for nobody
 * @error: return location for a #GError
 *
 * Checks a directory: a URL that tl_url_parse_https() takes, with nothing after
 * the path, to which a domain is to be appended.
 *
 * Returns: (transfer full): @url with a slash at its end, or empty; %NULL with
 *   %TL_ERROR_INVALID_INPUT
 */
char *
tl_preferences_check_directory (const char  *url,
                                GError     **error)
{
  g_autoptr(GUri) uri = NULL;

  if (*url == '\0')
    return g_strdup ("");

  if (strlen (url) <= DIRECTORY_MAX_LEN)
    uri = tl_url_parse_https (url);
  if (uri == NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_autofree char *shown = tl_text_clean (url, -1);

      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "“%s” is not the address of a directory; give one like %s, or none to ask "
                   "no directory", shown, TL_DISCOVERY_DIRECTORY);
      return NULL;
    }

  return g_strconcat (SCHEME, url + strlen (SCHEME), g_str_has_suffix (url, "/") ? "" : "/", NULL);
}
