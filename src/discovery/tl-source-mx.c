/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-autoconfig.h"
#include "tl-discovery-source.h"
#include "tl-exchangers.h"
#include "tl-gateway.h"
#include "tl-provider.h"
#include "tl-site.h"
#include "tl-source-document.h"
#include "tl-source-records.h"

/* A gateway of a hoster may stand before the host itself, so that the first
 * exchanger alone would be too few; more than two have never been of use. */
#define MAX_BASES 2
#define MAX_PLACES (2 * MAX_BASES)

/* Where the document about a name is, NULL: nobody is to be asked; and whether
 * the names are those of the domain's exchangers, or the domain alone. */
typedef struct
{
  char    *(*dup_url) (const TlInquiry *inquiry,
                       const char      *domain);
  gboolean  is_by_mx;
  TlTrust   trust;
} Library;

typedef struct
{
  char          *domain; /* owned: MXFULL, MXBASE, or the domain */
  char          *hop;    /* owned: the record that led there, or NULL */
  TlSourceReply *reply;  /* owned; NULL until it came */
} Place;

typedef struct
{
  const TlDiscoverySource *source;  /* borrowed, static */
  const TlInquiry         *inquiry; /* borrowed: outlives the source */
  Place                    places[MAX_PLACES];
  guint                    n_places;
  guint                    n_bases;
  gboolean                 is_done;
} Asking;

typedef struct
{
  GTask *task;  /* owned */
  guint  place;
} Question;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  for (guint i = 0; i < self->n_places; i++)
    {
      g_free (self->places[i].domain);
      g_free (self->places[i].hop);
      g_clear_pointer (&self->places[i].reply, tl_source_reply_unref);
    }
  g_free (self);
}

static void
add_place (Asking     *self,
           const char *domain,
           const char *hop)
{
  self->places[self->n_places++] = (Place) {
    .domain = g_strdup (domain),
    .hop = g_strdup (hop),
  };
}

static gboolean
has_base (const Asking *self,
          const char   *base)
{
  for (guint i = 0; i < self->n_places; i++)
    {
      if (tl_site_same (self->places[i].domain, base))
        return TRUE;
    }

  return FALSE;
}

/* draft-ietf-mailmaint-autoconfig: MXFULL is the exchanger's name without its
 * first label, MXBASE its registrable domain. The former says more about whose
 * servers they are, so it goes first where it is not the same. */
static void
add_exchanger (Asking         *self,
               const TlRecord *exchanger,
               const char     *hop)
{
  g_autofree char *base = tl_site_dup_registrable (exchanger->target);
  const char *dot = strchr (exchanger->target, '.');

  if (base == NULL || dot == NULL || self->n_bases == MAX_BASES || has_base (self, base))
    return;

  self->n_bases++;
  if (strlen (dot + 1) > strlen (base))
    add_place (self, dot + 1, hop);
  add_place (self, base, hop);
}

/* Whether somebody else's word on the exchanger is of any use: the domain's own
 * is asked elsewhere, and a filter's settings are not the mailbox's. */
static gboolean
is_worth_asking (const TlRecord *exchanger,
                 const char     *domain)
{
  return !tl_site_same (exchanger->target, domain) &&
         tl_gateways_find_by_mx (exchanger->target) == NULL;
}

/* Of an exchanger of somebody's in the table more is known already, whatever
 * stands beside it. */
static void
find_places (Asking      *self,
             TlRecordSet *records)
{
  const char *domain = tl_address_get_domain (self->inquiry->address);
  g_autoptr(GPtrArray) exchangers = tl_exchangers_list (records);

  for (guint i = 0; i < exchangers->len; i++)
    {
      const TlRecord *exchanger = exchangers->pdata[i];

      if (tl_providers_find_by_mx (exchanger->target) != NULL)
        return;
    }

  for (guint i = 0; i < exchangers->len; i++)
    {
      const TlRecord *exchanger = exchangers->pdata[i];
      g_autofree char *hop = tl_exchanger_dup_hop (exchanger, domain);

      if (is_worth_asking (exchanger, domain))
        add_exchanger (self, exchanger, hop);
    }
}

/* The best place that answered, as soon as no better one is outstanding; when
 * none did, the first of which something can be told. NULL: wait. */
static TlSourceReply *
find_reply (const Asking *self)
{
  TlSourceReply *telling = NULL;

  for (guint i = 0; i < self->n_places; i++)
    {
      TlSourceReply *reply = self->places[i].reply;

      if (reply == NULL || tl_source_reply_get_status (reply) == TL_SOURCE_STATUS_ANSWERED)
        return reply;
      if (telling == NULL || tl_source_reply_get_status (telling) == TL_SOURCE_STATUS_NXDOMAIN)
        telling = reply;
    }

  return telling;
}

