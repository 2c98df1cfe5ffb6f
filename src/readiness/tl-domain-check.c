/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-check.h"

#include "tl-error.h"
#include "tl-record-set.h"

/* SPF allows ten look-ups, one behind the other (RFC 7208 §4.6.4), behind the record itself, and a
 * look-up of names can need one more of addresses: that is as deep as anything goes. */
#define MAX_TRIPS 12

/* What a judge may come to want of what nobody answered, before it is left at that. */
#define MAX_GIVE_UPS 16

struct _TlDomainCheck
{
  GObject          parent_instance;

  TlDomainSubject *subject;  /* owned */
  TlRecords       *records;  /* owned */
  TlHttps         *https;    /* owned */
  TlDnsFacts      *facts;    /* owned */
  GHashTable      *asked;    /* owned: of char: what is under way or answered */
  TlDomainReport  *report;   /* owned: what can be said now */
  GTask           *task;     /* owned: who waits; NULL before and after */
  TlDeadline       deadline;
  guint            n_trips;
  guint            n_quick;  /* under way: answers of this round */
  guint            n_slow;   /* under way: proofs and documents, which no round waits for */
};

/* One question that is under way. */
typedef struct
{
  TlDomainCheck *check; /* owned */
  char          *name;  /* owned: a name, or a URL */
  TlRecordType   type;
  gboolean       is_early;
  gboolean       is_slow;
} Ask;

enum
{
  PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlDomainCheck, tl_domain_check, G_TYPE_OBJECT)

static void advance (TlDomainCheck *self);

static Ask *
ask_new (TlDomainCheck   *self,
         const TlDnsWant *want,
         gboolean         is_early,
         gboolean         is_slow)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->check = g_object_ref (self);
  ask->name = g_strdup (want->name);
  ask->type = want->type;
  ask->is_early = is_early;
  ask->is_slow = is_slow;
  if (is_slow)
    self->n_slow++;
  else
    self->n_quick++;

  return ask;
}

static void
ask_free (Ask *self)
{
  g_object_unref (self->check);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ask, ask_free)

/* The last of a round, and every proof and document, is a reason to judge anew. */
static void
ask_close (Ask *self)
{
  TlDomainCheck *check = self->check;

  if (self->is_slow)
    check->n_slow--;
  else
    check->n_quick--;

  advance (check);
}

static void
on_records_found (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(Ask) ask = user_data;
  g_autoptr(TlRecordSet) set = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);

  if (set != NULL && ask->is_early)
    tl_dns_facts_put_early (ask->check->facts, ask->name, ask->type, set);
  else if (set != NULL)
    tl_dns_facts_put (ask->check->facts, ask->name, ask->type, set);

  ask_close (ask);
}

/* As tl_https_send_async() says. What is no error of ours is this machine's. */
static TlDnsDocumentCause
get_cause (const GError *error)
{
  static const struct
  {
    TlError            code;
    TlDnsDocumentCause cause;
  } causes[] = {
    { TL_ERROR_TIMED_OUT, TL_DNS_DOCUMENT_TIMEOUT },
    { TL_ERROR_NOT_FOUND, TL_DNS_DOCUMENT_NO_HOST },
    { TL_ERROR_TLS,       TL_DNS_DOCUMENT_FAULT },
    { TL_ERROR_PROTOCOL,  TL_DNS_DOCUMENT_FAULT },
    { TL_ERROR_REFUSED,   TL_DNS_DOCUMENT_FAULT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      if (g_error_matches (error, TL_ERROR, (int) causes[i].code))
        return causes[i].cause;
    }

  return TL_DNS_DOCUMENT_UNREACHED;
}

static void
on_document_fetched (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(Ask) ask = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlHttpsAnswer) answer = tl_https_send_finish (TL_HTTPS (object), result, &error);
  TlDnsDocument *document;

  if (answer != NULL)
    document = tl_dns_document_new (answer->status, answer->content_type,
                                    answer->is_too_large ? NULL : answer->body,
                                    answer->is_too_large ? "the document is too large" : NULL);
  else
    document = tl_dns_document_new_failed (get_cause (error), error->message);
  tl_dns_facts_put_document (ask->check->facts, ask->name, document);

  ask_close (ask);
}

/* A policy of MTA-STS is where it is and nowhere else: no redirect is followed (RFC 8461 §3.3). */
static void
fetch (TlDomainCheck   *self,
       const TlDnsWant *want)
{
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (self->subject);

  tl_https_send_async (self->https, &(TlHttpsRequest) {
                         .url = want->name,
                         .accept = "text/plain",
                         .within = parts->domain,
                         .is_final = TRUE,
                       }, self->deadline, g_task_get_cancellable (self->task),
                       on_document_fetched, ask_new (self, want, FALSE, TRUE));
}

