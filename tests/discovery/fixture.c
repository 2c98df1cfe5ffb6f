/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <string.h>

#include "said.h"
#include "tl-gsource.h"

const char * const fixture_ids[N_SOURCES] = {
  [DOMAIN]     = TL_SOURCE_PROVIDER_DOMAIN,
  [MX]         = TL_SOURCE_PROVIDER_MX,
  [PACC]       = TL_SOURCE_PACC,
  [AUTOCONFIG] = TL_SOURCE_AUTOCONFIG,
  [WELL_KNOWN] = TL_SOURCE_WELL_KNOWN,
  [SRV]        = TL_SOURCE_SRV,
  [DIRECTORY]  = TL_SOURCE_DIRECTORY,
  [GUESS]      = TL_SOURCE_GUESS,
};

typedef struct
{
  GTask                   *task;     /* owned */
  const Fake              *fake;     /* borrowed */
  const TlDiscoverySource *source;   /* borrowed */
  const TlInquiry         *inquiry;  /* borrowed */
  GSource                 *timer;    /* owned */
  GSource                 *unproven; /* owned, or NULL */
  GSource                 *stopped;  /* owned */
} Asking;

gint fixture_n_asked;
gint fixture_n_kept;

/* Of what runs ask by, what is still alive: fakes are borrowed for as long. */
static gint n_probers;

static void
asking_end (Asking        *self,
            TlSourceReply *reply)
{
  tl_discovery_source_take_reply (self->task, reply);
  tl_gsource_clear (&self->timer);
  tl_gsource_clear (&self->unproven);
  tl_gsource_clear (&self->stopped);
  g_object_unref (self->task);
  g_free (self);
}

static gboolean
on_time_come (gpointer data)
{
  Asking *self = data;
  Said said = {
    .source = self->source->id,
    .says = { self->fake->says[0], self->fake->says[1] },
    .status = self->fake->status,
    .remarks = self->fake->remarks,
  };

  if (said.says[0] == NULL && said.status == TL_SOURCE_STATUS_ANSWERED)
    said.status = TL_SOURCE_STATUS_NOTHING;
  asking_end (self, said_make_reply (&said, self->inquiry->address));

  return G_SOURCE_REMOVE;
}

static gboolean
on_stopped (GCancellable *cancellable,
            gpointer      data)
{
  Asking *self = data;

  asking_end (self, tl_source_reply_new_status (self->source->id, TL_SOURCE_STATUS_TIMEOUT));

  return G_SOURCE_REMOVE;
}

static gboolean
on_unproven (gpointer data)
{
  Asking *self = data;

  tl_discovery_source_tell_unproven (self->source, self->inquiry);

  return G_SOURCE_REMOVE;
}

static void
on_gone (gpointer  data,
         GObject  *where)
{
  g_atomic_int_add ((gint *) data, -1);
}

static void
count_while_alive (gpointer  object,
                   gint     *count)
{
  g_atomic_int_inc (count);
  g_object_weak_ref (object, on_gone, count);
}

/* Work of a resolver's or client's own: it ends with the run and not before. */
static gboolean
on_work_stopped (GCancellable *cancellable,
                 gpointer      data)
{
  g_task_return_error_if_cancelled (data);

  return G_SOURCE_REMOVE;
}

static void
leave_work (gpointer         at,
            const TlInquiry *inquiry)
{
  g_autoptr(GSource) stopped = g_cancellable_source_new (inquiry->cancellable);

  count_while_alive (at, &fixture_n_kept);
  g_source_set_callback (stopped, G_SOURCE_FUNC (on_work_stopped),
                         g_task_new (at, inquiry->cancellable, NULL, NULL), g_object_unref);
  g_source_attach (stopped, g_main_context_get_thread_default ());
}

static GSource *
start_timer (Asking      *self,
             guint        ms,
             GSourceFunc  callback)
{
  GSource *timer = g_timeout_source_new (ms);

  g_source_set_callback (timer, callback, self, NULL);
  g_source_attach (timer, g_main_context_get_thread_default ());

  return timer;
}

static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  Asking *asking = g_new0 (Asking, 1);

  g_atomic_int_inc (&fixture_n_asked);
  if (self->offline)
    count_while_alive (inquiry->prober, &n_probers);
  asking->task = tl_discovery_source_task (self, callback, user_data);
  asking->fake = self->data;
  asking->source = self;
  asking->inquiry = inquiry;

  asking->timer = start_timer (asking, asking->fake->after_ms, on_time_come);
  if (asking->fake->unproven_ms > 0)
    asking->unproven = start_timer (asking, asking->fake->unproven_ms, on_unproven);
  if (asking->fake->leaves_work)
    {
      leave_work (inquiry->records, inquiry);
      leave_work (inquiry->https, inquiry);
    }

  asking->stopped = g_cancellable_source_new (inquiry->cancellable);
  g_source_set_callback (asking->stopped, G_SOURCE_FUNC (on_stopped), asking, NULL);
  g_source_attach (asking->stopped, g_main_context_get_thread_default ());
}

