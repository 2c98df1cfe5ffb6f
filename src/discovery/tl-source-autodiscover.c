/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-autodiscover-v2.h"
#include "tl-discovery-source.h"
#include "tl-endpoint.h"
#include "tl-error.h"
#include "tl-exchangers.h"
#include "tl-pox.h"
#include "tl-provider.h"
#include "tl-site.h"
#include "tl-source-document.h"
#include "tl-url.h"

#define PATH "/autodiscover/autodiscover.xml"

/* Some servers refuse any other spelling. */
#define CONTENT_TYPE "text/xml; charset=utf-8"

/* Says nothing about who asks: every domain that takes mail has it (RFC 5321 §4.5.1). */
#define PLACEHOLDER "postmaster"

#define WANTS_A_PASSWORD "exchange-wants-a-password"

/* Where it is asked, in this order, until somebody is there. */
typedef enum
{
  PLACE_BELOW,  /* autodiscover.D */
  PLACE_DOMAIN, /* D */
  PLACE_RECORD, /* where _autodiscover._tcp.D leads */
} PlaceKind;

typedef struct
{
  const TlInquiry *inquiry;     /* borrowed: outlives the source */
  char            *told;        /* owned: the address the server is told */
  PlaceKind        place;       /* asked now */
  char            *host;        /* owned: asked now */
  char            *hop;         /* owned: the record that led there, or NULL */
  TlHttpsAnswer   *answer;      /* owned; NULL: none came */
  GError          *error;       /* owned; why there is no answer */
  TlSourceReply   *failure;     /* owned: the most telling failure so far, or NULL */
  guint            n_waiting;
  gboolean         is_microsoft; /* autodiscover.D is another name of Microsoft's service */
  gboolean         has_moved;    /* one redirect was followed */
  const char      *doubt;        /* static: what the second version is asked about */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_clear_pointer (&self->told, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->hop, g_free);
  g_clear_pointer (&self->answer, tl_https_answer_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->failure, tl_source_reply_unref);
  g_free (self);
}

static void
take_evidence (GTask           *task,
               TlSourceRemarks  remarks,
               const char      *detail)
{
  tl_discovery_source_take_reply (task, tl_source_reply_new (TL_SOURCE_AUTODISCOVER,
                                                             TL_SOURCE_STATUS_EVIDENCE,
                                                             &(TlSourceFacts) {
                                                               .remarks = remarks,
                                                               .detail = detail,
                                                             }));
}

/* What anybody could have answered: does that place speak Microsoft's second
 * version of this? An error in its words is its word too. Of a web site, which
 * the domain itself mostly is, it says nothing if it does not. */
static void
on_second_version_answered (GObject      *object,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(TlHttpsAnswer) answer = tl_https_send_finish (TL_HTTPS (object), result, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *host = NULL;
  gboolean is_exchange = asking->is_microsoft;

  if (answer != NULL)
    {
      gsize len;
      const char *bytes = g_bytes_get_data (answer->body, &len);

      host = tl_autodiscover_v2_parse (bytes, len, &error);
      is_exchange |= host != NULL || g_error_matches (error, TL_ERROR, TL_ERROR_REFUSED);
    }

  if (is_exchange || asking->place != PLACE_DOMAIN)
    take_evidence (task, is_exchange ? TL_SOURCE_REMARK_EXCHANGE : TL_SOURCE_REMARK_NONE,
                   asking->doubt);
  else
    tl_discovery_source_take_reply (
      task, tl_source_reply_new_status (TL_SOURCE_AUTODISCOVER, TL_SOURCE_STATUS_REFUSED));
}

static void
ask_second_version (GTask      *task,
                    const char *doubt)
{
  Asking *asking = g_task_get_task_data (task);
  g_autofree char *email = g_uri_escape_string (asking->told, "@", FALSE);
  g_autofree char *url = g_strdup_printf ("https://%s/autodiscover/autodiscover.json"
                                          "?Email=%s&Protocol=AutodiscoverV1",
                                          asking->host, email);

  asking->doubt = doubt;
  tl_https_send_async (asking->inquiry->https, &(TlHttpsRequest) {
                         .url = url,
                         .accept = "application/json",
                         .within = tl_address_get_domain (asking->inquiry->address),
                       },
                       asking->inquiry->deadline, asking->inquiry->cancellable,
                       on_second_version_answered, g_object_ref (task));
}

/* Round in a circle until a place answers: post(), on_posted(), advance(), and
 * from there, through go_on() or follow(), post() again. */
static void advance (GTask *task);

static void
on_posted (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);

  asking->answer = tl_https_send_finish (TL_HTTPS (object), result, &asking->error);
  advance (task);
}

