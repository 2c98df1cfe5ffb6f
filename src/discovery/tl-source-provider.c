/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-source.h"
#include "tl-exchangers.h"
#include "tl-provider-claims.h"
#include "tl-site.h"
#include "tl-source-records.h"

/* A provider without an incoming server takes no mail program from outside,
 * and says so: no other source need look for one. */
static TlSourceReply *
provider_to_reply (const char         *source,
                   TlProvider         *provider,
                   TlAddress          *address,
                   const char         *mx_host,
                   const char         *hop,
                   const char * const *sites)
{
  const char * const hops[] = { hop, NULL };
  g_autoptr(GPtrArray) claims = tl_provider_to_claims (provider, address, mx_host, hops);
  gboolean has_incoming = tl_provider_get_n_endpoints (provider, TL_LANE_INCOMING) > 0;

  return tl_source_reply_new (source, TL_SOURCE_STATUS_ANSWERED, &(TlSourceFacts) {
    .claims = claims,
    .sites = sites,
    .provider = tl_provider_get_id (provider),
    .remarks = has_incoming ? TL_SOURCE_REMARK_NONE : TL_SOURCE_REMARK_NO_IMAP,
  });
}

static void
ask_by_domain (const TlDiscoverySource  *self,
               const TlInquiry          *inquiry,
               GAsyncReadyCallback       callback,
               gpointer                  user_data)
{
  g_autoptr(GTask) task = tl_discovery_source_task (self, callback, user_data);
  const char *domain = tl_address_get_domain (inquiry->address);
  TlProvider *provider = tl_providers_find_by_domain (domain);
  TlSourceReply *reply;

  if (provider != NULL)
    reply = provider_to_reply (self->id, provider, inquiry->address, NULL, domain, NULL);
  else
    reply = tl_source_reply_new_status (self->id, TL_SOURCE_STATUS_NOTHING);

  tl_discovery_source_take_reply (task, reply);
}

/* The most preferred exchanger that belongs to somebody we know: a filter may
 * stand before the real host. */
static const TlRecord *
find_known (GPtrArray   *exchangers,
            TlProvider **out_provider)
{
  for (guint i = 0; i < exchangers->len; i++)
    {
      const TlRecord *exchanger = exchangers->pdata[i];
      TlProvider *provider = tl_providers_find_by_mx (exchanger->target);

      if (provider != NULL)
        {
          *out_provider = provider;
          return exchanger;
        }
    }

  return NULL;
}

/* Whoever takes in the domain's mail is its mail host, known to us or not. */
static char **
dup_sites (GPtrArray *exchangers)
{
  g_autoptr(GStrvBuilder) sites = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < exchangers->len; i++)
    {
      const TlRecord *exchanger = exchangers->pdata[i];
      char *site = tl_site_dup_registrable (exchanger->target);

      if (site != NULL && !g_hash_table_contains (seen, site))
        g_strv_builder_add (sites, site);
      if (site != NULL)
        g_hash_table_add (seen, site);
    }

  return g_strv_builder_end (sites);
}

static TlSourceReply *
exchangers_to_reply (TlRecordSet *records,
                     TlAddress   *address)
{
  g_autoptr(GPtrArray) exchangers = tl_exchangers_list (records);
  g_auto(GStrv) sites = dup_sites (exchangers);
  TlProvider *provider = NULL;
  const TlRecord *known = find_known (exchangers, &provider);
  g_autofree char *hop = NULL;

  if (known == NULL)
    return tl_source_reply_new (TL_SOURCE_PROVIDER_MX, TL_SOURCE_STATUS_NOTHING,
                                &(TlSourceFacts) { .sites = (const char * const *) sites });

  hop = tl_exchanger_dup_hop (known, tl_address_get_domain (address));

  return provider_to_reply (TL_SOURCE_PROVIDER_MX, provider, address, known->target, hop,
                            (const char * const *) sites);
}

static void
on_exchangers_found (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  TlAddress *address = g_task_get_task_data (task);
  TlSourceReply *reply = NULL;
  g_autoptr(TlRecordSet) records = tl_source_records_finish (TL_RECORDS (object), result,
                                                             TL_SOURCE_PROVIDER_MX, &reply);

  if (records != NULL)
    reply = exchangers_to_reply (records, address);

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
  tl_records_lookup_quick_async (inquiry->records, tl_address_get_domain (inquiry->address),
                                 TL_RECORD_MX, inquiry->deadline, inquiry->cancellable,
                                 on_exchangers_found, task);
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
