/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the table vouches for has to be in the provider's own hands. */
#include <string.h>

#include "tl-provider.h"
#include "tl-provider-details.h"
#include "tl-site.h"

/* What is literal behind the one label that an exchanger's name fills in; the
 * whole of a literal host. NULL when what stands open is not a label. */
static const char *
find_literal (const char *host)
{
  const char *end = strchr (host, '}');

  if (end == NULL)
    return host;

  return end[1] == '.' ? end + 2 : NULL;
}

static void
check_host (TlProvider *provider,
            TlLaneKind  lane,
            guint       index)
{
  const char *host = tl_provider_get_server (provider, lane, index)->host;
  g_autofree char *site = NULL;

  /* The domain of the address is the customer's own. */
  if (!tl_provider_vouches (provider, lane, index) || g_str_has_suffix (host, "{domain}"))
    return;

  g_test_message ("%s", host);
  g_assert_null (strstr (host, "{mx}"));
  g_assert_nonnull (find_literal (host));
  site = tl_site_dup_registrable (find_literal (host));
  g_assert_nonnull (site);
}

static void
test_provider (gconstpointer data)
{
  TlProvider *provider = (TlProvider *) data;

  for (guint i = 0; i < tl_provider_get_n_endpoints (provider, TL_LANE_INCOMING); i++)
    check_host (provider, TL_LANE_INCOMING, i);
  for (guint i = 0; i < tl_provider_get_n_endpoints (provider, TL_LANE_OUTGOING); i++)
    check_host (provider, TL_LANE_OUTGOING, i);
}

static void
test_customers (void)
{
  g_autofree char *site = tl_site_dup_registrable ("kasserver.com");

  g_test_summary ("Below kasserver.com each name is a customer's, and the list knows");

  g_assert_null (site);
}

int
main (int   argc,
      char *argv[])
{
  GPtrArray *providers;

  g_test_init (&argc, &argv, NULL);

  providers = tl_providers_get_all ();
  g_test_add_func ("/provider-sites/customers", test_customers);
  for (guint i = 0; i < providers->len; i++)
    {
      TlProvider *provider = g_ptr_array_index (providers, i);
      g_autofree char *path = g_strconcat ("/provider-sites/", tl_provider_get_id (provider), NULL);

      g_test_add_data_func (path, provider, test_provider);
    }

  return g_test_run ();
}
