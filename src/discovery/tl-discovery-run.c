/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-private.h"

#include "tl-discovery-judge.h"
#include "tl-gleanings.h"
#include "tl-gsource.h"
#include "tl-ranking.h"

#define THREAD_NAME "tl-discovery"

typedef struct _Run Run;

typedef struct
{
  Run                     *run;         /* borrowed */
  const TlDiscoverySource *source;      /* borrowed, static */
  gboolean                 is_asked;
  gboolean                 is_unproven; /* and will not be proven any more */
  gint64                   asked_at_us;
  TlSourceReply           *reply;       /* owned; NULL until it came */
  TlSourceAnswer          *answer;      /* owned; NULL until it came */
} Slot;

typedef struct
{
  Run     *run;   /* borrowed */
  TlClaim *claim; /* owned */
} Trial;

/* One run. Made by the caller, then the discovery thread's alone. */
struct _Run
{
  GTask              *task;      /* owned until the result is out, then NULL */
  GMainContext       *owner;     /* owned: where news goes */
  GMainContext       *context;   /* owned: the thread's own */
  gint64              started_us;
  TlInquiry           inquiry;   /* its members are owned */
  TlDiscoveryOptions  options;
  char               *directory; /* owned: what the options point at */
  TlContacts         *contacts;  /* owned */
  Slot               *slots;     /* owned */
  guint               n_slots;
  GPtrArray          *tried;     /* owned, of owned TlClaim: what has been or is being tried */
  GPtrArray          *probed;    /* owned, of owned TlProbed */
  guint               n_waiting; /* callbacks that are still to come */
  guint               proposed_ms;
  GSource            *deadline;  /* owned */
  GSource            *settle;    /* owned, or NULL */
  GCancellable       *outer;     /* owned, or NULL: the gesture's */
  gulong              outer_id;
  gboolean            is_online; /* the offline sources did not suffice */
  gboolean            is_proposed;
  gboolean            is_due;    /* not to be waited for any longer */
  gboolean            is_over;
};

static void
post (Run               *self,
      TlSourceAnswer    *answer,
      TlDiscoveryReport *report)
{
  tl_discovery_post (g_task_get_source_object (self->task), self->owner, answer, report);
}

/* Sets down what became of a source, and says so. */
static void
slot_take_reply (Slot          *self,
                 TlSourceReply *reply)
{
  TlSourceStatus status = tl_source_reply_get_status (reply);
  gint64 us = self->is_asked ? g_get_monotonic_time () - self->asked_at_us : 0;

  self->reply = reply;
  self->answer = tl_source_answer_new (self->source->id, status, (guint) (us / 1000),
                                       tl_source_reply_get_detail (reply));
  post (self->run, self->answer, NULL);
}

static void
on_source_answered (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  Slot *slot = user_data;
  g_autoptr(TlSourceReply) reply = tl_discovery_source_ask_finish (result);

  slot->run->n_waiting--;
  if (!slot->run->is_over)
    slot_take_reply (slot, g_steal_pointer (&reply));
}

static void
on_source_unproven (const TlDiscoverySource *source,
                    gpointer                 data)
{
  Run *self = data;

  for (guint i = 0; i < self->n_slots; i++)
    self->slots[i].is_unproven |= self->slots[i].source == source;
}

static void
slot_ask (Slot *self)
{
  g_autoptr(TlSourceAnswer) asking = tl_source_answer_new (self->source->id,
                                                           TL_SOURCE_STATUS_ASKING, 0, NULL);

  self->is_asked = TRUE;
  self->asked_at_us = g_get_monotonic_time ();
  self->run->n_waiting++;
  post (self->run, asking, NULL);
  tl_discovery_source_ask_async (self->source, &self->run->inquiry, on_source_answered, self);
}

static void
on_claim_tried (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Trial *trial = user_data;
  Run *run = trial->run;
  gboolean is_there = tl_prober_try_finish (TL_PROBER (object), result, NULL);

  run->n_waiting--;
  g_ptr_array_add (run->probed, tl_probed_new (tl_claim_get_lane (trial->claim),
                                               tl_claim_get_endpoint (trial->claim), is_there));
  tl_claim_unref (trial->claim);
  g_free (trial);
}

static gboolean
is_same_trial (gconstpointer a,
               gconstpointer b)
{
  return tl_claim_get_lane (a) == tl_claim_get_lane (b) &&
         tl_endpoint_equal (tl_claim_get_endpoint (a), tl_claim_get_endpoint (b));
}

