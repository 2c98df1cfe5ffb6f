/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dns-question.h"

#include "tl-dns-why.h"
#include "tl-gsource.h"
#include "tl-record-set.h"

#define CLASS_IN 1

/* How long an answer waits for its proof. Forwarders that know no DNSSEC are
 * common, and they must not make everything slow. */
#define PROOF_WAIT_MS 1500

/* When silence is looked into, and when it is taken for an answer. */
#define SILENCE_MS 1500
#define END_MS 4500

/* One question to one of the two resolvers. */
typedef struct
{
  TlDnsQuestion *question; /* borrowed */
  gboolean       asked;
  gboolean       pending;
  int            id;       /* libunbound's, while pending */
  TlRecordSet   *answer;   /* owned; NULL: none yet */
} Leg;

struct _TlDnsQuestion
{
  TlUnbound       *unbound;     /* borrowed */
  char            *name;        /* owned: lower case, no final dot */
  TlRecordType     type;
  Leg              legs[TL_N_LEGS];
  GPtrArray       *waits;       /* owned: of Wait */
  GSource         *timer;       /* owned: silence, then the end; NULL: past both, or not asked */
  GSource         *proof_timer; /* owned; NULL: not waiting for the proof alone */
  gboolean         proof_is_late;
  GCancellable    *why_stopper; /* owned; NULL: nobody was asked why */
  gboolean         is_why_open;
  TlRecordsStatus  why;         /* what has come of that, once it is not open */
};

/* Somebody who wants to know. */
typedef struct
{
  TlDnsQuestion *question;  /* borrowed */
  GTask         *task;      /* owned */
  gboolean       is_quick;
  GSource       *timer;     /* owned */
  GSource       *cancelled; /* owned; NULL without a cancellable */
} Wait;

static void
wait_free (Wait *self)
{
  tl_gsource_clear (&self->timer);
  tl_gsource_clear (&self->cancelled);
  g_object_unref (self->task);
  g_free (self);
}

static void
leg_stop (TlDnsQuestion *question,
          TlLeg          kind)
{
  Leg *leg = &question->legs[kind];

  if (leg->pending)
    ub_cancel (question->unbound->resolvers[kind], leg->id);
  leg->pending = FALSE;
}

/* Asks no further. After this no callback will run but those of waits. */
static void
stop (TlDnsQuestion *self)
{
  for (gsize i = 0; i < TL_N_LEGS; i++)
    {
      leg_stop (self, (TlLeg) i);
      self->legs[i].asked = self->legs[i].answer != NULL;
    }

  if (self->why_stopper != NULL)
    g_cancellable_cancel (self->why_stopper);
  g_clear_object (&self->why_stopper);
  self->is_why_open = FALSE;
  tl_gsource_clear (&self->timer);
  tl_gsource_clear (&self->proof_timer);
}

static gboolean
is_failure (TlRecordSet *answer)
{
  return tl_record_set_get_status (answer) == TL_RECORDS_SERVFAIL;
}

/* The answer for those who wait for no proof: the same whenever it is asked for,
 * whatever the proof says by then. */
static TlRecordSet *
judge_data (TlDnsQuestion *self,
            gboolean       no_more_waiting)
{
  TlRecordSet *data = self->legs[TL_LEG_DATA].answer;

  if (!no_more_waiting && (data == NULL || (is_failure (data) && self->is_why_open)))
    return NULL;
  if (data != NULL)
    return tl_record_set_ref (data);

  return tl_record_set_new (self->why == TL_RECORDS_TRUNCATED ? TL_RECORDS_TRUNCATED
                                                              : TL_RECORDS_TIMEOUT,
                            TL_DNSSEC_UNKNOWN, NULL);
}

/* The answer to give now, or NULL while it pays to wait. What was proven is
 * taken from the validating resolver itself: whoever can forge the other one's
 * answer must not get it called secure. */
