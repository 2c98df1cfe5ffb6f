/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-discovery-source.h"
#include "tl-exchangers.h"
#include "tl-gateway.h"
#include "tl-json.h"
#include "tl-provider-claims.h"
#include "tl-site.h"
#include "tl-source-records.h"
#include "tl-spf-includes.h"

/* Who stands behind a filter is concluded; nobody waits long for it. */
#define SIGNALS_MS 3000

#define MAX_FOLLOWED 4

/* By how much they prove. A tenant may be there for its documents alone, and
 * SPF lists whoever sends for the domain, not who takes mail in. */
typedef enum
{
  SIGNAL_AUTODISCOVER,
  SIGNAL_TENANT,
  SIGNAL_SPF,
  N_SIGNALS,
} Signal;

/* A provider that was seen behind the filter. */
typedef struct
{
  TlProvider *provider; /* borrowed: the table's */
  Signal      signal;
  char       *hop;      /* owned */
} Sighting;

typedef struct
{
  const TlInquiry *inquiry;   /* borrowed: outlives the source */
  TlDeadline       deadline;  /* of the signals */
  TlGateway       *gateway;   /* borrowed: the table's */
  char            *hop;       /* owned: the record by which it was recognised */
  GPtrArray       *sightings; /* owned, of owned Sighting */
  guint            n_waiting;
} Asking;

static void
sighting_free (gpointer data)
{
  Sighting *self = data;

  g_free (self->hop);
  g_free (self);
}

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_clear_pointer (&self->hop, g_free);
  g_clear_pointer (&self->sightings, g_ptr_array_unref);
  g_free (self);
}

/* Takes @hop. A relay sends for many and keeps nobody's mailbox. */
static void
take_sighting (Asking     *self,
               Signal      signal,
               TlProvider *provider,
               char       *hop)
{
  Sighting *sighting = g_new (Sighting, 1);

  sighting->provider = provider;
  sighting->signal = signal;
  sighting->hop = hop;

  if (tl_provider_get_kind (provider) == TL_PROVIDER_MAILBOX)
    g_ptr_array_add (self->sightings, sighting);
  else
    sighting_free (sighting);
}

/* In an order that does not depend on who answered first. */
static int
compare_sightings (gconstpointer a,
                   gconstpointer b)
{
  const Sighting *left = *(const Sighting * const *) a;
  const Sighting *right = *(const Sighting * const *) b;

  if (left->signal != right->signal)
    return left->signal < right->signal ? -1 : 1;

  return strcmp (left->hop, right->hop);
}

static guint
count_signals (const Asking     *self,
               const TlProvider *provider)
{
  gboolean is_seen[N_SIGNALS] = { FALSE };
  guint n = 0;

  for (guint i = 0; i < self->sightings->len; i++)
    {
      const Sighting *sighting = self->sightings->pdata[i];

      if (sighting->provider == provider && !is_seen[sighting->signal])
        {
          is_seen[sighting->signal] = TRUE;
          n++;
        }
    }

  return n;
}

/* The one that most signals point at; then the one with the strongest of them;
 * then by id. */
static TlProvider *
choose_provider (const Asking *self)
{
  const Sighting *best = NULL;
  guint best_n = 0;

  for (guint i = 0; i < self->sightings->len; i++)
    {
      const Sighting *sighting = self->sightings->pdata[i];
      guint n = count_signals (self, sighting->provider);

      if (best == NULL || n > best_n ||
          (n == best_n && sighting->signal == best->signal &&
           strcmp (tl_provider_get_id (sighting->provider),
                   tl_provider_get_id (best->provider)) < 0))
        {
          best = sighting;
          best_n = n;
        }
    }

  return best != NULL ? best->provider : NULL;
}

static char **
dup_hops (const Asking     *self,
          const TlProvider *provider)
{
  g_autoptr(GStrvBuilder) hops = g_strv_builder_new ();

  g_strv_builder_add (hops, self->hop);
  for (guint i = 0; i < self->sightings->len; i++)
    {
      const Sighting *sighting = self->sightings->pdata[i];

      if (sighting->provider == provider)
        g_strv_builder_add (hops, sighting->hop);
    }

  return g_strv_builder_end (hops);
}

