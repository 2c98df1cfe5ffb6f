/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-provider-private.h"

#include <string.h>

#include "tl-data.h"
#include "tl-gateway-private.h"
#include "tl-host-pattern.h"

static TlProvider *
load (const char *file)
{
  g_autofree char *name = g_strconcat ("providers/", file, NULL);
  g_autoptr(GBytes) bytes = tl_data_lookup (name);
  g_autoptr(GError) error = NULL;
  TlProvider *provider;

  provider = tl_provider_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                &error);
  if (provider == NULL)
    g_error ("%s: %s", name, error->message);

  return provider;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const TlProvider *left = *(const TlProvider * const *) a;
  const TlProvider *right = *(const TlProvider * const *) b;

  return strcmp (left->id, right->id);
}

/**
 * tl_providers_get_all:
 *
 * The curated table, read from the compiled-in data on first use and kept for
 * good. Any thread.
 *
 * Returns: (transfer none) (element-type TlProvider): the providers, sorted by id
 */
GPtrArray *
tl_providers_get_all (void)
{
  static GPtrArray *all = NULL;

  if (g_once_init_enter (&all))
    {
      g_auto(GStrv) files = tl_data_list ("providers");
      GPtrArray *made = g_ptr_array_new ();

      for (guint i = 0; files[i] != NULL; i++)
        g_ptr_array_add (made, load (files[i]));
      g_ptr_array_sort (made, compare_ids);

      g_once_init_leave (&all, made);
    }

  return all;
}

/**
 * tl_providers_find:
 * @id: a provider's id
 *
 * Returns: (transfer none) (nullable): that provider, or %NULL
 */
TlProvider *
tl_providers_find (const char *id)
{
  GPtrArray *all = tl_providers_get_all ();

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);

      if (g_str_equal (provider->id, id))
        return provider;
    }

  return NULL;
}

/**
 * tl_providers_find_by_domain:
 * @domain: the domain of an address, A-labels, any case
 *
 * Returns: (transfer none) (nullable): the provider that hands out addresses in
 *   exactly this domain, or %NULL
 */
TlProvider *
tl_providers_find_by_domain (const char *domain)
{
  GPtrArray *all = tl_providers_get_all ();
  g_autofree char *folded = tl_host_pattern_fold (domain);

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);

      if (g_strv_contains ((const char * const *) provider->domains, folded))
        return provider;
    }

  return NULL;
}

/* How much of the name the best pattern tells, tl_host_pattern_match(). */
gsize
tl_providers_match_mx (const char  *folded,
                       TlProvider **out_provider)
{
  GPtrArray *all = tl_providers_get_all ();
  gsize best = 0;

  *out_provider = NULL;
  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);
      gsize told = tl_host_patterns_match ((const char * const *) provider->mx, folded);

      if (told > best)
        {
          best = told;
          *out_provider = provider;
        }
    }

  return best;
}

/**
 * tl_providers_find_by_mx:
 * @mx_host: the name of a mail exchanger, any case, with or without final dot
 *
 * Finds whose mail exchanger it is: the pattern that tells most of the name
 * wins. An exchanger that a row of tl_gateways_find_by_mx() tells as well or
 * better is that gateway's, and the mailbox is elsewhere.
 *
 * Returns: (transfer none) (nullable): the provider, or %NULL
 */
TlProvider *
tl_providers_find_by_mx (const char *mx_host)
{
  g_autofree char *folded = tl_host_pattern_fold (mx_host);
  TlProvider *provider;
  TlGateway *gateway;
  gsize told = tl_providers_match_mx (folded, &provider);

  return tl_gateways_match_mx (folded, &gateway) >= told ? NULL : provider;
}

/* Whether the server is one that @template makes. `{domain}` and `{mx}` could
 * make any: that a provider uses them says nothing about a host. */
static gboolean
makes_host (const char *template,
            const char *host)
{
  return strstr (template, "{domain}") == NULL && strstr (template, "{mx}") == NULL &&
         tl_host_pattern_match (template, host) > 0;
}

static gboolean
has_host (TlProvider *provider,
          const char *host)
{
  for (guint lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      for (guint i = 0; i < provider->servers[lane]->len; i++)
        {
          if (makes_host (g_array_index (provider->servers[lane], TlProviderServer, i).host, host))
            return TRUE;
        }
    }

  return FALSE;
}

/**
 * tl_providers_find_by_host:
 * @host: an incoming or outgoing server, A-labels, any case
 *
 * Where several providers share a server, such as outlook.office365.com, the
 * first in the order of ids is given, one with mailboxes before a relay.
 *
 * Returns: (transfer none) (nullable): a provider that uses exactly this
 *   server, or one of a row of servers that differ in one label; or %NULL
 */
TlProvider *
tl_providers_find_by_host (const char *host)
{
  GPtrArray *all = tl_providers_get_all ();
  g_autofree char *folded = tl_host_pattern_fold (host);
  TlProvider *relay = NULL;

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);

      if (!has_host (provider, folded))
        continue;
      if (provider->kind == TL_PROVIDER_MAILBOX)
        return provider;
      if (relay == NULL)
        relay = provider;
    }

  return relay;
}

/**
 * tl_providers_find_by_spf:
 * @include: a name that the SPF record of a domain includes (RFC 7208 §5.2), any case
 *
 * Says who may send for the domain, which supports that its mailboxes are
 * there and never proves it.
 *
 * Returns: (transfer none) (nullable): the provider, or %NULL
 */
TlProvider *
tl_providers_find_by_spf (const char *include)
{
  GPtrArray *all = tl_providers_get_all ();
  g_autofree char *folded = tl_host_pattern_fold (include);

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);

      if (g_strv_contains ((const char * const *) provider->spf, folded))
        return provider;
    }

  return NULL;
}

/**
 * tl_providers_find_by_autodiscover:
 * @cname_target: where the CNAME of `autodiscover.DOMAIN` leads, any case
 *
 * Returns: (transfer none) (nullable): the provider that has its domains do
 *   that, or %NULL
 */
TlProvider *
tl_providers_find_by_autodiscover (const char *cname_target)
{
  GPtrArray *all = tl_providers_get_all ();
  g_autofree char *folded = tl_host_pattern_fold (cname_target);
  TlProvider *best = NULL;
  gsize best_told = 0;

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);
      gsize told = tl_host_patterns_match ((const char * const *) provider->autodiscover, folded);

      if (told > best_told)
        {
          best = provider;
          best_told = told;
        }
    }

  return best;
}

/**
 * tl_providers_find_by_tenant:
 * @service: whose tenant look-up knew the domain: `microsoft`
 *
 * Returns: (transfer none) (nullable): the provider whose customers are found that way, or %NULL
 */
TlProvider *
tl_providers_find_by_tenant (const char *service)
{
  GPtrArray *all = tl_providers_get_all ();

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);

      if (g_strcmp0 (provider->tenant, service) == 0)
        return provider;
    }

  return NULL;
}