static void
try_all (Run       *self,
         GPtrArray *claims)
{
  for (guint i = 0; i < claims->len; i++)
    {
      TlClaim *claim = claims->pdata[i];
      Trial *trial;

      if (g_ptr_array_find_with_equal_func (self->tried, claim, is_same_trial, NULL))
        continue;

      trial = g_new (Trial, 1);
      trial->run = self;
      trial->claim = tl_claim_ref (claim);
      g_ptr_array_add (self->tried, tl_claim_ref (claim));
      self->n_waiting++;
      tl_prober_try_async (self->inquiry.prober, tl_claim_get_lane (claim),
                           tl_claim_get_endpoint (claim), self->inquiry.deadline,
                           self->inquiry.cancellable, on_claim_tried, trial);
    }
}

static GPtrArray *
list_replies (Run *self)
{
  GPtrArray *replies = g_ptr_array_new ();

  for (guint i = 0; i < self->n_slots; i++)
    {
      if (self->slots[i].reply != NULL)
        g_ptr_array_add (replies, self->slots[i].reply);
    }

  return replies;
}

static const TlWeight *
slot_get_weight (const Slot *self)
{
  return tl_weight_at_best (self->source->id, !self->is_unproven);
}

/* Of each source that has not answered, the most that its word may weigh. */
static GPtrArray *
list_outstanding (Run *self)
{
  GPtrArray *outstanding = g_ptr_array_new ();

  for (guint i = 0; i < self->n_slots; i++)
    {
      if (self->slots[i].reply == NULL)
        g_ptr_array_add (outstanding, (gpointer) slot_get_weight (&self->slots[i]));
    }

  return outstanding;
}

static TlRanking *
rank (Run *self)
{
  g_autoptr(GPtrArray) replies = list_replies (self);

  return tl_ranking_new (self->inquiry.address, replies, self->probed);
}

/* The provider that is proposed; who is merely mentioned is not it. The mailbox is where mail comes
 * in: who else sends for it must not say how it is signed in to. */
static const char *
find_provider (GPtrArray *candidates)
{
  TlCandidate *proposal = tl_discovery_find_proposal (candidates, TL_LANE_INCOMING);

  if (proposal == NULL)
    proposal = tl_discovery_find_proposal (candidates, TL_LANE_OUTGOING);

  return proposal == NULL ? NULL : tl_candidate_get_provider (proposal);
}

static GPtrArray *
list_answers (Run *self)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->n_slots; i++)
    g_ptr_array_add (answers, self->slots[i].answer != NULL
                                ? g_object_ref (self->slots[i].answer)
                                : tl_source_answer_new (self->slots[i].source->id,
                                                        TL_SOURCE_STATUS_ASKING, 0, NULL));

  return answers;
}

static TlDiscoveryReport *
make_report (Run *self)
{
  TlAddress *address = self->inquiry.address;
  g_autoptr(GPtrArray) replies = list_replies (self);
  g_autoptr(TlRanking) ranking = rank (self);
  g_autoptr(GPtrArray) candidates = tl_ranking_list_candidates (ranking);
  g_autoptr(GPtrArray) answers = list_answers (self);
  g_autoptr(GPtrArray) findings = tl_discovery_judge (address, replies, candidates);
  g_autoptr(GPtrArray) rejections = tl_gleanings_list_rejections (replies);
  g_autoptr(GPtrArray) hints = tl_gleanings_list_hints (replies);

  return tl_discovery_report_new (address, &(TlDiscoveryParts) {
    .candidates = candidates,
    .sources = answers,
    .findings = findings,
    .rejections = rejections,
    .hints = hints,
    .contacts = self->contacts,
    .provider = find_provider (candidates),
    .proposed_ms = self->proposed_ms,
  });
}

/* Ends what is still under way: all of it answers at once. The thread goes on
 * until the last has, so that nothing is left behind. */
static void
stop (Run *self)
{
  self->is_over = TRUE;
  g_clear_object (&self->task);
  g_cancellable_cancel (self->inquiry.cancellable);
}

static void
set_proposed (Run *self)
{
  if (!self->is_proposed)
    self->proposed_ms = (guint) ((g_get_monotonic_time () - self->started_us) / 1000);
  self->is_proposed = TRUE;
}

/* A source that is not waited for any longer was not needed, or its time is up.
 * A guess that nothing depends on was as good as not asked. */