/* Never a GET: servers take one for an attack (facts: mailcow bans whoever sends it). */
static void
post (GTask      *task,
      const char *url)
{
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(GBytes) body = tl_pox_write_request (asking->told);

  g_clear_pointer (&asking->answer, tl_https_answer_free);
  g_clear_error (&asking->error);
  asking->n_waiting++;
  tl_https_send_async (asking->inquiry->https, &(TlHttpsRequest) {
                         .url = url,
                         .accept = "text/xml",
                         .body = body,
                         .content_type = CONTENT_TYPE,
                       },
                       asking->inquiry->deadline, asking->inquiry->cancellable, on_posted,
                       g_object_ref (task));
}

static void
post_to_host (GTask      *task,
              const char *host)
{
  Asking *asking = g_task_get_task_data (task);
  g_autofree char *url = g_strconcat ("https://", host, PATH, NULL);

  g_free (asking->host);
  asking->host = g_strdup (host);
  post (task, url);
}

/* Whether a host may be asked that somebody named: the domain's owner's, and
 * not above the domain. Elsewhere nobody proves that it is the domain's, and
 * whoever it is would learn who asks. */
static gboolean
is_within (const Asking *self,
           const char   *host)
{
  const char *domain = tl_address_get_domain (self->inquiry->address);
  g_autofree char *below = g_strconcat (".", host, NULL);

  return tl_site_same (host, domain) && !g_str_has_suffix (domain, below);
}

static const TlRecord *
find_record (const Asking *self,
             TlRecordSet  *records)
{
  g_autoptr(GPtrArray) services = tl_exchangers_list (records);

  for (guint i = 0; i < services->len; i++)
    {
      const TlRecord *record = services->pdata[i];

      if (record->port == TL_URL_HTTPS_PORT && is_within (self, record->target))
        return record;
    }

  return NULL;
}

static void
on_record_found (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  const char *domain = tl_address_get_domain (asking->inquiry->address);
  g_autoptr(TlRecordSet) records = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);
  const TlRecord *record = NULL;

  if (records != NULL && tl_record_set_get_status (records) == TL_RECORDS_ANSWERED)
    record = find_record (asking, records);

  if (record == NULL)
    {
      tl_discovery_source_take_reply (task, g_steal_pointer (&asking->failure));
      return;
    }

  asking->hop = g_strdup_printf ("_autodiscover._tcp.%s SRV %u %u %u %s", domain, record->priority,
                                 record->weight, record->port, record->target);
  post_to_host (task, record->target);
}

/* That a name does not exist tells less than any other failure. */
static void
note_failure (Asking *self)
{
  g_autoptr(TlSourceReply) failure = tl_source_document_for_error (TL_SOURCE_AUTODISCOVER,
                                                                   self->error);

  if (self->failure == NULL ||
      tl_source_reply_get_status (self->failure) == TL_SOURCE_STATUS_NXDOMAIN)
    {
      g_clear_pointer (&self->failure, tl_source_reply_unref);
      self->failure = g_steal_pointer (&failure);
    }
}

/* Nobody got the request, so that it may be sent to the next place: the name
 * does not exist, nobody listens, or whoever does cannot prove the name. */
