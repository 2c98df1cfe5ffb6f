/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-source.h"
#include "tl-srv.h"

#define MAX_SERVICES 4

typedef struct
{
  TlAddress   *address;               /* owned */
  TlRecordSet *answers[MAX_SERVICES]; /* owned, by service; NULL: none came */
  guint        n_waiting;
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

  g_clear_pointer (&self->address, tl_address_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (self->answers); i++)
    g_clear_pointer (&self->answers[i], tl_record_set_unref);
  g_free (self);
}

/* The four look-ups count as one source: it said something when any of them
 * did, and otherwise became of it what is gravest among them. */
static TlSourceStatus
sum_up (const Asking *self)
{
  static const TlRecordsStatus gravest_first[] = {
    TL_RECORDS_BOGUS, TL_RECORDS_SERVFAIL, TL_RECORDS_REFUSED, TL_RECORDS_TIMEOUT,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (gravest_first); i++)
    {
      for (guint j = 0; j < tl_srv_n_services; j++)
        {
          TlRecordsStatus status = self->answers[j] != NULL
                                     ? tl_record_set_get_status (self->answers[j])
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
  guint n_imap_refused = 0;

  for (guint i = 0; i < tl_srv_n_services; i++)
    {
      g_autoptr(GPtrArray) records = g_ptr_array_new ();
      TlRecordSet *answer = self->answers[i];

      if (answer == NULL || tl_record_set_get_status (answer) != TL_RECORDS_ANSWERED)
        continue;

      for (guint j = 0; j < tl_record_set_get_n (answer); j++)
        g_ptr_array_add (records, (gpointer) tl_record_set_get (answer, j));

      if (tl_srv_read (&tl_srv_services[i], (const TlRecord * const *) records->pdata, records->len,
                       tl_record_set_get_dnssec (answer), self->address, claims) &&
          tl_srv_services[i].lane == TL_LANE_INCOMING)
        n_imap_refused++;
    }

  return tl_source_reply_new (TL_SOURCE_SRV,
                              claims->len > 0 || n_imap_refused > 0 ? TL_SOURCE_STATUS_ANSWERED
                                                                    : sum_up (self),
                              claims,
                              n_imap_refused == 2 ? TL_SOURCE_REMARK_NO_IMAP
                                                  : TL_SOURCE_REMARK_NONE,
                              NULL);
}

static void
on_records_found (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr(GTask) task = question->task;
  Asking *asking = g_task_get_task_data (task);

  asking->answers[question->service] = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);

  if (--asking->n_waiting == 0)
    tl_discovery_source_take_reply (task, answers_to_reply (asking));
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
  asking->n_waiting = tl_srv_n_services;
  g_task_set_task_data (task, asking, asking_free);

  for (guint i = 0; i < tl_srv_n_services; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s._tcp.%s", tl_srv_services[i].label,
                                               tl_address_get_domain (inquiry->address));
      Question *question = g_new (Question, 1);

      question->task = g_object_ref (task);
      question->service = i;
      tl_records_lookup_async (inquiry->records, name, TL_RECORD_SRV, inquiry->deadline,
                               inquiry->cancellable, on_records_found, question);
    }
}

const TlDiscoverySource tl_source_srv = {
  .id = TL_SOURCE_SRV,
  .ask_async = ask,
};
