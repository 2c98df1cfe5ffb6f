/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-private.h"

#include "tl-discovery-judge.h"
#include "tl-discovery-rank.h"
#include "tl-error.h"
#include "tl-gsource.h"

#define THREAD_NAME "tl-discovery"
#define ASKING      "asking"

/* In this order they are shown. */
static const TlDiscoverySource * const all_sources[] = {
  &tl_source_provider_domain,
  &tl_source_provider_mx,
  &tl_source_autoconfig,
  &tl_source_well_known,
  &tl_source_srv,
  &tl_source_guess,
};

struct _TlDiscovery
{
  GObject                          parent_instance;

  TlAddress                       *address;     /* owned */
  TlNetwork                       *network;     /* owned */
  guint                            budget_ms;
  const TlDiscoverySource * const *sources;     /* borrowed, static */
  guint                            n_sources;
  TlProberFunc                     prober_func; /* NULL: the real one */
  gboolean                         has_run;
};

G_DEFINE_FINAL_TYPE (TlDiscovery, tl_discovery, G_TYPE_OBJECT)

enum
{
  SOURCE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct _Run Run;

typedef struct
{
  Run                     *run;    /* borrowed */
  const TlDiscoverySource *source; /* borrowed, static */
  gboolean                 is_asked;
  gint64                   asked_at_us;
  TlSourceReply           *reply;  /* owned; NULL until it came */
  TlSourceAnswer          *answer; /* owned; NULL until it came */
} Slot;

typedef struct
{
  Run     *run;   /* borrowed */
  TlClaim *claim; /* owned */
} Trial;

/* One run. Made by the caller, then the discovery thread's alone. */
struct _Run
{
  GTask        *task;      /* owned until the result is out, then NULL */
  GMainContext *owner;     /* owned: where news goes */
  GMainContext *context;   /* owned: the thread's own */
  TlInquiry     inquiry;   /* its members are owned */
  Slot         *slots;     /* owned */
  guint         n_slots;
  GPtrArray    *tried;     /* owned, of owned TlClaim: what has been or is being tried */
  GPtrArray    *probed;    /* owned, of owned TlProbed */
  guint         n_trying;
  guint         n_waiting; /* callbacks that are still to come */
  GSource      *deadline;  /* owned */
  GSource      *settle;    /* owned, or NULL */
  GSource      *stopped;   /* owned, or NULL */
  gboolean      is_online; /* the offline sources did not suffice */
  gboolean      is_due;    /* not to be waited for any longer */
  gboolean      is_over;
};

typedef struct
{
  GMainContext   *owner;     /* owned */
  TlDiscovery    *discovery; /* owned */
  TlSourceAnswer *answer;    /* owned */
} Delivery;

static void
delivery_free (gpointer data)
{
  Delivery *self = data;

  g_main_context_unref (self->owner);
  g_object_unref (self->discovery);
  g_object_unref (self->answer);
  g_free (self);
}

static gboolean
deliver (gpointer data)
{
  Delivery *self = data;

  g_assert (g_main_context_is_owner (self->owner));

  g_signal_emit (self->discovery, signals[SOURCE_CHANGED], 0, self->answer);

  return G_SOURCE_REMOVE;
}

/* An idle source, and not g_main_context_invoke(): that one may call the owner
 * on this thread. */
static void
post (Run            *self,
      TlSourceAnswer *answer)
{
  g_autoptr(GSource) source = g_idle_source_new ();
  Delivery *delivery = g_new (Delivery, 1);

  delivery->owner = g_main_context_ref (self->owner);
  delivery->discovery = g_object_ref (g_task_get_source_object (self->task));
  delivery->answer = g_object_ref (answer);

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, delivery, delivery_free);
  g_source_set_static_name (source, "[twolane] discovery source changed");
  g_source_attach (source, self->owner);
}