static gboolean
is_unanswered (const GError *error)
{
  return g_error_matches (error, TL_ERROR, TL_ERROR_NOT_FOUND) ||
         g_error_matches (error, TL_ERROR, TL_ERROR_UNREACHABLE) ||
         g_error_matches (error, TL_ERROR, TL_ERROR_TLS);
}

static void
go_on (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);
  const TlInquiry *inquiry = asking->inquiry;
  const char *domain = tl_address_get_domain (inquiry->address);
  g_autofree char *name = g_strconcat ("_autodiscover._tcp.", domain, NULL);

  note_failure (asking);
  if (asking->is_microsoft)
    {
      take_evidence (task, TL_SOURCE_REMARK_EXCHANGE, NULL);
      return;
    }
  if (asking->has_moved || !is_unanswered (asking->error) || asking->place == PLACE_RECORD)
    {
      tl_discovery_source_take_reply (task, g_steal_pointer (&asking->failure));
      return;
    }

  asking->place++;
  if (asking->place == PLACE_DOMAIN)
    post_to_host (task, domain);
  else
    tl_records_lookup_quick_async (inquiry->records, name, TL_RECORD_SRV, inquiry->deadline,
                                   inquiry->cancellable, on_record_found, g_object_ref (task));
}

/* Once, and within the domain. */
static GUri *
parse_redirect (const Asking *self,
                const char   *text)
{
  g_autoptr(GUri) url = tl_url_parse_https (text);

  if (self->has_moved || url == NULL || !tl_url_has_usual_port (url) ||
      !is_within (self, g_uri_get_host (url)))
    return NULL;

  return g_steal_pointer (&url);
}

/* Whoever the redirect led to is asked from now on. The domain's web site is
 * one, however it was come to. */
static void
move_to (Asking     *self,
         const char *host)
{
  g_autofree char *canonical = tl_host_canonicalize (host);

  if (g_strcmp0 (canonical, tl_address_get_domain (self->inquiry->address)) == 0)
    self->place = PLACE_DOMAIN;

  self->has_moved = TRUE;
  g_free (self->host);
  self->host = g_strdup (host);
  g_free (self->hop);
  self->hop = g_strdup (self->answer->hops[0]);
}

static void
follow (GTask      *task,
        const char *text)
{
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(GUri) url = parse_redirect (asking, text);
  g_autofree char *next = NULL;

  if (url == NULL)
    {
      ask_second_version (task, "redirects");
      return;
    }

  /* It may be the answer's, which the next request takes away. */
  next = g_strdup (text);
  move_to (asking, g_uri_get_host (url));
  post (task, next);
}

static TlSourceReply *
servers_to_reply (const Asking *self,
                  const TlPox  *pox)
{
  return tl_source_document_to_reply (pox->document, TL_TRUST_OWN_DOMAIN, self->hop, self->answer,
                                      pox->is_exchange ? TL_SOURCE_REMARK_EXCHANGE
                                                       : TL_SOURCE_REMARK_NONE);
}

/* Exchange that names its own protocols only: who hosts the mail is known, and
 * how to reach it is not. */
static gboolean
is_evidence_only (const TlPox *pox)
{
  return pox->is_exchange && tl_document_get_n (pox->document, TL_LANE_INCOMING) == 0 &&
         tl_document_get_n (pox->document, TL_LANE_OUTGOING) == 0;
}

