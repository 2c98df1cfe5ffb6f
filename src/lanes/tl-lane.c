/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane.h"

#include "tl-lane-remarks.h"
#include "tl-lane-road.h"

/* Each waiting stage is short enough for a silent server to be a verdict
 * within ten seconds, and long enough for one that slows sign-ins down on
 * purpose (some seconds behind a failed attempt). */
const TlLaneBudget TL_LANE_BUDGET_DEFAULT = {
  .resolve_ms = 5000,
  .connect_ms = 9000,
  .tls_ms     = 9000,
  .greet_ms   = 9000,
  .upgrade_ms = 9000,
  .caps_ms    = 9000,
  .auth_ms    = 9500,
  .use_ms     = 9500,
  .total_ms   = 30000,
};

struct _TlLane
{
  GObject        parent_instance;

  /* Set once, before the thread starts */
  TlLaneKind     kind;
  TlLaneWork    *work;        /* owned; NULL from the start of the run on */
  TlTranscript  *transcript;  /* owned; the thread writes it */
  TlLaneGuest    guest;       /* NULL: nobody was invited */
  gpointer       guest_data;
  GDestroyNotify guest_destroy;
  GMainContext  *owner;       /* owned */

  /* The owner's */
  GThread       *thread;      /* owned; NULL when it does not run */
  gboolean       has_ended;
};

enum
{
  STEP_STARTED,
  STEP_FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlLane, tl_lane, G_TYPE_OBJECT)

/* One piece of news on its way from the lane's thread to the owner. */
typedef struct
{
  TlLane  *lane;
  TlStage  stage;
  guint    budget_ms;
  TlStep  *step;       /* NULL: the stage has started */
} News;

static void
news_free (gpointer data)
{
  News *self = data;

  g_clear_object (&self->lane);
  g_clear_pointer (&self->step, tl_step_unref);
  g_free (self);
}

static gboolean
deliver (gpointer data)
{
  News *self = data;

  g_assert (g_main_context_is_owner (self->lane->owner));

  if (self->step != NULL)
    g_signal_emit (self->lane, signals[STEP_FINISHED], 0, self->step);
  else
    g_signal_emit (self->lane, signals[STEP_STARTED], 0, self->stage, self->budget_ms);

  return G_SOURCE_REMOVE;
}

/* Runs on the lane's thread. An idle source, and not g_main_context_invoke():
 * that one may run deliver() right here when the owner happens to be idle. Its
 * priority is that of the task, hence all news arrives before the result. */
static void
post (TlLane  *self,
      TlStage  stage,
      guint    budget_ms,
      TlStep  *step)
{
  g_autoptr(GSource) source = g_idle_source_new ();
  News *news = g_new0 (News, 1);

  news->lane = g_object_ref (self);
  news->stage = stage;
  news->budget_ms = budget_ms;
  news->step = step == NULL ? NULL : tl_step_ref (step);

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, news, news_free);
  g_source_set_static_name (source, "[twolane] lane step");
  g_source_attach (source, self->owner);
}

static TlLaneReport *
make_report (TlLaneWork *work,
             GPtrArray  *steps,
             TlFinding  *deciding)
{
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  TlCapabilities *capabilities = tl_lane_work_get_capabilities (work);
  g_auto(GStrv) names = capabilities == NULL ? NULL : tl_capabilities_dup_names (capabilities);
  TlLaneReportParts parts = { 0 };

  if (deciding != NULL)
    g_ptr_array_add (findings, g_object_ref (deciding));
  for (guint i = 0; i < work->remarks->len; i++)
    g_ptr_array_add (findings, g_object_ref (work->remarks->pdata[i]));

  parts.lane = work->kind;
  parts.settings = work->settings;
  parts.steps = steps;
  parts.findings = findings;
  parts.capabilities = (const char * const *) names;
  parts.folders = work->kind == TL_LANE_INCOMING ? work->folders : NULL;
  parts.facts = work->facts;
  parts.tested_at_s = g_get_real_time () / G_USEC_PER_SEC;
  if (work->conversation != NULL)
    {
      TlChannel *channel = tl_conversation_get_channel (work->conversation);
      TlVerifiedTls *proof = tl_conversation_get_proof (work->conversation);

      parts.address = tl_channel_get_address (channel);
      parts.proxy = tl_channel_get_proxy (channel);
      parts.tls = proof == NULL ? NULL : tl_verified_tls_get_info (proof);
    }

  return tl_lane_report_new (&parts);
}