/* Sets down what became of a source, and says so. */
static void
slot_take_reply (Slot          *self,
                 TlSourceReply *reply)
{
  const char *status = tl_source_status_get_nick (tl_source_reply_get_status (reply));
  gint64 us = self->is_asked ? g_get_monotonic_time () - self->asked_at_us : 0;

  self->reply = reply;
  self->answer = tl_source_answer_new (self->source->id, status, (guint) (us / 1000));
  post (self->run, self->answer);
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
slot_ask (Slot *self)
{
  g_autoptr(TlSourceAnswer) asking = tl_source_answer_new (self->source->id, ASKING, 0);

  self->is_asked = TRUE;
  self->asked_at_us = g_get_monotonic_time ();
  self->run->n_waiting++;
  post (self->run, asking);
  self->source->ask_async (self->source, &self->run->inquiry, on_source_answered, self);
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
  run->n_trying--;
  g_ptr_array_add (run->probed,
                   tl_probed_new (tl_claim_get_lane (trial->claim),
                                  tl_endpoint_get_host (tl_claim_get_endpoint (trial->claim)),
                                  is_there));
  tl_claim_unref (trial->claim);
  g_free (trial);
}

static gboolean
is_same_trial (gconstpointer a,
               gconstpointer b)
{
  const TlEndpoint *left = tl_claim_get_endpoint (a);
  const TlEndpoint *right = tl_claim_get_endpoint (b);

  return tl_claim_get_lane (a) == tl_claim_get_lane (b) &&
         g_str_equal (tl_endpoint_get_host (left), tl_endpoint_get_host (right));
}

/* Sources that contradict each other are put to the test: a document that
 * names a host where nothing is any more must not win by its weight. */
static void
try_contested (Run       *self,
               GPtrArray *replies)
{
  g_autoptr(GPtrArray) contested = tl_discovery_list_contested (self->inquiry.address, replies);

  for (guint i = 0; i < contested->len; i++)
    {
      TlClaim *claim = contested->pdata[i];
      Trial *trial;

      if (g_ptr_array_find_with_equal_func (self->tried, claim, is_same_trial, NULL))
        continue;

      trial = g_new (Trial, 1);
      trial->run = self;
      trial->claim = tl_claim_ref (claim);
      g_ptr_array_add (self->tried, tl_claim_ref (claim));
      self->n_waiting++;
      self->n_trying++;
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

static const char *
find_provider (GPtrArray *candidates)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      if (tl_candidate_get_provider (candidates->pdata[i]) != NULL)
        return tl_candidate_get_provider (candidates->pdata[i]);
    }

  return NULL;
}

static TlDiscoveryReport *
make_report (Run *self)
{
  g_autoptr(GPtrArray) replies = list_replies (self);
  TlAddress *address = self->inquiry.address;
  g_autoptr(GPtrArray) candidates = tl_discovery_rank (address, replies, self->probed);
  g_autoptr(GPtrArray) findings = tl_discovery_judge (address, replies, candidates);
  g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->n_slots; i++)
    g_ptr_array_add (answers, g_object_ref (self->slots[i].answer));

  return tl_discovery_report_new (address, candidates, answers, findings,
                                  find_provider (candidates));
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

/* A source that is not waited for any longer was not needed, or its time is up.
 * A guess that nothing depends on was as good as not asked. */
static void
slot_give_up (Slot      *self,
              GPtrArray *replies)
{
  gboolean was_needed = self->is_asked &&
                        (!g_str_equal (self->source->id, TL_SOURCE_GUESS) ||
                         tl_discovery_may_matter (self->run->inquiry.address, replies,
                                                  self->source->id));

  slot_take_reply (self, tl_source_reply_new_status (self->source->id,
                                                     was_needed ? TL_SOURCE_STATUS_TIMEOUT
                                                                : TL_SOURCE_STATUS_NOT_ASKED));
}

static void
conclude (Run *self)
{
  g_autoptr(GPtrArray) replies = list_replies (self);

  for (guint i = 0; i < self->n_slots; i++)
    {
      if (self->slots[i].reply == NULL)
        slot_give_up (&self->slots[i], replies);
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
on_stopped (GCancellable *cancellable,
            gpointer      data)
{
  Run *self = data;

  if (!self->is_over)
    {
      g_task_return_error_if_cancelled (self->task);
      stop (self);
    }

  return G_SOURCE_REMOVE;
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
any_may_matter (Run       *self,
                GPtrArray *replies,
                gboolean   is_asked)
{
  for (guint i = 0; i < self->n_slots; i++)
    {
      const Slot *slot = &self->slots[i];

      if (slot->reply == NULL && slot->is_asked == is_asked &&
          tl_discovery_may_matter (self->inquiry.address, replies, slot->source->id))
        return TRUE;
    }

  return FALSE;
}

/* Outstanding sources that cannot change the proposal may still contradict it,
 * which is worth a moment. A guess contradicts nobody. */
static gboolean
any_may_contradict (Run *self)
{
  for (guint i = 0; i < self->n_slots; i++)
    {
      if (self->slots[i].reply == NULL && !g_str_equal (self->slots[i].source->id, TL_SOURCE_GUESS))
        return TRUE;
    }

  return FALSE;
}

/* Called whenever something has happened: decides what is next. */
static void
advance (Run *self)
{
  g_autoptr(GPtrArray) replies = NULL;

  if (self->is_due)
    {
      conclude (self);
      return;
    }

  if (!ask_all (self, TRUE))
    return;

  replies = list_replies (self);
  if (!any_may_matter (self, replies, FALSE) && !self->is_online)
    {
      conclude (self);
      return;
    }

  self->is_online = TRUE;
  ask_all (self, FALSE);
  try_contested (self, replies);

  if (self->n_trying > 0 || any_may_matter (self, replies, TRUE))
    return;

  if (!any_may_contradict (self))
    conclude (self);
  else if (self->settle == NULL)
    self->settle = attach_timer (self, TL_DISCOVERY_SETTLE_MS, "[twolane] discovery settling");
}

static void
attach_sources (Run *self)
{
  GCancellable *cancellable = g_task_get_cancellable (self->task);

  self->deadline = attach_timer (self, tl_deadline_get_left_ms (self->inquiry.deadline),
                                 "[twolane] discovery deadline");
  if (cancellable != NULL)
    {
      self->stopped = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->stopped, G_SOURCE_FUNC (on_stopped), self, NULL);
      g_source_set_static_name (self->stopped, "[twolane] discovery stopped");
      g_source_attach (self->stopped, self->context);
    }
}

static Run *
run_new (TlDiscovery *discovery,
         GTask       *task)
{
  Run *self = g_new0 (Run, 1);

  self->task = g_object_ref (task);
  self->owner = g_main_context_ref_thread_default ();
  self->context = g_main_context_new ();
  self->n_slots = discovery->n_sources;
  self->slots = g_new0 (Slot, discovery->n_sources);
  for (guint i = 0; i < self->n_slots; i++)
    {
      self->slots[i].run = self;
      self->slots[i].source = discovery->sources[i];
    }
  self->tried = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  self->probed = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_probed_free);

  self->inquiry.address = tl_address_ref (discovery->address);
  self->inquiry.network = tl_network_ref (discovery->network);
  self->inquiry.prober = tl_prober_new (discovery->network, discovery->prober_func);
  self->inquiry.deadline = tl_deadline_in_ms (discovery->budget_ms);
  self->inquiry.cancellable = g_cancellable_new ();

  return self;
}

static void
run_free (Run *self)
{
  tl_gsource_clear (&self->deadline);
  tl_gsource_clear (&self->settle);
  tl_gsource_clear (&self->stopped);

  for (guint i = 0; i < self->n_slots; i++)
    {
      g_clear_pointer (&self->slots[i].reply, tl_source_reply_unref);
      g_clear_object (&self->slots[i].answer);
    }
  g_free (self->slots);
  g_ptr_array_unref (self->tried);
  g_ptr_array_unref (self->probed);

  g_clear_object (&self->inquiry.records);
  g_clear_object (&self->inquiry.https);
  g_object_unref (self->inquiry.prober);
  g_object_unref (self->inquiry.cancellable);
  tl_network_unref (self->inquiry.network);
  tl_address_unref (self->inquiry.address);

  g_main_context_unref (self->context);
  g_main_context_unref (self->owner);
  g_free (self);
}

static gpointer
discovery_thread (gpointer data)
{
  Run *self = data;
  GMainContext *context = self->context;

  g_main_context_push_thread_default (context);
  self->inquiry.records = tl_records_new ();
  self->inquiry.https = tl_https_new ();
  attach_sources (self);

  for (;;)
    {
      if (!self->is_over)
        advance (self);
      if (self->is_over && self->n_waiting == 0)
        break;
      g_main_context_iteration (context, TRUE);
    }

  g_main_context_ref (context);
  run_free (self);
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);

  return NULL;
}

static void
tl_discovery_finalize (GObject *object)
{
  TlDiscovery *self = TL_DISCOVERY (object);

  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->network, tl_network_unref);

  G_OBJECT_CLASS (tl_discovery_parent_class)->finalize (object);
}