static TlSourceReply *
make_reply (const Asking *self)
{
  g_autoptr(GPtrArray) claims = NULL;
  g_autofree char *detail = g_strdup_printf ("gateway %s", tl_gateway_get_id (self->gateway));
  TlSourceRemarks remarks = TL_SOURCE_REMARK_GATEWAY;
  TlProvider *provider;

  g_ptr_array_sort (self->sightings, compare_sightings);
  provider = choose_provider (self);
  if (provider != NULL)
    {
      g_auto(GStrv) hops = dup_hops (self, provider);

      claims = tl_provider_to_claims (provider, self->inquiry->address, NULL,
                                      (const char * const *) hops);
      if (tl_provider_get_n_endpoints (provider, TL_LANE_INCOMING) == 0)
        remarks |= TL_SOURCE_REMARK_NO_IMAP;
    }

  return tl_source_reply_new (TL_SOURCE_GATEWAY,
                              claims != NULL && claims->len > 0 ? TL_SOURCE_STATUS_ANSWERED
                                                                : TL_SOURCE_STATUS_EVIDENCE,
                              &(TlSourceFacts) {
                                .claims = claims,
                                .remarks = remarks,
                                .provider = provider != NULL ? tl_provider_get_id (provider) : NULL,
                                .gateway = tl_gateway_get_id (self->gateway),
                                .detail = detail,
                              });
}

static void
advance (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  if (--asking->n_waiting == 0)
    tl_discovery_source_take_reply (task, make_reply (asking));
}

/* Takes down whom a name in an SPF record stands for. */
static gboolean
recognise (Asking     *self,
           const char *term,
           const char *name)
{
  TlProvider *provider = tl_providers_find_by_spf (name);

  if (provider == NULL)
    return FALSE;

  take_sighting (self, SIGNAL_SPF, provider,
                 g_strdup_printf ("%s TXT %s%s",
                                  tl_address_get_domain (self->inquiry->address), term, name));

  return TRUE;
}

/* Hands back what stands for nobody itself and is worth a look: what the domain
 * includes of its own making, and where it hands over to. */
static GPtrArray *
read_spf (Asking      *self,
          TlRecordSet *records)
{
  const char *domain = tl_address_get_domain (self->inquiry->address);
  g_autoptr(GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < tl_record_set_get_n (records); i++)
    {
      const char *text = tl_record_set_get (records, i)->text;
      g_autofree char *redirect = NULL;
      g_auto(GStrv) includes = text != NULL ? tl_spf_dup_includes (text, &redirect) : NULL;

      for (guint j = 0; includes != NULL && includes[j] != NULL; j++)
        {
          if (!recognise (self, "include:", includes[j]) && tl_site_same (includes[j], domain))
            g_ptr_array_add (unknown, g_strdup (includes[j]));
        }
      if (redirect != NULL && !recognise (self, "redirect=", redirect))
        g_ptr_array_add (unknown, g_steal_pointer (&redirect));
    }

  return g_steal_pointer (&unknown);
}

static void
on_included_spf_found (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(TlRecordSet) records = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);

  if (records != NULL && tl_record_set_get_status (records) == TL_RECORDS_ANSWERED)
    g_ptr_array_unref (read_spf (asking, records));
  advance (task);
}

/* One level and no more: the rest is others' business. */
static void
on_spf_found (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(TlRecordSet) records = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);
  g_autoptr(GPtrArray) unknown = NULL;

  if (records != NULL && tl_record_set_get_status (records) == TL_RECORDS_ANSWERED)
    unknown = read_spf (asking, records);

  for (guint i = 0; unknown != NULL && i < MIN (unknown->len, MAX_FOLLOWED); i++)
    {
      asking->n_waiting++;
      tl_records_lookup_quick_async (asking->inquiry->records, unknown->pdata[i], TL_RECORD_TXT,
                                     asking->deadline, asking->inquiry->cancellable,
                                     on_included_spf_found, g_object_ref (task));
    }
  advance (task);
}

static void
on_alias_found (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(TlRecordSet) records = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);
  guint n = records != NULL ? tl_record_set_get_n (records) : 0;

  for (guint i = 0; i < n; i++)
    {
      const char *target = tl_record_set_get (records, i)->target;
      TlProvider *provider = target != NULL ? tl_providers_find_by_autodiscover (target) : NULL;

      if (provider != NULL)
        take_sighting (asking, SIGNAL_AUTODISCOVER, provider,
                       g_strdup_printf ("autodiscover.%s CNAME %s",
                                        tl_address_get_domain (asking->inquiry->address), target));
    }
  advance (task);
}

/* OpenID Connect Discovery 1.0 §4.2: only a known tenant has an issuer. */
static gboolean
has_issuer (const TlHttpsAnswer *answer)
{
  gsize len;
  const char *bytes = g_bytes_get_data (answer->body, &len);
  g_autoptr(TlJson) json = NULL;
  g_autoptr(TlJsonReader) reader = NULL;
  const char *issuer;

  if (answer->status != 200 || len == 0 ||
      (json = tl_json_parse_foreign (bytes, len, NULL)) == NULL)
    return FALSE;

  reader = tl_json_reader_new (json, "openid-configuration");
  issuer = tl_json_reader_get_string (reader, "issuer", TL_JSON_OPTIONAL);

  return issuer != NULL && g_str_has_prefix (issuer, "https://");
}