/* Hosts whose name starts with "old" are gone; "slow" ones take their time. */
static gboolean
pretend (TlNetwork         *network,
         TlLaneKind         lane,
         const TlEndpoint  *endpoint,
         TlDeadline         deadline,
         GCancellable      *cancellable)
{
  const char *host = tl_endpoint_get_host (endpoint);

  while (g_str_has_prefix (host, "slow") && !tl_deadline_is_past (deadline) &&
         !g_cancellable_is_cancelled (cancellable))
    g_usleep (1000);

  return !g_str_has_prefix (host, "old");
}

static void
on_source_changed (TlDiscovery    *discovery,
                   TlSourceAnswer *answer,
                   gpointer        user_data)
{
  Fixture *self = user_data;

  g_assert_true (g_main_context_is_owner (self->context));
  g_assert_false (self->is_done);
  g_string_append_printf (self->events, "%s:%s ", tl_source_answer_get_source (answer),
                          tl_source_status_get_nick (tl_source_answer_get_status (answer)));
}

static void
on_proposed (TlDiscovery       *discovery,
             TlDiscoveryReport *report,
             gpointer           user_data)
{
  Fixture *self = user_data;

  g_assert_true (g_main_context_is_owner (self->context));
  g_assert_false (self->is_done);
  g_assert_null (self->proposed);
  self->proposed = tl_discovery_report_ref (report);
  self->proposed_at_us = g_get_monotonic_time ();
}

static void
on_done (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *self = user_data;

  g_assert_true (g_main_context_is_owner (self->context));
  self->report = tl_discovery_run_finish (TL_DISCOVERY (object), result, &self->error);
  self->is_done = TRUE;
}

/**
 * fixture_start_for:
 * @self: a fixture
 * @text: the address
 * @network: (nullable): the network; %NULL for the system's
 * @fakes: (array fixed-size=8): what the sources say; outlives the run
 * @budget_ms: the most it may take
 * @cancellable: (nullable): stops it
 *
 * Starts a discovery of its own.
 */
void
fixture_start_for (Fixture      *self,
                   const char   *text,
                   TlNetwork    *network,
                   const Fake   *fakes,
                   guint         budget_ms,
                   GCancellable *cancellable)
{
  g_autoptr(TlAddress) address = tl_address_parse (text, NULL);
  const TlDiscoveryOptions options = { .budget_ms = budget_ms };
  g_autoptr(TlNetwork) used = network != NULL ? tl_network_ref (network) : tl_network_new_system ();

  memset (self, 0, sizeof *self);
  for (guint i = 0; i < N_SOURCES; i++)
    {
      self->sources[i] = (TlDiscoverySource) {
        .id = fixture_ids[i],
        .offline = i == DOMAIN,
        .below = i == AUTOCONFIG,
        .data = &fakes[i],
        .ask_async = ask,
      };
      self->pointers[i] = &self->sources[i];
    }
  self->context = g_main_context_ref_thread_default ();
  self->events = g_string_new (NULL);
  self->discovery = tl_discovery_new_with_sources (address, used, &options, self->pointers,
                                                   N_SOURCES, pretend);
  g_signal_connect (self->discovery, "source-changed", G_CALLBACK (on_source_changed), self);
  g_signal_connect (self->discovery, "proposed", G_CALLBACK (on_proposed), self);
  g_assert_true (g_main_context_acquire (self->context));
  tl_discovery_run_async (self->discovery, cancellable, on_done, self);
}

/* As fixture_start_for(), for an address whose domain nobody knows. */
void
fixture_start (Fixture      *self,
               TlNetwork    *network,
               const Fake   *fakes,
               guint         budget_ms,
               GCancellable *cancellable)
{
  fixture_start_for (self, "ada@example.org", network, fakes, budget_ms, cancellable);
}

void
fixture_wait (Fixture *self)
{
  gint64 start_us = g_get_monotonic_time ();

  while (!self->is_done)
    g_main_context_iteration (self->context, TRUE);
  self->ms = (g_get_monotonic_time () - start_us) / 1000;
  if (self->proposed != NULL)
    self->proposed_ms = (self->proposed_at_us - start_us) / 1000;
}

/**
 * fixture_clear:
 * @self: a fixture that has waited
 *
 * Waits until the run is over: it outlives its result.
 */
void
fixture_clear (Fixture *self)
{
  for (guint i = 0; i < 5000 && g_atomic_int_get (&n_probers) > 0; i++)
    g_usleep (1000);
  g_assert_cmpint (g_atomic_int_get (&n_probers), ==, 0);

  g_main_context_release (self->context);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_string_free (self->events, TRUE);
  g_clear_pointer (&self->proposed, tl_discovery_report_unref);
  g_clear_pointer (&self->report, tl_discovery_report_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->discovery);
}
