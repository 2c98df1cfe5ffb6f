/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-source.h"
#include "tl-gsource.h"
#include "tl-source-records.h"
#include "tl-srv.h"

#define MAX_SERVICES 4

/* How much longer than the records their proof may take. After that they count
 * as unsigned, which is a question to the person and no loss. */
#define PROOF_MS 600

typedef struct
{
  TlAddress   *address;              /* owned */
  TlRecordSet *plain[MAX_SERVICES];  /* owned, by service; NULL: none came */
  TlRecordSet *proven[MAX_SERVICES]; /* owned, by service; NULL: none came yet */
  guint        n_plain_waiting;
  guint        n_proven_waiting;
  GSource     *timer;                /* owned; NULL: the proof is not waited for yet */
  gboolean     is_done;
} Asking;

typedef struct
{
  GTask *task;    /* owned */
  guint  service;
} Question;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  tl_gsource_clear (&self->timer);
  g_clear_pointer (&self->address, tl_address_unref);
  for (gsize i = 0; i < MAX_SERVICES; i++)
    {
      g_clear_pointer (&self->plain[i], tl_record_set_unref);
      g_clear_pointer (&self->proven[i], tl_record_set_unref);
    }
  g_free (self);
}

/* What is known of a service: with its proof when that has come. NULL: nothing. */
static TlRecordSet *
get_answer (const Asking *self,
            guint         service)
{
  TlRecordSet *proven = self->proven[service];

  if (proven != NULL && tl_record_set_get_status (proven) != TL_RECORDS_TIMEOUT)
    return proven;

  return self->plain[service];
}

/* The four look-ups count as one source: it said something when any of them
 * did, and otherwise became of it what is gravest among them. */
static TlSourceStatus
sum_up (const Asking *self)
{
  static const TlRecordsStatus gravest_first[] = {
    TL_RECORDS_BOGUS, TL_RECORDS_LOOP, TL_RECORDS_TRUNCATED, TL_RECORDS_SERVFAIL,
    TL_RECORDS_REFUSED, TL_RECORDS_TIMEOUT,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (gravest_first); i++)
    {
      for (guint j = 0; j < tl_srv_n_services; j++)
        {
          TlRecordSet *answer = get_answer (self, j);
          TlRecordsStatus status = answer != NULL ? tl_record_set_get_status (answer)
                                                  : TL_RECORDS_TIMEOUT;

          if (status == gravest_first[i])
            return tl_source_status_from_records (status);
        }
    }

  return TL_SOURCE_STATUS_NOTHING;
}

static TlSourceReply *
answers_to_reply (const Asking *self)
{
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  g_autoptr(GPtrArray) rejections = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_imap_refused = 0;

  for (guint i = 0; i < tl_srv_n_services; i++)
    {
      g_autoptr(GPtrArray) records = g_ptr_array_new ();
      TlRecordSet *answer = get_answer (self, i);

      if (answer == NULL || tl_record_set_get_status (answer) != TL_RECORDS_ANSWERED)
        continue;

      for (guint j = 0; j < tl_record_set_get_n (answer); j++)
        g_ptr_array_add (records, (gpointer) tl_record_set_get (answer, j));

      if (tl_srv_read (&tl_srv_services[i], (const TlRecord * const *) records->pdata, records->len,
                       tl_record_set_get_dnssec (answer), self->address, claims, rejections) &&
          tl_srv_services[i].lane == TL_LANE_INCOMING)
        n_imap_refused++;
    }

  return tl_source_reply_new (TL_SOURCE_SRV,
                              claims->len > 0 || n_imap_refused > 0 ? TL_SOURCE_STATUS_ANSWERED
                                                                    : sum_up (self),
                              &(TlSourceFacts) {
                                .claims = claims,
                                .rejections = rejections,
                                .remarks = n_imap_refused == 2 ? TL_SOURCE_REMARK_NO_IMAP
                                                               : TL_SOURCE_REMARK_NONE,
                              });
}

static void
conclude (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  asking->is_done = TRUE;
  tl_gsource_clear (&asking->timer);
  tl_discovery_source_take_reply (task, answers_to_reply (asking));
}

static gboolean
on_proof_late (gpointer data)
{
  g_autoptr(GTask) task = g_object_ref (data);

  conclude (task);

  return G_SOURCE_REMOVE;
}

/* A proof changes what records mean; and a resolver that validates for us hides
 * a forgery behind a failure. Of what does not exist it changes nothing. */
static gboolean
pays_to_wait (const Asking *self)
{
  for (guint i = 0; i < tl_srv_n_services; i++)
    {
      TlRecordsStatus status = self->plain[i] != NULL ? tl_record_set_get_status (self->plain[i])
                                                      : TL_RECORDS_TIMEOUT;

      if (self->proven[i] == NULL &&
          (status == TL_RECORDS_ANSWERED || status == TL_RECORDS_SERVFAIL))
        return TRUE;
    }

  return FALSE;
}

static void
advance (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  if (asking->is_done || asking->n_plain_waiting > 0)
    return;

  if (asking->n_proven_waiting == 0 || !pays_to_wait (asking))
    {
      conclude (task);
    }
  else if (asking->timer == NULL)
    {
      asking->timer = g_timeout_source_new (PROOF_MS);
      g_source_set_callback (asking->timer, on_proof_late, g_object_ref (task), g_object_unref);
      g_source_set_static_name (asking->timer, "[twolane] SRV proof");
      g_source_attach (asking->timer, g_task_get_context (task));
    }
}

static void
on_records_found (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr(GTask) task = question->task;
  Asking *asking = g_task_get_task_data (task);

  asking->plain[question->service] = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);
  asking->n_plain_waiting--;
  advance (task);
}

static void
on_records_proven (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr(GTask) task = question->task;
  Asking *asking = g_task_get_task_data (task);

  asking->proven[question->service] = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);
  asking->n_proven_waiting--;
  advance (task);
}

static Question *
question_new (GTask *task,
              guint  service)
{
  Question *self = g_new (Question, 1);

  self->task = g_object_ref (task);
  self->service = service;

  return self;
}

static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  g_autoptr(GTask) task = tl_discovery_source_task (self, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  asking->address = tl_address_ref (inquiry->address);
  asking->n_plain_waiting = tl_srv_n_services;
  asking->n_proven_waiting = tl_srv_n_services;
  g_task_set_task_data (task, asking, asking_free);

  for (guint i = 0; i < tl_srv_n_services; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s._tcp.%s", tl_srv_services[i].label,
                                               tl_address_get_domain (inquiry->address));

      tl_records_lookup_quick_async (inquiry->records, name, TL_RECORD_SRV, inquiry->deadline,
                                     inquiry->cancellable, on_records_found,
                                     question_new (task, i));
      tl_records_lookup_async (inquiry->records, name, TL_RECORD_SRV, inquiry->deadline,
                               inquiry->cancellable, on_records_proven, question_new (task, i));
    }
}

const TlDiscoverySource tl_source_srv = {
  .id = TL_SOURCE_SRV,
  .ask_async = ask,
};
