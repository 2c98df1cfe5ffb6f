/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-source.h"
#include "tl-provider.h"

static void
add_claims (GPtrArray   *claims,
            TlProvider  *provider,
            TlLaneKind   lane,
            TlAddress   *address,
            const char  *hop)
{
  guint n = tl_provider_get_n_endpoints (provider, lane);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TlLaneSettings) settings = tl_provider_dup_settings (provider, lane, i, address);

      if (settings != NULL)
        g_ptr_array_add (claims, tl_claim_new (lane, settings, TL_TRUST_CURATED,
                                               (const char * const []) { hop, NULL }));
    }
}

static TlSourceReply *
provider_to_reply (const char *source,
                   TlProvider *provider,
                   TlAddress  *address,
                   const char *hop)
{
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);

  add_claims (claims, provider, TL_LANE_INCOMING, address, hop);
  add_claims (claims, provider, TL_LANE_OUTGOING, address, hop);

  return tl_source_reply_new (source, TL_SOURCE_STATUS_ANSWERED, claims, TL_SOURCE_REMARK_NONE,
                              NULL);
}

static void
ask_by_domain (const TlDiscoverySource  *self,
               const TlInquiry          *inquiry,
               GAsyncReadyCallback       callback,
               gpointer                  user_data)
{
  g_autoptr(GTask) task = tl_discovery_source_task (self, callback, user_data);
  TlProvider *provider = tl_providers_find_by_domain (tl_address_get_domain (inquiry->address));
  TlSourceReply *reply;

  if (provider != NULL)
    reply = provider_to_reply (self->id, provider, inquiry->address,
                               tl_address_get_domain (inquiry->address));
  else
    reply = tl_source_reply_new_status (self->id, TL_SOURCE_STATUS_NOTHING);

  tl_discovery_source_take_reply (task, reply);
}

/* The most preferred exchanger that belongs to somebody we know: a gateway may
 * stand before the real host (facts: several clients look at the first only).
 * Equal preferences are told apart by name, so that the order in which a name
 * server shuffles them changes nothing. */
static const TlRecord *
find_known_exchanger (TlRecordSet  *records,
                      TlProvider  **out_provider)
{
  const TlRecord *best = NULL;

  for (guint i = 0; i < tl_record_set_get_n (records); i++)
    {
      const TlRecord *record = tl_record_set_get (records, i);
      TlProvider *provider;

      if (record->target == NULL ||
          (provider = tl_providers_find_by_mx (record->target)) == NULL)
        continue;

      if (best == NULL || record->priority < best->priority ||
          (record->priority == best->priority && g_strcmp0 (record->target, best->target) < 0))
        {
          best = record;
          *out_provider = provider;
        }
    }

  return best;
}

static void
on_exchangers_found (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  const TlDiscoverySource *self = &tl_source_provider_mx;
  TlAddress *address = g_task_get_task_data (task);
  g_autoptr(TlRecordSet) records = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);
  TlProvider *provider = NULL;
  const TlRecord *exchanger = NULL;
  TlSourceReply *reply;

  if (records == NULL)
    {
      reply = tl_source_reply_new_status (self->id, TL_SOURCE_STATUS_TIMEOUT);
    }
  else if (tl_record_set_get_status (records) == TL_RECORDS_ANSWERED &&
           (exchanger = find_known_exchanger (records, &provider)) != NULL)
    {
      g_autofree char *hop = g_strdup_printf ("%s MX %u %s", tl_address_get_domain (address),
                                              exchanger->priority, exchanger->target);

      reply = provider_to_reply (self->id, provider, address, hop);
    }
  else
    {
      TlSourceStatus status = tl_source_status_from_records (tl_record_set_get_status (records));

      if (status == TL_SOURCE_STATUS_ANSWERED)
        status = TL_SOURCE_STATUS_NOTHING;
      reply = tl_source_reply_new_status (self->id, status);
    }

  tl_discovery_source_take_reply (task, reply);
}

static void
ask_by_mx (const TlDiscoverySource  *self,
           const TlInquiry          *inquiry,
           GAsyncReadyCallback       callback,
           gpointer                  user_data)
{
  GTask *task = tl_discovery_source_task (self, callback, user_data);

  g_task_set_task_data (task, tl_address_ref (inquiry->address), (GDestroyNotify) tl_address_unref);
  tl_records_lookup_async (inquiry->records, tl_address_get_domain (inquiry->address), TL_RECORD_MX,
                           inquiry->deadline, inquiry->cancellable, on_exchangers_found, task);
}

/* The curated table by the address's own domain: offline, at once. */
const TlDiscoverySource tl_source_provider_domain = {
  .id = TL_SOURCE_PROVIDER_DOMAIN,
  .offline = TRUE,
  .ask_async = ask_by_domain,
};

/* The curated table by where the domain's mail goes. */
const TlDiscoverySource tl_source_provider_mx = {
  .id = TL_SOURCE_PROVIDER_MX,
  .ask_async = ask_by_mx,
};