static TlRecordSet *
judge (TlDnsQuestion *self,
       gboolean       is_quick,
       gboolean       no_more_waiting)
{
  g_autoptr(TlRecordSet) data = judge_data (self, no_more_waiting);
  Leg *leg = &self->legs[TL_LEG_PROOF];
  TlRootProof root_proof = self->unbound->root_proof;
  TlDnssec proof = leg->answer != NULL ? tl_record_set_get_dnssec (leg->answer)
                                       : TL_DNSSEC_UNKNOWN;

  if (is_quick)
    return g_steal_pointer (&data);

  if (leg->answer != NULL &&
      (proof == TL_DNSSEC_SECURE ||
       (proof == TL_DNSSEC_BOGUS && root_proof == TL_ROOT_PROOF_HOLDS)))
    return tl_record_set_ref (leg->answer);

  if (!no_more_waiting && !self->proof_is_late && leg->asked &&
      (root_proof == TL_ROOT_PROOF_ASKED || (root_proof == TL_ROOT_PROOF_HOLDS && leg->pending)))
    return NULL;
  if (data != NULL && leg->answer != NULL && root_proof == TL_ROOT_PROOF_HOLDS &&
      tl_record_set_get_dnssec (data) != TL_DNSSEC_BOGUS)
    return tl_record_set_with_dnssec (data, proof);

  return g_steal_pointer (&data);
}

/* Takes a wait out of its question. */
static GTask *
wait_steal_task (Wait *self)
{
  GTask *task = g_object_ref (self->task);

  g_ptr_array_remove_fast (self->question->waits, self);

  return task;
}

/* What nobody waits for any more and has no answer is not worth another datagram. */
static void
stop_if_idle (TlDnsQuestion *self)
{
  if (self->waits->len == 0 && self->legs[TL_LEG_DATA].answer == NULL)
    stop (self);
}

static gboolean
on_wait_time_passed (gpointer data)
{
  Wait *self = data;
  TlDnsQuestion *question = self->question;
  TlRecordSet *answer = judge (question, self->is_quick, TRUE);
  g_autoptr(GTask) task = wait_steal_task (self);

  stop_if_idle (question);
  g_task_return_pointer (task, answer, (GDestroyNotify) tl_record_set_unref);

  return G_SOURCE_REMOVE;
}

static gboolean
on_wait_cancelled (GCancellable *cancellable,
                   gpointer      data)
{
  Wait *self = data;
  TlDnsQuestion *question = self->question;
  g_autoptr(GTask) task = wait_steal_task (self);

  stop_if_idle (question);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

/**
 * tl_dns_question_tell:
 * @self: a question
 *
 * Tells everyone who has waited long enough. One who is told may ask anew; the
 * caller sees to it that @self outlives this.
 */
void
tl_dns_question_tell (TlDnsQuestion *self)
{
  g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) answers = g_ptr_array_new ();

  /* All of them are taken out before the first is told. */
  for (guint i = self->waits->len; i > 0; i--)
    {
      Wait *wait = g_ptr_array_index (self->waits, i - 1);
      TlRecordSet *answer = judge (self, wait->is_quick, FALSE);

      if (answer == NULL)
        continue;

      g_ptr_array_add (answers, answer);
      g_ptr_array_add (tasks, wait_steal_task (wait));
    }

  for (guint i = 0; i < tasks->len; i++)
    g_task_return_pointer (g_ptr_array_index (tasks, i), g_ptr_array_index (answers, i),
                           (GDestroyNotify) tl_record_set_unref);
}

static gboolean
on_proof_late (gpointer data)
{
  TlDnsQuestion *self = data;

  self->proof_is_late = TRUE;
  tl_gsource_clear (&self->proof_timer);
  tl_dns_question_tell (self);

  return G_SOURCE_REMOVE;
}

static GSource *
new_timer (TlDnsQuestion *self,
           guint          ms,
           GSourceFunc    callback)
{
  GSource *timer = g_timeout_source_new (ms);

  g_source_set_callback (timer, callback, self, NULL);
  g_source_set_static_name (timer, "[twolane] DNS question");
  g_source_attach (timer, self->unbound->context);

  return timer;
}

/* Something has come, or is not going to. */
static void
advance (TlDnsQuestion *self)
{
  TlRecordSet *data = self->legs[TL_LEG_DATA].answer;

  /* Where a failure has a name, that is the answer. */
  if (data != NULL && is_failure (data) &&
      (self->why == TL_RECORDS_TRUNCATED || self->why == TL_RECORDS_LOOP ||
       self->why == TL_RECORDS_BOGUS || self->why == TL_RECORDS_REFUSED))
    {
      self->legs[TL_LEG_DATA].answer =
        tl_record_set_new (self->why, self->why == TL_RECORDS_BOGUS ? TL_DNSSEC_BOGUS
                                                                    : TL_DNSSEC_UNKNOWN, NULL);
      tl_record_set_unref (data);
    }

  if (self->legs[TL_LEG_DATA].answer != NULL && self->legs[TL_LEG_PROOF].asked &&
      self->proof_timer == NULL && !self->proof_is_late)
    self->proof_timer = new_timer (self, PROOF_WAIT_MS, on_proof_late);

  tl_dns_question_tell (self);
}