static void
tl_discovery_class_init (TlDiscoveryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_discovery_finalize;

  /**
   * TlDiscovery::source-changed:
   * @self: the discovery
   * @answer: the source and what has become of it
   *
   * Emitted when a source is asked, and when it is known what became of it.
   */
  signals[SOURCE_CHANGED] =
    g_signal_new ("source-changed", TL_TYPE_DISCOVERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, TL_TYPE_SOURCE_ANSWER);
}

static void
tl_discovery_init (TlDiscovery *self)
{
}

/**
 * tl_discovery_new:
 * @address: whose servers to look for
 * @network: the real network; in the practice network no source is ever asked
 * @budget_ms: the most it may take, `TL_DISCOVERY_BUDGET_MS` in the programs
 *
 * Returns: (transfer full): a discovery, to be run once
 */
TlDiscovery *
tl_discovery_new (TlAddress *address,
                  TlNetwork *network,
                  guint      budget_ms)
{
  return tl_discovery_new_with_sources (address, network, budget_ms, all_sources,
                                        G_N_ELEMENTS (all_sources), NULL);
}

/**
 * tl_discovery_new_with_sources:
 * @address: whose servers to look for
 * @network: the real network
 * @budget_ms: the most it may take
 * @sources: (array length=n_sources): the sources to ask; borrowed for good
 * @n_sources: how many
 * @prober_func: (nullable): tries a server; %NULL for really doing so
 *
 * Returns: (transfer full): a discovery that asks these sources and no others
 */
