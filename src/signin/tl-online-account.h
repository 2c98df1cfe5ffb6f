/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-secret.h"

G_BEGIN_DECLS

/**
 * TlOnlineAccount:
 *
 * A mailbox that is signed in to in GNOME's Online Accounts, which may lend its access token.
 * Immutable, atomically counted. Never inside of a sandbox: the Flatpak does not ask for the bus
 * name.
 */
typedef struct _TlOnlineAccount TlOnlineAccount;

#define TL_TYPE_ONLINE_ACCOUNT (tl_online_account_get_type ())
GType            tl_online_account_get_type     (void) G_GNUC_CONST;

TlOnlineAccount *tl_online_account_ref          (TlOnlineAccount       *self);
void             tl_online_account_unref        (TlOnlineAccount       *self);
const char      *tl_online_account_get_address  (const TlOnlineAccount *self);
const char      *tl_online_account_get_provider (const TlOnlineAccount *self);

/* Looks for the account of an address. NULL without an error when there is none, no service, or a
 * sandbox around us; the error is for cancelling alone. 5 s at most. */
void             tl_online_account_find_async   (const char            *address,
                                                 GCancellable          *cancellable,
                                                 GAsyncReadyCallback    callback,
                                                 gpointer               user_data);
TlOnlineAccount *tl_online_account_find_finish  (GAsyncResult          *result,
                                                 GError               **error)
                                                 G_GNUC_WARN_UNUSED_RESULT;

/* An access token, refreshed by the service where that is due; 30 s at most. Fails with
 * TL_ERROR_REFUSED when the account wants a person's attention, TL_ERROR_TIMED_OUT,
 * TL_ERROR_NOT_FOUND when it is gone. */
void             tl_online_account_get_token_async  (TlOnlineAccount      *self,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
TlSecret        *tl_online_account_get_token_finish (TlOnlineAccount      *self,
                                                     GAsyncResult         *result,
                                                     guint                *out_seconds,
                                                     GError              **error)
                                                     G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlOnlineAccount, tl_online_account_unref)

G_END_DECLS
