/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-autoconfig.h"
#include "tl-discovery-source.h"
#include "tl-site.h"
#include "tl-source-document.h"
#include "tl-source-records.h"
#include "tl-url.h"

#define PREFIX "mailconf="

/* How long the record may take to be proven, beside the fetching of what it names. */
#define PROOF_MS 600

typedef struct
{
  const TlInquiry *inquiry; /* borrowed: outlives the source */
  char            *url;     /* owned */
  TlTrust          trust;   /* how far the record is believed */
  gboolean         is_bogus;
  TlHttpsAnswer   *answer;  /* owned; NULL: none came */
  GError          *error;   /* owned; why there is no answer */
  guint            n_waiting;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->answer, tl_https_answer_free);
  g_clear_error (&self->error);
  g_free (self);
}

static char *
dup_host (const char *text)
{
  g_autoptr(GUri) url = tl_url_parse_https (text);

  if (url == NULL || !tl_url_has_usual_port (url) ||
      g_hostname_is_ip_address (g_uri_get_host (url)))
    return NULL;

  return g_strdup (g_uri_get_host (url));
}

/* Of several records the one that sorts first: which came first says nothing. */
static const char *
find_url (TlRecordSet *records)
{
  const char *first = NULL;

  for (guint i = 0; i < tl_record_set_get_n (records); i++)
    {
      const char *text = tl_record_set_get (records, i)->text;

      if (text != NULL && g_str_has_prefix (text, PREFIX) &&
          (first == NULL || strcmp (text, first) < 0))
        first = text;
    }

  return first != NULL ? first + strlen (PREFIX) : NULL;
}

static TlSourceReply *
make_reply (const Asking *self)
{
  const char *domain = tl_address_get_domain (self->inquiry->address);
  g_autofree char *hop = NULL;

  if (self->is_bogus)
    return tl_source_reply_new_status (TL_SOURCE_MAILCONF, TL_SOURCE_STATUS_BOGUS);
  if (self->answer == NULL)
    return tl_source_document_for_error (TL_SOURCE_MAILCONF, self->error);

  hop = g_strdup_printf ("%s TXT " PREFIX "%s", domain, self->url);

  return tl_source_document_read (TL_SOURCE_MAILCONF, tl_autoconfig_parse, self->answer, hop,
                                  self->inquiry->address, domain, self->trust);
}

static void
advance (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  if (--asking->n_waiting == 0)
    tl_discovery_source_take_reply (task, make_reply (asking));
}

static void
on_document_fetched (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);

  asking->answer = tl_https_send_finish (TL_HTTPS (object), result, &asking->error);
  advance (task);
}

static void
on_record_proven (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(TlRecordSet) records = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);
  TlDnssec dnssec = records != NULL ? tl_record_set_get_dnssec (records) : TL_DNSSEC_UNKNOWN;

  /* What was proven has to be what was followed. */
  if (dnssec == TL_DNSSEC_SECURE && g_strcmp0 (find_url (records), asking->url) == 0)
    asking->trust = TL_TRUST_OWN_DOMAIN;
  asking->is_bogus = dnssec == TL_DNSSEC_BOGUS;
  advance (task);
}

/* Within the domain its web server proves who it is. Elsewhere anybody could
 * have put the record there, unless it is signed. */
static void
follow (GTask      *task,
        const char *url,
        const char *host)
{
  Asking *asking = g_task_get_task_data (task);
  const TlInquiry *inquiry = asking->inquiry;
  const char *domain = tl_address_get_domain (inquiry->address);
  gboolean is_within = tl_site_same (host, domain);

  asking->url = g_strdup (url);
  asking->trust = is_within ? TL_TRUST_OWN_DOMAIN : TL_TRUST_UNSIGNED_DNS;
  asking->n_waiting = is_within ? 1 : 2;

  tl_https_send_async (inquiry->https, &(TlHttpsRequest) { .url = url, .within = domain },
                       inquiry->deadline, inquiry->cancellable, on_document_fetched,
                       g_object_ref (task));
  if (!is_within)
    tl_records_lookup_async (inquiry->records, domain, TL_RECORD_TXT,
                             tl_deadline_earlier (inquiry->deadline, tl_deadline_in_ms (PROOF_MS)),
                             inquiry->cancellable, on_record_proven, g_object_ref (task));
}

static void
on_records_found (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  TlSourceReply *reply = NULL;
  g_autoptr(TlRecordSet) records = tl_source_records_finish (TL_RECORDS (object), result,
                                                             TL_SOURCE_MAILCONF, &reply);
  const char *url = records != NULL ? find_url (records) : NULL;
  g_autofree char *host = dup_host (url);

  if (records == NULL)
    tl_discovery_source_take_reply (task, reply);
  else if (url == NULL)
    tl_discovery_source_take_reply (
      task, tl_source_reply_new_status (TL_SOURCE_MAILCONF, TL_SOURCE_STATUS_NOTHING));
  else if (host == NULL)
    tl_discovery_source_take_reply (
      task, tl_source_reply_new (TL_SOURCE_MAILCONF, TL_SOURCE_STATUS_BAD_DOCUMENT,
                                 &(TlSourceFacts) {
                                   .detail = "the domain's mailconf record names no https URL",
                                 }));
  else
    follow (task, url, host);
}

/* An old custom: a TXT record at the domain says where its document is. */
static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  GTask *task = tl_discovery_source_task (self, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  asking->inquiry = inquiry;
  g_task_set_task_data (task, asking, asking_free);

  tl_records_lookup_quick_async (inquiry->records, tl_address_get_domain (inquiry->address),
                                 TL_RECORD_TXT, inquiry->deadline, inquiry->cancellable,
                                 on_records_found, task);
}

const TlDiscoverySource tl_source_mailconf = {
  .id = TL_SOURCE_MAILCONF,
  .ask_async = ask,
};