static void
read_document (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);
  const TlHttpsAnswer *answer = asking->answer;
  g_autoptr(TlPox) pox = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_page = g_strcmp0 (answer->content_type, "text/html") == 0;
  const char *detail = NULL;
  gsize len;
  const char *bytes = g_bytes_get_data (answer->body, &len);

  if (!is_page)
    pox = tl_pox_parse (bytes, len, asking->inquiry->address, asking->told, &error);

  /* What is something else altogether is a web page, and no damaged document. */
  if (g_error_matches (error, TL_ERROR, TL_ERROR_PROTOCOL))
    detail = error->message;
  if (answer->is_too_large && !is_page)
    detail = TL_SOURCE_DOCUMENT_TOO_LARGE;
  if (pox == NULL)
    tl_discovery_source_take_reply (
      task, tl_source_reply_new (TL_SOURCE_AUTODISCOVER, TL_SOURCE_STATUS_BAD_DOCUMENT,
                                 &(TlSourceFacts) { .detail = detail }));
  else if (pox->redirect_url != NULL || pox->redirect_address != NULL)
    follow (task, pox->redirect_url);
  else if (is_evidence_only (pox))
    take_evidence (task, TL_SOURCE_REMARK_EXCHANGE, NULL);
  else
    tl_discovery_source_take_reply (task, servers_to_reply (asking, pox));
}

/* What an HTTP status says by itself. No credentials are sent whoever asks for
 * them (C03). */
static void
read_answer (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);
  const TlHttpsAnswer *answer = asking->answer;

  if (answer->status == 401 && asking->place == PLACE_DOMAIN)
    ask_second_version (task, WANTS_A_PASSWORD);
  else if (answer->status == 401)
    take_evidence (task, TL_SOURCE_REMARK_EXCHANGE, WANTS_A_PASSWORD);
  else if (answer->location != NULL)
    follow (task, answer->location);
  else if (answer->status == 200)
    read_document (task);
  else if (asking->is_microsoft)
    take_evidence (task, TL_SOURCE_REMARK_EXCHANGE, NULL);
  else
    tl_discovery_source_take_reply (
      task, tl_source_reply_new_status (TL_SOURCE_AUTODISCOVER,
                                        answer->status == 404 || answer->status == 405 ||
                                            answer->status == 410
                                          ? TL_SOURCE_STATUS_NOTHING
                                          : TL_SOURCE_STATUS_REFUSED));
}

static void
advance (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  if (--asking->n_waiting > 0)
    return;

  if (asking->answer != NULL)
    read_answer (task);
  else
    go_on (task);
}

static void
on_alias_found (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr(TlRecordSet) records = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);
  TlProvider *microsoft = tl_providers_find_by_tenant (TL_PROVIDER_TENANT_MICROSOFT);
  guint n = records != NULL ? tl_record_set_get_n (records) : 0;

  for (guint i = 0; i < n; i++)
    {
      const char *target = tl_record_set_get (records, i)->target;
      TlProvider *provider = target != NULL ? tl_providers_find_by_autodiscover (target) : NULL;

      asking->is_microsoft |= provider != NULL && provider == microsoft;
    }
  advance (task);
}

/* Microsoft Autodiscover (POX): places within the domain and never above it
 * (C02), one after the other until one of them answers. That answer may redirect
 * once, within the domain, so that two requests at most are answered. */
static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  g_autoptr(GTask) task = tl_discovery_source_task (self, callback, user_data);
  const char *domain = tl_address_get_domain (inquiry->address);
  g_autofree char *host = g_strconcat ("autodiscover.", domain, NULL);
  gboolean may_tell = inquiry->options != NULL && inquiry->options->send_address;
  Asking *asking;

  asking = g_new0 (Asking, 1);
  asking->inquiry = inquiry;
  asking->told = may_tell ? g_strdup (tl_address_get_addr_spec (inquiry->address))
                          : g_strconcat (PLACEHOLDER "@", domain, NULL);
  g_task_set_task_data (task, asking, asking_free);

  asking->n_waiting = 1;
  tl_records_lookup_quick_async (inquiry->records, host, TL_RECORD_CNAME, inquiry->deadline,
                                 inquiry->cancellable, on_alias_found, g_object_ref (task));
  post_to_host (task, host);
}

const TlDiscoverySource tl_source_autodiscover = {
  .id = TL_SOURCE_AUTODISCOVER,
  .below = TRUE,
  .ask_async = ask,
};
