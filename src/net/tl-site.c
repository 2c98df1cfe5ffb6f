/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-site.h"

#include <libpsl.h>

#include "tl-endpoint.h"

/**
 * tl_site_dup_registrable:
 * @host: a host name in any spelling, or an address literal
 *
 * Finds the part of @host that somebody registered: one label more than its
 * public suffix, by the list libpsl was built with. What shares it is run by
 * one owner, as far as names can tell.
 *
 * Returns: (transfer full) (nullable): the registrable domain in A-labels, or
 *   %NULL when @host is an address literal, a public suffix itself or no host
 */
char *
tl_site_dup_registrable (const char *host)
{
  g_autofree char *canonical = NULL;

  g_return_val_if_fail (host != NULL, NULL);

  canonical = tl_host_canonicalize (host);
  if (canonical == NULL || g_hostname_is_ip_address (canonical))
    return NULL;

  return g_strdup (psl_registrable_domain (psl_builtin (), canonical));
}

/**
 * tl_site_same:
 * @a: a host name
 * @b: another
 *
 * Returns: whether both have a registrable domain, and the same one
 */
gboolean
tl_site_same (const char *a,
              const char *b)
{
  g_autofree char *of_a = tl_site_dup_registrable (a);
  g_autofree char *of_b = tl_site_dup_registrable (b);

  return of_a != NULL && of_b != NULL && g_str_equal (of_a, of_b);
}
