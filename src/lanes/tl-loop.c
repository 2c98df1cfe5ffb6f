/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop.h"

#include "tl-loop-trip.h"

struct _TlLoop
{
  GObject        parent_instance;

  TlLoopTrip    *trip;   /* owned; NULL from the start of the run on */
  GMainContext  *owner;  /* owned */
  GThread       *thread; /* owned; NULL when it does not run */
};

enum
{
  STAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlLoop, tl_loop, G_TYPE_OBJECT)

/* One piece of news on its way from the loop's thread to the owner. */
typedef struct
{
  TlLoop      *loop;
  TlLoopStage  stage;
  guint        budget_ms;
} News;

static void
news_free (gpointer data)
{
  News *self = data;

  g_clear_object (&self->loop);
  g_free (self);
}

static gboolean
deliver (gpointer data)
{
  News *self = data;

  g_assert (g_main_context_is_owner (self->loop->owner));
  g_signal_emit (self->loop, signals[STAGE], 0, self->stage, self->budget_ms);

  return G_SOURCE_REMOVE;
}

/* Runs on the loop's thread. The priority is that of the task, hence all news
 * arrives before the result. */
static void
on_stage_started (TlLoopStage stage,
                  guint       budget_ms,
                  gpointer    user_data)
{
  TlLoop *self = user_data;
  g_autoptr(GSource) source = g_idle_source_new ();
  News *news = g_new0 (News, 1);

  news->loop = g_object_ref (self);
  news->stage = stage;
  news->budget_ms = budget_ms;

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, news, news_free);
  g_source_set_static_name (source, "[twolane] loop stage");
  g_source_attach (source, self->owner);
}

static gpointer
loop_thread (gpointer data)
{
  g_autoptr(GTask) task = data;
  TlLoop *self = g_task_get_source_object (task);
  TlLoopTrip *trip = g_task_get_task_data (task);
  g_autoptr(TlLoopReport) report = NULL;
  g_autoptr(GError) error = NULL;

  report = tl_loop_trip_run_sync (trip, on_stage_started, self, g_task_get_cancellable (task),
                                  &error);

  /* The connections are closed and the passwords wiped before anyone hears. */
  tl_loop_trip_free (trip);
  if (report != NULL)
    g_task_return_pointer (task, g_steal_pointer (&report), (GDestroyNotify) tl_loop_report_unref);
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
tl_loop_finalize (GObject *object)
{
  TlLoop *self = TL_LOOP (object);

  g_clear_pointer (&self->thread, leave_thread);
  g_clear_pointer (&self->trip, tl_loop_trip_free);
  g_clear_pointer (&self->owner, g_main_context_unref);

  G_OBJECT_CLASS (tl_loop_parent_class)->finalize (object);
}

static void
tl_loop_class_init (TlLoopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tl_loop_finalize;

  signals[STAGE] = g_signal_new ("stage", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 TL_TYPE_LOOP_STAGE, G_TYPE_UINT);
}

static void
tl_loop_init (TlLoop *self)
{
}

/**
 * tl_loop_new:
 * @parts: what it is made of
 *
 * Returns: (transfer full): a loop that has not run
 */
TlLoop *
tl_loop_new (const TlLoopParts *parts)
{
  TlLoop *self;

  g_return_val_if_fail (tl_lane_settings_get_protocol (parts->incoming) == TL_PROTOCOL_IMAP, NULL);
  g_return_val_if_fail (tl_lane_settings_get_protocol (parts->outgoing) == TL_PROTOCOL_SMTP, NULL);

  self = g_object_new (TL_TYPE_LOOP, NULL);
  self->trip = tl_loop_trip_new (parts);

  return self;
}

/**
 * tl_loop_run_async:
 * @self: a loop that has not run
 * @cancellable: (nullable): ends it; takes effect within 200 ms
 * @callback: called on this thread's default main context, after the last signal
 * @user_data: passed to @callback
 *
 * Starts the loop on threads of its own. The secrets are let go of when it
 * ends. Cancelling leaves a message that was sent where it is: removing it would
 * need a mailbox that has it, and time.
 */
void
tl_loop_run_async (TlLoop              *self,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (self->trip != NULL && self->owner == NULL);

  g_task_set_source_tag (task, tl_loop_run_async);
  g_task_set_task_data (task, g_steal_pointer (&self->trip), NULL);
  self->owner = g_main_context_ref_thread_default ();
  self->thread = g_thread_try_new ("tl-loop-in", loop_thread, g_object_ref (task), &error);
  if (self->thread == NULL)
    {
      g_object_unref (task);
      tl_loop_trip_free (g_task_get_task_data (task));
      g_task_return_error (task, error);
    }
}

/**
 * tl_loop_run_finish:
 * @self: a loop
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * A message that does not come back is a report, and no error.
 *
 * Returns: (transfer full): the report, or %NULL with %G_IO_ERROR_CANCELLED
 */
TlLoopReport *
tl_loop_run_finish (TlLoop        *self,
                    GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  /* To return the task was the last it had to do: this waits for nothing. */
  g_clear_pointer (&self->thread, g_thread_join);

  return g_task_propagate_pointer (G_TASK (result), error);
}