/* What needs a proof is asked both ways at once, which TlRecords makes one question of: the round
 * is over when the data is there. */
static void
look_up (TlDomainCheck   *self,
         const TlDnsWant *want)
{
  GCancellable *cancellable = g_task_get_cancellable (self->task);

  if (want->needs_proof)
    tl_records_lookup_async (self->records, want->name, want->type, self->deadline, cancellable,
                             on_records_found, ask_new (self, want, FALSE, TRUE));

  tl_records_lookup_quick_async (self->records, want->name, want->type, self->deadline, cancellable,
                                 on_records_found, ask_new (self, want, want->needs_proof, FALSE));
}

static void
judge (TlDomainCheck *self)
{
  g_clear_pointer (&self->report, tl_domain_report_unref);
  self->report = tl_domain_judge (self->subject, self->facts, self->n_trips);
}

static void
tell (TlDomainCheck *self)
{
  if (self->n_trips > 0)
    g_signal_emit (self, signals[PROGRESS], 0, self->report);
}

/* Asks what is wanted and was not asked, side by side. Returns whether anything was. */
static gboolean
ask_wanted (TlDomainCheck *self)
{
  g_autoptr(GPtrArray) wanted = tl_dns_facts_list_wanted (self->facts);
  gboolean has_asked_dns = FALSE;
  gboolean has_asked = FALSE;

  /* Nobody has to be asked what no answer depends on. */
  if (tl_dns_facts_get_n_waited (self->facts) == 0)
    return FALSE;

  for (guint i = 0; wanted != NULL && i < wanted->len; i++)
    {
      const TlDnsWant *want = wanted->pdata[i];
      g_autofree char *key = g_strdup_printf ("%u %s", want->type, want->name);

      if (!g_hash_table_add (self->asked, g_steal_pointer (&key)))
        continue;
      if (want->type == 0)
        fetch (self, want);
      else
        look_up (self, want);
      has_asked_dns = has_asked_dns || want->type != 0;
      has_asked = TRUE;
    }
  self->n_trips += has_asked_dns;

  return has_asked;
}

/* Answers what is missing with silence, for as long as a judge comes to want more for it. */
static void
give_up (TlDomainCheck *self)
{
  g_autoptr(TlRecordSet) silence = tl_record_set_new (TL_RECORDS_TIMEOUT, TL_DNSSEC_UNKNOWN, NULL);

  for (guint i = 0; i < MAX_GIVE_UPS && tl_dns_facts_get_n_waited (self->facts) > 0; i++)
    {
      g_autoptr(GPtrArray) wanted = tl_dns_facts_list_wanted (self->facts);

      for (guint j = 0; wanted != NULL && j < wanted->len; j++)
        {
          const TlDnsWant *want = wanted->pdata[j];

          if (!want->is_waited)
            continue;
          if (want->type == 0)
            tl_dns_facts_put_document (self->facts, want->name,
                                       tl_dns_document_new_failed (TL_DNS_DOCUMENT_TIMEOUT,
                                                                   "the time was over"));
          else
            tl_dns_facts_put (self->facts, want->name, want->type, silence);
        }
      judge (self);
    }
}

static void
finish (TlDomainCheck *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  g_task_return_pointer (task, g_steal_pointer (&self->report),
                         (GDestroyNotify) tl_domain_report_unref);
}

/* Goes on from what is known: judges, and asks, ends, or waits for what is under way. */
static void
advance (TlDomainCheck *self)
{
  gboolean is_over;

  if (self->task == NULL || self->n_quick > 0)
    return;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    {
      if (self->n_slow == 0)
        finish (self);
      return;
    }

  judge (self);
  tell (self);
  is_over = tl_deadline_is_past (self->deadline) || self->n_trips >= MAX_TRIPS;
  if (!is_over && ask_wanted (self))
    return;
  if (self->n_slow > 0 && tl_dns_facts_get_n_waited (self->facts) > 0)
    return;

  give_up (self);
  finish (self);
}

static void
tl_domain_check_dispose (GObject *object)
{
  TlDomainCheck *self = TL_DOMAIN_CHECK (object);

  g_clear_object (&self->records);
  g_clear_object (&self->https);

  G_OBJECT_CLASS (tl_domain_check_parent_class)->dispose (object);
}

