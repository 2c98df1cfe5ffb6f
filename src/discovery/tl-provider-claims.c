/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-provider-claims.h"

/**
 * tl_provider_to_claims:
 * @provider: who hosts the mail
 * @address: whose mail
 * @mx_host: (nullable): the exchanger by which that is known
 * @hops: how that is known
 *
 * Pure. What tl_provider_vouches() does not vouch for is no more than the word of DNS.
 *
 * Returns: (transfer full) (element-type TlClaim): its servers as far as they can be named,
 *   incoming ones first, in its own order of preference; it may be empty
 */
GPtrArray *
tl_provider_to_claims (TlProvider         *provider,
                       TlAddress          *address,
                       const char         *mx_host,
                       const char * const *hops)
{
  GPtrArray *claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);

  for (guint i = 0; i < TL_N_LANES; i++)
    {
      for (guint j = 0; j < tl_provider_get_n_endpoints (provider, tl_lanes[i]); j++)
        {
          g_autoptr(TlLaneSettings) settings = tl_provider_dup_settings (provider, tl_lanes[i], j,
                                                                         address, mx_host);
          TlTrust trust = tl_provider_vouches (provider, tl_lanes[i], j) ? TL_TRUST_CURATED
                                                                      : TL_TRUST_UNSIGNED_DNS;

          if (settings != NULL)
            g_ptr_array_add (claims, tl_claim_new (tl_lanes[i], settings, trust, hops));
        }
    }

  return claims;
}