/* On the context's thread. Once it is cancelled, the question may be gone. */
static void
on_why_answered (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  TlDnsQuestion *self = user_data;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  self->is_why_open = FALSE;
  self->why = (TlRecordsStatus) g_task_propagate_int (G_TASK (result), NULL);
  advance (self);
}

/* What is asked why: a copy of a question's. */
typedef struct
{
  char         *server;
  char         *name;
  TlRecordType  type;
} Why;

static void
why_free (gpointer data)
{
  Why *self = data;

  g_free (self->server);
  g_free (self->name);
  g_free (self);
}

static gpointer
why_thread (gpointer data)
{
  g_autoptr(GTask) task = data;
  const Why *why = g_task_get_task_data (task);

  g_task_return_int (task, (gssize) tl_dns_why_sync (why->server, why->name, (guint16) why->type,
                                                     tl_deadline_in_ms (END_MS - SILENCE_MS),
                                                     g_task_get_cancellable (task)));

  return NULL;
}

/* On a thread of its own: a dead resolver makes many wait at once, and addresses
 * are looked up by the pool that they would fill. */
static void
ask_why (TlDnsQuestion *self)
{
  g_autoptr(GMainContextPusher) pusher = g_main_context_pusher_new (self->unbound->context);
  g_autoptr(GTask) task = NULL;
  Why *why = g_new0 (Why, 1);
  GThread *thread;

  self->is_why_open = TRUE;
  self->why_stopper = g_cancellable_new ();

  why->server = g_strdup (self->unbound->server);
  why->name = g_strdup (self->name);
  why->type = self->type;
  task = g_task_new (NULL, self->why_stopper, on_why_answered, self);
  g_task_set_source_tag (task, ask_why);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, why, why_free);
  thread = g_thread_try_new ("tl-dns-why", why_thread, g_object_ref (task), NULL);
  if (thread != NULL)
    {
      g_thread_unref (thread);
      return;
    }

  g_object_unref (task);
  g_task_return_int (task, TL_RECORDS_SERVFAIL);
}

static gboolean
on_end (gpointer data)
{
  TlDnsQuestion *self = data;

  tl_gsource_clear (&self->timer);
  self->is_why_open = FALSE;
  if (self->legs[TL_LEG_DATA].answer == NULL)
    {
      leg_stop (self, TL_LEG_DATA);
      self->legs[TL_LEG_DATA].answer =
        tl_record_set_new (self->why == TL_RECORDS_TRUNCATED ? TL_RECORDS_TRUNCATED
                                                             : TL_RECORDS_TIMEOUT,
                           TL_DNSSEC_UNKNOWN, NULL);
    }
  advance (self);

  return G_SOURCE_REMOVE;
}

static gboolean
on_silence (gpointer data)
{
  TlDnsQuestion *self = data;

  tl_gsource_clear (&self->timer);
  self->timer = new_timer (self, END_MS - SILENCE_MS, on_end);
  if (self->legs[TL_LEG_DATA].answer == NULL && self->why_stopper == NULL)
    ask_why (self);

  return G_SOURCE_REMOVE;
}

/* Called by ub_process(), hence on the context's thread. A name that DNS could
 * not hold is no syntax error to whoever asks: it just does not exist. */
static void
on_leg_answered (void             *data,
                 int               error,
                 struct ub_result *result)
{
  Leg *leg = data;
  TlDnsQuestion *self = leg->question;

  leg->pending = FALSE;
  if (error == UB_SYNTAX)
    leg->answer = tl_record_set_new (TL_RECORDS_NXDOMAIN, TL_DNSSEC_UNKNOWN, NULL);
  else if (error != 0 || result == NULL)
    leg->answer = tl_record_set_new (TL_RECORDS_SERVFAIL, TL_DNSSEC_UNKNOWN, NULL);
  else
    leg->answer = tl_unbound_read (result, self->type);
  ub_resolve_free (result);

  /* Only the proof's word on DNSSEC counts: the data was not validated. */
  if (leg == &self->legs[TL_LEG_DATA])
    {
      g_autoptr(TlRecordSet) unproven = g_steal_pointer (&leg->answer);

      leg->answer = tl_record_set_with_dnssec (unproven, TL_DNSSEC_UNKNOWN);
      if (is_failure (unproven) && self->why_stopper == NULL)
        ask_why (self);
    }

  advance (self);
}

