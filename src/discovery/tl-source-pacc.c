/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-source.h"
#include "tl-pacc.h"
#include "tl-source-document.h"

/* The digest makes a good document better; nobody waits long for it. */
#define DIGEST_MS 3000

typedef struct
{
  const TlInquiry *inquiry; /* borrowed: outlives the source */
  TlRecordSet     *digests; /* owned; NULL until it came */
  TlHttpsAnswer   *answer;  /* owned; NULL: none came */
  GError          *error;   /* owned; why there is no answer */
  guint            n_waiting;
  gboolean         is_done;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_clear_pointer (&self->digests, tl_record_set_unref);
  g_clear_pointer (&self->answer, tl_https_answer_free);
  g_clear_error (&self->error);
  g_free (self);
}

static TlPaccDigest
check_digest (const Asking *self,
              GBytes       *body)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; self->digests != NULL && i < tl_record_set_get_n (self->digests); i++)
    {
      const TlRecord *record = tl_record_set_get (self->digests, i);

      if (record->text != NULL)
        g_ptr_array_add (texts, record->text);
    }
  g_ptr_array_add (texts, NULL);

  return tl_pacc_check_digest ((const char * const *) texts->pdata, body);
}

/* Whether there is a record that any document at all could fit or not fit. */
static gboolean
states_digest (const Asking *self)
{
  g_autoptr(GBytes) nothing = g_bytes_new_static ("", 0);

  return check_digest (self, nothing) != TL_PACC_DIGEST_NONE;
}

/* The digest is of the bytes as they came, so it is looked at before anything
 * reads them; and only a document of 200 has one. */
static TlSourceReply *
make_reply (const Asking *self)
{
  TlAddress *address = self->inquiry->address;
  g_autoptr(TlDocument) document = NULL;
  TlSourceReply *reply = NULL;
  TlPaccDigest digest = TL_PACC_DIGEST_NONE;

  if (self->answer == NULL)
    return tl_source_document_for_error (TL_SOURCE_PACC, self->error);
  if (self->digests != NULL && tl_record_set_get_status (self->digests) == TL_RECORDS_BOGUS)
    return tl_source_reply_new_status (TL_SOURCE_PACC, TL_SOURCE_STATUS_BOGUS);

  if (self->answer->status == 200 && !self->answer->is_too_large)
    digest = check_digest (self, self->answer->body);
  if (digest == TL_PACC_DIGEST_DIFFERS)
    return tl_source_reply_new (TL_SOURCE_PACC, TL_SOURCE_STATUS_BAD_DOCUMENT, &(TlSourceFacts) {
      .detail = "the document is not the one whose digest the domain's records state",
    });

  document = tl_source_document_open (TL_SOURCE_PACC, tl_pacc_parse, self->answer, address,
                                      tl_address_get_domain (address), &reply);
  if (document == NULL)
    return reply;

  return tl_source_document_to_reply (document, TL_TRUST_OWN_DOMAIN, NULL, self->answer,
                                      digest == TL_PACC_DIGEST_MATCHES
                                        ? TL_SOURCE_REMARK_AUTHENTICATED : TL_SOURCE_REMARK_NONE);
}

/* Without a document there is nothing that a digest could be of. */
static gboolean
is_settled (const Asking *self)
{
  return self->n_waiting == 0 || self->error != NULL ||
         (self->answer != NULL && self->answer->status != 200);
}

static void
advance (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  asking->n_waiting--;
  if (asking->is_done || !is_settled (asking))
    return;

  asking->is_done = TRUE;
  tl_discovery_source_take_reply (task, make_reply (asking));
}

static void
on_digests_found (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);

  asking->digests = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);
  if (!asking->is_done && !states_digest (asking))
    tl_discovery_source_tell_unproven (&tl_source_pacc, asking->inquiry);
  advance (task);
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

/* draft-ietf-mailmaint-pacc: the document and its digest, side by side. */
static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  g_autoptr(GTask) task = tl_discovery_source_task (self, callback, user_data);
  const char *domain = tl_address_get_domain (inquiry->address);
  g_autofree char *name = g_strconcat ("_ua-auto-config.", domain, NULL);
  g_autofree char *url = g_strconcat ("https://ua-auto-config.", domain,
                                      "/.well-known/user-agent-configuration.json", NULL);
  Asking *asking;

  asking = g_new0 (Asking, 1);
  asking->inquiry = inquiry;
  asking->n_waiting = 2;
  g_task_set_task_data (task, asking, asking_free);

  tl_records_lookup_quick_async (inquiry->records, name, TL_RECORD_TXT,
                                 tl_deadline_earlier (inquiry->deadline,
                                                      tl_deadline_in_ms (DIGEST_MS)),
                                 inquiry->cancellable, on_digests_found, g_object_ref (task));
  tl_https_send_async (inquiry->https, &(TlHttpsRequest) {
                         .url = url,
                         .accept = "application/json",
                         .within = domain,
                       },
                       inquiry->deadline, inquiry->cancellable, on_document_fetched,
                       g_object_ref (task));
}

const TlDiscoverySource tl_source_pacc = {
  .id = TL_SOURCE_PACC,
  .below = TRUE,
  .ask_async = ask,
};