static void
slot_give_up (Slot            *self,
              const TlRanking *ranking,
              GPtrArray       *outstanding)
{
  const TlWeight *weight = slot_get_weight (self);
  gboolean was_needed = self->is_asked &&
                        (weight->group != TL_WEIGHT_TRIED ||
                         tl_ranking_may_change (ranking, outstanding, weight));

  slot_take_reply (self, tl_source_reply_new_status (self->source->id,
                                                     was_needed ? TL_SOURCE_STATUS_TIMEOUT
                                                                : TL_SOURCE_STATUS_NOT_ASKED));
}

static void
conclude (Run *self)
{
  g_autoptr(TlRanking) ranking = rank (self);
  g_autoptr(GPtrArray) outstanding = list_outstanding (self);

  set_proposed (self);
  for (guint i = 0; i < self->n_slots; i++)
    {
      if (self->slots[i].reply == NULL)
        slot_give_up (&self->slots[i], ranking, outstanding);
    }

  g_task_return_pointer (self->task, make_report (self),
                         (GDestroyNotify) tl_discovery_report_unref);
  stop (self);
}

static gboolean
on_due (gpointer data)
{
  Run *self = data;

  self->is_due = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
on_stopped (gpointer data)
{
  Run *self = data;

  if (!self->is_over)
    {
      g_task_return_error_if_cancelled (self->task);
      stop (self);
    }

  return G_SOURCE_REMOVE;
}

/* Called by whoever cancels, on their thread. Not a source of the cancellable's: GLib would wake
 * the context from there without holding on to it, and hang for good where the thread has just
 * ended and its context is gone. This handler is waited for before anything goes. */
static void
on_outer_cancelled (GCancellable *cancellable,
                    Run          *self)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_stopped, self, NULL);
  g_source_set_static_name (source, "[twolane] discovery stopped");
  g_source_attach (source, self->context);
}

static GSource *
attach_timer (Run        *self,
              guint       ms,
              const char *name)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, on_due, self, NULL);
  g_source_set_static_name (source, name);
  g_source_attach (source, self->context);

  return source;
}

/* The proposal stands; the rest has a moment to contradict it. */
static void
propose (Run *self)
{
  g_autoptr(TlDiscoveryReport) report = NULL;

  set_proposed (self);
  report = make_report (self);
  post (self, NULL, report);
  self->settle = attach_timer (self, TL_DISCOVERY_SETTLE_MS, "[twolane] discovery settling");
}

/* Asks all sources of one kind that were not asked yet. FALSE while any of
 * them is outstanding. */
static gboolean
ask_all (Run      *self,
         gboolean  offline)
{
  gboolean all_answered = TRUE;

  for (guint i = 0; i < self->n_slots; i++)
    {
      Slot *slot = &self->slots[i];

      if (slot->source->offline != offline)
        continue;
      if (!slot->is_asked)
        slot_ask (slot);
      all_answered &= slot->reply != NULL;
    }

  return all_answered;
}