static void
tl_domain_check_finalize (GObject *object)
{
  TlDomainCheck *self = TL_DOMAIN_CHECK (object);

  g_clear_pointer (&self->subject, tl_domain_subject_unref);
  g_clear_pointer (&self->report, tl_domain_report_unref);
  g_hash_table_unref (self->asked);
  tl_dns_facts_free (self->facts);

  G_OBJECT_CLASS (tl_domain_check_parent_class)->finalize (object);
}

static void
tl_domain_check_class_init (TlDomainCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tl_domain_check_dispose;
  object_class->finalize = tl_domain_check_finalize;

  signals[PROGRESS] = g_signal_new ("progress", TL_TYPE_DOMAIN_CHECK, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, TL_TYPE_DOMAIN_REPORT);
}

static void
tl_domain_check_init (TlDomainCheck *self)
{
  self->facts = tl_dns_facts_new ();
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * tl_domain_check_new:
 * @subject: which domain, and for what set-up
 * @contacts: (nullable): where to set down who is asked
 *
 * Returns: (transfer full): a check that has not run
 */
TlDomainCheck *
tl_domain_check_new (TlDomainSubject *subject,
                     TlContacts      *contacts)
{
  g_autoptr(TlRecords) records = tl_records_new (contacts);
  g_autoptr(TlHttps) https = tl_https_new (contacts);

  return tl_domain_check_new_with (subject, records, https);
}

/**
 * tl_domain_check_new_with:
 * @subject: which domain, and for what set-up
 * @records: who is asked for records
 * @https: who is asked for documents
 *
 * Returns: (transfer full): a check that has not run
 */
TlDomainCheck *
tl_domain_check_new_with (TlDomainSubject *subject,
                          TlRecords       *records,
                          TlHttps         *https)
{
  TlDomainCheck *self;

  g_return_val_if_fail (subject != NULL, NULL);
  g_return_val_if_fail (TL_IS_RECORDS (records), NULL);
  g_return_val_if_fail (TL_IS_HTTPS (https), NULL);

  self = g_object_new (TL_TYPE_DOMAIN_CHECK, NULL);
  self->subject = tl_domain_subject_ref (subject);
  self->records = g_object_ref (records);
  self->https = g_object_ref (https);

  return self;
}

/**
 * tl_domain_check_run_async:
 * @self: a check that has not run
 * @deadline: the moment by which there is a report
 * @cancellable: (nullable): cancels the check
 * @callback: called on the context @self was made in
 * @user_data: for @callback
 *
 * Looks the domain up. What nobody has answered by @deadline is not-tested in the report; so is
 * what lies deeper than `MAX_TRIPS` rounds of questions.
 */
void
tl_domain_check_run_async (TlDomainCheck       *self,
                           TlDeadline           deadline,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (TL_IS_DOMAIN_CHECK (self));
  g_return_if_fail (self->task == NULL && self->n_trips == 0);

  self->deadline = deadline;
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, tl_domain_check_run_async);
  advance (self);
}

/**
 * tl_domain_check_run_finish:
 * @self: a check
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the report, or %NULL with %G_IO_ERROR_CANCELLED
 */
TlDomainReport *
tl_domain_check_run_finish (TlDomainCheck  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tl_domain_check_judge_again:
 * @self: a check that has run
 * @subject: the same domain, or what differs little from it
 *
 * Judges what is known for another set-up, without asking anybody: the report is as old as the
 * answers are, whatever time it is for @subject.
 *
 * Returns: (transfer full) (nullable): the report, or %NULL when more would have to be asked for it
 */
TlDomainReport *
tl_domain_check_judge_again (TlDomainCheck   *self,
                             TlDomainSubject *subject)
{
  g_autoptr(TlDomainSubject) then = NULL;
  g_autoptr(TlDomainReport) report = NULL;
  TlDomainSubjectParts parts;

  g_return_val_if_fail (TL_IS_DOMAIN_CHECK (self), NULL);
  g_return_val_if_fail (self->task == NULL, NULL);
  g_return_val_if_fail (subject != NULL, NULL);

  parts = *tl_domain_subject_get_parts (subject);
  parts.now_s = tl_domain_subject_get_parts (self->subject)->now_s;
  then = tl_domain_subject_new (&parts, NULL);
  g_return_val_if_fail (then != NULL, NULL);

  tl_dns_facts_forget_wanted (self->facts);
  report = tl_domain_judge (then, self->facts, self->n_trips);

  return tl_dns_facts_get_n_waited (self->facts) > 0 ? NULL : g_steal_pointer (&report);
}
