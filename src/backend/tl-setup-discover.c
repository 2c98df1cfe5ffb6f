/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gesture “find my servers”: over when the proposal stands; sources that
 * cannot change it any more go on telling what they know. */
#include "tl-setup-private.h"

#include "tl-preferences.h"

/* One discovery, from its start to the end of its last source. */
typedef struct
{
  /* Owned */
  TlSetup     *setup;
  TlDiscovery *discovery;
  GTask       *task;      /* NULL once the caller was answered */
} Search;

static void
search_free (Search *self)
{
  g_clear_object (&self->setup);
  g_clear_object (&self->discovery);
  g_clear_object (&self->task);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static void
notify_running (TlSetup *self)
{
  g_object_notify (G_OBJECT (self), "discovering");
  g_object_notify (G_OBJECT (self), "settling");
}

/* What a discovery that was stopped still says is about another question. */
static void
stop_discovery (TlSetup *self)
{
  g_cancellable_cancel (self->discover_cancellable);
  g_clear_object (&self->discover_cancellable);
  if (self->running_discovery == NULL)
    return;

  g_clear_object (&self->running_discovery);
  notify_running (self);
}

/**
 * tl_setup_forget_discovery:
 * @self: a set-up
 *
 * Makes the next tl_setup_discover_async() ask again, and stops one that is
 * running or still asking further sources. What a person typed, the drafts and
 * the password, stays.
 */
void
tl_setup_forget_discovery (TlSetup *self)
{
  g_return_if_fail (TL_IS_SETUP (self));

  stop_discovery (self);
  tl_setup_hide_discovery (self);
}

static void
on_source_changed (TlSetup        *self,
                   TlSourceAnswer *answer,
                   TlDiscovery    *discovery)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sources));

  if (self->running_discovery != discovery)
    return;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TlSourceAnswer) old = g_list_model_get_item (G_LIST_MODEL (self->sources), i);

      if (g_strcmp0 (tl_source_answer_get_source (old), tl_source_answer_get_source (answer)) == 0)
        {
          g_list_store_splice (self->sources, i, 1, (gpointer *) &answer, 1);
          return;
        }
    }

  g_list_store_append (self->sources, answer);
}

static void
on_proposed (TlDiscovery       *discovery,
             TlDiscoveryReport *report,
             Search            *search)
{
  g_autoptr(GTask) task = NULL;
  TlSetup *self = search->setup;

  if (self->running_discovery != discovery || search->task == NULL)
    return;

  task = g_steal_pointer (&search->task);
  tl_setup_show_discovery (self, report);
  notify_running (self);
  g_task_return_boolean (task, TRUE);
}

/* A late report has nobody waiting for it; a late end for another reason says
 * nothing about the proposal. */
static void
end_late (TlSetup           *self,
          TlDiscoveryReport *report)
{
  if (report != NULL)
    tl_setup_show_discovery (self, report);
  notify_running (self);
}

static void
on_discovery_ran (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(Search) search = data;
  TlSetup *self = search->setup;
  TlDiscovery *discovery = TL_DISCOVERY (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlDiscoveryReport) report = tl_discovery_run_finish (discovery, result, &error);
  gboolean is_current = self->running_discovery == discovery;

  g_signal_handlers_disconnect_by_data (discovery, search);
  if (!is_current)
    {
      if (search->task != NULL)
        g_task_return_new_error (search->task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                 "another discovery took the place of this one");
      return;
    }

  g_clear_object (&self->running_discovery);
  if (search->task == NULL)
    {
      end_late (self, report);
      return;
    }

  if (report == NULL)
    {
      notify_running (self);
      g_list_store_remove_all (self->sources);
      g_task_return_error (search->task, g_steal_pointer (&error));
      return;
    }

  tl_setup_show_discovery (self, report);
  notify_running (self);
  g_task_return_boolean (search->task, TRUE);
}

/**
 * tl_setup_run_discovery:
 * @self: a set-up
 * @discovery: what to run
 * @task: (transfer full): the caller's, answered when the proposal stands
 *
 * Runs a discovery for the address as it is, in place of any that is running.
 */
void
tl_setup_run_discovery (TlSetup     *self,
                        TlDiscovery *discovery,
                        GTask       *task)
{
  Search *search = g_new0 (Search, 1);

  stop_discovery (self);
  g_list_store_remove_all (self->sources);
  self->discover_cancellable = g_cancellable_new ();
  tl_cancellable_chain (g_task_get_cancellable (task), self->discover_cancellable);

  search->setup = g_object_ref (self);
  search->discovery = g_object_ref (discovery);
  search->task = task;
  self->running_discovery = g_object_ref (discovery);
  g_signal_connect_object (discovery, "source-changed", G_CALLBACK (on_source_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (discovery, "proposed", G_CALLBACK (on_proposed), search);
  notify_running (self);
  tl_discovery_run_async (discovery, self->discover_cancellable, on_discovery_ran, search);
}

/**
 * tl_setup_is_settling:
 * @self: a set-up
 *
 * Returns: whether the proposal stands and further sources are still being asked
 */
gboolean
tl_setup_is_settling (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), FALSE);

  return self->running_discovery != NULL && self->discovery != NULL;
}

static char *
dup_checked_directory (TlSetup  *self,
                       GError  **error)
{
  g_autofree char *url = tl_setup_dup_directory_url (self);
  char *directory = tl_preferences_check_directory (url, error);

  if (directory == NULL)
    g_prefix_error (error, "the setting “%s”: ", TL_PREFERENCES_DIRECTORY_KEY);

  return directory;
}

/**
 * tl_setup_discover_async:
 * @self: a set-up with a valid address
 * @cancellable: (nullable): stops it; nothing is changed then
 * @callback: called when the proposal stands
 * @user_data: for @callback
 *
 * Looks for the servers of the address. Has no effect when it was done already
 * for this address: what a person edited since stays. One that is still
 * running is stopped. Sources that cannot change the proposal may still be asked
 * when @callback is called, which is what `settling` says; what they know is
 * added to the lists.
 */
void
tl_setup_discover_async (TlSetup             *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(TlDiscovery) discovery = NULL;
  g_autofree char *directory = NULL;
  GError *error = NULL;

  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (self->address != NULL);

  g_task_set_source_tag (task, tl_setup_discover_async);
  if (self->discovery != NULL || self->purpose == TL_PURPOSE_PRACTICE)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  directory = dup_checked_directory (self, &error);
  if (directory == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  discovery = tl_discovery_new (self->address, self->network, &(TlDiscoveryOptions) {
    .directory = directory,
    .send_address = self->send_address,
  });
  tl_setup_run_discovery (self, discovery, g_steal_pointer (&task));
}

/**
 * tl_setup_discover_with_address_async:
 * @self: a set-up with a valid address
 * @cancellable: (nullable): stops it
 * @callback: called when the proposal stands
 * @user_data: for @callback
 *
 * After a person said yes: forgets what was found and asks again, and servers
 * under the address's own registrable domain get to see the whole address, over
 * verified HTTPS. The yes is for this address alone.
 */
void
tl_setup_discover_with_address_async (TlSetup             *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_return_if_fail (TL_IS_SETUP (self));

  g_object_set (self, "send-address", TRUE, NULL);
  tl_setup_forget_discovery (self);
  tl_setup_discover_async (self, cancellable, callback, user_data);
}

/**
 * tl_setup_discover_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: %TRUE when the proposal stands, whatever it is; %FALSE with
 *   %G_IO_ERROR_CANCELLED, or with %TL_ERROR_INVALID_INPUT when the directory
 *   that was set is none
 */
gboolean
tl_setup_discover_finish (TlSetup       *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
