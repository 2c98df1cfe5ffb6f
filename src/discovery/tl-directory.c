/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-directory.h"

/**
 * tl_directory_dup_url:
 * @options: (nullable): say which directory is asked
 * @domain: a domain name in A-labels
 *
 * Makes the URL of a domain's document in the directory
 * (draft-ietf-mailmaint-autoconfig: `<base>/<domain>`).
 *
 * Returns: (transfer full) (nullable): the URL, or %NULL when no directory is to be asked: nobody
 *   wants one, or what was named is not https
 */
char *
tl_directory_dup_url (const TlDiscoveryOptions *options,
                      const char               *domain)
{
  const char *base = TL_DISCOVERY_DIRECTORY;

  if (options != NULL && options->directory != NULL)
    base = options->directory;
  if (!g_str_has_prefix (base, "https://"))
    return NULL;

  return g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", domain, NULL);
}
