/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-secret.h"

G_BEGIN_DECLS

/**
 * TlVaultStatus: what became of a request to the secret service. The nick of a
 * failure is the part after the dot of a `store.` finding.
 */
typedef enum
{
  TL_VAULT_OK,
  TL_VAULT_NOTHING,       /* looked up, not there */
  TL_VAULT_NO_SERVICE,
  TL_VAULT_LOCKED,
  TL_VAULT_DISMISSED,
  TL_VAULT_VERIFY_FAILED, /* read back something else than was stored */
} TlVaultStatus;

#define TL_TYPE_VAULT_STATUS (tl_vault_status_get_type ())
GType          tl_vault_status_get_type (void) G_GNUC_CONST;

/**
 * TlVaultUse: what a secret is for; goes into the item's attributes, which the
 * keyring does not encrypt. A password is of a server too: it is found for no
 * other, whatever server is proposed today.
 */
typedef enum
{
  TL_VAULT_INCOMING_PASSWORD,
  TL_VAULT_OUTGOING_PASSWORD,
  TL_VAULT_SIGNING_KEY,
  TL_VAULT_REFRESH_TOKEN,     /* of an OAuth sign-in; its account is the mailbox */
  TL_VAULT_CLIENT,            /* what a dynamic registration gave; its account is the issuer */
} TlVaultUse;

/* Asynchronous, on the thread-default context; a request that is not answered
 * in TL_VAULT_BUDGET_MS ends as no-service. One that has the keyring ask a
 * person to unlock it may take TL_VAULT_PROMPT_MS and then ends as locked.
 * Having no keyring is a status, not an error: the error is for cancelling
 * alone, and a finish function that leaves @error alone sets the status. */
#define TL_VAULT_BUDGET_MS 10000
#define TL_VAULT_PROMPT_MS 120000

void           tl_vault_store_async     (TlVaultUse            use,
                                         const char           *account,
                                         const char           *server,
                                         TlSecret             *secret,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean       tl_vault_store_finish    (GAsyncResult         *result,
                                         TlVaultStatus        *out_status,
                                         GError              **error);
void           tl_vault_lookup_async    (TlVaultUse            use,
                                         const char           *account,
                                         const char           *server,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
TlSecret      *tl_vault_lookup_finish   (GAsyncResult         *result,
                                         TlVaultStatus        *out_status,
                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void           tl_vault_forget_async    (TlVaultUse            use,
                                         const char           *account,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean       tl_vault_forget_finish   (GAsyncResult         *result,
                                         TlVaultStatus        *out_status,
                                         GError              **error);
/* Both passwords and the refresh token of a mailbox; what was kept for an issuer stays. */
void           tl_vault_forget_account_async  (const char          *account,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean       tl_vault_forget_account_finish (GAsyncResult        *result,
                                               TlVaultStatus       *out_status,
                                               GError             **error);

G_END_DECLS
