/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-tenant.h"

#include <string.h>

#include "tl-provider-details.h"

#define MAX_TENANT_LEN 253

/**
 * tl_oauth_tenant_is_valid:
 * @tenant: whose directory it is
 *
 * Returns: whether that is a directory id, a domain, or a word for many: it becomes one segment of
 *   a path
 */
gboolean
tl_oauth_tenant_is_valid (const char *tenant)
{
  gsize len = strlen (tenant);

  return len > 0 && len <= MAX_TENANT_LEN &&
         strspn (tenant, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-") == len &&
         g_ascii_isalnum (tenant[0]) && g_ascii_isalnum (tenant[len - 1]);
}

/**
 * tl_oauth_tenant_put:
 * @pattern: an issuer or an endpoint of our table, which may have `TL_PROVIDER_OAUTH_TENANT` in it
 * @tenant: (nullable): what stands there; %NULL leaves the place as it is
 *
 * Returns: (transfer full): the issuer or the endpoint
 */
char *
tl_oauth_tenant_put (const char *pattern,
                     const char *tenant)
{
  g_autoptr(GString) text = g_string_new (pattern);

  if (tenant != NULL)
    g_string_replace (text, TL_PROVIDER_OAUTH_TENANT, tenant, 0);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * tl_oauth_tenant_matches:
 * @pattern: an issuer with one `TL_PROVIDER_OAUTH_TENANT`
 * @issuer: text from outside
 *
 * Returns: whether @issuer is @pattern to the letter, with the id of some directory in that place
 */
gboolean
tl_oauth_tenant_matches (const char *pattern,
                         const char *issuer)
{
  const char *mark = strstr (pattern, TL_PROVIDER_OAUTH_TENANT);
  gsize len = strlen (issuer);
  const char *after;
  gsize before_len;
  gsize after_len;
  g_autofree char *directory = NULL;

  g_return_val_if_fail (mark != NULL, FALSE);

  after = mark + strlen (TL_PROVIDER_OAUTH_TENANT);
  before_len = (gsize) (mark - pattern);
  after_len = strlen (after);
  if (len <= before_len + after_len || strncmp (issuer, pattern, before_len) != 0 ||
      !g_str_has_suffix (issuer, after))
    return FALSE;
  directory = g_strndup (issuer + before_len, len - before_len - after_len);

  return g_uuid_string_is_valid (directory);
}
