/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-online-account.h"

G_BEGIN_DECLS

/* For tests: another file to know a sandbox by, and other limits of time. */
typedef struct
{
  const char *sandbox_path;
  guint       find_ms;
  guint       token_ms;
} TlOnlineAccountLimits;

void tl_online_account_find_within_async      (const char            *address,
                                               TlOnlineAccountLimits  limits,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);
void tl_online_account_get_token_within_async (TlOnlineAccount       *self,
                                               TlOnlineAccountLimits  limits,
                                               GCancellable          *cancellable,
                                               GAsyncReadyCallback    callback,
                                               gpointer               user_data);

G_END_DECLS
