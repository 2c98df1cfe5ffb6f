/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-source.h"

#include "tl-site.h"

/**
 * tl_discovery_source_task:
 * @self: a source
 * @callback: called when the task returns
 * @user_data: for @callback
 *
 * Makes the task a source answers with. It has no cancellable of its own: a
 * source that was stopped replies that it was.
 *
 * Returns: (transfer full): the task
 */
GTask *
tl_discovery_source_task (const TlDiscoverySource  *self,
                          GAsyncReadyCallback       callback,
                          gpointer                  user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_name (task, self->id);

  return task;
}

/**
 * tl_discovery_source_take_reply:
 * @task: from tl_discovery_source_task()
 * @reply: (transfer full): the reply
 *
 * Ends asking.
 */
void
tl_discovery_source_take_reply (GTask         *task,
                                TlSourceReply *reply)
{
  g_task_return_pointer (task, reply, (GDestroyNotify) tl_source_reply_unref);
}

/**
 * tl_discovery_source_tell_unproven:
 * @self: a source that was asked and has not replied
 * @inquiry: what it was given
 *
 * Tells, before the source replies, that its reply will not say
 * `TL_SOURCE_REMARK_AUTHENTICATED`, so that nobody waits for that.
 */
void
tl_discovery_source_tell_unproven (const TlDiscoverySource *self,
                                   const TlInquiry         *inquiry)
{
  if (inquiry->unproven != NULL)
    inquiry->unproven (self, inquiry->data);
}

/**
 * tl_discovery_source_ask_async:
 * @self: a source
 * @inquiry: what it is given; outlives the asking
 * @callback: called when it has replied, never from inside this call
 * @user_data: for @callback
 *
 * Asks a source, unless it must not be asked about such a domain.
 */
void
tl_discovery_source_ask_async (const TlDiscoverySource *self,
                               const TlInquiry         *inquiry,
                               GAsyncReadyCallback      callback,
                               gpointer                 user_data)
{
  g_autofree char *site = tl_site_dup_registrable (tl_address_get_domain (inquiry->address));
  g_autoptr(GTask) task = NULL;

  if (site != NULL || !self->below)
    {
      self->ask_async (self, inquiry, callback, user_data);
      return;
    }

  task = tl_discovery_source_task (self, callback, user_data);
  tl_discovery_source_take_reply (task, tl_source_reply_new_status (self->id,
                                                                    TL_SOURCE_STATUS_NOT_ASKED));
}

/**
 * tl_discovery_source_ask_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full): the reply; there always is one
 */
TlSourceReply *
tl_discovery_source_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
