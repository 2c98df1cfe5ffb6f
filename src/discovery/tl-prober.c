/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-prober.h"

#include "tl-error.h"
#include "tl-probe.h"
#include "tl-resolver.h"

typedef struct
{
  TlLaneKind  lane;     /* TL_LANE_NONE: only resolve @host */
  TlEndpoint *endpoint; /* owned, or NULL */
  char       *host;     /* owned, or NULL */
  TlDeadline  deadline;
} Job;

struct _TlProber
{
  GObject       parent_instance;

  TlNetwork    *network;   /* owned */
  TlContacts   *contacts;  /* owned; NULL: nobody wants to know */
  TlProberFunc  func;

  GMutex        mutex;     /* guards what follows */
  GQueue        waiting;   /* owned, of owned GTask with a Job */
  guint         n_threads;
};

G_DEFINE_FINAL_TYPE (TlProber, tl_prober, G_TYPE_OBJECT)

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->endpoint, tl_endpoint_unref);
  g_clear_pointer (&self->host, g_free);
  g_free (self);
}

static gboolean
probe (TlNetwork         *network,
       TlLaneKind         lane,
       const TlEndpoint  *endpoint,
       TlDeadline         deadline,
       GCancellable      *cancellable)
{
  g_autoptr(TlFault) fault = NULL;

  return tl_probe_run_sync (network, lane, endpoint, deadline, cancellable, &fault, NULL);
}

/* A fault is for lanes; who asks for addresses alone has a use for the kind of
 * it. */
static void
return_no_addresses (GTask         *task,
                     const TlFault *fault)
{
  static const struct
  {
    TlCause cause;
    TlError code;
  } codes[] = {
    { TL_CAUSE_TIMEOUT,  TL_ERROR_TIMED_OUT },
    { TL_CAUSE_SERVFAIL, TL_ERROR_UNREACHABLE },
  };
  TlError code = TL_ERROR_NOT_FOUND;

  for (gsize i = 0; fault != NULL && i < G_N_ELEMENTS (codes); i++)
    {
      if (tl_fault_get_cause (fault) == codes[i].cause)
        code = codes[i].code;
    }

  g_task_return_new_error (task, TL_ERROR, (int) code, "the name has no address");
}

static void
resolve (TlProber   *self,
         GTask      *task,
         const Job  *job,
         TlDeadline  deadline)
{
  g_autoptr(TlFault) fault = NULL;
  GPtrArray *addresses = tl_resolver_lookup_sync (self->network, job->host, deadline,
                                                  g_task_get_cancellable (task), &fault, NULL);

  if (addresses != NULL)
    g_task_return_pointer (task, addresses, (GDestroyNotify) g_ptr_array_unref);
  else
    return_no_addresses (task, fault);
}

static void
do_job (TlProber *self,
        GTask    *task)
{
  const Job *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  TlDeadline deadline = tl_deadline_earlier (job->deadline,
                                             tl_deadline_in_ms (TL_PROBER_PROBE_MS));

  if (job->host != NULL)
    resolve (self, task, job, deadline);
  else if (g_cancellable_is_cancelled (cancellable) || tl_deadline_is_past (deadline))
    g_task_return_boolean (task, FALSE);
  else
    g_task_return_boolean (task, self->func (self->network, job->lane, job->endpoint, deadline,
                                             cancellable));
}

static gpointer
probe_thread (gpointer data)
{
  g_autoptr(TlProber) self = data;

  for (;;)
    {
      g_autoptr(GTask) task = NULL;

      g_mutex_lock (&self->mutex);
      task = g_queue_pop_head (&self->waiting);
      if (task == NULL)
        self->n_threads--;
      g_mutex_unlock (&self->mutex);

      if (task == NULL)
        return NULL;

      do_job (self, task);
    }
}

static void
submit (TlProber *self,
        GTask    *task)
{
  gboolean needs_thread;

  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->waiting, task);
  needs_thread = self->n_threads < TL_PROBER_MAX_THREADS;
  if (needs_thread)
    self->n_threads++;
  g_mutex_unlock (&self->mutex);

  if (needs_thread)
    g_thread_unref (g_thread_new ("tl-probe", probe_thread, g_object_ref (self)));
}

static void
tl_prober_finalize (GObject *object)
{
  TlProber *self = TL_PROBER (object);

  g_clear_pointer (&self->network, tl_network_unref);
  g_clear_pointer (&self->contacts, tl_contacts_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (tl_prober_parent_class)->finalize (object);
}

static void
tl_prober_class_init (TlProberClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_prober_finalize;
}

static void
tl_prober_init (TlProber *self)
{
  g_mutex_init (&self->mutex);
  g_queue_init (&self->waiting);
}

/**
 * tl_prober_new:
 * @network: the network to use
 * @contacts: (nullable): where to set down who is asked
 * @func: (nullable) (scope forever): tries one server; by default tl_probe_run_sync()
 *
 * Returns: (transfer full): a prober
 */
TlProber *
tl_prober_new (TlNetwork    *network,
               TlContacts   *contacts,
               TlProberFunc  func)
{
  TlProber *self = g_object_new (TL_TYPE_PROBER, NULL);

  self->network = tl_network_ref (network);
  self->contacts = contacts != NULL ? tl_contacts_ref (contacts) : NULL;
  self->func = func != NULL ? func : probe;

  return self;
}

/**
 * tl_prober_try_async:
 * @self: a prober
 * @lane: what is expected there
 * @endpoint: where
 * @deadline: the moment by which it has to be known
 * @cancellable: (nullable): stops it
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Finds out whether a mail server is there; see tl_probe_run_sync().
 */
void
tl_prober_try_async (TlProber            *self,
                     TlLaneKind           lane,
                     TlEndpoint          *endpoint,
                     TlDeadline           deadline,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  if (self->contacts != NULL)
    tl_contacts_add (self->contacts, TL_CONTACT_MAIL, tl_endpoint_get_host (endpoint));
  job->lane = lane;
  job->endpoint = tl_endpoint_ref (endpoint);
  job->deadline = deadline;
  g_task_set_task_data (task, job, job_free);
  g_task_set_source_tag (task, tl_prober_try_async);

  submit (self, task);
}

/**
 * tl_prober_try_finish:
 * @self: a prober
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE when a server of that kind is there and proved its name
 */
gboolean
tl_prober_try_finish (TlProber      *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tl_prober_resolve_async:
 * @self: a prober
 * @host: a host name
 * @deadline: the moment by which it has to be known
 * @cancellable: (nullable): stops it
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Looks up the addresses of a host, on one of the prober's threads.
 */
void
tl_prober_resolve_async (TlProber            *self,
                         const char          *host,
                         TlDeadline           deadline,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  if (self->contacts != NULL)
    tl_contacts_add (self->contacts, TL_CONTACT_DNS, host);
  job->host = g_strdup (host);
  job->deadline = deadline;
  g_task_set_task_data (task, job, job_free);
  g_task_set_source_tag (task, tl_prober_resolve_async);

  submit (self, task);
}

/**
 * tl_prober_resolve_finish:
 * @self: a prober
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type GInetAddress): the addresses, or %NULL with
 *   %TL_ERROR_NOT_FOUND when the name has none, %TL_ERROR_TIMED_OUT or %TL_ERROR_UNREACHABLE when
 *   that could not be found out, or %G_IO_ERROR_CANCELLED
 */
GPtrArray *
tl_prober_resolve_finish (TlProber      *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
