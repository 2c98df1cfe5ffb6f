/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-tlsa-lookup-private.h"

#include "tl-handles.h"
#include "tl-records-private.h"
#include "tl-unbound.h"

/* The look-up itself is over before. */
#define MAX_MS 10000

/* Shared by the one who asks and the thread: whoever is last frees it. */
struct _TlTlsaLookup
{
  GMutex        lock;
  GCond         done_cond;
  gboolean      is_done;
  char         *name;
  char         *forwarder;   /* NULL: the system's */
  char         *anchor_file;
  GMainContext *context;     /* the thread's */
  int           is_stopped;  /* atomic: nobody will ask any more */
  TlRecordSet  *records; /* NULL until it is done, and when it was stopped */
};

static void
lookup_clear (gpointer data)
{
  TlTlsaLookup *self = data;

  g_mutex_clear (&self->lock);
  g_cond_clear (&self->done_cond);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->forwarder, g_free);
  g_clear_pointer (&self->anchor_file, g_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->records, tl_record_set_unref);
}

static void
on_found (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  TlTlsaLookup *self = user_data;

  g_mutex_lock (&self->lock);
  self->records = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);
  self->is_done = TRUE;
  g_cond_signal (&self->done_cond);
  g_mutex_unlock (&self->lock);
}

/* Cancelled from here and not from outside: a source of GCancellable's may leak
 * when another thread cancels while it is being let go of. */
static void
look_up (TlTlsaLookup *self)
{
  g_autoptr(GMainContextPusher) pusher = g_main_context_pusher_new (self->context);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlRecords) records = tl_records_new_for (self->forwarder, self->anchor_file);

  tl_records_lookup_async (records, self->name, TL_RECORD_TLSA, tl_deadline_in_ms (MAX_MS),
                           cancellable, on_found, self);
  while (!self->is_done)
    {
      if (g_atomic_int_get (&self->is_stopped))
        g_cancellable_cancel (cancellable);
      g_main_context_iteration (self->context, TRUE);
    }
}

static gpointer
lookup_thread (gpointer data)
{
  TlTlsaLookup *self = data;

  look_up (self);
  g_atomic_rc_box_release_full (self, lookup_clear);

  return NULL;
}

/**
 * tl_tlsa_lookup_new:
 * @network: the world the server is in
 * @host: its canonical name
 * @port: its TCP port
 *
 * Starts to look up `_PORT._tcp.HOST` (RFC 6698 §3).
 *
 * Returns: (transfer full) (nullable): the look-up, or %NULL where there is
 *   nothing to ask: an address literal, the practice network; or no room to ask in
 */
TlTlsaLookup *
tl_tlsa_lookup_new (TlNetwork  *network,
                    const char *host,
                    guint16     port)
{
  g_return_val_if_fail (host != NULL, NULL);

  if (tl_network_is_practice (network) || g_hostname_is_ip_address (host))
    return NULL;

  return tl_tlsa_lookup_new_for (NULL, tl_unbound_get_anchor_file (), host, port);
}

/**
 * tl_tlsa_lookup_new_for:
 * @forwarder: (nullable): as for tl_records_new_for()
 * @anchor_file: as for tl_records_new_for()
 * @host: a canonical host name
 * @port: a TCP port
 *
 * Returns: (transfer full) (nullable): the look-up, or %NULL when there is no
 *   thread for it, or no room for what it opens
 */
TlTlsaLookup *
tl_tlsa_lookup_new_for (const char *forwarder,
                        const char *anchor_file,
                        const char *host,
                        guint16     port)
{
  TlTlsaLookup *self;
  GThread *thread;

  if (!tl_handles_have_room (TL_HANDLES_FOR_TLSA))
    return NULL;

  self = g_atomic_rc_box_new0 (TlTlsaLookup);
  g_mutex_init (&self->lock);
  g_cond_init (&self->done_cond);
  self->name = g_strdup_printf ("_%u._tcp.%s", port, host);
  self->forwarder = g_strdup (forwarder);
  self->anchor_file = g_strdup (anchor_file);
  self->context = g_main_context_new ();
  thread = g_thread_try_new ("tl-tlsa", lookup_thread, g_atomic_rc_box_acquire (self), NULL);
  if (thread == NULL)
    {
      g_atomic_rc_box_release_full (self, lookup_clear);
      g_clear_pointer (&self, tl_tlsa_lookup_free);
    }
  else
    {
      g_thread_unref (thread);
    }

  return self;
}

/**
 * tl_tlsa_lookup_free:
 * @self: a look-up
 *
 * Lets go of it, finished or not. Does not wait.
 */
void
tl_tlsa_lookup_free (TlTlsaLookup *self)
{
  g_atomic_int_set (&self->is_stopped, TRUE);
  g_main_context_wakeup (self->context);
  g_atomic_rc_box_release_full (self, lookup_clear);
}

static void
on_cancelled (GCancellable *cancellable,
              TlTlsaLookup *self)
{
  g_mutex_lock (&self->lock);
  g_cond_signal (&self->done_cond);
  g_mutex_unlock (&self->lock);
}

/**
 * tl_tlsa_lookup_wait_sync:
 * @self: a look-up
 * @deadline: how long to wait at most
 * @cancellable: (nullable): cancels the wait
 *
 * Returns: (transfer full) (nullable): what was found, or %NULL when nothing has
 *   come in time
 */
TlRecordSet *
tl_tlsa_lookup_wait_sync (TlTlsaLookup *self,
                          TlDeadline    deadline,
                          GCancellable *cancellable)
{
  TlRecordSet *records;
  gulong cancelled_id = 0;

  if (cancellable != NULL)
    cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self, NULL);
  g_mutex_lock (&self->lock);
  while (!self->is_done && !g_cancellable_is_cancelled (cancellable) &&
         g_cond_wait_until (&self->done_cond, &self->lock, deadline.at_us))
    ;
  records = self->records != NULL ? tl_record_set_ref (self->records) : NULL;
  g_mutex_unlock (&self->lock);
  if (cancelled_id != 0)
    g_cancellable_disconnect (cancellable, cancelled_id);

  return records;
}
