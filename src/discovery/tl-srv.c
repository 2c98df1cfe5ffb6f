/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-srv.h"

#include <string.h>

#include "tl-exchangers.h"
#include "tl-provider.h"

/* RFC 6186 §3.1 and §3.2, RFC 8314 §5.1, in order of preference within a lane
 * (RFC 8314 §3: TLS from the start before an upgrade). */
const TlSrvService tl_srv_services[] = {
  { "_imaps",       TL_LANE_INCOMING, TL_SECURITY_TLS },
  { "_imap",        TL_LANE_INCOMING, TL_SECURITY_STARTTLS },
  { "_submissions", TL_LANE_OUTGOING, TL_SECURITY_TLS },
  { "_submission",  TL_LANE_OUTGOING, TL_SECURITY_STARTTLS },
};

const guint tl_srv_n_services = G_N_ELEMENTS (tl_srv_services);

/* Some zones publish port 465 as _submission. Nothing on that port ever spoke
 * first in the clear, so TLS from the start is meant (RFC 8314 §7.3). */
static TlSecurity
mend_security (const TlSrvService *service,
               guint16             port)
{
  if (service->lane == TL_LANE_OUTGOING && port == 465)
    return TL_SECURITY_TLS;

  return service->security;
}

/* No address literal and no bare label: neither is a name that a certificate of
 * the public kind could be for. An empty target must never get any further: TLS
 * libraries check no name at all then. */
static gboolean
is_public_name (const char *target)
{
  return target != NULL && strchr (target, '.') != NULL && !g_hostname_is_ip_address (target);
}

static TlClaim *
record_to_claim (const TlSrvService *service,
                 const TlRecord     *record,
                 TlDnssec            dnssec,
                 TlAddress          *address,
                 TlRejectionReason  *out_reason)
{
  g_autoptr(TlEndpoint) endpoint = NULL;
  g_autoptr(TlLaneSettings) settings = NULL;
  g_autofree char *hop = NULL;
  TlProvider *provider;

  if (record->port == 0)
    {
      *out_reason = TL_REJECTION_BAD_PORT;
      return NULL;
    }
  if (is_public_name (record->target))
    endpoint = tl_endpoint_new (record->target, record->port,
                                mend_security (service, record->port), NULL);
  if (endpoint == NULL)
    {
      *out_reason = TL_REJECTION_BAD_HOST;
      return NULL;
    }

  /* SRV does not say how to sign in; of a provider we know, we do. */
  provider = tl_providers_find_by_host (tl_endpoint_get_host (endpoint));
  settings = tl_lane_settings_new (tl_protocol_for_lane (service->lane), endpoint,
                                   provider != NULL ? tl_provider_get_preferred_auth (provider)
                                                    : TL_AUTH_PASSWORD,
                                   tl_address_get_addr_spec (address), NULL);
  if (settings == NULL)
    {
      *out_reason = TL_REJECTION_BAD_USER;
      return NULL;
    }

  hop = g_strdup_printf ("%s._tcp.%s SRV %u %u %u %s", service->label,
                         tl_address_get_domain (address), record->priority, record->weight,
                         record->port, tl_endpoint_get_host (endpoint));

  return tl_claim_new (service->lane, settings,
                       dnssec == TL_DNSSEC_SECURE ? TL_TRUST_OWN_DOMAIN : TL_TRUST_UNSIGNED_DNS,
                       (const char * const []) { hop, NULL });
}

/* @record: (nullable): %NULL for the service as a whole. What stood in place of a
 * host name was cleaned when it was read. */
static void
reject (const TlSrvService *service,
        const TlRecord     *record,
        TlAddress          *address,
        TlRejectionReason   reason,
        GPtrArray          *rejections)
{
  const char *target = NULL;
  g_autofree char *server = NULL;

  if (record != NULL)
    target = record->target != NULL ? record->target : record->raw_target;

  server = target != NULL && *target != '\0'
    ? g_strdup_printf ("%s:%u", target, record->port)
    : g_strdup_printf ("%s._tcp.%s", service->label, tl_address_get_domain (address));
  g_ptr_array_add (rejections, tl_rejection_new_clean (service->lane, TL_SOURCE_SRV, server,
                                                       reason));
}

/**
 * tl_srv_read:
 * @service: which service was asked for
 * @records: (array length=n_records): the SRV records that came, in any order
 * @n_records: how many
 * @dnssec: what validation said of them
 * @address: whose servers they are
 * @claims: (element-type TlClaim): where to append what they claim, best first
 * @rejections: (element-type TlRejection): where to append what is not offered, and why
 *
 * Reads the records of one service (RFC 2782, RFC 6186 §3.4). The first
 * `TL_SRV_MAX_TARGETS` in order are looked at; that there were more is set down.
 * Of those a record whose target is no host name or whose port is 0 is
 * rejected. The user name is the whole address, which SRV does not say. Pure.
 *
 * Returns: %TRUE when the domain states that it does not offer the service: its
 *   only target is the root
 */
gboolean
tl_srv_read (const TlSrvService      *service,
             const TlRecord * const  *records,
             guint                    n_records,
             TlDnssec                 dnssec,
             TlAddress               *address,
             GPtrArray               *claims,
             GPtrArray               *rejections)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();

  if (n_records == 1 && g_strcmp0 (records[0]->target, ".") == 0)
    {
      reject (service, NULL, address, TL_REJECTION_NOT_OFFERED, rejections);
      return TRUE;
    }

  for (guint i = 0; i < n_records; i++)
    g_ptr_array_add (sorted, (gpointer) records[i]);
  g_ptr_array_sort (sorted, tl_exchanger_compare);

  for (guint i = 0; i < MIN (sorted->len, TL_SRV_MAX_TARGETS); i++)
    {
      TlRejectionReason reason = TL_REJECTION_BAD_HOST;
      TlClaim *claim = record_to_claim (service, sorted->pdata[i], dnssec, address, &reason);

      if (claim != NULL)
        g_ptr_array_add (claims, claim);
      else
        reject (service, sorted->pdata[i], address, reason, rejections);
    }
  if (sorted->len > TL_SRV_MAX_TARGETS)
    reject (service, sorted->pdata[TL_SRV_MAX_TARGETS], address, TL_REJECTION_LIST_CUT, rejections);

  return FALSE;
}