TlDiscovery *
tl_discovery_new_with_sources (TlAddress                        *address,
                               TlNetwork                        *network,
                               guint                             budget_ms,
                               const TlDiscoverySource * const  *sources,
                               guint                             n_sources,
                               TlProberFunc                      prober_func)
{
  TlDiscovery *self;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (network != NULL, NULL);

  self = g_object_new (TL_TYPE_DISCOVERY, NULL);
  self->address = tl_address_ref (address);
  self->network = tl_network_ref (network);
  self->budget_ms = budget_ms;
  self->sources = sources;
  self->n_sources = n_sources;
  self->prober_func = prober_func;

  return self;
}

/**
 * tl_discovery_run_async:
 * @self: a discovery that has not run
 * @cancellable: (nullable): stops it, within 200 ms
 * @callback: called when there is a report
 * @user_data: for @callback
 *
 * Asks all sources at once. It ends when nothing that is outstanding could
 * change what is proposed, and at the latest when the budget is used up; what
 * has not answered by then says so in the report.
 */
void
tl_discovery_run_async (TlDiscovery         *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (TL_IS_DISCOVERY (self));
  g_return_if_fail (!self->has_run);

  self->has_run = TRUE;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_discovery_run_async);

  if (tl_network_is_practice (self->network))
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_REFUSED,
                               "nobody is asked about the practice mailbox");
      return;
    }

  g_thread_unref (g_thread_new (THREAD_NAME, discovery_thread, run_new (self, task)));
}

/**
 * tl_discovery_run_finish:
 * @self: a discovery
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Finding nothing is a report, not an error.
 *
 * Returns: (transfer full): the report, or %NULL with %G_IO_ERROR_CANCELLED, or with
 *   %TL_ERROR_REFUSED in the practice network
 */
TlDiscoveryReport *
tl_discovery_run_finish (TlDiscovery   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
