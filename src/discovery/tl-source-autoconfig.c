/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-autoconfig.h"
#include "tl-discovery-source.h"
#include "tl-error.h"
#include "tl-site.h"
#include "tl-source-document.h"

/* How much longer a reply may take for a look at what is there without protection. */
#define PEEK_MS 1000

/* Where a document is, around the domain. */
typedef struct
{
  const char *host_prefix;
  const char *path;
  gboolean    takes_address; /* the draft gives it a parameter for the address */
  gboolean    is_peeked_at;  /* older programs ask here without protection */
} Place;

typedef struct
{
  const TlDiscoverySource *source;  /* borrowed, static */
  const TlInquiry         *inquiry; /* borrowed: outlives this */
  char                    *host;    /* owned */
  TlSourceStatus           status;  /* while it is peeked: of the request over HTTPS */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_free (self->host);
  g_free (self);
}

static void
on_peeked (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(TlHttpsAnswer) answer = tl_https_peek_finish (TL_HTTPS (object), result, NULL);
  const Asking *asking = g_task_get_task_data (task);
  TlSourceFacts facts = { NULL };

  if (answer != NULL)
    facts.remarks =
      tl_source_document_judge_peek (answer, tl_address_get_domain (asking->inquiry->address));

  tl_discovery_source_take_reply (task, tl_source_reply_new (asking->source->id, asking->status,
                                                             &facts));
}

/* Why nothing came over HTTPS may be that it is there without, or that somebody
 * in between keeps everyone away. Not so where the name does not exist: nobody
 * is asked then. */
static gboolean
is_worth_a_peek (const Asking *asking,
                 const GError *error)
{
  const Place *place = asking->source->data;

  return place->is_peeked_at && !tl_deadline_is_past (asking->inquiry->deadline) &&
         (g_error_matches (error, TL_ERROR, TL_ERROR_UNREACHABLE) ||
          g_error_matches (error, TL_ERROR, TL_ERROR_TIMED_OUT) ||
          g_error_matches (error, TL_ERROR, TL_ERROR_TLS));
}

static void
on_document_fetched (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(TlHttpsAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSourceReply) reply = NULL;
  Asking *asking = g_task_get_task_data (task);
  const TlInquiry *inquiry = asking->inquiry;
  const char *source = asking->source->id;

  answer = tl_https_send_finish (TL_HTTPS (object), result, &error);
  if (answer != NULL)
    reply = tl_source_document_read (source, tl_autoconfig_parse, answer, NULL, inquiry->address,
                                     tl_address_get_domain (inquiry->address),
                                     TL_TRUST_OWN_DOMAIN);
  else
    reply = tl_source_document_for_error (source, error);

  if (answer == NULL && is_worth_a_peek (asking, error))
    {
      const Place *place = asking->source->data;

      asking->status = tl_source_reply_get_status (reply);
      tl_https_peek_async (inquiry->https, asking->host, place->path,
                           tl_deadline_earlier (inquiry->deadline, tl_deadline_in_ms (PEEK_MS)),
                           inquiry->cancellable, on_peeked, g_steal_pointer (&task));
      return;
    }

  tl_discovery_source_take_reply (task, g_steal_pointer (&reply));
}

/* The draft's emailaddress parameter is left out unless a person said that it
 * may be sent: the web server learns which domain is set up and not who does it. */
static char *
write_url (const Place     *place,
           const TlInquiry *inquiry,
           const char      *host)
{
  g_autofree char *escaped = NULL;

  if (!place->takes_address || inquiry->options == NULL || !inquiry->options->send_address ||
      !tl_site_same (host, tl_address_get_domain (inquiry->address)))
    return g_strconcat ("https://", host, place->path, NULL);

  escaped = g_uri_escape_string (tl_address_get_addr_spec (inquiry->address), NULL, FALSE);

  return g_strconcat ("https://", host, place->path, "?emailaddress=", escaped, NULL);
}

static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  g_autoptr(GTask) task = tl_discovery_source_task (self, callback, user_data);
  const Place *place = self->data;
  const char *domain = tl_address_get_domain (inquiry->address);
  g_autofree char *url = NULL;
  Asking *asking;

  asking = g_new0 (Asking, 1);
  asking->source = self;
  asking->inquiry = inquiry;
  asking->host = g_strconcat (place->host_prefix, domain, NULL);
  g_task_set_task_data (task, asking, asking_free);

  url = write_url (place, inquiry, asking->host);
  tl_https_send_async (inquiry->https, &(TlHttpsRequest) { .url = url, .within = domain },
                       inquiry->deadline, inquiry->cancellable, on_document_fetched,
                       g_steal_pointer (&task));
}

/* draft-ietf-mailmaint-autoconfig, the two places at the domain itself */
static const Place autoconfig_place = {
  .host_prefix = "autoconfig.",
  .path = "/mail/config-v1.1.xml",
  .takes_address = TRUE,
  .is_peeked_at = TRUE,
};
static const Place well_known_place = {
  .host_prefix = "",
  .path = "/.well-known/autoconfig/mail/config-v1.1.xml",
};

const TlDiscoverySource tl_source_autoconfig = {
  .id = TL_SOURCE_AUTOCONFIG,
  .below = TRUE,
  .data = &autoconfig_place,
  .ask_async = ask,
};

const TlDiscoverySource tl_source_well_known = {
  .id = TL_SOURCE_WELL_KNOWN,
  .data = &well_known_place,
  .ask_async = ask,
};