static void
leg_ask (TlDnsQuestion *question,
         TlLeg          kind)
{
  Leg *leg = &question->legs[kind];
  struct ub_ctx *resolver = question->unbound->resolvers[kind];

  leg->question = question;
  leg->asked = TRUE;
  leg->pending = resolver != NULL && ub_resolve_async (resolver, question->name,
                                                       (int) question->type, CLASS_IN, leg,
                                                       on_leg_answered, &leg->id) == 0;
}

/**
 * tl_dns_question_new:
 * @unbound: the resolvers, which outlive it
 * @name: lower case, without a final dot
 * @type: the record type
 *
 * Returns: (transfer full): a question that is not asked yet
 */
TlDnsQuestion *
tl_dns_question_new (TlUnbound    *unbound,
                     const char   *name,
                     TlRecordType  type)
{
  TlDnsQuestion *self = g_new0 (TlDnsQuestion, 1);

  self->unbound = unbound;
  self->name = g_strdup (name);
  self->type = type;
  self->why = TL_RECORDS_SERVFAIL;
  self->waits = g_ptr_array_new_with_free_func ((GDestroyNotify) wait_free);

  return self;
}

void
tl_dns_question_free (TlDnsQuestion *self)
{
  stop (self);
  for (gsize i = 0; i < TL_N_LEGS; i++)
    g_clear_pointer (&self->legs[i].answer, tl_record_set_unref);
  g_ptr_array_unref (self->waits);
  g_free (self->name);
  g_free (self);
}

/**
 * tl_dns_question_is_asked:
 * @self: a question
 *
 * Returns: whether it is under way or answered
 */
gboolean
tl_dns_question_is_asked (TlDnsQuestion *self)
{
  return self->legs[TL_LEG_DATA].asked;
}

/**
 * tl_dns_question_ask:
 * @self: a question that is not asked
 *
 * Sends it on its way.
 */
void
tl_dns_question_ask (TlDnsQuestion *self)
{
  self->timer = new_timer (self, SILENCE_MS, on_silence);
  leg_ask (self, TL_LEG_DATA);
  if (!self->legs[TL_LEG_DATA].pending)
    self->legs[TL_LEG_DATA].answer = tl_record_set_new (TL_RECORDS_SERVFAIL, TL_DNSSEC_UNKNOWN,
                                                        NULL);
}

/**
 * tl_dns_question_ask_proof:
 * @self: a question that is asked
 *
 * Asks the resolver that validates as well, unless that was done.
 */
void
tl_dns_question_ask_proof (TlDnsQuestion *self)
{
  if (self->legs[TL_LEG_PROOF].asked)
    return;

  leg_ask (self, TL_LEG_PROOF);
  advance (self);
}

/**
 * tl_dns_question_wait:
 * @self: a question that is asked
 * @is_quick: whether to do without the proof
 * @deadline: how long to wait at most
 * @task: who waits; given a #TlRecordSet, or cancelled
 */
void
tl_dns_question_wait (TlDnsQuestion *self,
                      gboolean       is_quick,
                      TlDeadline     deadline,
                      GTask         *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  TlRecordSet *answer = judge (self, is_quick, FALSE);
  Wait *wait;

  if (answer != NULL)
    {
      g_task_return_pointer (task, answer, (GDestroyNotify) tl_record_set_unref);
      return;
    }

  wait = g_new0 (Wait, 1);
  wait->question = self;
  wait->task = g_object_ref (task);
  wait->is_quick = is_quick;
  wait->timer = g_timeout_source_new (tl_deadline_get_left_ms (deadline));
  g_source_set_callback (wait->timer, on_wait_time_passed, wait, NULL);
  g_source_set_static_name (wait->timer, "[twolane] DNS deadline");
  g_source_attach (wait->timer, self->unbound->context);
  if (cancellable != NULL)
    {
      wait->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (wait->cancelled, G_SOURCE_FUNC (on_wait_cancelled), wait, NULL);
      g_source_set_static_name (wait->cancelled, "[twolane] DNS cancelled");
      g_source_attach (wait->cancelled, self->unbound->context);
    }
  g_ptr_array_add (self->waits, wait);
}

guint
tl_dns_question_hash (gconstpointer self)
{
  const TlDnsQuestion *question = self;

  return g_str_hash (question->name) ^ (guint) question->type;
}

/**
 * tl_dns_question_equal:
 * @a: a question
 * @b: another
 *
 * Returns: whether both ask the same
 */
gboolean
tl_dns_question_equal (gconstpointer a,
                       gconstpointer b)
{
  const TlDnsQuestion *left = a;
  const TlDnsQuestion *right = b;

  return left->type == right->type && g_str_equal (left->name, right->name);
}
