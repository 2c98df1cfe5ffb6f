/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-autoconfig.h"
#include "tl-discovery-private.h"
#include "tl-error.h"
#include "tl-site.h"

/* Where a document is, around the domain. */
typedef struct
{
  const char *before;
  const char *after;
  gboolean    is_below; /* at a name below the domain */
} Place;

typedef struct
{
  const TlDiscoverySource *source;  /* borrowed, static */
  TlAddress               *address; /* owned */
} Asking;

/* What became of a request that brought no answer. */
static const struct
{
  TlError         code;
  TlSourceStatus  status;
} statuses[] = {
  { TL_ERROR_NOT_FOUND,   TL_SOURCE_STATUS_NXDOMAIN },
  { TL_ERROR_TEMPORARY,   TL_SOURCE_STATUS_SERVFAIL },
  { TL_ERROR_UNREACHABLE, TL_SOURCE_STATUS_REFUSED },
  { TL_ERROR_TIMED_OUT,   TL_SOURCE_STATUS_TIMEOUT },
  { TL_ERROR_TLS,         TL_SOURCE_STATUS_BAD_CERTIFICATE },
  { TL_ERROR_PROTOCOL,    TL_SOURCE_STATUS_BAD_DOCUMENT },
};

static void
asking_free (gpointer data)
{
  Asking *self = data;

  tl_address_unref (self->address);
  g_free (self);
}

static TlSourceReply *
error_to_reply (const char    *source,
                const GError  *error)
{
  TlSourceStatus status = TL_SOURCE_STATUS_REFUSED;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    status = TL_SOURCE_STATUS_TIMEOUT;
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (g_error_matches (error, TL_ERROR, (int) statuses[i].code))
        status = statuses[i].status;
    }

  return tl_source_reply_new_status (source, status);
}

static void
add_claims (GPtrArray            *claims,
            TlAutoconfig         *document,
            TlLaneKind            lane,
            const char * const   *hops)
{
  for (guint i = 0; i < tl_autoconfig_get_n (document, lane); i++)
    g_ptr_array_add (claims, tl_claim_new (lane, tl_autoconfig_get (document, lane, i),
                                           TL_TRUST_OWN_DOMAIN, hops));
}

/* What is wrong with a document is worth a finding when there is one: a web
 * page that answers to every name is none. */
static const char *
get_damage (const TlHttpsAnswer *answer,
            const GError        *error)
{
  gboolean says_xml = g_strcmp0 (answer->content_type, "text/xml") == 0 ||
                      g_strcmp0 (answer->content_type, "application/xml") == 0;

  return says_xml || error->code == TL_ERROR_PROTOCOL ? error->message : NULL;
}

/* A document may be well written and of no use all the same: whoever wrote it
 * should hear why. That it names POP3 alone is said in another way. */
static const char *
get_uselessness (const TlAutoconfig *document)
{
  if (tl_autoconfig_has_pop3 (document))
    return NULL;
  if (tl_autoconfig_get_n_plain (document) > 0)
    return "all servers it names are without encryption, or not complete";

  return tl_autoconfig_get_n_broken (document) > 0
    ? "all servers it names lack a value, or have an impossible one" : NULL;
}

/**
 * tl_source_autoconfig_read:
 * @source: a `TL_SOURCE_` id
 * @answer: what came from the web server
 * @address: whose settings they are to be
 *
 * Makes a reply of a document. Pure. A document of 200 and nothing else counts.
 * That the media type says XML is not asked for: some hosts say
 * application/octet-stream. That it says HTML is the page of a web site that
 * answers to every name.
 *
 * Returns: (transfer full): what the source has to say
 */
TlSourceReply *
tl_source_autoconfig_read (const char          *source,
                           const TlHttpsAnswer *answer,
                           TlAddress           *address)
{
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  g_autoptr(TlAutoconfig) document = NULL;
  g_autoptr(GError) error = NULL;
  TlSourceStatus status = TL_SOURCE_STATUS_NOTHING;
  const char *useless = NULL;
  gsize len;
  const char *bytes = g_bytes_get_data (answer->body, &len);

  if (answer->status == 404 || answer->status == 410)
    return tl_source_reply_new_status (source, TL_SOURCE_STATUS_NOTHING);
  if (answer->status != 200)
    return tl_source_reply_new_status (source, TL_SOURCE_STATUS_REFUSED);

  if (g_strcmp0 (answer->content_type, "text/html") == 0)
    return tl_source_reply_new_status (source, TL_SOURCE_STATUS_BAD_DOCUMENT);

  document = tl_autoconfig_parse (bytes, len, address, &error);
  if (document == NULL)
    return tl_source_reply_new (source, TL_SOURCE_STATUS_BAD_DOCUMENT, NULL, TL_SOURCE_REMARK_NONE,
                                get_damage (answer, error));

  add_claims (claims, document, TL_LANE_INCOMING, (const char * const *) answer->hops);
  add_claims (claims, document, TL_LANE_OUTGOING, (const char * const *) answer->hops);

  if (claims->len > 0)
    status = TL_SOURCE_STATUS_ANSWERED;
  else if ((useless = get_uselessness (document)) != NULL)
    status = TL_SOURCE_STATUS_BAD_DOCUMENT;

  return tl_source_reply_new (source, status, claims,
                              tl_autoconfig_has_pop3 (document) ? TL_SOURCE_REMARK_POP3
                                                                : TL_SOURCE_REMARK_NONE,
                              useless);
}

static void
on_document_fetched (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(TlHttpsAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;
  const Asking *asking = g_task_get_task_data (task);
  const char *source = asking->source->id;

  answer = tl_https_get_finish (TL_HTTPS (object), result, &error);
  tl_discovery_source_take_reply (task,
                                  answer != NULL
                                    ? tl_source_autoconfig_read (source, answer, asking->address)
                                    : error_to_reply (source, error));
}

/* The draft's emailaddress parameter is left out: the web server learns which
 * domain is set up and not who does it.
 *
 * Below a public suffix ("co.uk") every name belongs to somebody else, so an
 * address directly at one asks only at the name itself. */
static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  GTask *task = tl_discovery_source_task (self, callback, user_data);
  const Place *place = self->data;
  const char *domain = tl_address_get_domain (inquiry->address);
  g_autofree char *registrable = tl_site_dup_registrable (domain);
  g_autofree char *url = g_strconcat (place->before, domain, place->after, NULL);
  Asking *asking;

  if (registrable == NULL && place->is_below)
    {
      tl_discovery_source_take_reply (
        task, tl_source_reply_new_status (self->id, TL_SOURCE_STATUS_NOT_ASKED));
      g_object_unref (task);
      return;
    }

  asking = g_new (Asking, 1);
  asking->source = self;
  asking->address = tl_address_ref (inquiry->address);
  g_task_set_task_data (task, asking, asking_free);

  tl_https_get_async (inquiry->https, url, inquiry->deadline, inquiry->cancellable,
                      on_document_fetched, task);
}

/* draft-ietf-mailmaint-autoconfig, the two places at the domain itself */
static const Place autoconfig_place = {
  "https://autoconfig.", "/mail/config-v1.1.xml", TRUE,
};
static const Place well_known_place = {
  "https://", "/.well-known/autoconfig/mail/config-v1.1.xml", FALSE,
};

const TlDiscoverySource tl_source_autoconfig = {
  .id = TL_SOURCE_AUTOCONFIG,
  .data = &autoconfig_place,
  .ask_async = ask,
};

const TlDiscoverySource tl_source_well_known = {
  .id = TL_SOURCE_WELL_KNOWN,
  .data = &well_known_place,
  .ask_async = ask,
};