static TlSourceReply *
read_document (const Asking        *self,
               const Place         *place,
               const TlHttpsAnswer *answer)
{
  const Library *library = self->source->data;

  return tl_source_document_read (self->source->id, tl_autoconfig_parse, answer, place->hop,
                                  self->inquiry->address, place->domain, library->trust);
}

static void
on_document_fetched (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr(GTask) task = question->task;
  Asking *asking = g_task_get_task_data (task);
  Place *place = &asking->places[question->place];
  g_autoptr(GError) error = NULL;
  g_autoptr(TlHttpsAnswer) answer = tl_https_send_finish (TL_HTTPS (object), result, &error);
  TlSourceReply *reply;

  if (asking->is_done)
    return;

  place->reply = answer != NULL ? read_document (asking, place, answer)
                                : tl_source_document_for_error (asking->source->id, error);
  reply = find_reply (asking);
  if (reply != NULL)
    {
      asking->is_done = TRUE;
      tl_discovery_source_take_reply (task, tl_source_reply_ref (reply));
    }
}

static void
ask_places (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);
  const Library *library = asking->source->data;

  for (guint i = 0; i < asking->n_places; i++)
    {
      g_autofree char *url = library->dup_url (asking->inquiry, asking->places[i].domain);
      Question *question = g_new (Question, 1);

      question->task = g_object_ref (task);
      question->place = i;
      tl_https_send_async (asking->inquiry->https, &(TlHttpsRequest) { .url = url },
                           asking->inquiry->deadline, asking->inquiry->cancellable,
                           on_document_fetched, question);
    }
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
                                                             asking->source->id, &reply);

  if (records == NULL)
    {
      tl_discovery_source_take_reply (task, reply);
      return;
    }

  find_places (asking, records);
  if (asking->n_places == 0)
    tl_discovery_source_take_reply (
      task, tl_source_reply_new_status (asking->source->id, TL_SOURCE_STATUS_NOT_ASKED));
  else
    ask_places (task);
}

static char *
dup_autoconfig_url (const TlInquiry *inquiry,
                    const char      *domain)
{
  return g_strconcat ("https://autoconfig.", domain, "/mail/config-v1.1.xml", NULL);
}

/* draft-ietf-mailmaint-autoconfig: `<base>/<domain>` */
static char *
dup_directory_url (const TlInquiry *inquiry,
                   const char      *domain)
{
  const char *base = TL_DISCOVERY_DIRECTORY;

  if (inquiry->options != NULL && inquiry->options->directory != NULL)
    base = inquiry->options->directory;
  if (!g_str_has_prefix (base, "https://"))
    return NULL;

  return g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", domain, NULL);
}

/* Nobody who is asked here is told the address, nor even its domain; but for a
 * directory, which is told the domain and nothing more. */
static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  g_autoptr(GTask) task = tl_discovery_source_task (self, callback, user_data);
  const Library *library = self->data;
  const char *domain = tl_address_get_domain (inquiry->address);
  g_autofree char *any_url = library->dup_url (inquiry, domain);
  Asking *asking;

  if (any_url == NULL)
    {
      tl_discovery_source_take_reply (
        task, tl_source_reply_new_status (self->id, TL_SOURCE_STATUS_NOT_ASKED));
      return;
    }

  asking = g_new0 (Asking, 1);
  asking->source = self;
  asking->inquiry = inquiry;
  g_task_set_task_data (task, asking, asking_free);

  if (library->is_by_mx)
    {
      tl_records_lookup_quick_async (inquiry->records, domain, TL_RECORD_MX, inquiry->deadline,
                                     inquiry->cancellable, on_exchangers_found,
                                     g_object_ref (task));
      return;
    }

  add_place (asking, domain, NULL);
  ask_places (task);
}

/* Where name service led, a document is believed no further than that. */
static const Library mx_autoconfig_library = { dup_autoconfig_url, TRUE, TL_TRUST_UNSIGNED_DNS };
static const Library mx_directory_library = { dup_directory_url, TRUE, TL_TRUST_UNSIGNED_DNS };
static const Library directory_library = { dup_directory_url, FALSE, TL_TRUST_DIRECTORY };

/* What the directory says of the domain. */
const TlDiscoverySource tl_source_directory = {
  .id = TL_SOURCE_DIRECTORY,
  .data = &directory_library,
  .ask_async = ask,
};

/* What the domain's mail host says of itself. */
const TlDiscoverySource tl_source_mx_autoconfig = {
  .id = TL_SOURCE_MX_AUTOCONFIG,
  .data = &mx_autoconfig_library,
  .ask_async = ask,
};

/* What the directory says of the domain's mail host. */
const TlDiscoverySource tl_source_mx_directory = {
  .id = TL_SOURCE_MX_DIRECTORY,
  .data = &mx_directory_library,
  .ask_async = ask,
};