/* Whose service every tenant is a customer of */
static TlProvider *
find_tenant_host (void)
{
  return tl_providers_find_by_tenant (TL_PROVIDER_TENANT_MICROSOFT);
}

static void
on_tenant_looked_up (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(TlHttpsAnswer) answer = tl_https_send_finish (TL_HTTPS (object), result, NULL);

  if (answer != NULL && has_issuer (answer))
    take_sighting (asking, SIGNAL_TENANT, find_tenant_host (),
                   g_strdup (answer->hops[0]));
  advance (task);
}

static void
look_behind (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);
  const TlInquiry *inquiry = asking->inquiry;
  const char *domain = tl_address_get_domain (inquiry->address);
  g_autofree char *alias = g_strconcat ("autodiscover.", domain, NULL);
  g_autofree char *url = g_strconcat ("https://login.microsoftonline.com/", domain,
                                      "/.well-known/openid-configuration", NULL);
  gboolean may_be_tenant = find_tenant_host () != NULL;

  asking->deadline = tl_deadline_earlier (inquiry->deadline, tl_deadline_in_ms (SIGNALS_MS));
  asking->n_waiting = may_be_tenant ? 3 : 2;

  tl_records_lookup_quick_async (inquiry->records, domain, TL_RECORD_TXT, asking->deadline,
                                 inquiry->cancellable, on_spf_found, g_object_ref (task));
  tl_records_lookup_quick_async (inquiry->records, alias, TL_RECORD_CNAME, asking->deadline,
                                 inquiry->cancellable, on_alias_found, g_object_ref (task));
  if (may_be_tenant)
    tl_https_send_async (inquiry->https, &(TlHttpsRequest) {
                           .url = url,
                           .accept = "application/json",
                         },
                         asking->deadline, inquiry->cancellable, on_tenant_looked_up,
                         g_object_ref (task));
}

/* The most preferred exchanger that is a filter's. */
static const TlRecord *
find_gateway (GPtrArray  *exchangers,
              TlGateway **out_gateway)
{
  for (guint i = 0; i < exchangers->len; i++)
    {
      const TlRecord *exchanger = exchangers->pdata[i];
      TlGateway *gateway = tl_gateways_find_by_mx (exchanger->target);

      if (gateway != NULL)
        {
          *out_gateway = gateway;
          return exchanger;
        }
    }

  return NULL;
}

/* Who only hands mail on has no mailbox behind, and nobody has to be told. */
static TlSourceReply *
make_forward_reply (const TlGateway *gateway)
{
  g_autofree char *detail = g_strdup_printf ("gateway %s", tl_gateway_get_id (gateway));

  return tl_source_reply_new (TL_SOURCE_GATEWAY, TL_SOURCE_STATUS_EVIDENCE, &(TlSourceFacts) {
    .remarks = TL_SOURCE_REMARK_FORWARD_ONLY,
    .gateway = tl_gateway_get_id (gateway),
    .detail = detail,
  });
}

static void
on_exchangers_found (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  TlSourceReply *reply = NULL;
  g_autoptr(TlRecordSet) records = tl_source_records_finish (TL_RECORDS (object), result,
                                                             TL_SOURCE_GATEWAY, &reply);
  g_autoptr(GPtrArray) exchangers = NULL;
  const TlRecord *exchanger = NULL;

  if (records != NULL)
    {
      exchangers = tl_exchangers_list (records);
      exchanger = find_gateway (exchangers, &asking->gateway);
    }

  if (records == NULL)
    tl_discovery_source_take_reply (task, reply);
  else if (exchanger == NULL)
    tl_discovery_source_take_reply (
      task, tl_source_reply_new_status (TL_SOURCE_GATEWAY, TL_SOURCE_STATUS_NOTHING));
  else if (tl_gateway_get_kind (asking->gateway) == TL_GATEWAY_FORWARD)
    tl_discovery_source_take_reply (task, make_forward_reply (asking->gateway));
  else
    {
      asking->hop = tl_exchanger_dup_hop (exchanger,
                                          tl_address_get_domain (asking->inquiry->address));
      look_behind (task);
    }
}

static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  GTask *task = tl_discovery_source_task (self, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  asking->inquiry = inquiry;
  asking->sightings = g_ptr_array_new_with_free_func (sighting_free);
  g_task_set_task_data (task, asking, asking_free);

  tl_records_lookup_quick_async (inquiry->records, tl_address_get_domain (inquiry->address),
                                 TL_RECORD_MX, inquiry->deadline, inquiry->cancellable,
                                 on_exchangers_found, task);
}

/* The domain's mail goes through somebody's filter: who is behind it? */
const TlDiscoverySource tl_source_gateway = {
  .id = TL_SOURCE_GATEWAY,
  .below = TRUE,
  .ask_async = ask,
};
