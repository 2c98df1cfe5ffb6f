/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-source.h"

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
