/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-provider-private.h"

#include <string.h>

#include "tl-data.h"

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

/* A name as DNS and people write it, in the spelling of the table: lower case,
 * no final dot. */
static char *
fold_name (const char *name)
{
  char *folded = g_ascii_strdown (name, -1);
  gsize len = strlen (folded);

  if (len > 0 && folded[len - 1] == '.')
    folded[len - 1] = '\0';

  return folded;
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
  g_autofree char *folded = fold_name (domain);

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);

      if (g_strv_contains ((const char * const *) provider->domains, folded))
        return provider;
    }

  return NULL;
}

/**
 * tl_providers_find_by_mx:
 * @mx_host: the name of a mail exchanger, any case, with or without final dot
 *
 * Finds whose mail exchanger it is. Patterns match whole labels, and the
 * longest pattern wins.
 *
 * Returns: (transfer none) (nullable): the provider, or %NULL
 */
TlProvider *
tl_providers_find_by_mx (const char *mx_host)
{
  GPtrArray *all = tl_providers_get_all ();
  g_autofree char *folded = fold_name (mx_host);
  TlProvider *best = NULL;
  gsize best_len = 0;

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);

      for (guint j = 0; provider->mx[j] != NULL; j++)
        {
          gsize len = tl_data_match_host (provider->mx[j], folded);

          if (len > best_len)
            {
              best = provider;
              best_len = len;
            }
        }
    }

  return best;
}

static gboolean
has_host (TlProvider *provider,
          const char *host)
{
  for (guint lane = TL_LANE_INCOMING; lane <= TL_LANE_OUTGOING; lane++)
    {
      for (guint i = 0; i < provider->endpoints[lane]->len; i++)
        {
          TlEndpoint *endpoint = g_ptr_array_index (provider->endpoints[lane], i);

          if (g_str_equal (tl_endpoint_get_host (endpoint), host))
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
 * first in the order of ids is given.
 *
 * Returns: (transfer none) (nullable): a provider that uses exactly this server, or %NULL
 */
TlProvider *
tl_providers_find_by_host (const char *host)
{
  GPtrArray *all = tl_providers_get_all ();
  g_autofree char *folded = fold_name (host);

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (all, i);

      if (has_host (provider, folded))
        return provider;
    }

  return NULL;
}