/* One lane under way, on its thread. */
typedef struct
{
  TlLane     *lane;   /* borrowed */
  GPtrArray  *steps;  /* of TlStep, borrowed */
} Run;

static void
on_stage_started (TlStage  stage,
                  guint    budget_ms,
                  gpointer user_data)
{
  Run *run = user_data;

  post (run->lane, stage, budget_ms, NULL);
}

static void
on_stage_finished (TlStep   *step,
                   gpointer  user_data)
{
  Run *run = user_data;

  g_ptr_array_add (run->steps, tl_step_ref (step));
  post (run->lane, tl_step_get_stage (step), 0, step);
}

/* A #TlRedact. */
static char *
redact (const char    *text,
        gconstpointer  data)
{
  return tl_lane_work_redact (data, text);
}

/* All steps in order, up to the first that fails; then the guest, where the session got through
 * them: it may be the mailbox that is at fault, and full of something. */
static TlLaneReport *
run_steps_sync (TlLane        *self,
                TlLaneWork    *work,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  g_autoptr(TlFinding) deciding = NULL;
  g_autoptr(TlLaneReport) report = NULL;
  Run run = { self, steps };
  const TlLaneRoadNews news = { on_stage_started, on_stage_finished, &run };
  gint64 began_us = g_get_monotonic_time ();

  if (!tl_lane_road_run_sync (work, TL_STAGE_USE, &news, cancellable, &deciding, error) &&
      deciding == NULL)
    return NULL;

  tl_lane_remarks_on_tlsa_sync (work, (guint) ((g_get_monotonic_time () - began_us) / 1000),
                                cancellable);

  /* What the guest hears changes nothing about what the lane was like before. */
  report = make_report (work, steps, deciding);
  if (self->guest != NULL && work->imap != NULL && work->facts != NULL)
    self->guest (work->imap, redact, work, cancellable, self->guest_data);
  if (deciding == NULL)
    tl_lane_work_say_goodbye_sync (work, cancellable);

  return g_steal_pointer (&report);
}

static gpointer
lane_thread (gpointer data)
{
  g_autoptr(GTask) task = data;
  TlLane *self = g_task_get_source_object (task);
  TlLaneWork *work = g_task_get_task_data (task);
  g_autoptr(TlLaneReport) report = NULL;
  g_autoptr(GError) error = NULL;

  report = run_steps_sync (self, work, g_task_get_cancellable (task), &error);

  /* The connection is closed and the password wiped before anyone hears. */
  tl_lane_work_free (work);
  if (report != NULL)
    g_task_return_pointer (task, g_steal_pointer (&report), (GDestroyNotify) tl_lane_report_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));

  return NULL;
}

/* Nobody has asked how it ended, and the last to let go may be the thread. */
static void
leave_thread (GThread *thread)
{
  if (thread == g_thread_self ())
    g_thread_unref (thread);
  else
    g_thread_join (thread);
}

static void
tl_lane_finalize (GObject *object)
{
  TlLane *self = TL_LANE (object);

  g_clear_pointer (&self->thread, leave_thread);
  g_clear_pointer (&self->work, tl_lane_work_free);
  g_clear_pointer (&self->transcript, tl_transcript_unref);
  g_clear_pointer (&self->owner, g_main_context_unref);
  if (self->guest_destroy != NULL)
    self->guest_destroy (self->guest_data);

  G_OBJECT_CLASS (tl_lane_parent_class)->finalize (object);
}

static void
tl_lane_class_init (TlLaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tl_lane_finalize;

  signals[STEP_STARTED] = g_signal_new ("step-started", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, TL_TYPE_STAGE, G_TYPE_UINT);
  signals[STEP_FINISHED] = g_signal_new ("step-finished", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, TL_TYPE_STEP);
}

static void
tl_lane_init (TlLane *self)
{
}

/**
 * tl_lane_new_with_ports:
 * @kind: which lane; %TL_LANE_NONE is none
 * @settings: how it is reached and signed in to, of the protocol that fits @kind
 * @address: whose mailbox it is
 * @secret: (nullable): the password or the token; %NULL only when @settings are for a token
 * @network: the world the connection is made in
 * @budget: how long each stage may take; copied
 * @ports: where other services of the same host are looked for, to explain what fails; copied
 *
 * Returns: (transfer full): a lane that has not run
 */