static gboolean
any_may_change (const TlRanking *ranking,
                GPtrArray       *outstanding)
{
  for (guint i = 0; i < outstanding->len; i++)
    {
      if (tl_ranking_may_change (ranking, outstanding, outstanding->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

/* Who cannot change the proposal may still contradict it. A guess contradicts
 * nobody. */
static gboolean
any_may_contradict (GPtrArray *outstanding)
{
  for (guint i = 0; i < outstanding->len; i++)
    {
      const TlWeight *weight = outstanding->pdata[i];

      if (weight->group != TL_WEIGHT_TRIED)
        return TRUE;
    }

  return FALSE;
}

/* Called whenever something has happened: decides what is next. */
static void
advance (Run *self)
{
  g_autoptr(TlRanking) ranking = NULL;
  g_autoptr(GPtrArray) outstanding = NULL;
  g_autoptr(GPtrArray) wanted = NULL;
  g_autoptr(GPtrArray) needed = NULL;
  gboolean is_settled;

  if (self->is_due)
    {
      conclude (self);
      return;
    }

  if (!ask_all (self, TRUE))
    return;

  ranking = rank (self);
  outstanding = list_outstanding (self);
  is_settled = !any_may_change (ranking, outstanding);
  if (!self->is_online && is_settled)
    {
      conclude (self);
      return;
    }

  if (!self->is_online)
    {
      self->is_online = TRUE;
      ask_all (self, FALSE);
    }

  wanted = tl_ranking_list_trials (ranking, any_may_contradict (outstanding));
  try_all (self, wanted);
  needed = tl_ranking_list_trials (ranking, FALSE);

  if (!is_settled || needed->len > 0)
    return;

  if (!any_may_contradict (outstanding))
    conclude (self);
  else if (self->settle == NULL)
    propose (self);
}

static void
attach_sources (Run *self)
{
  GCancellable *cancellable = g_task_get_cancellable (self->task);

  self->deadline = attach_timer (self, tl_deadline_get_left_ms (self->inquiry.deadline),
                                 "[twolane] discovery deadline");
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), self,
                                              NULL);
    }
}

/* What the run needs is its own: sources may outlive whoever asked for it. */
static Run *
run_new (GTask                  *task,
         const TlDiscoveryBrief *brief)
{
  Run *self = g_new0 (Run, 1);

  self->task = g_object_ref (task);
  self->owner = g_main_context_ref_thread_default ();
  self->context = g_main_context_new ();
  self->started_us = g_get_monotonic_time ();
  self->n_slots = brief->n_sources;
  self->slots = g_new0 (Slot, brief->n_sources);
  for (guint i = 0; i < self->n_slots; i++)
    {
      self->slots[i].run = self;
      self->slots[i].source = brief->sources[i];
    }
  self->tried = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  self->probed = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_probed_free);
  self->contacts = tl_contacts_new ();
  self->directory = g_strdup (brief->options.directory);
  self->options = brief->options;
  self->options.directory = self->directory;

  self->inquiry.address = tl_address_ref (brief->address);
  self->inquiry.options = &self->options;
  self->inquiry.prober = tl_prober_new (brief->network, self->contacts, brief->prober_func);
  self->inquiry.deadline = tl_deadline_in_ms (brief->options.budget_ms);
  self->inquiry.cancellable = g_cancellable_new ();
  self->inquiry.unproven = on_source_unproven;
  self->inquiry.data = self;

  return self;
}

static void
run_free (Run *self)
{
  tl_gsource_clear (&self->deadline);
  tl_gsource_clear (&self->settle);
  g_cancellable_disconnect (self->outer, self->outer_id);
  g_clear_object (&self->outer);

  for (guint i = 0; i < self->n_slots; i++)
    {
      g_clear_pointer (&self->slots[i].reply, tl_source_reply_unref);
      g_clear_object (&self->slots[i].answer);
    }
  g_free (self->slots);
  g_ptr_array_unref (self->tried);
  g_ptr_array_unref (self->probed);

  g_object_unref (self->inquiry.prober);
  g_object_unref (self->inquiry.cancellable);
  tl_address_unref (self->inquiry.address);
  tl_contacts_unref (self->contacts);
  g_free (self->directory);

  g_main_context_unref (self->context);
  g_main_context_unref (self->owner);
  g_free (self);
}

/* A source may have replied and still have something under way, which nobody
 * counts: it keeps alive whom it was asked of. All of it was cancelled, so that
 * it ends at once where the context is given the time; else it never would, and
 * would keep its threads and sockets for good. */
static void
let_go (Run *self)
{
  g_object_add_weak_pointer (G_OBJECT (self->inquiry.records),
                             (gpointer *) &self->inquiry.records);
  g_object_add_weak_pointer (G_OBJECT (self->inquiry.https), (gpointer *) &self->inquiry.https);
  g_object_unref (self->inquiry.records);
  g_object_unref (self->inquiry.https);

  while (self->inquiry.records != NULL || self->inquiry.https != NULL)
    g_main_context_iteration (self->context, TRUE);
}

static gpointer
discovery_thread (gpointer data)
{
  Run *self = data;
  GMainContext *context = self->context;

  g_main_context_push_thread_default (context);
  self->inquiry.records = tl_records_new (self->contacts);
  self->inquiry.https = tl_https_new (self->contacts);
  attach_sources (self);

  for (;;)
    {
      if (!self->is_over)
        advance (self);
      if (self->is_over && self->n_waiting == 0)
        break;
      g_main_context_iteration (context, TRUE);
    }

  let_go (self);
  g_main_context_ref (context);
  run_free (self);
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);

  return NULL;
}

/**
 * tl_discovery_run_start:
 * @task: the task of the discovery; gets its report
 * @brief: what to do; copied
 *
 * Starts the discovery thread. Its news goes to the thread-default #GMainContext
 * of the caller.
 */
void
tl_discovery_run_start (GTask                  *task,
                        const TlDiscoveryBrief *brief)
{
  g_thread_unref (g_thread_new (THREAD_NAME, discovery_thread, run_new (task, brief)));
}
