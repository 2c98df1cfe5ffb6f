/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-autoconfig.h"
#include "tl-directory.h"
#include "tl-discovery-source.h"
#include "tl-source-document.h"

static void
on_document_fetched (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  TlAddress *address = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlHttpsAnswer) answer = tl_https_send_finish (TL_HTTPS (object), result, &error);
  TlSourceReply *reply;

  if (answer != NULL)
    reply = tl_source_document_read (TL_SOURCE_DIRECTORY, tl_autoconfig_parse, answer, address,
                                     tl_address_get_domain (address), TL_TRUST_DIRECTORY);
  else
    reply = tl_source_document_for_error (TL_SOURCE_DIRECTORY, error);

  tl_discovery_source_take_reply (task, reply);
}

/* A directory of a third party is told the domain and nothing more. */
static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  g_autoptr(GTask) task = tl_discovery_source_task (self, callback, user_data);
  g_autofree char *url = tl_directory_dup_url (inquiry->options,
                                               tl_address_get_domain (inquiry->address));

  if (url == NULL)
    {
      tl_discovery_source_take_reply (
        task, tl_source_reply_new_status (self->id, TL_SOURCE_STATUS_NOT_ASKED));
      return;
    }

  g_task_set_task_data (task, tl_address_ref (inquiry->address), (GDestroyNotify) tl_address_unref);
  tl_https_send_async (inquiry->https, &(TlHttpsRequest) { .url = url }, inquiry->deadline,
                       inquiry->cancellable, on_document_fetched, g_object_ref (task));
}

const TlDiscoverySource tl_source_directory = {
  .id = TL_SOURCE_DIRECTORY,
  .ask_async = ask,
};