TlLane *
tl_lane_new_with_ports (TlLaneKind          kind,
                        TlLaneSettings     *settings,
                        TlAddress          *address,
                        TlSecret           *secret,
                        TlNetwork          *network,
                        const TlLaneBudget *budget,
                        const TlLanePorts  *ports)
{
  TlProtocol protocol = kind == TL_LANE_OUTGOING ? TL_PROTOCOL_SMTP : TL_PROTOCOL_IMAP;
  TlLane *self;

  g_return_val_if_fail (kind != TL_LANE_NONE, NULL);
  g_return_val_if_fail (tl_lane_settings_get_protocol (settings) == protocol, NULL);
  g_return_val_if_fail (secret != NULL ||
                        tl_lane_settings_get_auth (settings) == TL_AUTH_OAUTH2, NULL);

  self = g_object_new (TL_TYPE_LANE, NULL);
  self->kind = kind;
  self->work = tl_lane_work_new (kind, settings, address, secret, network, budget);
  self->work->ports = *ports;
  self->transcript = tl_transcript_ref (self->work->transcript);

  return self;
}

/**
 * tl_lane_new:
 * @kind: which lane
 * @settings: how it is reached and signed in to
 * @address: whose mailbox it is
 * @secret: (nullable): the password or the token
 * @network: the world the connection is made in
 * @budget: how long each stage may take; copied
 *
 * As tl_lane_new_with_ports(), where services usually are.
 *
 * Returns: (transfer full): a lane that has not run
 */
TlLane *
tl_lane_new (TlLaneKind          kind,
             TlLaneSettings     *settings,
             TlAddress          *address,
             TlSecret           *secret,
             TlNetwork          *network,
             const TlLaneBudget *budget)
{
  return tl_lane_new_with_ports (kind, settings, address, secret, network, budget,
                                 &TL_LANE_PORTS_DEFAULT);
}

/**
 * tl_lane_invite:
 * @self: an incoming lane that has not run, to which nobody was invited
 * @guest: who works on in its session; keeps a deadline of its own, for the lane's is over
 * @user_data: passed to @guest; may not hold @self
 * @destroy: (nullable): called with @user_data, once, when @self goes, whether it ran, failed,
 *   was cancelled or not; on the thread that lets go of it last. What the guest left there can
 *   hence be read once tl_lane_run_finish() has been called
 *
 * Invites a guest. The lane's result waits for it.
 */
void
tl_lane_invite (TlLane         *self,
                TlLaneGuest     guest,
                gpointer        user_data,
                GDestroyNotify  destroy)
{
  g_return_if_fail (self->kind == TL_LANE_INCOMING);
  g_return_if_fail (self->work != NULL && self->guest == NULL);

  self->guest = guest;
  self->guest_data = user_data;
  self->guest_destroy = destroy;
}

/**
 * tl_lane_run_async:
 * @self: a lane that has not run
 * @cancellable: (nullable): ends it; takes effect within 200 ms
 * @callback: called on this thread's default main context, after the last signal
 * @user_data: passed to @callback
 *
 * Starts the lane on a thread of its own. The secret is let go of when it ends.
 */
void
tl_lane_run_async (TlLane              *self,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (self->work != NULL && self->owner == NULL);

  g_task_set_source_tag (task, tl_lane_run_async);
  g_task_set_task_data (task, g_steal_pointer (&self->work), NULL);
  self->owner = g_main_context_ref_thread_default ();
  self->thread = g_thread_try_new (self->kind == TL_LANE_OUTGOING ? "tl-lane-out" : "tl-lane-in",
                                   lane_thread, g_object_ref (task), &error);
  if (self->thread == NULL)
    {
      g_object_unref (task);
      tl_lane_work_free (g_task_get_task_data (task));
      g_task_return_error (task, error);
    }
}

/**
 * tl_lane_run_finish:
 * @self: a lane
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * A lane that does not work is a report, and no error.
 *
 * Returns: (transfer full): the report, or %NULL with %G_IO_ERROR_CANCELLED
 */
TlLaneReport *
tl_lane_run_finish (TlLane        *self,
                    GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  self->has_ended = TRUE;
  /* To return the task was the last it had to do: this waits for nothing. */
  g_clear_pointer (&self->thread, g_thread_join);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tl_lane_get_transcript:
 * @self: a lane
 *
 * Returns: (transfer none) (nullable): what was said, once tl_lane_run_finish() has been called
 */
TlTranscript *
tl_lane_get_transcript (TlLane *self)
{
  return self->has_ended ? self->transcript : NULL;
}
